"""What holds on every wizard without fault, whatever people do: it ends, it is kept, it repeats, it can be changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop.domain.snapshot import FindingState, Snapshot
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Audience, Question, Wizard
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.graph import graph_of, longest_human_path
from desktop.domain.wizard.reader import read_wizard
from desktop.domain.wizard.run import Answer, Phase, RunState, Source, from_document, to_document
from desktop.domain.wizard.scene import Scene, missing_fields
from desktop.domain.wizard.validator import Known, check
from desktop.domain.wizard.writer import write_wizard
from tests.domain.wizard.samples import AT, later, snapshot
from tests.domain.wizard.valid_wizards import FINDINGS, families, wizards

people = st.sampled_from(Audience)


@st.composite
def diagnoses(draw: st.DrawFn) -> Snapshot | None:
    """Return a diagnosis in which each finding has any state, or none."""
    if draw(st.integers(0, 4)) == 0:
        return None
    states = {one: draw(st.sampled_from(FindingState)) for one in FINDINGS}
    present = (one for one, state in states.items() if state is FindingState.PRESENT)
    unknown = tuple(one for one, state in states.items() if state is FindingState.UNKNOWN)
    return snapshot(*present, unknown=unknown, known=FINDINGS)


def begin(stage: Scene, audience: Audience) -> RunState:
    return engine.start(stage, "made", run_id="run", audience=audience, at=AT)


def anything(data: st.DataObject, stage: Scene, state: RunState) -> events.Event:
    """Return something that a person or the machine may do at this place, and that leads on."""
    step = stage.step(state)
    match state.phase:
        case Phase.COLLECTING:
            return events.Filled(missing_fields(stage, state)[0], data.draw(st.none() | st.text(max_size=5)), AT)
        case Phase.VERIFYING:
            return events.Verified(data.draw(st.sampled_from(FindingState)), AT)
        case Phase.JUDGING:
            return events.Judged(data.draw(st.booleans()), AT)
        case _ if isinstance(step, Question):
            return events.Answered(data.draw(st.none() | given_to(step)), AT)
        case _:
            return events.Tried(data.draw(st.sampled_from(events.Try)), AT)


def given_to(step: Question) -> st.SearchStrategy[Answer]:
    ids = answer_ids(step)
    if step.type.value == "multi":
        return st.lists(st.sampled_from(ids), unique=True, max_size=2)
    return st.sampled_from(ids) if ids else st.text(max_size=5)


def to_the_end(data: st.DataObject, stage: Scene, state: RunState) -> tuple[RunState, list[events.Event]]:
    """Return the end and what led there; more events than any way can have would be an endless run."""
    happened: list[events.Event] = []
    for _ in range(100):
        if state.phase.is_over:
            return state, happened
        happened.append(anything(data, stage, state))
        state = engine.advance(stage, state, happened[-1])
    raise AssertionError("endless")


def back_to_the_beginning(stage: Scene, state: RunState) -> RunState:
    while engine.can_go_back(stage, state):
        state = engine.advance(stage, state, events.WentBack(later(1)))
    return state


def way(state: RunState) -> list[tuple[str, str, str]]:
    return [(one.wizard, one.step, one.exit) for one in state.path]


@given(made=wizards())
def test_what_is_made_here_has_no_fault_and_can_be_written(made: Wizard) -> None:
    assert [one for one in check(made, Known(findings=frozenset(FINDINGS), wizards={})) if one.is_error] == []
    again = read_wizard(write_wizard(made))
    assert dict(again.steps) == dict(made.steps)


@given(data=st.data(), family=families(), facts=diagnoses(), audience=people)
def test_every_run_ends_within_its_longest_way(
    data: st.DataObject, family: Mapping[str, Wizard], facts: Snapshot | None, audience: Audience
) -> None:
    stage = Scene(family, facts)
    state, _ = to_the_end(data, stage, begin(stage, audience))
    assert state.phase is Phase.FINISHED
    most = sum(longest_human_path(one, graph_of(one), one.start) for one in family.values())
    assert sum(1 for one in state.path if one.source is not Source.AUTO) <= most
    steps = [(one.wizard, one.step) for one in state.path]
    assert len(steps) == len(set(steps))  # nobody comes to a step twice


@given(data=st.data(), family=families(), facts=diagnoses(), audience=people)
def test_every_state_is_kept_and_taken_up_as_it_was(
    data: st.DataObject, family: Mapping[str, Wizard], facts: Snapshot | None, audience: Audience
) -> None:
    stage = Scene(family, facts)
    state = begin(stage, audience)
    for _ in range(15):
        kept = from_document(json.loads(json.dumps(to_document(state))))
        assert kept == state
        if state.phase is not Phase.VERIFYING:  # what was being looked at must be looked at again
            assert engine.resume(stage, kept, audience=audience, at=later(60)) == replace(state, is_paused=False)
        aside = data.draw(st.sampled_from([None, *beside_the_way(stage, state)]))
        if aside is None and state.phase.is_over:
            return
        state = engine.advance(stage, state, aside or anything(data, stage, state))


def beside_the_way(stage: Scene, state: RunState) -> list[events.Event]:
    """Return what may happen without leading on."""
    possible: list[events.Event] = [events.Noted("Ä", AT), events.Typed(["red"], AT), events.Paused(AT)]
    if engine.can_go_back(stage, state):
        possible.append(events.WentBack(later(2)))
    if not state.phase.is_over:
        possible.append(events.HelpWanted(AT))
    found = [one.step for one in state.path if one.source is Source.AUTO and one.wizard == state.wizard]
    return possible + [events.Disputed(one, AT) for one in found[:1]]


@given(data=st.data(), family=families(), facts=diagnoses(), audience=people)
def test_same_answers_give_the_same_way(
    data: st.DataObject, family: Mapping[str, Wizard], facts: Snapshot | None, audience: Audience
) -> None:
    stage = Scene(family, facts)
    state, happened = to_the_end(data, stage, begin(stage, audience))
    again = begin(stage, audience)
    for one in happened:
        again = engine.advance(stage, again, one)
    assert again == state


@given(data=st.data(), family=families(), facts=diagnoses(), audience=people)
def test_another_answer_keeps_what_was_said_later(
    data: st.DataObject, family: Mapping[str, Wizard], facts: Snapshot | None, audience: Audience
) -> None:
    """Back at the beginning the person answers anew, twice; a step that comes again offers what was said there last."""
    stage = Scene(family, facts)
    state, _ = to_the_end(data, stage, begin(stage, audience))
    for _ in range(2):
        log = state.log
        said = {(one.wizard, one.step): one.answer for one in log}
        state = back_to_the_beginning(stage, state)
        while not state.phase.is_over:
            if isinstance(stage.step(state), Question):
                assert state.earlier_answer(state.step) == said.get((state.wizard, state.step))
            state = engine.advance(stage, state, anything(data, stage, state))
        assert state.log[: len(log)] == log  # nothing is taken out of the log


@settings(max_examples=60)
@given(data=st.data(), family=families(), audience=people)
def test_the_same_answers_after_going_back_lead_to_the_same_end(
    data: st.DataObject, family: Mapping[str, Wizard], audience: Audience
) -> None:
    """Where nothing was verified meanwhile: what the machine knows better now answers its checks the second time."""
    stage = Scene(family)
    first, happened = to_the_end(data, stage, begin(stage, audience))
    state = back_to_the_beginning(stage, first)
    assume(not first.known and not state.phase.is_over)
    for one in happened:
        state = engine.advance(stage, state, one)
    assert way(state) == way(first)
