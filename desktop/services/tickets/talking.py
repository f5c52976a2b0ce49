"""Talks on a ticket: replies, notes, drafts, minutes of work and "I have read this"."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.commands import AddNote, LogTime, MarkSeen, Reply, SaveDraft, Wait
from desktop.domain.due import add_working_time
from desktop.domain.payloads import MAX_TEXT
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import StateType, WaitingReason
from desktop.models.tables import drafts, tickets
from desktop.services.tickets.changing import TicketChange, change_ticket, load
from desktop.services.tickets.messages import NewMessage, write_message, write_reply
from desktop.services.tickets.states import enter_solved, enter_waiting
from desktop.services.work import Work

WAIT_FOR_ANSWER = timedelta(hours=18)  # two working days of nine hours, then the ticket comes back


def reply(work: Work, command: Reply) -> Done[TicketRow]:
    """Write to the person and say where the ticket stands then; drops the draft.

    Has no undo: what was said may have been read. Raises AppError `message.empty`, `ticket.transition`,
    `ticket.wake_date`.
    """

    def act(change: TicketChange) -> None:
        write_reply(change, command.text, command.attachments)
        _stand_then(change, command)
        _drop_draft(change, "reply")

    done = change_ticket(work, command.ticket, act, version=command.version)
    return Done(done.result, done.changes | Changes.of(Subject.MESSAGE, done.result.id))


def _stand_then(change: TicketChange, command: Reply) -> None:
    if change.before.assignee_id is None and change.actor.id:
        change.set(assignee_id=change.actor.id)
    if command.after is StateType.WAITING:
        wake_at = command.wake_at or add_working_time(change.now, WAIT_FOR_ANSWER)
        enter_waiting(change, Wait(command.ticket, WaitingReason.ANSWER, wake_at))
    elif command.after is StateType.SOLVED:
        enter_solved(change)
    else:
        _take_up(change)


def _take_up(change: TicketChange) -> None:
    """Whoever answers works on it: out of waiting or out of the archive, and the history says so."""
    state = StateType(change.before.state_type)
    if state is StateType.OPEN:
        return
    change.enter(StateType.OPEN)
    if state is StateType.WAITING:
        change.record("resumed")
    elif not state.is_active:
        change.record("reopened", reason="")


def add_note(work: Work, command: AddNote) -> Done[TicketRow]:
    """Write an internal note; drops its draft. Raises AppError `message.empty`."""

    def act(change: TicketChange) -> None:
        write_message(change, NewMessage("note", command.text, attachments=command.attachments))
        change.record("noted")
        _drop_draft(change, "note")

    done = change_ticket(work, command.ticket, act, version=command.version)
    return Done(done.result, done.changes | Changes.of(Subject.MESSAGE, done.result.id))


def log_time(work: Work, command: LogTime) -> Done[TicketRow]:
    """Write down minutes of work. Raises AppError `ticket.minutes` outside 1 to 1440."""
    if not 1 <= command.minutes <= 24 * 60:
        raise AppError("ticket.minutes", kind=ErrorKind.USAGE)

    def act(change: TicketChange) -> None:
        change.set(minutes=change.before.minutes + command.minutes)
        change.record("time", minutes=command.minutes, text=command.text.strip()[:500])

    return change_ticket(work, command.ticket, act, version=command.version)


def mark_seen(work: Work, command: MarkSeen) -> Done[None]:
    """Take a ticket's news out of the inbox; no change of the ticket itself, hence no new version."""
    with work.store.writing() as connection:
        found = load(connection, command.ticket)
        if not found.has_news:
            return Done(None)
        connection.execute(update(tickets).where(tickets.c.id == found.id).values(has_news=0))
    return Done(None, Changes.of(Subject.TICKET, found.id))


def save_draft(work: Work, command: SaveDraft) -> Done[None]:
    """Keep an unsent text of this technician; an empty one removes it."""
    kind = "note" if command.is_note else "reply"
    with work.store.writing() as connection:
        found = load(connection, command.ticket)
        key = (drafts.c.ticket_id == found.id, drafts.c.author_id == work.actor.id, drafts.c.kind == kind)
        before = connection.execute(select(drafts.c.text).where(*key)).scalar() or ""
        text = command.text[:MAX_TEXT]
        if text == before:
            return Done(None)
        connection.execute(delete(drafts).where(*key))
        if text.strip():
            values = {"ticket_id": found.id, "author_id": work.actor.id, "kind": kind, "text": text}
            connection.execute(drafts.insert().values(**values, at=to_text(work.clock())))
    return Done(None, Changes.of(Subject.DRAFT, found.id))


def _drop_draft(change: TicketChange, kind: str) -> None:
    change.connection.execute(
        delete(drafts).where(
            drafts.c.ticket_id == change.before.id, drafts.c.author_id == change.actor.id, drafts.c.kind == kind
        )
    )
