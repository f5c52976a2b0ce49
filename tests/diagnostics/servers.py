"""Small servers on the loopback interface that answer as a test wants: names, time, pages, or nothing."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOPBACK = "127.0.0.1"


@contextmanager
def datagrams(answer: Callable[[bytes], bytes | None]) -> Iterator[int]:
    """Answer each datagram by `answer`, or not at all where that gives None; yields the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.bind((LOOPBACK, 0))
        port = channel.getsockname()[1]

        def serve() -> None:
            while True:
                question, sender = channel.recvfrom(4096)
                if not question:
                    return
                found = answer(question)
                if found is not None:
                    channel.sendto(found, sender)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield port
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stop:
                stop.sendto(b"", (LOOPBACK, port))
            thread.join()


@contextmanager
def connections(answer: bytes = b"") -> Iterator[int]:
    """Take connections, send `answer` to whoever asks something, and yield the port."""
    with socket.create_server((LOOPBACK, 0)) as door:
        port = door.getsockname()[1]
        ended = threading.Event()

        def serve() -> None:
            while True:
                channel, _ = door.accept()
                with channel:
                    if ended.is_set():
                        return
                    if answer and channel.recv(4096):
                        channel.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield port
        finally:
            ended.set()
            socket.create_connection((LOOPBACK, port)).close()
            thread.join()


def closed_port() -> int:
    """Return a port that refuses connections."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def name_answer(question: bytes, *, code: int = 0) -> bytes:
    """Answer a question of RFC 1035 with a response code."""
    return question[:2] + struct.pack(">5H", 0x8180 | code, 1, 0 if code else 1, 0, 0) + question[12:]


def binding_answer(request: bytes) -> bytes:
    """Answer a binding request of RFC 8489 with an empty success."""
    return struct.pack(">HH", 0x0101, 0) + request[4:20]


def time_answer(question: bytes, *, moment: float, stratum: int = 2, mode: int = 4) -> bytes:
    """Answer a time question (RFC 4330) as a server whose clock says `moment`."""
    seconds, fraction = int(moment) + 2208988800, int(moment % 1 * 2**32)
    stamp = struct.pack(">2I", seconds & 0xFFFFFFFF, fraction)
    return bytes([0x20 | mode, stratum, 0, 0]) + bytes(20) + question[40:48] + stamp + stamp
