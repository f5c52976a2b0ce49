"""When Windows was last brought up to date; its own history is read, nobody is asked over the network."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.pc import this_pc
from desktop.diagnostics.windows.powershell import answer

POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU"
SETTINGS = r"HKLM\SOFTWARE\Microsoft\WindowsUpdate\UX\Settings"
INSTALLATION, SUCCEEDED, SUCCEEDED_WITH_ERRORS, FAILED, ABORTED = 1, 2, 3, 4, 5
"""UpdateOperation and OperationResultCode of the Windows Update Agent."""
EVERY_DAY = re.compile(r"KB2267602|KB4052623|KB5007651|KB890830|\(KB915597\)")
"""Virus signatures and the scanner's own parts, in every language by number: they say nothing about Windows."""
DAY = 86400
RECENT = 35 * DAY
"""Failures older than one round of monthly updates have been made up for, or show as an old last success."""


def read_updates(machine: Machine) -> dict[str, object]:
    """Read the last success, and what failed since then. What waits is not known without asking over the network."""
    rows = [row for row in answer(machine, "updates") if _is_telling(row)]
    done = [row for row in rows if row["code"] in (SUCCEEDED, SUCCEEDED_WITH_ERRORS)]
    last = max(done, key=lambda row: row["at"], default=None)
    now = int(time.time())
    since = max(last["at"] if last else 0, now - RECENT)
    return {
        "last_success_at": last["at"] if last else None,
        "days_since": max(0, (now - last["at"]) // DAY) if last else None,
        "failed": len({row["title"] for row in rows if row["code"] in (FAILED, ABORTED) and row["at"] > since}),
        "last_title": last["title"] or None if last else None,
        "is_automatic": _is_automatic(this_pc(machine).registry, now),
    }


def _is_telling(row: dict[str, Any]) -> bool:
    is_whole = all(isinstance(row.get(name), int) for name in ("at", "code")) and isinstance(row.get("title"), str)
    return is_whole and row.get("operation") in (INSTALLATION, None) and not EVERY_DAY.search(row["title"])


def _is_automatic(registry: Registry, now: int) -> bool | None:
    """Tell whether updates come by themselves; switched off by policy or paused right now they do not."""
    try:
        if registry.number(POLICY, "NoAutoUpdate"):
            return False
        return not _is_paused(registry.text(SETTINGS, "PauseUpdatesExpiryTime"), now)
    except (PermissionError, Unanswered):
        return None


def _is_paused(until: str | None, now: int) -> bool:
    try:
        end = datetime.strptime(until or "", "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return end.timestamp() > now
