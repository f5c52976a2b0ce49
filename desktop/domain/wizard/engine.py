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
    Jump,
    Outcome,
    Question,
    Step,
    is_human,
    verify_of,
)
from desktop.domain.wizard.exits import CANNOT, DECLINED, DONE, FAILED, FIXED, SKIPPED, UNSURE, exit_of_answer
from desktop.domain.wizard.run import MAX_EVIDENCE, Answer, Phase, RunState, Source, StepRecord, step_of
from desktop.domain.wizard.scene import Scene, is_for, missing_fields, suggested_answer, sure_answer

LET_GO = "begun, not waited for"
MAX_AUTOMATIC = 2000  # more steps in a row than all allowed files together have on one way


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
    return _settle(scene, state, at)


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
    if state.phase is Phase.VERIFYING:
        state = replace(state, phase=Phase.ASKING)
    if state.phase.is_over and state.step in wizard.steps:
        return state
    if state.step in wizard.steps and _is_trail_known(scene, state):
        return _settle(scene, state, at)
    return _settle(scene, replace(state, step=wizard.start, entered=at, trail=(), phase=Phase.ASKING), at)


def advance(scene: Scene, state: RunState, event: events.Event) -> RunState:
    """Return the state after `event`. Raises AppError `wizard.event` where the event does not fit the state."""
    if isinstance(event, events.Paused):
        return replace(state, is_paused=not state.phase.is_over)
    state = replace(state, is_paused=False)
    if isinstance(event, events.Noted | events.Typed):
        return _write(state, event)
    state = replace(state, typed=None)
    match event:
        case events.WentBack():
            return _back(scene, state, event.at)
        case events.Disputed():
            return _dispute(scene, state, event)
        case _ if state.phase.is_over:
            raise _misfit()
        case events.HelpWanted():
            return replace(state, phase=Phase.HANDED_OVER)
        case events.Filled():
            return _fill(scene, state, event)
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
        case events.LetGo() if isinstance(step, Action) and state.phase is Phase.ASKING:
            return replace(state, evidence=LET_GO)
        case events.Verified() if state.phase is Phase.VERIFYING:
            return _verify(scene, state, step, event)
        case events.Judged() if state.phase is Phase.JUDGING:
            return _leave(scene, state, FIXED if event.has_helped else FAILED, Source.HUMAN, event.at)
        case events.Skipped() if is_human(step):
            state = replace(state, note=event.reason or state.note, phase=Phase.ASKING)
            return _leave(scene, state, _way_round(step), Source.HUMAN, event.at)
        case _:
            raise _misfit()


def _answer(scene: Scene, state: RunState, step: Question, event: events.Answered) -> RunState:
    proposed = suggested_answer(scene, state)
    source = Source.HUMAN
    if proposed is not None and step.id not in state.disputed:
        source = Source.SUGGESTED_KEPT if event.value == proposed else Source.SUGGESTED_CHANGED
    return _leave(scene, state, exit_of_answer(step, event.value), source, event.at, answer=event.value)


def _try(scene: Scene, state: RunState, step: Step, event: events.Tried) -> RunState:
    state = replace(state, evidence=(event.evidence or state.evidence)[:MAX_EVIDENCE])
    if event.result is not events.Try.DONE:
        return _leave(scene, state, _failed_exit(step, event.result), Source.HUMAN, event.at)
    finding = verify_of(step)
    if not finding:
        return _leave(scene, state, DONE, Source.HUMAN, event.at)
    return replace(state, phase=Phase.VERIFYING, before=scene.finding(state, finding))


def _verify(scene: Scene, state: RunState, step: Step, event: events.Verified) -> RunState:
    state = replace(state, after=event.state)
    if event.state is FindingState.UNKNOWN:
        return replace(state, phase=Phase.JUDGING)
    state = replace(state, known={**state.known, verify_of(step): event.state})
    result = FIXED if event.state is FindingState.ABSENT else FAILED
    return _leave(scene, state, result, Source.HUMAN, event.at)


def _fill(scene: Scene, state: RunState, event: events.Filled) -> RunState:
    if event.field not in missing_fields(scene, state) and event.field not in state.filled:
        raise _misfit()
    state = replace(state, filled={**state.filled, event.field: event.value})
    is_complete = not missing_fields(scene, state)
    return replace(state, phase=Phase.FINISHED if is_complete else Phase.COLLECTING)


def _move(scene: Scene, state: RunState, event: events.Moved) -> RunState:
    if state.audience is not Audience.TECHNICIAN or event.step not in scene.wizard(state).steps:
        raise _misfit()
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
    return _settle(scene, state, event.at)


