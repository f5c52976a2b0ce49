"""What Linux' journal says went wrong in the last seven days: sources and counts. A message's text is only sorted."""

from __future__ import annotations

import json
import os
import re
import time
from typing import Any

from desktop.diagnostics.linux.boots import lost_power
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import partial, unsupported

DAYS = 7
ENTRIES = 200
MAX_ROWS = 50
PATIENCE = 4.0
DUMPING = 2.5
DAY = 86400
FIELDS = "__REALTIME_TIMESTAMP,MESSAGE,MESSAGE_ID,SYSLOG_IDENTIFIER,_COMM,_TRANSPORT"
JOURNALS = ("/var/log/journal", "/run/log/journal")
CRASH_REPORTS, KERNEL_REPORTS = "/var/crash", ("/var/lib/systemd/pstore", "/sys/fs/pstore")
UNIT_FAILED = "be02cf6855d2428ba40df7e9d022f03d"
"""SD_MESSAGE_UNIT_FAILED of systemd's message catalogue."""
KINDS = (
    ("disk_error", re.compile(r"I/O error|critical medium error|failed command: |Buffer I/O|nvme.*(timeout|reset)")),
    ("filesystem_error", re.compile(r"(EXT4-fs|XFS|BTRFS|FAT-fs|ntfs3?).*(error|corrupt)", re.IGNORECASE)),
    ("hardware_error", re.compile(r"Hardware Error|Machine check|EDAC .*(CE|UE)|PCIe Bus Error", re.IGNORECASE)),
    ("out_of_memory", re.compile(r"Out of memory: Killed|oom-kill")),
    ("kernel_fault", re.compile(r"^(BUG: |Oops: |general protection fault|watchdog: BUG)|Call Trace")),
    ("usb_error", re.compile(r"^usb .*(unable to enumerate|device descriptor read|not accepting address)")),
    ("heat", re.compile(r"temperature above threshold|thermal.*critical", re.IGNORECASE)),
)
"""What the kernel writes (as of Linux 6.x), by its own words."""


def read_events(machine: Machine) -> dict[str, object]:
    """Count crashes, power losses, drive errors and the like of the last seven days."""
    since = time.time() - DAYS * DAY
    journal = _journal(machine)
    lost = lost_power(machine, since)
    if journal is None and lost is None and not machine.exists(CRASH_REPORTS):
        raise unsupported("no_journal")
    groups = [] if journal is None else grouped(journal)
    rows = groups[:MAX_ROWS]
    sees_all = journal is not None and _sees_system(machine)
    facts: dict[str, object] = {
        "days": DAYS,
        "events": rows,
        "system_crashes": _kernel_crashes(machine, since),
        "power_losses": lost,
        # Who sees the own messages only knows nothing of the kernel's.
        "disk_errors": _drive_errors(groups) if sees_all else None,
        "app_crashes": _dumps(machine) or _reports(machine, since),
    }
    if not sees_all:
        raise partial("own_messages_only", facts)
    return facts


def _journal(machine: Machine) -> str | None:
    tool = machine.tool("journalctl")
    if tool is None:
        return None
    arguments = ("-q", "--no-pager", "-p", "3", "--since", f"-{DAYS}d", "-n", str(ENTRIES))
    return machine.run(tool, *arguments, "--output=json", f"--output-fields={FIELDS}", deadline=PATIENCE)


def grouped(output: str) -> list[dict[str, object]]:
    """Read `journalctl --output=json`: rows of kind, source, how often, and when last; the frequent ones first."""
    found: dict[tuple[str, str], list[int]] = {}
    for line in output.splitlines():
        try:
            entry = json.loads(line)
            moment = int(entry["__REALTIME_TIMESTAMP"]) // 1_000_000
            found.setdefault((_kind(entry), _source(entry)), []).append(moment)
        except (ValueError, KeyError, TypeError, RecursionError):
            continue  # a line that was cut
    rows: list[dict[str, object]] = [
        {"kind": kind, "source": source, "code": None, "count": len(moments), "last_at": max(moments)}
        for (kind, source), moments in sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    ]
    return rows


