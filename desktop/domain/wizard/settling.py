"""How a run leaves a step: takes an exit, and then every step that needs nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.base.errors import AppError
from desktop.domain.wizard.definition import Check, Jump, Outcome, Question, Step
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.exits import CANNOT, DECLINED, FAILED, SKIPPED, UNSURE, exit_of_answer
from desktop.domain.wizard.run import Answer, Phase, RunState, Source, StepRecord
from desktop.domain.wizard.scene import Scene, is_for, missing_fields, sure_answer

MAX_AUTOMATIC = 2000  # more steps in a row than all allowed files together have on one way


def settle(scene: Scene, state: RunState, at: datetime) -> RunState:
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
        return way_round(step), None
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


def leave(scene: Scene, state: RunState, way: str, source: Source, at: datetime, *, answer: Answer = None) -> RunState:
    """Go out of the present step by an exit."""
    return settle(scene, _step_on(scene, state, _record(state, way, source, at, answer=answer)), at)


def _step_on(scene: Scene, state: RunState, record: StepRecord) -> RunState:
    target = scene.step(state).go.get(record.exit)
    if target is None or target not in scene.wizard(state).steps:
        raise misfit()
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
        audience=state.audience,
    )


def failed_exit(step: Step, result: Try) -> str:
    """Return the exit of a failure; what this system cannot do counts as failed where the file has no exit for it."""
    wanted = {Try.CANNOT: CANNOT, Try.DECLINED: DECLINED}.get(result, FAILED)
    return wanted if wanted in step.go else FAILED


def way_round(step: Step) -> str:
    """Return the exit of somebody who does not or may not do a step."""
    return next((one for one in (SKIPPED, CANNOT, DECLINED, UNSURE, FAILED) if one in step.go), FAILED)


def misfit() -> AppError:
    """Return the error of an event that does not fit the state."""
    return AppError("wizard.event")
