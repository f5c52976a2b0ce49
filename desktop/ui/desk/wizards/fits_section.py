"""Fitting checklists in the ticket's panel: title and reason, started by one click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.fits import Fit


class FitRow(QWidget):
    """One checklist with the reason why it fits; `started` by its button or a click on it."""

    started = Signal()

    def __init__(self, look: Look, fit: Fit) -> None:
        super().__init__()
        mark = IconLabel(look.theme, "checks" if fit.is_list else "check-square", "acc")
        reason = fit.why or (look.text("checklist.list_mark") if fit.is_list else "")
        words = column(plain_label(look, fit.title, weight=MEDIUM, wrap=True), spacing=1)
        if reason:
            words.addWidget(plain_label(look, reason, size="meta", tone="t3", wrap=True))
        self.button = Button(look, look.text("context.start"), kind="link", clicked=self.started.emit)
        self.button.setAccessibleName(look.text("checklist.start.name", title=fit.title))
        self.button.setAccessibleDescription(reason)
        line = row(column(2, mark, None, spacing=0), words, column(self.button, None, spacing=0), spacing=9)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Start it wherever it was clicked."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.started.emit()


class FitsSection(QWidget):
    """Some fitting checklists, the best first."""

    start_wanted = Signal(str)

    def __init__(self, look: Look, fits: Sequence[Fit]) -> None:
        super().__init__()
        lines = column(spacing=9)
        for fit in fits:
            one = FitRow(look, fit)
            one.started.connect(lambda wizard=fit.wizard: self.start_wanted.emit(wizard))
            lines.addWidget(one)
        self.setLayout(lines)
