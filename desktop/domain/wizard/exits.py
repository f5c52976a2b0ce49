"""Which exits each kind of step must have, and which exit an answer takes."""

from __future__ import annotations

from typing import cast

from desktop.domain.wizard.definition import (
    Action,
    AnswerType,
    Audience,
    Check,
    Instruction,
    Question,
    Step,
    Wizard,
    verify_of,
)

ANY = "any"
UNSURE = "unsure"
SKIPPED = "skipped"
CANNOT = "cannot"
FIXED = "fixed"
DONE = "done"
FAILED = "failed"
DECLINED = "declined"


def answer_ids(step: Question) -> tuple[str, ...]:
    """Return the answers that are known before anybody is asked; yes and no need not be written in the file."""
    if step.type is AnswerType.YESNO:
        return ("yes", "no")
    return tuple(one.id for one in step.answers)


def needed_exits(wizard: Wizard, step: Step) -> frozenset[str]:
    """Return the exits that `step` must have; `any` stands in for every single answer."""
    match step:
        case Question():
            return _needed_of_question(step)
        case Check():
            return frozenset({"present", "absent", "unknown"})
        case Instruction() | Action():
            refused = CANNOT if isinstance(step, Instruction) else DECLINED
            needed = {FIXED if verify_of(step) else DONE, FAILED, refused}
            return frozenset(needed | {SKIPPED} if is_narrowed(wizard, step) else needed)
        case _:
            return frozenset()


def allowed_exits(wizard: Wizard, step: Step) -> frozenset[str]:
    """Return every exit that means something for `step`."""
    needed = needed_exits(wizard, step)
    if isinstance(step, Question):
        return needed | {ANY, *answer_ids(step)}
    if isinstance(step, Instruction | Action):
        return needed | {SKIPPED, CANNOT}
    return needed


def is_narrowed(wizard: Wizard, step: Step) -> bool:
    """Tell whether an employee's wizard has this step for technicians only, so that employees pass it by."""
    return wizard.audience is Audience.EMPLOYEE and step.audience is Audience.TECHNICIAN


def exit_of_answer(step: Question, value: object) -> str:
    """Return the exit an answer takes: unsure for none, the first ticked one that has its own exit, else `any`."""
    if value is None or value in ("", []):
        return UNSURE
    given = cast("list[object]", value) if isinstance(value, list) else [value]
    own = (one for one in answer_ids(step) if one in given and one in step.go)
    return next(own, ANY if ANY in step.go else UNSURE)


def _needed_of_question(step: Question) -> frozenset[str]:
    if ANY in step.go or not step.type.has_fixed_answers or step.type is AnswerType.MULTI:
        return frozenset({ANY, UNSURE})
    return frozenset({*answer_ids(step), UNSURE})
