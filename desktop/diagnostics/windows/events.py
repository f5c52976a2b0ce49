"""What the logs of Windows say went wrong in the last seven days: sources and counts, never a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, partial, unsupported
from desktop.diagnostics.windows.event_log import Event, NoSuchLog, events
from desktop.diagnostics.windows.libraries import Libraries
from desktop.diagnostics.windows.pc import this_pc

DAYS = 7
MOST_READ, MOST_ROWS, MOST_APPS = 1000, 50, 20
_SINCE = f"TimeCreated[timediff(@SystemTime) <= {DAYS * 86400 * 1000}]"
_TELLING = " or ".join(f"EventID={number}" for number in (7, 41, 51, 55, 98, 153, 1001, 6008))
LOGS = {
    # Some of what tells most is only a warning to Windows: repeated reads (153) and paging errors (51) of a drive.
    "System": f"*[System[(Level=1 or Level=2 or {_TELLING}) and {_SINCE}]]",
    "Application": f"*[System[(Level=1 or Level=2) and {_SINCE}]]",
    "Microsoft-Windows-PrintService/Admin": f"*[System[(Level=1 or Level=2) and {_SINCE}]]",
}
NEEDED = ("System", "Application")
KERNEL_POWER, BUGCHECK, EVENT_LOG = (
    "microsoft-windows-kernel-power",
    "microsoft-windows-wer-systemerrorreporting",
    "eventlog",
)
CRASHES = {("application error", 1000), ("application hang", 1002)}
_DISK_NUMBERS = frozenset({7, 11, 15, 51, 52, 153, 154})
_FILE_NAME = re.compile(r"[^\\/:*?\"<>|\0]{1,80}")


def read_events(machine: Machine) -> dict[str, object]:
    """Count by source and number, and name the programs that ended by themselves or stopped answering."""
    libraries = this_pc(machine).libraries
    found: list[Event] = []
    missing: list[str] = []
    refused: Unanswered | None = None
    for log, query in LOGS.items():
        try:
            found += _read(libraries, log, query)
        except NoSuchLog:
            missing += [log] if log in NEEDED else []
        except Unanswered as answer:
            refused = answer
            missing += [log] if log in NEEDED else []
    if len(missing) == len(NEEDED):
        raise refused or unsupported("no_log")
    facts = _facts(found)
    if missing:
        raise partial("log", _without(facts, missing))
    return facts


def _read(libraries: Libraries, log: str, query: str) -> list[Event]:
    return events(libraries, log, query, most=MOST_READ, wants_values=_is_crash)


def _is_crash(source: str, number: int) -> bool:
    return (source.lower(), number) in CRASHES


def _facts(found: list[Event]) -> dict[str, object]:
    kinds = Counter(kind_of(one) for one in found)
    crashes = kinds["system_crash"]
    return {
        "days": DAYS,
        "events": _rows(found),
        "system_crashes": crashes,
        "power_losses": max(0, _sudden_ends(found) - crashes),
        "disk_errors": kinds["disk"] + kinds["file_system"],
        "app_crashes": _apps(one for one in found if _is_crash(one.source, one.number)),
    }


def _without(facts: dict[str, object], missing: list[str]) -> dict[str, object]:
    """Take out what the missing log would have told: a count of nothing is no "none"."""
    told = {"System": ("system_crashes", "power_losses", "disk_errors"), "Application": ("app_crashes",)}
    gone = {name for log in missing for name in told[log]}
    return {name: value for name, value in facts.items() if name not in gone}


def kind_of(event: Event) -> str:
    """Sort an event by source and number, which are the same in every language."""
    source, number = event.source.lower(), event.number
    if source == BUGCHECK or (source == "bugcheck" and number == 1001):
        return "system_crash"
    if (source, number) in ((KERNEL_POWER, 41), (EVENT_LOG, 6008)):
        return "power_loss"
    if source in ("disk", "microsoft-windows-disk") and number in _DISK_NUMBERS:
        return "disk"
    if source in ("ntfs", "microsoft-windows-ntfs", "refs") and number in (55, 98, 137):
        return "file_system" if number != 98 or event.level <= 2 else "other"  # 98 also says that all is well
    if "whea" in source:
        return "hardware"
    if (source, number) in CRASHES:
        return "app_crash" if number == 1000 else "app_hang"
    return "print" if "printservice" in source else "other"


def _sudden_ends(found: list[Event]) -> int:
    """Count starts after a sudden end: two sources report the same one, and a system crash is one too."""
    sources = Counter(one.source.lower() for one in found if kind_of(one) == "power_loss")
    return max(sources.values(), default=0)


def _rows(found: list[Event]) -> list[dict[str, object]]:
    groups: dict[tuple[str, int, str], list[int]] = {}
    for one in found:
        groups.setdefault((one.source, one.number, kind_of(one)), []).append(one.at)
    ordered = sorted(groups.items(), key=lambda group: (group[0][2] == "other", -len(group[1])))
    return [
        {"kind": kind, "source": source, "code": number, "count": len(times), "last_at": max(times) or None}
        for (source, number, kind), times in ordered[:MOST_ROWS]
    ]


def _apps(found: Iterable[Event]) -> list[dict[str, object]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for one in found:
        name, version = (*one.values, "", "")[:2]
        match = _FILE_NAME.search(name.rpartition("\\")[2])
        if match:
            groups.setdefault((match.group(), version), []).append(one.at)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [
        {"app": app, "version": version or None, "count": len(times), "last_at": max(times) or None}
        for (app, version), times in ordered[:MOST_APPS]
    ]
