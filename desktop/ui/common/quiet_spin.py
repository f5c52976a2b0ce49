"""A number field that the wheel leaves alone while somebody scrolls past it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox


class QuietSpin(QSpinBox):
    """Takes the wheel only while it has the keyboard: else a page that is scrolled would change what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll where nobody is in the field."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
