"""Changes to the steps of a wizard: pure functions that return another wizard, whatever state the draft is in.

A draft may be wrong at any moment; the validator says so. A function that cannot do what it is asked returns the wizard
as it was. Texts are in `editing_texts`, answers in `editing_answers`, the head in `editing_head`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop.domain.wizard.definition import (
    Action,
    Answer,
    AnswerType,
    Case,
    Check,
    Instruction,
    Jump,
    Kind,
    Outcome,
    Question,
    Result,
    Step,
    Wizard,
    Wording,
    verify_of,
)
from desktop.domain.wizard.editing_names import is_id
from desktop.domain.wizard.editing_ways import fitted, passing_target, question_after_a_fix, safe_targets
from desktop.domain.wizard.exits import DONE


def add_step(wizard: Wizard, step_id: str, kind: Kind, *, after: str = "") -> Wizard:
    """Put a new step behind another; without `after` it becomes the first one.

    The ways that led from there to the next step shown (else the usual way on) lead to the new step, and on from it. A
    fix leads to the question whether it works now where there is one. An end takes only ways that were open.
    """
    if not is_id(step_id) or step_id in wizard.steps or (after and after not in wizard.steps):
        return wizard
    onward = wizard.start if not after else _onward(wizard, after)
    step = _blank(wizard, kind, {"id": step_id, "text": Wording()})
    grown = replace(wizard, steps=_inserted(wizard.steps, step, after))
    if kind in (Kind.JUMP, Kind.OUTCOME):
        return _with_open_ways_to(grown, after, step_id)
    grown = _entered(grown, after, step_id, onward)
    step = fitted(grown, step, None, onward=onward if onward != step_id else "")
    grown = _put(grown, step)
    question = question_after_a_fix(grown, step_id) if isinstance(step, Instruction | Action) else ""
    return set_target(grown, step_id, DONE, question) if question else grown


def remove_step(wizard: Wizard, step_id: str) -> Wizard:
    """Take a step out; ways that led to it lead on to where people went who passed it by, or are open."""
    step = wizard.steps.get(step_id)
    if step is None:
        return wizard
    onward = passing_target(wizard, step)
    onward = "" if onward == step_id else onward
    left = {name: one for name, one in wizard.steps.items() if name != step_id}
    steps = {name: _turned(one, step_id, onward) for name, one in left.items()}
    start = wizard.start if wizard.start != step_id else onward or next(iter(steps), "")
    shorter = replace(wizard, steps=steps, start=start)
    return replace(shorter, cases=tuple(_case_without(shorter, one, step_id) for one in wizard.cases))


def move_step(wizard: Wizard, step_id: str, place: int) -> Wizard:
    """Show a step at another place of the list, counted from 0; where its ways lead stays as it is."""
    if step_id not in wizard.steps:
        return wizard
    names = [one for one in wizard.steps if one != step_id]
    names.insert(max(0, place), step_id)
    return replace(wizard, steps={one: wizard.steps[one] for one in names})


def rename_step(wizard: Wizard, old: str, new: str) -> Wizard:
    """Give a step another id; exits, the start and the scenarios follow."""
    if old not in wizard.steps or new in wizard.steps or not is_id(new):
        return wizard
    renamed = {
        new if name == old else name: replace(one, id=new) if name == old else one for name, one in wizard.steps.items()
    }
    steps = {name: _turned(one, old, new) for name, one in renamed.items()}
    start = new if wizard.start == old else wizard.start
    is_field = any(isinstance(one, Question) and one.field == old for one in wizard.steps.values())
    cases = tuple(_case_renamed(one, old, new, is_field=is_field) for one in wizard.cases)
    return replace(wizard, steps=steps, start=start, cases=cases)


def change_kind(wizard: Wizard, step_id: str, kind: Kind) -> Wizard:
    """Make a step one of another kind: its texts stay, its exits lead where the likeliest old ones led."""
    old = wizard.steps.get(step_id)
    if old is None or old.kind is kind:
        return wizard
    common = {
        name: getattr(old, name) for name in ("id", "text", "title", "phone", "lines", "audience", "say", "text_on")
    }
    step = _blank(wizard, kind, common)
    if isinstance(step, Instruction | Action):
        step = replace(step, verify=verify_of(old))
    return _put(wizard, fitted(wizard, step, old, onward=_next_shown(wizard, step_id)))


def with_step(wizard: Wizard, step: Step) -> Wizard:
    """Put a changed step in the place of the one with its id; its exits follow what it needs now."""
    before = wizard.steps.get(step.id)
    return wizard if before is None else _put(wizard, fitted(wizard, step, before))


def set_start(wizard: Wizard, step_id: str) -> Wizard:
    """Begin at another step."""
    return replace(wizard, start=step_id) if step_id in wizard.steps else wizard


def set_target(wizard: Wizard, step_id: str, way: str, target: str) -> Wizard:
    """Let an exit lead to a step; an empty `target` leaves it open."""
    step = wizard.steps.get(step_id)
    if step is None:
        return wizard
    go = {**step.go, way: target} if target else {one: to for one, to in step.go.items() if one != way}
    return _put(wizard, replace(step, go=go))


def _put(wizard: Wizard, step: Step) -> Wizard:
    return replace(wizard, steps={**wizard.steps, step.id: step})


def _blank(wizard: Wizard, kind: Kind, common: dict[str, Any]) -> Step:
    match kind:
        case Kind.QUESTION:
            field = str(common["id"]).removeprefix("q_")
            answers = (Answer("a1", Wording()), Answer("a2", Wording()))
            return Question(**common, type=AnswerType.CHOICE, field=field if is_id(field) else "field", answers=answers)
        case Kind.CHECK:
            return Check(**common, finding="")
        case Kind.INSTRUCTION:
            return Instruction(**common)
        case Kind.ACTION:
            return Action(**common, action="")
        case Kind.JUMP:
            return Jump(**common, wizard="")
        case Kind.OUTCOME:
            ends = (one.result for one in wizard.steps.values() if isinstance(one, Outcome))
            return Outcome(**common, result=Result.ESCALATE if Result.RESOLVED in ends else Result.RESOLVED)


def _onward(wizard: Wizard, after: str) -> str:
    """Return where a step behind `after` leads on to: the next one shown if a way goes there, else the usual way."""
    before = wizard.steps[after]
    shown = _following(wizard.steps, after)
    return shown if shown in before.go.values() else passing_target(wizard, before) or shown


def _entered(wizard: Wizard, after: str, step_id: str, onward: str) -> Wizard:
    """Turn the ways that led from `after` to `onward` towards the new step."""
    if not after:
        return replace(wizard, start=step_id)
    if onward:
        return _put(wizard, _turned(wizard.steps[after], onward, step_id))
    return _with_open_ways_to(wizard, after, step_id)


def _with_open_ways_to(wizard: Wizard, after: str, step_id: str) -> Wizard:
    before = wizard.steps.get(after)
    if before is None:
        return wizard if wizard.start in wizard.steps else replace(wizard, start=step_id)
    return _put(wizard, fitted(wizard, before, None, onward=step_id))


def _inserted(steps: Mapping[str, Step], step: Step, after: str) -> dict[str, Step]:
    """Return the steps with a new one behind `after`; an end comes last."""
    names = list(steps)
    place = names.index(after) + 1 if after in steps else 0
    names.insert(len(names) if isinstance(step, Outcome) else place, step.id)
    return {one: steps.get(one, step) for one in names}


def _following(steps: Mapping[str, Step], step_id: str) -> str:
    names = list(steps)
    return next(iter(names[names.index(step_id) + 1 :]), "") if step_id in steps else ""


def _next_shown(wizard: Wizard, step_id: str) -> str:
    following = _following(wizard.steps, step_id)
    return following if following in safe_targets(wizard, step_id) else ""


def _turned(step: Step, old: str, new: str) -> Step:
    """Turn every way to `old` towards `new`; open where that is nothing or the step itself."""
    if old not in step.go.values():
        return step
    turned = {way: new if target == old else target for way, target in step.go.items()}
    return replace(
        step, go={way: one for way, one in turned.items() if one and (one != step.id or step.go[way] != old)}
    )


def _case_without(wizard: Wizard, case: Case, step_id: str) -> Case:
    fields = {one.field for one in wizard.steps.values() if isinstance(one, Question)}
    return replace(
        case,
        fix=tuple(one for one in case.fix if one != step_id),
        cannot=tuple(one for one in case.cannot if one != step_id),
        answers={key: one for key, one in case.answers.items() if key != step_id or key in fields},
    )


def _case_renamed(case: Case, old: str, new: str, *, is_field: bool) -> Case:
    def renamed(name: str) -> str:
        return new if name == old else name

    return replace(
        case,
        end=renamed(case.end),
        fix=tuple(map(renamed, case.fix)),
        cannot=tuple(map(renamed, case.cannot)),
        answers={key if is_field else renamed(key): one for key, one in case.answers.items()},
    )
