"""Reads what the Desk's main window shows: a screenful of a view, the badges and one ticket in full."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import reference
from desktop.domain.rows import TicketPage, TicketRow, ViewCount
from desktop.domain.ticket import Channel, Impact, Kind, Priority, Urgency, WaitingReason
from desktop.models import page_queries
from desktop.models.device_queries import find_device, find_person, find_snapshot_row
from desktop.models.fulltext import find_tickets
from desktop.models.list_clauses import badges_clause, count_clause, list_clause
from desktop.models.list_queries import cursor_of, needed, read_cursor, ticket_row, view_counts
from desktop.models.tables import counters, snapshots
from desktop.models.view_sql import COUNT_VIEWS, QUERIES
from desktop.services.attachments import read_attachment
from desktop.services.work import Work

__all__ = ["TicketList", "count_views", "list_tickets", "open_ticket", "read_attachment"]


@dataclass(frozen=True, slots=True)
class TicketList:
    """One screenful; `next` is handed back as `after` for the one that follows, None where there is none."""

    rows: tuple[TicketRow, ...]
    total: int
    next: str | None = None


def list_tickets(work: Work, view: str, *, query: str = "", after: str | None = None, limit: int = 50) -> TicketList:
    """Return a page of a view, the most pressing first; with a query only what contains its words.

    Besides the navigation's views there are `active` and `all`. A query looks at the newest 400 tickets that fit it.
    Raises AppError `view.unknown`, `view.cursor`.
    """
    if view not in QUERIES:
        raise AppError("view.unknown", kind=ErrorKind.USAGE, parameters={"view": view[:60]})
    with work.store.reading() as connection:
        seqs = list(find_tickets(connection, query)) if query.strip() else None
        values: dict[str, object] = {"me": work.actor.id, "now": to_text(work.clock()), "limit": limit + 1}
        if after:
            values |= dict(zip(("sort_at", "seq"), _cursor(after), strict=True))
        if seqs is not None:
            values["seqs"] = seqs
        clause = list_clause(view, has_after=bool(after), is_search=seqs is not None)
        lines = connection.execute(clause, needed(clause.text, values)).all()
        total = _count(connection, view, values) if seqs is None else _count_found(connection, view, values)
    rows = tuple(ticket_row(line) for line in lines[:limit])
    return TicketList(rows, total, cursor_of(lines[limit - 1]) if len(lines) > limit else None)


def _cursor(after: str) -> tuple[str, int]:
    try:
        return read_cursor(after)
    except ValueError as error:
        raise AppError("view.cursor", kind=ErrorKind.USAGE) from error


def _count(connection: Connection, view: str, values: dict[str, object]) -> int:
    """Count a view; the large ones from the counters of the numbers, since no number is ever missing or deleted."""
    if view not in ("all", "done"):
        clause = count_clause(view)
        return int(connection.execute(clause, needed(clause.text, values)).scalar_one())
    query = select(func.coalesce(func.sum(counters.c.value), 0)).where(counters.c.name.like("tickets-%"))
    every = int(connection.execute(query).scalar_one())
    return every if view == "all" else every - _count(connection, "active", values)


def _count_found(connection: Connection, view: str, values: dict[str, object]) -> int:
    clause = count_clause(view, is_search=True)
    return int(connection.execute(clause, needed(clause.text, values)).scalar_one())


def count_views(work: Work) -> tuple[ViewCount, ...]:
    """Return the badges of the navigation, read from indexes alone."""
    values: dict[str, object] = {"me": work.actor.id, "now": to_text(work.clock())}
    with work.store.reading() as connection:
        return view_counts(connection.execute(badges_clause(), needed(COUNT_VIEWS, values)).one())


def open_ticket(work: Work, number_or_id: str) -> TicketPage:
    """Return everything the ticket page shows, as of one moment. Raises AppError `ticket.unknown`."""
    with work.store.reading() as connection:
        found = page_queries.find_ticket(connection, number_or_id)
        if found is None:
            raise AppError("ticket.unknown", kind=ErrorKind.USAGE, parameters={"number": number_or_id[:60]})
        drafts = page_queries.read_drafts(connection, found.id, work.actor.id)
        return TicketPage(
            row=page_queries.read_row(connection, found.id),
            version=found.version,
            kind=Kind(found.kind),
            channel=Channel(found.channel),
            impact=Impact(found.impact),
            urgency=Urgency(found.urgency),
            proposed_priority=Priority(found.proposed_priority),
            priority_reason=found.priority_reason,
            waiting_reason=WaitingReason(found.waiting_reason) if found.waiting_reason else None,
            request_reference=reference(found.request_id) if found.request_id else "",
            person=find_person(connection, found.person_id) if found.person_id else None,
            device=find_device(connection, found.device_id) if found.device_id else None,
            assignee_id=found.assignee_id or "",
            snapshot=find_snapshot_row(connection, found.snapshot_id or _newest_snapshot(connection, found.device_id)),
            messages=page_queries.list_messages(connection, found.id),
            events=page_queries.list_events(connection, found.id),
            runs=page_queries.list_runs(connection, found.id),
            rating=found.rating,
            reply_draft=drafts.get("reply", ""),
            note_draft=drafts.get("note", ""),
        )


def _newest_snapshot(connection: Connection, device_id: str | None) -> str | None:
    """A call brings no snapshot; the device's newest one is then what the technician wants to see."""
    query = select(snapshots.c.id).where(snapshots.c.device_id == device_id)
    return connection.execute(query.order_by(snapshots.c.taken_at.desc()).limit(1)).scalar()
