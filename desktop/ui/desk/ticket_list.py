"""The list of tickets of one view: it shows what it is given, asks for more when scrolled, and filters by text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget

from desktop.domain.list_rows import TicketRow
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.empty_state import EmptyState
from desktop.ui.desk.ticket_delegate import TicketDelegate
from desktop.ui.desk.ticket_model import TicketListModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

_FILTER_DELAY = 150  # milliseconds of rest before a filter is asked for
_UNIFORM_FROM = 2000  # lines from which equal heights save more than the smaller headers are worth


class ListPage(NamedTuple):
    """What a query gave: rows, how many there are in all (None where not counted), and where to go on."""

    rows: tuple[TicketRow, ...]
    total: int | None
    next: str | None


class _TicketView(QListView):
    """A list in which single letters do things, but only here and only while it has the focus."""

    letter_pressed = Signal(str)
    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand single letters on; everything else is the list's own."""
        from desktop.ui.desk.commands import COMMANDS  # which the first picture does without

        plain_key = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        letter = event.text().upper()
        if plain_key and any(command.list_key == letter for command in COMMANDS if command.list_key):
            self.letter_pressed.emit(letter)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class TicketListPane(QFrame):
    """Title, filter and list; it knows no store and asks by signals."""

    ticket_chosen = Signal(str)
    ticket_opened = Signal()
    ticket_entered = Signal()
    """A ticket was opened by Enter: the keyboard goes along."""
    more_wanted = Signal(str)
    filter_changed = Signal(str)
    letter_pressed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._next: str | None = None
        self._is_asking = False
        self._chosen = ""
        self.setProperty("ground", "surface")
        self.setMinimumWidth(280)
        self.setMaximumWidth(520)
        self.model = TicketListModel(look)
        self.view = self._make_view()
        self._title = plain_label(look, size="pane", weight=BOLD)
        self._total = plain_label(look, tone="t3")
        self.filter_button = Button(look, look.text("list.filter"), icon_name="funnel-simple", kind="flat", small=True)
        self.filter_button.setCheckable(True)
        self.filter_button.toggled.connect(self._on_filter_toggled)
        self._timer = QTimer(self, singleShot=True, interval=_FILTER_DELAY)
        self._timer.timeout.connect(lambda: self.filter_changed.emit(self.filter.text().strip()))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        head = row(self._title, self._total, None, self.filter_button, margins=(14, 10, 8, 8))
        self._head = column(head, spacing=0)
        self.setLayout(column(pane(self._head, edge="bottom"), self._stack, spacing=0))

    @property
    def title(self) -> str:
        """Return the name of the view."""
        return self._title.text()

    @property
    def current(self) -> str:
        """Return the id of the ticket that is marked; empty for none."""
        ticket = self.model.ticket_at(self.view.currentIndex())
        return ticket.id if ticket is not None else ""

    @cached_property
    def empty(self) -> EmptyState:
        """Return what stands in place of the list, made when the list is first empty."""
        empty = EmptyState(self._look, icon_name="magnifying-glass")
        self._stack.addWidget(empty)
        return empty

    def set_title(self, title: str) -> None:
        """Name the view."""
        self._title.setText(title)
        self.view.setAccessibleName(title)

    def show_page(self, page: ListPage, *, keep: str = "") -> None:
        """Replace the list; the ticket `keep` stays chosen where it is still there."""
        self._next, self._is_asking = page.next, False
        scrolled = self.view.verticalScrollBar().value()
        self.model.show(page.rows, now=self._look.formats.now(), is_complete=page.next is None)
        self._fit(page)
        self.choose(keep, silent=True)
        self.view.verticalScrollBar().setValue(scrolled)

    def add_page(self, page: ListPage) -> None:
        """Continue the list."""
        self._next, self._is_asking = page.next, False
        if page.rows:
            self.model.extend(page.rows, now=self._look.formats.now(), is_complete=page.next is None)
        self._fit(page)

    def choose(self, ticket_id: str, *, silent: bool = False) -> None:
        """Mark a ticket; tells everybody unless `silent`."""
        index = self.model.place_of(ticket_id)
        self._chosen = ticket_id if silent else ""
        self.view.setCurrentIndex(index)
        if not index.isValid():
            self.view.clearSelection()
        self._chosen = ""

    def say_empty(self, title: str, text: str, buttons: Sequence[Button] = ()) -> None:
        """Say why the list is empty."""
        self.empty.say(title, text, buttons=buttons)
        self._stack.setCurrentWidget(self.empty)

    def open_filter(self) -> None:
        """Show the filter field and put the cursor there."""
        self.filter_button.setChecked(True)
        self.filter.setFocus()
        self.filter.selectAll()

    def clear_filter(self) -> None:
        """Show everything again."""
        self.filter_button.setChecked(False)

    def _make_view(self) -> _TicketView:
        view = _TicketView()
        view.setModel(self.model)
        view.setItemDelegate(TicketDelegate(self._look, self.model, view))
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalScrollBar().setSingleStep(27)
        view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        view.selectionModel().currentChanged.connect(self._on_current)
        view.letter_pressed.connect(self.letter_pressed)
        view.opened.connect(self.ticket_entered)
        view.clicked.connect(self._on_clicked)
        self._look.theme.changed.connect(view.scheduleDelayedItemsLayout)
        return view

    @cached_property
    def filter(self) -> QLineEdit:
        """Return the field that filters, made when it is first opened."""
        from desktop.ui.desk.list_filter import FilterField

        field = FilterField(self._look)
        field.gone_on.connect(self.view.setFocus)
        field.closed.connect(self.clear_filter)
        field.textChanged.connect(self._on_typed)
        return field

    @cached_property
    def _filter_line(self) -> QFrame:
        close = IconButton(self._look, "x", self._look.text("list.filter_close"), small=True, clicked=self.clear_filter)
        line = pane(row(self.filter, close, spacing=4, margins=(14, 0, 8, 8)))
        self._head.addWidget(line)
        return line

    def _on_clicked(self, _index: QModelIndex) -> None:
        self.ticket_opened.emit()

    def _on_typed(self, _text: str) -> None:
        self._timer.start()

    def _on_filter_toggled(self, is_open: bool) -> None:
        had_keyboard = self._filter_line.isAncestorOf(self.window().focusWidget())
        self._filter_line.setVisible(is_open)
        if is_open:
            self.filter.setFocus()
            return
        if had_keyboard:
            self.view.setFocus()
        if self.filter.text():
            self.filter.clear()

    def _on_scrolled(self, value: int) -> None:
        bar = self.view.verticalScrollBar()
        if self._next is not None and not self._is_asking and value >= bar.maximum() - self.view.height():
            self._is_asking = True
            self.more_wanted.emit(self._next)

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        ticket = self.model.ticket_at(now)
        if ticket is not None and ticket.id != self._chosen:
            self.ticket_chosen.emit(ticket.id)

    def _fit(self, page: ListPage) -> None:
        if page.total is not None:
            self._total.setText(self._look.formats.number(page.total))
        self.view.setUniformItemSizes(self.model.rowCount() >= _UNIFORM_FROM)
        if self.model.rows:
            self._stack.setCurrentWidget(self.view)
