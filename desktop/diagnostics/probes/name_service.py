"""Whether names become addresses: through the system as programs do, and by asking each name server directly.

Both together tell "the server is dead" from "the name is wrong".
"""

from __future__ import annotations

import os
import socket
import struct
import time
from typing import cast

from desktop.diagnostics.dialling import ask_all, exchange
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    EVERYWHERE,
    LINUX,
    Lane,
    boolean,
    integer,
    number,
    probe,
    table,
    text,
    unsupported,
)
from desktop.diagnostics.probes.network import read_net_dns
from desktop.domain.facts import Privacy

PATIENCE = 1.7
"""Seconds for one question, below the probe's deadline so that a slow server still leaves an answer."""
DNS_PORT = 53


@probe(
    "net_resolve",
    lane=Lane.NETWORK,
    deadline=2.2,
    platforms=EVERYWHERE,
    fields=(
        table("names", text("name"), boolean("is_resolved"), number("answer_ms", "ms")),
        table(
            "servers",
            text("server", privacy=Privacy.INTERNAL, pseudonym="ip"),
            boolean("answers"),
            number("answer_ms", "ms"),
        ),
        integer("names_resolved", "count"),
        number("median_ms", "ms"),
        integer("servers_answering", "count"),
    ),
)
def read_net_resolve(machine: Machine) -> dict[str, object]:
    """Resolve the configured names and ask each server for the first of them."""
    names = machine.targets.names
    if not names:
        raise unsupported("no_targets")
    servers = _servers(machine)
    questions = [*(("", one) for one in names), *((one, names[0]) for one in servers)]
    answers = ask_all(_ask, questions, deadline=PATIENCE)
    resolved, direct = answers[: len(names)], answers[len(names) :]
    times = sorted(one for one in resolved if one is not None)
    return {
        "names": [_row("name", name, "is_resolved", took) for name, took in zip(names, resolved, strict=True)],
        "servers": [_row("server", one, "answers", took) for one, took in zip(servers, direct, strict=True)],
        "names_resolved": len(times),
        "median_ms": times[len(times) // 2] if times else None,
        "servers_answering": sum(one is not None for one in direct) if servers else None,
    }


def _row(subject: str, value: str, outcome: str, took: float | None) -> dict[str, object]:
    return {subject: value, outcome: took is not None, "answer_ms": took}


def _servers(machine: Machine) -> list[str]:
    if machine.platform != LINUX:
        return []
    return cast("list[str]", read_net_dns.read(machine)["servers"])


def _ask(question: tuple[str, str]) -> float | None:
    server, name = question
    if server:
        return ask_server(server, name)
    begun = time.monotonic()
    socket.getaddrinfo(name, 443, type=socket.SOCK_STREAM)
    return round((time.monotonic() - begun) * 1000, 1)


def ask_server(server: str, name: str, *, port: int = DNS_PORT) -> float | None:
    """Ask one server for a name (RFC 1035); the milliseconds of its answer, None where it gives none.

    Any answer to our question counts, also "no such name": the server lives.
    """
    number = int.from_bytes(os.urandom(2), "big")
    labels = b"".join(bytes([len(part)]) + part for part in name.encode("idna").split(b"."))
    question = struct.pack(">6H", number, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", 1, 1)
    found = exchange(server, port, question, deadline=PATIENCE)
    if found is None or len(found[0]) < 12:
        return None
    answered, flags = struct.unpack(">2H", found[0][:4])
    return found[1] if answered == number and flags & 0x8000 else None
