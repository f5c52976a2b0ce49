"""Whatever is changed in the audit chain is noticed; what is erased beside it is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop.models.audit_chain import AuditEntry, append, verify
from desktop.models.engine import Store


@pytest.fixture
def chain(store: Store) -> Store:
    """Return a store with ten acts in its chain."""
    with store.writing() as connection:
        for number in range(10):
            append(connection, AuditEntry(f"2026-11-{number:02}", "actor", "ticket.solved", f"{number}", {"n": number}))
    return store


def tamper(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for trigger in ("audit_no_update", "audit_no_delete"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def broken_at(store: Store) -> int:
    with store.reading() as connection:
        return verify(connection).broken_at


def test_an_untouched_chain_is_whole(chain: Store) -> None:
    with chain.reading() as connection:
        report = verify(connection)
    assert (report.entries, report.broken_at) == (10, 0)
    assert len(report.head) == 64


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE audit SET actor_id = 'other' WHERE seq = 4", 4),
        ("UPDATE audit SET at = '2020' WHERE seq = 10", 10),
        ("UPDATE audit SET prev = '' WHERE seq = 6", 6),
        ("DELETE FROM audit WHERE seq = 6", 7),
        ("DELETE FROM audit WHERE seq = 10", 10),
        ("UPDATE audit_details SET detail = '{}' WHERE seq = 5", 5),
    ],
)
def test_tampering_is_found(chain: Store, path: Path, statement: str, place: int) -> None:
    tamper(path, statement)
    assert broken_at(chain) == place


def test_erasing_a_detail_leaves_the_chain_valid(chain: Store, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM audit_details WHERE seq = 5")
    connection.commit()
    connection.close()
    assert broken_at(chain) == 0


@pytest.mark.parametrize("table", ["audit", "events"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
def test_ordinary_statements_cannot_change_history(chain: Store, path: Path, table: str, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=OFF")
    if table == "events":
        connection.execute("INSERT INTO events (id, ticket_id, at) VALUES ('a', 'b', 'c')")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement.format(table))
    connection.close()
    assert broken_at(chain) == 0
