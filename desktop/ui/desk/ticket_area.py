"""List, ticket and context panel side by side, or one after the other where the window is narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop.base.errors import AppError
from desktop.domain.views import fitting_views
from desktop.ui.common.buttons import Button
from desktop.ui.common.layouts import clear, column
from desktop.ui.desk import use_cases
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.empty_state import EmptyState
from desktop.ui.desk.ticket_list import ListPage, TicketListPane

if TYPE_CHECKING:
    from desktop.base.changes import Changes
    from desktop.domain.list_rows import TechnicianRow, TicketRow
    from desktop.domain.rows import TicketPage
    from desktop.domain.wizard.definition import Wizard
    from desktop.ui.desk.ticket_page import TicketView

NARROW_WINDOW = 1100
"""Width of the window in logical pixels below which list and ticket take turns."""
NARROW = 850
"""Width of this area, at a text size of 100 %, below which they do so in any window."""
WITH_PANEL = 976
"""Width from which the context panel has room (1180 with the navigation)."""
_LIST_WIDTH = 350
_PANEL_WIDTH = 284
_LONGEST = 400  # tickets that are read again in one go, so that a list which was scrolled down stays as long as it was


class TicketArea(QWidget):
    """One view of tickets; reloads its list when `Changes` touch tickets."""

    page_shown = Signal(object)
    ticket_made = Signal(object)
    """The `TicketView`, once it exists."""
    command_wanted = Signal(str)
    view_opened = Signal(str)
    """The view that is shown now because a ticket was opened that is not in the one before."""
    list_key_pressed = Signal(str)
    call_wanted = Signal()

    def __init__(self, context: DeskContext, wizards: Callable[[], Mapping[str, Wizard]]) -> None:
        super().__init__()
        self._context, self._look = context, context.look
        self.view = "inbox"
        self._query = ""
        self._is_panel_wanted = True
        self._listed = ("", "")
        self._is_reading_ticket = False
        self._shall_fit_view = False
        self.list = TicketListPane(self._look)
        self._wizards = wizards
        self._ticket: TicketView | None = None
        self._technicians: Sequence[TechnicianRow] = ()
        self.nothing = EmptyState(self._look, icon_name="ticket", ground="surface2")
        self.nothing.say(self._look.text("ticket.none"), self._look.text("ticket.none_hint"))
        self._detail = QStackedWidget()
        self._detail.addWidget(self.nothing)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for part in (self.list, self._detail):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        px = self._look.theme.px
        self.splitter.setSizes([px(_LIST_WIDTH), px(600) + px(_PANEL_WIDTH)])
        self._fault = column()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.splitter)
        self.setLayout(column(self._fault, self._stack, spacing=0))
        self._name_list()
        self._connect()

    @cached_property
    def empty(self) -> EmptyState:
        """Return the page of a view without tickets, made when a view is first empty."""
        empty = EmptyState(self._look)
        self._stack.addWidget(empty)
        return empty

    @property
    def ticket(self) -> TicketView:
        """Return the ticket page, made when it is first needed: the first picture shows only the list."""
        if self._ticket is None:
            self._ticket = self._make_ticket()
        return self._ticket

    @property
    def page(self) -> TicketPage | None:
        """Return the ticket that is shown."""
        return self._ticket.page if self._ticket is not None else None

    def _make_ticket(self) -> TicketView:
        from desktop.ui.desk.ticket_page import TicketView

        ticket = TicketView(self._context, self._wizards)
        self._detail.addWidget(ticket)
        px, left = self._look.theme.px, self.list.width()
        self.splitter.addWidget(ticket.panel)
        ticket.panel.hide()
        self.splitter.setSizes([left, self.splitter.width() - left - px(_PANEL_WIDTH), px(_PANEL_WIDTH)])
        ticket.set_technicians(self._technicians)
        ticket.shown.connect(self._on_shown)
        ticket.command_wanted.connect(self.command_wanted)
        ticket.back_wanted.connect(self.go_back)
        self.ticket_made.emit(ticket)
        return ticket

    def show_first(self, view: str, page: ListPage) -> None:
        """Show what was read before anything else was loaded."""
        self.view = view
        self._name_list()
        self.list.show_page(page)

    def open_view(self, view: str) -> None:
        """Show another view from its start."""
        if view != self.view:
            self._change_view(view)
        self._is_reading_ticket = False
        self._fit()
        self.reload()

    def _change_view(self, view: str) -> None:
        self.view = view
        self._query = ""
        self.list.clear_filter()
        self.list.view.verticalScrollBar().setValue(0)
        self._name_list()

    def reload(self) -> None:
        """Read the list again, as far as it has been read before."""
        view, query = self.view, self._query
        before = len(self.list.model.rows) if self._listed == (view, query) else 0
        self._context.read(
            use_cases.listing(view, query=query, limit=min(before, _LONGEST)),
            owner=self,
            done=lambda page: self._on_page(view, query, page),
            failed=self._on_fault,
        )

    def open_ticket(self, ticket: str) -> None:
        """Show a ticket; where it is not in this view, a view that has it is shown as well."""
        self._is_reading_ticket = True
        self._shall_fit_view = True
        self._stack.setCurrentWidget(self.splitter)
        self.list.choose(ticket, silent=True)
        self._detail.setCurrentWidget(self.ticket)
        self.ticket.open(ticket)
        self._fit_view()
        self._fit()

    def step(self, by: int) -> None:
        """Go to the next or the previous ticket of the list."""
        current = self.list.current or (self.page.row.id if self.page else "")
        wanted = self.list.model.neighbour(current, by)
        if wanted:
            self.list.choose(wanted)

    def toggle_panel(self) -> None:
        """Show or hide the context panel."""
        self._is_panel_wanted = self.ticket.panel.isHidden()
        self._fit(forced=True)

    def go_back(self) -> None:
        """From the ticket to the list, where they take turns."""
        self._is_reading_ticket = False
        self._fit()
        self.list.view.setFocus()

    def set_technicians(self, technicians: Sequence[TechnicianRow]) -> None:
        """Tell who tickets can be given to."""
        self._technicians = technicians
        if self._ticket is not None:
            self._ticket.set_technicians(technicians)

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """Return where F6 stops, in its order."""
        parts: tuple[QWidget, ...] = (self.list.view,)
        if self._ticket is not None:
            ticket = self._ticket
            parts += (ticket.header.status, ticket.timeline, ticket.composer.editor, ticket.panel)
        return tuple(one for one in parts if one.isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let list and ticket take turns where there is no room for both."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self._context.bus.changed.connect(self._on_changed)
        self.list.ticket_chosen.connect(self._on_chosen)
        self.list.ticket_opened.connect(self._on_opened)
        self.list.ticket_entered.connect(self._on_entered)
        self.list.more_wanted.connect(self._on_more)
        self.list.filter_changed.connect(self._on_filter)
        self.list.letter_pressed.connect(self.list_key_pressed)

    def _fit(self, *, forced: bool = False) -> None:
        is_narrow = self.window().width() < NARROW_WINDOW or self.width() < self._look.theme.px(NARROW)
        ticket = self._ticket
        had_keyboard = self.list.view.hasFocus()
        self.list.setVisible(not is_narrow or not self._is_reading_ticket)
        self.list.setMaximumWidth(520 if not is_narrow else 16_777_215)
        self._detail.setVisible(not is_narrow or self._is_reading_ticket)
        if ticket is None:
            return
        ticket.header.back.setVisible(is_narrow)
        if had_keyboard and self.list.isHidden():
            ticket.timeline.setFocus()  # else the keyboard would land on whatever comes first in the window
        has_ticket = self._detail.currentWidget() is ticket
        room = self.width() >= self._look.theme.px(WITH_PANEL) or (forced and self._detail.isVisible())
        ticket.panel.setVisible(has_ticket and self._is_panel_wanted and room)

    def _name_list(self) -> None:
        self.list.set_title(self._look.text(f"view.{self.view}"))

    def _on_page(self, view: str, query: str, page: ListPage) -> None:
        if (view, query) != (self.view, self._query):
            return
        clear(self._fault)
        page = self._with_open_ticket(page)
        self.list.show_page(page, keep=self._ticket.wanted if self._ticket is not None else "")
        if page.rows:
            self._stack.setCurrentWidget(self.splitter)
        else:
            self._say_empty(query)

    def _with_open_ticket(self, page: ListPage) -> ListPage:
        """Keep the ticket that is being read where it stood, though it may just have left the view by that."""
        before, ids = self.list.model.rows, {one.id for one in page.rows}
        place = next((at for at, one in enumerate(before) if self.page and one.id == self.page.row.id), -1)
        is_reading = self._detail.currentWidget() is self._ticket and self._listed == (self.view, self._query)
        self._listed = (self.view, self._query)
        if self.page is None or place < 0 or not is_reading or self.page.row.id in ids:
            return page
        above = next((one.id for one in reversed(before[:place]) if one.id in ids), "")
        at = next((number for number, one in enumerate(page.rows, start=1) if one.id == above), 0)
        return page._replace(rows=(*page.rows[:at], self.page.row, *page.rows[at:]))

    def _fit_view(self) -> None:
        """Go to a view that has the ticket somebody asked for, where the list does not show it."""
        page = self.page
        if page is None or not self._shall_fit_view or not self.ticket.is_shown(page):
            return
        self._shall_fit_view = False
        if any(one.id == page.row.id for one in self.list.model.rows):
            return
        me = next((one.id for one in self._technicians if one.is_me), "")
        fitting = fitting_views(page.row, is_mine=bool(me) and page.assignee_id == me, now=self._context.clock())
        view = self.view if self.view in fitting else fitting[0]
        if view != self.view or self._query:
            self._change_view(view)
            self.reload()
            self.view_opened.emit(view)

    def _say_empty(self, query: str) -> None:
        look = self._look
        if query:
            again = Button(look, look.text("list.show_all"), small=True, clicked=self.list.clear_filter)
            self.list.say_empty(look.text("list.nothing"), look.text("list.nothing_for", text=query), (again,))
            return
        call = Button(look, look.text("empty.call"), icon_name="phone", clicked=self.call_wanted.emit)
        invite = Button(look, look.text("empty.invite"), icon_name="laptop")
        invite.clicked.connect(lambda: self.command_wanted.emit("device.invite"))
        code = "empty.inbox" if self.view == "inbox" else f"empty.{self.view}"
        focused = self.window().focusWidget()
        had_keyboard = focused is self.list.view or self.empty in _line_of(focused)
        self.empty.say(look.text(f"{code}.title"), look.text(f"{code}.text"), buttons=(call, invite))
        if self.page is None or not self._is_reading_ticket:
            self._stack.setCurrentWidget(self.empty)
            if had_keyboard:
                call.setFocus()  # else the keyboard would land on whatever comes first in the window
        else:
            self.list.say_empty(look.text(f"{code}.title"), look.text(f"{code}.text"))

    def _on_more(self, after: str) -> None:
        view, query = self.view, self._query

        def show(page: ListPage) -> None:
            if (view, query) == (self.view, self._query):
                self.list.add_page(page)

        self._context.read(use_cases.listing(view, query=query, after=after), owner=self, done=show)

    def _on_filter(self, text: str) -> None:
        if text != self._query:
            self._query = text
            self.reload()

    def _on_chosen(self, ticket: str) -> None:
        self._detail.setCurrentWidget(self.ticket)
        self.ticket.open(ticket)
        self._fit()

    def _on_opened(self) -> None:
        self._is_reading_ticket = True
        self._fit()

    def _on_entered(self) -> None:
        self._on_opened()
        if self._ticket is not None and self._ticket.isVisible():
            self._ticket.timeline.setFocus()

    def _on_shown(self, page: TicketPage) -> None:
        self.list.model.renew(page.row)
        self._fit_view()
        self.list.choose(page.row.id, silent=True)
        self.page_shown.emit(page)

    def _on_changed(self, changes: Changes) -> None:
        from desktop.base.changes import Subject

        if changes.touches(Subject.TICKET, Subject.PERSON, Subject.DEVICE):
            self.reload()

    def _on_fault(self, error: AppError) -> None:
        from desktop.ui.common.errors import ErrorPanel, announce

        clear(self._fault)
        again = Button(self._look, self._look.text("fault.again"), kind="primary", small=True, clicked=self.reload)
        panel = ErrorPanel(self._look, error, (again,))
        self._fault.addWidget(panel)
        announce(panel, panel.accessibleName())

    def flush(self) -> None:
        """Keep the draft that is being written."""
        if self._ticket is not None:
            self._ticket.composer.flush()

    @property
    def is_filled(self) -> bool:
        """Tell whether the view has been read at least once."""
        return bool(self._listed[0])

    def rows(self) -> tuple[TicketRow, ...]:
        """Return the tickets of the list, for tests and the status line."""
        return self.list.model.rows


def _line_of(widget: QWidget | None) -> Iterator[QWidget]:
    """Return a widget and all it lies in; nothing for no widget, which Qt hands out as None."""
    while widget is not None:
        yield widget
        widget = widget.parentWidget()
