"""Battery wear by the registry of drivers, and whether heat slows the processor down."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import property_list, rows, said, whole
from desktop.diagnostics.probe import partial

PERCENT = 100
"""Since Apple's own processors "MaxCapacity" is a share of the battery's own guess, and no amount."""
_SPEED = re.compile(r"CPU_Speed_Limit\s*=\s*(\d+)")
_WARNING = re.compile(r"(?:thermal|performance) warning level[^\n]*?(\d+)\s*$", re.IGNORECASE | re.MULTILINE)
_NONE_RECORDED = "No thermal warning level has been recorded"


def wear(machine: Machine) -> dict[str, object]:
    """Compare what the battery holds with what it was made for, both in mAh."""
    found = rows(property_list(machine, "ioreg", "-r", "-c", "AppleSmartBattery", "-a", deadline=0.7))
    if not found:
        raise partial("ioreg", {})
    design = whole(found[0].get("DesignCapacity"))
    full = whole(found[0].get("AppleRawMaxCapacity")) or _amount(whole(found[0].get("MaxCapacity")))
    health = round(min(100.0, 100 * full / design), 1) if full and design and design > 0 and full > 0 else None
    return {"health_percent": health, "cycles": whole(found[0].get("CycleCount"))}


def _amount(number: int | None) -> int | None:
    return number if number and number > PERCENT else None


def throttling(machine: Machine) -> dict[str, object]:
    """Read `pmset -g therm`: Macs name no temperatures, only how far heat slows them down."""
    output = said(machine, "pmset", "-g", "therm", deadline=0.7)
    speed, warning = _SPEED.search(output), _WARNING.search(output)
    limit = int(speed.group(1)) if speed else None
    signs = [
        *([limit < PERCENT] if limit is not None else []),
        *([int(warning.group(1)) > 0] if warning else []),
        *([False] if _NONE_RECORDED in output else []),
    ]
    if not signs:
        raise partial("pmset", {})
    return {"speed_limit_percent": limit, "is_throttled": any(signs)}
