"""Print queues, waiting jobs and whether a network printer answers: never a document's name."""

from __future__ import annotations

import os
import re
import socket
import stat
import time
from collections.abc import Mapping
from typing import cast

from desktop.diagnostics import cups, ipp
from desktop.diagnostics.dialling import ask_all, connect
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    WINDOWS,
    Lane,
    boolean,
    integer,
    partial,
    probe,
    table,
    text,
    texts,
    unsupported,
)
from desktop.domain.facts import Privacy

SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd")
SETTINGS = "/etc/cups/client.conf"
PATIENCE = 1.5
ASKING = 0.4
"""Seconds for CUPS' own words on its drivers, after lpstat has answered."""
NO_QUEUES = 1
"""lpstat's exit code where there is no queue, and where something is wrong: its first line tells which."""


@probe(
    "printers",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(
        boolean("is_spooler_running"),
        text("default", privacy=Privacy.INTERNAL, pseudonym="printer"),
        boolean("is_default_virtual"),
        table(
            "printers",
            text("name", privacy=Privacy.INTERNAL, pseudonym="printer"),
            text("driver"),
            text("driver_version"),
            text("connection"),
            text("state"),
            boolean("is_default"),
            boolean("is_virtual"),
            boolean("is_paused"),
            boolean("is_offline"),
            texts("alerts"),
        ),
    ),
)
def read_printers(machine: Machine) -> dict[str, object]:
    """Read the queues of this machine and how each stands."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import printing as windows

        return windows.read_printers(machine)
    _lpstat(machine)  # raises where there is nothing to ask
    if not is_spooler_running(machine):
        return {"is_spooler_running": False}
    output = machine.once(_listing)
    if output is None or not cups.is_running(output):
        raise partial("lpstat", {"is_spooler_running": True})
    queues = cups.parse_queues(output)
    default, models = cups.parse_default(output), _models(machine)
    rows: list[dict[str, object]] = [
        {
            "name": one.name, "state": one.state, "is_default": one.name == default, "is_virtual": one.is_virtual,
            "is_paused": one.is_paused, "is_offline": one.is_offline, "alerts": list(one.alerts),
            "driver": models.get(one.name), "connection": one.connection,
        }
        for one in queues
    ]  # fmt: skip
    virtual = next((one.is_virtual for one in queues if one.name == default), None)
    return {"is_spooler_running": True, "default": default, "is_default_virtual": virtual, "printers": rows}


def _listing(machine: Machine) -> str | None:
    """Ask once for both probes that need the queues; a program costs more than what it prints."""
    return machine.run(_lpstat(machine), "-r", "-d", "-v", "-l", "-p", deadline=PATIENCE, accepted=(0, NO_QUEUES))


def _models(machine: Machine) -> dict[str, str]:
    """Return each queue's make and model, by which CUPS names its driver; nothing where CUPS does not answer."""
    machine.sources.note("IPP")
    try:
        found = ipp.list_printers(_door(machine), ("printer-name", "printer-make-and-model"), deadline=ASKING)
    except (OSError, ValueError):
        return {}
    return {
        one["printer-name"][0]: one["printer-make-and-model"][0]
        for one in found
        if one.get("printer-name") and one.get("printer-make-and-model")
    }


@probe(
    "printer_jobs",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(
        table(
            "jobs",
            text("printer", privacy=Privacy.INTERNAL, pseudonym="printer"),
            integer("age_s", "s"),
            integer("size_bytes", "bytes"),
            boolean("is_own"),
        ),
        integer("own", "count"),
        integer("oldest_own_s", "s"),
    ),
)
def read_printer_jobs(machine: Machine) -> dict[str, object]:
    """Read what waits to be printed: age and size only."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import printing as windows

        return windows.read_printer_jobs(machine)
    lpstat = _lpstat(machine)
    if not is_spooler_running(machine):
        raise unsupported("no_spooler")
    output = machine.run(lpstat, "-W", "not-completed", "-o", deadline=PATIENCE)
    if output is None:
        raise unsupported("lpstat")
    jobs = cups.parse_jobs(output, own=_own_name(), now=time.time())
    ages = [one.age for one in jobs if one.is_own and one.age is not None]
    return {
        "jobs": [
            {"printer": one.printer, "age_s": one.age, "size_bytes": one.size, "is_own": one.is_own} for one in jobs
        ],
        "own": sum(one.is_own for one in jobs),
        "oldest_own_s": max(ages, default=None if any(one.is_own for one in jobs) else 0),
    }


@probe(
    "printer_port",
    lane=Lane.NETWORK,
    deadline=3.0,
    fields=(
        table(
            "ports",
            text("printer", privacy=Privacy.INTERNAL, pseudonym="printer"),
            text("host", privacy=Privacy.INTERNAL, pseudonym="host"),
            boolean("answers"),
            texts("reasons"),
        ),
    ),
)
def read_printer_port(machine: Machine) -> dict[str, object]:
    """Connect to each network printer; the spooler's own idea of "online" is often wrong."""
    machine.sources.note("TCP")
    found = _windows_queues(machine) if machine.platform == WINDOWS else _cups_queues(machine)
    queues = [one for one in found if one.host]
    doors = [(one.host[0], door) for one in queues if one.host for door in cups.doors(one.host[1])]
    if queues:
        machine.sources.note("IPP")
    questions: list[_Question] = [*dict.fromkeys(doors), *(one for one in queues)]
    answers = dict(zip(questions, ask_all(_ask, questions, deadline=PATIENCE), strict=True))
    return {"ports": [_port_row(one, one.host, answers) for one in queues if one.host]}


