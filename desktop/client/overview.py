"""What tray icon, menu and status line show; apart from the lists, because a start needs only this."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from desktop.client.context import Client
from desktop.client.identity import load_identity


@dataclass(frozen=True, slots=True)
class Overview:
    """What tray icon, menu and status line show."""

    admission: str
    company: str
    help_phone: str
    waiting: int
    news: int
    open_requests: int
    asks: int = 0
    """1 where the IT waits for a diagnosis of this PC."""


def overview(client: Client) -> Overview:
    """Return what the tray shows: whether this PC is let in, what waits, and how many answers are new."""
    identity = load_identity(client)
    with client.store.read() as db:
        waiting = _count(db, "SELECT count(*) FROM outgoing WHERE stage NOT IN ('acknowledged', 'refused')")
        news = _count(db, "SELECT count(*) FROM requests WHERE has_news = 1")
        asks = _count(db, "SELECT count(*) FROM asks WHERE state = 'open' AND expires_at > ?", client.now())
        active = _count(db, "SELECT count(*) FROM requests WHERE state NOT IN ('closed', 'merged')")
    return Overview(
        admission=identity.admission,
        company=identity.company,
        help_phone=identity.help_phone,
        waiting=waiting,
        news=news,
        open_requests=active,
        asks=min(asks, 1),
    )


def _count(db: sqlite3.Connection, query: str, *values: str) -> int:
    return int(db.execute(query, values).fetchone()[0])
