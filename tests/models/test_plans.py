"""Lists and badges read their own index and never sort, however many tickets there are."""

from __future__ import annotations

import pytest

from desktop.models.engine import Store
from desktop.models.fetching import fetch
from desktop.models.list_queries import count_statement, list_statement
from desktop.models.page_queries import read_page
from desktop.models.view_sql import COUNT_VIEWS, QUERIES

ONE_TICKET = (
    "INSERT INTO people (id, name, created_at) VALUES ('p', 'Sabine Oswald', '2026')",
    "INSERT INTO devices (id, name, created_at) VALUES ('d', 'AHB-PC-014', '2026')",
    """INSERT INTO tickets (seq, id, number, kind, state_id, state_type, impact, urgency, channel, person_id, device_id,
    created_at, changed_at, due_at, sort_at) VALUES (1, 't', 'A-2026-0001', 'fault', 'new', 'new', 'me', 'limited',
    'tray', 'p', 'd', '2026-01-01', '2026-01-01', '2026-01-01', '2026-01-01')""",
)
VALUES: dict[str, object] = {"me": "a", "now": "2026", "limit": 50, "sort_at": "2026", "seq": 3}


def plan(store: Store, statement: str) -> list[str]:
    with store.reading() as connection:
        return [str(row[3]) for row in fetch(connection, f"EXPLAIN QUERY PLAN {statement}", VALUES)]


@pytest.mark.parametrize("has_after", [False, True])
@pytest.mark.parametrize("view", QUERIES)
def test_a_list_walks_its_index(store: Store, view: str, has_after: bool) -> None:
    steps = plan(store, list_statement(view, has_after=has_after))
    assert not [one for one in steps if "TEMP B-TREE" in one], steps
    first = next(one for one in steps if " t " in f"{one} ")
    if QUERIES[view].index_name:
        assert QUERIES[view].index_name in first, steps
    assert all("SEARCH" in one for one in steps if one is not first and "CONSTANT" not in one), steps


def test_badges_never_touch_the_table(store: Store) -> None:
    steps = [one for one in plan(store, COUNT_VIEWS) if "tickets" in one]
    assert len(steps) == 6
    assert all("COVERING INDEX" in one for one in steps), steps


@pytest.mark.parametrize("view", ["inbox", "mine", "overdue", "active"])
def test_totals_never_touch_the_table(store: Store, view: str) -> None:
    (step,) = plan(store, count_statement(view))
    assert "COVERING INDEX" in step


def test_a_ticket_page_only_seeks(store: Store) -> None:
    with store.writing() as connection:
        for statement in ONE_TICKET:
            fetch(connection, statement)
    asked: list[str] = []
    with store.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(asked.append)
        assert read_page(connection, "A-2026-0001", "a") is not None
        driver.set_trace_callback(None)
        steps = [
            str(row[3])
            for statement in asked
            if statement.lstrip().startswith("SELECT")
            for row in fetch(connection, f"EXPLAIN QUERY PLAN {statement}")
        ]
    assert len(asked) >= 7
    assert not [one for one in steps if one.startswith("SCAN") and "CONSTANT" not in one], steps
