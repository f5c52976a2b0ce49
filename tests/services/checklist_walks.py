"""Walks a checklist by the real engine as a script says, with a time for every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.snapshot import FindingState
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.cases import case_snapshot
from desktop.domain.wizard.definition import Action, Audience, Case, Question, Wizard, verify_of
from desktop.domain.wizard.exits import answer_ids
from desktop.domain.wizard.run import Phase, RunState
from desktop.domain.wizard.scene import Scene

HELP = "help"
"""What a script says where the person asks for somebody from IT."""


def walk(
    wizards: Mapping[str, Wizard],
    wizard: str,
    run_id: str,
    at: datetime,
    script: Mapping[str, str],
    *,
    findings: tuple[str, ...] = (),
    audience: Audience = Audience.EMPLOYEE,
    seconds: Mapping[str, float] | None = None,
) -> RunState:
    """Return the run: `script` has by step an answer, fixed, failed, done, cannot or HELP; without, the first answer.

    Actions that it does not name are passed by, as on a system that has none.
    """
    seen = case_snapshot(wizards, wizards[wizard], Case("", "", findings))
    scene = Scene(wizards, seen, "windows")
    state = engine.start(scene, wizard, run_id=run_id, audience=audience, at=at)
    for _ in range(60):
        at += timedelta(seconds=(seconds or {}).get(state.step, 20.0))
        if state.phase is Phase.COLLECTING:
            return replace(state, phase=Phase.FINISHED)
        if state.phase.is_over:
            return state
        state = _one(scene, state, script.get(state.step, ""), at)
    raise AssertionError(state.step)


def _one(scene: Scene, state: RunState, said: str, at: datetime) -> RunState:
    step = scene.step(state)
    if said == HELP:
        return engine.advance(scene, state, events.HelpWanted(at))
    if isinstance(step, Question):
        first = next(iter(answer_ids(step)), "x")
        return engine.advance(scene, state, events.Answered(None if said == "unsure" else said or first, at))
    if said == "cannot" or (isinstance(step, Action) and not said):
        return engine.advance(scene, state, events.Tried(events.Try.CANNOT, at))
    if said == "failed" and not verify_of(step):
        return engine.advance(scene, state, events.Tried(events.Try.FAILED, at))
    state = engine.advance(scene, state, events.Tried(events.Try.DONE, at))
    if state.phase is Phase.VERIFYING:
        now = FindingState.PRESENT if said == "failed" else FindingState.ABSENT
        state = engine.advance(scene, state, events.Verified(now, at))
    return state
