"""Who goes on with a run, why something is left out, and what the end of it still wants to know."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.base.paths import resources
from desktop.domain.snapshot import FindingState
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Action, Audience, Instruction, Question
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.owed import owed_fields
from desktop.domain.wizard.run import Phase, RunState, Source, answers, from_document, signed, to_document
from desktop.domain.wizard.scene import Scene
from tests.domain.wizard.samples import AT, STEPS, later, sample, scene, snapshot

LIBRARY = {name: one for name, one in load_library(resources() / "wizards").wizards.items() if not one.is_list}


def begin(stage: Scene, audience: Audience = Audience.EMPLOYEE, wizard: str = "sample") -> RunState:
    return engine.start(stage, wizard, run_id="run", audience=audience, at=AT)


def go_on(stage: Scene, state: RunState, *happened: events.Event) -> RunState:
    for one in happened:
        state = engine.advance(stage, state, one)
    return state


def owed(stage: Scene, state: RunState) -> list[str]:
    return [one.id for one in owed_fields(stage, state)]


def test_a_technician_goes_on_where_help_was_wanted() -> None:
    stage = scene(sample(), facts=snapshot())
    asked = go_on(stage, begin(stage), events.HelpWanted(later(1)))
    state = engine.take_over(stage, asked, at=later(9))
    assert (state.step, state.phase, state.audience) == ("q_what", Phase.ASKING, Audience.TECHNICIAN)
    state = go_on(stage, state, events.Answered("red", later(10)))
    assert [state.audience_of(one) for one in state.path] == [Audience.EMPLOYEE, Audience.TECHNICIAN]
    assert state.step == "i_admin"  # which an employee is led past


def test_a_technician_goes_on_at_the_step_that_was_left_to_them() -> None:
    stage = scene(sample(), facts=snapshot())
    ended = go_on(stage, begin(stage), events.Answered("red", AT), events.Filled("since", "gestern", AT))
    assert (ended.phase, engine.can_take_over(stage, ended)) == (Phase.FINISHED, True)
    state = engine.take_over(stage, ended, at=later(9))
    assert (state.step, state.phase) == ("i_admin", Phase.ASKING)
    assert answers(stage.wizards, state) == {"what": "red", "since": "gestern"}
    assert state.log == ended.log


def test_a_run_with_nothing_left_stays_as_it_ended() -> None:
    stage = scene(sample(i_admin=STEPS["i_admin"].replace('audience = "technician"\n', "")), facts=snapshot())
    ended = go_on(stage, begin(stage), events.Answered("blue", AT), events.Filled("since", None, AT))
    assert not engine.can_take_over(stage, ended)
    assert engine.take_over(stage, ended, at=later(9)) == replace(ended, audience=Audience.TECHNICIAN)


def test_a_run_put_away_says_why_and_can_be_taken_up() -> None:
    stage = scene(sample(), facts=snapshot())
    state = begin(stage, Audience.TECHNICIAN)
    away = go_on(stage, state, events.Abandoned(" Falscher Drucker ", AT))
    assert (away.phase, away.reason, away.phase.is_over) == (Phase.ABANDONED, "Falscher Drucker", True)
    assert from_document(json.loads(json.dumps(to_document(away)))) == away
    assert engine.resume(stage, away, audience=Audience.TECHNICIAN, at=later(1)) == away
    again = engine.take_over(stage, away, at=later(1))
    assert (again.phase, again.reason, again.step) == (Phase.ASKING, "", state.step)
    with pytest.raises(AppError):
        engine.advance(stage, away, events.Abandoned("nochmal", AT))
    with pytest.raises(AppError):
        engine.advance(stage, begin(stage), events.Abandoned("Mitarbeitende dürfen das nicht", AT))


@pytest.mark.parametrize("event", [events.Skipped("  ", AT), events.Abandoned("", AT)])
def test_a_reason_is_not_optional(event: events.Event) -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    with pytest.raises(AppError) as caught:
        engine.advance(stage, begin(stage, Audience.TECHNICIAN), event)
    assert caught.value.code == "wizard.reason"


def test_a_skipped_step_is_known_as_such_and_keeps_its_note() -> None:
    stage = scene(sample(), facts=snapshot("a.broken"))
    state = go_on(
        stage, begin(stage, Audience.TECHNICIAN), events.Noted("Gerät ist alt", AT), events.Skipped("kein Zugang", AT)
    )
    assert (state.path[-1].source, state.path[-1].note) == (Source.SKIPPED, "kein Zugang\nGerät ist alt")


def test_a_run_that_ended_early_owes_what_its_escalations_want() -> None:
    stage = scene(sample(), facts=snapshot())
    state = go_on(stage, begin(stage), events.HelpWanted(AT))
    assert owed(stage, state) == ["since"]
    state = go_on(stage, state, events.Filled("since", None, AT))
    assert (owed(stage, state), state.phase) == ([], Phase.HANDED_OVER)
    assert answers(stage.wizards, state) == {"since": None}
    with pytest.raises(AppError):
        engine.advance(stage, state, events.Filled("shoe_size", "43", AT))


def test_filling_a_field_leaves_a_paused_run_as_it_is() -> None:
    stage = scene(sample(), facts=snapshot())
    state = go_on(stage, begin(stage, Audience.TECHNICIAN), events.Typed("ro", AT), events.Paused(AT))
    filled = go_on(stage, state, events.Filled("since", "gestern", AT))
    assert filled == replace(state, filled={"since": "gestern"})
    assert owed(stage, filled) == []


def test_an_answer_given_later_counts_more_than_what_was_filled_in() -> None:
    what = STEPS["o_help"].replace('"since"', '"what"')
    stage = scene(sample(o_help=what), facts=snapshot())
    state = go_on(stage, begin(stage), events.Filled("what", "blue", AT), events.Answered("red", AT))
    assert answers(stage.wizards, state) == {"what": "red"}


def test_what_is_finished_owes_nothing() -> None:
    stage = scene(sample(), facts=snapshot("a.blue"))
    state = go_on(stage, begin(stage), events.Filled("since", "gestern", AT))
    assert (state.phase, owed(stage, state)) == (Phase.FINISHED, [])
    with pytest.raises(AppError):
        engine.advance(stage, state, events.Filled("since", "heute", AT))


def test_who_did_a_step_is_written_once_and_never_believed() -> None:
    stage = scene(sample(), facts=snapshot())
    asked = go_on(stage, begin(stage), events.HelpWanted(later(1)))
    forged = replace(asked, log=tuple(replace(one, actor="Katrin Velden") for one in asked.log))
    first = signed(forged, None, "Sabine Oswald")
    assert {one.actor for one in first.log} == {"Sabine Oswald"}
    state = engine.take_over(stage, asked, at=later(9))
    second = signed(go_on(stage, state, events.Answered("red", later(10))), first, "Timo Asbeck")
    assert [one.actor for one in second.log] == ["Sabine Oswald", "Timo Asbeck"]


STEPS_OF_ALL = [step for one in LIBRARY.values() for step in one.steps.values()]
FINDINGS = sorted({getattr(one, name, "") for one in STEPS_OF_ALL for name in ("finding", "verify")} - {""})
EMPLOYEES = sorted(name for name, one in LIBRARY.items() if one.audience is Audience.EMPLOYEE)


@given(data=st.data(), wizard=st.sampled_from(EMPLOYEES))
def test_any_self_help_can_be_taken_over_at_any_moment_and_nothing_of_it_is_lost(
    data: st.DataObject, wizard: str
) -> None:
    states = {one: data.draw(st.sampled_from(FindingState)) for one in FINDINGS}
    facts = snapshot(
        *(one for one, state in states.items() if state is FindingState.PRESENT),
        unknown=tuple(one for one, state in states.items() if state is FindingState.UNKNOWN),
        known=tuple(FINDINGS),
    )
    stage = Scene(LIBRARY, facts)
    state = begin(stage, wizard=wizard)
    for _ in range(data.draw(st.integers(0, 12))):
        if state.phase.is_over:
            break
        state = engine.advance(stage, state, _anything(data, stage, state))
    if data.draw(st.booleans()) and not state.phase.is_over:
        state = go_on(stage, state, events.HelpWanted(later(1)))
    given_before = answers(stage.wizards, state)
    taken = engine.take_over(stage, state, at=later(2))
    assert taken.audience is Audience.TECHNICIAN
    assert taken.log[: len(state.log)] == state.log
    assert taken.phase.is_over is not engine.can_take_over(stage, state) or taken.phase is Phase.FINISHED
    assert all(taken.audience_of(one) is Audience.EMPLOYEE for one in taken.log[: len(state.log)])
    assert given_before.items() >= {k: v for k, v in taken.filled.items() if k in given_before}.items()
    for one in owed_fields(stage, taken):
        taken = engine.advance(stage, taken, events.Filled(one.id, None, later(3)))
    assert owed_fields(stage, taken) == ()
    assert from_document(json.loads(json.dumps(to_document(taken)))) == taken


def _anything(data: st.DataObject, stage: Scene, state: RunState) -> events.Event:
    step = stage.step(state)
    if state.phase is Phase.COLLECTING:
        return events.Filled(owed_fields(stage, state)[0].id, data.draw(st.none() | st.text(max_size=5)), AT)
    if state.phase is Phase.VERIFYING:
        return events.Verified(data.draw(st.sampled_from(FindingState)), AT)
    if state.phase is Phase.JUDGING:
        return events.Judged(data.draw(st.booleans()), AT)
    if isinstance(step, Question):
        ids = answer_ids(step)
        return events.Answered(data.draw(st.none() | (st.sampled_from(ids) if ids else st.text(max_size=5))), AT)
    assert isinstance(step, Instruction | Action)
    return events.Tried(data.draw(st.sampled_from(events.Try)), AT)
