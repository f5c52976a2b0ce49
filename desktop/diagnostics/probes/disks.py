"""Space on local volumes. Network mounts are named and never touched: a dead server would hang whoever asks."""

from __future__ import annotations

import os
import re

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import LINUX, WINDOWS, Lane, boolean, integer, number, probe, table, text

LOCAL = frozenset(
    {"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "bcachefs", "vfat", "exfat", "ntfs",
     "ntfs3", "fuseblk", "hfs", "hfsplus", "apfs", "overlay"}
)  # fmt: skip
NETWORK = re.compile(
    r"(nfs\d?|cifs|smb\w*|afpfs|webdav|fuse\.(sshfs|rclone|davfs|gvfsd-fuse|s3fs)|9p|ceph|glusterfs|afs)"
)
_HOME = re.compile(r"^(/home|/Users|/media|/run/media)/[^/]+")
_SYSTEM_MOUNTS = ("/", "C:\\")


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
    """Measure the free space that this user may fill, on each local volume once."""
    mounts = linux_mounts(machine.read("/proc/self/mounts") or "") if machine.platform == LINUX else _mounts(machine)
    network = sum(1 for _, _, kind, _ in mounts if NETWORK.fullmatch(kind))
    return {"volumes": [row for row in map(_volume, once(mounts)) if row], "network_mounts": network}


Mount = tuple[str, str, str, bool]
"""Device, mount point, type, and whether it is read-only."""


def linux_mounts(content: str) -> list[Mount]:
    """Read /proc/self/mounts; spaces and such are written as octal numbers there."""
    rows = (line.split(" ") for line in content.splitlines())
    return [(row[0], _unescaped(row[1]), row[2], "ro" in row[3].split(",")) for row in rows if len(row) >= 4]


def once(mounts: list[Mount]) -> list[Mount]:
    """Keep local volumes, each device by its shortest mount point (bind mounts and snaps repeat it)."""
    chosen: dict[str, Mount] = {}
    for one in sorted(mounts, key=lambda mount: len(mount[1])):
        device, point, kind, _ = one
        if kind not in LOCAL and kind.upper() not in ("NTFS", "FAT32", "REFS"):
            continue
        if not point.startswith(("/snap/", "/boot", "/var/lib/docker/", "/System/Volumes/")):
            chosen.setdefault(device, one)
    return sorted(chosen.values(), key=lambda mount: mount[1])


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found.group(1), 8)), text)


def _mounts(machine: Machine) -> list[Mount]:
    if machine.platform == WINDOWS:
        return [one for one in _windows_mounts() if one[2]]
    return [(one.device, one.mountpoint, one.fstype, "ro" in one.opts.split(",")) for one in psutil.disk_partitions()]


def _windows_mounts() -> list[Mount]:
    """Ask for fixed drives only: `disk_partitions` opens every letter, and a dead share would hang it."""
    import ctypes  # Windows' own way to tell a fixed drive from a share

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    letters = [f"{chr(65 + bit)}:\\" for bit in range(26) if kernel.GetLogicalDrives() >> bit & 1]
    return [(letter, letter, "ntfs", False) for letter in letters if kernel.GetDriveTypeW(letter) == 3]


def _volume(mount: Mount) -> dict[str, object] | None:
    _, point, kind, is_read_only = mount
    try:
        usage = psutil.disk_usage(point)
    except OSError:
        return None  # gone, or not ours to see
    if usage.total == 0:
        return None
    return {
        "mount": _HOME.sub(r"\1/<user>", point),
        "filesystem": kind,
        "total_bytes": usage.total,
        "free_bytes": usage.free,
        "free_percent": round(100 * usage.free / usage.total, 1),
        "free_files_percent": _free_files(point),
        "is_system": point in _SYSTEM_MOUNTS,
        "is_read_only": is_read_only,
    }


def _free_files(point: str) -> float | None:
    """Return the share of free inodes; a full table stops work just like a full disk."""
    if not hasattr(os, "statvfs"):
        return None
    found = os.statvfs(point)
    return round(100 * found.f_favail / found.f_files, 1) if found.f_files else None
