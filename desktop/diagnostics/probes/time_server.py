"""How far the clock is off, asked of a time server (SNTP, RFC 4330), else of a web server's date (RFC 9110)."""

from __future__ import annotations

import re
import socket
import struct
import time

from desktop.diagnostics.dialling import ask_all, exchange
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import EVERYWHERE, Lane, boolean, number, partial, probe, text, unsupported
from desktop.diagnostics.probes.portal import Page, fetch, known_page
from desktop.diagnostics.targets import Host

PATIENCE = 1.7
ASKING = 0.5
"""Seconds for systemd's word on who keeps the clock; with `PATIENCE` below the deadline, or the answer is lost."""
_DATE = re.compile(rb"^date: \w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT", re.MULTILINE | re.IGNORECASE)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
EPOCH = 2208988800
"""Seconds between 1900, from which time servers count, and 1970."""


@probe(
    "time_drift",
    lane=Lane.NETWORK,
    deadline=3.0,
    platforms=EVERYWHERE,
    fields=(
        number("offset_s", "s"),
        number("offset_abs_s", "s"),
        text("server"),
        text("source"),
        text("zone"),
        boolean("is_synchronised"),
    ),
)
def read_time_drift(machine: Machine) -> dict[str, object]:
    """Ask all servers at once and believe the first in the list that answers."""
    servers = machine.targets.time_servers
    if not servers:
        raise unsupported("no_targets")
    facts: dict[str, object] = {"zone": time.strftime("%z"), "is_synchronised": _is_synchronised(machine)}
    machine.sources.note("SNTP")
    page = known_page(machine)
    pages = [page] if page else []
    if pages:
        machine.sources.note("HTTP")
    answers = ask_all(_ask, [*servers, *pages], deadline=PATIENCE)
    for asked, found in zip([*servers, *pages], answers, strict=True):
        if found is not None:
            name, source = (asked.host, "http") if isinstance(asked, Page) else (asked[0], "ntp")
            return facts | {
                "offset_s": round(found, 2), "offset_abs_s": round(abs(found), 2), "server": name, "source": source,
            }  # fmt: skip
    raise partial("no_answer", facts)


def _is_synchronised(machine: Machine) -> bool | None:
    """Ask systemd whether something keeps the clock; other systems say nothing of it without rights."""
    tool = machine.tool("timedatectl") if machine.exists("/run/systemd/system") else None
    output = machine.run(tool, "show", "-p", "NTPSynchronized", "--value", deadline=ASKING) if tool else None
    return {"yes": True, "no": False}.get((output or "").strip())


def _ask(asked: Host | Page) -> float | None:
    return _ask_page(asked) if isinstance(asked, Page) else ask_time(asked)


def _ask_page(page: Page) -> float | None:
    """Compare with the date that a web server sends along, to the second; it is believed after all time servers."""
    found = _DATE.search(fetch(page).partition(b"\r\n\r\n")[0])
    if found is None:
        return None
    day, month, year, hour, minute, second = (one.decode() for one in found.groups())
    moment = (int(year), _MONTHS.index(month) // 4 + 1, int(day), int(hour), int(minute), int(second), 0, 0, 0)
    return time.mktime(moment) - time.timezone + 0.5 - time.time()


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
