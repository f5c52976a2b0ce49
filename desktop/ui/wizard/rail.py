"""The list beside the step: what was done and found out, where the run stands, what probably comes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.domain.wizard.outlook import steps_ahead
from desktop.ui.common.buttons import IconButton
from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.keys import is_enter
from desktop.ui.common.layouts import clear, row, show_all
from desktop.ui.common.look import Look
from desktop.ui.wizard.parts import MARKS, framed
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.words import Line, Mark, ahead, heading, lines_done

_ICON = 20
_MARGIN = 13
_GAP = 11


class RailRow(QToolButton):
    """One step of the list: mark, title, evidence; a step ahead can be started at."""

    def __init__(self, look: Look, line: Line, number: int, *, clickable: bool) -> None:
        super().__init__()
        self._look, self._line, self._number = look, line, number
        self.setAccessibleName(look.text(f"wizard.rail.{line.mark.value}", title=line.title))
        self.setAccessibleDescription(line.hint)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus)
        self.setEnabled(clickable or line.mark is not Mark.AHEAD)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not clickable)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hasHeightForWidth(self) -> bool:
        """Grow downwards with the words."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of title and evidence at a width."""
        title, hint = self._heights(width)
        return max(self._look.theme.px(38), title + hint + 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter choose the step."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, mark and words."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_now = self._line.mark is Mark.NOW
        if is_now or self.underMouse():
            painter.setBrush(theme.color("sel" if is_now else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        title, hint = self._heights(self.width())
        left = self._left()
        room = self.width() - left - 8
        self._draw_mark(painter, QRectF(_MARGIN, 9, theme.px(_ICON), theme.px(_ICON)))
        painter.setFont(theme.font("body", BOLD if is_now else MEDIUM))
        painter.setPen(theme.color("t2" if self._line.mark is Mark.AHEAD else "t1"))
        painter.drawText(QRectF(left, 9, room, title), Qt.TextFlag.TextWordWrap, self._line.title)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("t2"))
        painter.drawText(QRectF(left, 9 + title, room, hint), Qt.TextFlag.TextWordWrap, self._line.hint)
        if self.hasFocus():
            draw_ring(self._look, painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 6)
        painter.end()

    def _draw_mark(self, painter: QPainter, place: QRectF) -> None:
        theme = self._look.theme
        if self._line.mark in MARKS:
            name, tone, is_filled = MARKS[self._line.mark]
            draw_icon(painter, place, name, theme.color(tone), filled=is_filled)
            return
        is_now = self._line.mark is Mark.NOW
        painter.setPen(Qt.PenStyle.NoPen if is_now else QPen(theme.color("line2"), 1))
        painter.setBrush(theme.color("acc" if is_now else "surface"))
        painter.drawEllipse(place)
        painter.setPen(theme.color("onacc" if is_now else "t2"))
        painter.setFont(theme.font("caption", BOLD))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _left(self) -> int:
        return _MARGIN + self._look.theme.px(_ICON) + _GAP

    def _heights(self, width: int) -> tuple[int, int]:
        room = max(60, width - self._left() - 8)
        theme = self._look.theme
        title = _height(theme.font("body", BOLD), self._line.title, room)
        return title, _height(theme.font("meta"), self._line.hint, room) if self._line.hint else 0


class StepRail(QWidget):
    """All lines of a run; `wanted` names a step ahead to start at, `disputed` one that is not true."""

    wanted = Signal(str)
    disputed = Signal(str)

    def __init__(self, look: Look, *, is_review: bool = False) -> None:
        """Show with `look`; where a run that is over is only looked at, nothing of it can be contradicted."""
        super().__init__()
        self._is_review = is_review
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(8, 10, 8, 10)
        self._lines.setSpacing(4)

    def show_run(self, session: RunSession) -> None:
        """Draw the list anew."""
        clear(self._lines)
        done = lines_done(self._look, session.scene, session.state)
        for number, line in enumerate(done, start=1):
            self._add(line, number, clickable=False)
        step = session.step
        now = Line(step.id, Mark.NOW, heading(self._look, step), self._look.text("wizard.rail.hint_now"))
        self._add(now, len(done) + 1, clickable=False)
        if not session.state.phase.is_over:
            steps = session.scene.wizard(session.state).steps
            for number, name in enumerate(steps_ahead(session.scene, session.state), start=len(done) + 2):
                title = ahead(self._look, session.scene, steps[name])
                self._add(Line(name, Mark.AHEAD, title, ""), number, clickable=True)
        self._lines.addStretch(1)
        show_all(self._lines)

    def _add(self, line: Line, number: int, *, clickable: bool) -> None:
        one = RailRow(self._look, line, number, clickable=clickable)
        one.clicked.connect(lambda: self.wanted.emit(line.step))
        if self._is_review or not line.can_dispute:
            self._lines.addWidget(one)
            return
        name = self._look.text("wizard.not_true_of", fact=line.title)
        doubt = IconButton(self._look, "x", name, small=True, clicked=lambda: self.disputed.emit(line.step))
        doubt.set_icon("x", "t3")
        both = row(one, doubt, spacing=2)
        both.setStretch(0, 1)
        self._lines.addWidget(framed(both))


def _height(font: QFont, text: str, room: int) -> int:
    return QFontMetrics(font).boundingRect(0, 0, room, 4000, Qt.TextFlag.TextWordWrap, text).height()
