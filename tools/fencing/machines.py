"""Whole machines as namespaces on a bridge, a power switch, a client that asks for the service every few milliseconds.

Used by the other programs here and by bench/outage. Needs root. A machine is what the demo's machine is (it is made by the
same script): network, mounts, processes of its own, a fresh /run at each boot; power off kills all of it at once. Everything
carries the prefix it is given and is removed by close().
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAUNCHER = os.path.join(ROOT, "ringward")
DEMO = os.path.join(ROOT, "cli", "src", "main", "resources", "demo")
NETWORK = "10.88.0."
SERVICE = NETWORK + "100"
CLIENT = NETWORK + "200"
RUN = "/run/ringward"

NGINX = """worker_processes 1;
pid /run/ringward-demo/nginx.pid;
error_log /var/log/nginx/error.log;
events {}
http {
  access_log off;
  keepalive_timeout 0;
  client_body_temp_path /run/ringward-demo/body;
  proxy_temp_path /run/ringward-demo/proxy;
  fastcgi_temp_path /run/ringward-demo/fastcgi;
  uwsgi_temp_path /run/ringward-demo/uwsgi;
  scgi_temp_path /run/ringward-demo/scgi;
  server {
    listen 80;
    default_type text/plain;
    location / { return 200 "NODE\\n"; }
  }
}
"""

# The address alone.
ADDRESS = """  - primitive: address
    agent: ocf:heartbeat:IPaddr2
    parameters: {{ip: {service}, cidr_netmask: 24, nic: eth0}}
    operations: [{{name: monitor, interval: 1s, timeout: 20s}}]
""".format(service=SERVICE)

# The service, as the demo has it: an address and a web server behind it.
WEB = """  - group: web
    members:
      - primitive: address
        agent: ocf:heartbeat:IPaddr2
        parameters: {{ip: {service}, cidr_netmask: 24, nic: eth0}}
        operations: [{{name: monitor, interval: 1s, timeout: 20s}}]
      - primitive: server
        agent: ocf:ringward:nginx
        parameters: {{configfile: "/run/ringward-demo/nginx.conf"}}
        operations: [{{name: monitor, interval: 1s, timeout: 20s}}]
""".format(service=SERVICE)


def run(*command, check=True, timeout=60):
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done


def prefix(name):
    """Of namespaces; RINGWARD_LAB makes it another one, where several work on a machine."""
    return os.environ.get("RINGWARD_LAB", "") + name


def wait_for(what, seconds, step=0.05):
    """True as soon as the condition holds; False when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(step)
    return bool(what())


def build():
    """The folder of the build that the launcher runs; makes one when there is none."""
    if os.path.exists(os.path.join(os.environ.get("RINGWARD_BUILD", "-"), "stamp")):
        return os.environ["RINGWARD_BUILD"]
    run(LAUNCHER, "version", timeout=500)
    os.environ["RINGWARD_BUILD"] = os.path.realpath(os.path.join(ROOT, "target", "run", "current"))
    return os.environ["RINGWARD_BUILD"]


def java():
    for home in (os.environ.get("JAVA_HOME", ""), "/usr/lib/jvm/temurin-25-jdk-amd64",
                 "/usr/lib/jvm/java-25-openjdk-amd64"):
        if os.access(f"{home}/bin/java", os.X_OK):
            return f"{home}/bin/java"
    return "java"


