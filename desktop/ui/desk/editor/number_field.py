"""A number within limits that the wheel leaves alone while somebody scrolls past it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSpinBox

from desktop.ui.common.look import Look
from desktop.ui.desk.editor.wiring import on_number
from desktop.ui.desk.fields import Field

_WIDTH = 110  # logical pixels: four digits with their arrows


class NumberField(Field):
    """Shows a number under its label; `changed` gets every other one."""

    def __init__(
        self, look: Look, label: str, limits: tuple[int, int], value: int, changed: Callable[[int], object]
    ) -> None:
        self.spin = QuietSpin()
        self.spin.setRange(*limits)
        self.spin.setValue(value)
        self.spin.setFixedWidth(look.theme.px(_WIDTH))
        self.spin.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.dress(self.spin)
        super().__init__(look, label, self.spin)
        on_number(self.spin.valueChanged, changed)


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
