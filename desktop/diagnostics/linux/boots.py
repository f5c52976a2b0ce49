"""Starts and ends of a Linux machine as init writes them down (utmp(5)): which of them had no proper end."""

from __future__ import annotations

import struct

from desktop.diagnostics.machine import Machine

RECORDS = "/var/log/wtmp"
MAX_RECORDS = 4 << 20
_FORM = struct.Struct("=hxxi32s4s32s256shhiii4i20s")
BOOT, RUN_LEVEL = 2, 1


def lost_power(machine: Machine, since: float) -> int | None:
    """Count starts since a moment before which nobody had shut the machine down; None without all records."""
    content = machine.read_bytes(RECORDS, MAX_RECORDS)
    if not content or len(content) >= MAX_RECORDS:
        return None  # the newest stand at the end
    return parse_records(content, since)


def parse_records(content: bytes, since: float) -> int:
    """Read the records in order: a start that follows a start without "shutdown" between ended a run by force."""
    lost, is_running = 0, False
    for place in range(0, len(content) - _FORM.size + 1, _FORM.size):
        fields = _FORM.unpack_from(content, place)
        kind, user, moment = fields[0], fields[4].rstrip(b"\0"), fields[9]
        if kind == RUN_LEVEL and user == b"shutdown":
            is_running = False
        elif kind == BOOT:
            lost += is_running and moment >= since
            is_running = True
    return lost
