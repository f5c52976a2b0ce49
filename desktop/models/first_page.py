"""What the Desk shows before anything else is loaded: one list, the badges and who is who, by plain sqlite3.

Must not import SQLAlchemy: that costs more than twice of what Qt costs.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from desktop.base.clock import to_text
from desktop.domain.list_rows import TechnicianRow, TicketRow, ViewCount
from desktop.models.faults import store_fault
from desktop.models.list_queries import cursor_of, list_statement, ticket_row, view_counts
from desktop.models.places import check_place
from desktop.models.version import SCHEMA_VERSION, version_of
from desktop.models.view_sql import COUNT_VIEWS


class FirstPage(NamedTuple):
    """The Desk's first picture; `next` continues the list, `is_ready` is false for a new or older database."""

    is_ready: bool = False
    company: str = ""
    me: TechnicianRow | None = None
    technicians: tuple[TechnicianRow, ...] = ()
    rows: tuple[TicketRow, ...] = ()
    next: str | None = None
    counts: tuple[ViewCount, ...] = ()


def first_page(path: Path, *, view: str, now: datetime, me: str = "", limit: int = 50) -> FirstPage:
    """Read the first page of `view` for technician `me`, or for the first active one.

    A missing or older database gives an empty page: `open_store` makes or upgrades it. Raises AppError `store.*`.
    """
    check_place(path)
    if not path.exists():
        return FirstPage()
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            if version_of(connection, path) != SCHEMA_VERSION:
                return FirstPage()
            return _read(connection, view=view, now=now, me=me, limit=limit)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise store_fault(error, path) or error from error


def _read(connection: sqlite3.Connection, *, view: str, now: datetime, me: str, limit: int) -> FirstPage:
    found = connection.execute("SELECT id, name FROM technicians WHERE is_active = 1 ORDER BY id").fetchall()
    myself = me or (found[0][0] if found else "")
    technicians = [TechnicianRow(id_, name, is_me=id_ == myself) for id_, name in found]
    values: dict[str, object] = {"me": myself, "now": to_text(now), "limit": limit + 1}
    lines = connection.execute(list_statement(view), values).fetchall()
    counts = connection.execute(COUNT_VIEWS, values).fetchone()
    company = connection.execute("SELECT name FROM company LIMIT 1").fetchone()
    return FirstPage(
        is_ready=company is not None,
        company=company[0] if company else "",
        me=next((one for one in technicians if one.is_me), None),
        technicians=tuple(sorted(technicians, key=lambda one: (one.name, one.id))),
        rows=tuple(ticket_row(line) for line in lines[:limit]),
        next=cursor_of(lines[limit - 1]) if len(lines) > limit else None,
        counts=view_counts(counts),
    )
