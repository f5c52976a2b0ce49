"""Whether the drives are sound, and whether there is a copy of what lies on them (macOS)."""

from __future__ import annotations

import time

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import (
    entries,
    gathered,
    home,
    inner,
    listed,
    moment,
    property_list,
    property_list_file,
    rows,
    truth,
    whole,
    words,
)
from desktop.diagnostics.probe import Unanswered, denied, partial

MAX_DISKS = 8
DAY = 86400
KELVIN = 273
"""NVMe drives count temperature from absolute zero (NVM Express, SMART log)."""
BACKUPS = "/Library/Preferences/com.apple.TimeMachine.plist"
ACCOUNTS = "Library/Preferences/MobileMeAccounts.plist"
_SMART = "SMARTDeviceSpecificKeysMayVaryNotGuaranteed"
_HEALTH = {"Verified": "healthy", "Failing": "bad"}
_BUSES = {"PCI-Express": "nvme", "PCI": "nvme"}
_CLOUDS = {
    "OneDrive": ("onedrive", "OneDrive"), "GoogleDrive": ("google_drive", "Google Drive"),
    "Dropbox": ("dropbox", "Dropbox"), "Box": ("box", "Box"), "Nextcloud": ("nextcloud", "Nextcloud"),
}  # fmt: skip


def read_disk_health(machine: Machine) -> dict[str, object]:
    """Read what the drives say about their own health; serial numbers stay where they are."""
    whole_disks = inner(property_list(machine, "diskutil", "list", "-plist", "physical", deadline=2.0), "WholeDisks")
    names = [one for one in listed(whole_disks) if isinstance(one, str)]
    found: list[dict[str, object]] = []
    silent = ""
    for name in names[:MAX_DISKS]:
        try:
            found.append(_drive(name, property_list(machine, "diskutil", "info", "-plist", name, deadline=0.7)))
        except Unanswered as answer:
            silent = answer.reason
    if silent or not names:
        raise partial(silent or "diskutil", {"disks": found} if found else {})
    return {"disks": found}


def _drive(name: str, info: object) -> dict[str, object]:
    smart = inner(info, _SMART)
    heat = whole(inner(smart, "TEMPERATURE"))
    return {
        "name": name,
        "model": words(inner(info, "MediaName")),
        "kind": {True: "ssd", False: "hdd", None: None}[truth(inner(info, "SolidState"))],
        "bus": _bus(words(inner(info, "BusProtocol"))),
        "size_bytes": whole(inner(info, "TotalSize")) or whole(inner(info, "Size")),
        "health": _HEALTH.get(words(inner(info, "SMARTStatus")) or ""),
        "uncorrectable": whole(inner(smart, "MEDIA_ERRORS_0")),
        "worn_percent": _plausible(whole(inner(smart, "PERCENTAGE_USED")), 0, 255),
        "temperature_celsius": _plausible(heat - KELVIN if heat is not None else None, 1, 120),
    }


def _bus(name: str | None) -> str | None:
    """Return Apple's name of a bus as the other systems write it."""
    return _BUSES.get(name, name.lower().replace(" ", "_")) if name else None


def _plausible(value: int | None, low: int, high: int) -> float | None:
    """Apple promises nothing about these keys, so a number that cannot be is none."""
    return float(value) if value is not None and low <= value <= high else None


def read_backup(machine: Machine) -> dict[str, object]:
    """Read whether Time Machine is set up and when it last ended well; never where the copies lie.

    Its own notes are kept from programs without full disk access: then it is known that there is a backup, and not
    of when.
    """
    try:
        noted = property_list_file(machine, BACKUPS)
    except PermissionError:
        return _without_notes(machine, "full_disk_access")
    except Unanswered as answer:
        return _without_notes(machine, answer.reason)
    if not entries(noted):
        return _without_notes(machine, "time_machine")
    dates = [moment(one) for target in rows(inner(noted, "Destinations")) for one in _dates(target)]
    known = [one for one in dates if one is not None]
    if not rows(inner(noted, "Destinations")):
        return {"backups": [], "newest_days": None}
    newest = max(known, default=None)
    days = max(0, int(time.time() - newest) // DAY) if newest is not None else None
    return {"backups": [_backup(newest, days)], "newest_days": days}


def _dates(target: dict[str, object]) -> list[object]:
    return [*listed(target.get("SnapshotDates")), target.get("LastKnownSnapshotDate")]


def _backup(at: int | None, days: int | None) -> dict[str, object]:
    return {"kind": "time_machine", "last_success_at": at, "days_since": days}


def _without_notes(machine: Machine, reason: str) -> dict[str, object]:
    targets = inner(property_list(machine, "tmutil", "destinationinfo", "-X", deadline=2.0), "Destinations")
    if not isinstance(targets, list):
        raise denied(reason)
    if not targets:
        return {"backups": [], "newest_days": None}
    raise partial(reason, {"backups": [_backup(None, None)], "newest_days": None})


def read_cloud_sync(machine: Machine) -> dict[str, object]:
    """Read which cloud folders are set up; never whose account it is."""
    machine.sources.note("psutil")
    running = _running()
    free = _free(machine)
    folders = [_folder(name, running, free) for name in machine.entries(home("Library/CloudStorage"))]
    known = [one for one in folders if one]
    return gathered(lambda: {"folders": known}, lambda: _with_icloud(machine, known, running, free))


def _folder(name: str, running: set[str], free: int | None) -> dict[str, object] | None:
    """Read "OneDrive-Firma": behind the dash is a company or an address, and only whether it is a company counts."""
    service, _, account = name.partition("-")
    if service not in _CLOUDS:
        return None
    kind, program = _CLOUDS[service]
    business = account != "Personal" if service == "OneDrive" and account else None
    return {"kind": kind, "is_business": business, "is_running": program in running, "free_bytes": free}


def _with_icloud(
    machine: Machine, folders: list[dict[str, object]], running: set[str], free: int | None
) -> dict[str, object]:
    accounts = rows(inner(property_list_file(machine, home(ACCOUNTS)), "Accounts"))
    services = [service for one in accounts for service in rows(one.get("Services"))]
    is_on = any(one.get("Name") == "MOBILE_DOCUMENTS" and truth(one.get("Enabled")) for one in services)
    row: dict[str, object] = {
        "kind": "icloud", "is_business": None, "is_running": "bird" in running, "free_bytes": free,
    }  # fmt: skip
    return {"folders": [*folders, row] if is_on else folders}


def _running() -> set[str]:
    found: set[str] = set()
    for process in psutil.process_iter():
        try:
            found.add(process.name())
        except (psutil.Error, OSError):
            continue  # it ended, or is not ours to see
    return found


def _free(machine: Machine) -> int | None:
    try:
        return psutil.disk_usage(machine.path(home())).free
    except OSError:
        return None
