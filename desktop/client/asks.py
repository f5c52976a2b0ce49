"""What the IT asks this PC for: at most one open ask for a diagnosis, until answered, withdrawn or expired."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.base.clock import from_text, to_text
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.client.context import Client
from desktop.domain.payloads import Ask, Withdrawal

KEPT = timedelta(days=90)  # as long as the Desk keeps an answer that nobody fetches
_OPEN = "SELECT * FROM asks WHERE state = 'open' AND expires_at > ? ORDER BY created_at DESC, id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class AskRow:
    """An ask as the employee sees it; every text is foreign. `about` is one of my requests or empty."""

    id: str
    author: str
    level: str
    reason: str
    ticket: str
    title: str
    about: str
    created_at: datetime
    expires_at: datetime
    state: str


def find_open_ask(client: Client) -> AskRow | None:
    """Return what the IT asks for right now, or None."""
    with client.store.read() as db:
        row = db.execute(_OPEN, (client.now(),)).fetchone()
    return _row(row) if row else None


def list_asks(client: Client) -> tuple[AskRow, ...]:
    """Return every ask that came, newest first."""
    with client.store.read() as db:
        rows = db.execute("SELECT * FROM asks WHERE author <> '' ORDER BY created_at DESC, id DESC").fetchall()
    return tuple(_row(one) for one in rows)


def may_notify(client: Client, ask_id: str) -> bool:
    """Claim the right to the one message of the system about an ask; refused where it was told or is over."""
    with client.store.write() as db:
        query = "UPDATE asks SET is_told = 1 WHERE id = ? AND is_told = 0 AND state = 'open' AND expires_at > ?"
        return db.execute(query, (ask_id, client.now())).rowcount == 1


def store_ask(db: sqlite3.Connection, payload: Ask) -> bool:
    """Take an ask in, inside the caller's transaction; False where it is over already. The newest stays open alone."""
    values = (
        payload.ask_id, payload.author, payload.level, payload.reason, payload.ticket, payload.title, payload.about,
        payload.created_at, payload.expires_at,
    )  # fmt: skip
    query = "INSERT OR IGNORE INTO asks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 0)"
    if db.execute(query, values).rowcount == 0:
        return False  # withdrawn before it came
    newest = "SELECT id FROM asks WHERE state = 'open' ORDER BY created_at DESC, id DESC LIMIT 1"
    db.execute(f"UPDATE asks SET state = 'replaced' WHERE state = 'open' AND id NOT IN ({newest})")  # noqa: S608
    state = db.execute("SELECT state FROM asks WHERE id = ?", (payload.ask_id,)).fetchone()
    return str(state["state"]) == "open"


def forget_old_asks(db: sqlite3.Connection, now: datetime) -> None:
    """Drop what was over 90 days ago, inside the caller's transaction; of a withdrawal alone its id tells the time."""
    limit = now - KEPT
    gone = "DELETE FROM asks WHERE CASE expires_at WHEN '' THEN id < ? ELSE expires_at < ? END"
    db.execute(gone, (new_id(lambda: limit), to_text(limit)))


def store_withdrawal(db: sqlite3.Connection, payload: Withdrawal) -> None:
    """End an ask, inside the caller's transaction; one that has not come yet is over before it comes."""
    query = "INSERT OR IGNORE INTO asks VALUES (?, '', '', '', '', '', '', '', '', 'withdrawn', 1)"
    db.execute(query, (payload.ask_id,))
    db.execute("UPDATE asks SET state = 'withdrawn' WHERE id = ? AND state = 'open'", (payload.ask_id,))


def withdraw_all(db: sqlite3.Connection) -> None:
    """End every ask, inside the caller's transaction, as where this PC belongs to a company anew."""
    db.execute("UPDATE asks SET state = 'withdrawn' WHERE state = 'open'")


def settle_within(db: sqlite3.Connection, ask_id: str, state: str) -> None:
    """Note the employee's answer, inside the transaction that stores it. Raises AppError `ask.gone`."""
    changed = db.execute("UPDATE asks SET state = ? WHERE id = ? AND state = 'open'", (state, ask_id))
    if changed.rowcount == 0:
        raise AppError("ask.gone")


def _row(row: sqlite3.Row) -> AskRow:
    return AskRow(
        id=row["id"],
        author=row["author"],
        level=row["level"],
        reason=row["reason"],
        ticket=row["ticket"],
        title=row["title"],
        about=row["about"],
        created_at=from_text(row["created_at"]),
        expires_at=from_text(row["expires_at"]),
        state=row["state"],
    )
