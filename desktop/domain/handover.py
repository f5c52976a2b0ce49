"""A hand-over to the second or third level: what it carries and whether anything is missing, so that nobody asks twice.

Pure values: `services.handover` collects them, `handover_document` turns them into JSON, the windows into a PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from desktop.base.errors import AppError
from desktop.base.messages import Message
from desktop.domain.partner import PartnerKind
from desktop.domain.rows import MessageRow, PartnerRow, TicketPage
from desktop.domain.wizard.definition import AnswerType, Wording
from desktop.domain.wizard.definition import HandoverField as AskedField
from desktop.domain.wizard.run import Answer
from desktop.domain.wizard.ticks import TickList, progress, readable_lists

MAX_ENTRY = 4000  # characters of one entry; a page of text


class HandoverField(Enum):
    """What a precise hand-over answers; titles are the texts `handover.field.<value>`."""

    TASK = "task"
    FAULT = "fault"
    AFFECTED = "affected"
    DEVICE = "device"
    STEPS = "steps"
    CONTACT = "contact"
    DUE = "due"
    SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class TriedStep:
    """One step somebody tried; `result` is a code below `handover.result`, `value` what was found or answered."""

    title: Wording
    result: str
    at: datetime | None = None
    value: Wording = field(default_factory=Wording)


@dataclass(frozen=True, slots=True)
class RunField:
    """What a checklist wants to go along: its run, how it is asked, and the answer; None is "I do not know"."""

    run: str
    field: AskedField
    is_answered: bool = False
    answer: Answer = None

    @property
    def said(self) -> Wording:
        """Return the answer in words; empty where nobody knows it."""
        if self.answer is None:
            return Wording()
        words = {one.id: one.text for one in self.field.answers}
        if self.field.type is AnswerType.YESNO:
            words = {"yes": Wording("Ja", "Yes"), "no": Wording("Nein", "No"), **words}
        given = [str(one) for one in self.answer] if isinstance(self.answer, list) else [str(self.answer)]
        texts = [words.get(one, Wording(one, one)) for one in given]
        return Wording(", ".join(one.de for one in texts), ", ".join(one.en for one in texts))


@dataclass(frozen=True, slots=True)
class Order:
    """What the technician adds: the task, entries for missing fields, and the reason for sending with gaps."""

    task: str = ""
    entries: Mapping[HandoverField, str] = field(default_factory=dict[HandoverField, str])
    reason: str = ""

    def entry(self, wanted: HandoverField) -> str:
        """Return what was entered for a field, without surrounding blanks."""
        return self.entries.get(wanted, "").strip()


@dataclass(frozen=True, slots=True)
class Handover:
    """Everything one hand-over carries; `snapshot` is the stored document of the newest diagnosis."""

    company: str
    sender: str
    made_at: datetime
    page: TicketPage
    partner: PartnerRow
    order: Order
    steps: tuple[TriedStep, ...] = ()
    fields: tuple[RunField, ...] = ()
    snapshot: Mapping[str, Any] | None = None

    @property
    def is_outside(self) -> bool:
        """Tell whether the partner is outside the company."""
        return PartnerKind(self.partner.kind).is_outside

    @property
    def conversation(self) -> tuple[MessageRow, ...]:
        """Return the messages the partner may read: internal notes stay inside the company."""
        return tuple(one for one in self.page.messages if one.kind != "note" or not self.is_outside)

    @property
    def lists(self) -> tuple[TickList, ...]:
        """Return the lists of ticks the partner may read: what is noted beside an item stays inside the company."""
        found = readable_lists(one.document for one in self.page.runs)
        return tuple(replace(one, notes={}) for one in found) if self.is_outside else found

    @property
    def fault(self) -> str:
        """Return the fault in words: what was entered, else the person's own first message, else the title."""
        first = next((one.text for one in self.page.messages if one.kind == "request"), "")
        return self.order.entry(HandoverField.FAULT) or first.strip() or self.page.row.title

    @property
    def serial(self) -> str:
        """Return the serial number: entered, else the PC's own where the fault is not about another device."""
        if entered := self.order.entry(HandoverField.SERIAL):
            return entered
        if self.snapshot is None or self.page.row.category == "printer":
            return ""
        probe = self.snapshot.get("probes", {}).get("hardware", {})
        return str(probe.get("facts", {}).get("serial") or "")


