"""Which snapshots stay: the baseline, the last ten, one a month, and those of open tickets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desktop.domain.retention import StoredSnapshot, baseline_of, superfluous


def daily(count: int, *, healthy: tuple[int, ...] = ()) -> list[StoredSnapshot]:
    """Snapshots of consecutive days up to the end of June, newest first; `healthy` counts days back."""
    last = date(2026, 6, 30)
    return [
        StoredSnapshot(f"s{back}", f"{last - timedelta(days=back)}T08:00:00.000000Z", int(back not in healthy))
        for back in range(count)
    ]


def kept(stored: list[StoredSnapshot], pinned: str = "") -> list[str]:
    gone = superfluous(stored, pinned=pinned)
    return [one.id for one in stored if one.id not in gone]


def test_the_last_ten_and_one_a_month_stay() -> None:
    assert kept(daily(70)) == [*(f"s{back}" for back in range(10)), "s30", "s61"]


def test_the_healthy_one_stays_until_there_is_a_newer_one() -> None:
    assert "s15" in kept(daily(25, healthy=(15, 20)))
    assert "s20" not in kept(daily(25, healthy=(15, 20)))


def test_the_healthy_one_before_a_healthy_newest_stays_too() -> None:
    assert "s15" in kept(daily(25, healthy=(0, 15)))


def test_the_pinned_one_stays_whatever_it_says() -> None:
    assert "s17" in kept(daily(25), "s17")


def test_what_hangs_on_an_open_ticket_stays() -> None:
    stored = daily(25)
    stored[18] = replace(stored[18], is_on_open_ticket=True)
    assert "s18" in kept(stored)


def test_nothing_is_nothing() -> None:
    assert superfluous([]) == ()
    assert baseline_of([]) is None


def test_the_baseline_is_pinned_or_the_newest_healthy_one_before() -> None:
    stored = daily(9, healthy=(0, 3, 5))
    assert baseline_of(stored, before=stored[0].taken_at) == stored[3]
    assert baseline_of(stored) == stored[0]
    assert baseline_of(stored, before=stored[3].taken_at) == stored[5]
    assert baseline_of(stored, pinned="s7") == stored[7]
    assert baseline_of(daily(9)) is None
