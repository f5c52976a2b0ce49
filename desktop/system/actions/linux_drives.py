"""Network drives of a Linux PC: those in the table of drives that users may mount, and the bookmarks of the desktop."""

from __future__ import annotations

import os
import re
from pathlib import Path

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.system.actions.programs import ask, in_turn, installed, run
from desktop.system.actions.values import Call, Way, cannot, impossible

_MOUNT, _GIO = "/usr/bin/mount", "/usr/bin/gio"
_FAR = frozenset({"cifs", "smb3", "nfs", "nfs4", "fuse.sshfs", "davfs"})
_SCHEMES = ("smb://", "nfs://", "sftp://", "dav://", "davs://")
_PASSWORD = re.compile(r"//[^/@]*:[^/@]*@")  # what nobody should have put into a bookmark, and no log may hold
_MOST = 8  # drives at once: each dead server costs its time


def foresee_drives(call: Call) -> Prospect:
    """Find the network drives of this user that are set up and not connected."""
    found = [*_waiting_mounts(call.root), *_waiting_bookmarks(call)][:_MOST]
    if not found:
        return impossible("no drive that is set up and not connected")
    return Prospect(facts={"count": len(found)}, agreed="\n".join(found))


def connect_drives(call: Call) -> Deed:
    """Connect the drives that were agreed to; a stored sign-in is used, nobody is asked for one."""
    steps = [_connect(call, one) for one in call.agreed.splitlines()]
    return in_turn(steps) if steps else cannot("no drive agreed to")


def _connect(call: Call, drive: str) -> Deed:
    return run(call, _MOUNT, drive) if drive.startswith("/") else run(call, _GIO, "mount", drive)


def _waiting_mounts(root: Path) -> list[str]:
    """Return the mount points that fstab(5) lets users mount and that are not mounted."""
    mounted = {row[1] for row in _rows(root / "proc/self/mounts")}
    return [
        row[1]
        for row in _rows(root / "etc/fstab")
        if row[2] in _FAR
        and {"user", "users"} & set(row[3].split(","))
        and row[1] not in mounted
        and row[1].startswith("/")
    ]


def _rows(table: Path) -> list[list[str]]:
    try:
        lines = table.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    rows = [line.split() for line in lines if not line.lstrip().startswith("#")]
    return [[word.replace("\\040", " ") for word in row] for row in rows if len(row) >= 4]


def _waiting_bookmarks(call: Call) -> list[str]:
    """Return the servers among the bookmarks of the file manager that are not connected (GTK's list)."""
    if not installed(call, _GIO):
        return []
    settings = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    try:
        lines = (Path(settings) / "gtk-3.0/bookmarks").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []
    wanted = [line.split()[0] for line in lines if line.startswith(_SCHEMES)]
    return [one for one in wanted if not _PASSWORD.search(one) and not _is_mounted(call, one)]


def _is_mounted(call: Call, server: str) -> bool:
    return ask(call, _GIO, "info", "-a", "id::file", server).code == 0


WAYS = {"drive.reconnect": Way(connect_drives, foresee_drives, deadline=15.0)}
