"""The ticket lists as plain SQL that sqlite3 and SQLAlchemy run alike, and the reading of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from desktop.base.clock import from_text
from desktop.domain.list_rows import TicketRow, ViewCount
from desktop.domain.ticket_state import Level, Priority, StateType
from desktop.models.view_sql import COUNTED, QUERIES, ViewQuery

_STATES = {one.value: one for one in StateType}
_PRIORITIES = {int(one): one for one in Priority}
_LEVELS = {int(one): one for one in Level}
_FOUND = "IN (SELECT value FROM json_each(:seqs))"

# Only outer joins: they keep SQLite from starting anywhere but in the view's own index.
COLUMNS = """t.id, t.number, t.title, t.state_type, s.name, t.priority, t.level, t.category, p.name, d.name, a.name,
t.created_at, t.changed_at, t.due_at, t.wake_at, t.has_news, t.sort_at, t.seq"""
SOURCES = """FROM tickets AS t
LEFT JOIN ticket_states AS s ON s.id = t.state_id
LEFT JOIN people AS p ON p.id = t.person_id
LEFT JOIN devices AS d ON d.id = t.device_id
LEFT JOIN technicians AS a ON a.id = t.assignee_id
"""
SELECT_ROWS = f"SELECT {COLUMNS} {SOURCES}"


@cache
def list_statement(view: str, *, has_after: bool = False, is_search: bool = False) -> str:
    """Return the statement of one page of a view; takes :me, :now, :limit, :sort_at, :seq and :seqs as it needs.

    `:seqs` are the arrival numbers a search found, as a JSON list.
    """
    query = QUERIES[view]
    conditions = [query.condition]
    if is_search:
        conditions.append(f"t.seq {_FOUND}")
    if has_after:
        conditions.append(_after(query))
    direction = " DESC" if query.is_descending else ""
    order = f"t.seq{direction}" if query.is_by_arrival else f"t.sort_at{direction}, t.seq{direction}"
    return f"{SELECT_ROWS} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT :limit"


def _after(query: ViewQuery) -> str:
    sign = "<" if query.is_descending else ">"
    return f"t.seq {sign} :seq" if query.is_by_arrival else f"(t.sort_at, t.seq) {sign} (:sort_at, :seq)"


@cache
def count_statement(view: str, *, is_search: bool = False) -> str:
    """Return the statement that counts a view, or what a search found of it."""
    statement = f"SELECT count(*) FROM tickets WHERE {QUERIES[view].condition}"  # noqa: S608 - from our own table of views
    return f"{statement} AND seq {_FOUND}" if is_search else statement


def ticket_row(values: Sequence[Any]) -> TicketRow:
    """Return the row of one line that `SELECT_ROWS` found; by position, since a list makes fifty of them per click."""
    return TicketRow(
        values[0],
        values[1],
        values[2],
        _STATES[values[3]],
        values[4] or "",
        _PRIORITIES[values[5]],
        _LEVELS[values[6]],
        values[7],
        values[8] or "",
        values[9] or "",
        values[10] or "",
        datetime.fromisoformat(values[11]),
        datetime.fromisoformat(values[12]),
        datetime.fromisoformat(values[13]),
        datetime.fromisoformat(values[14]) if values[14] else None,
        bool(values[15]),
    )


def cursor_of(values: Sequence[Any]) -> str:
    """Return where the next page begins: after this line."""
    return f"{values[16]}|{values[17]}"


def read_cursor(cursor: str) -> tuple[str, int]:
    """Return the sort key and the arrival number that `cursor_of` wrote. Raises ValueError."""
    sort_at, _, seq = cursor.partition("|")
    if not sort_at.isascii() or len(seq) > 18:  # beyond that SQLite's whole numbers end
        raise ValueError(cursor)
    return sort_at, int(seq)


def view_counts(values: Sequence[int]) -> tuple[ViewCount, ...]:
    """Return the badges of one line that `COUNT_VIEWS` found."""
    return tuple(ViewCount(view, count) for view, count in zip(COUNTED, values, strict=True))


def optional_moment(text: str | None) -> datetime | None:
    """Read a moment that may be missing."""
    return from_text(text) if text else None
