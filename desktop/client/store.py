"""Hilfe's own store: one SQLite file with this PC's requests, drafts and identity."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import is_full
from desktop.base.paths import Home
from desktop.client.schema import STEPS, VERSION

BUSY_SECONDS = 5.0  # the tray and a command of the command line may write at the same moment


def store_path(home: Home) -> Path:
    """Return where Hilfe's store lies."""
    return home.data / "hilfe.db"


class ClientStore:
    """A connection for all threads of the program, opened at first use; every write is one durable transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._opened: sqlite3.Connection | None = None

    @contextmanager
    def read(self) -> Generator[sqlite3.Connection]:
        """Hand out the connection for reading. Raises AppError `hilfe.store_*` where the file is unusable."""
        with self._lock, _faults_named(self.path):
            yield self._connection()

    @contextmanager
    def write(self) -> Generator[sqlite3.Connection]:
        """Run one transaction: everything in it or nothing. Raises AppError `hilfe.store_*`."""
        with self._lock, _faults_named(self.path):
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = _open(self.path)
        return self._opened


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size == 0 and (path.parent / "post").is_dir():
        # this PC has sent messages: an empty file was emptied by somebody, it is not a new one
        raise AppError("hilfe.store_damaged", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)})
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        _refuse_newer(connection, path)  # before any pragma writes into a file we do not understand
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables a file lacks, all or none; a second process that does the same waits and finds them."""
    if _version(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    _refuse_newer(connection, path)
    for step in STEPS[_version(connection) :]:
        for statement in step.split(";\n"):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version={VERSION}")
    connection.execute("COMMIT")


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) > VERSION:
        raise AppError("hilfe.store_newer", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)})


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _faults_named(path: Path) -> Generator[None]:
    """Turn the world's faults (disk full, damaged, locked, no right) into a sentence; ours stay program faults."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise AppError(
            _code_of(error, path), kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)}, detail=str(error)
        ) from error


def _code_of(error: Exception, path: Path) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return "hilfe.store_damaged"
    if name.startswith("SQLITE_BUSY"):
        return "hilfe.store_busy"
    if name.startswith("SQLITE_FULL") or is_full(path.parent):  # SQLite does not always say why the disk refused
        return "hilfe.store_full"
    return "hilfe.store_unusable"
