"""The scenarios of a wizard: add, change, remove, and make one of a run that was tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop.domain.snapshot import FindingState
from desktop.domain.wizard.cases import findings_used, run_case
from desktop.domain.wizard.definition import WORKS_NOW, Case, Question, Wizard, is_human
from desktop.domain.wizard.exits import CANNOT, DECLINED, DONE, FIXED
from desktop.domain.wizard.run import RunState, StepRecord, step_of
from desktop.domain.wizard.scene import Scene


def add_case(wizard: Wizard, case: Case) -> Wizard:
    """Add a scenario behind the others."""
    return replace(wizard, cases=(*wizard.cases, case))


def change_case(wizard: Wizard, number: int, case: Case) -> Wizard:
    """Put a scenario in the place of another, counted from 0."""
    cases = list(wizard.cases)
    if not 0 <= number < len(cases):
        return wizard
    cases[number] = case
    return replace(wizard, cases=tuple(cases))


def remove_case(wizard: Wizard, number: int) -> Wizard:
    """Take a scenario out."""
    return replace(wizard, cases=tuple(one for place, one in enumerate(wizard.cases) if place != number))


def recorded_case(scene: Scene, state: RunState, name: str) -> Case:
    """Return the scenario of a run that is over: the same facts, answers and successes lead to the same end.

    It allows as many steps for people as walking it takes. Whether it works now is only written down where the usual
    answer (yes after a fix, else no) would lead elsewhere.
    """
    wizard = scene.wizards[state.first]
    case = Case(
        name=name,
        end=state.step,
        findings=_findings(scene, state, FindingState.PRESENT),
        unknown=_findings(scene, state, FindingState.UNKNOWN),
        fix=tuple(_fixes(scene, state)),
        cannot=tuple(dict.fromkeys(one.step for one in state.path if one.exit in (CANNOT, DECLINED))),
        answers=_answers(scene, state, with_result=False),
        audience=state.audience,
    )
    if run_case(scene.wizards, wizard, case).end != case.end:
        case = replace(case, answers=_answers(scene, state, with_result=True))
    return replace(case, max_human=max(1, run_case(scene.wizards, wizard, case).human))


def _findings(scene: Scene, state: RunState, wanted: FindingState) -> tuple[str, ...]:
    """Return the findings of one state at the beginning of the run, as far as the wizards gone through use them."""
    visited = dict.fromkeys([state.first, *(one.wizard for one in state.path), state.wizard])
    used = dict.fromkeys(one for name in visited for one in sorted(findings_used(scene.wizards[name])))
    first = replace(state, known=dict.fromkeys(_disputed_findings(scene, state), FindingState.UNKNOWN))
    return tuple(one for one in used if scene.finding(first, one) is wanted)


def _disputed_findings(scene: Scene, state: RunState) -> Iterator[str]:
    for name in state.disputed:
        for wizard in scene.wizards.values():
            step = wizard.steps.get(name)
            finding = getattr(step, "finding", "")
            if finding in state.known and state.known[finding] is FindingState.UNKNOWN:
                yield finding


def _fixes(scene: Scene, state: RunState) -> Iterator[str]:
    """Yield the steps that helped: those whose check said so, and those after which somebody said that it works."""
    done = ""
    for record in state.path:
        step = step_of(scene.wizards, record.wizard, record.step)
        if record.exit == FIXED:
            yield record.step
        if step is not None and is_human(step) and record.exit in (DONE, FIXED):
            done = record.step if record.exit == DONE else ""
        elif done and isinstance(step, Question) and step.field == WORKS_NOW and record.answer == "yes":
            yield done


def _answers(scene: Scene, state: RunState, *, with_result: bool) -> Mapping[str, str]:
    """Return the answers by step: a field asked twice may be answered differently."""
    found: dict[str, str] = {}
    for record in state.path:
        step = step_of(scene.wizards, record.wizard, record.step)
        if isinstance(step, Question) and (with_result or step.field != WORKS_NOW):
            found[record.step] = _as_text(record)
    return found


def _as_text(record: StepRecord) -> str:
    if isinstance(record.answer, list):
        return record.answer[0] if record.answer else ""
    return "" if record.answer is None else str(record.answer)
