"""The top of a ticket: number, title, what one can do, and the four properties with their menus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.rows import TechnicianRow, TicketPage
from desktop.domain.ticket import CATEGORIES, Priority, StateType
from desktop.ui.common.buttons import Button, ChoiceButton, IconButton
from desktop.ui.common.fonts import BOLD, MEDIUM
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel, plain_label, set_tone, set_tooltip
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.priority_mark import PriorityMark
from desktop.ui.desk.ticket_delegate import clock_of
from desktop.ui.desk.ticket_model import state_text

_DOTS = {StateType.NEW: "grn", StateType.OPEN: "acc", StateType.WAITING: "amb"}
_WIDE = 580
"""Logical pixels from which everything has room beside each other."""
CHECKLIST_BUTTON = "header.checklist"
"""The object name of the button below which the checklists are offered."""
_OPEN_STATES = (StateType.OPEN, StateType.WAITING, StateType.SOLVED, StateType.CLOSED)


class _WholeLabel(ElidedLabel):
    """A remark that is shown whole or not at all: "· aus …" says nothing."""

    def minimumSizeHint(self) -> QSize:
        """Need no room."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text only where all of it fits."""
        if self.width() >= QFontMetrics(self.font()).horizontalAdvance(self.text):
            super().paintEvent(event)


