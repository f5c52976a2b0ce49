"""What lists and sparklines need of a snapshot, so that nobody has to open its document for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from desktop.diagnostics.findings import ANSWERED
from desktop.domain.device_rows import Inventory
from desktop.domain.facts import ProbeStatus
from desktop.domain.snapshot import Snapshot

SERIES = ("disk.free_bytes", "memory.used_percent", "uptime.days", "net.reachable", "net.delay_ms")
"""The numbers of which every snapshot leaves a point."""
_LONGEST = 200
_SECONDS_A_DAY = 86400
_LATEST = 2**33  # seconds since 1970: what lies behind is no clock's time
_LARGEST = 2**62  # no machine has as many bytes; what lies beyond fits into no column


def inventory_of(snapshot: Snapshot) -> Inventory:
    """Return what the snapshot says about the machine as a whole."""
    system, hardware, volume = _facts(snapshot, "os"), _facts(snapshot, "hardware"), _system_volume(snapshot)
    load, security = _facts(snapshot, "cpu_load"), _facts(snapshot, "security")
    return Inventory(
        os_family=_words(system.get("family")),
        os_name=_words(system.get("name")),
        os_version=_words(system.get("version")),
        os_build=_words(system.get("build")),
        architecture=_words(system.get("architecture")),
        manufacturer=_words(hardware.get("manufacturer")),
        model=_words(hardware.get("model")),
        form=_words(hardware.get("form")),
        serial=_words(hardware.get("serial")),
        bios_date=_day(_words(hardware.get("bios_date"))),
        cpu=_words(load.get("model")),
        cores=_whole(load.get("cores")),
        memory_bytes=_whole(_facts(snapshot, "memory").get("total_bytes")),
        disk_total_bytes=_whole(volume.get("total_bytes")),
        disk_free_bytes=_whole(volume.get("free_bytes")),
        is_encrypted=_flag(_facts(snapshot, "encryption").get("is_system_encrypted")),
        antivirus=_names(security.get("antivirus")),
        is_antivirus_on=_flag(security.get("is_antivirus_on")),
        is_restart_pending=_flag(_facts(snapshot, "pending_reboot").get("is_pending")),
        restarted_at=_moment(_facts(snapshot, "uptime").get("restarted_at")),
        withheld=sum(one.status is ProbeStatus.WITHHELD for one in snapshot.probes.values()),
    )


def series_of(snapshot: Snapshot) -> dict[str, float]:
    """Return the snapshot's point of each series that it knows; `net.reachable` is 1 or 0."""
    memory, reach = _facts(snapshot, "memory"), _facts(snapshot, "net_reach")
    total, available = _number(memory.get("total_bytes")), _number(memory.get("available_bytes"))
    uptime, reachable = _number(_facts(snapshot, "uptime").get("uptime_s")), reach.get("is_internet_reachable")
    found = {
        "disk.free_bytes": _number(_system_volume(snapshot).get("free_bytes")),
        "memory.used_percent": 100 * (total - available) / total if total and available is not None else None,
        "uptime.days": uptime / _SECONDS_A_DAY if uptime is not None else None,
        "net.reachable": float(reachable) if isinstance(reachable, bool) else None,
        "net.delay_ms": _delay(reach),
    }
    return {name: value for name, value in found.items() if value is not None}


def _facts(snapshot: Snapshot, probe: str) -> Mapping[str, Any]:
    result = snapshot.probes.get(probe)
    return result.facts if result and result.status in ANSWERED else {}


def _system_volume(snapshot: Snapshot) -> Mapping[str, Any]:
    rows = _rows(_facts(snapshot, "disks").get("volumes"))
    found = [one for one in rows if one.get("is_system")]
    return found[0] if found else {}


def _rows(value: object) -> list[Mapping[str, Any]]:
    rows = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("dict[str, Any]", one) for one in rows if isinstance(one, dict)]


def _delay(reach: Mapping[str, Any]) -> float | None:
    """Return how long the quickest target on the Internet took, in milliseconds."""
    times = [_number(one.get("connect_ms")) for one in _rows(reach.get("internet"))]
    return min((one for one in times if one is not None), default=None)


def _words(value: object) -> str:
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def _names(value: object) -> str:
    """Return the names of a list side by side."""
    names = cast("list[object]", value) if isinstance(value, list) else [value]
    return ", ".join(filter(None, map(_words, names)))[:_LONGEST]


def _number(value: object) -> float | None:
    """Return a number a machine can have, None for anything else a stranger may have written."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if -_LARGEST < value < _LARGEST else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number >= 0 else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _moment(value: object) -> datetime | None:
    seconds = _number(value)
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and 0 < seconds < _LATEST else None


def _day(text: str) -> str:
    """Return a BIOS' date as ISO 8601, whether it is written so or as month/day/year (SMBIOS, DSP0134 section 7.1)."""
    found = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text)
    if found:
        return f"{found[3]}-{found[1]}-{found[2]}"
    return text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else ""
