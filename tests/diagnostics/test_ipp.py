"""IPP with a server of our own: what it may answer, and what is none."""

from __future__ import annotations

import struct

import pytest

from desktop.diagnostics import cups, ipp
from tests.diagnostics.servers import LOOPBACK, closed_port, connections


def attribute(tag: int, name: str, value: bytes) -> bytes:
    """Write one attribute (RFC 8010 section 3.1.4)."""
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


PRINTERS = (
    struct.pack(">BBHI", 1, 1, 0, 1) + b"\x01" + attribute(0x47, "attributes-charset", b"utf-8")
    + b"\x04" + attribute(0x42, "printer-name", "Büro".encode()) + attribute(0x21, "copies", struct.pack(">I", 3))
    + attribute(0x44, "printer-state-reasons", b"media-empty-error") + attribute(0x44, "", b"toner-low-warning")
    + b"\x04" + attribute(0x42, "printer-name", b"Flur") + b"\x03trailing"
)  # fmt: skip


def http(body: bytes, *, head: str = "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n") -> bytes:
    """Wrap an answer."""
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def test_printers_of_a_service() -> None:
    """Several values of an attribute, several printers, and numbers that are passed over."""
    with connections(http(PRINTERS)) as port:
        found = ipp.list_printers((LOOPBACK, port), ("printer-name",), deadline=5)
    assert found == [
        {"printer-name": ["Büro"], "printer-state-reasons": ["media-empty-error", "toner-low-warning"]},
        {"printer-name": ["Flur"]},
    ]


def test_a_printer_that_sends_in_pieces() -> None:
    """Some do it although they were asked in HTTP 1.0; a word in between asks for patience."""
    pieces = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in (PRINTERS[:20], PRINTERS[20:])) + b"0\r\n\r\n"
    head = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with connections(head + pieces) as port:
        found = ipp.ask_printer(LOOPBACK, port, "/ipp/print", ("printer-state-reasons",), deadline=5)
    assert found["printer-state-reasons"] == ["media-empty-error", "toner-low-warning"]


@pytest.mark.parametrize(
    "answer",
    [
        b"220 not HTTP\r\n\r\n",
        http(b"", head="HTTP/1.1 404 Not Found\r\n"),
        http(b"short"),
        http(struct.pack(">BBHI", 1, 1, 0x0406, 1) + b"\x03"),
        http(PRINTERS[:40]),
        http(b"x" * 40, head="HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"),
    ],
)
def test_what_is_no_answer(answer: bytes) -> None:
    """Another protocol, a refusal, or an answer that is cut: a clear error, and never a wrong fact."""
    with connections(answer) as port, pytest.raises(ValueError, match=r"."):
        ipp.ask_printer(LOOPBACK, port, "/ipp/print", (), deadline=5)


def test_nobody_there() -> None:
    """The system's own error."""
    with pytest.raises(OSError, match=r"."):
        ipp.ask_printer(LOOPBACK, closed_port(), "/", (), deadline=5)


@pytest.mark.parametrize(
    ("device", "connection", "door"),
    [
        ("socket://192.168.4.20:9100", "network", ("192.168.4.20", 631, "/ipp/print")),
        ("ipp://drucker.example/printers/eins", "network", ("drucker.example", 631, "/printers/eins")),
        ("ipp://anna@drucker.example:8631/ipp", "network", ("drucker.example", 8631, "/ipp")),
        ("dnssd://Drucker._ipp._tcp.local/?uuid=1", "network", None),
        ("usb://Zebra/ZD421?serial=1", "usb", None),
        ("cups-pdf:/", "file", None),
        ("///dev/lp0", None, None),
    ],
)
def test_how_a_printer_is_connected(device: str, connection: str | None, door: tuple[str, int, str] | None) -> None:
    """By the queue's device; a network printer is asked where its queue says, else at the usual place."""
    queue = cups.parse_queues(f"device for X: {device}\n")[0]
    assert queue.connection == connection
    if door:
        assert queue.printer_door == door
