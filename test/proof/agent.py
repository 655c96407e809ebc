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
# linux/in.h
IP_MTU_DISCOVER, IP_PMTUDISC_DO, IP_RECVERR = 10, 2, 11
# After the number in a UDP probe: its answer is small, whatever the size of the probe.
ANSWER_SHORT = b"\1"

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
        self.listeners = {}
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
        self.listeners[(endpoint["id"], protocol, port)] = sock

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
                    sock.sendto(data[:4] if data[4:5] == ANSWER_SHORT else data, sender)
                except OSError:
                    pass  # No way back.

    def sizes(self, command):
        """Sends packets of a size that nobody may cut, UDP or echo requests, each from a socket of its own.

        Answers with the numbers of those that came back, and of those whose sender was told that they are too large: by its own
        kernel, or by ICMP. Ends as `probe` does.
        """
        probes, deadline = command["probes"], command["deadline"]
        came, told, sockets = set(), set(), {}
        for n, probe in enumerate(probes):
            source, target = self.endpoints[probe["from"]], self.endpoints[probe["to"]]
            udp = probe["protocol"] == "udp"
            if udp:
                self.listen(target, "udp", probe["port"])
            enter(source["namespace"])
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if udp else socket.SOCK_RAW, 0 if udp else socket.IPPROTO_ICMP)
            sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO)
            sock.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
            sock.setblocking(False)
            sock.bind((source["address"], 0))
            self.poll.register(sock, select.EPOLLIN)
            sockets[sock.fileno()] = (sock, n, sized(n, probe["size"], udp), (target["address"], probe["port"] if udp else 0))
        expected = {n for n, probe in enumerate(probes) if probe["expect"]}
        expected_told = {n for n, probe in enumerate(probes) if probe["told"]}
        start = time.monotonic()
        repeat, quiet = start, None
        while True:
            now = time.monotonic()
            if quiet is None and expected <= came and expected_told <= told:
                quiet = now + command["grace"]
            if now >= start + deadline or (quiet is not None and now >= quiet):
                break
            if now >= repeat:
                for sock, n, packet, address in sockets.values():
                    if n in came or n in told or (repeat > start and n not in expected | expected_told):
                        continue
                    try:
                        sock.sendto(packet, address)
                    except OSError as error:
                        if error.errno == errno.EMSGSIZE:
                            told.add(n)
                    self.turn(set())
                repeat = now + 0.25
            for handle, _ in self.poll.poll(max(0.0, min(repeat, quiet or repeat) - now)):
                if handle not in sockets:
                    self.handle(handle, set(), {})
                    continue
                sock, n, packet, _ = sockets[handle]
                if too_large(sock, packet, probes[n]["protocol"]):
                    told.add(n)
                for data, _ in received(sock):
                    if answers(packet, data, probes[n]["protocol"]):
                        came.add(n)
        for sock, *_ in sockets.values():
            self.poll.unregister(sock)
            sock.close()
        return {"came": sorted(came), "told": sorted(told)}

    def transfer(self, command):
        """Opens TCP connections and sends so many bytes there, and then back; answers with the numbers of those that went through."""
        done = set()
        for n, probe in enumerate(command["probes"]):
            source, target = self.endpoints[probe["from"]], self.endpoints[probe["to"]]
            self.listen(target, "tcp", probe["port"])
            server = self.listeners[(target["id"], "tcp", probe["port"])]
            enter(source["namespace"])
            client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            client.settimeout(command["deadline"])
            client.bind((source["address"], 0))
            if there_and_back(client, server, (target["address"], probe["port"]), command["bytes"], command["deadline"]):
                done.add(n)
        return {"came": sorted(done)}

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


def sized(n, size, udp):
    """What a packet of so many bytes of IP carries."""
    if udp:
        return (n.to_bytes(4, "big") + ANSWER_SHORT).ljust(size - 28, b"\0")
    packet = bytearray(struct.pack("!BBHHH", 8, 0, 0, n, os.getpid() & 0xFFFF).ljust(size - 20, b"\0"))
    words = struct.unpack(f"!{len(packet) // 2}H", packet[: len(packet) & ~1])
    total = sum(words) + ((packet[-1] << 8) if len(packet) % 2 else 0)
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    packet[2:4] = struct.pack("!H", ~total & 0xFFFF)
    return bytes(packet)


def answers(packet, data, protocol):
    """Whether it is the answer: UDP's number, or an echo reply (behind its IP header) of the same number."""
    if protocol == "udp":
        return data[:4] == packet[:4]
    header = (data[0] & 15) * 4
    return data[header] == 0 and data[header + 4 : header + 8] == packet[4:8]


def too_large(sock, packet, protocol):
    """Whether the socket has been told that its packet was too large. A raw one hears of those of all others, too."""
    found = False
    while True:
        try:
            data, ancillary, _, _ = sock.recvmsg(64, 512, socket.MSG_ERRQUEUE)
        except OSError:
            return found
        if protocol == "icmp" and data[4:8] != packet[4:8]:
            continue
        for level, kind, error in ancillary:
            if level == socket.IPPROTO_IP and kind == IP_RECVERR:
                found = found or struct.unpack("I", error[:4])[0] == errno.EMSGSIZE


def there_and_back(client, server, address, count, deadline):
    """Whether so many bytes arrive at the server, and as many come back."""
    peer = None
    try:
        client.connect(address)
        until = time.monotonic() + deadline
        while peer is None:
            if not ready(until, (server, select.POLLIN)):
                return False
            try:
                peer = server.accept()[0]
            except BlockingIOError:
                continue
        peer.settimeout(deadline)
        return exchange(client, peer, count, until) and exchange(peer, client, count, until)
    except OSError:
        return False
    finally:
        for sock in (client, peer):
            if sock is not None:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST_ON_CLOSE)
                sock.close()


def ready(until, *wanted):
    """Which of these sockets are; none when the time is over."""
    poll = select.poll()
    for sock, events in wanted:
        poll.register(sock, events)
    left = until - time.monotonic()
    return {handle for handle, _ in poll.poll(left * 1000)} if left > 0 else set()


def exchange(sender, receiver, count, until):
    """Whether `count` bytes of one end arrive at the other."""
    sender.setblocking(False)
    receiver.setblocking(False)
    sent = got = 0
    chunk = b"\0" * 65536
    while got < count:
        found = ready(until, (receiver, select.POLLIN), *([(sender, select.POLLOUT)] if sent < count else []))
        if not found:
            return False
        if sender.fileno() in found:
            sent += sender.send(chunk[: count - sent])
        if receiver.fileno() in found:
            data = receiver.recv(65536)
            if not data:
                return False
            got += len(data)
    return True


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
