"""A short sentence beside what is wrong: the error in the user's words, announced to screen readers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.base.errors import AppError
from desktop.ui.common.errors import announce
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label, set_tone
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look


class Notice(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon = IconLabel(look.theme, "warning-circle", "red", filled=True)
        self._words = plain_label(look, size="meta", tone="red", wrap=True, selectable=True)
        line = row(column(self._icon, None), self._words, spacing=6)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    @property
    def words(self) -> str:
        """Return what is said."""
        return self._words.text()

    def show_error(self, error: AppError) -> None:
        """Say what happened, what it means for the data and what to do now."""
        text = self._look.texts.error(error)
        self._say(" ".join(one for one in (text.what or error.code, text.data, text.do) if one), "red")

    def say(self, words: str) -> None:
        """Say something good that happened without the user's doing."""
        self._say(words, "grn")

    def clear(self) -> None:
        """Say nothing."""
        self._words.clear()
        self.hide()

    def _say(self, words: str, tone: str) -> None:
        self._words.setText(words)
        set_tone(self._words, tone)
        self._icon.set_icon("check-circle" if tone == "grn" else "warning-circle", tone, filled=True)
        self.show()
        announce(self, words)
