#!/usr/bin/env python3
"""Talks in a group of Ringward's programs and writes what it hears; see docs/leases.md.

usage: group.py SOCKET GROUP MEMBERS MESSAGES

Joins GROUP, waits until it has MEMBERS members, says MESSAGES messages ("1", "2", ...), and leaves
when it has heard that many of each of them. Every member writes the same lines between "begin" and
"end", because all hear everything in one order.

Exit codes: 0 all heard, 1 out of the group before that, 2 refused.
"""
import socket
import struct
import sys

HELLO, JOIN, LEAVE, SAY = 1, 8, 9, 10
WELCOME, REFUSED, ENDED = 17, 27, 28
MEMBERS, MESSAGE, PAUSED, RESUMED, OUT = range(29, 34)
REASONS = {1: "joined", 2: "left", 3: "gone", 4: "node lost", 5: "missed"}
HEAD = struct.Struct("<III")
NUMBER = 1  # ours for the only membership
WINDOW, COST = 256 * 1024, 64


def frame(kind, content=b"", number=NUMBER):
    return HEAD.pack(HEAD.size + len(content), kind, number) + content


class Reader:
    """Takes numbers and texts from a frame's content."""

    def __init__(self, content):
        self.content = content

    def take(self, form):
        value = struct.unpack_from("<" + form, self.content)[0]
        self.content = self.content[struct.calcsize("<" + form):]
        return value

    def text(self):
        length = self.take("I")
        value, self.content = self.content[:length].decode(), self.content[length:]
        return value


class Program:
    def __init__(self, path, group, members, messages):
        self.wanted, self.messages = members, messages
        self.me = 0
        self.said = 0
        self.under_way = []  # sizes of what was said and has not come back
        self.heard = {}
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.socket.sendall(frame(HELLO, struct.pack("<II", 0x534C5752, 1), 0))
        self.socket.sendall(frame(JOIN, group.encode()))

    def say(self, *words):
        print(*words, flush=True)

    def run(self):
        buffer = b""
        while True:
            data = self.socket.recv(1 << 16)
            if not data:
                self.say("out: the daemon has hung up")
                return 1
            buffer += data
            while len(buffer) >= HEAD.size and len(buffer) >= HEAD.unpack_from(buffer)[0]:
                length, kind, _ = HEAD.unpack_from(buffer)
                code = self.told(kind, buffer[HEAD.size:length])
                buffer = buffer[length:]
                if code is not None:
                    return code
            self.talk()

    def talk(self):
        """Says what there is to say, as far as the window lets."""
        while len(self.heard) >= self.wanted and self.said < self.messages:
            message = str(self.said + 1).encode()
            if sum(self.under_way) + len(message) + COST > WINDOW:
                return
            self.said += 1
            self.under_way.append(len(message) + COST)
            self.socket.sendall(frame(SAY, message))

    def told(self, kind, content):
        reader = Reader(content)
        if kind == MEMBERS:
            self.members(reader)
        elif kind == MESSAGE:
            reader.take("q")  # its place in the order
            sender = reader.take("q")
            if sender == self.me:
                self.under_way.pop(0)
            self.heard[sender] = self.heard.get(sender, 0) + 1
            self.say(list(self.heard).index(sender) + 1, "says", reader.content.decode())
            counts = list(self.heard.values())
            if len(counts) >= self.wanted and min(counts) == self.messages:
                self.say("end")
                self.socket.sendall(frame(LEAVE))
        elif kind == PAUSED:
            self.say("paused:", content.decode())
        elif kind == RESUMED:
            self.say("resumed")
        elif kind == REFUSED:
            self.say("refused:", content.decode())
            return 2
        elif kind in (OUT, ENDED):
            self.say("out:", content.decode())
            return 0 if min(self.heard.values(), default=0) == self.messages else 1
        return None  # kinds of a later version are skipped

    def members(self, reader):
        reader.take("q")  # its place in the order
        members = [(reader.take("q"), reader.text()) for _ in range(reader.take("I"))]
        changes = [
            (REASONS.get(reader.take("I"), "?"), reader.take("q"), reader.text())
            for _ in range(reader.take("I"))]
        self.me = self.me or changes[0][1]
        if self.heard:
            return  # it has begun; who leaves now has heard everything
        self.say("members", len(members), *(f"{what} {node}" for what, _, node in changes))
        if len(members) == self.wanted:
            # By the time of joining, the same for all.
            self.heard = {member: 0 for member, _ in members}
            self.say("begin")


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    path, group, members, messages = sys.argv[1:]
    sys.exit(Program(path, group, int(members), int(messages)).run())


if __name__ == "__main__":
    main()
