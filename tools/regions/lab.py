"""Daemons in network namespaces with heartbeat regions of every kind, and ways to cut each.

Used by the other programs here. Needs root. Everything it makes carries the prefix it is given and
is removed by close().
"""

import fcntl
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


def prefix(name):
    """Of namespaces; RINGWARD_LAB makes it another one, where several work on a machine."""
    return os.environ.get("RINGWARD_LAB", "") + name


class Line(threading.Thread):
    """A serial line: two pseudo terminals and somebody who carries bytes between them."""

    def __init__(self, one, other):
        super().__init__(daemon=True)
        self.cut = False
        self.noise = b""
        self.babble = False
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
                        os.write(to, 8 * self.noise if self.babble else self.noise + data)


class SharedDisk:
    """A file that each node has as a loop device of its own, so that one node can lose it alone.

    Blocks go past all caches, so that each sees at once what another has written.
    """

    # linux/loop.h; the limit of the size is the fifth of the 64-bit numbers.
    GET_STATUS, SET_STATUS, STATUS_BYTES, LIMIT_AT = 0x4C05, 0x4C04, 232, 32
    LEFT_WHEN_CUT = 4096

    def __init__(self, path, names):
        self.path, self.names = path, names
        self.devices = {}
        with open(path, "wb") as file:
            file.truncate(4 << 20)

    def attach(self):
        for name in self.names:
            made = run("losetup", "--find", "--show", "--direct-io=on", self.path)
            self.devices[name] = made.stdout.strip()

    def cut(self, name, cut):
        """To that node all but the first block is errors."""
        with open(self.devices[name], "rb") as device:
            status = bytearray(self.STATUS_BYTES)
            fcntl.ioctl(device, self.GET_STATUS, status)
            struct.pack_into("=Q", status, self.LIMIT_AT, self.LEFT_WHEN_CUT if cut else 0)
            fcntl.ioctl(device, self.SET_STATUS, status)

    def zeros(self):
        with open(self.path, "r+b") as file:
            file.write(bytes(4 << 20))
            file.flush()
            os.fsync(file.fileno())

    def close(self):
        for device in self.devices.values():
            run("losetup", "--detach", device, check=False)
        self.devices.clear()


FLAG = """#!/bin/sh
# A resource that tells everything that is done with it.
state=FOLDER/running.$OCF_RESOURCE_INSTANCE
case $1 in
  start) echo "$OCF_RESOURCE_INSTANCE start NODE" >>LOG; touch "$state" ;;
  stop) echo "$OCF_RESOURCE_INSTANCE stop NODE" >>LOG; rm -f "$state" ;;
  monitor) [ -e "$state" ] || exit 7 ;;
  meta-data) echo '<resource-agent name="Flag" version="1"><version>1.1</version><parameters/>
<actions><action name="start" timeout="20s"/><action name="stop" timeout="20s"/>
<action name="monitor" timeout="20s" interval="5s"/></actions></resource-agent>' ;;
  *) exit 3 ;;
esac
"""

FENCE = """#!/bin/sh
# A power switch that tells whom it was asked to switch off, and does not.
while IFS= read -r line; do
  case $line in
    action=*) action=${line#*=} ;;
    plug=* | port=* | nodename=*) plug=${line#*=} ;;
  esac
done
case $action in
  metadata) echo '<resource-agent name="fence_lab"><parameters><parameter name="plug" unique="0" required="0">
<getopt mixed="-n"/><content type="string"/></parameter></parameters>
<actions><action name="off"/><action name="reboot"/><action name="status"/><action name="monitor"/>
<action name="metadata"/></actions></resource-agent>' ;;
  off | reboot) echo "$action $plug" >>LOG; exit 1 ;;
esac
"""

RESOURCES = """resources:
{flags}  - primitive: power
    agent: stonith:fence_lab
    parameters: {{pcmk_host_list: "{nodes}"}}
constraints:
{places}"""


