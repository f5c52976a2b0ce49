"""Reads what the ticket page shows, one short statement per part; each is answered by an index."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from desktop.base.clock import from_text
from desktop.base.ids import reference
from desktop.domain.rows import AttachmentRow, EventRow, MessageRow, TicketPage, TicketRow, WizardRunRow
from desktop.domain.ticket import Channel, Impact, Kind, Priority, Urgency, WaitingReason
from desktop.models.device_queries import find_person, read_device, read_snapshot_row
from desktop.models.fetching import Line, fetch, fetch_one, storable
from desktop.models.list_queries import COLUMNS, SELECT_ROWS, SOURCES, ticket_row
from desktop.models.tables import tickets

_FIND = select(tickets).where(or_(tickets.c.id == bindparam("wanted"), tickets.c.number == bindparam("number")))
_PAGE = f"""SELECT {COLUMNS},
t.version, t.kind, t.channel, t.impact, t.urgency, t.proposed_priority, t.priority_reason, t.waiting_reason,
t.request_id, t.person_id, t.device_id, t.assignee_id, t.snapshot_id, t.rating
{SOURCES} WHERE t.id = :wanted OR t.number = :number"""
_MESSAGES = """
SELECT m.id, m.kind, m.author, m.author_role, m.text, m.at, m.outbox_id, o.delivered_at, o.acknowledged_at, o.problem
FROM messages AS m LEFT JOIN outbox AS o ON o.id = m.outbox_id WHERE m.ticket_id = :ticket ORDER BY m.seq"""
_FILES = "SELECT message_id, id, name, size, sha256 FROM attachments WHERE ticket_id = :ticket ORDER BY id"
_EVENTS = "SELECT id, kind, actor, at, detail FROM events WHERE ticket_id = :ticket ORDER BY seq"
_SELECT_RUNS = """
SELECT id, wizard, audience, state, outcome, started_at, actor, document, mode, blocks, changed_at FROM wizard_runs"""
_RUNS = f"{_SELECT_RUNS} WHERE ticket_id = :ticket ORDER BY started_at, id"
_RUN = f"{_SELECT_RUNS} WHERE id = :run"
_DRAFTS = "SELECT kind, text FROM drafts WHERE ticket_id = :ticket AND author_id = :author"


def find_ticket(connection: Connection, number_or_id: str) -> Row[Any] | None:
    """Return all columns of one ticket, found by its id or number, or None."""
    return connection.execute(_FIND, _wanted(number_or_id)).first()


def _wanted(number_or_id: str) -> dict[str, str]:
    wanted = storable(number_or_id.strip())
    return {"wanted": wanted, "number": wanted.upper()}


def read_row(connection: Connection, ticket_id: str) -> TicketRow:
    """Return a ticket as lists show it."""
    (line,) = fetch(connection, f"{SELECT_ROWS} WHERE t.id = :id", {"id": ticket_id})
    return ticket_row(line)


def read_rows(connection: Connection, condition: str, values: dict[str, object]) -> tuple[TicketRow, ...]:
    """Return the tickets that fit a condition of ours in SQL, as lists show them."""
    return tuple(ticket_row(line) for line in fetch(connection, f"{SELECT_ROWS} WHERE {condition}", values))


def read_page(connection: Connection, number_or_id: str, author_id: str) -> TicketPage | None:
    """Return everything about one ticket with the drafts of one author, or None where there is no such ticket."""
    line = fetch_one(connection, _PAGE, _wanted(number_or_id))
    if line is None:
        return None
    row = ticket_row(line)
    version, kind, channel, impact, urgency, proposed, reason, waiting = line[18:26]
    request, person, device, assignee, snapshot, rating = line[26:]
    drafts = dict(fetch(connection, _DRAFTS, {"ticket": row.id, "author": author_id}))
    return TicketPage(
        row=row,
        version=version,
        kind=Kind(kind),
        channel=Channel(channel),
        impact=Impact(impact),
        urgency=Urgency(urgency),
        proposed_priority=Priority(proposed),
        priority_reason=reason,
        waiting_reason=WaitingReason(waiting) if waiting else None,
        request_reference=reference(request) if request else "",
        person=find_person(connection, person) if person else None,
        device=read_device(connection, device) if device else None,
        assignee_id=assignee or "",
        snapshot=read_snapshot_row(connection, snapshot or "", device or ""),
        messages=_messages(connection, row.id),
        events=_events(connection, row.id),
        runs=list_runs(connection, row.id),
        rating=rating,
        reply_draft=drafts.get("reply", ""),
        note_draft=drafts.get("note", ""),
    )


def _messages(connection: Connection, ticket_id: str) -> tuple[MessageRow, ...]:
    """Return a conversation in the order in which it arrived, with files and the fate of our replies."""
    files: dict[str, list[AttachmentRow]] = {}
    for message_id, *values in fetch(connection, _FILES, {"ticket": ticket_id}):
        files.setdefault(message_id, []).append(AttachmentRow(*values))
    return tuple(
        MessageRow(
            id=line[0],
            kind=line[1],
            author=line[2],
            author_role=line[3],
            text=line[4],
            at=from_text(line[5]),
            attachments=tuple(files.get(line[0], ())),
            delivery=_delivery(*line[6:]),
        )
        for line in fetch(connection, _MESSAGES, {"ticket": ticket_id})
    )


def _delivery(outbox_id: str | None, delivered_at: str | None, acknowledged_at: str | None, problem: str | None) -> str:
    """Say how far a reply has come: queued, delivered, acknowledged, failed; empty where nothing travels."""
    if outbox_id is None:
        return ""
    if acknowledged_at:
        return "acknowledged"
    if problem:
        return "failed"
    return "delivered" if delivered_at else "queued"


def _events(connection: Connection, ticket_id: str) -> tuple[EventRow, ...]:
    """Return a ticket's history, oldest first."""
    return tuple(
        EventRow(id_, kind, actor, from_text(at), json.loads(detail))
        for id_, kind, actor, at, detail in fetch(connection, _EVENTS, {"ticket": ticket_id})
    )


def list_runs(connection: Connection, ticket_id: str) -> tuple[WizardRunRow, ...]:
    """Return the checklists gone through on a ticket, oldest first."""
    return tuple(_run_row(line) for line in fetch(connection, _RUNS, {"ticket": ticket_id}))


def read_run(connection: Connection, run_id: str) -> WizardRunRow:
    """Return a stored run."""
    (line,) = fetch(connection, _RUN, {"run": run_id})
    return _run_row(line)


def _run_row(line: Line) -> WizardRunRow:
    run_id, wizard, audience, state, outcome, started_at, actor, document, mode, blocks, changed_at = line
    return WizardRunRow(
        id=run_id,
        wizard=wizard,
        audience=audience,
        state=state,
        outcome=outcome,
        started_at=from_text(started_at),
        actor=actor,
        document=json.loads(document),
        mode=mode or "read-do",
        blocks=bool(blocks),
        changed_at=from_text(changed_at),
    )
