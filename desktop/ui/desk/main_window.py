"""The Desk's main window: menus, toolbar, navigation, and the page one is on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QWidget

from desktop.base.errors import AppError
from desktop.domain.views import VIEWS
from desktop.ui.common.layouts import column
from desktop.ui.common.safe_text import one_line
from desktop.ui.common.theme import SCHEMES
from desktop.ui.desk import use_cases
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.menus import add_titles
from desktop.ui.desk.navigation import Navigation
from desktop.ui.desk.navigation_width import NavigationWidth
from desktop.ui.desk.status_line import StatusLine
from desktop.ui.desk.ticket_area import TicketArea
from desktop.ui.desk.ticket_list import ListPage
from desktop.ui.desk.toolbar import Toolbar
from desktop.ui.desk.window_place import keep_place, put_where_left, room_on_screen

if TYPE_CHECKING:
    from desktop.base.changes import Changes, Undo
    from desktop.domain.list_rows import TechnicianRow, ViewCount
    from desktop.domain.rows import SearchHit, TicketPage
    from desktop.domain.wizard.definition import Wizard
    from desktop.ui.desk.actions import Actions
    from desktop.ui.desk.fault_strip import FaultStrip
    from desktop.ui.desk.mailbox_watch import MailboxState
    from desktop.ui.desk.pages import Pages
    from desktop.ui.desk.search_popup import SearchPopup, Target
    from desktop.ui.desk.ticket_page import TicketView
    from desktop.ui.desk.undo_bar import UndoBar
    from desktop.ui.desk.ways import Ways

MINIMUM = QSize(960, 600)
_START_VIEW = "inbox"


class DeskWindow(QMainWindow):
    """Built from a context; `show_first` fills it before the store is loaded, `go_live` after."""

    def __init__(
        self,
        context: DeskContext,
        wizards: Callable[[], Mapping[str, Wizard]],
        *,
        check_mailbox: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._context, self._look, self._wizards = context, context.look, wizards
        self._check_mailbox = check_mailbox
        self._was_shown = False
        self.setMinimumSize(MINIMUM.boundedTo(room_on_screen(self)))
        put_where_left(self, context.settings)
        self.toolbar = Toolbar(self._look)
        self.navigation = Navigation(self._look)
        self.area = TicketArea(context, wizards)
        self.status_line = StatusLine(self._look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.area)
        self._build()
        self._has_undo = False
        self._titles = add_titles(self, self._look)
        self._connect()
        self.navigation.show_place(f"view.{_START_VIEW}")

    def show_first(
        self,
        company: str,
        technicians: Sequence[TechnicianRow],
        page: ListPage,
        counts: Sequence[ViewCount],
        *,
        view: str = _START_VIEW,
    ) -> None:
        """Fill the window with what the first query found."""
        title = one_line(company, 80)
        self.setWindowTitle(self._look.text("desk.title", company=title) if title else self._look.text("desk.name"))
        self._show_technicians(technicians)
        self._show_counts(counts)
        self.navigation.show_place(f"view.{view}")
        self.area.show_first(view, page)

    @cached_property
    def actions_by_id(self) -> Actions:
        """Return the actions of all commands; the menus are filled with the first one that is asked for."""
        from desktop.ui.desk.actions import Actions

        return Actions(self, self._look, self._titles, self._doers())

    @cached_property
    def pages(self) -> Pages:
        """Return what opens everything beside the list, made when there is first something to open."""
        from desktop.ui.desk.pages import Pages

        return Pages(self._context, self, self._stack, self._wizards, write=self._write)

    @cached_property
    def ways(self) -> Ways:
        """Return what knows where clicks and keys lead, made when there is first somewhere to go."""
        from desktop.ui.desk.ways import Ways

        return Ways(self.area, self.pages, self.navigation, self._stack)

    @cached_property
    def _faults(self) -> FaultStrip:
        """Return the place of faults below the toolbar, made when there may be the first one."""
        from desktop.ui.desk.fault_strip import FaultStrip

        strip = FaultStrip(self._look, self.run)
        self._lines.insertWidget(1, strip)
        return strip

    @cached_property
    def undo_bar(self) -> UndoBar:
        """Return the bar at the bottom, made when there is first something to undo."""
        from desktop.ui.desk.undo_bar import UndoBar

        bar = UndoBar(self._look, self._central)
        bar.undo_wanted.connect(self._on_undo)
        bar.changed.connect(self._on_undo_changed)
        return bar

    @cached_property
    def popup(self) -> SearchPopup:
        """Return the results of the search field, made after the first picture."""
        from desktop.ui.desk.search_popup import SearchPopup

        popup = SearchPopup(self._look, self.toolbar.search, self._central, self._search)
        popup.chosen.connect(self._on_target)
        popup.allow(lambda command: self.actions_by_id[command].isEnabled())
        return popup

    def go_live(self) -> None:
        """Make what the first picture did without, and read from the store: badges, the list, who is who."""
        self._fit_actions()
        self._follow_look()
        self._look.theme.changed.connect(self._follow_look)
        self.popup.hide()
        self.area.reload()
        self._read_counts()
        self._read_technicians()

    def show_mailbox(self, state: MailboxState) -> None:
        """Show how the mailbox is, in the toolbar, in the bottom line, and as a message where it fails."""
        from desktop.ui.desk.mailbox_signs import show_mailbox

        show_mailbox(self._look, state, self.toolbar, self.status_line, self._faults)

    def open_ticket(self, ticket: str) -> None:
        """Show a ticket by id or number."""
        self.ways.open_ticket(ticket)

    def run(self, command_id: str) -> None:
        """Do what a declared command says, where it makes sense now."""
        self.actions_by_id[command_id].trigger()

    def showEvent(self, event: QShowEvent) -> None:
        """Start with the keyboard in the list, where the work lies."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self.area.list.view.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is not saved, and keep the draft and the place before the window goes."""
        if not self.pages.may_close(self.ways.go_to):
            event.ignore()
            return
        self.area.flush()
        keep_place(self, self._context.settings)
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show only the icons of the navigation where room is short."""
        super().resizeEvent(event)
        self._nav_width.follow(event.oldSize().width(), event.size().width())

    def _build(self) -> None:
        self.setStatusBar(self.status_line)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.navigation)
        self._splitter.addWidget(self._stack)
        self._splitter.setStretchFactor(1, 1)
        self.navigation.setMaximumWidth(420)
        self._nav_width = NavigationWidth(self._splitter, self._look.theme)
        self._nav_width.fit(self.width())
        self._central = QWidget()
        self._lines = column(self.toolbar, self._splitter, spacing=0)
        self._lines.setStretch(1, 1)
        self._central.setLayout(self._lines)
        self.setCentralWidget(self._central)

    def _connect(self) -> None:
        bus = self._context.bus
        bus.changed.connect(self._on_changed)
        bus.undo_offered.connect(self._on_undo_offered)
        bus.failed.connect(self._on_failed)
        self._context.dispatcher.failed.connect(self._on_failed)
        bus.navigated.connect(self._on_navigated)
        self.toolbar.command_wanted.connect(self.run)
        self.navigation.place_chosen.connect(self._on_place)
        self.area.page_shown.connect(self._on_page)
        self.area.command_wanted.connect(self.run)
        self.area.list_key_pressed.connect(self._on_list_key)
        self.area.call_wanted.connect(lambda: self.run("ticket.call"))
        self.area.ticket_made.connect(self._on_ticket_made)
        self.area.view_opened.connect(self._on_view_opened)

    def _doers(self) -> Mapping[str, Callable[[], object]]:
        from desktop.ui.desk.appearance import Appearance
        from desktop.ui.desk.doers import appearance_doers, area_doers, page_doers

        return {
            **{f"view.{view.id}": self.ways.going_to(f"view.{view.id}") for view in VIEWS},
            **area_doers(self.area),
            **page_doers(self.pages, self.ways.with_page),
            **appearance_doers(Appearance(self._look, self._context.settings)),
            "mailbox.check": self._check_mailbox,
            "settings.open": self.ways.going_to("settings"),
            "program.quit": self.close,
            "edit.undo": lambda: self.undo_bar.take_back(),
            "search.everywhere": self.toolbar.go_to_search,
            "pane.next": lambda: self._next_pane(1),
            "pane.previous": lambda: self._next_pane(-1),
            "panel.navigation": lambda: self._nav_width.turn(self.navigation.width()),
            "device.list": self.ways.going_to("devices"),
            "device.inventory": lambda: self.ways.navigate("inventory", ""),
        }

    def _on_place(self, place: str) -> None:
        self.ways.open_place(place)

    def _on_navigated(self, kind: str, target: str) -> None:
        self.ways.navigate(kind, target)

    def _on_target(self, target: Target) -> None:
        if target.kind == "command":
            self.run(target.id)
        else:
            self.ways.open_found(target)

    def _on_list_key(self, letter: str) -> None:
        from desktop.ui.desk.commands import COMMANDS

        command = next((one.id for one in COMMANDS if one.list_key == letter), "")
        if command and self._context.settings.is_on("single_keys"):
            self.run(command)

    def _on_ticket_made(self, ticket: TicketView) -> None:
        from desktop.ui.desk.commands import Menu

        self.pages.follow_panel(ticket.panel, self.ways.with_page)
        more = QMenu(self)
        self.actions_by_id.fill_menu(more, Menu.TICKET)
        ticket.header.set_more_menu(more)

    def _on_failed(self, error: AppError) -> None:
        self._faults.show_fault(error)

    def _on_view_opened(self, view: str) -> None:
        self.navigation.show_place(f"view.{view}")

    def _on_page(self, page: TicketPage) -> None:
        self.ways.arrive(page)
        self._fit_actions()

    def _fit_actions(self) -> None:
        from desktop.ui.desk.actions import Situation

        page = self.ways.page
        self.actions_by_id.apply(
            Situation(
                state=page.row.state_type if page else None,
                has_device=page is not None and page.device is not None,
                has_undo=self._has_undo,
            )
        )

    def _write(self, ticket: str, kind: str, text: str) -> None:
        self.ways.write(ticket, kind, text)

    def _on_undo_offered(self, undo: Undo) -> None:
        self.undo_bar.offer(undo)

    def _on_undo_changed(self) -> None:
        self._has_undo = self.undo_bar.undo is not None
        self._fit_actions()

    def _on_undo(self, undo: Undo) -> None:
        self._context.do(undo.run, owner=self)

    def _on_changed(self, changes: Changes) -> None:
        from desktop.base.changes import Subject

        if changes.touches(Subject.TICKET, Subject.DEVICE):
            self._read_counts()
        if changes.touches(Subject.SETTING):
            self._read_technicians()

    def _read_technicians(self) -> None:
        self._context.read(use_cases.naming_technicians, owner=self, done=self._show_technicians)

    def _read_counts(self) -> None:
        self._context.read(use_cases.counting, owner=self, done=self._show_counts)

    def _show_counts(self, counts: Sequence[ViewCount]) -> None:
        numbers = {one.id: one.number for one in counts}
        self.navigation.set_counts(numbers)
        self.status_line.show_sums(numbers.get("mine", 0), numbers.get("overdue", 0))

    def _show_technicians(self, technicians: Sequence[TechnicianRow]) -> None:
        self.area.set_technicians(technicians)
        self.toolbar.set_me(next((one.name for one in technicians if one.is_me), ""))

    def _search(
        self, text: str, done: Callable[[Sequence[SearchHit]], None], failed: Callable[[AppError], None]
    ) -> None:
        self._context.read(use_cases.searching(text), owner=self.popup, done=done, failed=failed)

    def _next_pane(self, step: int) -> None:
        from desktop.ui.desk.panes import go_to_pane

        undo = (self.undo_bar.button,) if self._has_undo and self.undo_bar.isVisible() else ()
        shown = self._stack.currentWidget()
        other = () if shown is None else (shown,)
        inner = self.area.panes if shown is self.area else other
        go_to_pane((*undo, self.toolbar.search, self.navigation, *inner), step)

    def _follow_look(self) -> None:
        self._nav_width.follow_text(self.width())
        for scheme in SCHEMES:
            self.actions_by_id[f"scheme.{scheme}"].setChecked(self._look.theme.scheme == scheme)
