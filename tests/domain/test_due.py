"""Working time is counted in working hours, across weekends and the change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.due import SOLUTION_HOURS, add_working_time, solution_due, working_time
from desktop.domain.ticket import Priority


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23T09:00+01:00", 4, "2026-11-23T13:00+01:00"),
        ("2026-11-23T16:00+01:00", 4, "2026-11-24T11:00+01:00"),
        ("2026-11-27T16:00+01:00", 4, "2026-11-30T11:00+01:00"),
        ("2026-11-28T12:00+01:00", 9, "2026-11-30T17:00+01:00"),
        ("2026-11-23T03:00+01:00", 1, "2026-11-23T09:00+01:00"),
        ("2026-03-27T16:00+01:00", 2, "2026-03-30T09:00+02:00"),
        ("2026-10-23T16:00+02:00", 2, "2026-10-26T09:00+01:00"),
    ],
)
def test_only_working_hours_count(start: str, hours: int, end: str) -> None:
    assert add_working_time(at(start), timedelta(hours=hours)) == at(end)
    assert working_time(at(start), at(end)) == timedelta(hours=hours)


def test_pressing_tickets_are_due_first() -> None:
    start = at("2026-11-23T09:00+01:00")
    dues = [solution_due(start, one) for one in Priority]
    assert dues == sorted(dues)
    assert solution_due(start, Priority.LOW, paused=timedelta(hours=9)) == dues[-1] + timedelta(days=1)
    assert set(SOLUTION_HOURS) == set(Priority)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, st.integers(0, 100_000))
def test_adding_and_measuring_agree(start: datetime, seconds: int) -> None:
    span = timedelta(seconds=seconds)
    assert working_time(start, add_working_time(start, span)) == span


@given(moments, moments)
def test_time_never_runs_backwards(one: datetime, other: datetime) -> None:
    start, end = sorted((one, other))
    assert timedelta() <= working_time(start, end) <= end - start
    assert working_time(end, start) == timedelta()
