"""Runs statements of ours on the driver itself: SQLAlchemy around them costs more than SQLite inside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

Line = tuple[Any, ...]
"""What one row of a result holds, in the order in which the statement names its columns."""


def fetch(connection: Connection, statement: str, values: Mapping[str, object] | None = None) -> list[Line]:
    """Return all lines of `statement`, which names its parameters as `:name`; `values` may hold more than it names.

    Runs inside the transaction of `connection`. The statement must be a text of ours, never built from what people
    type. Raises sqlite3.Error, which the store turns into AppError `store.*`.
    """
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, values or {})
        return list(cursor.fetchall())
    finally:
        cursor.close()


def fetch_one(connection: Connection, statement: str, values: Mapping[str, object] | None = None) -> Line | None:
    """Return the first line of `statement`, or None."""
    lines = fetch(connection, statement, values)
    return lines[0] if lines else None


def storable(text: str) -> str:
    """Return a text as SQLite can take it: half characters, which a command line may carry, become question marks."""
    return text.encode("utf-8", "replace").decode()
