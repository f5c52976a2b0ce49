"""The picture of a wizard: no card on another, no line through a card, every way down, drafts with every fault too."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from desktop.base.paths import resources
from desktop.domain.wizard.definition import Instruction, Outcome, Result, Step, Wizard, Wording
from desktop.domain.wizard.editing import set_target
from desktop.domain.wizard.graph import graph_of
from desktop.domain.wizard.layers import MOST_BENDS, layers_of
from desktop.domain.wizard.layout import Picture, Sizes, layout
from desktop.domain.wizard.reader import MAX_STEPS, read_wizard
from tests.domain.wizard.drafts import drafts
from tests.domain.wizard.samples import sample

SHIPPED = [one for one in sorted((resources() / "wizards").glob("*.toml")) if b"do-confirm" not in one.read_bytes()]
SIZES = Sizes()


def assert_well_drawn(wizard: Wizard, picture: Picture) -> None:
    assert set(picture.spots) == set(wizard.steps)
    for spot in picture.spots.values():
        assert -0.01 <= spot.x <= picture.width - SIZES.width + 0.01
        assert 0 <= spot.y <= picture.height - SIZES.height + 0.01
    rows: dict[int, list[float]] = {}
    for spot in picture.spots.values():
        rows.setdefault(spot.layer, []).append(spot.x)
    for places in rows.values():
        assert all(right - left >= SIZES.width - 0.01 for left, right in pairwise(sorted(places)))
    drawn = {(one.source, one.target) for one in picture.lines}
    assert drawn == {(name, one) for name, following in graph_of(wizard).items() for one in following}
    for line in picture.lines:
        if not line.is_back:
            assert picture.spots[line.target].layer > picture.spots[line.source].layer
            assert all(first[1] <= second[1] for first, second in pairwise(line.points))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda one: one.stem)
def test_shipped_ones_begin_on_top_and_end_at_the_bottom(path: Path) -> None:
    wizard = read_wizard(path.read_bytes())
    picture = layout(wizard, SIZES)
    assert_well_drawn(wizard, picture)
    assert [name for name, one in picture.spots.items() if one.layer == 0] == [wizard.start]
    bottom = max(one.layer for one in picture.spots.values())
    ends = {name for name, one in wizard.steps.items() if isinstance(one, Outcome)}
    assert {name for name, one in picture.spots.items() if one.layer == bottom} >= ends
    assert not any(one.is_back for one in picture.lines)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda one: one.stem)
def test_no_line_runs_through_a_card(path: Path) -> None:
    """Within the height of a row a line is upright, so that it is enough to look at where it passes."""
    picture = layout(read_wizard(path.read_bytes()), SIZES)
    for line in picture.lines:
        for x, top in line.points[1:-1:2]:
            beside = [one for one in picture.spots.values() if one.y == pytest.approx(top)]
            assert beside
            assert not any(one.x < x < one.x + SIZES.width for one in beside)


@given(wizard=drafts())
@settings(
    max_examples=100, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck)
)
def test_a_draft_with_faults_has_a_picture(wizard: Wizard) -> None:
    assert_well_drawn(wizard, layout(wizard, SIZES))


def test_a_loop_is_drawn_as_a_way_back() -> None:
    wizard = set_target(sample(), "q_after", "no", "i_fix")
    picture = layout(wizard)
    assert [(one.source, one.target) for one in picture.lines if one.is_back] == [("q_after", "i_fix")]
    wizard = set_target(sample(), "o_ok", "done", "c_one")
    assert [one.target for one in layout(wizard).lines if one.is_back] == ["c_one"]
    assert layout(wizard).spots["c_one"].layer == 0


def test_fewer_crossings_than_in_the_order_of_the_file() -> None:
    """Four steps of a row whose targets stand the other way round: the order of the file crosses six times."""
    names = [f"i_{number}" for number in range(4)]
    go = {str(number): name for number, name in enumerate(names)}
    steps: dict[str, Step] = {"s": Instruction(id="s", text=Wording(), go=go)}
    steps |= {name: Instruction(id=name, text=Wording(), go={"done": f"o_{name}"}) for name in names}
    steps |= {f"o_{name}": Outcome(id=f"o_{name}", text=Wording(), result=Result.INFO) for name in reversed(names)}
    picture = layout(replace(sample(), start="s", steps=steps))
    above = sorted(names, key=lambda name: picture.spots[name].x)
    below = sorted(names, key=lambda name: picture.spots[f"o_{name}"].x)
    assert above == below


@pytest.mark.timeout(60)
def test_the_largest_file_has_a_picture_in_bounded_time() -> None:
    """400 steps in a row that all may fail into the same three ends, and one where each leads to its own end."""
    names = [f"i_{number}" for number in range(MAX_STEPS - 3)]
    ends = [f"o_{number}" for number in range(3)]
    steps: dict[str, Step] = {
        name: Instruction(id=name, text=Wording(), go={"done": onward, "failed": ends[number % 3]})
        for number, (name, onward) in enumerate(zip(names, [*names[1:], ends[0]], strict=True))
    }
    steps |= {name: Outcome(id=name, text=Wording(), result=Result.INFO) for name in ends}
    wizard = replace(sample(), start="i_0", steps=steps)
    assert sum(isinstance(one, tuple) for row in layers_of(wizard).rows for one in row) <= MOST_BENDS
    assert_well_drawn(wizard, layout(wizard, SIZES))
    half = names[: MAX_STEPS // 2]
    own = {name: f"o_{name}" for name in half}
    steps = {
        name: Instruction(id=name, text=Wording(), go={"done": onward, "failed": own[name]})
        for name, onward in zip(half, [*half[1:], own[half[0]]], strict=True)
    }
    steps |= {name: Outcome(id=name, text=Wording(), result=Result.INFO) for name in own.values()}
    wizard = replace(sample(), start="i_0", steps=steps)
    assert not any(isinstance(one, tuple) for row in layers_of(wizard).rows for one in row)
    assert_well_drawn(wizard, layout(wizard, SIZES))
