"""The answers of a question, or of a field asked at the end: add, remove, rename, put in order; exits follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from desktop.domain.wizard.definition import Answer, Auto, Case, HandoverField, Question, Wizard, Wording
from desktop.domain.wizard.editing import set_target, with_step
from desktop.domain.wizard.editing_names import is_id
from desktop.domain.wizard.exits import UNSURE

Asking = TypeVar("Asking", Question, HandoverField)
_UNSAID = Wording()


def add_answer(wizard: Wizard, step_id: str, answer_id: str, text: Wording = _UNSAID) -> Wizard:
    """Add an answer at the end; its exit leads where "I do not know" does until the author says otherwise."""
    step = _question(wizard, step_id)
    if step is None:
        return wizard
    grown = with_step(wizard, with_answer(step, answer_id, text))
    unsure = step.go.get(UNSURE, "")
    is_new = answer_id not in step.go and answer_id in grown.steps[step_id].go
    return set_target(grown, step_id, answer_id, unsure) if is_new and unsure else grown


def remove_answer(wizard: Wizard, step_id: str, answer_id: str) -> Wizard:
    """Take an answer out, with its exit and the facts that gave it."""
    step = _question(wizard, step_id)
    if step is None:
        return wizard
    auto = tuple(one for one in step.auto if one.answer != answer_id)
    return with_step(wizard, replace(without_answer(step, answer_id), auto=auto))


def move_answer(wizard: Wizard, step_id: str, answer_id: str, place: int) -> Wizard:
    """Show an answer at another place, counted from 0."""
    step = _question(wizard, step_id)
    return wizard if step is None else with_step(wizard, with_answer_at(step, answer_id, place))


def rename_answer(wizard: Wizard, step_id: str, old: str, new: str) -> Wizard:
    """Give an answer another id; its exit, its name there, its facts and the scenarios follow."""
    step = _question(wizard, step_id)
    ids = {one.id for one in step.answers} if step else set[str]()
    if step is None or old not in ids or new in ids or not is_id(new):
        return wizard
    changed = replace(
        step,
        answers=tuple(Answer(new, one.text) if one.id == old else one for one in step.answers),
        auto=tuple(replace(one, answer=new) if one.answer == old else one for one in step.auto),
        go={new if way == old else way: target for way, target in step.go.items()},
        say={new if way == old else way: wording for way, wording in step.say.items()},
    )
    cases = tuple(_renamed(one, step, old, new) for one in wizard.cases)
    return replace(wizard, steps={**wizard.steps, step_id: changed}, cases=cases)


def set_facts(wizard: Wizard, step_id: str, auto: tuple[Auto, ...]) -> Wizard:
    """Say which findings or values answer a question, the most certain first."""
    step = _question(wizard, step_id)
    return wizard if step is None else with_step(wizard, replace(step, auto=auto))


def with_answer(asking: Asking, answer_id: str, text: Wording = _UNSAID) -> Asking:
    """Return a question or field with one more answer; an id that is taken or none changes nothing."""
    if not is_id(answer_id) or any(one.id == answer_id for one in asking.answers):
        return asking
    return replace(asking, answers=(*asking.answers, Answer(answer_id, text)))


def without_answer(asking: Asking, answer_id: str) -> Asking:
    """Return a question or field without an answer."""
    return replace(asking, answers=tuple(one for one in asking.answers if one.id != answer_id))


def with_answer_at(asking: Asking, answer_id: str, place: int) -> Asking:
    """Return a question or field with an answer at another place."""
    moved = [one for one in asking.answers if one.id == answer_id]
    others = [one for one in asking.answers if one.id != answer_id]
    place = max(0, place)
    return replace(asking, answers=(*others[:place], *moved, *others[place:]))


def _question(wizard: Wizard, step_id: str) -> Question | None:
    step = wizard.steps.get(step_id)
    return step if isinstance(step, Question) else None


def _renamed(case: Case, step: Question, old: str, new: str) -> Case:
    keys = (step.id, step.field)
    answers = {key: new if key in keys and one == old else one for key, one in case.answers.items()}
    return replace(case, answers=answers)