class Lab:
    NETWORKS = {"r": "10.88.0.", "a": "10.89.0.", "b": "10.90.0.", "m": "10.91.0.", "w": "10.92.0."}
    DISKS = ("d1", "d2")

    def __init__(self, prefix, folder, nodes=3, keepalive=1000, deadtime=10000, kinds=("a", "b", "m")):
        self.prefix, self.folder, self.count = prefix, folder, nodes
        self.kinds = kinds
        # None: what is the default.
        self.times = "" if keepalive is None else f", keepalive: {keepalive}, deadtime: {deadtime}"
        self.extra = []
        self.more = ""
        self.quorum = ""
        self.fence_folder = f"{folder}/fence"
        self.daemons = {}
        self.lines = []
        self.disks = {}
        self.witness = None
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
        for disk in self.DISKS:
            if disk in self.kinds:
                self.disks[disk] = SharedDisk(f"{self.folder}/{disk}", self.names())
                self.disks[disk].attach()
        for name in self.names():
            self.write_settings(name)
        for disk in self.disks.values():
            run(LAUNCHER, "region", "format", "--config", self.settings_file("n1"), "--force",
                disk.devices["n1"])
        if "witness" in self.kinds:
            self.start_witness()

    def start_witness(self):
        """A witness behind the last network, and certificates of it for all nodes."""
        host, folder = self.NETWORKS["w"] + "254", f"{self.folder}/witness"
        self.switch("addr", "add", f"{host}/24", "dev", "brw")
        self.witness = subprocess.Popen(
            ["ip", "netns", "exec", self.space("sw"), LAUNCHER, "witness", "run", "--state-dir", folder],
            stdout=open(f"{self.folder}/witness.log", "a"), stderr=subprocess.STDOUT)
        if not wait_for(lambda: os.path.exists(f"{folder}/authority.pem"), 30):
            raise RuntimeError("the witness did not start")
        token = run(LAUNCHER, "witness", "token", self.prefix, "--nodes", str(self.count),
                    "--state-dir", folder).stdout.strip()
        for name in self.names():
            self.inside(name, LAUNCHER, "witness", "enrol", "--config", self.settings_file(name),
                        host, token)

    def agents(self):
        """A resource agent for each node and a power switch, which write down what they are told."""
        os.makedirs(f"{self.folder}/fence", exist_ok=True)
        self.script(f"{self.folder}/fence/fence_lab", FENCE.replace("LOG", f"{self.folder}/fenced"))
        for name in self.names():
            folder = f"{self.folder}/{name}/ocf/resource.d/lab"
            os.makedirs(folder, exist_ok=True)
            self.script(f"{folder}/Flag", FLAG.replace("FOLDER", f"{self.folder}/{name}")
                        .replace("NODE", name).replace("LOG", f"{self.folder}/moved"))

    @staticmethod
    def script(path, text):
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, 0o755)

    def apply_resources(self):
        """A resource for each node, and the power switch for all; what the command says."""
        flags = "".join(
            f"  - primitive: flag-{name}\n    agent: ocf:lab:Flag\n    operations: [{{monitor: 5s}}]\n"
            for name in self.names())
        places = "".join(
            f"  - location: {{id: at-{name}, resource: flag-{name}, node: {name}, score: 100}}\n"
            for name in self.names())
        with open(f"{self.folder}/cib.yaml", "w") as file:
            file.write(RESOURCES.format(flags=flags, nodes=" ".join(self.names()), places=places))
        done = self.ask("n1", "apply", "--yes", f"{self.folder}/cib.yaml")
        return done.stdout + done.stderr

    def told(self, what):
        """What the agents wrote down: of resources (moved) or of the power switch (fenced)."""
        path = f"{self.folder}/{what}"
        if not os.path.exists(path):
            return []
        with open(path) as file:
            return file.read().splitlines()

    def switch(self, *command):
        return run("ip", "-n", self.space("sw"), *command)

    def inside(self, name, *command, check=True, timeout=60):
        return run("ip", "netns", "exec", self.space(name), *command, check=check, timeout=timeout)

    def settings_file(self, name):
        return f"{self.folder}/{name}/ringward.yaml"

    def entries(self, name):
        times = self.times
        folder = f"{self.folder}/{name}"
        for kind in self.kinds:
            if kind in ("a", "b"):
                addresses = ", ".join(
                    f"{each}: {self.NETWORKS[kind]}{i}" for i, each in enumerate(self.names(), 1))
                yield f"{{name: lan-{kind}, kind: unicast{times}, addresses: {{{addresses}}}}}"
            elif kind == "m":
                yield f"{{name: multi, kind: multicast{times}, interface: ethm, mcastaddr: 239.9.9.9}}"
            elif kind == "bc":
                yield f"{{name: broad, kind: broadcast{times}, interface: ethm, port: 695}}"
            elif kind == "serial":
                yield f"{{name: serial, kind: serial{times}, devices: [{folder}/ttyS0, {folder}/ttyS1]}}"
            elif kind in self.DISKS:
                yield f"{{name: {kind}, kind: disk{times}, device: {self.disks[kind].devices[name]}}}"
            elif kind == "witness":
                yield f"{{name: place, kind: witness{times}}}"
        yield from self.extra

    def write_settings(self, name):
        folder = f"{self.folder}/{name}"
        nodes = "\n".join(
            f"  - {{name: {each}, id: {i}, address: {self.NETWORKS['r']}{i}}}"
            for i, each in enumerate(self.names(), 1))
        entries = "".join(f"  - {entry}\n" for entry in self.entries(name))
        regions = "regions:\n" + entries if entries else ""
        quorum = self.quorum
        if "witness" in self.kinds:
            quorum = f"quorum: {{device: {{model: witness, net: {{host: {self.NETWORKS['w']}254}}}}}}\n"
        with open(self.settings_file(name), "w") as file:
            file.write(f"""cluster: {self.prefix}
node: {name}
nodes:
{nodes}
{self.more}{regions}{quorum.replace("{folder}", folder)}paths:
  key_file: {self.folder}/key
  state_dir: {folder}/state
  run_dir: {folder}/run
  socket: {folder}/sock
  ocf_root: {folder}/ocf
  fence_agent_dirs: [{self.fence_folder}]
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
        elif kind in self.disks:
            self.disks[kind].cut(node, cut)
        else:
            raise ValueError(kind)

    def close(self):
        for daemon in self.daemons.values():
            daemon.kill()
            daemon.wait()
        self.daemons.clear()
        if self.witness:
            self.witness.kill()
            self.witness.wait()
            self.witness = None
        for disk in self.disks.values():
            disk.close()
        self.disks.clear()
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
