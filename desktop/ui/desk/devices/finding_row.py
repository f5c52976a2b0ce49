"""One finding: what is wrong, the rule behind it, its checklist, and why it is so, unfolded when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.domain.snapshot import Finding
from desktop.ui.common.buttons import Button
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import plain
from desktop.ui.desk.devices.finding_words import finding_words
from desktop.ui.desk.devices.health import SEVERITY_MARKS

_LONGEST = 4000  # characters of an explanation


class FindingRow(QFrame):
    """Asks for its explanation when it is first unfolded; `show_explanation` brings it."""

    checklist_wanted = Signal(str)
    explanation_wanted = Signal(str)
    """The id of the finding."""

    def __init__(self, look: Look, finding: Finding, *, has_wizard: bool, is_first: bool) -> None:
        super().__init__()
        self._look, self._finding = look, finding
        self._is_asked = False
        if not is_first:
            self.setProperty("edge", "top")
        title, mark = finding_words(look, finding, "title"), SEVERITY_MARKS[finding.severity]
        self._explanation = plain_label(look, "", size="meta", tone="t2", wrap=True, selectable=True)
        self._witness = plain_label(look, "", size="meta", tone="t2", wrap=True, selectable=True)
        self.why = Button(look, "", kind="link", clicked=self._on_why)
        words = column(plain_label(look, title, size="reading", weight=BOLD, wrap=True, selectable=True), spacing=3)
        if reason := finding_words(look, finding, "technician"):
            words.addWidget(plain_label(look, reason, tone="t2", wrap=True, selectable=True))
        if rule := finding_words(look, finding, "rule"):
            words.addWidget(plain_label(look, look.text("device.rule", rule=rule), size="meta", tone="t3", wrap=True))
        words.addLayout(row(self.why, None))
        words.addWidget(self._explanation)
        words.addWidget(self._witness)
        icon = column(1, IconLabel(look.theme, mark.icon, mark.tone, size=20, filled=True), None)
        start = self._start(title, is_first=is_first) if has_wizard else ()
        line = row(icon, words, *start, spacing=12, margins=(16, 14, 16, 10))
        line.setStretch(1, 1)
        self.setLayout(line)
        self._fold(title, is_open=False)

    @property
    def finding_id(self) -> str:
        """Return the id of the finding."""
        return self._finding.id

    def show_explanation(self, lines: Sequence[str]) -> None:
        """Show why it is so; an empty explanation says that none can be given any more."""
        words = "\n".join(lines) or self._look.text("device.why.none")
        self._explanation.setText(plain(words, _LONGEST))
        announce(self._explanation, self._explanation.text())

    def show_witness(self, lines: Sequence[str]) -> None:
        """Show what the other devices say."""
        self._witness.setText(plain("\n".join(lines), _LONGEST))
        self._witness.setVisible(bool(lines) and not self._explanation.isHidden())

    def _start(self, title: str, *, is_first: bool) -> tuple[QVBoxLayout]:
        look = self._look
        button = Button(look, look.text("device.checklist"), kind="primary" if is_first else "normal", small=True)
        button.setAccessibleName(look.text("device.checklist.name", title=title))
        button.clicked.connect(lambda: self.checklist_wanted.emit(self._finding.wizard))
        return (column(button, None),)

    def _on_why(self) -> None:
        is_open = self._explanation.isHidden()
        self._fold(finding_words(self._look, self._finding, "title"), is_open=is_open)
        if is_open and not self._is_asked:
            self._is_asked = True
            self.explanation_wanted.emit(self._finding.id)

    def _fold(self, title: str, *, is_open: bool) -> None:
        self._explanation.setVisible(is_open)
        self._witness.setVisible(is_open and bool(self._witness.text()))
        self.why.set_text(self._look.text("device.why.hide" if is_open else "device.why"))
        self.why.setAccessibleName(self._look.text("device.why.name", title=title))
