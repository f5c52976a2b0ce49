"""Reads what the Desk's main window shows: a screenful of a view, the badges and one ticket in full."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.rows import TicketPage, TicketRow, ViewCount
from desktop.models.fetching import fetch
from desktop.models.fulltext import find_tickets
from desktop.models.list_queries import count_statement, cursor_of, list_statement, read_cursor, ticket_row, view_counts
from desktop.models.page_queries import read_page
from desktop.models.view_sql import COUNT_VIEWS, QUERIES
from desktop.services.attachments import read_attachment
from desktop.services.work import Work

__all__ = ["TicketList", "count_views", "list_tickets", "open_ticket", "read_attachment"]

_COUNT_ALL = "SELECT coalesce(sum(value), 0) FROM counters WHERE name GLOB 'tickets-*'"


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
    values: dict[str, object] = {"me": work.actor.id, "now": to_text(work.clock()), "limit": limit + 1}
    if after:
        values |= dict(zip(("sort_at", "seq"), _cursor(after), strict=True))
    is_search = bool(query.strip())
    with work.store.reading() as connection:
        if is_search:
            values["seqs"] = json.dumps(find_tickets(connection, query))
        lines = fetch(connection, list_statement(view, has_after=bool(after), is_search=is_search), values)
        total = _count(connection, view, values, is_search=is_search)
    rows = tuple(ticket_row(line) for line in lines[:limit])
    return TicketList(rows, total, cursor_of(lines[limit - 1]) if len(lines) > limit else None)


def _cursor(after: str) -> tuple[str, int]:
    try:
        return read_cursor(after)
    except ValueError as error:
        raise AppError("view.cursor", kind=ErrorKind.USAGE) from error


def _count(connection: Connection, view: str, values: dict[str, object], *, is_search: bool = False) -> int:
    """Count a view; the large ones from the counters of the numbers, since no number is ever missing or deleted."""
    if is_search or view not in ("all", "done"):
        return int(fetch(connection, count_statement(view, is_search=is_search), values)[0][0])
    every = int(fetch(connection, _COUNT_ALL)[0][0])
    return every if view == "all" else every - _count(connection, "active", values)


def count_views(work: Work) -> tuple[ViewCount, ...]:
    """Return the badges of the navigation, read from indexes alone."""
    values = {"me": work.actor.id, "now": to_text(work.clock())}
    with work.store.reading() as connection:
        return view_counts(fetch(connection, COUNT_VIEWS, values)[0])


def open_ticket(work: Work, number_or_id: str) -> TicketPage:
    """Return everything the ticket page shows, as of one moment. Raises AppError `ticket.unknown`."""
    with work.store.reading() as connection:
        page = read_page(connection, number_or_id, work.actor.id)
    if page is None:
        raise AppError("ticket.unknown", kind=ErrorKind.USAGE, parameters={"number": number_or_id[:60]})
    return page
