"""Makes tickets: the number without gaps, the proposal of a priority, the first message and the first event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.domain.commands import CreateTicket, NewAttachment
from desktop.domain.due import ZONE
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import (
    CATEGORIES,
    Channel,
    Impact,
    Kind,
    Priority,
    StateType,
    Urgency,
    priority_for,
    ticket_number,
)
from desktop.models.device_queries import find_device, find_person
from desktop.models.fetching import fetch
from desktop.models.page_queries import read_row
from desktop.models.tables import tickets
from desktop.services.people_rows import find_or_make_person
from desktop.services.search_index import reindex
from desktop.services.technician_rows import technician_name
from desktop.services.tickets.changing import TicketChange, load
from desktop.services.tickets.clockwork import due_date
from desktop.services.tickets.messages import NewMessage, write_message, write_reply
from desktop.services.tickets.states import enter_solved
from desktop.services.work import Actor, Work

_NEXT_VALUE = (
    "INSERT INTO counters (name, value) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value"
)
_INSERT = insert(tickets)  # columns as parameters: naming them in the statement again costs half a millisecond
TITLE_LENGTH = 90  # characters; what two lines of the list hold


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What a ticket is made of, whichever way it came."""

    title: str
    text: str
    author: Actor
    author_role: str
    channel: Channel
    category: str = "other"
    kind: Kind = Kind.FAULT
    impact: Impact = Impact.ME
    urgency: Urgency = Urgency.LIMITED
    priority: Priority | None = None
    priority_reason: str = ""
    person_id: str = ""
    device_id: str = ""
    request_id: str = ""
    reachable: str = ""
    written_at: datetime | None = None
    created_at: datetime | None = None
    device_seq: int = 0
    has_news: bool = False
    attachments: tuple[NewAttachment, ...] = ()


def create_ticket(work: Work, command: CreateTicket) -> Done[TicketRow]:
    """Make a ticket of a call or a walk-in; with a solution it is solved in the same breath.

    Raises AppError `ticket.title`, `ticket.category`, `person.unknown`, `device.unknown`, `technician.unknown`,
    `ticket.minutes`.
    """
    title = " ".join(command.title.split()) or title_from(command.text)
    _check(command, title)
    with work.store.writing() as connection:
        person_id = _person(work, connection, command)
        if command.device_id and find_device(connection, command.device_id) is None:
            raise AppError("device.unknown", kind=ErrorKind.USAGE, parameters={"name": command.device_id[:60]})
        new = _new_ticket(work, command, title=title, person_id=person_id)
        change = TicketChange(work, connection, insert_ticket(work, connection, new))
        _go_on(change, command)
        change.save()
        row = read_row(connection, change.before.id)
    return Done(row, Changes.of(Subject.TICKET, row.id) | Changes.of(Subject.PERSON, *filter(None, [person_id])))


def _check(command: CreateTicket, title: str) -> None:
    if not title:
        raise AppError("ticket.title", kind=ErrorKind.USAGE)
    if command.category not in CATEGORIES:
        raise AppError("ticket.category", kind=ErrorKind.USAGE, parameters={"category": command.category[:60]})
    if not 0 <= command.minutes <= 24 * 60:
        raise AppError("ticket.minutes", kind=ErrorKind.USAGE)


def _person(work: Work, connection: Connection, command: CreateTicket) -> str:
    if not command.person_id:
        return find_or_make_person(work, connection, command.person_name) if command.person_name.strip() else ""
    if find_person(connection, command.person_id) is None:
        raise AppError("person.unknown", kind=ErrorKind.USAGE, parameters={"name": command.person_id[:60]})
    return command.person_id


def _new_ticket(work: Work, command: CreateTicket, *, title: str, person_id: str) -> NewTicket:
    return NewTicket(
        title=title,
        text=command.text,
        author=work.actor,
        author_role="technician",
        channel=command.channel,
        category=command.category,
        kind=command.kind,
        impact=command.impact,
        urgency=command.urgency,
        priority=command.priority,
        priority_reason=command.priority_reason,
        person_id=person_id,
        device_id=command.device_id,
        attachments=command.attachments,
    )


def _go_on(change: TicketChange, command: CreateTicket) -> None:
    """Note minutes, give the ticket to somebody and solve it, as far as the form says so."""
    if command.minutes:
        change.set(minutes=command.minutes)
        change.record("time", minutes=command.minutes, text="")
    if command.assignee_id:
        name = technician_name(change.connection, command.assignee_id)
        change.set(assignee_id=command.assignee_id)
        change.record("assigned", name=name)
    if command.solution.strip():
        write_reply(change, command.solution)
        enter_solved(change)
    elif command.assignee_id:
        change.enter(StateType.OPEN)


def insert_ticket(work: Work, connection: Connection, new: NewTicket) -> Row[Any]:
    """Write a new ticket with its first message, event and search entry; returns its columns."""
    now = work.clock()
    values = _columns(work, new, now)
    number = next_number(connection, new.created_at or now)
    connection.execute(_INSERT, {**values, "number": number, **_priority(work, new, now)})
    reindex(connection, values["id"])
    change = TicketChange(work, connection, load(connection, values["id"]), actor=new.author)
    if new.text.strip() or new.attachments:
        write_message(change, _first_message(new))
    change.record("created", channel=new.channel.value, priority=Priority(change.before.priority).code)
    return change.before


def _columns(work: Work, new: NewTicket, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(work.clock),
        "kind": new.kind.value,
        "title": new.title[:200],
        "state_id": StateType.NEW.value,
        "state_type": StateType.NEW.value,
        "impact": new.impact.value,
        "urgency": new.urgency.value,
        "category": new.category,
        "person_id": new.person_id or None,
        "device_id": new.device_id or None,
        "channel": new.channel.value,
        "request_id": new.request_id,
        "request_device_id": (new.device_id or None) if new.request_id else None,
        "reachable": new.reachable[:200],
        "has_news": int(new.has_news),
        "created_at": to_text(new.created_at or now),
        "changed_at": to_text(now),
        "changed_by": new.author.name,
    }


def _priority(work: Work, new: NewTicket, now: datetime) -> dict[str, Any]:
    """Return the proposal, what holds instead of it with its reason, and the due date that follows."""
    proposed = priority_for(new.impact, new.urgency)
    priority = new.priority or proposed
    is_own = priority is not proposed
    due = to_text(due_date(new.created_at or now, priority, 0))
    return {
        "priority": int(priority),
        "proposed_priority": int(proposed),
        "priority_reason": new.priority_reason[:500] if is_own else "",
        "priority_by": (work.actor.id or None) if is_own else None,
        "due_at": due,
        "sort_at": due,
    }


def _first_message(new: NewTicket) -> NewMessage:
    return NewMessage(
        "request",
        new.text,
        author_role=new.author_role,
        attachments=new.attachments,
        at=new.written_at,
        device_seq=new.device_seq,
    )


def next_number(connection: Connection, moment: datetime) -> str:
    """Take the next number of the year in the same transaction as the ticket, so that no number is ever missing."""
    year = moment.astimezone(ZONE).year
    ((serial,),) = fetch(connection, _NEXT_VALUE, {"name": f"tickets-{year}"})
    return ticket_number(year, serial)


def title_from(words: str) -> str:
    """Return a title made from the first sentence of a text, cut at a word."""
    first = next((line.strip() for line in words.splitlines() if line.strip()), "")
    sentence = first.split(". ")[0].rstrip(".")
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    return sentence[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
