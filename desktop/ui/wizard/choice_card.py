"""A wide row to choose by touch: icon or radio mark on the left, title, and a line below that says what follows."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.keys import is_enter
from desktop.ui.common.look import Look

_WRAP = Qt.TextFlag.TextWordWrap
_PADDING = 10
_MARK = 20


class ChoiceCard(QAbstractButton):
    """One of several ways to go on; with `checkable` it is chosen first and taken by another button.

    Without, one click answers: such rows are plain buttons, because the arrow keys would click a row of a radio group.
    `proposed` marks the one that the facts speak for.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        hint: str = "",
        *,
        icon_name: str = "",
        tone: str = "acc",
        checkable: bool = False,
        several: bool = False,
        proposed: bool = False,
    ) -> None:
        super().__init__()
        self.is_proposed = proposed
        self._look, self._hint, self._icon, self._tone, self._several = look, hint, icon_name, tone, several
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
        self.setCheckable(checkable)
        self.setAutoExclusive(checkable and not several)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.theme.changed.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        """Grow downwards where the words need more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that title and hint need at a width; never below the 40 px of a touch target."""
        title, hint = self._heights(self._room(width))
        return max(self._look.theme.px(44), title + hint + 2 * _PADDING + (2 if hint else 0))

    def sizeHint(self) -> QSize:
        """Ask for a column's width."""
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        """Be content with a narrow window."""
        return QSize(160, self._look.theme.px(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter answer where one click does."""
        if is_enter(event) and not self.isCheckable():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, mark and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        side = self._look.theme.px(_MARK)
        top = (self.height() - side) / 2 if not self._hint else _PADDING + 2
        self._draw_mark(painter, QRectF(16, top, side, side))
        self._draw_words(painter)
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        theme = self._look.theme
        is_chosen = self.isChecked() or self.is_proposed
        ground = "accbg" if is_chosen else ("hover" if self.underMouse() and self.isEnabled() else "surface")
        painter.setPen(QPen(theme.color("acc" if is_chosen else "line2"), 2 if is_chosen else 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 7, 7)
        if self.hasFocus():
            draw_ring(self._look, painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 8)

    def _draw_mark(self, painter: QPainter, place: QRectF) -> None:
        theme = self._look.theme
        if self._icon:
            draw_icon(painter, place, self._icon, theme.color(self._tone))
        elif self._several:
            name = "check-square" if self.isChecked() else "square"
            draw_icon(painter, place, name, theme.color("acc" if self.isChecked() else "ctl"), filled=self.isChecked())
        else:
            is_chosen = self.isChecked() or self.is_proposed
            painter.setPen(QPen(theme.color("acc" if is_chosen else "ctl"), 5.5 if is_chosen else 1.5))
            painter.setBrush(theme.color("surface"))
            inset = 3.5 if is_chosen else 1.5
            painter.drawEllipse(QPointF(place.center()), place.width() / 2 - inset, place.width() / 2 - inset)

    def _draw_words(self, painter: QPainter) -> None:
        theme = self._look.theme
        room = self._room(self.width())
        title, hint = self._heights(room)
        top = (self.height() - title - hint - (2 if hint else 0)) / 2
        painter.setFont(theme.font("reading", MEDIUM))
        painter.setPen(theme.color("t1" if self.isEnabled() else "t3"))
        painter.drawText(QRectF(self._left(), top, room, title), _WRAP, self.text())
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("t2"))
        painter.drawText(QRectF(self._left(), top + title + 2, room, hint), _WRAP, self._hint)

    def _left(self) -> int:
        return self._look.theme.px(_MARK) + 26

    def _room(self, width: int) -> int:
        return max(60, width - self._left() - 14)

    def _heights(self, room: int) -> tuple[int, int]:
        return self._height_of("reading", MEDIUM, self.text(), room), self._height_of("meta", 400, self._hint, room)

    def _height_of(self, size: str, weight: int, text: str, room: int) -> int:
        metrics = QFontMetrics(self._look.theme.font(size, weight))
        return metrics.boundingRect(0, 0, room, 4000, _WRAP, text).height() if text else 0