def _kind(entry: dict[str, Any]) -> str:
    if entry.get("MESSAGE_ID") == UNIT_FAILED:
        return "service_failed"
    message = entry.get("MESSAGE")
    if entry.get("_TRANSPORT") != "kernel" or not isinstance(message, str):
        return "other"
    return next((kind for kind, pattern in KINDS if pattern.search(message)), "other")


def _source(entry: dict[str, Any]) -> str:
    """Return the program's name; some programs put paths or numbers of their own into theirs."""
    found = entry.get("SYSLOG_IDENTIFIER") or entry.get("_COMM") or ""
    return re.split(r"[\[(:\s]", str(found).rpartition("/")[2])[0][:64]


def _drive_errors(groups: list[dict[str, object]]) -> int | None:
    """Count what concerns drives; none among as many entries as are read may lie before the oldest of them."""
    found = _count(groups, "disk_error", "filesystem_error")
    return found or (0 if _count(groups) < ENTRIES else None)


def _count(groups: list[dict[str, object]], *kinds: str) -> int:
    return sum(int(str(row["count"])) for row in groups if not kinds or row["kind"] in kinds)


def _sees_system(machine: Machine) -> bool:
    """Tell whether this user may read the system's journal; without that, journalctl shows the own messages only."""
    files = (
        f"{folder}/{one}/system.journal" for folder in JOURNALS for one in machine.entries(folder) if len(one) == 32
    )
    return any(os.access(machine.path(one), os.R_OK) for one in files)


def _kernel_crashes(machine: Machine, since: float) -> int | None:
    """Count the reports that a crashed kernel left; None where no folder of them may be read."""
    folders = [one for one in KERNEL_REPORTS if os.access(machine.path(one), os.R_OK | os.X_OK)]
    return sum(_recent(machine, one, since) for one in folders) if folders else None


def _recent(machine: Machine, folder: str, since: float) -> int:
    moments = (machine.modified(f"{folder}/{one}") for one in machine.entries(folder))
    return sum(one is not None and one >= since for one in moments)


def _dumps(machine: Machine) -> list[dict[str, object]]:
    tool = machine.tool("coredumpctl")
    if tool is None:
        return []
    output = machine.run(tool, "-q", "--no-pager", "--json=short", "--since", f"-{DAYS}d", "list", deadline=DUMPING)
    return parse_dumps(output or "")


def parse_dumps(output: str) -> list[dict[str, object]]:
    """Read `coredumpctl --json=short list`; of the program's path only the name is kept."""
    try:
        entries = json.loads(output or "[]")
        crashes = [(str(one["exe"]).rpartition("/")[2], int(one["time"]) // 1_000_000) for one in entries]
    except (ValueError, KeyError, TypeError):
        return []
    return _crash_rows(crashes)


def _reports(machine: Machine, since: float) -> list[dict[str, object]]:
    """Read the names of Ubuntu's reports: "_usr_bin_gedit.1000.crash"."""
    crashes: list[tuple[str, float]] = []
    for one in machine.entries(CRASH_REPORTS):
        moment = machine.modified(f"{CRASH_REPORTS}/{one}")
        if one.endswith(".crash") and moment is not None and moment >= since:
            crashes.append((one.partition(".")[0].rpartition("_")[2], moment))
    return _crash_rows(crashes)


def _crash_rows(crashes: list[tuple[str, Any]]) -> list[dict[str, object]]:
    names = sorted({name for name, _ in crashes})
    return [
        {
            "app": name, "version": None, "count": sum(one == name for one, _ in crashes),
            "last_at": int(max(moment for one, moment in crashes if one == name)),
        }
        for name in names
    ]  # fmt: skip
