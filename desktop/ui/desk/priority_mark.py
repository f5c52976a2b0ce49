"""The shapes of the priorities: a square with "!" and three, two or one bars, so that colour is never needed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.ticket_state import Priority
from desktop.ui.common.look import Look
from desktop.ui.common.theme import Theme

_BARS = {Priority.HIGH: 3, Priority.NORMAL: 2, Priority.LOW: 1}
_SIDE = 16.0  # the shapes are drawn on a square of 16 units


def draw_priority(theme: Theme, painter: QPainter, place: QRectF, priority: Priority) -> None:
    """Draw the mark of a priority into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / _SIDE, place.height() / _SIDE)
    painter.setPen(Qt.PenStyle.NoPen)
    if priority is Priority.URGENT:
        _draw_urgent(painter, theme.color("red"), theme.color("surface"))
    else:
        _draw_bars(theme, painter, priority)
    painter.restore()


def _draw_urgent(painter: QPainter, ground: QColor, mark: QColor) -> None:
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 3.5, 3.5)
    painter.setPen(QPen(mark, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(8, 4.3), QPointF(8, 8.6))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark)
    painter.drawEllipse(QPointF(8, 11.7), 1.2, 1.2)


def _draw_bars(theme: Theme, painter: QPainter, priority: Priority) -> None:
    full = theme.color("amb" if priority is Priority.HIGH else "t3")
    for place in range(3):
        painter.setBrush(full if place < _BARS[priority] else theme.color("line2"))
        painter.drawRoundedRect(QRectF(2 + place * 4.5, 10 - place * 3.5, 3, 4 + place * 3.5), 1, 1)


class PriorityMark(QWidget):
    """A priority's shape beside its name."""

    def __init__(self, look: Look, priority: Priority = Priority.NORMAL) -> None:
        super().__init__()
        self._theme, self._priority = look.theme, priority
        self._fit()
        look.theme.changed.connect(self._fit)

    def set_priority(self, priority: Priority) -> None:
        """Show another priority."""
        self._priority = priority
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = QPainter(self)
        draw_priority(self._theme, painter, QRectF(self.rect()), self._priority)
        painter.end()

    def _fit(self) -> None:
        side = self._theme.px(16)
        self.setFixedSize(side, side)
        self.update()
