"""What is usual for a number, and since when it is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desktop.domain.device_rows import Point
from desktop.domain.series import series_from

START = datetime(2026, 3, 2, tzinfo=UTC)


def points(*values: float) -> list[Point]:
    return [Point(START + timedelta(days=day), value) for day, value in enumerate(values)]


def test_the_band_holds_the_middle_values() -> None:
    found = series_from("disk.free_bytes", points(*range(0, 110, 10)))
    assert (found.low, found.median, found.high) == (10, 50, 90)
    assert found.unusual_since is not None


def test_a_drop_at_the_end_is_unusual_from_its_first_value_on() -> None:
    steady = [100.0] * 20
    assert series_from("disk.free_bytes", points(*steady)).unusual_since is None
    found = series_from("disk.free_bytes", points(*steady, 40.0, 38.0))
    assert found.unusual_since == START + timedelta(days=20)
    assert series_from("disk.free_bytes", points(*steady, 40.0, 100.0)).unusual_since is None


def test_few_values_say_nothing() -> None:
    assert series_from("x.days", points(1, 50)).unusual_since is None
    assert series_from("x.days", points(3)).median == 3
