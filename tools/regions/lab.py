"""Three daemons in network namespaces with heartbeat regions of every kind, and ways to cut each.

Used by tools/regions/check. Needs root. Everything it makes carries the prefix it is given and is
removed by close().
"""

import json
import os
import pty
import select
import shutil
import socket
import struct
import subprocess
import termios
import threading
import time
import tty

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAUNCHER = os.path.join(ROOT, "ringward")


def run(*command, check=True, timeout=60):
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done


class Line(threading.Thread):
    """A serial line: two pseudo terminals and somebody who carries bytes between them."""

    def __init__(self, one, other):
        super().__init__(daemon=True)
        self.cut = False
        self.noise = b""
        self.masters = []
        self.slaves = []
        for path in (one, other):
            master, slave = pty.openpty()
            tty.setraw(slave)
            self.masters.append(master)
            self.slaves.append(slave)
            if os.path.lexists(path):
                os.unlink(path)
            os.symlink(os.ttyname(slave), path)
        self.start()

    def run(self):
        while True:
            ready, _, _ = select.select(self.masters, [], [], 1)
            for master in ready:
                data = os.read(master, 4096)
                to = self.masters[1 - self.masters.index(master)]
                if not self.cut:
                    # A line that nobody reads loses bytes, and nobody waits for it.
                    if select.select([], [to], [], 0)[1]:
                        os.write(to, self.noise + data)


