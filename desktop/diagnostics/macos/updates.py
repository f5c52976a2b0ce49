"""When the system was last brought up to date; nobody is asked over the network for it (macOS)."""

from __future__ import annotations

import re
import time

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import (
    entries,
    gathered,
    inner,
    listed,
    moment,
    property_list_file,
    rows,
    truth,
    whole,
    words,
)
from desktop.diagnostics.probe import partial

HISTORY = "/Library/Receipts/InstallHistory.plist"
SETTINGS = (
    "/Library/Managed Preferences/com.apple.SoftwareUpdate.plist",
    "/Library/Preferences/com.apple.SoftwareUpdate.plist",
)
DAY = 86400
_INSTALLERS = frozenset({"softwareupdated", "softwareupdate", "macOS Installer", "OS X Installer", "Software Update"})
_DATA = re.compile(r"(XProtect|MRTConfig|Gatekeeper|Malware Removal|.*ConfigData|Core Suggestions|.*Voice|.*Fonts?\b)")
"""Lists and voices that come by themselves every few days: a Mac that gets these alone is not up to date."""


def read_updates(machine: Machine) -> dict[str, object]:
    """Read when the system was last updated by the history of installations, and what its settings say waits."""
    return gathered(lambda: _history(machine), lambda: _settings(machine))


def _history(machine: Machine) -> dict[str, object]:
    found = property_list_file(machine, HISTORY)
    if not rows(found):
        raise partial("install_history", {})
    system = [(moment(one.get("date")), one) for one in rows(found) if _is_system_update(one)]
    newest, row = max(((at, one) for at, one in system if at is not None), key=lambda one: one[0], default=(None, None))
    if newest is None or row is None:
        return {"last_success_at": None, "days_since": None, "last_title": None}
    title = " ".join(part for part in (words(row.get("displayName")), words(row.get("displayVersion"))) if part)
    return {
        "last_success_at": newest, "days_since": max(0, int(time.time() - newest) // DAY), "last_title": title or None,
    }  # fmt: skip


def _is_system_update(row: dict[str, object]) -> bool:
    return row.get("processName") in _INSTALLERS and _DATA.match(words(row.get("displayName")) or "") is None


def _settings(machine: Machine) -> dict[str, object]:
    found = [property_list_file(machine, path) for path in SETTINGS]
    if not any(isinstance(one, dict) for one in found):
        raise partial("software_update", {})
    return {"waiting": _waiting(found[-1]), "is_automatic": _is_automatic(found)}


def _waiting(settings: object) -> int | None:
    counted = whole(inner(settings, "LastRecommendedUpdatesAvailable"))
    names = entries(settings)
    if counted is None and "RecommendedUpdates" in names:
        return len(listed(names["RecommendedUpdates"]))
    return counted


def _is_automatic(settings: list[object]) -> bool | None:
    """A company's own setting counts before the user's; what neither says is Apple's and changes with the release."""
    for name in ("AutomaticCheckEnabled", "AutomaticallyInstallMacOSUpdates"):
        said = next((one for one in (truth(inner(each, name)) for each in settings) if one is not None), None)
        if said is not True:
            return said
    return True
