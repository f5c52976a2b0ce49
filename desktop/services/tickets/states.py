"""Moves tickets through their states: wait, resume, solve, close, reopen, and back from waiting by themselves."""

from __future__ import annotations

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.commands import Close, Reopen, Resume, Solve, Wait
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import StateType, check_transition
from desktop.models.fetching import fetch
from desktop.models.view_sql import WAITING
from desktop.services.tickets.changing import TicketChange, change_ticket, load
from desktop.services.tickets.messages import write_reply
from desktop.services.work import Actor, Work

_DUE = f"SELECT id FROM tickets WHERE {WAITING} AND sort_at <= :now ORDER BY sort_at, seq"  # noqa: S608 - our own text


def wait(work: Work, command: Wait) -> Done[TicketRow]:
    """Let a ticket rest until a date. Raises AppError `ticket.wake_date` where that is not in the future."""

    def act(change: TicketChange) -> None:
        enter_waiting(change, command)

    return change_ticket(work, command.ticket, act, version=command.version)


def enter_waiting(change: TicketChange, command: Wait) -> None:
    """Put a ticket to rest, with its reason and the day it comes back. Raises AppError `ticket.wake_date`."""
    if command.wake_at <= change.now:
        raise AppError("ticket.wake_date", kind=ErrorKind.USAGE)
    wake_at = to_text(command.wake_at)
    change.enter(StateType.WAITING, waiting_reason=command.reason.value, wake_at=wake_at)
    change.record("waiting", waiting=command.reason.value, until=wake_at)


def resume(work: Work, command: Resume) -> Done[TicketRow]:
    """Take up a waiting or new ticket. Raises AppError `ticket.transition` for a solved or closed one."""

    def act(change: TicketChange) -> None:
        state = StateType(change.before.state_type)
        if not state.is_active:
            parameters = {"before": state.value, "after": StateType.OPEN.value}
            raise AppError("ticket.transition", parameters=parameters)
        if state is not StateType.OPEN:
            change.enter(StateType.OPEN)
            change.record("resumed")

    return change_ticket(work, command.ticket, act, version=command.version)


def solve(work: Work, command: Solve) -> Done[TicketRow]:
    """Say that the work is done; a text goes to the person as the last reply.

    Raises AppError `wizard.list_open` where a list that has to be done is not.
    """

    def act(change: TicketChange) -> None:
        if command.text.strip():
            check_transition(StateType(change.before.state_type), StateType.SOLVED)
            write_reply(change, command.text)
        enter_solved(change)

    return change_ticket(work, command.ticket, act, version=command.version)


def enter_solved(change: TicketChange) -> None:
    """Mark a ticket as solved; whoever solves an unassigned one has done the work."""
    change.enter(StateType.SOLVED, has_news=0)
    if change.before.assignee_id is None and change.actor.id:
        change.set(assignee_id=change.actor.id)
    change.record("solved")


def close(work: Work, command: Close) -> Done[TicketRow]:
    """Close a ticket for good. Raises AppError `wizard.list_open` where a list that has to be done is not."""

    def act(change: TicketChange) -> None:
        if change.before.state_type != StateType.CLOSED.value:
            change.enter(StateType.CLOSED, has_news=0)
            change.record("closed")

    return change_ticket(work, command.ticket, act, version=command.version)


def reopen(work: Work, command: Reopen) -> Done[TicketRow]:
    """Take a solved or closed ticket up again. Raises AppError `ticket.transition` for an active or merged one."""

    def act(change: TicketChange) -> None:
        state = StateType(change.before.state_type)
        if state.is_active:
            parameters = {"before": state.value, "after": StateType.OPEN.value}
            raise AppError("ticket.transition", parameters=parameters)
        change.enter(StateType.OPEN)
        change.record("reopened", reason=command.reason.strip()[:500])

    return change_ticket(work, command.ticket, act, version=command.version)


def wake_due(work: Work) -> Done[int]:
    """Bring back the waiting tickets whose day has come, as news in the inbox; returns how many."""
    due = {"now": to_text(work.clock())}
    with work.store.reading() as connection:  # asked every minute; only a day that has come is worth the write lock
        if not fetch(connection, _DUE, due):
            return Done(0)
    with work.store.writing() as connection:
        woken = [str(line[0]) for line in fetch(connection, _DUE, due)]
        for ticket_id in woken:
            change = TicketChange(work, connection, load(connection, ticket_id), actor=Actor())
            waiting = change.before.waiting_reason
            change.enter(StateType.OPEN, has_news=1)
            change.record("woken", waiting=waiting)
            change.save()
    return Done(len(woken), Changes.of(Subject.TICKET, *woken))
