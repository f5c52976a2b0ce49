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
_FUSE_NETWORK = frozenset(
    {"sshfs", "rclone", "s3fs", "davfs", "davfs2", "gvfsd-fuse", "curlftpfs", "glusterfs", "onedriver"}
)
_FUSE_GOOGLE = "google-drive"  # and whatever follows: there are several of these
_SYNCHRONISED = frozenset(
    {"onedrive", "dropbox", "icloud drive", "iclouddrive", "mobile documents", "com~apple~clouddocs", "nextcloud"}
    | {"owncloud", "google drive", "googledrive", "my drive", "seafile", "box sync", "pcloud drive", "pclouddrive"}
    | {"syncthing", "synologydrive"}
)
_SYNCHRONISED_BEGINNINGS = ("onedrive-", "onedrive -", "dropbox (")  # the company's name follows
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


def check_place(path: Path, *, mounts: str | None = None, platform: str = sys.platform) -> None:
    """Raise AppError `store.network_path` or `store.synchronised_path` where a database would come to harm."""
    text = str(path)
    if text.startswith(("\\\\", "//")) or _is_network(path, mounts, platform):
        raise fault("store.network_path", path)
    if any(_is_synchronised(part.lower()) for part in path.parts):
        raise fault("store.synchronised_path", path)


def _is_synchronised(folder: str) -> bool:
    return folder in _SYNCHRONISED or folder.startswith(_SYNCHRONISED_BEGINNINGS)


def _is_network(path: Path, mounts: str | None, platform: str) -> bool:
    if platform == "win32":
        return _windows_drive_type(path) == _REMOTE_DRIVE
    if platform == "darwin":
        return _macos_type(path) in _NETWORK_TYPES
    table = _read_mounts() if mounts is None else mounts
    kind = mount_type(path, table)
    fuse, _, behind = kind.partition(".")
    is_far = behind in _FUSE_NETWORK or behind.startswith(_FUSE_GOOGLE)
    return kind in _NETWORK_TYPES or (fuse == "fuse" and is_far)


def mount_type(path: Path, mounts: str) -> str:
    """Return the file system type of `path` from the text of /proc/self/mounts; empty where none fits."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3 or ("\\" not in fields[1] and not str(path).startswith(fields[1])):
            continue
        point = Path(_unescaped(fields[1]))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), fields[2]
    return found


def _unescaped(point: str) -> str:
    if "\\" not in point:
        return point
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)


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
