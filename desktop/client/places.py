"""Where windows were left, as bytes only the windows understand."""

from __future__ import annotations

from desktop.client.context import Client
from desktop.client.identity import write_fact

_PREFIX = "place."


def load_place(client: Client, name: str) -> bytes:
    """Return what a window left; empty where it never did, or where it cannot be read."""
    with client.store.read() as db:
        row = db.execute("SELECT value FROM facts WHERE key = ?", (_PREFIX + name,)).fetchone()
    try:
        return b"" if row is None else bytes.fromhex(row["value"])
    except ValueError:
        return b""


def save_place(client: Client, name: str, content: bytes) -> None:
    """Remember what a window left."""
    with client.store.write() as db:
        write_fact(db, _PREFIX + name, content.hex())
