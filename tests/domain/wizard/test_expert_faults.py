"""Fourteen faults end where somebody with experience would end, with fewer steps for people than without diagnosis."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.domain.wizard.expert_faults import FAULTS, Outcomes, table, walk_all

DOCS = Path(__file__).resolve().parents[3] / "docs" / "wizards.md"


@pytest.fixture(scope="module")
def rows() -> tuple[Outcomes, ...]:
    return walk_all()


def test_each_ends_where_an_expert_would(rows: tuple[Outcomes, ...]) -> None:
    assert len(rows) == len(FAULTS) == 14
    assert {one.fault.cause: one.end for one in rows} == {one.cause: one.end for one in FAULTS}


def test_a_diagnosis_never_costs_steps_and_saves_some(rows: tuple[Outcomes, ...]) -> None:
    assert [one.fault.cause for one in rows if one.with_diagnosis.human > one.without.human] == []
    assert sum(one.with_diagnosis.human for one in rows) < 0.8 * sum(one.without.human for one in rows)
    solved = [sum(one.is_solved(walk) for one, walk in ((r, r.with_diagnosis) for r in rows))]
    solved += [sum(one.is_solved(walk) for one, walk in ((r, r.without) for r in rows))]
    assert solved[0] >= 11 > 5 > solved[1]


def test_the_documentation_shows_this_table(rows: tuple[Outcomes, ...]) -> None:
    assert table(rows) in DOCS.read_text(encoding="utf-8")
