"""The one way a ticket changes: read, check the version, set columns, record, save, and offer the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.messages import Message
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import StateType, check_transition
from desktop.models.page_queries import find_ticket, read_row
from desktop.models.tables import ticket_states, tickets
from desktop.services.outbox_rows import queue_status
from desktop.services.recording import record_event
from desktop.services.search_index import reindex
from desktop.services.tick_rows import confirm_lists_of
from desktop.services.tickets.blocking import ENDED, check_lists_done
from desktop.services.tickets.clockwork import enter_state
from desktop.services.work import Actor, Work

_SEARCHED = frozenset({"title", "person_id", "device_id"})
_TOLD = frozenset({"state_type", "assignee_id", "title"})  # what the employee's PC shows

_STAYS = frozenset({"first_reply_at"})  # a reply that was sent stays sent, whatever else is taken back


class TicketChange:
    """A ticket about to change, inside one transaction; nothing is written before `save`."""

    def __init__(self, work: Work, connection: Connection, before: Row[Any], *, actor: Actor | None = None) -> None:
        self.work = work
        self.connection = connection
        self.before = before
        self.actor = work.actor if actor is None else actor
        self.now: datetime = work.clock()
        self.values: dict[str, Any] = {}
        self.kind = ""

    def set(self, **values: object) -> None:
        """Set columns of the ticket; those that have the value already stay untouched."""
        self.values |= {name: value for name, value in values.items() if getattr(self.before, name) != value}

    def get(self, name: str) -> Any:
        """Return what a column will hold after the change."""
        return self.values.get(name, getattr(self.before, name))

    def enter(self, after: StateType, **values: object) -> None:
        """Move to another state with its clock. Raises AppError `ticket.transition`."""
        check_transition(StateType(self.before.state_type), after)
        query = select(ticket_states.c.id).where(ticket_states.c.type == after.value)
        state_id = self.connection.execute(query.order_by(ticket_states.c.position)).scalars().first()
        self.set(state_id=state_id, state_type=after.value, **values)
        self.set(**enter_state(self.before, after, self.now, values))

    def record(self, kind: str, **detail: object) -> None:
        """Write an entry into the history; the last one names the change in "undo"."""
        self.kind = kind
        record_event(self.work, self.connection, self.before.id, kind, detail=detail, actor=self.actor, at=self.now)

    def save(self) -> None:
        """Write the columns, renew the search index and tell the PC, as far as they are concerned.

        Raises AppError `wizard.list_open` where a ticket would end although a list that has to be done is open.
        """
        if not self.values and not self.kind:
            return
        if self.values.get("state_type") in ENDED:
            check_lists_done(self.connection, self.before.id)
        touched = {"changed_at": to_text(self.now), "changed_by": self.actor.name, "version": self.before.version + 1}
        self.connection.execute(update(tickets).where(tickets.c.id == self.before.id).values(**self.values, **touched))
        if _SEARCHED & self.values.keys():
            reindex(self.connection, self.before.id)
        if "device_id" in self.values:  # another PC's diagnosis proves nothing about this one
            confirm_lists_of(self.work, self.connection, ticket_id=self.before.id)
        if _TOLD & self.values.keys():
            queue_status(self.work, self.connection, load(self.connection, self.before.id))


def load(connection: Connection, ticket: str, *, version: int | None = None) -> Row[Any]:
    """Return a ticket's columns. Raises AppError `ticket.unknown`, `ticket.conflict` naming who changed it."""
    found = find_ticket(connection, ticket)
    if found is None:
        raise AppError("ticket.unknown", kind=ErrorKind.USAGE, parameters={"number": ticket[:60]})
    if version is not None and found.version != version:
        raise AppError("ticket.conflict", parameters={"number": found.number, "name": found.changed_by})
    return found


def change_ticket(
    work: Work, ticket: str, act: Callable[[TicketChange], None], *, version: int | None = None
) -> Done[TicketRow]:
    """Let `act` change a ticket in one transaction; the result has its new row and the way back."""
    with work.store.writing() as connection:
        change = TicketChange(work, connection, load(connection, ticket, version=version))
        act(change)
        change.save()
        row = read_row(connection, change.before.id)
    subjects = Changes.of(Subject.TICKET, row.id)
    return Done(row, subjects, _undo_of(change) if change.values and change.kind else None)


def _undo_of(change: TicketChange) -> Undo:
    """Offer to put the changed columns back, as long as nobody has changed the ticket since."""
    old = {name: getattr(change.before, name) for name in change.values if name not in _STAYS}
    kind, ticket_id, version = change.kind, change.before.id, change.before.version + 1

    def act(back: TicketChange) -> None:
        back.set(**old)
        back.record("undone", event=kind)

    label = Message(f"undo.{kind}", {"number": change.before.number})
    return Undo(label, lambda work: change_ticket(work, ticket_id, act, version=version))
