"""A number within limits under its label."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy

from desktop.ui.common.look import Look
from desktop.ui.common.quiet_spin import QuietSpin
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
