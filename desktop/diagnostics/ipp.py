"""Asks a print service or a printer about itself by IPP (RFC 8010, RFC 8011), without TLS and without http.client.

That module would cost the collector more than everything else it does.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Sequence

GET_PRINTER_ATTRIBUTES, CUPS_GET_PRINTERS = 0x000B, 0x4002
OPERATION_GROUP, END_OF_ATTRIBUTES, PRINTER_GROUP = 0x01, 0x03, 0x04
KEYWORD, URI, CHARSET, LANGUAGE = 0x44, 0x45, 0x47, 0x48
SUCCESSFUL = 0x00FF
"""Status codes up to here mean that the answer holds (RFC 8011 section 4.1.6.1)."""
MAX_ANSWER = 256 << 10
Printer = dict[str, list[str]]
"""An attribute's name and its values as text."""
Door = str | tuple[str, int]
"""A socket's path, or a host and its port."""


def list_printers(door: Door, wanted: Sequence[str], *, deadline: float) -> list[Printer]:
    """Ask a CUPS for its queues. Raises OSError where nobody answers and ValueError where it is no IPP."""
    question = _question(CUPS_GET_PRINTERS, "", wanted)
    return _printers(_ask(door, "/", question, deadline=deadline))


def ask_printer(host: str, port: int, path: str, wanted: Sequence[str], *, deadline: float) -> Printer:
    """Ask a printer about itself. Raises OSError where nobody answers and ValueError where it is no IPP."""
    question = _question(GET_PRINTER_ATTRIBUTES, f"ipp://{host}:{port}{path}", wanted)
    found = _printers(_ask((host, port), path, question, deadline=deadline))
    return found[0] if found else {}


def _question(operation: int, uri: str, wanted: Sequence[str]) -> bytes:
    parts = [
        struct.pack(">BBHIB", 1, 1, operation, 1, OPERATION_GROUP),
        _attribute(CHARSET, "attributes-charset", "utf-8"),
        _attribute(LANGUAGE, "attributes-natural-language", "en"),
    ]
    if uri:
        parts.append(_attribute(URI, "printer-uri", uri))
    parts += [_attribute(KEYWORD, "" if place else "requested-attributes", one) for place, one in enumerate(wanted)]
    return b"".join((*parts, bytes([END_OF_ATTRIBUTES])))


def _attribute(tag: int, name: str, value: str) -> bytes:
    first, second = name.encode(), value.encode()
    return struct.pack(">BH", tag, len(first)) + first + struct.pack(">H", len(second)) + second


def _ask(door: Door, path: str, question: bytes, *, deadline: float) -> bytes:
    family = socket.AF_UNIX if isinstance(door, str) else socket.AF_INET
    if isinstance(door, tuple):
        family, _, _, _, address = socket.getaddrinfo(*door, type=socket.SOCK_STREAM)[0]
    else:
        address = door
    head = (
        f"POST {path} HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/ipp\r\n"
        f"Content-Length: {len(question)}\r\nConnection: close\r\n\r\n"
    )
    with socket.socket(family, socket.SOCK_STREAM) as channel:
        channel.settimeout(deadline)
        channel.connect(address)
        channel.sendall(head.encode("ascii", "replace") + question)
        return _body(_received(channel))


def _received(channel: socket.socket) -> bytes:
    """Read until the other side closes, or until as much is here as it announced."""
    answer = b""
    while len(answer) < MAX_ANSWER:
        part = channel.recv(1 << 16)
        if not part:
            break
        answer += part
        head, end, body = answer.partition(b"\r\n\r\n")
        if end and 0 <= _length(head) <= len(body):
            break
    return answer


def _length(head: bytes) -> int:
    lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
    found = next((value.strip() for name, _, value in lines if name == b"content-length"), b"")
    return int(found) if found.isdigit() else -1


def _body(answer: bytes) -> bytes:
    head, _, body = answer.partition(b"\r\n\r\n")
    while head.startswith(b"HTTP/1") and b" 100 " in head.partition(b"\r\n")[0]:
        head, _, body = body.partition(b"\r\n\r\n")
    if b" 200 " not in head.partition(b"\r\n")[0]:
        raise ValueError("no IPP")
    return _unchunked(body) if b"transfer-encoding: chunked" in head.lower() else body


def _unchunked(body: bytes) -> bytes:
    """Join the pieces that some printers send also to who speaks HTTP 1.0."""
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size.partition(b";")[0] or b"0", 16)
        if not length:
            break
        whole, body = whole + body[:length], body[length + 2 :]
    return whole


def _printers(content: bytes) -> list[Printer]:
    """Read the printers of an answer; values that are no text are passed over."""
    if len(content) < 8 or struct.unpack(">H", content[2:4])[0] > SUCCESSFUL:
        raise ValueError("no answer")
    found: list[Printer] = []
    name, place, is_printer = "", 8, False
    while place < len(content) and content[place] != END_OF_ATTRIBUTES:
        tag = content[place]
        if tag < 0x10:
            is_printer, place = tag == PRINTER_GROUP, place + 1
            if is_printer:
                found.append({})
            continue
        own, value, place = _pair(content, place + 1)
        name = own or name
        if is_printer and 0x41 <= tag <= 0x49:
            found[-1].setdefault(name, []).append(value)
    return found


def _pair(content: bytes, place: int) -> tuple[str, str, int]:
    """Read a name and a value, each after its length, and return where the next one begins."""
    parts: list[str] = []
    for _ in range(2):
        if place + 2 > len(content):
            raise ValueError("cut")
        (length,) = struct.unpack_from(">H", content, place)
        parts.append(content[place + 2 : place + 2 + length].decode("utf-8", "replace"))
        place += 2 + length
    return parts[0], parts[1], place
