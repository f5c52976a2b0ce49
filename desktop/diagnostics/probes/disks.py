"""Space on local volumes. Network mounts are named and never touched: a dead server would hang whoever asks."""

from __future__ import annotations

import os

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.mounts import NETWORK, Mount, linux_mounts, once, without_home
from desktop.diagnostics.probe import MACOS, WINDOWS, Lane, boolean, integer, number, partial, probe, table, text

_SYSTEM_MOUNT = "/"


@probe(
    "disks",
    lane=Lane.FAST,
    deadline=2.0,
    fields=(
        table(
            "volumes",
            text("mount"),
            text("filesystem"),
            integer("total_bytes", "bytes"),
            integer("free_bytes", "bytes"),
            number("free_percent", "percent"),
            number("free_files_percent", "percent"),
            boolean("is_system"),
            boolean("is_read_only"),
        ),
        integer("network_mounts", "count"),
    ),
)
def read_disks(machine: Machine) -> dict[str, object]:
    """Measure the free space that this user may fill, on each local volume once; no volume at all is no answer."""
    facts = _volumes(machine)
    if not facts["volumes"]:
        raise partial("no_volumes", {"network_mounts": facts["network_mounts"]})
    return facts


def _volumes(machine: Machine) -> dict[str, object]:
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import volumes as windows

        return windows.read_disks(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import volumes as macos

        return macos.read_disks(machine)
    mounts = linux_mounts(machine.read("/proc/self/mounts") or "")
    machine.sources.note("psutil")
    network = sum(1 for _, _, kind, _ in mounts if NETWORK.fullmatch(kind))
    return {"volumes": [row for row in map(_volume, once(mounts)) if row], "network_mounts": network}


def _volume(mount: Mount) -> dict[str, object] | None:
    _, point, kind, is_read_only = mount
    try:
        usage = psutil.disk_usage(point)
    except OSError:
        return None  # gone, or not ours to see
    if usage.total == 0:
        return None
    return {
        "mount": without_home(point),
        "filesystem": kind,
        "total_bytes": usage.total,
        "free_bytes": usage.free,
        "free_percent": round(100 * usage.free / usage.total, 1),
        "free_files_percent": _free_files(point),
        "is_system": point == _SYSTEM_MOUNT,
        "is_read_only": is_read_only,
    }


def _free_files(point: str) -> float | None:
    """Return the share of free inodes; a full table stops work just like a full disk."""
    if not hasattr(os, "statvfs"):
        return None
    found = os.statvfs(point)
    return round(100 * found.f_favail / found.f_files, 1) if found.f_files else None
