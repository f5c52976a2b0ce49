"""Where a database must not lie: network drives and folders that a program copies to the cloud behind our back.

SQLite's write-ahead log needs shared memory and honest locks, which neither has.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from desktop.models.faults import fault

_NETWORK_TYPES = frozenset(
    {"cifs", "smb2", "smb3", "smbfs", "nfs", "nfs4", "afs", "ncpfs", "9p", "davfs", "sshfs", "glusterfs", "ceph"}
)
# FUSE carries local disks as well (ntfs-3g, encrypted folders); these are the ones that reach over a network.
_FUSE_NETWORK = re.compile(r"fuse\.(sshfs|rclone|s3fs|davfs2?|gvfsd-fuse|curlftpfs|glusterfs|onedriver|google-drive.*)")
_SYNCHRONISED = re.compile(
    r"(onedrive( ?- ?.+)?|dropbox( \(.+\))?|icloud ?drive|mobile documents|com~apple~clouddocs|nextcloud|owncloud"
    r"|google ?drive|googledrive|my drive|seafile|box sync|pcloud ?drive|syncthing|synologydrive)",
    re.IGNORECASE,
)
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def check_place(path: Path, *, mounts: str | None = None, platform: str = sys.platform) -> None:
    """Raise AppError `store.network_path` or `store.synchronised_path` where a database would come to harm."""
    text = str(path)
    if text.startswith(("\\\\", "//")) or _is_network(path, mounts, platform):
        raise fault("store.network_path", path)
    if any(_SYNCHRONISED.fullmatch(part) for part in path.parts):
        raise fault("store.synchronised_path", path)


def _is_network(path: Path, mounts: str | None, platform: str) -> bool:
    if platform == "win32":
        return _windows_drive_type(path) == _REMOTE_DRIVE
    if platform == "darwin":
        return _macos_type(path) in _NETWORK_TYPES
    table = _read_mounts() if mounts is None else mounts
    kind = mount_type(path, table)
    return kind in _NETWORK_TYPES or _FUSE_NETWORK.fullmatch(kind) is not None


def mount_type(path: Path, mounts: str) -> str:
    """Return the file system type of `path` from the text of /proc/self/mounts; empty where none fits."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3 or ("\\" not in fields[1] and not str(path).startswith(fields[1])):
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1]))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), fields[2]
    return found


def _read_mounts() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _windows_drive_type(path: Path) -> int:
    import ctypes  # which a start elsewhere does without

    kernel = getattr(ctypes, "windll", None)
    return int(kernel.kernel32.GetDriveTypeW(path.anchor)) if kernel else 0


def _macos_type(path: Path) -> str:
    """Ask statfs for f_fstypename, 16 bytes at offset 72 of the 64-bit structure (sys/mount.h)."""
    import ctypes

    libc = ctypes.CDLL(None)
    buffer = ctypes.create_string_buffer(4096)
    existing = next((one for one in (path, *path.parents) if one.exists()), Path("/"))
    if libc.statfs(str(existing).encode(), buffer) != 0:
        return ""
    return buffer.raw[72:88].split(b"\0")[0].decode(errors="replace")