def _back(scene: Scene, state: RunState, at: datetime) -> RunState:
    if state.phase in (Phase.VERIFYING, Phase.JUDGING, Phase.HANDED_OVER):
        return replace(state, phase=Phase.ASKING, before=None, after=None)
    place = _last_human(scene, state)
    if place is None:
        raise _misfit()
    return _return_to(state, place, at)


def _dispute(scene: Scene, state: RunState, event: events.Disputed) -> RunState:
    places = [place for place, one in enumerate(state.path) if one.step == event.step and one.source is Source.AUTO]
    if not places:
        raise _misfit()
    record = state.path[places[-1]]
    step = step_of(scene.wizards, record.wizard, record.step)
    state = _return_to(state, places[-1], event.at)
    if isinstance(step, Check):
        state = replace(state, known={**state.known, step.finding: FindingState.UNKNOWN})
    return _settle(scene, replace(state, disputed=state.disputed | {event.step}), event.at)


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
        filled={},
    )


def _last_human(scene: Scene, state: RunState) -> int | None:
    for place in range(len(state.trail) - 1, -1, -1):
        record = state.path[place]
        step = step_of(scene.wizards, record.wizard, record.step)
        if step is not None and is_human(step) and record.source is not Source.AUTO:
            return place
    return None


def _settle(scene: Scene, state: RunState, at: datetime) -> RunState:
    """Take every step that needs nobody."""
    for _ in range(MAX_AUTOMATIC):
        step = scene.step(state)
        if isinstance(step, Outcome):
            return replace(state, phase=Phase.COLLECTING if missing_fields(scene, state) else Phase.FINISHED)
        if isinstance(step, Jump):
            state = _jump(scene, state, step, at)
            continue
        taken = _automatic_exit(scene, state, step)
        if taken is None:
            return state
        state = _step_on(scene, state, _record(state, taken[0], Source.AUTO, at, answer=taken[1]))
    raise AppError("wizard.endless", parameters={"id": state.wizard})


def _automatic_exit(scene: Scene, state: RunState, step: Step) -> tuple[str, Answer] | None:
    if isinstance(step, Check):
        return scene.finding(state, step.finding).value, None
    if not is_for(scene, state, step):
        return _way_round(step), None
    if isinstance(step, Question):
        found = sure_answer(scene, state, step)
        return (exit_of_answer(step, found), found) if found is not None else None
    return None


def _jump(scene: Scene, state: RunState, step: Jump, at: datetime) -> RunState:
    target = scene.wizards.get(step.wizard)
    if target is None:
        raise AppError("wizard.unknown", parameters={"id": step.wizard})
    log = (*state.log, _record(state, "jump", Source.AUTO, at))
    trail = (*state.trail, len(log) - 1)
    return replace(state, wizard=target.id, version=target.version, step=target.start, log=log, trail=trail)


def _leave(scene: Scene, state: RunState, way: str, source: Source, at: datetime, *, answer: Answer = None) -> RunState:
    return _settle(scene, _step_on(scene, state, _record(state, way, source, at, answer=answer)), at)


def _step_on(scene: Scene, state: RunState, record: StepRecord) -> RunState:
    target = scene.step(state).go.get(record.exit)
    if target is None or target not in scene.wizard(state).steps:
        raise _misfit()
    return replace(
        state,
        step=target,
        entered=record.left,
        phase=Phase.ASKING,
        log=(*state.log, record),
        trail=(*state.trail, len(state.log)),
        note="",
        before=None,
        after=None,
        evidence="",
    )


def _record(state: RunState, way: str, source: Source, at: datetime, *, answer: Answer = None) -> StepRecord:
    return StepRecord(
        wizard=state.wizard,
        version=state.version,
        step=state.step,
        entered=state.entered,
        left=at,
        source=source,
        exit=way,
        answer=answer,
        before=state.before,
        after=state.after,
        note=state.note,
        evidence=state.evidence,
    )


def _failed_exit(step: Step, result: events.Try) -> str:
    """Return the exit of a failure; what this system cannot do counts as failed where the file has no exit for it."""
    wanted = {events.Try.CANNOT: CANNOT, events.Try.DECLINED: DECLINED}.get(result, FAILED)
    return wanted if wanted in step.go else FAILED


def _way_round(step: Step) -> str:
    """Return the exit of somebody who does not or may not do a step."""
    return next((one for one in (SKIPPED, CANNOT, DECLINED, UNSURE, FAILED) if one in step.go), FAILED)


def _is_trail_known(scene: Scene, state: RunState) -> bool:
    return all(step_of(scene.wizards, one.wizard, one.step) is not None for one in state.path)


def _misfit() -> AppError:
    return AppError("wizard.event")
