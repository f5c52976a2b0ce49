"""Things that are on or off: switch, check box, radio button, and the large card one chooses by touch."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.keys import is_enter
from desktop.ui.common.look import Look

_WRAP = Qt.TextFlag.TextWordWrap


class _Mark(QAbstractButton):
    """What the three share: a drawn mark on the left, the words on the right, a ring around when focused."""

    mark = QSize(18, 18)

    def __init__(self, look: Look, text: str, *, checked: bool = False) -> None:
        super().__init__()
        self._look = look
        self.setCheckable(True)
        self.setChecked(checked)
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.theme.dress(self)
        look.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Ask for the mark and one line of words."""
        metrics = QFontMetrics(self.font())
        words = metrics.horizontalAdvance(self.text()) + 12 if self.text() else 4
        return QSize(self.mark.width() + words + 6, max(24, metrics.height() + 8))

    def minimumSizeHint(self) -> QSize:
        """Never clip a word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark, words and ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - self.mark.height()) / 2
        self.draw_mark(painter, QRectF(3, top, self.mark.width(), self.mark.height()))
        painter.setFont(self.font())
        painter.setPen(self._look.theme.color("t1" if self.isEnabled() else "t3"))
        words = self.rect().adjusted(self.mark.width() + 12, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.hasFocus():
            draw_ring(self._look, painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 5)
        painter.end()

    def draw_mark(self, painter: QPainter, place: QRectF) -> None:
        """Draw the part that shows whether it is on; each kind of toggle has its own."""


def draw_check(look: Look, painter: QPainter, place: QRectF, *, is_on: bool, is_usable: bool = True) -> None:
    """Draw a check box, with its tick where it is on; lists draw the same as single boxes."""
    theme = look.theme
    if not is_on:
        painter.setPen(QPen(theme.color("ctl" if is_usable else "line2"), 1.5))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(place.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("acc" if is_usable else "line2"))
    painter.drawRoundedRect(place, 4, 4)
    draw_icon(painter, place.adjusted(2, 2, -2, -2), "check", theme.color("onacc"))


class Switch(_Mark):
    """On or off at once, without a button that saves."""

    mark = QSize(36, 20)

    def draw_mark(self, painter: QPainter, place: QRectF) -> None:
        """Draw the track and the knob."""
        theme = self._look.theme
        on, usable = self.isChecked(), self.isEnabled()
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(theme.color("ctl" if usable else "line2"), 1.5))
        ground = "surface2" if not on else ("acc" if usable else "line2")
        painter.setBrush(theme.color(ground))
        inner = place if on else place.adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("onacc" if on else "ctl"))
        knob = place.right() - 10 if on else place.left() + 10
        painter.drawEllipse(QPointF(knob, place.center().y()), 6.5, 6.5)


class CheckBox(_Mark):
    """One of several things that may each be on."""

    def draw_mark(self, painter: QPainter, place: QRectF) -> None:
        """Draw the box and its tick."""
        draw_check(self._look, painter, place, is_on=self.isChecked(), is_usable=self.isEnabled())


class OptionCard(QAbstractButton):
    """A large card with icon, title and hint; pressed like a button, or chosen when made checkable."""

    def __init__(
        self,
        look: Look,
        title: str,
        hint: str = "",
        *,
        icon_name: str = "",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._hint, self._icon = look, hint, icon_name
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
        self.setCheckable(checkable)
        self.setAutoExclusive(checkable)
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
        """Return the height that title and hint need at a width."""
        room = max(60, width - self._left() - 14)
        return max(self._look.theme.px(64), self._height_of(room)[0] + self._height_of(room)[1] + 26)

    def sizeHint(self) -> QSize:
        """Ask for the width of two cards side by side in the help window."""
        return QSize(220, self.heightForWidth(220))

    def minimumSizeHint(self) -> QSize:
        """Be content with a narrow column."""
        return QSize(150, self._look.theme.px(64))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press a card that is pressed like a button."""
        if is_enter(event) and not self.isCheckable():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw card, icon and words."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        usable = self.isEnabled()
        if self._icon:
            side = theme.px(22)
            place = QRectF(15, (self.height() - side) / 2, side, side)
            draw_icon(painter, place, self._icon, theme.color("acc" if usable else "t3"))
        room = self.width() - self._left() - 14
        title, hint = self._height_of(room)
        top = (self.height() - title - hint - 2) / 2
        painter.setFont(theme.font("reading", BOLD))
        painter.setPen(theme.color("t1" if usable else "t3"))
        painter.drawText(QRectF(self._left(), top, room, title), _WRAP, self.text())
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("t3"))
        painter.drawText(QRectF(self._left(), top + title + 2, room, hint), _WRAP, self._hint)
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        theme = self._look.theme
        chosen = self.isChecked()
        ground = "sel" if chosen else ("hover" if self.underMouse() and self.isEnabled() else "surface")
        painter.setPen(QPen(theme.color("acc" if chosen else "line2"), 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), 7, 7)
        if self.hasFocus():
            draw_ring(self._look, painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 8)

    def _left(self) -> int:
        return self._look.theme.px(22) + 29 if self._icon else 16

    def _height_of(self, room: int) -> tuple[int, int]:
        theme = self._look.theme
        title = QFontMetrics(theme.font("reading", BOLD)).boundingRect(0, 0, room, 4000, _WRAP, self.text()).height()
        if not self._hint:
            return title, 0
        hint = QFontMetrics(theme.font("meta")).boundingRect(0, 0, room, 4000, _WRAP, self._hint).height()
        return title, hint
