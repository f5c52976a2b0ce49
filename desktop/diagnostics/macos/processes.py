"""What runs on a Mac, by `ps`: unlike psutil it may see the system's own programs. Names only, never arguments."""

from __future__ import annotations

import os
import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import said
from desktop.diagnostics.probe import partial

COLUMNS = "pid=,uid=,time=,rss=,state=,ucomm="
FIRST_PERSON = 500
"""The smallest number of a person's account; below are the system's."""
_LINE = re.compile(r"\s*(\d+)\s+(-?\d+)\s+(?:(\d+)-)?([\d:]+)[.,](\d+)\s+(\d+)\s+(\S+)\s+(.+)")


class Program:
    """One process: its name, whose it is, seconds of processor time, bytes of memory, and whether it is stuck."""

    __slots__ = ("is_blocked", "memory", "name", "seconds", "uid")

    def __init__(self, name: str, *, uid: int, seconds: float, memory: int, is_blocked: bool) -> None:
        self.name = name
        self.uid = uid
        self.seconds = seconds
        self.memory = memory
        self.is_blocked = is_blocked


def sweep(machine: Machine) -> dict[int, Program]:
    """Return all processes by their number."""
    found = parse_processes(said(machine, "ps", "-A", "-o", COLUMNS, deadline=0.5))
    if not found:
        raise partial("ps", {})
    return found


def parse_processes(output: str) -> dict[int, Program]:
    """Read ps: time is "minutes:seconds.hundredths", memory in KiB, state "U" cannot be interrupted."""
    lines = (_LINE.fullmatch(line.rstrip()) for line in output.splitlines())
    return {
        int(one.group(1)): Program(
            one.group(8),
            uid=int(one.group(2)),
            seconds=_seconds(one.group(3), one.group(4), one.group(5)),
            memory=int(one.group(6)) * 1024,
            is_blocked=one.group(7).startswith("U"),
        )
        for one in lines
        if one
    }


def account(uid: int) -> str:
    """Say whose process it is without naming anybody."""
    return "self" if uid == os.getuid() else "system" if uid < FIRST_PERSON else "other"


def _seconds(days: str | None, clock: str, fraction: str) -> float:
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part or 0)
    return int(days or 0) * 86400 + total + float(f"0.{fraction}")
