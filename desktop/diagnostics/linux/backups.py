"""When the backups of a Linux machine last ended well, by the traces that each program leaves for its user."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from desktop.diagnostics.machine import Machine

DAY = 86400
PATIENCE = 1.5
MAX_FOLDERS = 64
TIMESHIFT = ("/timeshift/snapshots", "/run/timeshift/backup/timeshift/snapshots")
TIMESHIFT_SETTINGS = ("/etc/timeshift/timeshift.json", "/etc/timeshift.json")


def read_backup(machine: Machine) -> dict[str, object]:
    """Read which backups are set up and when they last ended well; where they lie is not read."""
    now = time.time()
    found = {kind: ask(machine) for kind, ask in KINDS.items()}
    rows = [_row(kind, last or None, now) for kind, last in found.items() if last is not None]
    ages = [int(str(row["days_since"])) for row in rows if row["days_since"] is not None]
    return {"backups": rows, "newest_days": min(ages, default=None)}


def _row(kind: str, last: float | None, now: float) -> dict[str, object]:
    days = None if last is None else max(0, int((now - last) // DAY))
    return {"kind": kind, "last_success_at": None if last is None else int(last), "days_since": days}


# Each returns when the last backup ended well, 0 where it is set up and never ran, None where it is not there.


def _timeshift(machine: Machine) -> float | None:
    """Timeshift names its snapshots by their moment ("2026-11-20_10-00-01")."""
    if not any(map(machine.exists, TIMESHIFT_SETTINGS)):
        return None
    names = [one for folder in TIMESHIFT for one in machine.entries(folder)]
    return max(filter(None, map(moment, names)), default=0.0)


def _deja_dup(machine: Machine) -> float | None:
    """Déjà Dup keeps the moment of its last success among its settings, in UTC."""
    gsettings = machine.tool("gsettings")
    if gsettings is None or not machine.exists("/usr/share/glib-2.0/schemas/org.gnome.DejaDup.gschema.xml"):
        return None
    last = machine.run(gsettings, "get", "org.gnome.DejaDup", "last-backup", deadline=PATIENCE)
    if last is None or not last.strip(" '\n"):
        return None  # installed with the desktop and never set up
    return moment(last, is_utc=True) or 0.0


def _borg(machine: Machine) -> float | None:
    """Borg notes the newest state of each repository that it wrote to, in UTC."""
    folder = f"{machine.home}/.config/borg/security"
    notes = [machine.word(f"{folder}/{one}/manifest-timestamp") for one in machine.entries(folder)[:MAX_FOLDERS]]
    moments = [found for one in notes if one and (found := moment(one, is_utc=True))]
    return max(moments, default=0.0) if notes else None


def _restic(machine: Machine) -> float | None:
    """Restic keeps a copy of each snapshot's description, written when the snapshot is."""
    cache = f"{machine.home}/.cache/restic"
    repositories = [one for one in machine.entries(cache) if len(one) == 64][:MAX_FOLDERS]
    files = [
        f"{cache}/{one}/snapshots/{part}/{file}"
        for one in repositories
        for part in machine.entries(f"{cache}/{one}/snapshots")
        for file in machine.entries(f"{cache}/{one}/snapshots/{part}")
    ]
    return max(filter(None, map(machine.modified, files)), default=0.0) if repositories else None


def _duplicity(machine: Machine) -> float | None:
    """Duplicity names its lists by their moment ("duplicity-inc.….to.20261120T100000Z.manifest"), in UTC."""
    cache = f"{machine.home}/.cache/duplicity"
    folders = [f"{cache}/{one}" for one in machine.entries(cache)[:MAX_FOLDERS]]
    names = [one for folder in folders for one in machine.entries(folder) if ".manifest" in one]
    stamps = (re.findall(r"\d{8}T\d{6}Z", one)[-1:] for one in names)
    moments = [found for one in stamps if one and (found := moment(_spaced(one[0]), is_utc=True))]
    return max(moments, default=0.0) if folders else None


def _spaced(stamp: str) -> str:
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {stamp[9:11]}-{stamp[11:13]}-{stamp[13:15]}"


KINDS: dict[str, Callable[[Machine], float | None]] = {
    "timeshift": _timeshift,
    "deja_dup": _deja_dup,
    "borg": _borg,
    "restic": _restic,
    "duplicity": _duplicity,
}


def moment(words: str, *, is_utc: bool = False) -> float | None:
    """Read year, month, day, hour, minute and second from a text with anything between; None where they are not."""
    numbers = [int(one) for one in re.findall(r"\d+", words)[:6]]
    try:
        year, month, day, hour, minute, second = numbers
        local = time.mktime((year, month, day, hour, minute, second, 0, 0, 0 if is_utc else -1))
        return local - time.timezone if is_utc else local
    except (ValueError, OverflowError):
        return None