class TicketHeader(QFrame):
    """Tells by signals what the user wants; shows only what the page gives it."""

    command_wanted = Signal(str)
    status_chosen = Signal(object)
    priority_chosen = Signal(object)
    assignee_chosen = Signal(str)
    category_chosen = Signal(str)
    back_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._make_top()
        self._title = ElidedLabel(look, size="title", weight=BOLD)
        self._make_properties()
        self._top = row(
            self.back, self._number, self._source, None, self.checklist, self.handover, self.solve, self.more
        )
        self._top.setStretchFactor(self._source, 1)
        self.setLayout(column(self._top, self._title, self._properties, spacing=7, margins=(18, 11, 18, 11)))

    def show_ticket(self, page: TicketPage, technicians: Sequence[TechnicianRow]) -> None:
        """Show a ticket."""
        look, ticket = self._look, page.row
        self._number.setText(ticket.number)
        channel = look.text(f"header.from.{page.channel.value}")
        self._source.set_text(f"· {channel}")
        self._title.set_text(ticket.title)
        active = ticket.state_type.is_active
        self.checklist.setVisible(active)
        self.handover.setVisible(active)
        self._is_active = active
        self.solve.set_text(look.text("header.solve" if active else "header.reopen"))
        self.solve.set_icon("check" if active else "arrow-counter-clockwise")
        self._show_properties(page, technicians)
        self._show_clock(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make do with less room: the clock goes up, two buttons show only their icons."""
        super().resizeEvent(event)
        self._set_narrow(is_narrow=event.size().width() < self._look.theme.px(_WIDE))

    def set_more_menu(self, menu: QMenu) -> None:
        """Give the three dots their menu."""
        self.more.setMenu(menu)

    def _set_narrow(self, *, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        look = self._look
        for button, code in ((self.checklist, "header.checklist"), (self.handover, "header.handover")):
            button.set_text("" if is_narrow else look.text(code))
            button.setAccessibleName(look.text(code))
            button.setToolTip(look.text(code) if is_narrow else "")
        self._source.setVisible(not is_narrow)
        self._due_label.setVisible(not is_narrow)
        target, place = (self._top, 3) if is_narrow else (self._properties, self._properties.count())
        target.insertWidget(place, self._due_box)

    def _make_top(self) -> None:
        look = self._look
        self._is_active = True
        self._is_narrow = False
        self.back = IconButton(look, "arrow-left", look.text("header.back"), small=True, clicked=self.back_wanted.emit)
        self.back.hide()
        self._number = plain_label(look, size="meta", weight=MEDIUM, tone="t3", selectable=True)
        self._source = _WholeLabel(look, size="meta", tone="t3")
        self.checklist = Button(look, look.text("header.checklist"), icon_name="check-square", small=True)
        self.checklist.setObjectName(CHECKLIST_BUTTON)
        self.checklist.clicked.connect(lambda: self.command_wanted.emit("ticket.checklist"))
        self.handover = Button(look, look.text("header.handover"), icon_name="arrow-bend-up-right", small=True)
        self.handover.clicked.connect(lambda: self.command_wanted.emit("ticket.handover"))
        self.solve = Button(look, look.text("header.solve"), icon_name="check", small=True)
        self.solve.clicked.connect(self._on_solve)
        self.more = IconButton(look, "dots-three", look.text("header.more"), small=True)

    def _make_properties(self) -> None:
        look = self._look
        self._dot = IconLabel(look.theme, "circle", "acc", size=12, filled=True)
        self._mark = PriorityMark(look)
        self.status = self._property("status")
        self.status.chosen.connect(self._on_status)
        self.priority = self._property("priority")
        self.priority.chosen.connect(self._on_priority)
        self.assignee = self._property("assignee")
        self.assignee.chosen.connect(self.assignee_chosen)
        self.category = self._property("category")
        self.category.set_choices([(one, look.text(f"category.{one}")) for one in CATEGORIES])
        self.category.chosen.connect(self.category_chosen)
        self._due_label = plain_label(look, size="caption", tone="t3")
        self._due_icon = IconLabel(look.theme, "clock", "t3", size=16)
        self._due = plain_label(look, weight=BOLD)
        columns = (
            self._column("status", self.status, self._dot),
            self._column("priority", self.priority, self._mark),
            self._column("assignee", self.assignee),
            self._column("category", self.category),
        )
        self._due_box = QWidget()
        clock = row(None, self._due_icon, self._due, spacing=4)
        self._due_box.setLayout(column(row(None, self._due_label), clock, spacing=2))
        self._properties = row(*columns, None, self._due_box, spacing=16)

    def _property(self, name: str) -> ChoiceButton:
        button = ChoiceButton(self._look, self._look.text(f"header.{name}"), kind="property")
        button.setObjectName(f"property.{name}")
        return button

    def _column(self, name: str, button: ChoiceButton, mark: IconLabel | PriorityMark | None = None) -> QVBoxLayout:
        label = plain_label(self._look, self._look.text(f"header.{name}"), size="caption", tone="t3")
        label.setBuddy(button)
        items = (button,) if mark is None else (mark, button)
        return column(label, row(*items, None, spacing=7), spacing=1)

    def _show_properties(self, page: TicketPage, technicians: Sequence[TechnicianRow]) -> None:
        look, ticket = self._look, page.row
        shown = (ticket.state_type, *(one for one in _OPEN_STATES if one is not ticket.state_type))
        states = shown if ticket.state_type.is_active else (ticket.state_type, StateType.OPEN, StateType.CLOSED)
        choices = {one.value: look.text(f"state.{one.value}") for one in states}
        self.status.set_choices(list(choices.items()))
        self.status.set_value(ticket.state_type.value, state_text(look, ticket))
        self._dot.set_icon("circle", _DOTS.get(ticket.state_type, "t3"), filled=True)
        proposal = look.text(f"priority.{page.proposed_priority.code}")
        priorities = [(one.code, look.text(f"priority.{one.code}")) for one in Priority]
        self.priority.set_choices([*priorities, ("", look.text("header.proposed_priority", priority=proposal))])
        self.priority.set_value(ticket.priority.code)
        set_tooltip(self.priority, one_line(page.priority_reason))
        self._mark.set_priority(ticket.priority)
        people = [(one.id, one_line(one.name, 60)) for one in technicians]
        self.assignee.set_choices([*people, ("", look.text("header.nobody"))])
        self.assignee.set_value(page.assignee_id, one_line(ticket.assignee_name, 40) or look.text("header.nobody"))
        self.category.set_value(ticket.category)
        for one in (self.priority, self.assignee, self.category):
            one.setEnabled(ticket.state_type.is_active)

    def _show_clock(self, page: TicketPage) -> None:
        clock = clock_of(self._look, page.row)
        self._due_box.setVisible(clock is not None)
        if clock is None:
            return
        due_at = page.row.due_at
        runs = due_at is not None and page.row.state_type in (StateType.NEW, StateType.OPEN)
        label = self._look.formats.moment(due_at) if runs and due_at else ""
        says_when = runs and clock.is_pressing
        self._due_label.setText(self._look.text("header.due", moment=label) if says_when else self._due_name(runs=runs))
        self._due.setText(clock.text)
        set_tone(self._due, clock.tone)
        self._due_icon.set_icon(clock.icon, clock.tone)

    def _due_name(self, *, runs: bool) -> str:
        return self._look.text("header.solution" if runs else "header.clock")

    def _on_solve(self) -> None:
        self.command_wanted.emit("ticket.solve" if self._is_active else "ticket.reopen")

    def _on_status(self, value: str) -> None:
        self.status_chosen.emit(StateType(value))

    def _on_priority(self, code: str) -> None:
        self.priority_chosen.emit(Priority[code.upper()] if code else None)
