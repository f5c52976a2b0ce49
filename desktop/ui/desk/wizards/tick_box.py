"""The large mark of an item with its words beside: one press ticks it or takes the tick back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.domain.wizard.ticks import TickState
from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import MEDIUM
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.keys import is_enter
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import breakable

_WRAP = Qt.TextFlag.TextWordWrap
_PADDING, _MARK, _LEFT = 11, 22, 14
_MARKS = {
    TickState.OPEN: ("square", "ctl", False),
    TickState.DONE: ("check-square", "grn", True),
    TickState.NOT_NEEDED: ("prohibit", "t3", False),
}
"""Icon, colour and whether it is filled: a shape for every state, never the colour alone."""
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}


class TickBox(QAbstractButton):
    """Shows an item's state; it changes only through `show_item`, because what is shown is what was saved."""

    moved = Signal(int)
    """The arrow keys go on: how many items down, or up where it is negative."""
    folded = Signal(bool)
    """Fold (True) or unfold what belongs to the item, by the arrows to the side."""
    turned = Signal()
    """Enter: the other of the two."""
    left_out = Signal()
    """N: this one is not needed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._state, self._hint = look, TickState.OPEN, ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.theme.changed.connect(self.updateGeometry)

    def show_item(self, state: TickState, text: str, hint: str, spoken: str) -> None:
        """Show an item as it is now; `spoken` is what a screen reader says of it."""
        self._state, self._hint = state, breakable(hint)
        self.setText(breakable(text))
        self.setChecked(state is TickState.DONE)
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(hint)
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """Leave the mark as it is: the press is a wish, and the answer of the store draws it."""

    def hasHeightForWidth(self) -> bool:
        """Grow downwards where the words need more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of text and hint at a width; never below what a finger needs."""
        text, hint = self._heights(self._room(width))
        return max(self._look.theme.px(46), text + hint + 2 * _PADDING + (2 if hint else 0))

    def sizeHint(self) -> QSize:
        """Ask for a column's width."""
        return QSize(420, self.heightForWidth(420))

    def minimumSizeHint(self) -> QSize:
        """Be content with a narrow window."""
        return QSize(180, self._look.theme.px(46))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let arrows walk and fold, Enter unfold, N leave out; Space ticks as in every box."""
        key, alone = (
            event.key(),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        if not alone:
            super().keyPressEvent(event)
        elif key in _MOVES:
            self.moved.emit(_MOVES[Qt.Key(key)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.folded.emit(key == Qt.Key.Key_Left)
        elif is_enter(event):
            self.turned.emit()
        elif key == Qt.Key.Key_N:
            self.left_out.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark, words and ring."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        room = self._room(self.width())
        text, hint = self._heights(room)
        top = (self.height() - text - hint - (2 if hint else 0)) / 2
        name, tone, is_filled = _MARKS[self._state]
        side, line = theme.px(_MARK), QFontMetrics(self._font()).height()
        draw_icon(
            painter, QRectF(_LEFT, top + (line - side) / 2, side, side), name, theme.color(tone), filled=is_filled
        )
        painter.setFont(self._font())
        painter.setPen(theme.color("t1" if self._state is TickState.OPEN else "t2"))
        painter.drawText(QRectF(self._indent(), top, room, text), _WRAP, self.text())
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("t2"))
        painter.drawText(QRectF(self._indent(), top + text + 2, room, hint), _WRAP, self._hint)
        if self.hasFocus():
            draw_ring(self._look, painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 7)
        painter.end()

    def _font(self) -> QFont:
        return self._look.theme.font("reading", MEDIUM)

    def _indent(self) -> int:
        return _LEFT + self._look.theme.px(_MARK) + 12

    def _room(self, width: int) -> int:
        return max(60, width - self._indent() - 8)

    def _heights(self, room: int) -> tuple[int, int]:
        return _height(self._font(), self.text(), room), _height(self._look.theme.font("meta"), self._hint, room)


def _height(font: QFont, text: str, room: int) -> int:
    return QFontMetrics(font).boundingRect(0, 0, room, 4000, _WRAP, text).height() if text else 0
