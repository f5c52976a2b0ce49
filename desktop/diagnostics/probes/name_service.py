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
    Lane,
    Unanswered,
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
MAX_SERVERS = 4
"""Name servers that are asked directly; resolv.conf(5) itself uses three."""
MAX_NAMES = 8
"""Names that are asked for; each costs a thread per server."""
NO_SUCH_NAME = 3
Answer = tuple[int, float]
"""Response code (RFC 1035 section 4.1.1) and milliseconds."""


@probe(
    "net_resolve",
    lane=Lane.NETWORK,
    deadline=3.0,
    platforms=EVERYWHERE,
    fields=(
        table(
            "names",
            text("name", privacy=Privacy.INTERNAL, pseudonym="host"),
            boolean("is_company"),
            boolean("is_resolved"),
            number("answer_ms", "ms"),
            text("cause"),
        ),
        table(
            "servers",
            text("server", privacy=Privacy.INTERNAL, pseudonym="ip"),
            boolean("answers"),
            number("answer_ms", "ms"),
            boolean("knows_company"),
        ),
        integer("names_resolved", "count"),
        integer("company_resolved", "count"),
        number("median_ms", "ms"),
        integer("servers_answering", "count"),
    ),
)
def read_net_resolve(machine: Machine) -> dict[str, object]:
    """Resolve the names and ask each server for each of them.

    `names_resolved` counts the public names where there are any, because the company's own may need a VPN.
    """
    machine.sources.note("DNS")
    public, company = machine.targets.names[: MAX_NAMES // 2], machine.targets.company_names[: MAX_NAMES // 2]
    names = tuple(dict.fromkeys((*public, *company)))
    if not names:
        raise unsupported("no_targets")
    servers = _servers(machine)
    questions = [*(("", one) for one in names), *((server, name) for server in servers for name in names)]
    answers = dict(zip(questions, ask_all(_ask, questions, deadline=PATIENCE), strict=True))
    direct = {server: [answers[server, name] for name in names] for server in servers}
    resolved = {name: found[1] for name in names if (found := answers["", name])}
    times = sorted(resolved.values())
    return {
        "names": [
            {
                "name": name, "is_company": name in company, "is_resolved": name in resolved,
                "answer_ms": resolved.get(name),
                "cause": None if name in resolved else cause([answers[server, name] for server in servers]),
            }
            for name in names
        ],
        "servers": [_server_row(one, direct[one], [answers[one, name] for name in company]) for one in servers],
        "names_resolved": sum(one in resolved for one in public or company),
        "company_resolved": sum(one in resolved for one in company) if company else None,
        "median_ms": times[len(times) // 2] if times else None,
        "servers_answering": sum(any(direct[one]) for one in servers) if servers else None,
    }  # fmt: skip


def _server_row(server: str, answers: list[Answer | None], company: list[Answer | None]) -> dict[str, object]:
    first = next((one for one in answers if one), None)
    known = [one[0] == 0 for one in company if one]
    return {
        "server": server, "answers": first is not None, "answer_ms": first[1] if first else None,
        "knows_company": any(known) if known else None,
    }  # fmt: skip


def cause(answers: list[Answer | None]) -> str | None:
    """Say why a name was not found, by what the servers say themselves; None where no server is known."""
    if not answers:
        return None
    codes = {one[0] for one in answers if one}
    if not codes:
        return "servers_silent"
    return "name_found_by_server" if 0 in codes else "no_such_name" if NO_SUCH_NAME in codes else "servers_failing"


def _servers(machine: Machine) -> list[str]:
    if machine.platform not in read_net_dns.platforms:
        return []
    try:
        return cast("list[str]", read_net_dns.read(machine)["servers"])[:MAX_SERVERS]
    except Unanswered:
        return []


def _ask(question: tuple[str, str]) -> Answer | None:
    server, name = question
    if server:
        return ask_server(server, name)
    begun = time.monotonic()
    socket.getaddrinfo(name, 443, type=socket.SOCK_STREAM)
    return 0, round((time.monotonic() - begun) * 1000, 1)


def ask_server(server: str, name: str, *, port: int = DNS_PORT) -> Answer | None:
    """Ask one server for a name (RFC 1035); its response code and the milliseconds, None where it gives none.

    Any answer to our question counts, also "no such name": the server lives. One with no address in it counts as no
    such name.
    """
    number = int.from_bytes(os.urandom(2), "big")
    labels = b"".join(bytes([len(part)]) + part for part in name.encode("idna").split(b"."))
    question = struct.pack(">6H", number, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", 1, 1)
    found = exchange(server, port, question, deadline=PATIENCE)
    if found is None or len(found[0]) < 12:
        return None
    answered, flags, _, records = struct.unpack(">4H", found[0][:8])
    if answered != number or not flags & 0x8000:
        return None
    code = flags & 0xF
    return code if code or records else NO_SUCH_NAME, found[1]
