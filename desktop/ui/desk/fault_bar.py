"""A fault across the window: what happened, what it means, what helps, in as little height as possible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from desktop.base.errors import AppError
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look


class FaultBar(QFrame):
    """A fault in two lines across the window, so that a small one still has room for the ticket."""

    def __init__(self, look: Look, error: AppError, buttons: Sequence[Button]) -> None:
        super().__init__()
        words = look.texts.error(error)
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.setAccessibleName(words.what)
        said = " ".join(one for one in (words.data, words.do) if one)
        self._detail = f"{error.code}: {error.detail}" if error.detail else error.code
        text = column(
            plain_label(look, words.what or error.code, weight=BOLD, wrap=True),
            plain_label(look, said, size="meta", tone="t2", wrap=True),
            spacing=1,
        )
        copy = IconButton(look, "copy", look.text("error.copy"), small=True, clicked=self._on_copy)
        copy.setAccessibleDescription(self._detail)
        mark = IconLabel(look.theme, "warning-circle", "red", size=20, filled=True)
        line = row(mark, text, *buttons, copy, spacing=10, margins=(16, 8, 12, 8))
        line.setStretch(1, 1)
        self.setLayout(line)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._detail)
