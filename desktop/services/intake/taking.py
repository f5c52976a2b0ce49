"""Turns requests, follow-ups and verdicts of let-in PCs into tickets and entries on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, select, update

from desktop.base.clock import from_text
from desktop.base.errors import AppError
from desktop.domain.commands import NewAttachment
from desktop.domain.payloads import AttachmentInfo, Fate, FollowUp, Request, Verdict
from desktop.domain.ticket import CATEGORIES, Channel, Impact, StateType, Urgency
from desktop.exchange.reports import Arrival
from desktop.models.tables import people, tickets
from desktop.services.intake.report import Outcome
from desktop.services.judging import take_snapshot
from desktop.services.outbox_rows import queue_status
from desktop.services.people_rows import find_or_make_person
from desktop.services.recording import record_event
from desktop.services.snapshots import store_snapshot
from desktop.services.tickets.blocking import find_open_list
from desktop.services.tickets.changing import TicketChange, load
from desktop.services.tickets.creating import NewTicket, insert_ticket, title_from
from desktop.services.tickets.messages import NewMessage, write_message
from desktop.services.wizard_runs import readable_runs, write_run
from desktop.services.work import Actor, Work

MAX_SKEW = timedelta(minutes=10)  # beyond this a PC's clock is not believed


@dataclass(frozen=True, slots=True)
class Sender:
    """The let-in PC that signed a message."""

    id: str
    name: str
    person_id: str


def take_request(work: Work, connection: Connection, arrival: Arrival, payload: Request, sender: Sender) -> Outcome:
    """Make a ticket of a request, with its files, snapshot and self-help, and queue the receipt for the PC."""
    if earlier := _ticket_of(connection, payload.request_id, sender):
        return Outcome(arrival, Fate.DUPLICATE, earlier.id, earlier.number, sender.id)
    person_id = _person(work, connection, payload, sender)
    author = Actor(person_id, payload.person_name.strip()[:120] or sender.name)
    ticket = insert_ticket(work, connection, _new_ticket(work, arrival, payload, sender, person_id=person_id))
    ticket_id = str(ticket.id)
    _keep_snapshot(work, connection, payload, ticket_id=ticket_id, sender=sender, author=author)
    for run in readable_runs(work, payload.wizard_runs):
        write_run(work, connection, run, ticket_id=ticket_id, device_id=sender.id, actor=author)
    queue_status(work, connection, load(connection, ticket_id))
    return Outcome(arrival, Fate.IMPORTED, ticket_id, str(ticket.number), sender.id)


def _new_ticket(work: Work, arrival: Arrival, payload: Request, sender: Sender, *, person_id: str) -> NewTicket:
    return NewTicket(
        title=title_from(payload.text) or payload.category[:60],
        text=payload.text,
        author=Actor(person_id, payload.person_name.strip()[:120] or sender.name),
        author_role="employee",
        channel=Channel.TRAY,
        category=payload.category if payload.category in CATEGORIES else "other",
        impact=_one_of(Impact, payload.impact, "impact"),
        urgency=_one_of(Urgency, payload.urgency, "urgency"),
        person_id=person_id,
        device_id=sender.id,
        request_id=payload.request_id,
        reachable=payload.reachable or payload.phone,
        written_at=written_at(payload.created_at),
        created_at=believed(work, payload.created_at),
        device_seq=payload.device_seq,
        has_news=True,
        attachments=_attachments(payload.attachments, arrival.parts),
    )


def take_follow_up(work: Work, connection: Connection, arrival: Arrival, payload: FollowUp, sender: Sender) -> Outcome:
    """Add an employee's message to their ticket; a resting or solved one is taken up again by it."""
    ticket = _ticket_of(connection, payload.request_id, sender)
    if ticket is None:
        return Outcome(arrival, Fate.LATER, reason="no_request", device_id=sender.id)
    change = TicketChange(work, connection, ticket, actor=_author(connection, ticket, sender))
    write_message(
        change,
        NewMessage(
            "reply",
            payload.text,
            author_role="employee",
            attachments=_attachments(payload.attachments, arrival.parts),
            at=written_at(payload.created_at),
            device_seq=payload.device_seq,
        ),
    )
    change.record("followed_up")
    change.set(has_news=1)
    _take_up_again(change)
    change.save()
    return Outcome(arrival, Fate.IMPORTED, ticket.id, ticket.number, sender.id)


def _take_up_again(change: TicketChange) -> None:
    state = StateType(change.before.state_type)
    if state is StateType.WAITING:
        change.enter(StateType.OPEN)
        change.record("resumed")
    elif state in (StateType.SOLVED, StateType.CLOSED):
        change.enter(StateType.OPEN)
        change.record("reopened", reason="")


