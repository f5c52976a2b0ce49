"""The ring around what has the keyboard, the same on everything that paints itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.ui.common.look import Look


def draw_ring(look: Look, painter: QPainter, place: QRectF, radius: float) -> None:
    """Draw the 2 px ring that shows where the keyboard is."""
    painter.setPen(QPen(look.theme.color("acc"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, radius, radius)
