"""What answers in the private network, as programs: `python -m tests.diagnostics.far_services ROLE ARGUMENT…`.

Says "ready" on standard output once it listens, and lives until it is killed.
"""

from __future__ import annotations

import select
import socket
import struct
import sys
import time
from collections.abc import Callable

from tests.diagnostics.servers import time_answer


def take_connections(*doors: str) -> None:
    """Take and drop connections at each "address:port"."""
    open_doors = [socket.create_server((host, int(port))) for host, _, port in (one.partition(":") for one in doors)]
    ready()
    while True:
        for door in select.select(open_doors, [], [])[0]:
            door.accept()[0].close()


def answer_names(server: str, address: str) -> None:
    """Answer every question for an IPv4 address with `address` (RFC 1035), and others with nothing."""

    def answer(question: bytes) -> bytes:
        wants_ipv4 = question[-4:-2] == b"\0\1"
        head = question[:2] + struct.pack(">5H", 0x8180, 1, int(wants_ipv4), 0, 0)
        record = b"\xc0\x0c" + struct.pack(">2HIH", 1, 1, 60, 4) + socket.inet_aton(address)
        return head + question[12:] + (record if wants_ipv4 else b"")

    answer_datagrams(server, 53, answer)


def tell_time(server: str, offset: str) -> None:
    """Tell a time that is so many seconds beside our own."""
    answer_datagrams(server, 123, lambda question: time_answer(question, moment=time.time() + float(offset)))


def answer_datagrams(server: str, port: int, answer: Callable[[bytes], bytes]) -> None:
    """Answer whatever comes in."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.bind((server, port))
        ready()
        while True:
            question, sender = channel.recvfrom(4096)
            channel.sendto(answer(question), sender)


def ready() -> None:
    """Tell who started us."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()


ROLES: dict[str, Callable[..., None]] = {"connections": take_connections, "names": answer_names, "time": tell_time}

if __name__ == "__main__":
    ROLES[sys.argv[1]](*sys.argv[2:])
