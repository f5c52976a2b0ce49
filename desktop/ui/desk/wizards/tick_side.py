"""The left side of a list of ticks: name, progress, whether the ticket waits for it, and its sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from desktop.domain.wizard.ticks import TickList, progress
from desktop.ui.common.controls import MarkChip
from desktop.ui.common.focus_ring import draw_ring
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import draw_icon
from desktop.ui.common.keys import is_enter
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling, show_all
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.wizards.side_parts import be_side, thin_bar, way_back
from desktop.ui.desk.wizards.tick_words import by_diagnosis, count, remaining

_WRAP = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class SectionCount:
    """A heading of the list with how many of its items are behind one; `first` is its first item."""

    first: str
    title: str
    done: int
    total: int


class TickSide(QFrame):
    """Shows where a list stands; `wanted` names the first item of a section that was clicked."""

    wanted = Signal(str)

    def __init__(self, look: Look, ticket_number: str, *, left: Callable[[], object]) -> None:
        super().__init__()
        self._look = look
        be_side(self, look)
        back = way_back(look, ticket_number, left)
        self._name = plain_label(look, size="pane", weight=BOLD, wrap=True)
        self._count = plain_label(look, size="meta", tone="t2")
        self._missing = plain_label(look, size="meta", tone="t2")
        self.bar = thin_bar()
        self._must = MarkChip(look, look.text("ticks.mandatory"), "amb", "lock")
        self._sections = column(spacing=2, margins=(8, 10, 8, 10))
        self._found = plain_label(look, size="meta", tone="t2", wrap=True)
        head = column(
            row(back, None), self._name, row(self._count, None, self._missing), self.bar, row(self._must, None),
            spacing=6, margins=(16, 12, 16, 14),
        )  # fmt: skip
        keys = plain_label(look, look.text("ticks.keys"), size="meta", tone="t3", wrap=True)
        foot = pane(column(self._found, keys, margins=(16, 12, 16, 12)), edge="top")
        rail = QWidget()
        rail.setProperty("ground", "surface")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rail.setLayout(self._sections)
        layout = column(pane(head, edge="bottom"), scrolling(rail), foot, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_list(self, ticks: TickList, sections: Sequence[SectionCount], *, can_change: bool) -> None:
        """Draw the list's present state."""
        look, at = self._look, progress(ticks)
        self._name.setText(one_line(ticks.title.say(look.texts.language), 200))
        self._count.setText(count(look, ticks))
        self._missing.setText(remaining(look, ticks))
        self.bar.setRange(0, max(1, at.total))
        self.bar.setValue(at.done)
        self.bar.setAccessibleName(look.text("ticks.progress", count=count(look, ticks)))
        self._must.setVisible(ticks.blocks and can_change)
        self._found.setText(by_diagnosis(look, ticks))
        clear(self._sections)
        for one in sections if len(sections) > 1 else ():
            link = SectionLink(look, one)
            link.clicked.connect(lambda _on=False, first=one.first: self.wanted.emit(first))
            self._sections.addWidget(link)
        self._sections.addStretch(1)
        show_all(self._sections)


class SectionLink(QToolButton):
    """One heading of the list; a click scrolls there."""

    def __init__(self, look: Look, section: SectionCount) -> None:
        super().__init__()
        self._look, self._section = look, section
        self._count = look.text("ticks.count", done=section.done, total=section.total)
        self.setAccessibleName(look.text("ticks.section", title=section.title, count=self._count))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hasHeightForWidth(self) -> bool:
        """Grow downwards with the words."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of title and count at a width."""
        return max(self._look.theme.px(38), self._title_height(width) + self._line() + 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go there."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, mark and words."""
        theme, one = self._look.theme, self._section
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        is_done, side = one.done == one.total, theme.px(18)
        name, tone = ("check-circle", "grn") if is_done else ("circle-dashed" if one.done else "circle", "ctl")
        draw_icon(painter, QRectF(12, 10, side, side), name, theme.color(tone), filled=is_done)
        room, title = self._room(self.width()), self._title_height(self.width())
        painter.setFont(theme.font("body", MEDIUM))
        painter.setPen(theme.color("t2" if is_done else "t1"))
        painter.drawText(QRectF(self._indent(), 9, room, title), _WRAP, one.title)
        painter.setFont(theme.font("meta"))
        painter.setPen(theme.color("t2"))
        painter.drawText(QRectF(self._indent(), 9 + title, room, self._line()), _WRAP, self._count)
        if self.hasFocus():
            draw_ring(self._look, painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 6)
        painter.end()

    def _indent(self) -> int:
        return 12 + self._look.theme.px(18) + 11

    def _room(self, width: int) -> int:
        return max(60, width - self._indent() - 8)

    def _title_height(self, width: int) -> int:
        metrics = QFontMetrics(self._look.theme.font("body", MEDIUM))
        return metrics.boundingRect(0, 0, self._room(width), 4000, _WRAP, self._section.title).height()

    def _line(self) -> int:
        return QFontMetrics(self._look.theme.font("meta")).height()
