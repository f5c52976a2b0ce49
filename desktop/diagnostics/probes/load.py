"""How hard the machine works: processor, memory and disks, each measured over the one shared window."""

from __future__ import annotations

import os
import time

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    LINUX,
    MACOS,
    WINDOWS,
    Field,
    Kind,
    Lane,
    integer,
    number,
    probe,
    table,
    text,
    unsupported,
)

SLICES = 3
"""Parts of the window: a peak shorter than one of them is not called busy."""


@probe(
    "cpu_load",
    lane=Lane.FAST,
    deadline=1.5,
    fields=(
        text("model"),
        number("percent", "percent"),
        number("percent_lowest", "percent"),
        Field("percent_per_core", Kind.NUMBERS, "percent"),
        integer("logical_cores", "count"),
        integer("cores", "count"),
        number("frequency_mhz", "mhz"),
        number("load_1", "tasks"),
        number("pressure_cpu_percent", "percent"),
        number("pressure_memory_percent", "percent"),
        number("pressure_io_percent", "percent"),
    ),
)
def read_cpu_load(machine: Machine) -> dict[str, object]:
    """Measure the load; `percent_lowest` is the calmest part of the window, so a short peak does not count."""
    machine.sources.note("psutil")
    cores = psutil.cpu_times(percpu=True)
    first = last = psutil.cpu_times()
    calmest = 100.0
    for part in range(1, SLICES + 1):
        machine.wait_for_part(part, SLICES)
        now = psutil.cpu_times()
        calmest, last = min(calmest, busy_percent(last, now)), now
    per_core = [
        busy_percent(before, after) for before, after in zip(cores, psutil.cpu_times(percpu=True), strict=False)
    ]
    facts: dict[str, object] = {
        "percent": busy_percent(first, last),
        "percent_lowest": calmest,
        "percent_per_core": per_core,
        "logical_cores": psutil.cpu_count(),
        "cores": psutil.cpu_count(logical=False),
        "frequency_mhz": _frequency(),
    }
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import system as windows

        facts["model"] = windows.processor_name(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import system as macos

        facts |= {"model": macos.processor_name(), "load_1": round(os.getloadavg()[0], 2)}
    return facts | (_linux_load(machine) if machine.platform == LINUX else {})


def busy_percent(before: object, after: object) -> float:
    """Return the share of the time between two readings in which a processor did not idle, in percent."""
    spent = {name: getattr(after, name) - getattr(before, name) for name in getattr(after, "_fields", ())}
    total = sum(value for name, value in spent.items() if name not in ("guest", "guest_nice"))
    idle = spent.get("idle", 0.0) + spent.get("iowait", 0.0)
    return round(min(100.0, max(0.0, 100 * (total - idle) / total)), 1) if total > 0 else 0.0


def _frequency() -> float | None:
    try:
        found = psutil.cpu_freq()
    except (OSError, RuntimeError, SystemError, AttributeError):
        return None  # wrong or failing on several processors (psutil #2642, #2841)
    return round(found.current, 0) if found else None


def _linux_load(machine: Machine) -> dict[str, object]:
    load = (machine.read("/proc/loadavg") or "").split()
    pressures = {
        f"pressure_{name}_percent": pressure(machine.read(f"/proc/pressure/{name}")) for name in ("cpu", "memory", "io")
    }
    return {"model": cpu_model(machine.read("/proc/cpuinfo")), "load_1": float(load[0]) if load else None, **pressures}


def cpu_model(content: str | None) -> str | None:
    """Read the first "model name" of /proc/cpuinfo; many ARM machines have none."""
    lines = (line.partition(":") for line in (content or "").splitlines())
    return next((value.strip() for name, _, value in lines if name.strip() == "model name"), None)


def pressure(content: str | None) -> float | None:
    """Read "some avg10=…" of a pressure file: the share of 10 s in which some task waited, in percent."""
    words = (content or "").split()
    found = next((word for word in words if word.startswith("avg10=")), None)
    return float(found[6:]) if found and words[0] == "some" else None


@probe(
    "memory",
    lane=Lane.FAST,
    deadline=1.5,
    fields=(
        integer("total_bytes", "bytes"),
        integer("available_bytes", "bytes"),
        number("available_percent", "percent"),
        integer("swap_total_bytes", "bytes"),
        integer("swap_used_bytes", "bytes"),
        number("swap_used_of_memory_percent", "percent"),
        integer("swapped_bytes", "bytes"),
        integer("committed_bytes", "bytes"),
        integer("commit_limit_bytes", "bytes"),
        text("pressure"),
    ),
)
def read_memory(machine: Machine) -> dict[str, object]:
    """Measure memory; `swapped_bytes` were moved to or from the disk during the window."""
    machine.sources.note("psutil")
    readings, swap = [_memory(machine)], _swap()
    for part in range(1, SLICES):
        machine.wait_for_part(part, SLICES - 1)
        readings.append(_memory(machine))
    (total, _), swap_now = readings[-1], _swap()
    available = max(one for _, one in readings)  # short dips do not count
    facts: dict[str, object] = {
        "total_bytes": total,
        "available_bytes": available,
        "available_percent": round(100 * available / total, 1),
    }
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import system as windows

        facts |= windows.commit(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import memory as macos

        facts["pressure"] = macos.pressure()
    if swap is None or swap_now is None:
        return facts
    return facts | {
        "swap_total_bytes": swap_now[0],
        "swap_used_bytes": swap_now[1],
        "swap_used_of_memory_percent": round(100 * swap_now[1] / total, 1),
        "swapped_bytes": max(0, swap_now[2] - swap[2]),
    }


def _memory(machine: Machine) -> tuple[int, int]:
    """Return bytes in all and available."""
    try:
        found = psutil.virtual_memory()
    except (OSError, RuntimeError, SystemError):
        if machine.platform != MACOS:
            raise
        from desktop.diagnostics.macos import memory as macos

        return macos.total_and_available(machine)  # newest macOS (psutil #2853)
    return found.total, found.available


def _swap() -> tuple[int, int, int] | None:
    try:
        found = psutil.swap_memory()
    except (OSError, RuntimeError):
        return None  # newest macOS (psutil #2853), Wine
    return found.total, found.used, found.sin + found.sout


@probe(
    "disk_io",
    lane=Lane.FAST,
    deadline=1.5,
    fields=(
        table(
            "disks",
            text("name"),
            integer("operations", "count"),
            number("ms_per_operation", "ms"),
            number("ms_lowest", "ms"),
            number("busy_percent", "percent"),
            integer("read_bytes_per_s", "bytes_per_s"),
            integer("written_bytes_per_s", "bytes_per_s"),
        ),
    ),
)
def read_disk_io(machine: Machine) -> dict[str, object]:
    """Measure what the disks did during the window; `ms_lowest` is its quickest part, so a short jam does not count."""
    machine.sources.note("psutil")
    begun = time.monotonic()
    readings = [_disk_counters()]
    for part in range(1, SLICES + 1):
        machine.wait_for_part(part, SLICES)
        readings.append(_disk_counters())
    if not readings[-1]:
        raise unsupported("no_disks")
    seconds = max(time.monotonic() - begun, 0.001)
    moved = sorted(name for name in readings[-1] if all(name in one for one in readings))
    return {"disks": [_disk_row(name, [one[name] for one in readings], seconds=seconds) for name in moved]}


def _disk_counters() -> dict[str, object]:
    found = psutil.disk_io_counters(perdisk=True)
    return {name: one for name, one in found.items() if not name.startswith(("loop", "ram", "zram"))}


def _gone(before: object, after: object, *fields: str) -> int:
    return max(0, sum(getattr(after, one, 0) - getattr(before, one, 0) for one in fields))


def _disk_row(name: str, readings: list[object], *, seconds: float) -> dict[str, object]:
    before, after = readings[0], readings[-1]
    busy = round(min(100.0, _gone(before, after, "busy_time") / seconds / 10), 1)
    parts = [one for one in map(_mean_ms, readings, readings[1:]) if one is not None]
    return {
        "name": name,
        "operations": _gone(before, after, "read_count", "write_count"),
        "ms_per_operation": _mean_ms(before, after),
        "ms_lowest": min(parts, default=None),
        "busy_percent": busy if hasattr(after, "busy_time") else None,
        "read_bytes_per_s": round(_gone(before, after, "read_bytes") / seconds),
        "written_bytes_per_s": round(_gone(before, after, "write_bytes") / seconds),
    }


def _mean_ms(before: object, after: object) -> float | None:
    """Return the milliseconds of a mean operation between two readings, None where there was none."""
    operations = _gone(before, after, "read_count", "write_count")
    return round(_gone(before, after, "read_time", "write_time") / operations, 1) if operations else None
