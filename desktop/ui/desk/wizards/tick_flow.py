"""A list of ticks on a ticket: put it on or open it, save every tick at once, show what others tick, come back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError
from desktop.domain.wizard.tick_commands import AttachList, DetachList, NoteItem, SetItem
from desktop.domain.wizard.ticks import ListOnTicket, TickState
from desktop.ui.desk.composer import REPLY
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.wizards.tick_page import TickPage
from desktop.ui.desk.wizards.tick_use_cases import Act, attaching, doing, looking_at_diagnosis, reading_list


class TickFlow(QObject):
    """Lives as long as the page it opens; `opened` carries the page."""

    opened = Signal(object)
    written = Signal(str, str, str)
    """A text for the ticket to be looked over: its id, reply or note, the text."""

    def __init__(self, context: DeskContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._page: TickPage | None = None
        self._run = self._ticket = ""
        context.bus.changed.connect(self._on_changed)

    def begin(self, ticket: str, wizard: str) -> None:
        """Put a list on a ticket and show it; one that is on it and not done yet is gone on with."""
        command = AttachList(ticket, wizard)
        self._context.do(attaching(command), owner=self, done=lambda row: self.open(row.id), failed=self._give_up)

    def open(self, run: str) -> None:
        """Show a list that is on a ticket, with what the newest diagnosis says to it."""
        self._run = run
        self._context.do(looking_at_diagnosis(run), owner=self, done=lambda _row: self._read(), failed=self._give_up)

    def _read(self) -> None:
        self._context.read(reading_list(self._run), owner=self, done=self._on_read, failed=self._give_up)

    def _on_read(self, shown: ListOnTicket) -> None:
        self._ticket = shown.ticket
        if self._page is not None:
            self._page.show_list(shown)
            return
        page = self._page = TickPage(self._context.look, shown)
        page.wanted.connect(self._on_wanted)
        page.noted.connect(self._on_noted)
        page.reply_wanted.connect(self._on_reply)
        page.remove_wanted.connect(self._on_removed)
        page.left.connect(self._on_left)
        page.put_away.connect(self._end)
        self.opened.emit(page)
        page.focus_start()

    def _on_changed(self, changes: Changes) -> None:
        is_ours = self._run in changes.ids(Subject.WIZARD_RUN) or self._ticket in changes.ids(Subject.TICKET)
        if self._page is not None and (is_ours or changes.touches(Subject.SNAPSHOT, Subject.DEVICE)):
            self._read()

    def _on_wanted(self, item: str, state: TickState, reason: str) -> None:
        self._do(SetItem(self._run, item, state, reason))

    def _on_noted(self, item: str, text: str) -> None:
        self._do(NoteItem(self._run, item, text))

    def _do(self, command: Act) -> None:
        """Save at once; where that fails, the fault and what is really there are shown."""
        self._context.do(doing(command), owner=self._context.bus, failed=self._on_refused)

    def _on_refused(self, error: AppError) -> None:
        self._context.bus.failed.emit(error)
        if self._page is not None:
            self._read()

    def _on_reply(self, sentence: str) -> None:
        ticket = self._ticket
        self._on_left()
        self.written.emit(ticket, REPLY, sentence)

    def _on_removed(self, reason: str) -> None:
        run = self._run
        self._on_left()
        self._context.do(doing(DetachList(run, reason)), owner=self._context.bus)

    def _on_left(self) -> None:
        self._context.bus.navigated.emit("ticket", self._ticket)

    def _end(self) -> None:
        """End with the page."""
        if self._page is not None:
            self._page.deleteLater()
        self._page = None
        self.deleteLater()

    def _give_up(self, error: AppError) -> None:
        """Show why there is no such list, and go back where its page was open."""
        self._context.bus.failed.emit(error)
        if self._page is not None:
            self._on_left()
        else:
            self.deleteLater()
