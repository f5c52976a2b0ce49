"""Take a call (mock-up I2): who, what, notes, device, whether they can work; saved or solved in one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.rows import TicketRow
from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard.definition import Wizard
from desktop.ui.common.buttons import Button
from desktop.ui.common.errors import ErrorPanel, announce
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.phone.begun_calls import BegunCalls
from desktop.ui.desk.phone.call_clock import CallClock
from desktop.ui.desk.phone.calls import (
    Directory,
    Keep,
    adding,
    creating,
    read_device_snapshot,
    read_directory,
    read_tickets,
    solving,
)
from desktop.ui.desk.phone.drafts import CallDraft, CallDrafts
from desktop.ui.desk.phone.form import CallForm
from desktop.ui.desk.phone.recent_tickets import RecentTickets
from desktop.ui.desk.phone.suggestion import SuggestionCard, best_for
from desktop.ui.desk.questions import ask

KEEP_MS = 1000  # milliseconds until the words are on the disk, whether the typing goes on or rests
_SIZE = (900, 630)
_SIDE, _SIDE_LEAST = 300, 230


class PhoneDialog(QDialog):
    """One call from ringing to its ticket; what is typed outlives a crash, and Esc asks before it is thrown away."""

    saved = Signal(str)
    """The id of the ticket that now holds the call, or that somebody wants to look at."""
    hand_over_wanted = Signal(str)
    """The id of the new ticket that is to be handed over at once."""
    checklist_wanted = Signal(str, str)
    """The ids of the new ticket and of the checklist to go through while the caller waits."""

    def __init__(
        self, context: DeskContext, parent: QWidget | None = None, *, wizards: Callable[[], Mapping[str, Wizard]] = dict
    ) -> None:
        """Open an empty form; `wizards` gives the checklists by id and is called off the main thread."""
        super().__init__(parent)
        self._context = context
        self._id = new_id(context.clock)
        self._drafts = CallDrafts(context.home.data / "calls")
        self._begun: tuple[CallDraft, ...] = ()
        self._wizards: Mapping[str, Wizard] = {}
        self._snapshot: Snapshot | None = None
        self._is_busy = False
        self.setWindowTitle(context.look.text("phone.window"))
        self._pause = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._pause.timeout.connect(self._keep)
        self._build(context.look)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.solve)
        self.form.caller.focus_search()
        context.read(read_directory, owner=self, done=self._on_directory)
        context.run_io(wizards, owner=self, done=self._on_wizards)

    def save(self) -> None:
        """Make the ticket and leave it open."""
        self._make(self._on_saved)

    def solve(self) -> None:
        """Make the ticket, record what helped and close it."""
        if self.form.is_complete():
            solution = self.form.notes.text or self.form.subject.text
            command = self.form.command(minutes=self.clock.minutes, solution=solution)
            self._run(solving(command), self._on_saved)

    def hand_over(self) -> None:
        """Make the ticket and go on with the hand-over."""
        self._make(self._on_handed)

    def start_checklist(self, wizard: str) -> None:
        """Make the ticket and go through a checklist on it."""

        def begin(ticket: TicketRow) -> None:
            self._close()
            self.checklist_wanted.emit(ticket.id, wizard)

        self._make(begin)

    def put_aside(self) -> None:
        """Close the form and keep what was typed for later."""
        self._keep_then(self._leave)

    def reject(self) -> None:
        """Ask before something typed is thrown away."""
        if self._draft().is_empty or ask(self, self._context.look, "phone.leave"):
            self._close()

    def _build(self, look: Look) -> None:
        self.clock, self.form = CallClock(look), CallForm(look)
        self.form.edited.connect(self._on_edited)
        self.form.caller_changed.connect(self._on_caller)
        self.form.device_changed.connect(self._on_device)
        self.begun = BegunCalls(look)
        self.begun.resumed.connect(self.resume)
        self._fault = column()
        left = column(self.begun, scrolling(self.form, keeps_width=True), spacing=0)
        left.setStretch(1, 1)
        middle = row(pane(left, ground="surface"), self._side(look), spacing=0)
        middle.setStretch(0, 100)
        middle.setStretch(1, 1)
        whole = column(self.clock, self._fault, middle, self._footer(look), spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        room = self.screen().availableSize()
        self.resize(min(look.theme.px(_SIZE[0]), room.width()), min(look.theme.px(_SIZE[1]), room.height()))

    def _side(self, look: Look) -> QFrame:
        self.suggestion, self.recent = SuggestionCard(look), RecentTickets(look)
        self.suggestion.wanted.connect(self.start_checklist)
        self.recent.use_wanted.connect(self._on_use)
        self.recent.open_wanted.connect(self._on_open)
        inner = QWidget()
        inner.setProperty("ground", "surface2")
        inner.setLayout(column(self.suggestion, 16, self.recent, None, spacing=0, margins=(18, 16, 18, 16)))
        side = pane(column(scrolling(inner), spacing=0), ground="surface2", edge="left")
        side.setMinimumWidth(look.theme.px(_SIDE_LEAST))
        side.setMaximumWidth(look.theme.px(_SIDE))
        return side

    def _footer(self, look: Look) -> QFrame:
        hint = plain_label(look, look.text("phone.hint"), size="meta", tone="t3")
        self.later_button = Button(look, look.text("phone.later"), clicked=self.put_aside)
        self.save_button = Button(look, look.text("phone.save"), clicked=self.save)
        self.hand_over_button = Button(look, look.text("phone.hand_over"), icon_name="arrow-bend-up-right")
        self.hand_over_button.clicked.connect(self.hand_over)
        self.solve_button = Button(look, look.text("phone.solve"), icon_name="check", kind="primary")
        self.solve_button.clicked.connect(self.solve)
        buttons = (self.later_button, self.save_button, self.hand_over_button, self.solve_button)
        return pane(row(hint, None, *buttons, spacing=8, margins=(20, 12, 20, 12)), ground="surface2", edge="top")

    def resume(self, draft: CallDraft) -> None:
        """Go on with a call that was put aside; what stands in the form now is put aside in its place."""
        self._keep()
        self._id = draft.id
        self.form.fill(draft)
        self.clock.go_on_from(draft.seconds)
        self.begun.set_drafts([one for one in self._begun if one.id != draft.id])
        self.form.notes.edit.setFocus()

    def _on_directory(self, directory: Directory) -> None:
        self.form.set_directory(directory)
        run = self._context.dispatcher.run
        run(self._context.db, self._drafts.read_all, owner=self, done=self._on_drafts, failed=self._on_failed)

    def _on_drafts(self, drafts: tuple[CallDraft, ...]) -> None:
        self._begun = tuple(one for one in drafts if one.id != self._id)
        self.begun.set_drafts(self._begun)

    def _on_wizards(self, wizards: Mapping[str, Wizard]) -> None:
        self._wizards = wizards
        self._suggest()

    def _on_caller(self) -> None:
        person = self.form.caller.person
        if person is None:
            self.recent.set_tickets(None)
            return
        self._context.read(lambda work: read_tickets(work, person.id), owner=self, done=self._on_tickets)
        self.form.subject.edit.setFocus()

    def _on_tickets(self, tickets: tuple[TicketRow, ...]) -> None:
        self.recent.set_tickets(tickets if self.form.caller.person else None)

    def _on_device(self, device: str) -> None:
        self._snapshot = None
        if device:
            read = read_device_snapshot(device)
            self._context.read(read, owner=self, done=lambda found: self._on_snapshot(device, found))

    def _on_snapshot(self, device: str, snapshot: Snapshot | None) -> None:
        if self.form.device.value == device:  # nobody chose another one in the meantime
            self._snapshot = snapshot
            self._suggest()

    def _on_edited(self) -> None:
        if self.isVisible() and not self._pause.isActive():  # else typing without a rest would never be a draft
            self._pause.start()
        self._suggest()

    def _suggest(self) -> None:
        words = f"{self.form.subject.text} {self.form.notes.text}"
        category = self.form.category if self.form.subject.text else ""
        language = self._context.look.texts.language
        best = best_for(self._wizards, self._snapshot, words=words, category=category, language=language)
        self.suggestion.set_suggestion(best, self._wizards)

    def _draft(self) -> CallDraft:
        return self.form.draft(self._id, at=self._context.clock(), seconds=self.clock.seconds)

    def _keep(self) -> None:
        self._keep_then(lambda: None)

    def _keep_then(self, then: Callable[[], None]) -> None:
        self._pause.stop()
        drafts, draft, lane = self._drafts, self._draft(), self._context.db
        run = self._context.dispatcher.run
        run(lane, lambda: drafts.keep(draft), owner=self, done=lambda _none: then(), failed=self._on_failed)

    def _make(self, done: Callable[[TicketRow], None]) -> None:
        if self.form.is_complete():
            self._run(creating(self.form.command(minutes=self.clock.minutes)), done)

    def _run(self, keep: Keep, done: Callable[[TicketRow], None]) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        clear(self._fault)
        self._context.do(keep, owner=self, done=done, failed=self._on_failed)

    def _on_saved(self, ticket: TicketRow) -> None:
        self._close()
        self.saved.emit(ticket.id)

    def _on_handed(self, ticket: TicketRow) -> None:
        self._close()
        self.saved.emit(ticket.id)
        self.hand_over_wanted.emit(ticket.id)

    def _on_use(self, ticket: TicketRow) -> None:
        words = self.form.notes.text or self.form.subject.text
        text = self._context.look.text("phone.note", text=words) if words else ""
        self._run(adding(ticket, text, self.clock.minutes), self._on_saved)

    def _on_open(self, ticket: str) -> None:
        """Look at a ticket: the call is put aside, because its form would stand in front."""

        def look_at() -> None:
            self._leave()
            self.saved.emit(ticket)

        self._keep_then(look_at)

    def _close(self) -> None:
        """Leave the form and forget its draft: the words lie in a ticket now, or nobody wants them."""
        drafts, draft_id = self._drafts, self._id
        self._context.db.submit(lambda: drafts.drop(draft_id))
        self._leave()

    def _leave(self) -> None:
        self._pause.stop()
        self._is_busy = False
        self.done(QDialog.DialogCode.Accepted)

    def _on_failed(self, error: AppError) -> None:
        self._is_busy = False
        panel = ErrorPanel(self._context.look, error)
        clear(self._fault)
        self._fault.addWidget(panel)
        announce(panel, panel.accessibleName())
