"""Cloud folders on Linux: which program is set up, whether it runs, and how much room its folder has."""

from __future__ import annotations

import json
import os
import re

from desktop.diagnostics.linux.running import running
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.mounts import is_on_network, linux_mounts

NEXTCLOUD = {"nextcloud": ".config/Nextcloud/nextcloud.cfg", "owncloud": ".config/ownCloud/owncloud.cfg"}
_FOLDER = re.compile(r"^[^#\n]*\\Folders\\\d+\\localPath=(.+)$", re.MULTILINE)


class Folder:
    """A synchronised folder; its path is used to measure and never told."""

    __slots__ = ("is_business", "kind", "path", "program")

    def __init__(self, kind: str, program: str, path: str, *, is_business: bool | None) -> None:
        self.kind = kind
        self.program = program
        self.path = path
        self.is_business = is_business


def read_cloud_sync(machine: Machine) -> dict[str, object]:
    """Read which cloud folders are set up; never whose account it is or what lies in them."""
    folders = [*_nextcloud(machine), *_dropbox(machine), *_onedrive(machine)]
    programs = running(machine, {one.program for one in folders}) if folders else frozenset[str]()
    mounts = linux_mounts(machine.read("/proc/self/mounts") or "")
    return {
        "folders": [
            {
                "kind": one.kind, "is_business": one.is_business, "is_running": one.program in programs,
                "free_bytes": None if is_on_network(one.path, mounts) else _free(machine.path(one.path)),
            }
            for one in folders
        ]
    }  # fmt: skip


def _free(path: str) -> int | None:
    try:
        found = os.statvfs(path)
    except OSError:
        return None
    return found.f_bavail * found.f_frsize


def _nextcloud(machine: Machine) -> list[Folder]:
    return [
        Folder(kind, kind, path.strip().rstrip("/"), is_business=None)
        for kind, settings in NEXTCLOUD.items()
        for path in _FOLDER.findall(machine.read(f"{machine.home}/{settings}") or "")
    ]


def _dropbox(machine: Machine) -> list[Folder]:
    try:
        accounts = json.loads(machine.read(f"{machine.home}/.dropbox/info.json") or "{}")
        paths = [(name, str(one["path"])) for name, one in accounts.items()]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []
    return [Folder("dropbox", "dropbox", path, is_business=name == "business") for name, path in paths]


def _onedrive(machine: Machine) -> list[Folder]:
    """The free client for OneDrive keeps its key beside its settings; without one nobody has signed in."""
    settings = f"{machine.home}/.config/onedrive"
    if not machine.exists(f"{settings}/refresh_token"):
        return []
    found = re.search(r'^\s*sync_dir\s*=\s*"([^"]+)"', machine.read(f"{settings}/config") or "", re.MULTILINE)
    path = (found.group(1) if found else "~/OneDrive").replace("~", machine.home, 1)
    return [Folder("onedrive", "onedrive", path, is_business=None)]
