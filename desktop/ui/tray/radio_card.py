"""A large card of which exactly one is chosen, with the circle people know from forms."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen

from desktop.ui.common.look import Look
from desktop.ui.common.toggles import OptionCard

_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class RadioCard(OptionCard):
    """Siblings with one parent exclude each other; arrow keys move the choice."""

    def __init__(self, look: Look, title: str, hint: str = "") -> None:
        super().__init__(look, title, hint, icon_name="circle", checkable=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, then the circle as a radio button."""
        super().paintEvent(event)
        theme = self._look.theme
        side = theme.px(18)
        reserved = theme.px(22)
        place = QRectF(15 + (reserved - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "sel" if self.isChecked() else "surface"
        painter.setPen(QPen(theme.color(ground), 3))
        painter.setBrush(theme.color(ground))
        painter.drawEllipse(place)
        painter.setPen(QPen(theme.color("acc" if self.isChecked() else "ctl"), 5 if self.isChecked() else 1.5))
        painter.setBrush(theme.color("surface"))
        inset = 2.5 if self.isChecked() else 0.75
        painter.drawEllipse(place.adjusted(inset, inset, -inset, -inset))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrow keys, as radio buttons do."""
        step = _KEYS.get(Qt.Key(event.key()))
        parent = self.parentWidget()
        if step is None or parent is None:
            super().keyPressEvent(event)
            return
        cards = parent.findChildren(RadioCard)
        other = cards[(cards.index(self) + step) % len(cards)]
        other.setFocus(Qt.FocusReason.OtherFocusReason)
        other.click()
