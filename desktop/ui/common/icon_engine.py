"""Turns a drawing into a `QIcon`, for actions, menus and lists."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

Draw = Callable[[QPainter, QRectF, bool], None]
"""Draws into a place; the last argument tells whether what the icon belongs to can be used."""


class _DrawnIcon(QIconEngine):
    """Draws whenever it is painted, so that an icon follows the theme and is sharp at any ratio."""

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw

    def clone(self) -> QIconEngine:
        return _DrawnIcon(self._draw)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._draw(painter, QRectF(rect), mode is not QIcon.Mode.Disabled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # The size is logical: size x scale pixels are wanted, or everything blurs at 125 and 150 %.
        pixmap = QPixmap(round(size.width() * scale), round(size.height() * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


def make_icon(draw: Draw) -> QIcon:
    """Return an icon that is drawn by `draw`."""
    return QIcon(_DrawnIcon(draw))