class Lab:
    NETWORKS = {"r": "10.88.0.", "a": "10.89.0.", "b": "10.90.0.", "m": "10.91.0."}

    def __init__(self, prefix, folder, nodes=3, keepalive=1000, deadtime=10000, kinds=("a", "b", "m")):
        self.prefix, self.folder, self.count = prefix, folder, nodes
        self.keepalive, self.deadtime, self.kinds = keepalive, deadtime, kinds
        self.extra = []
        self.quorum = ""
        self.daemons = {}
        self.lines = []
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)

    def names(self):
        return [f"n{i}" for i in range(1, self.count + 1)]

    def space(self, name):
        return f"{self.prefix}-{name}"

    # -- making

    def build(self):
        self.close()
        run("ip", "netns", "add", self.space("sw"))
        for network in self.NETWORKS:
            self.switch("link", "add", f"br{network}", "type", "bridge", "mcast_snooping", "0")
            self.switch("link", "set", f"br{network}", "up")
        for number, name in enumerate(self.names(), 1):
            run("ip", "netns", "add", self.space(name))
            self.inside(name, "ip", "link", "set", "lo", "up")
            for network, start in self.NETWORKS.items():
                port, device = f"{name}{network}", f"eth{network}"
                run("ip", "link", "add", device, "netns", self.space(name), "type", "veth",
                    "peer", "name", port, "netns", self.space("sw"))
                self.switch("link", "set", port, "master", f"br{network}", "up")
                self.inside(name, "ip", "addr", "add", f"{start}{number}/24",
                            "broadcast", f"{start}255", "dev", device)
                self.inside(name, "ip", "link", "set", device, "up")
            os.makedirs(f"{self.folder}/{name}")
        run(LAUNCHER, "keygen", f"{self.folder}/key", check=False)
        if "serial" in self.kinds:
            for number in range(self.count):
                one, other = self.names()[number], self.names()[(number + 1) % self.count]
                self.lines.append(Line(f"{self.folder}/{one}/ttyS0", f"{self.folder}/{other}/ttyS1"))
        for name in self.names():
            self.write_settings(name)
        for disk in ("d1", "d2"):
            if disk in self.kinds:
                self.format(disk)

    def format(self, disk):
        path = f"{self.folder}/{disk}"
        with open(path, "wb") as file:
            file.truncate(4 << 20)
        run(LAUNCHER, "region", "format", "--config", self.settings_file("n1"), "--force", path)

    def switch(self, *command):
        return run("ip", "-n", self.space("sw"), *command)

    def inside(self, name, *command, check=True, timeout=60):
        return run("ip", "netns", "exec", self.space(name), *command, check=check, timeout=timeout)

    def settings_file(self, name):
        return f"{self.folder}/{name}/ringward.yaml"

    def entries(self, name):
        times = f"keepalive: {self.keepalive}, deadtime: {self.deadtime}"
        folder = f"{self.folder}/{name}"
        for kind in self.kinds:
            if kind in ("a", "b"):
                addresses = ", ".join(
                    f"{each}: {self.NETWORKS[kind]}{i}" for i, each in enumerate(self.names(), 1))
                yield f"{{name: lan-{kind}, kind: unicast, {times}, addresses: {{{addresses}}}}}"
            elif kind == "m":
                yield f"{{name: multi, kind: multicast, {times}, interface: ethm, mcastaddr: 239.9.9.9}}"
            elif kind == "bc":
                yield f"{{name: broad, kind: broadcast, {times}, interface: ethm, port: 695}}"
            elif kind == "serial":
                yield f"{{name: serial, kind: serial, {times}, devices: [{folder}/ttyS0, {folder}/ttyS1]}}"
            elif kind in ("d1", "d2"):
                yield f"{{name: {kind}, kind: disk, {times}, device: {self.folder}/{kind}}}"
        yield from self.extra

    def write_settings(self, name):
        folder = f"{self.folder}/{name}"
        nodes = "\n".join(
            f"  - {{name: {each}, id: {i}, address: {self.NETWORKS['r']}{i}}}"
            for i, each in enumerate(self.names(), 1))
        entries = "".join(f"  - {entry}\n" for entry in self.entries(name))
        regions = "regions:\n" + entries if entries else ""
        with open(self.settings_file(name), "w") as file:
            file.write(f"""cluster: {self.prefix}
node: {name}
nodes:
{nodes}
{regions}{self.quorum.replace("{folder}", folder)}paths:
  key_file: {self.folder}/key
  state_dir: {folder}/state
  run_dir: {folder}/run
  socket: {folder}/sock
  ocf_root: {folder}/ocf
""")

    # -- running

    def start(self, name):
        log = open(f"{self.folder}/{name}/log", "a")
        os.makedirs(f"{self.folder}/{name}/state", exist_ok=True)
        self.daemons[name] = subprocess.Popen(
            ["ip", "netns", "exec", self.space(name), LAUNCHER, "daemon", "--config",
             self.settings_file(name)], stdout=log, stderr=log)

    def start_all(self):
        for name in self.names():
            self.start(name)

    def ask(self, name, *command, timeout=60):
        return self.inside(name, LAUNCHER, *command, "--socket", f"{self.folder}/{name}/sock",
                           check=False, timeout=timeout)

    def request(self, name, verb, timeout=25, **options):
        """Asks over the control socket itself: a command's start would cost more than the answer."""
        body = json.dumps({"verb": verb, "options": options}).encode()
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(timeout)
            link.connect(f"{self.folder}/{name}/sock")
            link.sendall(struct.pack(">I", len(body)) + body)
            reply = b""
            while len(reply) < 4 or len(reply) < 4 + struct.unpack(">I", reply[:4])[0]:
                part = link.recv(65536)
                if not part:
                    raise OSError("the daemon hung up")
                reply += part
        return json.loads(reply[4:])

    def json(self, name, verb, **options):
        """The report, None when there is none."""
        try:
            return self.request(name, verb, **options)["report"]
        except OSError:
            return None

    def log(self, name):
        with open(f"{self.folder}/{name}/log") as file:
            return file.read()

    # -- cutting

    def cut(self, kind, node="n3", cut=True):
        """Cuts one region between a node and all others, or mends it."""
        if kind in self.NETWORKS:
            self.switch("link", "set", f"{node}{kind}", "down" if cut else "up")
        elif kind == "serial":
            number = self.names().index(node)
            self.lines[number].cut = cut
            self.lines[number - 1].cut = cut
        else:
            raise ValueError(kind)

    def close(self):
        for daemon in self.daemons.values():
            daemon.kill()
            daemon.wait()
        self.daemons.clear()
        spaces = run("ip", "netns", "list").stdout.split()
        for space in spaces:
            if space.startswith(self.prefix + "-"):
                run("ip", "netns", "del", space, check=False)


def wait_for(what, seconds, step=0.1):
    """True as soon as the condition holds; False when the time is over."""
    end = time.time() + seconds
    while time.time() < end:
        if what():
            return True
        time.sleep(step)
    return bool(what())
