"""Which device of the company the PC is that a program runs on, as its Hilfe knows it; read only, nothing is opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def device_id_in(store: Path) -> str:
    """Return the device id in a store of Hilfe; empty where there is none, or where it cannot be read."""
    if not store.is_file():
        return ""
    try:
        with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)) as db:
            row = db.execute("SELECT value FROM facts WHERE key = 'identity.device_id'").fetchone()
    except sqlite3.Error:
        return ""
    return row[0] if row and isinstance(row[0], str) else ""
