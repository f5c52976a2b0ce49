"""The column on the left: our mark, the steps with their state, and how long it takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.common.fonts import BOLD, MEDIUM, REGULAR
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column
from desktop.ui.common.look import Look


class StepRow(QWidget):
    """One step: number or tick in a circle, and its title."""

    def __init__(self, look: Look, number: int, title: str) -> None:
        super().__init__()
        self._look, self._number, self._title = look, number, title
        self.state = "ahead"
        self.setFixedHeight(38)

    def set_state(self, state: str) -> None:
        """Show the step as ahead, current or done."""
        self.state = state
        self.setAccessibleName(self._look.text(f"setup.step.state.{state}", title=self._title))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle and title."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(0, (self.height() - 20) / 2, 20, 20)
        self._draw_mark(painter, circle)
        painter.setFont(theme.font("body", BOLD if self.state == "current" else REGULAR))
        painter.setPen(theme.color("t1" if self.state == "current" else "t2"))
        words = self.rect().adjusted(32, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.end()

    def _draw_mark(self, painter: QPainter, circle: QRectF) -> None:
        theme = self._look.theme
        if self.state == "done":
            draw_icon(painter, circle, "check-circle", theme.color("grn"), filled=True)
            return
        is_current = self.state == "current"
        painter.setPen(Qt.PenStyle.NoPen if is_current else theme.color("ctl"))
        painter.setBrush(theme.color("acc" if is_current else "side"))
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(theme.font("caption", MEDIUM))
        painter.setPen(theme.color("onacc" if is_current else "t2"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))


class Mark(QWidget):
    """Our sign: a white plus on petrol."""

    def __init__(self, look: Look, side: int = 40) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rounded square and the plus."""
        side = self.width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.color("acc"))
        painter.drawRoundedRect(QRectF(0, 0, side, side), side / 5, side / 5)
        painter.setBrush(self._look.theme.color("onacc"))
        bar, arm = side * 0.17, side * 0.62
        painter.drawRoundedRect(QRectF((side - arm) / 2, (side - bar) / 2, arm, bar), 2, 2)
        painter.drawRoundedRect(QRectF((side - bar) / 2, (side - arm) / 2, bar, arm), 2, 2)
        painter.end()


class StepColumn(QFrame):
    """The steps of the set-up beside the page."""

    def __init__(self, look: Look, titles: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("ground", "side")
        self.setProperty("edge", "right")
        self.setFixedWidth(look.theme.px(204))
        self.rows = [StepRow(look, number, title) for number, title in enumerate(titles, 1)]
        duration = plain_label(look, look.text("setup.duration"), size="meta", tone="t3", wrap=True)
        self.setLayout(column(Mark(look), 18, *self.rows, None, duration, spacing=0, margins=(20, 24, 20, 24)))

    def set_at(self, at: int) -> None:
        """Mark the steps before `at` as done and `at` itself as current; counts from 0."""
        for place, one in enumerate(self.rows):
            one.set_state("done" if place < at else "current" if place == at else "ahead")
