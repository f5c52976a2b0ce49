"""What is mounted where: which types are local, which lie on another machine and must never be touched."""

from __future__ import annotations

import re

LOCAL = frozenset(
    {"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "reiserfs", "bcachefs", "vfat", "exfat", "ntfs",
     "ntfs3", "fuseblk", "hfs", "hfsplus", "apfs", "overlay"}
)  # fmt: skip
NETWORK = re.compile(
    r"(nfs\d?|cifs|smb\w*|afpfs|webdav|davfs|fuse\.(sshfs|rclone|davfs\d?|gvfsd-fuse|s3fs)|9p|ceph|glusterfs|afs)"
)
_HOME = re.compile(r"^(/home|/Users|/media|/run/media)/[^/]+")
_LABEL = re.compile(r"^(/media|/run/media)/<user>/[^/]+")

Mount = tuple[str, str, str, bool]
"""Device, mount point, type, and whether it is read-only."""


def linux_mounts(content: str) -> list[Mount]:
    """Read /proc/self/mounts or fstab(5); spaces and such are written as octal numbers there."""
    rows = (line.split() for line in content.splitlines() if not line.lstrip().startswith("#"))
    return [(unescaped(row[0]), unescaped(row[1]), row[2], "ro" in row[3].split(",")) for row in rows if len(row) >= 4]


def option(content: str, name: str) -> dict[str, str]:
    """Return one option with a value by mount point, of those that have it; all others, passwords too, stay unread."""
    wanted = re.compile(rf"(?:^|,){name}=([^,]+)")
    rows = (line.split() for line in content.splitlines() if not line.lstrip().startswith("#"))
    found = ((unescaped(row[1]), wanted.search(row[3])) for row in rows if len(row) >= 4)
    return {point: value.group(1) for point, value in found if value}


def once(mounts: list[Mount]) -> list[Mount]:
    """Keep local volumes, each device by its shortest mount point (bind mounts and snaps repeat it).

    One that hangs below a network mount is left out: the way to it leads over the other machine.
    """
    chosen: dict[str, Mount] = {}
    far = tuple(f"{point}/" for _, point, kind, _ in mounts if NETWORK.fullmatch(kind))
    for one in sorted(mounts, key=lambda mount: len(mount[1])):
        device, point, kind, _ = one
        if kind not in LOCAL:
            continue
        if not point.startswith((*far, "/snap/", "/boot", "/var/lib/docker/", "/System/Volumes/")):
            chosen.setdefault(device, one)
    return sorted(chosen.values(), key=lambda mount: mount[1])


def is_on_network(path: str, mounts: list[Mount]) -> bool:
    """Tell whether a path may lie on another machine, by the longest mount point above it, without touching it.

    Whatever a program of its own serves counts (FUSE), and what is mounted only when somebody comes (autofs).
    """
    above = [one for one in mounts if one[1] == "/" or path == one[1] or path.startswith(f"{one[1]}/")]
    kind = max(above, key=lambda one: len(one[1]))[2] if above else ""
    return NETWORK.fullmatch(kind) is not None or kind.startswith(("fuse.", "autofs"))


def without_home(path: str) -> str:
    """Take a person's name out of a path, and that of a volume that somebody plugged in."""
    return _LABEL.sub(r"\1/<user>/<volume>", _HOME.sub(r"\1/<user>", path))


def unescaped(text: str) -> str:
    """Read the octal numbers of mounts and fstab."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found.group(1), 8)), text)
