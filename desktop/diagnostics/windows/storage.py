"""Whether the drives of a Windows PC are sound, and whether there is a copy of what lies on them."""

from __future__ import annotations

import time
from typing import Any

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, partial, unsupported
from desktop.diagnostics.windows.event_log import NoSuchLog, newest
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.pc import Pc, this_pc, unix_time
from desktop.diagnostics.windows.powershell import answer
from desktop.diagnostics.windows.volumes import FIXED, drive_kinds, free_space

MEDIA = {"3": "hdd", "4": "ssd", "5": "scm", "hdd": "hdd", "ssd": "ssd", "scm": "scm"}
BUSES = {"1": "scsi", "3": "ata", "6": "fibre", "7": "usb", "8": "raid", "9": "iscsi", "10": "sas", "11": "sata",
         "12": "sd", "13": "mmc", "14": "virtual", "15": "virtual", "16": "spaces", "17": "nvme",
         **{name: name for name in ("ata", "usb", "raid", "sas", "sata", "sd", "mmc", "nvme")}}  # fmt: skip
HEALTH = {"0": "healthy", "1": "warning", "2": "bad", "healthy": "healthy", "warning": "warning", "unhealthy": "bad"}
"""MediaType, BusType and HealthStatus of MSFT_PhysicalDisk (Microsoft's documentation of the storage classes).

The classes give numbers; where the Storage module is loaded, its own English words stand in their place.
"""
DAY = 86400
FILE_HISTORY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\FileHistory"
BACKUP_LOGS = (
    ("veeam", "Veeam Agent", "*[System[EventID=190 and Level=4]]"),
    ("windows_backup", "Microsoft-Windows-Backup", "*[System[EventID=4]]"),
)
"""Kinds, channels and the event with which each says that a run ended well."""
PART_OF_WINDOWS, ANY_EVENT = frozenset({"windows_backup"}), "*"
ACCOUNTS = r"HKCU\Software\Microsoft\OneDrive\Accounts"
CLOUDS = (
    ("dropbox", r"HKCU\Software\Dropbox", "dropbox.exe"),
    ("google_drive", r"HKCU\Software\Google\DriveFS", "googledrivefs.exe"),
    ("nextcloud", r"HKCU\Software\Nextcloud GmbH\Nextcloud", "nextcloud.exe"),
)


def read_disk_health(machine: Machine) -> dict[str, object]:
    """Read each drive's health as Windows judges it; wear and temperature only where this user may see them."""
    rows = answer(machine, "disks")
    if not rows:
        raise unsupported("no_disks")
    return {"disks": [_disk(row, _wear(machine).get(str(row.get("DeviceId")), {})) for row in rows]}


def _wear(machine: Machine) -> dict[str, dict[str, Any]]:
    """Return the counters by drive; Windows shows them to administrators only."""
    try:
        return {str(row.get("DeviceId")): row for row in answer(machine, "wear")}
    except Unanswered:
        return {}


def _disk(row: dict[str, Any], wear: dict[str, Any]) -> dict[str, object]:
    return {
        "name": f"disk {row.get('DeviceId')}",
        "model": str(row.get("FriendlyName") or "").strip() or None,
        "kind": MEDIA.get(_word(row.get("MediaType"))),
        "bus": BUSES.get(_word(row.get("BusType"))),
        "size_bytes": _whole(row.get("Size")),
        "health": HEALTH.get(_word(row.get("HealthStatus"))),
        "uncorrectable": _whole(wear.get("ReadErrorsUncorrected")),
        "worn_percent": _number(wear.get("Wear")),
        "temperature_celsius": _number(wear.get("Temperature")) or None,  # 0 stands for "no sensor"
    }


def _word(value: object) -> str:
    return str(value).strip().lower()


