"""Scenarios made of runs: the same facts and answers lead to the same end again, with and without a diagnosis."""

from __future__ import annotations

import pytest

from desktop.base.paths import resources
from desktop.domain.snapshot import FindingState
from desktop.domain.wizard import cases, engine, events
from desktop.domain.wizard.definition import Audience, Case, Wizard
from desktop.domain.wizard.editing_cases import add_case, change_case, recorded_case, remove_case
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import Phase, RunState
from desktop.domain.wizard.scene import Scene
from tests.domain.wizard.samples import AT, sample, scene, snapshot

START = {"run_id": "trial", "audience": Audience.EMPLOYEE, "at": AT}


@pytest.fixture(scope="module")
def wizards() -> dict[str, Wizard]:
    return dict(load_library(resources() / "wizards").wizards)


@pytest.mark.parametrize("is_diagnosed", [True, False])
def test_every_shipped_scenario_can_be_recorded_again(wizards: dict[str, Wizard], *, is_diagnosed: bool) -> None:
    for wizard in wizards.values():
        for case in wizard.cases:
            facts = cases.case_snapshot(wizards, wizard, case) if is_diagnosed else None
            stage = Scene(wizards, facts)
            state = cases.walk(stage, wizard.id, case, run_id="trial")
            recorded = recorded_case(stage, state, case.name)
            walked = cases.run_case(wizards, wizard, recorded)
            assert walked.end == state.step, (wizard.id, case.name)
            assert walked.is_as_said


def run(stage: Scene, *happened: events.Event) -> RunState:
    state = engine.start(stage, "sample", **START)
    for one in happened:
        state = engine.advance(stage, state, one)
    return state


def test_a_fact_that_somebody_contradicts_is_unknown_in_the_scenario() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = run(stage, events.Disputed("c_one", AT), events.Answered("blue", AT), events.Filled("since", "now", AT))
    assert state.phase is Phase.FINISHED
    case = recorded_case(stage, state, "one")
    assert (case.findings, case.unknown, case.end) == ((), ("a.broken",), "o_help")


def test_what_helped_and_what_was_not_possible_is_kept() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    tried = events.Tried(events.Try.DONE, AT)
    state = run(stage, tried, events.Verified(FindingState.ABSENT, AT), events.Answered("yes", AT))
    case = recorded_case(stage, state, "one")
    assert case == Case("one", "o_ok", ("a.broken",), fix=("i_fix",), max_human=2)


def test_a_fix_that_only_seemed_to_help_is_told_apart() -> None:
    """The check says it is mended, the person says it still does not work: the usual answer would lead elsewhere."""
    stage = scene(sample(), facts=snapshot("a.broken"))
    tried = events.Tried(events.Try.DONE, AT)
    helped = events.Verified(FindingState.ABSENT, AT)
    state = run(stage, tried, helped, events.Answered("no", AT), events.Answered("blue", AT))
    case = recorded_case(stage, state, "one")
    assert case.answers["q_works"] == "no"
    assert cases.run_case(stage.wizards, sample(), case).end == "o_help"


def test_scenarios_are_added_changed_and_removed() -> None:
    first, second = Case("one", "o_ok"), Case("two", "o_help")
    wizard = add_case(add_case(sample(cases=""), first), second)
    assert change_case(wizard, 0, second).cases == (second, second)
    assert change_case(wizard, 5, second) is wizard
    assert remove_case(wizard, 0).cases == (second,)
