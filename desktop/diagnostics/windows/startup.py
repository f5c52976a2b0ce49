"""What starts by itself on a Windows PC when somebody signs in: names only, never what is run with which arguments."""

from __future__ import annotations

import os
from collections.abc import Iterator

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, partial
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.pc import Pc, this_pc

_VERSION = r"Microsoft\Windows\CurrentVersion"
RUN = (
    (rf"HKCU\Software\{_VERSION}\Run", "user", rf"HKCU\Software\{_VERSION}\Explorer\StartupApproved\Run"),
    (rf"HKLM\SOFTWARE\{_VERSION}\Run", "system", rf"HKLM\SOFTWARE\{_VERSION}\Explorer\StartupApproved\Run"),
    (
        rf"HKLM\SOFTWARE\WOW6432Node\{_VERSION}\Run",
        "system",
        rf"HKLM\SOFTWARE\{_VERSION}\Explorer\StartupApproved\Run32",
    ),
)
"""Keys, whom they are for, and where the task manager notes what somebody switched off."""
FOLDERS = (
    ("APPDATA", "user", rf"HKCU\Software\{_VERSION}\Explorer\StartupApproved\StartupFolder"),
    ("PROGRAMDATA", "system", rf"HKLM\SOFTWARE\{_VERSION}\Explorer\StartupApproved\StartupFolder"),
)
FOLDER = ("Microsoft", "Windows", "Start Menu", "Programs", "Startup")
SHORTCUTS = (".lnk", ".url", ".exe", ".bat", ".cmd", ".vbs")


def read_startup(machine: Machine) -> dict[str, object]:
    """List the Run keys and the start-up folders with what the task manager says about each."""
    pc = this_pc(machine)
    rows: list[dict[str, object]] = []
    is_whole = True
    for read in (_from_keys, _from_folders):
        try:
            rows += read(pc)
        except (PermissionError, Unanswered):
            is_whole = False
    if not is_whole:
        raise partial("registry", {"items": rows})
    return {"items": rows}


def _from_keys(pc: Pc) -> Iterator[dict[str, object]]:
    for path, scope, approved in RUN:
        switched = _switched(pc.registry, approved)
        for name in pc.registry.values(path):
            if name:
                yield _row(name, "run_key", scope, switched)


def _from_folders(pc: Pc) -> Iterator[dict[str, object]]:
    for variable, scope, approved in FOLDERS:
        root = pc.environment.get(variable)
        if root is None:
            continue
        switched = _switched(pc.registry, approved)
        for name in _entries(os.path.join(root, *FOLDER)):  # noqa: PTH118 - pathlib is too dear here
            if name.lower().endswith(SHORTCUTS):
                yield _row(name.rpartition(".")[0], "folder", scope, switched, key=name)


def _entries(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - pathlib is too dear here
    except OSError:
        return []


def _row(name: str, kind: str, scope: str, switched: dict[str, bool], *, key: str = "") -> dict[str, object]:
    return {"name": name, "kind": kind, "scope": scope, "is_enabled": switched.get((key or name).lower(), True)}


def _switched(registry: Registry, path: str) -> dict[str, bool]:
    """Return what the task manager has noted; the lowest bit of the first byte means "off"."""
    return {
        name.lower(): not value[0] & 1
        for name, value in registry.values(path).items()
        if isinstance(value, bytes) and value
    }
