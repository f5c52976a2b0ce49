"""The connection to the database: pragmas, transactions that say whether they write, and the world's faults named."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from desktop.models.faults import store_fault

BUSY_MS = 5000  # milliseconds to wait for another program's transaction
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA cache_size=-65536",  # 64 MiB
)


class Store:
    """An open database; every piece of work runs inside `reading()` or `writing()`."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writer = engine.execution_options(begin_statement="BEGIN IMMEDIATE")
        self.path = path

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """Give a connection that sees one state of the data throughout. Raises AppError `store.*`."""
        with self._connection(self._engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """Give a connection inside one transaction: everything or nothing. Raises AppError `store.*`."""
        with self._connection(self._writer) as connection:
            yield connection

    def close(self) -> None:
        """Empty the write-ahead log and let go of the file."""
        if self._engine.dialect.name == "sqlite":
            self._checkpoint()
        self._engine.dispose()

    def _checkpoint(self) -> None:
        """Move the log into the file; where another program reads, or the file is damaged, there is nothing to do."""
        with suppress(sqlite3.Error, DBAPIError):
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()

    @contextmanager
    def _connection(self, engine: Engine) -> Generator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except (DBAPIError, sqlite3.Error) as error:
            fault = store_fault(error, self.path)
            if fault is None:
                raise
            raise fault from error


def is_under_way(connection: Connection) -> bool:
    """Tell whether the transaction still is: after some faults SQLite takes all of it back by itself."""
    raw = connection.connection.dbapi_connection
    return isinstance(raw, sqlite3.Connection) and raw.in_transaction


def connect(path: Path) -> sqlite3.Connection:
    """Open the file with our pragmas; transactions are begun by hand. Raises sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        if sys.platform == "darwin":
            connection.execute("PRAGMA fullfsync=ON")  # fsync alone does not reach the disk there
    except BaseException:
        connection.close()
        raise
    return connection


def make_store(path: Path) -> Store:
    """Return the store of an existing database whose version was checked before."""
    # Named, because this address means a database in memory, for which SQLAlchemy keeps one connection per thread: work
    # inside other work would share a transaction, and the sixth thread would close the connection of the first.
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path), poolclass=QueuePool, pool_size=5, pool_use_lifo=True
    )
    event.listen(engine, "begin", _begin)
    return Store(engine, path)


def _begin(connection: Connection) -> None:
    """Begin by hand and past SQLAlchemy's machinery, which costs as much as reading a list."""
    statement = str(connection.get_execution_options().get("begin_statement", "BEGIN"))
    connection.connection.cursor().execute(statement)
