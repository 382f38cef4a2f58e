#!/usr/bin/env python3
"""Holds a lease of Ringward and writes what happens, one line each; see docs/leases.md.

usage: lease.py SOCKET RESOURCE exclusive|shared LEASE_SECONDS HOLD_SECONDS

Exit codes: 0 held and released, 1 lost, 2 refused.
"""
import selectors
import socket
import struct
import sys
import time

HELLO, OPEN, RENEW, RELEASE, READ_ONLY, ONLINE, RECOVERED = range(1, 8)
WELCOME, WAITING, HELD, PEER, SUSPEND, RECOVER, RESUME, READS, LOST, RELEASED, REFUSED, ENDED = (
    range(17, 29))
HEAD = struct.Struct("<III")
NUMBER = 1  # ours for the only claim


def frame(kind, content=b"", number=NUMBER):
    return HEAD.pack(HEAD.size + len(content), kind, number) + content


def text(content):
    """A text with its length in front, and what follows it."""
    length = struct.unpack_from("<I", content)[0]
    return content[4:4 + length].decode(), content[4 + length:]


class Program:
    def __init__(self, path, resource, mode, lease, hold):
        self.lease, self.hold = lease, hold
        self.buffer = b""
        self.token = 0
        self.expiry = 0
        self.until = None
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.socket.sendall(frame(HELLO, struct.pack("<II", 0x534C5752, 1), 0))
        number = 1 if mode == "exclusive" else 2
        # 0: the daemon keeps a quarter of the lease for stopping.
        content = struct.pack("<III", number, int(lease * 1000), 0) + resource.encode()
        self.socket.sendall(frame(OPEN, content))

    def say(self, *words):
        print(*words, flush=True)

    def run(self):
        selector = selectors.DefaultSelector()
        selector.register(self.socket, selectors.EVENT_READ)
        while True:
            if selector.select(self.lease / 5):
                data = self.socket.recv(65536)
                if not data:
                    self.say("lost: the daemon has hung up")
                    return 1
                self.buffer += data
            for kind, content in self.frames():
                code = self.told(kind, content)
                if code is not None:
                    return code
            if self.token:
                # Before each use of the resource; the expiry is on this clock.
                usable = time.monotonic_ns() < self.expiry
                if not usable:
                    self.say("stopped: the lease is over")
                    return 1
                if time.monotonic() > self.until:
                    self.socket.sendall(frame(RELEASE, struct.pack("<I", 0)))
                    self.token = 0
                else:
                    self.socket.sendall(frame(RENEW))

    def frames(self):
        while len(self.buffer) >= HEAD.size:
            length, kind, _ = HEAD.unpack_from(self.buffer)
            if len(self.buffer) < length:
                return
            content, self.buffer = self.buffer[HEAD.size:length], self.buffer[length:]
            yield kind, content

    def told(self, kind, content):
        if kind == WELCOME:
            self.say("node", content[4:].decode())
        elif kind == WAITING:
            self.say("waits:", content.decode())
        elif kind == HELD:
            token, self.expiry = struct.unpack("<qq", content)
            if token != self.token:
                self.token = token
                self.until = time.monotonic() + self.hold
                self.say("held", token)
        elif kind == PEER:
            change, token = struct.unpack_from("<Iq", content)
            what = {1: "joined", 2: "left", 3: "read-only", 4: "back"}.get(change, "?")
            self.say("peer", what, content[12:].decode(), token)
        elif kind == SUSPEND:
            self.say("suspend", content[8:].decode())
        elif kind == RECOVER:
            yours, token, _ = struct.unpack_from("<Iqq", content)
            node, rest = text(content[20:])
            author, rest = text(rest)
            proof, _ = text(rest)
            self.say("recover", "yours" if yours else "another's", node, token, proof)
            if yours:
                # Here a program takes over what the other left, then says so.
                self.socket.sendall(frame(RECOVERED, struct.pack("<q", token)))
        elif kind == RESUME:
            self.say("resume")
        elif kind == LOST:
            # A program has to have stopped by then: struct.unpack_from("<q", content)
            self.say("lost:", content[8:].decode())
            self.socket.sendall(frame(RELEASE, struct.pack("<I", 1)))
            return 1
        elif kind == RELEASED:
            self.say("released")
            return 0
        elif kind == REFUSED:
            self.say("refused:", content.decode())
            return 2
        elif kind == ENDED:
            self.say("ended:", content.decode())
            return 1
        return None  # kinds of a later version are skipped


def main():
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    path, resource, mode, lease, hold = sys.argv[1:]
    sys.exit(Program(path, resource, mode, float(lease), float(hold)).run())


if __name__ == "__main__":
    main()
