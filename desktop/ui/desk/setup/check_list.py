"""The result of trying out a folder, line by line: an icon, a sentence, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from desktop.exchange.folder_check import FolderCheck, Outcome
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.common.look import Look

_MARKS = {
    Outcome.GOOD: ("check-circle", "grn"),
    Outcome.HINT: ("warning", "amb"),
    Outcome.BAD: ("warning-circle", "red"),
}


class FolderCheckList(QFrame):
    """Shows the checks of a folder; hidden while there are none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("card", True)
        self._lines = column(spacing=8, margins=(14, 12, 14, 12))
        self.setLayout(self._lines)
        self.hide()

    def set_checks(self, checks: Sequence[FolderCheck]) -> None:
        """Show one line per check."""
        clear(self._lines)
        said = [self._add(one) for one in checks]
        self.setAccessibleName(" ".join(said))
        self.setVisible(bool(checks))

    def _add(self, check: FolderCheck) -> str:
        look = self._look
        sentence = look.text(f"folder_check.{check.code}", **check.parameters)
        name, tone = _MARKS[check.outcome]
        words = plain_label(look, sentence, wrap=True)
        spoken = look.text(f"folder_check.outcome.{check.outcome.value}", text=sentence)
        words.setAccessibleName(spoken)
        line = row(column(1, IconLabel(look.theme, name, tone, filled=True), None), words, spacing=10)
        line.setStretch(1, 1)
        self._lines.addLayout(line)
        return spoken
