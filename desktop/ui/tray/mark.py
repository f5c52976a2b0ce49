"""Our own mark, the plus on a rounded square, drawn at any size, with the dots that say what is new.

The icon is all that a start shows, so it does without pens, brushes and the namespace `Qt`: the first use of any of
them loads every enum of Qt, which costs 11 to 16 ms. Shapes are stamped through a clip at four times their size and
halved twice, which smooths their edges.
"""

from __future__ import annotations

import sys
from enum import Enum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QWidget

PETROL, WHITE, SKY, AMBER, BLACK, CLEAR = "#0E6680", "#FFFFFF", "#2A9FC0", "#C97A10", "#000000", "#00000000"
_SIZES = (16, 22, 24, 32, 48)  # what Windows, macOS and StatusNotifier hosts ask for, in pixels
_FINE = 4
_MODES = QPainter.CompositionMode


class Badge(Enum):
    """The dot in the corner: nothing, an answer of the IT, or something that needs attention."""

    NONE = ""
    ANSWER = "answer"
    ATTENTION = "attention"


def mark_icon(badge: Badge = Badge.NONE, *, is_template: bool = sys.platform == "darwin") -> QIcon:
    """Return the tray icon; a template is black with a transparent plus, which macOS colours itself."""
    icon = QIcon()
    for side in _SIZES:
        icon.addPixmap(mark_pixmap(side, badge, is_template=is_template))
    icon.setIsMask(is_template)
    return icon


def mark_pixmap(side: int, badge: Badge = Badge.NONE, *, is_template: bool = False) -> QPixmap:
    """Return the mark as a square of `side` pixels with smooth edges."""
    fine = side * _FINE
    pixmap = _blank(fine)
    painter = QPainter(pixmap)
    _stamp_mark(painter, fine, is_template=is_template)
    if badge is not Badge.NONE:
        color = BLACK if is_template else {Badge.ANSWER: SKY, Badge.ATTENTION: AMBER}[badge]
        radius = fine * 0.2
        center = QPointF(fine - radius, radius)
        _stamp(painter, _circle(center, radius * 1.35), BLACK, mode=_MODES.CompositionMode_Clear)
        _stamp(painter, _circle(center, radius), color)
    painter.end()
    return _halved(_halved(pixmap))


def _stamp_mark(painter: QPainter, fine: int, *, is_template: bool) -> None:
    margin = fine * 0.03
    place = QRectF(margin, margin, fine - 2 * margin, fine - 2 * margin)
    side = place.width()
    thick, long = side * 0.17, side * 0.60
    mode = _MODES.CompositionMode_DestinationOut if is_template else _MODES.CompositionMode_SourceOver
    _stamp(painter, _rounded(place, side * 0.22), BLACK if is_template else PETROL)
    for width, height in ((long, thick), (thick, long)):
        corner = QPointF(place.center().x() - width / 2, place.center().y() - height / 2)
        bar = QRectF(corner.x(), corner.y(), width, height)
        _stamp(painter, _rounded(bar, thick * 0.32), BLACK if is_template else WHITE, mode=mode)


def _stamp(
    painter: QPainter,
    path: QPainterPath,
    color: str,
    *,
    mode: QPainter.CompositionMode = _MODES.CompositionMode_SourceOver,
) -> None:
    area = path.boundingRect().toAlignedRect()
    solid = QPixmap(area.size())
    solid.fill(QColor(color))
    painter.save()
    painter.setCompositionMode(mode)
    painter.setClipPath(path)
    painter.drawPixmap(area.topLeft(), solid)
    painter.restore()


def _halved(pixmap: QPixmap) -> QPixmap:
    side = pixmap.width() // 2
    half = _blank(side)
    painter = QPainter(half)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(QRect(0, 0, side, side), pixmap)
    painter.end()
    return half


def _blank(side: int) -> QPixmap:
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(QColor(CLEAR))
    return pixmap


def _rounded(place: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(place, radius, radius)
    return path


def _circle(center: QPointF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(center, radius, radius)
    return path


class MarkLabel(QWidget):
    """The mark as a picture in a page; screen readers skip it."""

    def __init__(self, side: int = 56) -> None:
        super().__init__()
        self.setFixedSize(side, side)

    def paintEvent(self, event: object) -> None:
        """Draw the mark as sharp as the screen shows it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), mark_pixmap(round(self.width() * self.devicePixelRatioF())))
        painter.end()
