"""Whether a company keeps checklists of its own, by plain sqlite3: where it does not, nothing else is loaded."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop.models.faults import store_fault
from desktop.models.version import SCHEMA_VERSION, read_version


def has_own_wizards(path: Path) -> bool:
    """Tell whether the database at `path` has any, drafts included; False where there is none, or an older one.

    Raises AppError `store.*`.
    """
    if read_version(path) != SCHEMA_VERSION:
        return False
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            return connection.execute("SELECT 1 FROM wizard_files LIMIT 1").fetchone() is not None
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise store_fault(error, path) or error from error
