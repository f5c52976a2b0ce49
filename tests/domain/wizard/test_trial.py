"""A draft with any faults can be tried: every run comes to an end, and a good wizard is tried as it is."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.domain.snapshot import FindingState
from desktop.domain.wizard import editing, engine, events
from desktop.domain.wizard.cases import run_case
from desktop.domain.wizard.definition import Audience, Case, Outcome, Question, Wizard, Wording
from desktop.domain.wizard.run import Phase as RunPhase
from desktop.domain.wizard.run import RunState
from desktop.domain.wizard.scene import Scene, handover_field, missing_fields
from desktop.domain.wizard.trial import NOWHERE, stand_in, walkable
from tests.domain.wizard.drafts import drafts
from tests.domain.wizard.samples import AT, sample

WORDS = Wording("Hier endet der Weg", "The way ends here")


def test_a_good_one_is_tried_as_it_is() -> None:
    assert walkable(sample(), {}, WORDS) == sample()
    assert stand_in(sample(), walkable(sample(), {}, WORDS)) == ""


def test_open_ways_and_ways_back_end_in_words() -> None:
    draft = editing.set_target(editing.set_target(sample(), "q_works", "yes", ""), "q_after", "no", "i_fix")
    tried = walkable(draft, {}, WORDS)
    assert stand_in(draft, tried) == NOWHERE
    assert (tried.steps["q_works"].go["yes"], tried.steps["q_after"].go["no"]) == (NOWHERE, NOWHERE)
    assert tried.steps[NOWHERE].heading("en") == "The way ends here"
    walked = run_case({}, tried, Case("one", "o_ok", ("a.broken",), fix=("i_fix",)))
    assert walked.end == NOWHERE
    without_start = walkable(replace(sample(), start="gone"), {}, WORDS)
    assert without_start.start == NOWHERE


def test_a_jump_that_leads_nowhere_or_back_is_an_end() -> None:
    jumping = sample(o_ok='kind = "jump"\nwizard = "other"')
    assert isinstance(walkable(jumping, {}, WORDS).steps["o_ok"], Outcome)
    other = replace(sample(), id="other")
    assert walkable(jumping, {"other": other}, WORDS) == jumping
    back = replace(sample(o_ok='kind = "jump"\nwizard = "sample"'), id="other")
    assert isinstance(walkable(jumping, {"other": back}, WORDS).steps["o_ok"], Outcome)


def event(draw: st.DataObject, scene: Scene, state: RunState) -> events.Event:
    if state.phase is RunPhase.COLLECTING:
        name = missing_fields(scene, state)[0]
        handover_field(scene, state, name)
        return events.Filled(name, None, AT)
    if state.phase is RunPhase.VERIFYING:
        return events.Verified(draw.draw(st.sampled_from(FindingState)), AT)
    if state.phase is RunPhase.JUDGING:
        return events.Judged(draw.draw(st.booleans()), AT)
    step = scene.step(state)
    if isinstance(step, Question):
        return events.Answered(draw.draw(st.sampled_from([None, "yes", "a", "b"])), AT)
    return events.Tried(draw.draw(st.sampled_from(events.Try)), AT)


@given(draft=drafts(), data=st.data(), audience=st.sampled_from(Audience))
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
def test_every_draft_can_be_walked_to_an_end(draft: Wizard, data: st.DataObject, audience: Audience) -> None:
    draft = replace(draft, mode=sample().mode, audience=audience)
    tried = walkable(draft, {}, WORDS)
    scene = Scene({tried.id: tried})
    state = engine.start(scene, tried.id, run_id="trial", audience=audience, at=AT)
    for _ in range(60):
        if state.phase.is_over:
            break
        state = engine.advance(scene, state, event(data, scene, state))
    assert state.phase.is_over
