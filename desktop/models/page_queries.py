"""Reads what the ticket page shows, one short query per part."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, text

from desktop.base.clock import from_text
from desktop.domain.rows import AttachmentRow, EventRow, MessageRow, TicketRow, WizardRunRow
from desktop.models.list_queries import SELECT_ROWS, ticket_row
from desktop.models.tables import attachments, drafts, events, messages, outbox, tickets, wizard_runs


def find_ticket(connection: Connection, number_or_id: str) -> Row[Any] | None:
    """Return all columns of one ticket, found by id, number or the end of its number, or None."""
    wanted = number_or_id.strip()
    query = select(tickets).where(or_(tickets.c.id == wanted, tickets.c.number == wanted.upper()))
    return connection.execute(query).first()


def read_row(connection: Connection, ticket_id: str) -> TicketRow:
    """Return a ticket as lists show it."""
    line = connection.execute(text(f"{SELECT_ROWS} WHERE t.id = :id"), {"id": ticket_id}).one()
    return ticket_row(line)


def read_rows(connection: Connection, condition: str, values: dict[str, object]) -> tuple[TicketRow, ...]:
    """Return the tickets that fit a condition of ours in SQL, as lists show them."""
    return tuple(ticket_row(line) for line in connection.execute(text(f"{SELECT_ROWS} WHERE {condition}"), values))


def list_messages(connection: Connection, ticket_id: str) -> tuple[MessageRow, ...]:
    """Return a conversation in the order in which it arrived, with files and the fate of our replies."""
    files = _attachments_by_message(connection, ticket_id)
    query = (
        select(messages, outbox.c.delivered_at, outbox.c.acknowledged_at, outbox.c.problem)
        .outerjoin(outbox, outbox.c.id == messages.c.outbox_id)
        .where(messages.c.ticket_id == ticket_id)
        .order_by(messages.c.seq)
    )
    return tuple(
        MessageRow(
            id=one.id,
            kind=one.kind,
            author=one.author,
            author_role=one.author_role,
            text=one.text,
            at=from_text(one.at),
            attachments=files.get(one.id, ()),
            delivery=_delivery(one),
        )
        for one in connection.execute(query)
    )


def _delivery(message: Row[Any]) -> str:
    """Say how far a reply has come: queued, delivered, acknowledged, failed; empty where nothing travels."""
    if message.outbox_id is None:
        return ""
    if message.acknowledged_at:
        return "acknowledged"
    if message.problem:
        return "failed"
    return "delivered" if message.delivered_at else "queued"


def _attachments_by_message(connection: Connection, ticket_id: str) -> dict[str, tuple[AttachmentRow, ...]]:
    query = select(attachments).where(attachments.c.ticket_id == ticket_id).order_by(attachments.c.id)
    found: dict[str, tuple[AttachmentRow, ...]] = {}
    for one in connection.execute(query):
        row = AttachmentRow(one.id, one.name, one.size, one.sha256)
        found[one.message_id] = (*found.get(one.message_id, ()), row)
    return found


def list_events(connection: Connection, ticket_id: str) -> tuple[EventRow, ...]:
    """Return a ticket's history, oldest first."""
    query = select(events).where(events.c.ticket_id == ticket_id).order_by(events.c.seq)
    return tuple(
        EventRow(one.id, one.kind, one.actor, from_text(one.at), json.loads(one.detail))
        for one in connection.execute(query)
    )


def list_runs(connection: Connection, ticket_id: str) -> tuple[WizardRunRow, ...]:
    """Return the checklists gone through on a ticket, oldest first."""
    query = select(wizard_runs).where(wizard_runs.c.ticket_id == ticket_id)
    ordered = query.order_by(wizard_runs.c.started_at, wizard_runs.c.id)
    return tuple(run_row(one) for one in connection.execute(ordered))


def run_row(one: Row[Any]) -> WizardRunRow:
    """Return the row of a stored run."""
    return WizardRunRow(
        id=one.id,
        wizard=one.wizard,
        audience=one.audience,
        state=one.state,
        outcome=one.outcome,
        started_at=from_text(one.started_at),
        actor=one.actor,
        document=json.loads(one.document),
    )


def read_drafts(connection: Connection, ticket_id: str, author_id: str) -> dict[str, str]:
    """Return the unsent texts of one author by kind."""
    query = select(drafts.c.kind, drafts.c.text)
    mine = query.where(drafts.c.ticket_id == ticket_id, drafts.c.author_id == author_id)
    return {one.kind: one.text for one in connection.execute(mine)}


def count_tickets(connection: Connection, person_id: str) -> tuple[int, int]:
    """Return how many tickets of a person are active and how many there are."""
    active = func.sum(tickets.c.state_type.in_(("new", "open", "waiting")))
    query = select(func.coalesce(active, 0), func.count()).where(tickets.c.person_id == person_id)
    found = connection.execute(query).one()
    return int(found[0]), int(found[1])
