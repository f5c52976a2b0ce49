"""The fields of a call: who, what, category as guessed or corrected, notes, device, whether the work goes on."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.category_guess import guess_category
from desktop.domain.commands import CreateTicket
from desktop.domain.ticket import CATEGORIES, Channel, Impact, Urgency, priority_for
from desktop.ui.common.buttons import ChoiceButton
from desktop.ui.common.controls import Chip, SegmentedControl
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.fields import Field, NotesField, TextField
from desktop.ui.desk.phone.caller_field import CallerField
from desktop.ui.desk.phone.calls import Directory
from desktop.ui.desk.phone.drafts import CallDraft

_PRIORITY_TONES = {1: "red", 2: "amb", 3: "acc", 4: "plain"}


class CallForm(QWidget):
    """Knows nothing of the store: it is filled with people and devices, and read as a draft or a command."""

    edited = Signal()
    """Anything was typed or chosen."""
    caller_changed = Signal()
    device_changed = Signal(str)
    """The id of the device, empty for none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._directory = Directory()
        self._corrected = ""
        self.setProperty("ground", "surface")
        self._make_words(look)
        self._make_choices(look)
        last = row(
            Field(look, look.text("phone.device"), self.device),
            Field(look, look.text("phone.works"), self.works),
            None,
            spacing=20,
        )
        parts = (self.caller_label, 10, self.subject, self._detected(look), 10, self.notes, 10, last)
        whole = column(*parts, spacing=4, margins=(20, 16, 20, 16))
        whole.setStretch(whole.indexOf(self.notes), 1)
        self.setLayout(whole)
        self.show_guess()

    @property
    def category(self) -> str:
        """Return the corrected or guessed category; empty where nothing is known."""
        return self._corrected or guess_category(self.subject.text)

    def set_directory(self, directory: Directory) -> None:
        """Say who can call and what they work with."""
        self._directory = directory
        self.caller.set_people(directory.people)

    def draft(self, draft_id: str, *, at: datetime, seconds: float) -> CallDraft:
        """Return what stands in the fields."""
        person = self.caller.person
        return CallDraft(
            id=draft_id,
            at=at,
            seconds=seconds,
            person_id=person.id if person else "",
            typed=self.caller.typed,
            subject=self.subject.text,
            notes=self.notes.text,
            device_id=self.device.value,
            works=self.works.value,
            category=self._corrected,
        )

    def fill(self, draft: CallDraft) -> None:
        """Put a draft into the fields; a person or device that is gone is left out."""
        person = next((one for one in self._directory.people if one.id == draft.person_id), None)
        self.caller.choose(person)
        if person is None:
            self.caller.edit.setText(draft.typed)
            self._on_caller()
        self.subject.set_text(draft.subject)
        self.notes.set_text(draft.notes)
        self.works.set_value(draft.works)
        if draft.device_id in {one.id for one in self._directory.devices_of(person)}:
            self.device.set_value(draft.device_id)
        self._corrected = draft.category
        self.show_guess()

    def is_complete(self) -> bool:
        """Tell whether a ticket can be made; says what is missing and puts the keyboard there."""
        text = self._look.text
        has_caller = bool(self.caller.person or self.caller.typed)
        self.caller_label.set_error("" if has_caller else text("phone.caller.missing"))
        self.subject.set_error("" if self.subject.text else text("phone.subject.missing"))
        if not has_caller:
            self.caller.focus_search()
        elif not self.subject.text:
            self.subject.edit.setFocus()
        return has_caller and bool(self.subject.text)

    def command(self, *, minutes: int, solution: str = "") -> CreateTicket:
        """Return what makes the ticket of this call."""
        person = self.caller.person
        return CreateTicket(
            title=self.subject.text,
            text=self.notes.text or self.subject.text,
            person_id=person.id if person else "",
            person_name=self.caller.typed,
            device_id=self.device.value,
            category=self.category or "other",
            urgency=Urgency(self.works.value),
            channel=Channel.PHONE,
            minutes=minutes,
            solution=solution,
        )

    def show_guess(self) -> None:
        """Show the category and the priority that follow from what was said so far."""
        look, category = self._look, self.category or "other"
        priority = priority_for(Impact.ME, Urgency(self.works.value))
        word = look.text(f"priority.{priority.code}")
        self.category_chip.set_chip(look.text(f"category.{category}"), "acc")
        self.priority_chip.set_chip(look.text("phone.detected.priority", priority=word), _PRIORITY_TONES[priority])
        self.change.set_value(category, look.text("phone.detected.change"))

    def _make_words(self, look: Look) -> None:
        self.caller = CallerField(look)
        self.caller.changed.connect(self._on_caller)
        self.caller.left.connect(self._on_left)
        self.caller_label = Field(look, look.text("phone.caller"), self.caller)
        placeholder = look.text("phone.subject.placeholder")
        self.subject = TextField(look, look.text("phone.subject"), placeholder=placeholder, limit=200)
        self.subject.edited.connect(self._on_edited)
        self.notes = NotesField(look, look.text("phone.notes"), placeholder=look.text("phone.notes.placeholder"))
        self.notes.edit.textChanged.connect(self.edited)

    def _make_choices(self, look: Look) -> None:
        self.device = ChoiceButton(look, look.text("phone.device"), [("", look.text("phone.device.none"))])
        self.device.setMinimumWidth(look.theme.px(200))
        self.device.chosen.connect(self._on_device)
        works = [(one, look.text(f"phone.works.{one}"), "") for one in ("minor", "limited", "blocked")]
        self.works = SegmentedControl(look, look.text("phone.works"), works, value=Urgency.LIMITED.value)
        self.works.chosen.connect(self._on_edited)

    def _detected(self, look: Look) -> QFrame:
        label = plain_label(look, look.text("phone.detected"), size="meta", tone="t3")
        self.category_chip, self.priority_chip = Chip(look, "", "acc"), Chip(look, "", "acc")
        choices = [(one, look.text(f"category.{one}")) for one in CATEGORIES]
        self.change = ChoiceButton(look, look.text("phone.detected.change"), choices, kind="property", small=True)
        self.change.chosen.connect(self._on_category)
        frame = QFrame()
        frame.setLayout(row(label, self.category_chip, self.priority_chip, self.change, None, spacing=6))
        return frame

    def _on_caller(self) -> None:
        look, person, typed = self._look, self.caller.person, self.caller.typed
        self.caller_label.set_error("")
        is_new = bool(typed) and (self.caller.is_new or not self.caller.matches(typed))
        self.caller_label.set_hint(look.text("phone.caller.unknown", name=one_line(typed, 60)) if is_new else "")
        devices = [(one.id, one_line(one.name, 60)) for one in self._directory.devices_of(person)]
        choices = [*devices, ("", look.text("phone.device.none"))]
        self.device.set_choices(choices, value=choices[0][0])
        self.device_changed.emit(self.device.value)
        self.caller_changed.emit()
        self.edited.emit()

    def _on_left(self) -> None:
        self._on_caller()
        self.subject.edit.setFocus()

    def _on_device(self, device: str) -> None:
        self.device_changed.emit(device)
        self.edited.emit()

    def _on_category(self, category: str) -> None:
        self._corrected = category
        self._on_edited()

    def _on_edited(self, _text: str = "") -> None:
        self.show_guess()
        self.edited.emit()
