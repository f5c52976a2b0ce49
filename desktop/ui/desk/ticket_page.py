"""A ticket in full: header, conversation and composer, and what the user does to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.domain.commands import (
    AddNote,
    Assign,
    Close,
    NewAttachment,
    Reopen,
    Reply,
    Resume,
    SetCategory,
    SetPriority,
    Solve,
    Wait,
)
from desktop.domain.rows import AttachmentRow, TechnicianRow, TicketPage
from desktop.domain.ticket import Priority, StateType, WaitingReason
from desktop.ui.common.buttons import Button
from desktop.ui.common.errors import announce
from desktop.ui.common.layouts import clear, column
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk import use_cases
from desktop.ui.desk.composer import NOTE, Composer, Draft, Outgoing
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.context_panel import ContextPanel
from desktop.ui.desk.fault_bar import FaultBar
from desktop.ui.desk.fault_ways import list_button
from desktop.ui.desk.proposal import Proposal
from desktop.ui.desk.ticket_header import TicketHeader
from desktop.ui.desk.timeline import Timeline
from desktop.ui.desk.waiting_dialog import WaitingDialog, back_on
from desktop.ui.desk.wizards.fits_reader import FitsReader

if TYPE_CHECKING:
    from concurrent.futures import Future

    from desktop.domain.wizard.definition import Wizard
    from desktop.ui.desk.use_cases import TicketCommand

_SUBJECTS = (Subject.SNAPSHOT, Subject.LIBRARY, Subject.WIZARD_RUN, Subject.DEVICE, Subject.PERSON, Subject.MESSAGE)
_ANSWER_DAYS = 3  # after a reply that asks something, the ticket comes back on the third day


class TicketView(QFrame):
    """Shows the ticket it is told to open, and reloads when `Changes` names it."""

    shown = Signal(object)
    """The `TicketPage` on screen, after each load; None while there is none."""
    command_wanted = Signal(str)
    back_wanted = Signal()

    def __init__(self, context: DeskContext, wizards: Callable[[], Mapping[str, Wizard]]) -> None:
        super().__init__()
        self._context, self._look = context, context.look
        self._ticket = ""
        self._is_fresh = False
        self._reading: Future[TicketPage] | None = None
        self._then: Callable[[TicketPage], object] | None = None
        self.page: TicketPage | None = None
        self._technicians: tuple[TechnicianRow, ...] = ()
        self.setMinimumWidth(420)
        self.setProperty("ground", "surface2")
        self.header = TicketHeader(self._look)
        self.timeline = Timeline(self._look, self._save_attachment, wizards)
        self.composer = Composer(self._look)
        self.panel = ContextPanel(self._look, wizards)
        self.proposal = Proposal(self._look, wizards)
        self._fits = FitsReader(context, wizards, self)
        self._faults = column(spacing=8, margins=(14, 0, 16, 0))
        layout = column(self.header, self.timeline, self.proposal, self._faults, self.composer, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._connect()

    def open(self, ticket: str) -> None:
        """Load a ticket by id or number; the draft of the one before is kept."""
        if self._ticket == ticket or (self.page is not None and self._shows(self.page, ticket)):
            return
        self.composer.leave()
        self._ticket, self._is_fresh, self._then = ticket, True, None
        clear(self._faults)
        self.reload()

    def is_shown(self, page: TicketPage) -> bool:
        """Tell whether `page` is the ticket that was asked for last; it may still be on its way."""
        return self._ticket == page.row.id

    def _shows(self, page: TicketPage, ticket: str) -> bool:
        return self._ticket == page.row.id and ticket in (page.row.id, page.row.number)

    @property
    def wanted(self) -> str:
        """Return the ticket that was asked for last, by id or number."""
        return self._ticket

    def with_page(self, act: Callable[[TicketPage], object]) -> None:
        """Do something with the ticket that was asked for last: now, or as soon as it has been read."""
        if self.page is not None and self.is_shown(self.page):
            act(self.page)
        else:
            self._then = act

    def reload(self) -> None:
        """Read the ticket again; a reading that has not begun yet is not wanted any more."""
        if self._reading is not None:
            self._reading.cancel()
        if self._ticket:
            wanted = self._ticket
            self._reading = self._context.read(
                use_cases.opening(wanted),
                owner=self,
                done=lambda page: self._on_loaded(wanted, page),
                failed=self._fail,
            )

    def set_technicians(self, technicians: Sequence[TechnicianRow]) -> None:
        """Tell who tickets can be given to."""
        self._technicians = tuple(technicians)
        if self.page is not None:
            self.header.show_ticket(self.page, self._technicians)

    def wait_dialog(self) -> None:
        """Ask for reason and date, then let the ticket rest."""
        self.with_page(self._ask_waiting)

    def _ask_waiting(self, page: TicketPage) -> None:
        dialog = WaitingDialog(self._look, page.row.number, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._wait(page, dialog.reason, dialog.wake_at))
        dialog.open()

    def _wait(self, asked: TicketPage, reason: WaitingReason, wake_at: datetime) -> None:
        """Let the ticket rest that was asked about, as it was last read."""
        page = self.page if self.page is not None and self.page.row.id == asked.row.id else asked
        self._obey(Wait(page.row.id, reason, wake_at, version=page.version))

    def solve(self) -> None:
        """Mark the ticket as done."""
        self.with_page(lambda page: self._obey(Solve(page.row.id, version=page.version)))

    def _on_proposed_end(self) -> None:
        """Keep the note that sums the checklist up, then mark the ticket as done."""
        if self.page is None:
            return
        ticket, note = self.page.row.id, self.composer.text_of(NOTE)

        def solve() -> None:
            self.composer.forget(ticket, NOTE)
            self._obey(Solve(ticket))

        if note:
            self._obey(AddNote(ticket, note), done=solve)
        else:
            self.solve()

    def close_ticket(self) -> None:
        """Close the ticket for good."""
        self.with_page(lambda page: self._obey(Close(page.row.id, version=page.version)))

    def reopen(self) -> None:
        """Take a done ticket up again."""
        self.with_page(lambda page: self._obey(Reopen(page.row.id, version=page.version)))

    def assign(self, technician_id: str) -> None:
        """Give the ticket to somebody."""
        self.with_page(lambda page: self._obey(Assign(page.row.id, technician_id, version=page.version)))

    def take(self) -> None:
        """Give the ticket to the one who sits here."""
        me = next((one.id for one in self._technicians if one.is_me), "")
        if me:
            self.assign(me)

    def _connect(self) -> None:
        self._context.bus.changed.connect(self._on_changed)
        self.header.command_wanted.connect(self.command_wanted)
        self.header.back_wanted.connect(self.back_wanted)
        self.header.status_chosen.connect(self._on_status)
        self.header.priority_chosen.connect(self._on_priority)
        self.header.assignee_chosen.connect(self.assign)
        self.header.category_chosen.connect(self._on_category)
        self.composer.draft_changed.connect(self._on_draft)
        self.composer.send_wanted.connect(self._on_send)
        self.proposal.solve_wanted.connect(self._on_proposed_end)
        self.proposal.command_wanted.connect(self.command_wanted)
        self.panel.page_wanted.connect(self._context.bus.navigated)
        self._fits.found.connect(self.panel.show_fits)

    def _on_loaded(self, ticket: str, page: TicketPage) -> None:
        if ticket != self._ticket:
            return
        self.page, self._ticket = page, page.row.id  # it may have been asked for by its number
        self.header.show_ticket(page, self._technicians)
        self.timeline.show_ticket(page)
        self.composer.show_ticket(page)
        self.panel.show_ticket(page)
        self._fits.look_up(page)
        self.proposal.show_ticket(page)
        self.shown.emit(page)
        if self._is_fresh:
            self._is_fresh = False
            self._context.do(use_cases.marking_seen(page.row.id), owner=self)
        then, self._then = self._then, None
        if then is not None:
            then(page)

    def _on_changed(self, changes: Changes) -> None:
        named = self.page is not None and self.page.row.id in changes.ids(Subject.TICKET)
        if self._ticket in changes.ids(Subject.TICKET) or named or changes.touches(*_SUBJECTS):
            self.reload()

    def _obey(
        self,
        command: TicketCommand,
        *,
        done: Callable[[], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
    ) -> None:
        self._context.do(
            use_cases.obeying(command),
            owner=self,
            done=lambda _row: self._on_obeyed(done),
            failed=failed or self._fail,
        )

    def _on_obeyed(self, done: Callable[[], None] | None) -> None:
        clear(self._faults)
        if done is not None:
            done()

    def _on_status(self, state: StateType) -> None:
        if state is StateType.WAITING:
            self.with_page(lambda page: self.header.show_ticket(page, self._technicians))
            self.wait_dialog()
        elif state is StateType.OPEN:
            self.with_page(self._take_up)
        elif state is StateType.SOLVED:
            self.solve()
        elif state is StateType.CLOSED:
            self.close_ticket()

    def _take_up(self, page: TicketPage) -> None:
        ticket, version = page.row.id, page.version
        is_active = page.row.state_type.is_active
        self._obey(Resume(ticket, version) if is_active else Reopen(ticket, version=version))

    def _on_priority(self, priority: Priority | None) -> None:
        self.with_page(lambda page: self._obey(SetPriority(page.row.id, priority, version=page.version)))

    def _on_category(self, category: str) -> None:
        self.with_page(lambda page: self._obey(SetCategory(page.row.id, category, version=page.version)))

    def _on_draft(self, draft: Draft) -> None:
        def fail(error: AppError) -> None:
            self.composer.mark_unsaved(draft)
            self._fail(error)

        self._context.do(
            use_cases.saving_draft(draft.ticket, draft.text, is_note=draft.is_note),
            owner=self,
            done=lambda _none: self.composer.mark_saved(draft.ticket),
            failed=fail,
        )

    def _on_send(self, outgoing: Outgoing) -> None:
        def send(files: tuple[NewAttachment, ...]) -> None:
            command = self._command(outgoing, files)
            self._obey(command, done=lambda: self.composer.set_sent(outgoing), failed=fail)

        def fail(error: AppError) -> None:
            self.composer.set_unsent(outgoing)
            self._fail(error)

        if outgoing.files:
            self._context.run_io(lambda: use_cases.read_files(outgoing.files), owner=self, done=send, failed=fail)
        else:
            send(())

    def _command(self, outgoing: Outgoing, files: tuple[NewAttachment, ...]) -> AddNote | Reply:
        if outgoing.is_note:
            return AddNote(outgoing.ticket, outgoing.text, files)
        wake_at = None
        if outgoing.after is StateType.WAITING:
            wake_at = back_on(self._look.formats.now(), _ANSWER_DAYS)
        return Reply(outgoing.ticket, outgoing.text, files, outgoing.after, wake_at)

    def _save_attachment(self, attachment: AttachmentRow) -> None:
        suggested = one_line(attachment.name).replace("/", "_").replace("\\", "_").lstrip(".")
        name, _filter = QFileDialog.getSaveFileName(self, self._look.text("message.save_attachment"), suggested)
        if name:
            self._context.read(
                use_cases.reading_attachment(attachment.id),
                owner=self,
                done=lambda content: self._write(Path(name), content),
                failed=self._fail,
            )

    def _write(self, path: Path, content: bytes) -> None:
        self._context.run_io(lambda: _write_file(path, content), owner=self, done=lambda _none: None, failed=self._fail)

    def _fail(self, error: AppError) -> None:
        """Show a fault above the composer; the text in it stays as it is."""
        clear(self._faults)
        again = Button(self._look, self._look.text("fault.reload"), kind="primary", small=True, clicked=self._on_reload)
        close = Button(self._look, self._look.text("fault.close"), small=True, clicked=lambda: clear(self._faults))
        panel: QWidget = FaultBar(self._look, error, (list_button(self._context, error) or again, close))
        self._faults.addWidget(panel)
        announce(panel, panel.accessibleName())
        if self.page is not None:
            self.header.show_ticket(self.page, self._technicians)

    def _on_reload(self) -> None:
        clear(self._faults)
        self.reload()


def _write_file(path: Path, content: bytes) -> None:
    try:
        write_durably(path, content)
    except OSError as error:
        raise AppError(
            "attachment.unwritable", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)}, detail=str(error)
        ) from error