_Question = tuple[str, int] | cups.Queue


def _port_row(queue: cups.Queue, host: tuple[str, int], answers: Mapping[_Question, object]) -> dict[str, object]:
    is_there = any(answers[host[0], door] is True for door in cups.doors(host[1]))
    reasons = answers[queue]
    return {
        "printer": queue.name, "host": host[0], "answers": is_there,
        "reasons": [one for one in cast("list[str]", reasons) if one != "none"] if isinstance(reasons, list) else None,
    }  # fmt: skip


def _ask(question: _Question) -> object:
    """Knock at a door, or ask a printer itself why it does not print (RFC 8011 section 5.4.12)."""
    if isinstance(question, tuple):
        return _knock(question)
    host, port, path = question.printer_door
    found = ipp.ask_printer(host, port, path, ("printer-state-reasons",), deadline=PATIENCE)
    return found.get("printer-state-reasons", [])


def _windows_queues(machine: Machine) -> list[cups.Queue]:
    from desktop.diagnostics.windows import printing as windows

    found: list[cups.Queue] = []
    for name, host, port in windows.network_ports(machine):
        found.append(cups.Queue(name))
        found[-1].device = f"socket://[{host}]:{port}" if ":" in host else f"socket://{host}:{port}"
    return found


def _cups_queues(machine: Machine) -> list[cups.Queue]:
    _lpstat(machine)  # raises where there is nothing to ask
    if not is_spooler_running(machine):
        raise unsupported("no_spooler")
    output = machine.once(_listing)
    if output is None or not cups.is_running(output):
        raise unsupported("lpstat")
    return cups.parse_queues(output)


def is_spooler_running(machine: Machine) -> bool:
    """Tell whether a print service listens: the one that lpstat is set to ask, else CUPS on its socket."""
    server = _server(machine)
    if server and not server.startswith("/"):
        host, _, port = server.partition(":")
        return connect(host, int(port) if port.isdecimal() else 631, deadline=1.0)[0] == "open"
    return any(map(_listens, [server] if server else map(machine.path, SOCKETS)))


def _door(machine: Machine) -> ipp.Door:
    """Return where the print service is asked by IPP."""
    server = _server(machine)
    if server and not server.startswith("/"):
        host, _, port = server.partition(":")
        return host, int(port) if port.isdecimal() else 631
    return server or next((one for one in map(machine.path, SOCKETS) if _listens(one)), SOCKETS[0])


def _server(machine: Machine) -> str | None:
    """Return the address that CUPS' own tools ask, None where that is the usual socket."""
    found = os.environ.get("CUPS_SERVER") or cups.parse_server(machine.read(SETTINGS) or "")
    return found.partition("/version=")[0] if found else None


def _listens(path: str) -> bool:
    """Tell whether somebody takes connections; a socket file that nobody listens on does not count."""
    try:
        if not stat.S_ISSOCK(os.stat(path).st_mode):  # noqa: PTH116 - pathlib is too dear here
            return False
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(1.0)
            channel.connect(path)
    except OSError:
        return False
    return True


def _knock(door: tuple[str, int]) -> bool:
    return connect(*door, deadline=PATIENCE)[0] == "open"


def _lpstat(machine: Machine) -> str:
    """Return the tool; with neither a print service nor the address of one there is nothing to ask."""
    found = machine.tool("lpstat")
    if found is None or not (machine.tool("cupsd") or _server(machine) or is_spooler_running(machine)):
        raise unsupported("no_cups")
    return found


def _own_name() -> str:
    import pwd  # does not exist on Windows

    return re.sub(r"\s", "", pwd.getpwuid(os.getuid()).pw_name)
