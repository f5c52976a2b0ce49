"""How far the clock is off, asked of a time server (SNTP, RFC 4330)."""

from __future__ import annotations

import socket
import struct
import time

from desktop.diagnostics.dialling import ask_all, exchange
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import EVERYWHERE, Lane, number, partial, probe, text, unsupported
from desktop.diagnostics.targets import Host

PATIENCE = 1.7
EPOCH = 2208988800
"""Seconds between 1900, from which time servers count, and 1970."""


@probe(
    "time_drift",
    lane=Lane.NETWORK,
    deadline=2.2,
    platforms=EVERYWHERE,
    fields=(number("offset_s", "s"), number("offset_abs_s", "s"), text("server"), text("zone")),
)
def read_time_drift(machine: Machine) -> dict[str, object]:
    """Ask all servers at once and believe the first in the list that answers."""
    servers = machine.targets.time_servers
    if not servers:
        raise unsupported("no_targets")
    facts: dict[str, object] = {"zone": time.strftime("%z")}
    answers = ask_all(ask_time, servers, deadline=PATIENCE)
    found = next(((host, one) for (host, _), one in zip(servers, answers, strict=True) if one is not None), None)
    if found is None:
        raise partial("no_answer", facts)
    host, offset = found
    return facts | {"offset_s": round(offset, 2), "offset_abs_s": round(abs(offset), 2), "server": host}


def ask_time(server: Host) -> float | None:
    """Return how many seconds our clock is behind the server's, None where it does not answer properly."""
    host, port = server
    address = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)[0][4][0]
    sent = time.time()
    question = b"\x23" + bytes(39) + struct.pack(">2I", int(sent) + EPOCH & 0xFFFFFFFF, int(sent % 1 * 2**32))
    found = exchange(str(address), port, question, deadline=PATIENCE)
    arrived = time.time()
    return offset(found[0], question, sent=sent, arrived=arrived) if found else None


def offset(answer: bytes, question: bytes, *, sent: float, arrived: float) -> float | None:
    """Compute the offset; an answer to another question, a client's packet or an unset clock counts as none."""
    if len(answer) < 48 or answer[0] & 7 != 4 or answer[1] == 0 or answer[24:32] != question[40:48]:
        return None
    received, replied = (_moment(answer[start : start + 8], near=arrived) for start in (32, 40))
    return ((received - sent) + (replied - arrived)) / 2


def _moment(stamp: bytes, *, near: float) -> float:
    """Read a time stamp of 32 bits of seconds, which start again in 2036; the turn nearest to our own is meant."""
    seconds, fraction = struct.unpack(">2I", stamp)
    turn = round((near + EPOCH - seconds) / 2**32)
    return seconds + turn * 2**32 - EPOCH + fraction / 2**32
