"""How good the line to the meeting service is: a handful of small packets there and back, as a call sends them."""

from __future__ import annotations

import os
import socket
import struct
import time
from contextlib import suppress
from itertools import pairwise

from desktop.diagnostics.dialling import ask_all
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import EVERYWHERE, Lane, integer, number, partial, probe, text, unsupported
from desktop.diagnostics.targets import Host
from desktop.domain.facts import Privacy

REQUESTS = 10
PACE = 0.05
"""Seconds between two requests."""
PATIENCE = 1.0
"""Seconds after the last request in which an answer still counts."""
LOOK_UP = 1.0
"""Seconds for finding the service's address."""
COOKIE = 0x2112A442
BINDING_REQUEST, BINDING_ANSWERS = 0x0001, (0x0101, 0x0111)
"""Message types of RFC 8489 section 5; a refusal comes from the same place over the same line, so it counts."""


@probe(
    "net_quality",
    lane=Lane.NETWORK,
    deadline=3.0,
    platforms=EVERYWHERE,
    fields=(
        text("host", privacy=Privacy.INTERNAL, pseudonym="host"),
        integer("sent", "count"),
        integer("received", "count"),
        number("rtt_ms", "ms"),
        number("jitter_ms", "ms"),
        number("loss_percent", "percent"),
    ),
)
def read_net_quality(machine: Machine) -> dict[str, object]:
    """Measure round trips; where nothing comes back it is not known whether the line or a firewall is to blame."""
    meeting = machine.targets.meeting
    if meeting is None:
        raise unsupported("no_targets")
    machine.sources.note("STUN")
    trips = measure(meeting)
    facts: dict[str, object] = {
        "host": meeting[0],
        "sent": len(trips),
        "received": sum(one is not None for one in trips),
    }
    known = [one for one in trips if one is not None]
    if not known:
        raise partial("no_answer", facts)
    lost = len(trips) - len(known)
    return facts | {
        "rtt_ms": round(sorted(known)[len(known) // 2], 1),
        "jitter_ms": jitter(known),
        "loss_percent": round(100 * lost / len(trips), 1),
    }


def jitter(trips: list[float]) -> float | None:
    """Return the mean difference of neighbouring round trips in milliseconds; None for fewer than two."""
    steps = [abs(after - before) for before, after in pairwise(trips)]
    return round(sum(steps) / len(steps), 1) if steps else None


def measure(server: Host) -> list[float | None]:
    """Send the requests at their pace and return each one's milliseconds, None for those that were not answered."""
    family, address = _address(server)
    sent: dict[bytes, float] = {}
    trips: dict[bytes, float] = {}
    with socket.socket(family, socket.SOCK_DGRAM) as channel:
        channel.connect(address)
        for place in range(REQUESTS):
            number = os.urandom(12)
            sent[number] = time.monotonic()
            _send(channel, struct.pack(">HHI", BINDING_REQUEST, 0, COOKIE) + number)
            _listen(channel, sent, trips, until=sent[number] + (PACE if place < REQUESTS - 1 else PATIENCE))
    return [trips.get(number) for number in sent]


def _address(server: Host) -> tuple[socket.AddressFamily, tuple[str, int]]:
    """Return the service's address. Raises Unanswered where its name is not found in time."""
    found = ask_all(lambda one: socket.getaddrinfo(*one, type=socket.SOCK_DGRAM), [server], deadline=LOOK_UP)[0]
    if not found:
        raise partial("no_address", {"host": server[0]})
    family, _, _, _, address = found[0]
    return family, (str(address[0]), int(address[1]))


def _send(channel: socket.socket, request: bytes) -> None:
    with suppress(OSError):  # refused or no way there: this one is lost, the next may not be
        channel.send(request)


def _listen(channel: socket.socket, sent: dict[bytes, float], trips: dict[bytes, float], *, until: float) -> None:
    """Take answers until the moment, or until every request so far has one and it was the last."""
    while len(trips) < REQUESTS and (left := until - time.monotonic()) > 0:
        channel.settimeout(left)
        try:
            answer = channel.recv(2048)
        except TimeoutError:
            return
        except OSError:
            time.sleep(max(0.0, until - time.monotonic()))  # nobody listens there: keep the pace
            return
        number = _number(answer)
        if number in sent:
            trips.setdefault(number, (time.monotonic() - sent[number]) * 1000)


def _number(answer: bytes) -> bytes:
    """Return the transaction number of an answer, nothing where it is none of STUN's."""
    if len(answer) < 20:
        return b""
    kind, _, cookie = struct.unpack(">HHI", answer[:8])
    return answer[8:20] if kind in BINDING_ANSWERS and cookie == COOKIE else b""
