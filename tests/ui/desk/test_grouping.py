"""Tickets stand under the day they are due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.rows import TicketRow
from desktop.domain.ticket import Level, Priority, StateType
from desktop.ui.desk.grouping import Header, group_of, with_headers
from desktop.ui.desk.waiting_dialog import back_on

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # a Wednesday
ROW = TicketRow(
    "1", "A-2026-0001", "T", StateType.OPEN, "", Priority.NORMAL, Level.FIRST, "other", "", "", "",
    NOW, NOW, None, None, False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("ahead", "group"),
    [
        (timedelta(minutes=-1), "overdue"),
        (timedelta(hours=1), "today"),
        (timedelta(days=1), "tomorrow"),
        (timedelta(days=3), "week"),
        (timedelta(days=6), "next_week"),
        (timedelta(days=14), "later"),
    ],
)
def test_groups_of_due_dates(ahead: timedelta, group: str) -> None:
    assert group_of(ROW._replace(due_at=NOW + ahead), NOW) == group


def test_groups_without_or_after_a_due_date() -> None:
    assert group_of(ROW, NOW) == "undated"
    solved = ROW._replace(state_type=StateType.SOLVED)
    assert group_of(solved, NOW) == "done_today"
    assert group_of(solved._replace(changed_at=NOW - timedelta(days=30)), NOW) == "done_earlier"
    waiting = ROW._replace(
        state_type=StateType.WAITING, due_at=NOW - timedelta(days=1), wake_at=NOW + timedelta(days=1)
    )
    assert group_of(waiting, NOW) == "tomorrow"


def test_a_group_is_counted_only_when_its_end_is_known() -> None:
    rows = [ROW._replace(id=str(place), due_at=NOW + timedelta(hours=1)) for place in range(2)]
    later = ROW._replace(id="9", due_at=NOW + timedelta(days=1))
    entries = with_headers([*rows, later], NOW, is_complete=False)
    assert [one for one in entries if isinstance(one, Header)] == [Header("today", 2), Header("tomorrow", 0)]
    assert len(with_headers([*rows, later], NOW, is_complete=True)) == 5


def test_nothing_comes_back_on_a_weekend() -> None:
    assert back_on(NOW, 3).weekday() == 0
    assert back_on(NOW, 1).weekday() == 3
