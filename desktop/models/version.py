"""The version of a database file, read with plain sqlite3 before anything heavy is imported."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop.models.faults import fault, store_fault

SCHEMA_VERSION = 4
"""The number of migrations; equals `PRAGMA user_version` of an up-to-date file."""

APPLICATION_ID = 0x45484C46
"""ASCII "EHLF", so that a foreign SQLite file is recognised."""


def read_version(path: Path) -> int:
    """Return the version of the file at `path`; 0 where there is none yet.

    Opens read-only and changes no byte. Raises AppError `store.newer`, `store.damaged`, `store.unreachable`.
    """
    if not path.exists() or path.stat().st_size == 0:
        return 0
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            return version_of(connection, path)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise store_fault(error, path) or error from error


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of an open file. Raises what `read_version` raises, and sqlite3's own errors."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if version and application != APPLICATION_ID:
        raise fault("store.damaged", path, detail="foreign application_id")
    if version > SCHEMA_VERSION:
        raise fault("store.newer", path, found=version, known=SCHEMA_VERSION)
    return version
