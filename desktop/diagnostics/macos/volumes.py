"""The volumes of a Mac. The one that people see as theirs is two: a sealed system, and the data beside it."""

from __future__ import annotations

import re

import psutil

from desktop.diagnostics.machine import Machine

SYSTEM, DATA = "/", "/System/Volumes/Data"
LOCAL = frozenset({"apfs", "hfs", "exfat", "msdos", "ntfs", "ufsd_NTFS", "lifs"})
NETWORK = frozenset({"smbfs", "nfs", "afpfs", "webdav", "ftp", "cifs"})
_HIDDEN = ("/System/Volumes/", "/Volumes/com.apple.TimeMachine", "/Volumes/.timemachine", "/private/", "/Library/")
_LABEL = re.compile(r"^/Volumes/[^/]+")


class Volume:
    """A mounted volume; `shown` is what people and technicians read instead of its place."""

    __slots__ = ("is_read_only", "kind", "place", "shown")

    def __init__(self, place: str, *, kind: str, shown: str, is_read_only: bool) -> None:
        self.place = place
        self.kind = kind
        self.shown = shown
        self.is_read_only = is_read_only


def read_disks(machine: Machine) -> dict[str, object]:
    """Measure the free space on each volume; those of one drive share it, so each has all of it."""
    mounts = mounted(machine)
    found = [row for row in map(_measured, local_volumes(mounts)) if row]
    return {"volumes": found, "network_mounts": sum(kind in NETWORK for _, _, kind, _ in mounts)}


def _measured(volume: Volume) -> dict[str, object] | None:
    try:
        usage = psutil.disk_usage(volume.place)
    except OSError:
        return None  # gone, or not ours to see
    if usage.total == 0:
        return None
    return {
        "mount": volume.shown,
        "filesystem": volume.kind,
        "total_bytes": usage.total,
        "free_bytes": usage.free,
        "free_percent": round(100 * usage.free / usage.total, 1),
        "free_files_percent": None,  # APFS has no table of files that could be full
        "is_system": volume.shown == SYSTEM,
        "is_read_only": volume.is_read_only,
    }


def mounted(machine: Machine) -> list[tuple[str, str, str, bool]]:
    """Return (device, place, kind, is read-only) of everything, from the kernel's own list, which asks no server."""
    machine.sources.note("psutil")
    found = psutil.disk_partitions(all=True)
    return [(one.device, one.mountpoint, one.fstype, "ro" in one.opts.split(",")) for one in found]


def local_volumes(mounts: list[tuple[str, str, str, bool]]) -> list[Volume]:
    """Return the volumes that people fill: the data's room is the system's, and no label is told."""
    places = {place for _, place, _, _ in mounts}
    found: list[Volume] = []
    for _, place, kind, is_read_only in sorted(mounts, key=lambda one: one[1]):
        if kind not in LOCAL or place.startswith(_HIDDEN):
            continue
        is_sealed = place == SYSTEM and DATA in places
        found.append(
            Volume(
                DATA if is_sealed else place,
                kind=kind,
                shown=hidden_label(place),
                is_read_only=_is_read_only(DATA, mounts) if is_sealed else is_read_only,
            )
        )
    return found


def hidden_label(place: str) -> str:
    """Return a place without the name that somebody gave the volume."""
    return _LABEL.sub("/Volumes/<volume>", place)


def _is_read_only(place: str, mounts: list[tuple[str, str, str, bool]]) -> bool:
    return next(is_read_only for _, one, _, is_read_only in mounts if one == place)
