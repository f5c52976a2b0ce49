"""Lists and badges read their own index and never sort, however many tickets there are."""

from __future__ import annotations

import pytest

from desktop.models.engine import Store
from desktop.models.fetching import fetch
from desktop.models.list_queries import count_statement, list_statement
from desktop.models.view_sql import COUNT_VIEWS, QUERIES

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
    if QUERIES[view].index:
        assert QUERIES[view].index in first, steps
    assert all("SEARCH" in one for one in steps if one is not first and "CONSTANT" not in one), steps


def test_badges_never_touch_the_table(store: Store) -> None:
    steps = [one for one in plan(store, COUNT_VIEWS) if "tickets" in one]
    assert len(steps) == 6
    assert all("COVERING INDEX" in one for one in steps), steps


@pytest.mark.parametrize("view", ["inbox", "mine", "overdue", "active"])
def test_totals_never_touch_the_table(store: Store, view: str) -> None:
    (step,) = plan(store, count_statement(view))
    assert "COVERING INDEX" in step
