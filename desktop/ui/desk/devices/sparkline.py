"""A series over time as a small line with its area, its end, and a mark where something changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.common.labels import set_tooltip
from desktop.ui.common.look import Look

Points = Sequence[tuple[datetime, float]]
_HEIGHT = 40  # logical pixels
_DOT = 3.0
_AREA = 0.12  # opacity of the area below the line


class Sparkline(QWidget):
    """Draws points by their moments, oldest first; its accessible name is the sentence that the caller says.

    `tone` is acc, amb or red; `marker` is a moment with a dotted line, such as a change.
    """

    def __init__(
        self, look: Look, points: Points, *, sentence: str, tone: str = "acc", marker: datetime | None = None
    ) -> None:
        super().__init__()
        self._look, self._points, self._tone, self._marker = look, tuple(points), tone, marker
        self.setAccessibleName(sentence)
        set_tooltip(self, sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Ask for the height of two lines."""
        return QSize(160, self._look.theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never be flatter than that."""
        return QSize(60, self._look.theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw area, line, mark and end."""
        places = self.places()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = self._look.theme.color(self._tone)
        if len(places) > 1:
            self._draw_area(painter, places, color)
        self._draw_marker(painter)
        if places:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(places[-1], _DOT, _DOT)
        painter.end()

    def places(self) -> list[QPointF]:
        """Return where the points lie; a series that never moves runs through the middle."""
        if not self._points:
            return []
        room, values = self._room(), [value for _, value in self._points]
        low, high = min(values), max(values)
        span = high - low
        return [
            QPointF(self._across(moment), room.bottom() - room.height() * ((value - low) / span if span else 0.5))
            for moment, value in self._points
        ]

    def _across(self, moment: datetime) -> float:
        room = self._room()
        first, last = self._points[0][0], self._points[-1][0]
        whole = (last - first).total_seconds()
        share = (moment - first).total_seconds() / whole if whole > 0 else 1.0
        return room.left() + room.width() * min(1.0, max(0.0, share))

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_DOT, _DOT + 1, -_DOT - 1, -_DOT - 1)

    def _draw_area(self, painter: QPainter, places: list[QPointF], color: QColor) -> None:
        line = QPainterPath(places[0])
        for place in places[1:]:
            line.lineTo(place)
        area = QPainterPath(line)
        area.lineTo(places[-1].x(), self.height())
        area.lineTo(places[0].x(), self.height())
        area.closeSubpath()
        ground = QColor(color)
        ground.setAlphaF(_AREA)
        painter.fillPath(area, ground)
        painter.strokePath(line, QPen(color, 1.5))

    def _draw_marker(self, painter: QPainter) -> None:
        if self._marker is None or not self._points or not self._points[0][0] <= self._marker <= self._points[-1][0]:
            return
        pen = QPen(self._look.theme.color("t1"), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        across = self._across(self._marker)
        painter.drawLine(QPointF(across, 0), QPointF(across, self.height()))
