"""Walks the scenarios that ship inside a wizard file, as a person would in whose company that fault happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from desktop.base.errors import AppError
from desktop.domain.snapshot import Finding, FindingState, Severity, Snapshot
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import (
    WORKS_NOW,
    Action,
    Case,
    Check,
    Instruction,
    Question,
    Step,
    Wizard,
    verify_of,
)
from desktop.domain.wizard.exits import CANNOT
from desktop.domain.wizard.problems import Problem, Rule, in_case, problem
from desktop.domain.wizard.run import Answer, Phase, RunState
from desktop.domain.wizard.scene import Scene, suggested_answer
from desktop.domain.wizard.validator import jump_targets

_AT = datetime(2026, 1, 1, tzinfo=UTC)  # scenarios have no time of their own
_MAX_EVENTS = 200
Pace: TypeAlias = Callable[[RunState], timedelta]
"""How long the person takes for the step a run stands on."""


def _at_once(_state: RunState) -> timedelta:
    return timedelta(0)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """Where a scenario ended and how many steps needed the person; `end` is empty where it got stuck."""

    case: Case
    end: str
    human: int

    @property
    def is_as_said(self) -> bool:
        """Tell whether it ended where the file says, in few enough steps."""
        return self.end == self.case.end and self.human <= self.case.max_human


def run_case(wizards: Mapping[str, Wizard], wizard: Wizard, case: Case, *, is_diagnosed: bool = True) -> CaseResult:
    """Walk one scenario; without diagnosis every finding is unknown and people find out for themselves."""
    scene = Scene({**wizards, wizard.id: wizard}, case_snapshot(wizards, wizard, case) if is_diagnosed else None)
    try:
        state = walk(scene, wizard.id, case, run_id="case")
    except AppError:
        return CaseResult(case, "", 0)
    return CaseResult(case, state.step if state.phase.is_over else "", engine.human_steps(state))


def check_cases(wizards: Mapping[str, Wizard], wizard: Wizard) -> tuple[Problem, ...]:
    """Return a problem for every scenario that does not end as the file says; the wizard must be valid otherwise."""
    results = ((number, run_case(wizards, wizard, one)) for number, one in enumerate(wizard.cases, start=1))
    return tuple(_fault(number, one) for number, one in results if not one.is_as_said)


def _fault(number: int, result: CaseResult) -> Problem:
    case, end = result.case, result.end or "–"
    return problem(
        Rule.CASE,
        case.end,
        place=in_case(str(number)),
        name=case.name,
        end=end,
        wanted=case.end,
        count=result.human,
        limit=case.max_human,
    )


def case_snapshot(wizards: Mapping[str, Wizard], wizard: Wizard, case: Case) -> Snapshot:
    """Return what a diagnosis would say in a scenario: its findings are present, all others absent or unknown."""
    used = {name for one in within_reach(wizards, wizard) for name in findings_used(one)}
    states = dict.fromkeys(used, FindingState.ABSENT) | dict.fromkeys(case.unknown, FindingState.UNKNOWN)
    states |= dict.fromkeys(case.findings, FindingState.PRESENT)
    found = tuple(Finding(one, state, Severity.WARN) for one, state in sorted(states.items()))
    return Snapshot("2026-01-01T00:00:00.000000Z", "basic", {}, found)


def findings_used(wizard: Wizard) -> frozenset[str]:
    """Return every finding that a way through this wizard may depend on."""
    found = {_finding_of(step) for step in wizard.steps.values()}
    found |= {one.finding for step in wizard.steps.values() if isinstance(step, Question) for one in step.auto}
    return frozenset(found - {""})


def within_reach(wizards: Mapping[str, Wizard], wizard: Wizard) -> tuple[Wizard, ...]:
    """Return a wizard and those it may go on in: the others need not even be read."""
    found = {wizard.id: wizard}
    waiting = [wizard]
    while waiting:
        for target in jump_targets(waiting.pop()):
            if target in wizards and target not in found:
                found[target] = wizards[target]
                waiting.append(wizards[target])
    return tuple(found.values())


def _finding_of(step: Step) -> str:
    return step.finding if isinstance(step, Check) else verify_of(step)


def walk(
    scene: Scene, wizard: str, case: Case, *, run_id: str, at: datetime = _AT, pace: Pace = _at_once, patience: int = 0
) -> RunState:
    """Return the run of a scenario; `pace` says how long each step takes.

    After `patience` steps of theirs the person asks for somebody from IT; 0 is for ever. Raises AppError as the
    engine does.
    """
    state, is_repaired = engine.start(scene, wizard, run_id=run_id, audience=case.audience, at=at), False
    for _ in range(_MAX_EVENTS):
        if state.phase.is_over:
            return state
        if state.phase is Phase.COLLECTING:
            return replace(state, phase=Phase.FINISHED)
        at += pace(state)
        if patience and engine.human_steps(state) >= patience:
            return engine.advance(scene, state, events.HelpWanted(at))
        event = replace(_reaction(scene, state, case, is_repaired=is_repaired), at=at)
        if isinstance(event, events.Tried) and event.result is events.Try.DONE and state.step in case.fix:
            is_repaired = True
        state = engine.advance(scene, state, event)
    return state


def _reaction(scene: Scene, state: RunState, case: Case, *, is_repaired: bool) -> events.Event:
    step = scene.step(state)
    if state.phase is Phase.VERIFYING:
        known = FindingState.ABSENT if state.step in case.fix else FindingState.PRESENT
        return events.Verified(known if scene.snapshot else FindingState.UNKNOWN, _AT)
    if state.phase is Phase.JUDGING:
        return events.Judged(state.step in case.fix, _AT)
    if isinstance(step, Question):
        return events.Answered(_answer(scene, state, step, case, is_repaired=is_repaired), _AT)
    if isinstance(step, Instruction | Action) and step.id in case.cannot:
        is_impossible = isinstance(step, Instruction) or CANNOT in step.go
        return events.Tried(events.Try.CANNOT if is_impossible else events.Try.DECLINED, _AT)
    return events.Tried(events.Try.DONE, _AT)


def _answer(scene: Scene, state: RunState, step: Question, case: Case, *, is_repaired: bool) -> Answer:
    if step.id in case.answers or step.field in case.answers:
        return case.answers.get(step.id, case.answers.get(step.field))
    if step.field == WORKS_NOW:
        return "yes" if is_repaired else "no"
    return suggested_answer(scene, state)
