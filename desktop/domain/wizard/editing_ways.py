"""The exits of a step while it is edited: which there are, which are open, and how they follow a change of the step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.domain.wizard.definition import WORKS_NOW, AnswerType, Check, Question, Step, Wizard
from desktop.domain.wizard.exits import (
    ANY,
    CANNOT,
    DECLINED,
    DONE,
    FAILED,
    FIXED,
    SKIPPED,
    UNSURE,
    allowed_exits,
    answer_ids,
    needed_exits,
)
from desktop.domain.wizard.graph import graph_of, reached_from, reversed_graph

_GOOD = (FIXED, DONE, "yes", "present")
_BAD = (FAILED, "no", "absent")
_OUT = (CANNOT, DECLINED, SKIPPED, UNSURE, "unknown")
_ORDER = (*_GOOD, *_BAD, "unknown", CANNOT, DECLINED, SKIPPED)


@dataclass(frozen=True, slots=True)
class Way:
    """One exit of a step; `target` is empty while it is open, `is_needed` says that it may not stay so."""

    exit: str
    target: str
    is_needed: bool


def ways(wizard: Wizard, step: Step) -> tuple[Way, ...]:
    """Return the exits a step must have and those it has, answers first in their order, "unsure" last."""
    needed = needed_exits(wizard, step)
    names = in_usual_order(step, {*needed, *step.go})
    return tuple(Way(one, step.go.get(one, ""), one in needed) for one in names)


def in_usual_order(step: Step, names: set[str]) -> list[str]:
    """Return exits as they are listed: the file and the screen show the same order."""
    own = answer_ids(step) if isinstance(step, Question) else _ORDER
    usual = list(dict.fromkeys([*own, *_ORDER, ANY]))
    rest = sorted(one for one in names if one not in usual and one != UNSURE)
    return [*(one for one in usual if one in names), *rest, *([UNSURE] if UNSURE in names else [])]


def fitted(
    wizard: Wizard, step: Step, before: Step | None, *, onward: str = "", wizard_before: Wizard | None = None
) -> Step:
    """Return `step` with the exits it needs now.

    An exit that became needed leads where the likeliest one of `before` led, else `onward`; one that means nothing any
    more is dropped, with its name. What was needed and open before stays open.
    """
    step = _without_any(step, before)
    old_needed = (
        needed_exits(wizard_before or wizard, before) if before and type(before) is type(step) else frozenset[str]()
    )
    allowed = allowed_exits(wizard, step)
    go = {way: target for way, target in step.go.items() if way in allowed}
    for way in needed_exits(wizard, step) - old_needed - set(go):
        target = _stand_in(before.go if before else {}, way) or onward
        if target:
            go[way] = target
    ordered = {way: go[way] for way in in_usual_order(step, set(go))}
    return replace(step, go=ordered, say={way: one for way, one in step.say.items() if way in allowed})


def passing_target(wizard: Wizard, step: Step) -> str:
    """Return where people go on who pass a step by, or nothing: what stands in for it when it is removed."""
    if isinstance(step, Check):
        wanted = ["unknown", "absent", "present"]
    elif isinstance(step, Question):
        wanted = [UNSURE, ANY, *step.go]
    elif any(_asks_whether_it_works(wizard, step.go.get(one, "")) for one in (FIXED, DONE)):
        wanted = [SKIPPED, FAILED, CANNOT, DECLINED, FIXED, DONE]
    else:
        wanted = [SKIPPED, DONE, FIXED, FAILED, CANNOT, DECLINED]
    return next((step.go[one] for one in wanted if step.go.get(one) in wizard.steps), "")


def safe_targets(wizard: Wizard, step_id: str) -> tuple[str, ...]:
    """Return the steps that an exit can lead to without a way back, in the order shown."""
    before = reached_from(reversed_graph(graph_of(wizard)), [step_id])
    return tuple(one for one in wizard.steps if one not in before and one != step_id)


def question_after_a_fix(wizard: Wizard, step_id: str) -> str:
    """Return the question whether it works now that a fix at `step_id` can lead to, or nothing."""
    return next((one for one in safe_targets(wizard, step_id) if _asks_whether_it_works(wizard, one)), "")


def _asks_whether_it_works(wizard: Wizard, step_id: str) -> bool:
    step = wizard.steps.get(step_id)
    return isinstance(step, Question) and step.field == WORKS_NOW


def _without_any(step: Step, before: Step | None) -> Step:
    """A question that was free text and now has fixed answers shows an exit per answer instead of one for all."""
    if not isinstance(step, Question) or not isinstance(before, Question) or step.type is before.type:
        return step
    if step.type not in (AnswerType.CHOICE, AnswerType.YESNO):
        return step
    return replace(step, go={way: target for way, target in step.go.items() if way != ANY})


def _stand_in(old: Mapping[str, str], way: str) -> str:
    return next((old[one] for one in _alike(old, way) if old.get(one)), "")


def _alike(old: Mapping[str, str], way: str) -> Iterator[str]:
    """Yield the exits of the old step, the most alike first; answers of the author's own count as good."""
    own = [one for one in old if one not in (*_GOOD, *_BAD, *_OUT, ANY)]
    if way in _OUT:
        yield from (way, *_OUT, *_BAD, *reversed(own), ANY, *_GOOD)
    elif way in _BAD:
        yield from (way, *_BAD, *_OUT, *reversed(own), ANY, *_GOOD)
    else:
        yield from (way, *_GOOD, ANY, *own, *_BAD, *_OUT)
