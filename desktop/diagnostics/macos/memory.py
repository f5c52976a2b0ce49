"""How the kernel itself rates its memory, and how much there is where psutil fails on the newest macOS."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos import sysctl
from desktop.diagnostics.macos.tools import said
from desktop.diagnostics.probe import partial

_LEVELS = {1: "normal", 2: "warn", 4: "critical"}
_PAGE = re.compile(r"page size of (\d+) bytes")
_COUNT = re.compile(r"^Pages (free|inactive|speculative):\s+(\d+)\.", re.MULTILINE)


def pressure() -> str | None:
    """Return what the kernel tells programs: normal, warn or critical (sys/event.h NOTE_MEMORYSTATUS_PRESSURE_*)."""
    return _LEVELS.get(sysctl.integer("kern.memorystatus_vm_pressure_level") or 0)


def total_and_available(machine: Machine) -> tuple[int, int]:
    """Return bytes of memory and of what programs may have, as psutil counts it: free and inactive pages."""
    total = sysctl.integer("hw.memsize")
    output = said(machine, "vm_stat", deadline=0.4)
    page, counts = _PAGE.search(output), dict(_COUNT.findall(output))
    if not total or page is None or not counts.keys() >= {"free", "inactive"}:
        raise partial("vm_stat", {"total_bytes": total, "pressure": pressure()})
    return total, int(page.group(1)) * (int(counts["free"]) + int(counts["inactive"]))
