"""A difference between two snapshots in words: what, before, now, and when it was seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from desktop.diagnostics.change_words import change_title, change_values
from desktop.domain.change import Change, ChangeAct, ChangeKind
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

_ICONS: Mapping[str, str] = {
    "printers": "printer", "printer_port": "printer", "printer_jobs": "printer", "disks": "hard-drive",
    "disk_health": "hard-drive", "encryption": "lock", "security": "shield-check", "updates": "arrows-clockwise",
    "pending_reboot": "arrows-clockwise", "os": "desktop", "hardware": "desktop-tower", "displays": "monitor",
    "software": "squares-four", "browsers_office": "app-window", "startup": "power", "services": "gear",
    "net_wifi": "wifi-high", "battery": "battery-full", "usb": "plus", "shares": "share-network",
    "audio_camera": "speaker-high", "accounts": "key", "join": "identification-card", "memory": "cpu",
    "cpu_load": "cpu", "events": "bug", "backup": "clock-counter-clockwise", "time_drift": "clock",
}  # fmt: skip
_KIND_ICONS = {
    ChangeKind.IDENTITY: "desktop",
    ChangeKind.SOFTWARE: "squares-four",
    ChangeKind.CONFIGURATION: "sliders-horizontal",
    ChangeKind.STARTUP: "power",
    ChangeKind.HARDWARE: "desktop-tower",
    ChangeKind.STATE: "gauge",
}
_WHAT = 120  # characters


class ChangeLine(NamedTuple):
    """A change as it is shown; `sentence` is all of it for people who listen, `detail` explains "when"."""

    icon: str
    what: str
    before: str
    after: str
    when: str
    detail: str
    sentence: str


class ChangeWords:
    """Says changes in the reader's language."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def line(self, change: Change) -> ChangeLine:
        """Return one change in words."""
        text, texts = self._look.text, self._look.texts
        what = one_line(change_title(change, texts), _WHAT)
        before, after = (one_line(one, _WHAT) for one in change_values(change, texts))
        if change.act is ChangeAct.ADDED:
            before, after = text("device.change.absent"), after or text("device.change.added")
        elif change.act is ChangeAct.REMOVED:
            before, after = before or text("device.change.there"), text("device.change.removed")
        else:
            before, after = before or text("device.change.unset"), after or text("device.change.unset")
        when, detail = self._when(change)
        sentence = text("device.change.spoken", what=what, before=before, after=after, when=when)
        return ChangeLine(_icon(change), what, before, after, when, detail, sentence)

    def rarity(self, change: Change) -> str:
        """Say on how many other PCs it is the same, empty where nobody compared."""
        if not change.others:
            return ""
        return self._look.text("device.change.elsewhere", count=change.elsewhere, others=change.others)

    def _when(self, change: Change) -> tuple[str, str]:
        look = self._look
        detail = ""
        if change.seen_after is not None and change.seen_by is not None:
            after, by = look.formats.date_time(change.seen_after), look.formats.date_time(change.seen_by)
            detail = look.text("device.change.between", after=after, by=by)
        if change.happened_on:
            return day_words(look, change.happened_on), detail
        return (look.formats.moment(change.seen_by) if change.seen_by is not None else ""), detail


def _icon(change: Change) -> str:
    if change.probe.startswith("net_") and change.probe not in _ICONS:
        return "globe"
    return _ICONS.get(change.probe, _KIND_ICONS[change.kind])


def day_words(look: Look, text: str) -> str:
    """Return the machine's own date as people write it, or as it stands where it is none."""
    try:
        return look.formats.date(datetime.fromisoformat(text).astimezone())
    except (ValueError, OverflowError):  # the first and last hours of the calendar have no other zone
        return one_line(text, 20)
