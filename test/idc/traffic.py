"""Datagrams that are answered, and how long no answer came.

traffic.py answer <address> <port>            answers every datagram, until it is ended
traffic.py ask <source> <address> <port> <n>  asks n times, 50 ms apart, and prints how many answers came
traffic.py watch <source> <address> <port>    asks every 20 ms until stdin ends, and prints the longest time in ms that no question
                                              was answered; questions of the last half second don't count
"""
import select
import socket
import sys
import time

EVERY = 0.02


def bound(address, port=0):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((address, port))
    return sock


def answer(address, port):
    sock = bound(address, int(port))
    while True:
        data, asker = sock.recvfrom(2048)
        try:
            sock.sendto(data, asker)
        except OSError:
            pass  # no route just now


def question(sock, address, port, number):
    try:
        sock.sendto(str(number).encode(), (address, int(port)))
    except OSError:
        pass  # no route just now: as good as lost


def ask(source, address, port, count):
    sock, answered = bound(source), set()
    sock.settimeout(1)
    for number in range(int(count)):
        question(sock, address, port, number)
        time.sleep(0.05)
    try:
        while len(answered) < int(count):
            answered.add(sock.recv(2048))
    except OSError:
        pass
    print(len(answered))


def watch(source, address, port):
    sock, asked, answered = bound(source), [], set()
    following = time.monotonic()
    print('watching', flush=True)
    while True:
        ready, _, _ = select.select([sock, sys.stdin], [], [], max(0, following - time.monotonic()))
        if sock in ready:
            try:
                answered.add(int(sock.recv(2048)))
            except OSError:
                pass
        if sys.stdin in ready:
            break
        if time.monotonic() >= following:
            asked.append(time.monotonic())
            question(sock, address, port, len(asked) - 1)
            following += EVERY
    counted = [(at, number in answered) for number, at in enumerate(asked) if at < asked[-1] - 0.5]
    longest, last = 0, counted[0][0]
    for at, well in counted:
        if well:
            longest, last = max(longest, at - last), at
    print(round(max(longest, counted[-1][0] - last) * 1000))


{'answer': answer, 'ask': ask, 'watch': watch}[sys.argv[1]](*sys.argv[2:])