def take_verdict(work: Work, connection: Connection, arrival: Arrival, payload: Verdict, sender: Sender) -> Outcome:
    """Take in whether it is solved: yes closes the ticket, no opens it again; the rating and comment are kept."""
    ticket = _ticket_of(connection, payload.request_id, sender)
    if ticket is None:
        return Outcome(arrival, Fate.LATER, reason="no_request", device_id=sender.id)
    change = TicketChange(work, connection, ticket, actor=_author(connection, ticket, sender))
    if payload.comment.strip():
        at = written_at(payload.created_at)
        message = NewMessage("reply", payload.comment, author_role="employee", at=at, device_seq=payload.device_seq)
        write_message(change, message)
        change.record("followed_up")
    if payload.rating in (1, 2, 3, 4):
        change.set(rating=payload.rating)
        change.record("rated", rating=payload.rating)
    is_settled = _judge(change, is_solved=payload.solved)
    change.set(has_news=int(not is_settled or bool(payload.comment.strip())))
    change.save()
    return Outcome(arrival, Fate.IMPORTED, ticket.id, ticket.number, sender.id)


def _judge(change: TicketChange, *, is_solved: bool) -> bool:
    """Close or open the ticket; tells whether nobody here has to look at it any more."""
    state = StateType(change.before.state_type)
    if is_solved and state not in (StateType.CLOSED, StateType.MERGED):
        if find_open_list(change.connection, change.before.id):  # it works for the person, but ours is not done
            change.record("confirmed_open")
            return False
        change.enter(StateType.CLOSED)
        change.record("confirmed")
    elif not is_solved and state in (StateType.SOLVED, StateType.CLOSED):
        change.enter(StateType.OPEN)
        change.record("rejected")
    return is_solved


def _ticket_of(connection: Connection, request_id: str, sender: Sender) -> Row[Any] | None:
    """Find the ticket of a request; only the PC that sent the request may speak on it."""
    own = (tickets.c.request_id == request_id, tickets.c.request_device_id == sender.id)
    return connection.execute(select(tickets).where(*own)).first()


def _author(connection: Connection, ticket: Row[Any], sender: Sender) -> Actor:
    name = connection.execute(select(people.c.name).where(people.c.id == ticket.person_id)).scalar()
    return Actor(ticket.person_id or "", name or sender.name)


def _person(work: Work, connection: Connection, payload: Request, sender: Sender) -> str:
    name = payload.person_name.strip()
    return find_or_make_person(work, connection, name, phone=payload.phone) if name else sender.person_id


def _keep_snapshot(
    work: Work, connection: Connection, payload: Request, *, ticket_id: str, sender: Sender, author: Actor
) -> None:
    snapshot = take_snapshot(connection, payload.snapshot, sender.id)
    if snapshot is None:
        return
    snapshot_id = store_snapshot(work, connection, snapshot, device_id=sender.id, ticket_id=ticket_id)
    connection.execute(update(tickets).where(tickets.c.id == ticket_id).values(snapshot_id=snapshot_id))
    record_event(
        work,
        connection,
        ticket_id,
        "snapshot",
        detail={"hints": len(snapshot.present), "snapshot": snapshot_id},
        actor=author,
    )


def _attachments(infos: list[AttachmentInfo], parts: tuple[bytes, ...]) -> tuple[NewAttachment, ...]:
    """Pair names with contents. Raises AppError `payload.invalid` where a file is not what was announced."""
    found: list[NewAttachment] = []
    for one in infos:
        content = parts[one.part] if 0 <= one.part < len(parts) else None
        if content is None or len(content) != one.size or sha256(content).hexdigest() != one.sha256:
            raise AppError("payload.invalid", parameters={"key": "attachments"})
        found.append(NewAttachment(one.name, content))
    return tuple(found)


def written_at(text: str) -> datetime:
    """Return when something was written by the PC's clock. Raises AppError `payload.invalid`."""
    try:
        return from_text(text).astimezone(UTC)  # fails for the first and last hours of the calendar
    except (ValueError, OverflowError) as error:
        raise AppError("payload.invalid", parameters={"key": "created_at"}) from error


def believed(work: Work, text: str) -> datetime:
    """Return the moment from which the ticket's clock runs: the PC's, or ours where the two are too far apart."""
    now, theirs = work.clock(), written_at(text)
    return theirs if abs(now - theirs) <= MAX_SKEW else now


def _one_of(family: type[Any], value: str, key: str) -> Any:
    try:
        return family(value)
    except ValueError as error:
        raise AppError("payload.invalid", parameters={"key": key}) from error
