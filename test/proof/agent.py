"""Sends and answers packets in many network namespaces at once: one process, sockets made in each namespace.

Reads one JSON command a line, writes one JSON answer a line. Python, because a process can move between network namespaces
here (`setns`) and a socket stays in the namespace that it was made in.
"""
import ctypes
import errno
import glob
import json
import os
import resource
import select
import socket
import struct
import sys
import time

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET = 0x40000000
UDP_SOURCE = 40000
RST_ON_CLOSE = struct.pack("ii", 1, 0)

# A socket or two for every port of every host: more than a process has without asking.
FILES = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))

entered = None


def enter(namespace):
    """Moves this process into a namespace."""
    global entered
    if namespace == entered:
        return
    handle = os.open("/run/netns/" + namespace, os.O_RDONLY)
    try:
        if LIBC.setns(handle, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns " + namespace)
    finally:
        os.close(handle)
    entered = namespace


class Agent:
    def __init__(self):
        self.poll = select.epoll()
        self.close({})

    def close(self, _):
        """Closes every socket."""
        for sock in [*getattr(self, "servers", {}).values(), *getattr(self, "sources", {}).values()]:
            sock.close()
        self.servers, self.sources, self.endpoints, self.replies, self.listening = {}, {}, {}, {}, set()
        self.poll.close()
        self.poll = select.epoll()

    def sysctl(self, command):
        """Settings of namespaces, `*` for every device: /proc/sys/net shows who opens it its own namespace."""
        for namespace, settings in command["settings"].items():
            enter(namespace)
            for pattern, value in settings.items():
                for path in glob.glob("/proc/sys/net/ipv4/" + pattern):
                    with open(path, "w", encoding="ascii") as file:
                        file.write(str(value))

    def open(self, command):
        """Endpoints: where packets come from and go to."""
        for endpoint in command["endpoints"]:
            self.endpoints[endpoint["id"]] = endpoint

    def listen(self, endpoint, protocol, port):
        if (endpoint["id"], protocol, port) in self.listening:
            return
        self.listening.add((endpoint["id"], protocol, port))
        enter(endpoint["namespace"])
        kind = socket.SOCK_STREAM if protocol == "tcp" else socket.SOCK_DGRAM
        sock = socket.socket(socket.AF_INET, kind)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setblocking(False)
        sock.bind((endpoint["address"], port))
        if protocol == "tcp":
            sock.listen(4096)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
            self.poll.register(sock, select.EPOLLIN)
        self.servers[sock.fileno()] = sock

    def source(self, endpoint, port):
        """The socket that an endpoint sends its UDP probes from."""
        key = (endpoint["id"], port)
        if key not in self.sources:
            enter(endpoint["namespace"])
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
            sock.setblocking(False)
            sock.bind((endpoint["address"], port))
            self.poll.register(sock, select.EPOLLIN)
            self.sources[key] = sock
            self.replies[sock.fileno()] = sock
        return self.sources[key]

    def probe(self, command):
        """Sends all probes, waits, repeats what is missing; answers with the numbers of those that came back.

        Ends `grace` seconds after everything that is expected came, so that what is not expected has its time too; at the latest
        after `deadline` seconds.
        """
        probes, grace, deadline = command["probes"], command["grace"], command["deadline"]
        source_port = UDP_SOURCE + command["round"]
        for probe in probes:
            self.listen(self.endpoints[probe["to"]], probe["protocol"], probe["port"])
        expected = {n for n, probe in enumerate(probes) if probe["expect"]}
        came, tcp = set(), {}
        start = time.monotonic()
        self.send_udp(probes, came, source_port)
        for n, probe in enumerate(probes):
            if probe["protocol"] == "tcp":
                self.connect(n, probe, tcp)
        repeat, quiet = start + 0.25, None
        while True:
            now = time.monotonic()
            if quiet is None and expected <= came:
                quiet = now + grace
            if now >= start + deadline or (quiet is not None and now >= quiet):
                break
            if now >= repeat:
                self.send_udp([probe if n in expected else None for n, probe in enumerate(probes)], came, source_port)
                repeat = now + 0.25
            for handle, _ in self.poll.poll(max(0.0, min(repeat, quiet or repeat) - now)):
                self.handle(handle, came, tcp)
        for sock, _ in tcp.values():
            self.poll.unregister(sock)
            sock.close()
        self.drain()
        return {"came": sorted(came), "seconds": time.monotonic() - start}

    def send_udp(self, probes, came, source_port):
        for n, probe in enumerate(probes):
            if probe is None or n in came or probe["protocol"] != "udp":
                continue
            source, target = self.endpoints[probe["from"]], self.endpoints[probe["to"]]
            try:
                payload = n.to_bytes(4, "big").ljust(probe.get("bytes", 4), b"\0")
                self.source(source, source_port).sendto(payload, (target["address"], probe["port"]))
            except OSError:
                pass  # No route, or the error that an earlier probe of this socket brought back.
            if n % 64 == 63:
                self.turn(came)

    def connect(self, n, probe, tcp):
        source, target = self.endpoints[probe["from"]], self.endpoints[probe["to"]]
        enter(source["namespace"])
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST_ON_CLOSE)
        sock.setblocking(False)
        sock.bind((source["address"], 0))
        failure = sock.connect_ex((target["address"], probe["port"]))
        if failure not in (0, errno.EINPROGRESS):
            sock.close()
            return
        self.poll.register(sock, select.EPOLLOUT)
        tcp[sock.fileno()] = (sock, n)

    def turn(self, came):
        for handle, _ in self.poll.poll(0):
            self.handle(handle, came, {})

    def handle(self, handle, came, tcp):
        if handle in tcp:
            sock, n = tcp.pop(handle)
            self.poll.unregister(sock)
            if sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                came.add(n)
            sock.close()
        elif handle in self.replies:
            for data, _ in received(self.replies[handle]):
                came.add(int.from_bytes(data[:4], "big"))
        elif handle in self.servers:
            sock = self.servers[handle]
            for data, sender in received(sock):
                try:
                    sock.sendto(data, sender)
                except OSError:
                    pass  # No way back.

    def drain(self):
        """Takes what TCP listeners have accepted."""
        for sock in self.servers.values():
            if sock.type != socket.SOCK_STREAM:
                continue
            try:
                while True:
                    sock.accept()[0].close()
            except OSError:
                pass

    def watch(self, command):
        """Sends a UDP probe every `interval` seconds; tells of each when it was sent and whether it came back.

        Ends when `steady` probes in a row came back after some were lost, at the latest after `deadline` seconds.
        """
        source, target = self.endpoints[command["from"]], self.endpoints[command["to"]]
        self.listen(target, "udp", command["port"])
        sock = self.source(source, UDP_SOURCE + command["round"])
        start = time.monotonic()
        sent, came = [], set()
        while time.monotonic() - start < command["deadline"]:
            sent.append(time.monotonic() - start)
            try:
                sock.sendto((len(sent) - 1).to_bytes(4, "big"), (target["address"], command["port"]))
            except OSError:
                pass
            self.turn_until(start + sent[-1] + command["interval"], came)
            lost = [n for n in range(len(sent)) if n not in came]
            if lost and len(sent) - lost[-1] > command["steady"]:
                break
        return {"sent": [[round(at, 4), n in came] for n, at in enumerate(sent)]}

    def turn_until(self, until, came):
        while True:
            wait = until - time.monotonic()
            if wait <= 0:
                return
            for handle, _ in self.poll.poll(wait):
                self.handle(handle, came, {})


def received(sock):
    while True:
        try:
            yield sock.recvfrom(65536)
        except BlockingIOError:
            return
        except OSError:
            continue  # An ICMP error of an earlier probe.


def main():
    agent = Agent()
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = getattr(agent, command["do"])(command) or {}
        except Exception as error:  # The one who asked tells it.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
