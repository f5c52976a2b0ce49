"""What a check of the PC found, for an employee: findings they can act on, and what was looked at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.snapshot import Finding, ProbeStatus, Severity, Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look

_TONES = {Severity.INFO: "acc", Severity.WARN: "amb", Severity.ERROR: "red", Severity.CRITICAL: "red"}
_ANSWERED = (ProbeStatus.OK, ProbeStatus.PARTIAL)
_FAILED = (ProbeStatus.TIMEOUT, ProbeStatus.ERROR)


@dataclass(frozen=True, slots=True)
class Found:
    """What an employee is told: the worst first; `unanswered` counts what could not be looked at."""

    present: tuple[Finding, ...]
    unanswered: int
    is_usable: bool


def judged_check(snapshot: Snapshot) -> Found:
    """Pick what concerns an employee; what only technicians can act on, or is only worth knowing, is not theirs."""
    from desktop.diagnostics.rules import load_rules

    theirs = {one.id for one in load_rules() if one.is_for_employees}
    present = tuple(one for one in snapshot.present if one.id in theirs and one.severity is not Severity.INFO)
    statuses = [one.status for one in snapshot.probes.values()]
    unanswered = sum(one in _FAILED for one in statuses)
    return Found(present, unanswered, is_usable=any(one in _ANSWERED for one in statuses))


def finding_banner(look: Look, finding: Finding, guides: Collection[str]) -> tuple[Banner, Button]:
    """Return a finding in plain words with the button that leads on: its checklist, or a person."""
    from desktop.diagnostics.evidence import finding_text

    title = look.text(f"finding.{finding.id}.title")
    words = finding_text(finding, "employee", look.texts)
    has_guide = finding.wizard in guides
    label = look.text("tray.check.guide" if has_guide else "tray.check.help")
    button = Button(look, label, icon_name="check-square" if has_guide else "chat-text", small=True)
    button.setAccessibleName(look.text("tray.check.about", action=label, finding=title))
    banner = Banner(look, title, words, tone=_TONES[finding.severity], buttons=[button])
    banner.setAccessibleName(title)
    return banner, button


def checked_card(look: Look, snapshot: Snapshot) -> QWidget:
    """Return what was looked at, folded: nobody needs it who is told that all is well."""
    from desktop.diagnostics.privacy import GROUPS

    lines: list[QWidget] = []
    for group in GROUPS:
        known = [one for one in group.probes if one in snapshot.probes and snapshot.probes[one].status in _ANSWERED]
        if known:
            names = ", ".join(look.text(f"probe.{one}.title") for one in known)
            said = look.text("tray.check.group", group=look.text(f"consent.{group.id}.title"), names=names)
            lines.append(plain_label(look, said, size="meta", tone="t2", wrap=True))
    detail = QWidget()
    detail.setLayout(column(*lines, spacing=4, margins=(6, 0, 0, 0)))
    detail.hide()
    fold = Button(look, look.text("tray.check.what"), icon_name="caret-right", kind="link")
    fold.setCheckable(True)

    def unfold(is_open: bool) -> None:
        detail.setVisible(is_open)
        fold.set_icon("caret-down" if is_open else "caret-right")

    fold.toggled.connect(unfold)
    whole = QWidget()
    whole.setLayout(column(row(fold, None), detail, spacing=4, margins=(0, 8, 0, 0)))
    whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return whole
