"""How hard the machine works: processor, memory and disks, each measured over the one shared window."""

from __future__ import annotations

import time

import psutil

from desktop.diagnostics.machine import WINDOW, Machine
from desktop.diagnostics.probe import (
    LINUX,
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
    cores = psutil.cpu_times(percpu=True)
    first = last = psutil.cpu_times()
    calmest = 100.0
    for part in range(1, SLICES + 1):
        time.sleep(max(0.0, machine.started + WINDOW * part / SLICES - time.monotonic()))
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
    ),
)
def read_memory(machine: Machine) -> dict[str, object]:
    """Measure memory; `swapped_bytes` were moved to or from the disk during the window."""
    first, swap = psutil.virtual_memory(), _swap()
    machine.wait_for_window()
    now, swap_now = psutil.virtual_memory(), _swap()
    available = max(first.available, now.available)  # short dips do not count
    facts: dict[str, object] = {
        "total_bytes": now.total,
        "available_bytes": available,
        "available_percent": round(100 * available / now.total, 1),
    }
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import system as windows

        facts |= windows.commit(machine)
    if swap is None or swap_now is None:
        return facts
    return facts | {
        "swap_total_bytes": swap_now[0],
        "swap_used_bytes": swap_now[1],
        "swap_used_of_memory_percent": round(100 * swap_now[1] / now.total, 1),
        "swapped_bytes": max(0, swap_now[2] - swap[2]),
    }


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
            number("busy_percent", "percent"),
            integer("read_bytes_per_s", "bytes_per_s"),
            integer("written_bytes_per_s", "bytes_per_s"),
        ),
    ),
)
def read_disk_io(machine: Machine) -> dict[str, object]:
    """Measure what the disks did during the window."""
    begun = time.monotonic()
    before = psutil.disk_io_counters(perdisk=True)
    machine.wait_for_window()
    after = psutil.disk_io_counters(perdisk=True)
    if not after:
        raise unsupported("no_disks")
    seconds = max(time.monotonic() - begun, 0.001)
    moved = sorted(name for name in after if name in before and not name.startswith(("loop", "ram", "zram")))
    return {"disks": [_disk_row(name, before[name], after[name], seconds=seconds) for name in moved]}


def _disk_row(name: str, before: object, after: object, *, seconds: float) -> dict[str, object]:
    def gone(field: str) -> int:
        return max(0, getattr(after, field, 0) - getattr(before, field, 0))

    operations = gone("read_count") + gone("write_count")
    spent = gone("read_time") + gone("write_time")
    return {
        "name": name,
        "operations": operations,
        "ms_per_operation": round(spent / operations, 1) if operations else None,
        "busy_percent": round(min(100.0, gone("busy_time") / seconds / 10), 1) if hasattr(after, "busy_time") else None,
        "read_bytes_per_s": round(gone("read_bytes") / seconds),
        "written_bytes_per_s": round(gone("write_bytes") / seconds),
    }