@dataclass(frozen=True, slots=True)
class PassOn:
    """Pass a collected hand-over on: where the package goes and what else happens.

    `inform` is a reply to the person (none where empty); with `watches_due` the ticket comes back at its due date.
    """

    out: Path
    language: str = "de"
    as_zip: bool = False
    inform: str = ""
    watches_due: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the completeness check: the field, whether it is there, and what stands there.

    A `detail` parameter that is a datetime is to be rendered by whoever shows it.
    """

    field: HandoverField
    is_there: bool
    detail: Message


def check_order(order: Order) -> None:
    """Raise AppError `handover.too_long` where a text is longer than a page."""
    for name, text in (
        ("task", order.task),
        ("reason", order.reason),
        *((k.value, v) for k, v in order.entries.items()),
    ):
        if len(text) > MAX_ENTRY:
            raise AppError("handover.too_long", parameters={"field": name, "limit": MAX_ENTRY})


def check(handover: Handover) -> tuple[Check, ...]:
    """Return the completeness check in the order of the form; what only outsiders need is asked only for them."""
    checks = [
        Check(HandoverField.TASK, bool(handover.order.task.strip()), Message("handover.detail.task")),
        *(_checked(handover, one, look) for one, look in _LOOKS.items()),
    ]
    if handover.is_outside:
        checks.append(_checked(handover, HandoverField.SERIAL, _serial))
    return tuple(checks)


def missing(handover: Handover) -> tuple[HandoverField, ...]:
    """Return the fields that are not there."""
    return tuple(one.field for one in check(handover) if not one.is_there)


def unanswered(handover: Handover) -> tuple[RunField, ...]:
    """Return what the ticket's checklists want to know and nobody has answered."""
    return tuple(one for one in handover.fields if not one.is_answered)


def is_complete(handover: Handover) -> bool:
    """Tell whether nothing is missing."""
    return not missing(handover) and not unanswered(handover)


def _checked(handover: Handover, wanted: HandoverField, look: Callable[[Handover], Message | None]) -> Check:
    if entered := handover.order.entry(wanted):
        return Check(wanted, is_there=True, detail=Message("handover.detail.entered", {"text": entered}))
    found = look(handover)
    return Check(wanted, found is not None, found or Message(f"handover.missing.{wanted.value}"))


def _fault(handover: Handover) -> Message | None:
    row = handover.page.row
    has_words = any(one.kind == "request" and one.text.strip() for one in handover.page.messages)
    return Message("handover.detail.fault", {"title": row.title, "at": row.created_at}) if has_words else None


def _affected(handover: Handover) -> Message:
    page = handover.page
    return Message(f"handover.affected.{page.impact.value}.{page.urgency.value}")


def _device(handover: Handover) -> Message | None:
    page = handover.page
    if page.device is None or page.snapshot is None:
        return None
    hints = sum(one.state.value == "present" for one in page.snapshot.findings)
    return Message("handover.detail.device", {"name": page.device.name, "at": page.snapshot.taken_at}, count=hints)


def _steps(handover: Handover) -> Message | None:
    done = len(handover.steps) + sum(progress(one).done for one in handover.lists)
    return Message("handover.detail.steps", {}, count=done) if done else None


def _contact(handover: Handover) -> Message | None:
    person = handover.page.person
    if person is None or not (person.phone or person.email):
        return None
    if person.phone:
        return Message("handover.detail.contact", {"name": person.name, "phone": person.phone})
    return Message("handover.detail.contact_mail", {"name": person.name, "email": person.email})


def _due(handover: Handover) -> Message | None:
    due = handover.page.row.due_at
    return None if due is None else Message("handover.detail.due", {"at": due})


def _serial(handover: Handover) -> Message | None:
    return Message("handover.detail.entered", {"text": handover.serial}) if handover.serial else None


_LOOKS: Mapping[HandoverField, Callable[[Handover], Message | None]] = {
    HandoverField.FAULT: _fault,
    HandoverField.AFFECTED: _affected,
    HandoverField.DEVICE: _device,
    HandoverField.STEPS: _steps,
    HandoverField.CONTACT: _contact,
    HandoverField.DUE: _due,
}
