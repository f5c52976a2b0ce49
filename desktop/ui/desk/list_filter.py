"""The field above the list that filters it, made when it is first opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.ui.common.icons import icon
from desktop.ui.common.look import Look


class FilterField(QLineEdit):
    """A filter from which Down and Enter go on into the list, and which Esc closes."""

    gone_on = Signal()
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setPlaceholderText(look.text("list.filter_hint"))
        self.setAccessibleName(look.text("list.filter"))
        glass = QAction(icon(look.theme, "magnifying-glass", "t3"), look.text("list.filter"), self)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(False)
        look.theme.dress(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what is not typing."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.gone_on.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
