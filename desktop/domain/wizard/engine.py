"""Walks through a wizard: a scene, a state and an event in, the next state out, and nothing else happens.

Steps that need nobody (checks with a known finding, sure answers, steps for technicians only, jumps) are taken at
once, so that a state always stands where somebody has to do something or at an end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.base.errors import AppError
from desktop.domain.snapshot import FindingState
from desktop.domain.wizard import events
from desktop.domain.wizard.definition import (
    Action,
    Audience,
    Check,
    Instruction,
    Outcome,
    Question,
    Step,
    is_human,
    verify_of,
)
from desktop.domain.wizard.exits import DONE, FAILED, FIXED, SKIPPED, exit_of_answer
from desktop.domain.wizard.owed import owed_fields
from desktop.domain.wizard.run import MAX_EVIDENCE, Phase, RunState, Source, step_of
from desktop.domain.wizard.scene import Scene, missing_fields, suggested_answer
from desktop.domain.wizard.settling import failed_exit, leave, misfit, settle, way_round

BEGUN = "begun, its end was not seen"


def start(scene: Scene, wizard_id: str, *, run_id: str, audience: Audience, at: datetime) -> RunState:
    """Return the state in which a new run first needs somebody.

    Raises AppError `wizard.unknown`, `wizard.not_for_you`, `wizard.is_list` where there are ticks instead of steps.
    """
    wizard = scene.wizards.get(wizard_id)
    if wizard is None:
        raise AppError("wizard.unknown", parameters={"id": wizard_id})
    if wizard.audience is Audience.TECHNICIAN and audience is Audience.EMPLOYEE:
        raise AppError("wizard.not_for_you", parameters={"id": wizard_id})
    if wizard.is_list:
        raise AppError("wizard.is_list", parameters={"id": wizard_id})
    state = RunState(
        run_id=run_id,
        audience=audience,
        started=at,
        first=wizard_id,
        wizard=wizard_id,
        version=wizard.version,
        step=wizard.start,
        entered=at,
    )
    return settle(scene, state, at)


def resume(scene: Scene, state: RunState, *, audience: Audience, at: datetime) -> RunState:
    """Return a stored run as it goes on now, perhaps by somebody else.

    Where the wizard has changed so that the step no longer exists, it starts again with all answers kept for
    preselection; a run that is over stays as it ended while its end exists. Raises AppError `wizard.unknown` where the
    wizard is gone.
    """
    if state.wizard not in scene.wizards or scene.wizards[state.wizard].is_list:
        raise AppError("wizard.unknown", parameters={"id": state.wizard})
    wizard = scene.wizards[state.wizard]
    state = replace(state, audience=audience, is_paused=False, version=wizard.version)
    state = replace(state, phase=_fitting(state.phase, wizard.steps.get(state.step)))
    if state.phase.is_over and state.step in wizard.steps:
        return state
    if state.step in wizard.steps and _is_trail_known(scene, state):
        return settle(scene, state, at)
    return settle(scene, replace(state, step=wizard.start, entered=at, trail=(), phase=Phase.ASKING), at)


def _fitting(phase: Phase, step: Step | None) -> Phase:
    """Return the phase that a step can be in: another version of the checklist may have made another kind of it."""
    is_doing = isinstance(step, Instruction | Action)
    is_odd = phase in (Phase.COLLECTING, Phase.FINISHED) and step is not None and not isinstance(step, Outcome)
    is_odd |= phase is Phase.VERIFYING or (phase is Phase.JUDGING and not is_doing)
    return Phase.ASKING if is_odd else phase


def take_over(scene: Scene, state: RunState, *, at: datetime) -> RunState:
    """Return a run as a technician goes on with it, whoever began it.

    Where help was wanted, or it was put away, it goes on at that step; where an employee came to its end, at the first
    step that was left to technicians; with none it stays as it ended. Raises AppError `wizard.unknown`.
    """
    place = _left_to_technicians(scene, state)
    if state.phase is Phase.FINISHED and place is not None:
        state = replace(_return_to(state, place, at), filled=state.filled)
    elif state.phase is not Phase.FINISHED and state.phase.is_over:
        state = replace(state, phase=Phase.ASKING, reason="")
    return resume(scene, state, audience=Audience.TECHNICIAN, at=at)


def can_take_over(scene: Scene, state: RunState) -> bool:
    """Tell whether a technician has anything left to do in a run."""
    return state.phase is not Phase.FINISHED or _left_to_technicians(scene, state) is not None


def _left_to_technicians(scene: Scene, state: RunState) -> int | None:
    """Return the first place of the way where an employee was led past a step."""
    for place, one in enumerate(state.path):
        step = step_of(scene.wizards, one.wizard, one.step)
        if step is None or not is_human(step) or one.source is not Source.AUTO:
            continue
        is_ours = scene.wizards[one.wizard].audience_of(step) is Audience.TECHNICIAN
        if is_ours and state.audience_of(one) is Audience.EMPLOYEE:
            return place
    return None


def advance(scene: Scene, state: RunState, event: events.Event) -> RunState:
    """Return the state after `event`. Raises AppError `wizard.event` where the event does not fit the state."""
    if isinstance(event, events.Paused):
        return replace(state, is_paused=not state.phase.is_over)
    if isinstance(event, events.Filled) and not isinstance(step_of(scene.wizards, state.wizard, state.step), Outcome):
        return _fill(scene, state, event)
    state = replace(state, is_paused=False)
    if isinstance(event, events.Noted | events.Typed):
        return _write(state, event)
    state = replace(state, typed=None)
    match event:
        case events.WentBack():
            return _back(scene, state, event.at)
        case events.Disputed():
            return _dispute(scene, state, event)
        case events.Filled():
            return _fill(scene, state, event)
        case _ if state.phase.is_over:
            raise misfit()
        case events.Abandoned() | events.HelpWanted():
            return _end(state, event)
        case events.Moved():
            return _move(scene, state, event)
        case _:
            return _work(scene, state, event)


def _write(state: RunState, event: events.Noted | events.Typed) -> RunState:
    return replace(state, note=event.text) if isinstance(event, events.Noted) else replace(state, typed=event.value)


def can_go_back(scene: Scene, state: RunState) -> bool:
    """Tell whether the person did anything that can be taken back."""
    return _last_human(scene, state) is not None


def human_steps(state: RunState) -> int:
    """Return how many steps of the way taken needed a person."""
    return sum(1 for one in state.path if one.source is not Source.AUTO and one.exit != SKIPPED)


def _work(scene: Scene, state: RunState, event: events.Event) -> RunState:
    step = scene.step(state)
    match event:
        case events.Answered() if isinstance(step, Question) and state.phase is Phase.ASKING:
            return _answer(scene, state, step, event)
        case events.Tried() if isinstance(step, Instruction | Action) and state.phase is Phase.ASKING:
            return _try(scene, state, step, event)
        case events.Begun() if isinstance(step, Action) and state.phase is Phase.ASKING:
            return replace(state, evidence=BEGUN)
        case events.Verified() if state.phase is Phase.VERIFYING:
            return _verify(scene, state, step, event)
        case events.Judged() if state.phase is Phase.JUDGING:
            return leave(scene, state, FIXED if event.has_helped else FAILED, Source.HUMAN, event.at)
        case events.Skipped() if is_human(step):
            return _skip(scene, state, step, event)
        case _:
            raise misfit()


def _skip(scene: Scene, state: RunState, step: Step, event: events.Skipped) -> RunState:
    note = "\n".join(dict.fromkeys(one for one in (_reason(event.reason), state.note.strip()) if one))
    state = replace(state, note=note, phase=Phase.ASKING)
    return leave(scene, state, way_round(step), Source.SKIPPED, event.at)


def _end(state: RunState, event: events.Abandoned | events.HelpWanted) -> RunState:
    """End before an outcome: somebody else goes on, or nobody does."""
    if isinstance(event, events.HelpWanted):
        return replace(state, phase=Phase.HANDED_OVER)
    if state.audience is not Audience.TECHNICIAN:
        raise misfit()
    return replace(state, phase=Phase.ABANDONED, reason=_reason(event.reason))


def _reason(text: str) -> str:
    if not text.strip():
        raise AppError("wizard.reason")
    return text.strip()


def _answer(scene: Scene, state: RunState, step: Question, event: events.Answered) -> RunState:
    proposed = suggested_answer(scene, state)
    source = Source.HUMAN
    if proposed is not None and step.id not in state.disputed:
        source = Source.SUGGESTED_KEPT if event.value == proposed else Source.SUGGESTED_CHANGED
    return leave(scene, state, exit_of_answer(step, event.value), source, event.at, answer=event.value)


def _try(scene: Scene, state: RunState, step: Step, event: events.Tried) -> RunState:
    state = replace(state, evidence=(event.evidence or state.evidence)[:MAX_EVIDENCE])
    if event.result is not events.Try.DONE:
        return leave(scene, state, failed_exit(step, event.result), Source.HUMAN, event.at)
    finding = verify_of(step)
    if not finding:
        return leave(scene, state, DONE, Source.HUMAN, event.at)
    return replace(state, phase=Phase.VERIFYING, before=scene.finding(state, finding))


def _verify(scene: Scene, state: RunState, step: Step, event: events.Verified) -> RunState:
    state = replace(state, after=event.state)
    if event.state is FindingState.UNKNOWN:
        return replace(state, phase=Phase.JUDGING)
    state = replace(state, known={**state.known, verify_of(step): event.state})
    result = FIXED if event.state is FindingState.ABSENT else FAILED
    return leave(scene, state, result, Source.HUMAN, event.at)


def _fill(scene: Scene, state: RunState, event: events.Filled) -> RunState:
    owed = {one.id for one in owed_fields(scene, state)}
    if state.phase in (Phase.FINISHED, Phase.ABANDONED) or event.field not in owed | state.filled.keys():
        raise misfit()
    state = replace(state, filled={**state.filled, event.field: event.value})
    if state.phase is Phase.HANDED_OVER or not isinstance(step_of(scene.wizards, state.wizard, state.step), Outcome):
        return state
    is_complete = not missing_fields(scene, state)
    return replace(state, phase=Phase.FINISHED if is_complete else Phase.COLLECTING)


def _move(scene: Scene, state: RunState, event: events.Moved) -> RunState:
    if state.audience is not Audience.TECHNICIAN or event.step not in scene.wizard(state).steps:
        raise misfit()
    state = replace(
        state,
        step=event.step,
        entered=event.at,
        phase=Phase.ASKING,
        note="",
        before=None,
        after=None,
        evidence="",
    )
    return settle(scene, state, event.at)


def _back(scene: Scene, state: RunState, at: datetime) -> RunState:
    if state.phase in (Phase.VERIFYING, Phase.JUDGING):
        return replace(state, phase=Phase.ASKING, before=None, after=None)
    if state.phase in (Phase.HANDED_OVER, Phase.ABANDONED):
        return settle(scene, replace(state, phase=Phase.ASKING, reason="", before=None, after=None), at)
    place = _last_human(scene, state)
    if place is None:
        raise misfit()
    return _return_to(state, place, at)


def _dispute(scene: Scene, state: RunState, event: events.Disputed) -> RunState:
    places = [place for place, one in enumerate(state.path) if one.step == event.step and one.source is Source.AUTO]
    if not places:
        raise misfit()
    record = state.path[places[-1]]
    step = step_of(scene.wizards, record.wizard, record.step)
    state = _return_to(state, places[-1], event.at)
    if isinstance(step, Check):
        state = replace(state, known={**state.known, step.finding: FindingState.UNKNOWN})
    return settle(scene, replace(state, disputed=state.disputed | {event.step}), event.at)


def _return_to(state: RunState, place: int, at: datetime) -> RunState:
    record = state.path[place]
    return replace(
        state,
        wizard=record.wizard,
        version=record.version,
        step=record.step,
        entered=at,
        trail=state.trail[:place],
        phase=Phase.ASKING,
        note=record.note,
        before=None,
        after=None,
        evidence="",
        filled={} if state.phase in (Phase.COLLECTING, Phase.FINISHED) else state.filled,
    )


def _last_human(scene: Scene, state: RunState) -> int | None:
    for place in range(len(state.trail) - 1, -1, -1):
        record = state.path[place]
        step = step_of(scene.wizards, record.wizard, record.step)
        if step is not None and is_human(step) and record.source is not Source.AUTO:
            return place
    return None


def _is_trail_known(scene: Scene, state: RunState) -> bool:
    return all(step_of(scene.wizards, one.wizard, one.step) is not None for one in state.path)
