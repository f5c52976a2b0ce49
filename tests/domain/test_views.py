"""A ticket's views as pure words, to be compared with the database's in tests/services."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.rows import TicketRow
from desktop.domain.ticket import Level, Priority, StateType
from desktop.domain.views import fitting_views

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROW = TicketRow(
    "1", "A-2026-0001", "Drucker", StateType.OPEN, "", Priority.NORMAL, Level.FIRST, "printer", "", "", "Katrin Velden",
    NOW, NOW, NOW + timedelta(hours=3), None, has_news=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "is_mine", "first"),
    [
        ({}, True, "mine"),
        ({}, False, "active"),
        ({"assignee_name": ""}, False, "unassigned"),
        ({"level": Level.THIRD}, False, "handed_over"),
        ({"state_type": StateType.WAITING}, False, "waiting"),
        ({"due_at": NOW - timedelta(minutes=1)}, False, "overdue"),
        ({"has_news": True}, False, "inbox"),
        ({"state_type": StateType.SOLVED}, True, "done"),
    ],
)
def test_the_most_telling_view_comes_first(changes: dict[str, object], is_mine: bool, first: str) -> None:
    found = fitting_views(ROW._replace(**changes), is_mine=is_mine, now=NOW)  # type: ignore[arg-type]
    assert found[0] == first
    assert found[-1] == "all"
