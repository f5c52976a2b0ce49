"""The parts of the picture of a wizard: cards, lines and the words beside them. They paint themselves in the theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.labels import tooltip_text
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.step_words import Badge

LINES, WORDS, CARDS = 1, 2, 3  # what lies on what
_CHIP_GROUND = {"plain": "hover", "grn": "grnbg", "acc": "accbg", "vio": "viobg"}
_CHIP_TEXT = {"plain": "t2", "outline": "t2"}
_PADDING = 10
_MOST_WORDS = 3  # names of exits on one line: more would cover the gap


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on a card; `mark` is error, warning or empty, `hint` what the pointer is told."""

    step: str
    number: int
    title: str
    badge: Badge
    mark: str = ""
    hint: str = ""
    is_start: bool = False


class StepCard(QGraphicsItem):
    """A step: number and title, the kind, a mark where something is wrong."""

    def __init__(self, look: Look, words: CardWords, place: QRectF) -> None:
        super().__init__()
        self._look, self.words = look, words
        self._size = QRectF(0, 0, place.width(), place.height())
        self.is_chosen = self.has_keyboard = False
        self.setPos(place.topLeft())
        self.setZValue(CARDS)
        self.setToolTip(tooltip_text(words.hint))

    def boundingRect(self) -> QRectF:
        """Return the card with the ring around it."""
        return self._size.adjusted(-5, -5, 5, 5)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the card."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        self._draw_title(painter)
        self._draw_badge(painter)
        if self.words.mark:
            self._draw_mark(painter)
        if self.has_keyboard:
            draw_ring(self._look, painter, self._size.adjusted(-3, -3, 3, 3), 10)

    def _draw_ground(self, painter: QPainter) -> None:
        theme = self._look.theme
        edge = {"error": "red", "warning": "amb"}.get(self.words.mark, "line2")
        painter.setPen(
            QPen(theme.color("acc" if self.is_chosen else edge), 2 if self.is_chosen or self.words.mark else 1)
        )
        painter.setBrush(theme.color("sel" if self.is_chosen else "surface"))
        painter.drawRoundedRect(self._size.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _draw_title(self, painter: QPainter) -> None:
        theme = self._look.theme
        font = theme.font("meta", MEDIUM)
        painter.setFont(font)
        painter.setPen(theme.color("t1"))
        metrics = QFontMetricsF(font)
        right = theme.px(20) if self.words.mark else 0
        room = QRectF(_PADDING, theme.px(7), self._size.width() - 2 * _PADDING - right, 2 * metrics.height())
        text = f"{self.words.number}  {self.words.title}"
        for number, line in enumerate(_two_lines(metrics, text, room.width())):
            top = room.top() + number * metrics.height()
            painter.drawText(QRectF(room.left(), top, room.width(), metrics.height()), line)

    def _draw_badge(self, painter: QPainter) -> None:
        theme, badge = self._look.theme, self.words.badge
        font = theme.font("caption", MEDIUM)
        metrics = QFontMetricsF(font)
        icon = theme.px(13) if badge.icon else 0
        width = metrics.horizontalAdvance(badge.text) + 14 + (icon + 3 if icon else 0)
        height = metrics.height() + 4
        place = QRectF(_PADDING, self._size.height() - height - theme.px(7), width, height)
        ground = _CHIP_GROUND.get(badge.tone, "")
        painter.setPen(Qt.PenStyle.NoPen if ground else QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place, 5, 5)
        colour = theme.color(_CHIP_TEXT.get(badge.tone, badge.tone))
        if icon:
            draw_icon(painter, QRectF(place.left() + 7, place.center().y() - icon / 2, icon, icon), badge.icon, colour)
        painter.setFont(font)
        painter.setPen(colour)
        text = place.adjusted(7 + (icon + 3 if icon else 0), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, badge.text)
        if self.words.is_start:
            self._draw_start(painter, place)

    def _draw_start(self, painter: QPainter, badge: QRectF) -> None:
        painter.setPen(self._look.theme.color("t3"))
        place = QRectF(
            badge.right() + 8, badge.top(), self._size.width() - badge.right() - 8 - _PADDING, badge.height()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._look.text("graph.start"))

    def _draw_mark(self, painter: QPainter) -> None:
        theme, side = self._look.theme, self._look.theme.px(16)
        name, token = ("warning-circle", "red") if self.words.mark == "error" else ("warning", "amb")
        place = QRectF(self._size.width() - side - 8, theme.px(8), side, side)
        draw_icon(painter, place, name, theme.color(token), filled=True)


class WayLine(QGraphicsItem):
    """All exits from one step to another one, as a line with an arrow."""

    def __init__(self, look: Look, points: Sequence[QPointF], tone: str, *, is_dashed: bool) -> None:
        super().__init__()
        self._look, self._tone, self._is_dashed = look, tone, is_dashed
        self.is_strong = False
        self.path = _smooth(points)
        before, end = points[-2], points[-1]
        self._arrow = _arrow(end, is_sideways=before.y() == end.y())
        self.setZValue(LINES)

    def boundingRect(self) -> QRectF:
        """Return the line with its arrow."""
        return self.path.boundingRect().united(self._arrow.boundingRect()).adjusted(-3, -3, 3, 3)

    def shape(self) -> QPainterPath:
        """Return nothing to click on: lines lie under everything."""
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line and its arrow."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._look.theme.color(self._tone)
        pen = QPen(colour, 2.6 if self.is_strong else 1.4)
        pen.setStyle(Qt.PenStyle.DashLine if self._is_dashed else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(self._arrow)


class WayWords(QGraphicsItem):
    """The names of the exits of one line, one below the other; the whole of long ones stands in the tooltip."""

    def __init__(self, look: Look, texts: Sequence[str], tone: str, widest: float) -> None:
        super().__init__()
        self._look, self._tone, self.texts = look, {"ctl": "t3"}.get(tone, tone), tuple(texts)
        metrics = QFontMetricsF(look.theme.font("caption", MEDIUM))
        shown = [metrics.elidedText(one, Qt.TextElideMode.ElideRight, widest) for one in texts]
        self._shown = shown if len(shown) <= _MOST_WORDS else [*shown[: _MOST_WORDS - 1], "…"]
        self._line = metrics.height()
        width = max(metrics.horizontalAdvance(one) for one in self._shown) + 8
        height = self._line * len(self._shown) + 2
        self._place = QRectF(-width / 2, -height / 2, width, height)
        self.setToolTip(tooltip_text("\n".join(texts)) if self._shown != list(texts) else "")
        self.setZValue(WORDS)

    def boundingRect(self) -> QRectF:
        """Return the words with their ground."""
        return self._place

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the words on a ground that hides the lines behind them."""
        theme = self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface2"))
        painter.drawRoundedRect(self._place, 4, 4)
        painter.setFont(theme.font("caption", MEDIUM))
        painter.setPen(theme.color(self._tone))
        for number, text in enumerate(self._shown):
            top = self._place.top() + 1 + number * self._line
            place = QRectF(self._place.left(), top, self._place.width(), self._line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def _smooth(points: Sequence[QPointF]) -> QPainterPath:
    """Return a path that leaves and enters upright, straight where it passes a row."""
    path = QPainterPath(points[0])
    for first, second in pairwise(points):
        if first.x() == second.x() or first.y() == second.y():
            path.lineTo(second)
        else:
            middle = (first.y() + second.y()) / 2
            path.cubicTo(QPointF(first.x(), middle), QPointF(second.x(), middle), second)
    return path


def _arrow(end: QPointF, *, is_sideways: bool) -> QPolygonF:
    if is_sideways:  # only ways back end at the right side of a card
        return QPolygonF([end, QPointF(end.x() + 7, end.y() - 4), QPointF(end.x() + 7, end.y() + 4)])
    return QPolygonF([end, QPointF(end.x() - 4, end.y() - 7), QPointF(end.x() + 4, end.y() - 7)])


def _two_lines(metrics: QFontMetricsF, text: str, width: float) -> list[str]:
    """Return a title broken once at a space; what does not fit into the second line is cut."""
    words = text.split(" ")
    first = ""
    while words and (not first or metrics.horizontalAdvance(f"{first} {words[0]}") <= width):
        first = f"{first} {words.pop(0)}" if first else words.pop(0)
    lines = [first, " ".join(words)] if words else [first]
    return [metrics.elidedText(one, Qt.TextElideMode.ElideRight, width) for one in lines]