class Machine:
    """One machine; off until it is booted."""

    def __init__(self, lab, name, number):
        self.lab, self.name, self.number = lab, name, number
        self.folder = f"{lab.folder}/{name}"
        self.process = None
        self.daemon = None
        self.first = 0
        os.makedirs(self.folder)

    def powered(self):
        return self.first != 0 and os.path.exists(f"/proc/{self.first}")

    def boot(self, address):
        """Fresh namespaces, fresh /run, the cable plugged in."""
        self.process = subprocess.Popen(
            ["unshare", "-n", "-m", "-u", "-i", "-p", "--fork", "--kill-child", "--propagation", "private", "sh",
             f"{DEMO}/machine.sh", self.name, self.folder, f"{address}/24"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(f"{self.folder}/boot.log", "a"), text=True)
        self.expect("booting")
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as file:
            self.first = int(file.read().split()[0])
        space = self.lab.space("sw")
        run("ip", "link", "add", "eth0", "netns", str(self.first), "type", "veth", "peer", "name", self.name,
            "netns", space)
        run("ip", "-n", space, "link", "set", self.name, "master", "br0", "up")
        self.process.stdin.write("plugged\n")
        self.process.stdin.close()
        self.expect("ready")
        self.process.stdout.close()

    def expect(self, word):
        line = self.process.stdout.readline().strip()
        if line != word:
            with open(f"{self.folder}/boot.log") as file:
                raise RuntimeError(f"{self.name} did not boot: {file.read().strip()}")

    def power_off(self):
        """The cable is dead and everything killed at once; returns when nothing is left."""
        with self.lab.power:
            if not self.powered():
                return
            space = self.lab.space("sw")
            # First, or the dying kernel would still tell the others that connections end.
            run("ip", "-n", space, "link", "set", self.name, "down", check=False)
            os.kill(self.first, signal.SIGKILL)
            if self.daemon:
                # nsenter stops itself when what it started is stopped, and would never reap it.
                self.daemon.send_signal(signal.SIGCONT)
            self.process.wait()
            self.first = 0
            # The kernel takes the cable down with the machine a little later; a fresh one has the same name.
            run("ip", "-n", space, "link", "del", self.name, check=False)

    def inside(self, *command):
        return ["nsenter", "-t", str(self.first), "-m", "-u", "-i", "-n", "-p", "--", *command]

    def start_daemon(self):
        log = open(f"{self.folder}/daemon.log", "a")
        self.daemon = subprocess.Popen(self.inside(LAUNCHER, "daemon", "--config", f"{self.folder}/daemon.yaml"),
                                       stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def ask(self, *command, timeout=60):
        """A command of ringward on this machine."""
        return run(*self.inside(LAUNCHER, *command, "--socket", f"{RUN}/ringward.sock"), check=False,
                   timeout=timeout)

    def file(self, path):
        return f"/proc/{self.first}/root{path}"

    def log(self):
        with open(f"{self.folder}/daemon.log", errors="replace") as file:
            return file.read()


class Switch(threading.Thread):
    """The power switch: obeys what fence_ringward_demo asks, and notes when."""

    def __init__(self, lab):
        super().__init__(daemon=True)
        self.lab = lab
        self.folder = f"{lab.folder}/switch"
        os.makedirs(self.folder)
        os.mkfifo(f"{self.folder}/request", 0o600)
        # Opened for both, so that it never ends when a writer leaves.
        self.requests = os.fdopen(os.open(f"{self.folder}/request", os.O_RDWR))
        self.shots = []
        self.start()

    def run(self):
        for line in self.requests:
            words = line.split()
            if len(words) == 3:
                threading.Thread(target=self.handle, args=words, daemon=True).start()

    def handle(self, verb, name, reply):
        answer = self.answer(verb, name)
        # The asker opens its pipe a little later than it asks; or never, when it was shot itself.
        end = time.monotonic() + 5
        while time.monotonic() < end:
            try:
                pipe = os.open(reply, os.O_WRONLY | os.O_NONBLOCK)
                os.write(pipe, (answer + "\n").encode())
                os.close(pipe)
                return
            except OSError:
                time.sleep(0.001)

    def answer(self, verb, name):
        machine = self.lab.machines.get(name)
        if machine is None and name != "-":
            return f"1 there is no machine {name}"
        if verb in ("off", "reboot"):
            asked = time.monotonic_ns()
            machine.power_off()
            self.shots.append((name, asked, time.monotonic_ns()))
            return "0 off"
        if verb == "status":
            return "0 on" if machine.powered() else "2 off"
        if verb == "monitor":
            return "0 ready"
        if verb in ("list", "list-status"):
            return "0 " + " ".join(f"{each}," for each in self.lab.machines)
        return f"1 unknown verb {verb}"


class Client:
    """Asks for the page every few milliseconds over a new connection, and notes who answered when."""

    EVERY, PATIENCE = 5, 100

    def __init__(self, lab):
        self.answers = []
        classes = ":".join(sorted(f"{build()}/cli/{name}" for name in os.listdir(f"{build()}/cli")
                                  if name.endswith(".jar")))
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", lab.space("client"), java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
             "-Xmx64m", "-cp", classes, "org.ringward.cli.demo.ProbeMain", SERVICE, "80", str(self.EVERY),
             str(self.PATIENCE)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(f"{lab.folder}/client.log", "w"), text=True)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            words = line.split(None, 2)
            if words[0] == "G":
                # The program's clock is CLOCK_MONOTONIC, as ours.
                self.answers.append((int(words[1]), words[2].strip()))

    def last(self):
        return self.answers[-1] if self.answers else (0, "")

    def steady(self, name, seconds):
        """Whether that machine, and no other one, answered during all of the last seconds."""
        now = time.monotonic_ns()
        since = now - int(seconds * 1e9)
        recent = [each for each in self.answers[-2000:] if each[0] >= since]
        return (len(recent) > seconds * 50 and all(who == name for _, who in recent)
                and now - recent[-1][0] < 200_000_000)

    def first_after(self, moment, name=None):
        for when, who in self.answers:
            if when > moment and (name is None or who == name):
                return when, who
        return None

    def last_before(self, moment):
        found = None
        for when, who in self.answers:
            if when > moment:
                break
            found = when, who
        return found

    def forget(self):
        del self.answers[:-1]

    def close(self):
        self.process.kill()
        self.process.wait()


class Machines:
    """The laboratory: so many machines, a client, a power switch."""

    def __init__(self, name, folder, count, settings="", serving=False):
        """settings: more lines for all node files; serving: a web server runs on each machine from its boot on."""
        self.prefix, self.folder, self.settings, self.serving = name, folder, settings, serving
        self.power = threading.Lock()
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        self.machines = {f"n{number}": Machine(self, f"n{number}", number) for number in range(1, count + 1)}
        self.switch = None
        self.client = None

    def space(self, name):
        return f"{self.prefix}-{name}"

    def address(self, machine):
        return f"{NETWORK}{10 + machine.number}"

    def up(self):
        build()
        self.remove_spaces()
        for name in ("sw", "client"):
            run("ip", "netns", "add", self.space(name))
        space = self.space("sw")
        run("ip", "-n", space, "link", "add", "br0", "type", "bridge", "forward_delay", "0", "mcast_snooping", "0")
        run("ip", "-n", space, "link", "set", "br0", "up")
        run("ip", "link", "add", "eth0", "netns", self.space("client"), "type", "veth", "peer", "name", "client",
            "netns", space)
        run("ip", "-n", space, "link", "set", "client", "master", "br0", "up")
        run("ip", "-n", self.space("client"), "addr", "add", f"{CLIENT}/24", "broadcast", "+", "dev", "eth0")
        run("ip", "-n", self.space("client"), "link", "set", "eth0", "up")
        run(LAUNCHER, "keygen", f"{self.folder}/key")
        self.agents()
        for machine in self.machines.values():
            self.write_settings(machine)
            self.start(machine.name)
        self.switch = Switch(self)
        self.client = Client(self)

    def agents(self):
        for source, target in (("fence_ringward_demo", "fence"), ("nginx", "ocf/resource.d/ringward")):
            os.makedirs(f"{self.folder}/{target}", exist_ok=True)
            shutil.copy(f"{DEMO}/{source}", f"{self.folder}/{target}/{source}")
            os.chmod(f"{self.folder}/{target}/{source}", 0o755)
        os.symlink("/usr/lib/ocf/lib", f"{self.folder}/ocf/lib")
        os.symlink("/usr/lib/ocf/resource.d/heartbeat", f"{self.folder}/ocf/resource.d/heartbeat")

    def write_settings(self, machine):
        nodes = "".join(f"  - {{name: {each.name}, id: {each.number}, address: {self.address(each)}}}\n"
                        for each in self.machines.values())
        with open(f"{machine.folder}/nginx.conf", "w") as file:
            file.write(NGINX.replace("NODE", machine.name))
        with open(f"{machine.folder}/daemon.yaml", "w") as file:
            file.write(f"""cluster: {self.prefix}
node: {machine.name}
nodes:
{nodes}{self.settings}paths:
  key_file: {self.folder}/key
  state_dir: {machine.folder}/state
  run_dir: {RUN}
  socket: {RUN}/ringward.sock
  ocf_root: {self.folder}/ocf
  fence_agent_dirs: [{self.folder}/fence]
""")

    def start(self, name):
        """Boots a machine and starts its daemon."""
        machine = self.machines[name]
        self.boot(machine)
        machine.start_daemon()

    def boot(self, machine):
        with self.power:
            machine.boot(self.address(machine))
        if self.serving:
            run(*machine.inside("nginx", "-c", "/run/ringward-demo/nginx.conf"))

    def device(self, name, target, parameters=""):
        return (f"  - primitive: {name}\n    agent: stonith:fence_ringward_demo\n    parameters: "
                f"{{switch: \"{self.folder}/switch\", pcmk_host_list: \"{target}\"{parameters}}}\n"
                "    operations: [{name: monitor, interval: 60s, timeout: 20s}]\n")

    def apply(self, text):
        path = f"{self.folder}/cib.yaml"
        with open(path, "w") as file:
            file.write(text)
        for _ in range(5):
            done = self.machines["n1"].ask("apply", "--yes", path)
            if done.returncode == 0:
                return
            # Short tokens and cold daemons: the membership may still change while these warm up.
            time.sleep(2)
        raise RuntimeError(done.stdout + done.stderr)

    def cut(self):
        """
        Cuts the first two machines off from each other, both ways in one step; the client reaches both. A port that is
        isolated reaches those that are not: the first command changes nothing yet.
        """
        space = self.space("sw")
        run("bridge", "-n", space, "link", "set", "dev", "n2", "isolated", "on")
        began = time.monotonic_ns()
        run("bridge", "-n", space, "link", "set", "dev", "n1", "isolated", "on")
        return began

    def mend(self):
        for name in ("n1", "n2"):
            run("bridge", "-n", self.space("sw"), "link", "set", "dev", name, "isolated", "off", check=False)

    def members(self, name, timeout=20):
        """Names of the members as that machine's daemon sees them; empty when it does not answer."""
        machine = self.machines[name]
        if not machine.powered():
            return []
        try:
            report = request(machine.file(f"{RUN}/ringward.sock"), "status", timeout)["report"]
        except (OSError, KeyError, TypeError):
            return []
        return sorted(each["name"] for each in report["nodes"] if each.get("state") == "member")

    def report(self, name, verb, **options):
        return request(self.machines[name].file(f"{RUN}/ringward.sock"), verb, 20, **options)["report"]

    def remove_spaces(self):
        for line in run("ip", "netns", "list").stdout.splitlines():
            name = line.split()[0] if line else ""
            if name.startswith(self.prefix + "-"):
                run("ip", "netns", "del", name, check=False)

    def close(self):
        if self.client:
            self.client.close()
        for machine in self.machines.values():
            machine.power_off()
        self.remove_spaces()


def request(path, verb, timeout, **options):
    """Asks over the control socket itself: a command's start would cost more than the answer."""
    import json
    import socket
    import struct
    body = json.dumps({"verb": verb, "options": options}).encode()
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(timeout)
        link.connect(path)
        link.sendall(struct.pack(">I", len(body)) + body)
        reply = b""
        while len(reply) < 4 or len(reply) < 4 + struct.unpack(">I", reply[:4])[0]:
            part = link.recv(65536)
            if not part:
                raise OSError("the daemon hung up")
            reply += part
    return json.loads(reply[4:])


def spread(values):
    """Median, least and most of milliseconds, for people."""
    if not values:
        return "none"
    return f"median {statistics.median(values):.0f} ms ({min(values):.0f} to {max(values):.0f})"


def missing(*more):
    """A sentence when something that is needed is not there, else nothing."""
    if os.geteuid() != 0:
        return "it needs root"
    for path in ("/usr/sbin/nginx", "/usr/lib/ocf/resource.d/heartbeat/IPaddr2", *more):
        if not os.path.exists(path):
            return f"{path} is missing"
    return ""


def main_guard():
    """So that a terminated program removes what it made, too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
