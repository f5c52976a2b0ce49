"""Self-help that did not do: the real wizards, walked through by the real engine with an employee's answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from desktop.base.errors import AppError
from desktop.base.paths import resources
from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard.definition import Audience, Question, Wizard
from desktop.domain.wizard.engine import advance, start
from desktop.domain.wizard.events import Answered, Event, HelpWanted, Judged, Tried, Try, Verified
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import Phase, RunState
from desktop.domain.wizard.scene import Scene

_STEPS = 6  # then the employee would rather have somebody from IT


def self_help(wizard: str, snapshot: Snapshot, *, run_id: str, at: datetime) -> RunState:
    """Return a run of an employee that ended with "I would rather ask IT"."""
    scene = Scene(_wizards(), snapshot, platform="windows")
    moment = at - timedelta(minutes=9)
    state = start(scene, wizard, run_id=run_id, audience=Audience.EMPLOYEE, at=moment)
    for _ in range(_STEPS):
        moment += timedelta(minutes=1)
        event = _next(scene, state, moment)
        if event is None:
            break
        try:
            state = advance(scene, state, event)
        except AppError:
            break
    return state if state.phase.is_over else advance(scene, state, HelpWanted(moment))


def _next(scene: Scene, state: RunState, at: datetime) -> Event | None:
    if state.phase is Phase.VERIFYING:
        step = scene.step(state)
        return Verified(scene.finding(state, getattr(step, "verify", "")), at)
    if state.phase is Phase.JUDGING:
        return Judged(has_helped=False, at=at)
    if state.phase is not Phase.ASKING:
        return None
    step = scene.step(state)
    if isinstance(step, Question):
        ids = answer_ids(step)
        return Answered("no" if "no" in ids else ids[0] if ids else None, at)
    return Tried(Try.DONE, at)


@cache
def _wizards() -> dict[str, Wizard]:
    return dict(load_library(resources() / "wizards").wizards)
