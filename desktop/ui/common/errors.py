"""Faults in the user's words, inside the page: what happened, what it means for the data, what to do now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from desktop.base.errors import AppError
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look


class ErrorPanel(Card):
    """A fault with the buttons that help; the technical detail is folded and can be copied."""

    def __init__(self, look: Look, error: AppError, buttons: Sequence[Button] = (), *, tone: str = "red") -> None:
        super().__init__()
        self._look, self.error = look, error
        words = look.texts.error(error)
        self._detail = plain_label(look, _technical(error), size="meta", tone="t3", wrap=True, selectable=True)
        self._copy = Button(look, look.text("error.copy"), icon_name="copy", kind="flat", small=True)
        self._copy.clicked.connect(self._on_copy)
        self._fold = Button(look, look.text("error.detail"), icon_name="caret-right", kind="flat", small=True)
        self._fold.clicked.connect(self._on_fold)
        self._show_detail(visible=False)
        said = " ".join(one for one in (words.data, words.do) if one)
        text = column(
            plain_label(look, words.what or error.code, size="pane", weight=BOLD, wrap=True),
            plain_label(look, said, tone="t2", wrap=True),
            row(self._fold, self._copy, None, spacing=4),
            self._detail,
            row(*buttons, None) if buttons else 0,
            spacing=6,
        )
        name = {"red": "warning-circle", "amb": "warning"}.get(tone, "info")
        mark = IconLabel(look.theme, name, tone, size=22, filled=True)
        line = row(column(mark, None), text, spacing=12, margins=(18, 16, 18, 16))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setAccessibleName(words.what)

    def _show_detail(self, *, visible: bool) -> None:
        self._detail.setVisible(visible)
        self._copy.setVisible(visible)
        self._fold.set_icon("caret-down" if visible else "caret-right")

    def _on_fold(self) -> None:
        self._show_detail(visible=self._detail.isHidden())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(_technical(self.error))


def announce(widget: QWidget, text: str) -> None:
    """Have screen readers say something that changed by itself, politely."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # whose names cost a start more than a window

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def _technical(error: AppError) -> str:
    return f"{error.code}: {error.detail}" if error.detail else error.code


def show_fault_window(look: Look, error: AppError) -> None:
    """Show a fault that keeps the program from going on, and wait until it has been read."""
    dialog = QDialog()
    dialog.setWindowTitle(look.texts.error(error).what or error.code)
    close = Button(look, look.text("error.close"), kind="primary", clicked=dialog.accept)
    dialog.setLayout(column(ErrorPanel(look, error, (close,)), margins=(16, 16, 16, 16)))
    dialog.setMinimumWidth(look.theme.px(520))
    dialog.exec()
