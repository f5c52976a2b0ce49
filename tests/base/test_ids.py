"""Ids sort by their making, and references can be read out on the phone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.base.ids import is_id, new_id, reference

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_ids_are_distinct_and_in_our_spelling() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(map(is_id, ids))


@given(st.integers(min_value=1, max_value=10**9), st.integers(min_value=1, max_value=10**9))
def test_a_later_id_sorts_after_an_earlier_one(first: int, gap: int) -> None:
    early = new_id(lambda: START + timedelta(milliseconds=first))
    late = new_id(lambda: START + timedelta(milliseconds=first + gap))
    assert early < late


def test_foreign_spellings_are_refused() -> None:
    good = new_id()
    for wrong in (
        "",
        good.upper(),
        good[:-1],
        f"{good}\n",
        good.replace("-", ""),
        f"../{good}",
        f"{good[:14]}4{good[15:]}",
    ):
        assert not is_id(wrong), wrong


def test_a_reference_has_no_letters_that_are_confused() -> None:
    references = [reference(new_id()) for _ in range(500)]
    assert not set("01IO") & set("".join(one.removeprefix("H-") for one in references))
    assert all(len(one) == 6 for one in references)
    assert reference("0190d3a0-0000-7000-8000-000000000000") == reference("0190d3a0-0000-7000-8000-000000000000")
