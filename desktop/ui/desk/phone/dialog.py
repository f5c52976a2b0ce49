"""Take a call (mock-up I2): who, what, notes, device, whether they can work; saved or solved in one form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from desktop.base.errors import AppError
from desktop.domain.category_guess import guess_category
from desktop.domain.commands import CreateTicket
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import CATEGORIES, Channel, Impact, Urgency, priority_for
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.controls import Chip, SegmentedControl
from desktop.ui.common.errors import ErrorPanel, announce
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.fields import Field, NotesField, TextField
from desktop.ui.desk.phone.call_clock import CallClock
from desktop.ui.desk.phone.caller_field import CallerField
from desktop.ui.desk.phone.calls import Directory, Keep, adding, creating, read_directory, read_tickets, solving
from desktop.ui.desk.phone.recent_tickets import RecentTickets
from desktop.ui.desk.questions import ask

_PRIORITY_TONES = {1: "red", 2: "amb", 3: "acc", 4: "plain"}


class PhoneDialog(QDialog):
    """One call from ringing to its ticket; Esc asks before notes are thrown away."""

    saved = Signal(str)
    """The id of the ticket that now holds the call."""
    hand_over_wanted = Signal(str)
    """The id of the new ticket that is to be handed over at once."""

    def __init__(self, context: DeskContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._directory = Directory()
        self._category = ""
        self._is_saving = False
        look = context.look
        self.setWindowTitle(look.text("phone.window"))
        self.clock = CallClock(look)
        self.recent = RecentTickets(look)
        self.recent.setFixedWidth(look.theme.px(264))
        self.recent.use_wanted.connect(self._on_use)
        middle = row(pane(column(scrolling(self._form(look))), ground="surface"), self.recent, spacing=0)
        middle.setStretch(0, 1)
        self._fault = column()
        whole = column(self.clock, self._fault, middle, self._footer(look), spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.resize(look.theme.px(840), look.theme.px(620))
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.solve)
        self.caller.focus_search()
        context.read(read_directory, owner=self, done=self._on_directory)
        self._show_guess()

    def save(self) -> None:
        """Make the ticket and leave it open."""
        if self._is_complete():
            self._run(creating(self._command()), self._on_saved)

    def solve(self) -> None:
        """Make the ticket, record what helped and close it."""
        if self._is_complete():
            notes = self.notes.text or self.subject.text
            self._run(solving(self._command(solution=notes)), self._on_saved)

    def hand_over(self) -> None:
        """Make the ticket and go on with the hand-over."""
        if self._is_complete():
            self._run(creating(self._command()), self._on_handed)

    def reject(self) -> None:
        """Ask before something typed is thrown away."""
        is_empty = not (self.subject.text or self.notes.text)
        if is_empty or ask(self, self._context.look, "phone.leave"):
            super().reject()

    def _form(self, look: Look) -> QWidget:
        self.caller = CallerField(look)
        self.caller.changed.connect(self._on_caller)
        self.caller_label = Field(look, look.text("phone.caller"), self.caller)
        self.subject = TextField(
            look, look.text("phone.subject"), placeholder=look.text("phone.subject.placeholder"), limit=200
        )
        self.subject.edited.connect(self._on_subject)
        self.notes = NotesField(look, look.text("phone.notes"), placeholder=look.text("phone.notes.placeholder"))
        self.device = ChoiceButton(look, look.text("phone.device"), [("", look.text("phone.device.none"))])
        self.device.setMinimumWidth(look.theme.px(200))
        works = [(one, look.text(f"phone.works.{one}"), "") for one in ("minor", "limited", "blocked")]
        self.works = SegmentedControl(look, look.text("phone.works"), works, value="limited")
        self.works.chosen.connect(self._on_works)
        last = row(
            Field(look, look.text("phone.device"), self.device),
            Field(look, look.text("phone.works"), self.works),
            spacing=20,
        )
        last.setStretch(0, 1)
        form = QWidget()
        form.setProperty("ground", "surface")
        parts = (self.caller_label, 10, self.subject, self._detected(look), 10, self.notes, 10, last, None)
        form.setLayout(column(*parts, spacing=4, margins=(20, 16, 20, 16)))
        return form

    def _detected(self, look: Look) -> QFrame:
        label = plain_label(look, look.text("phone.detected"), size="meta", tone="t3")
        self.category_chip, self.priority_chip = Chip(look, "", "acc"), Chip(look, "", "acc")
        choices = [(one, look.text(f"category.{one}")) for one in CATEGORIES]
        self.change = ChoiceButton(look, look.text("phone.detected.change"), choices, kind="property", small=True)
        self.change.chosen.connect(self._on_category)
        frame = QFrame()
        frame.setLayout(row(label, self.category_chip, self.priority_chip, self.change, None, spacing=6))
        return frame

    def _footer(self, look: Look) -> QFrame:
        hint = plain_label(look, look.text("phone.hint"), size="meta", tone="t3")
        self.save_button = Button(look, look.text("phone.save"), clicked=self.save)
        self.hand_over_button = Button(
            look, look.text("phone.hand_over"), icon_name="arrow-bend-up-right", clicked=self.hand_over
        )
        self.solve_button = Button(
            look, look.text("phone.solve"), icon_name="check", kind="primary", clicked=self.solve
        )
        buttons = (self.save_button, self.hand_over_button, self.solve_button)
        return pane(row(hint, None, *buttons, spacing=8, margins=(20, 12, 20, 12)), ground="surface2", edge="top")

    def _on_directory(self, directory: Directory) -> None:
        self._directory = directory
        self.caller.set_people(directory.people)

    def _on_caller(self) -> None:
        self.caller_label.set_error("")
        person, look = self.caller.person, self._context.look
        devices = ((one.id, one_line(one.name, 60)) for one in self._directory.devices_of(person))
        choices = [*devices, ("", look.text("phone.device.none"))]
        self.device.set_choices(choices, value=choices[0][0])
        if person is None:
            self.recent.set_tickets(None)
            return
        self._context.read(lambda work: read_tickets(work, person.id), owner=self, done=self._on_tickets)
        self.subject.edit.setFocus()

    def _on_tickets(self, tickets: tuple[TicketRow, ...]) -> None:
        self.recent.set_tickets(tickets if self.caller.person else None)

    def _on_subject(self, text: str) -> None:
        if not self.change.property("corrected"):
            self._category = guess_category(text)
        self._show_guess()

    def _on_category(self, category: str) -> None:
        self.change.setProperty("corrected", True)
        self._category = category
        self._show_guess()

    def _on_works(self, _works: str) -> None:
        self._show_guess()

    def _show_guess(self) -> None:
        look = self._context.look
        category = self._category or "other"
        priority = priority_for(Impact.ME, Urgency(self.works.value))
        word = look.text(f"priority.{priority.code}")
        self.category_chip.set_chip(look.text(f"category.{category}"), "acc")
        self.priority_chip.set_chip(look.text("phone.detected.priority", priority=word), _PRIORITY_TONES[priority])
        self.change.set_value(category, look.text("phone.detected.change"))

    def _is_complete(self) -> bool:
        look = self._context.look
        has_caller = bool(self.caller.person or self.caller.typed)
        self.caller_label.set_error("" if has_caller else look.text("phone.caller.missing"))
        self.subject.set_error("" if self.subject.text else look.text("phone.subject.missing"))
        if not has_caller:
            self.caller.focus_search()
        elif not self.subject.text:
            self.subject.edit.setFocus()
        return has_caller and bool(self.subject.text) and not self._is_saving

    def _command(self, *, solution: str = "") -> CreateTicket:
        person = self.caller.person
        return CreateTicket(
            title=self.subject.text,
            text=self.notes.text or self.subject.text,
            person_id=person.id if person else "",
            person_name=self.caller.typed,
            device_id=self.device.value,
            category=self._category or "other",
            urgency=Urgency(self.works.value),
            channel=Channel.PHONE,
            minutes=self.clock.minutes,
            solution=solution,
        )

    def _run(self, keep: Keep, done: Callable[[TicketRow], None]) -> None:
        self._is_saving = True
        clear(self._fault)
        self._context.do(keep, owner=self, done=done, failed=self._on_failed)

    def _on_saved(self, ticket: TicketRow) -> None:
        self._leave(ticket.id)

    def _on_handed(self, ticket: TicketRow) -> None:
        self._leave(ticket.id)
        self.hand_over_wanted.emit(ticket.id)

    def _leave(self, ticket_id: str) -> None:
        self._is_saving = False
        self.saved.emit(ticket_id)
        self.accept()

    def _on_use(self, ticket: TicketRow) -> None:
        words = self.notes.text or self.subject.text
        text = self._context.look.text("phone.note", text=words) if words else ""

        self._run(adding(ticket, text, self.clock.minutes), self._on_saved)

    def _on_failed(self, error: AppError) -> None:
        self._is_saving = False
        panel = ErrorPanel(self._context.look, error)
        self._fault.addWidget(panel)
        announce(panel, panel.accessibleName())