def _whole(value: object) -> int | None:
    """Return a whole number; WMI's 64-bit numbers may come as texts."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: object) -> float | None:
    found = _whole(value)
    return None if found is None else float(found)


def read_backup(machine: Machine) -> dict[str, object]:
    """Read when File History, Windows' own backup and Veeam's agent last ended well; never where they write to."""
    pc = this_pc(machine)
    found, refused = {"file_history": _file_history(pc.registry)}, 0
    for kind, channel, query in BACKUP_LOGS:
        try:
            found[kind] = _last_success(pc, channel, query, is_always_there=kind in PART_OF_WINDOWS)
        except Unanswered:
            refused += 1
    now = time.time()
    rows: list[dict[str, object]] = [
        {"kind": kind, "last_success_at": at or None, "days_since": max(0, int(now - at) // DAY) if at else None}
        for kind, at in found.items()
        if at is not None
    ]
    days = [int(str(row["days_since"])) for row in rows if row["days_since"] is not None]
    facts: dict[str, object] = {"backups": rows, "newest_days": min(days, default=None)}
    if refused and not days:
        raise partial("log", facts)
    return facts


def _file_history(registry: Registry) -> int | None:
    """Return until when files are protected; 0 where it is set up and has never run, None where it is not set up."""
    try:
        if not registry.exists(FILE_HISTORY):
            return None
        found = registry.number(FILE_HISTORY, "ProtectedUpToTime")
    except (PermissionError, Unanswered):
        return None
    return unix_time(found) or 0 if found else None


def _last_success(pc: Pc, channel: str, query: str, *, is_always_there: bool) -> int | None:
    """Return the newest success; 0 where the program is there and had none, None where nobody set it up.

    A program whose log is there with every Windows counts as set up once the log says anything at all.
    """
    try:
        found = newest(pc.libraries, channel, query)
        is_in_use = found or not is_always_there or newest(pc.libraries, channel, ANY_EVENT)
    except NoSuchLog:
        return None
    return found.at if found else 0 if is_in_use else None


def read_cloud_sync(machine: Machine) -> dict[str, object]:
    """Read which cloud folders are set up, whether their program runs, and the space where they lie."""
    pc = this_pc(machine)
    rows = [*_onedrive(pc), *_others(pc)]
    running = _running_programs(machine) if rows else None  # a walk over all processes, only where somebody needs it
    for row in rows:
        program = str(row.pop("program"))
        row["is_running"] = None if running is None else program in running
    return {"folders": rows}


def _onedrive(pc: Pc) -> list[dict[str, object]]:
    paths = {name: rf"{ACCOUNTS}\{name}" for name in pc.registry.names(ACCOUNTS)}
    folders = {name: pc.registry.text(path, "UserFolder") for name, path in paths.items()}
    return [
        {
            "kind": "onedrive",
            "is_business": name.lower().startswith("business"),
            "program": "onedrive.exe",
            "free_bytes": _free(pc, folder),
        }
        for name, folder in folders.items()
        if folder  # an account that was signed out keeps its key
    ]


def _others(pc: Pc) -> list[dict[str, object]]:
    return [
        {
            "kind": kind,
            "is_business": None,
            "program": program,
            "free_bytes": None,
        }
        for kind, path, program in CLOUDS
        if pc.registry.exists(path)
    ]


def _free(pc: Pc, folder: str) -> int | None:
    """Return the free space where a folder lies, if that is a fixed drive: others could hang."""
    root = folder[:3].upper()
    try:
        is_fixed = drive_kinds(pc.libraries).get(root) == FIXED
        space = free_space(pc.libraries, root) if is_fixed else None
    except Unanswered:
        return None
    return space[0] if space else None


def _running_programs(machine: Machine) -> frozenset[str] | None:
    """Return the names of what runs, None where that cannot be read."""
    machine.sources.note("psutil")
    names: set[str] = set()
    for process in psutil.process_iter():
        try:
            names.add(process.name().lower())
        except (psutil.Error, OSError):
            continue  # it ended, or is not ours to see
    return frozenset(names) or None
