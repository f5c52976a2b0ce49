"""What the reports of macOS say went wrong in the last seven days: names of programs and counts, never a text."""

from __future__ import annotations

import json
import os
import re
import time

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import entries, home, words
from desktop.diagnostics.probe import partial

DAYS = 7
DAY = 86400
OWN, SHARED = "Library/Logs/DiagnosticReports", "/Library/Logs/DiagnosticReports"
MAX_REPORTS = 400
MAX_HEAD = 2048
"""Bytes of a report that are read: its first line says which program; below are registers, paths and threads."""
_NAME = re.compile(r"(.+?)[-_]20\d\d-\d\d-\d\d-\d{4,6}")
_ENDINGS = (".ips", ".crash", ".panic", ".hang", ".spin", ".shutdownstall", ".diag")
_CODES = {
    "309": "app_crash", "109": "app_crash", "385": "app_crash", "210": "system_crash", "110": "system_crash",
    "298": "out_of_memory", "288": "app_hang",
}  # fmt: skip
"""Kinds of reports by Apple's "bug_type"; the others (statistics, wake-ups, use of the disk) are no faults."""


class Report:
    """One report: what kind of fault, Apple's number for it, which program in which version, and when."""

    __slots__ = ("app", "at", "code", "kind", "version")

    def __init__(self, kind: str, *, code: int | None, app: str | None, version: str | None, at: int) -> None:
        self.kind = kind
        self.code = code
        self.app = app
        self.version = version
        self.at = at


def read_events(machine: Machine) -> dict[str, object]:
    """Count the reports; those of other people and of the system are kept from users who may not administer."""
    since = int(time.time()) - DAYS * DAY
    own, is_own_readable = _reports(machine, home(OWN), since)
    shared, is_shared_readable = _reports(machine, SHARED, since)
    found = [*own, *shared]
    facts: dict[str, object] = {
        "days": DAYS,
        "events": _by_kind(found),
        "system_crashes": sum(one.kind == "system_crash" for one in shared) if is_shared_readable else None,
        "power_losses": None,
        "disk_errors": None,
        "app_crashes": _by_program([one for one in found if one.kind in ("app_crash", "app_hang")]),
    }
    if not (is_own_readable and is_shared_readable):
        raise partial("diagnostic_reports", facts)
    return facts


def _reports(machine: Machine, folder: str, since: int) -> tuple[list[Report], bool]:
    """Return the reports in a folder since then; a folder that was never needed counts as empty."""
    try:
        with os.scandir(machine.path(folder)) as entries:
            found = sorted((one.stat().st_mtime, one.name) for one in entries if one.name.lower().endswith(_ENDINGS))
    except FileNotFoundError:
        return [], True
    except OSError:
        return [], False
    recent = [(int(at), name) for at, name in found if at >= since][-MAX_REPORTS:]
    read = [_report(machine, f"{folder}/{name}", name, at=at) for at, name in recent]
    return [one for one in read if one], True


def _report(machine: Machine, path: str, name: str, *, at: int) -> Report | None:
    head = _head(machine.read(path, MAX_HEAD) or "")
    code = words(head.get("bug_type"))
    kind = _CODES.get(code, "") if code else _kind_by_name(name)
    if not kind:
        return None
    app = words(head.get("app_name")) or words(head.get("name")) or _program(name)
    return Report(
        kind,
        code=int(code) if code and code.isdecimal() else None,
        app=app if kind in ("app_crash", "app_hang") else None,
        version=words(head.get("app_version")),
        at=at,
    )


def _head(content: str) -> dict[str, object]:
    """Read the first line of a report; before macOS 12 there was none of this kind."""
    try:
        found: object = json.loads(content.partition("\n")[0])
    except (ValueError, RecursionError):
        return {}
    return entries(found)


def _kind_by_name(name: str) -> str:
    low = name.lower()
    if low.endswith(".panic") or low.startswith(("panic-", "kernel")):
        return "system_crash"
    if low.startswith("jetsamevent"):
        return "out_of_memory"
    if low.endswith((".hang", ".spin")):
        return "app_hang"
    return "app_crash" if low.endswith(".crash") else ""


def _program(name: str) -> str | None:
    """Return the program's name out of the file's: behind the date stands the machine's, which is left there."""
    found = _NAME.match(name)
    return found.group(1) if found else None


def _by_kind(reports: list[Report]) -> list[dict[str, object]]:
    keys = sorted({(one.kind, one.code or 0) for one in reports})
    groups = [(kind, [one for one in reports if (one.kind, one.code or 0) == (kind, code)]) for kind, code in keys]
    return [
        {"kind": kind, "source": "diagnostic_reports", "code": of[0].code, "count": len(of), "last_at": _last(of)}
        for kind, of in groups
    ]


def _by_program(reports: list[Report]) -> list[dict[str, object]]:
    names = sorted({one.app for one in reports if one.app})
    groups = [(name, [one for one in reports if one.app == name]) for name in names]
    found: list[dict[str, object]] = [
        {"app": name, "version": max(of, key=lambda one: one.at).version, "count": len(of), "last_at": _last(of)}
        for name, of in groups
    ]
    return sorted(found, key=lambda one: -int(str(one["count"])))


def _last(reports: list[Report]) -> int:
    return max(one.at for one in reports)
