"""Our own mark, the plus on a rounded square, drawn at any size, with the dots that say what is new.

Does without the namespace `Qt`: its some hundred enums cost a start 16 ms, and the icon is all that a start shows.
"""

from __future__ import annotations

import sys
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QWidget

PETROL, WHITE, AMBER, BLACK = "#0E6680", "#FFFFFF", "#C97A10", "#000000"
CLEAR = "#00000000"
_SIZES = (16, 20, 22, 24, 32, 44, 64)  # what Windows, macOS and StatusNotifier hosts ask for, in pixels


class Badge(Enum):
    """The dot in the corner: nothing, an answer of the IT, or something that needs attention."""

    NONE = ""
    ANSWER = "answer"
    ATTENTION = "attention"


def draw_mark(painter: QPainter, place: QRectF, *, ground: str = PETROL, plus: str = WHITE) -> None:
    """Draw the mark into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = place.width()
    painter.fillPath(_rounded(place, side * 0.22), QColor(ground))
    thick, long = side * 0.17, side * 0.60
    center = place.center()
    for width, height in ((long, thick), (thick, long)):
        bar = QRectF(center.x() - width / 2, center.y() - height / 2, width, height)
        painter.fillPath(_rounded(bar, thick * 0.32), QColor(plus))
    painter.restore()


def _rounded(place: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(place, radius, radius)
    return path


def _circle(center: QPointF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(center, radius, radius)
    return path


def mark_icon(badge: Badge = Badge.NONE, *, is_template: bool = sys.platform == "darwin") -> QIcon:
    """Return the tray icon; a template is black with a transparent plus, which macOS colours itself."""
    icon = QIcon()
    for side in _SIZES:
        icon.addPixmap(_pixmap(side, badge, is_template=is_template))
    icon.setIsMask(is_template)
    return icon


def _pixmap(side: int, badge: Badge, *, is_template: bool) -> QPixmap:
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(QColor(CLEAR))
    painter = QPainter(pixmap)
    margin = side * 0.03
    place = QRectF(margin, margin, side - 2 * margin, side - 2 * margin)
    if is_template:
        draw_mark(painter, place, ground=BLACK, plus=BLACK)
        _cut_plus(painter, place)
    else:
        draw_mark(painter, place)
    _draw_badge(painter, side, badge, is_template=is_template)
    painter.end()
    return pixmap


def _cut_plus(painter: QPainter, place: QRectF) -> None:
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    draw_mark(painter, place, ground=CLEAR, plus=BLACK)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _draw_badge(painter: QPainter, side: int, badge: Badge, *, is_template: bool) -> None:
    if badge is Badge.NONE:
        return
    radius = side * 0.2
    center = QPointF(side - radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.fillPath(_circle(center, radius * 1.35), QColor(BLACK))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    colors = {Badge.ANSWER: "#2A9FC0", Badge.ATTENTION: AMBER}
    painter.fillPath(_circle(center, radius), QColor(BLACK if is_template else colors[badge]))


class MarkLabel(QWidget):
    """The mark as a picture in a page; screen readers skip it."""

    def __init__(self, side: int = 56) -> None:
        super().__init__()
        self.setFixedSize(side, side)

    def paintEvent(self, event: object) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        draw_mark(painter, QRectF(self.rect()))
        painter.end()
