"""Sorts database errors into the world's faults, which get a text for people, and our own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import is_full

_CODES = {
    sqlite3.SQLITE_BUSY: "store.busy",
    sqlite3.SQLITE_LOCKED: "store.busy",
    sqlite3.SQLITE_FULL: "store.full",
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_PERM: "store.read_only",
    sqlite3.SQLITE_CANTOPEN: "store.unreachable",
    sqlite3.SQLITE_IOERR: "store.unreachable",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.damaged",
}


def store_fault(error: BaseException, path: Path) -> AppError | None:
    """Return the environment's fault behind an error, or None where the program itself is wrong.

    Where SQLite has taken a whole transaction back (a full disk), the error that is seen is about the savepoint that
    is gone with it; the fault itself is what was being handled then.
    """
    found: BaseException | None = error
    while found is not None:
        if known := _named(found, path):
            return known
        found = found.__context__
    return None


def _named(error: BaseException, path: Path) -> AppError | None:
    original = getattr(error, "orig", None) or error
    result = getattr(original, "sqlite_errorcode", None)
    code = _CODES.get(result & 0xFF) if isinstance(result, int) else None
    if code == "store.unreachable" and is_full(path.parent):  # SQLite does not always say why the disk refused
        code = "store.full"
    if code is None and isinstance(original, sqlite3.DatabaseError) and "malformed" in str(original):
        code = "store.damaged"
    return fault(code, path, detail=str(original)) if code else None


def fault(code: str, path: Path, *, detail: str = "", **parameters: object) -> AppError:
    """Return an environment fault about the database at `path`."""
    return AppError(code, kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path), **parameters}, detail=detail)
