"""A better order of fixes: the one that helps most for its time comes first (probability over cost).

Steps that follow each other only when the one before did not help may be taken in any order; the expected time until
one helps is least when they are sorted by p/c (Heckerman, Breese and Rommelse 1995). The program proposes, a person
decides: it knows nothing of what a step costs in nerves or in data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from desktop.domain.wizard.cases import run_case
from desktop.domain.wizard.definition import Action, Instruction, Step, Wizard
from desktop.domain.wizard.exits import DONE, FIXED
from desktop.domain.wizard.figures import StepFigures
from desktop.domain.wizard.uses import asks_if_it_works

FEWEST_TRIES = 8  # our judgement: below this a rate says more about chance than about the step
LEAST_GAIN = 0.1  # our judgement: a new order has to save a tenth of the time to be worth getting used to
_SHORTEST = 5.0  # seconds: nobody does a fix in less; keeps a step that is always skipped through from being free


@dataclass(frozen=True, slots=True)
class OrderProposal:
    """Steps that could be taken in another order, and the expected seconds until one helps, before and after.

    `cases` are the scenarios of the file that would take more steps than they allow, or end elsewhere.
    """

    wizard: str
    now: tuple[str, ...]
    better: tuple[str, ...]
    seconds_now: float
    seconds_better: float
    cases: tuple[str, ...] = ()


def proposals(wizard: Wizard, figures: Mapping[str, StepFigures]) -> tuple[OrderProposal, ...]:
    """Return the orders worth changing, the largest gain first."""
    found = (_proposal(wizard, chain, figures) for chain in chains(wizard))
    worth = [one for one in found if one is not None]
    return tuple(sorted(worth, key=lambda one: one.seconds_better - one.seconds_now))


def cases_changed(wizards: Mapping[str, Wizard], proposal: OrderProposal) -> tuple[str, ...]:
    """Return the names of the scenarios that do not come out as the file says once the order is taken."""
    changed = reordered(wizards[proposal.wizard], proposal.now, proposal.better)
    results = (run_case(wizards, changed, one) for one in changed.cases)
    return tuple(one.case.name for one in results if not one.is_as_said)


def chains(wizard: Wizard) -> tuple[tuple[str, ...], ...]:
    """Return the longest rows of fixes of which each is reached only when the one before did not help."""
    following = {name: _next_fix(wizard, step) for name, step in wizard.steps.items()}
    targets = set(following.values())
    found: list[tuple[str, ...]] = []
    for name in wizard.steps:
        if following[name] and name not in targets:
            chain = [name]
            while following[chain[-1]]:
                chain.append(following[chain[-1]])
            if not _beyond(wizard, wizard.steps[chain[-1]]):  # where its ways part, nothing can come behind it
                chain.pop()
            found += [tuple(chain)] if len(chain) > 1 else []
    return tuple(found)


def reordered(wizard: Wizard, now: Sequence[str], better: Sequence[str]) -> Wizard:
    """Return the wizard with a chain in another order: what led to its head leads to the new one, each to its next.

    Raises ValueError where the two are not the same steps.
    """
    if sorted(now) != sorted(better):
        raise ValueError("other steps")
    beyond = _beyond(wizard, wizard.steps[now[-1]])
    new_next = dict(zip(better, (*better[1:], beyond), strict=True))
    redirected = {
        (member, old): new_next[one]
        for one, old in zip(now, (*now[1:], beyond), strict=True)
        for member in _with_question(wizard, one)
    }
    steps: dict[str, Step] = {}
    for name, step in wizard.steps.items():
        head = {now[0]: better[0]}
        go = {way: redirected.get((name, target), head.get(target, target)) for way, target in step.go.items()}
        steps[name] = replace(step, go=go)
    start = better[0] if wizard.start == now[0] else wizard.start
    return replace(wizard, steps=_in_new_places(steps, now, better), start=start)


def _in_new_places(steps: Mapping[str, Step], now: Sequence[str], better: Sequence[str]) -> dict[str, Step]:
    """Keep the file in the order people read it in."""
    moved = iter(better)
    return {one: steps[one] for one in (next(moved) if name in now else name for name in steps)}


def expected_seconds(chain: Sequence[str], figures: Mapping[str, StepFigures]) -> float:
    """Return the seconds that pass on average until a step of the chain helps or the last one has not."""
    still, total = 1.0, 0.0
    for one in chain:
        total += still * _cost(figures[one])
        still *= 1.0 - (figures[one].fix_rate or 0.0)
    return total


def _proposal(wizard: Wizard, chain: tuple[str, ...], figures: Mapping[str, StepFigures]) -> OrderProposal | None:
    """Look at the beginning of a chain only, as far as enough people came: what lies behind stays where it is."""
    tried = tuple(takewhile(lambda one: one in figures and figures[one].tried >= FEWEST_TRIES, chain))
    better = tuple(sorted(tried, key=lambda one: -(figures[one].fix_rate or 0.0) / _cost(figures[one])))
    now_, then = expected_seconds(tried, figures), expected_seconds(better, figures)
    is_worth = better != tried and then <= now_ * (1.0 - LEAST_GAIN)
    return OrderProposal(wizard.id, tried, better, now_, then) if is_worth else None


def _cost(figures: StepFigures) -> float:
    return max(figures.seconds, _SHORTEST)


def _next_fix(wizard: Wizard, step: Step) -> str:
    """Return the fix that comes when this one did not help, where nothing else leads there and all may do both."""
    target = _beyond(wizard, step)
    after = wizard.steps.get(target)
    if not _is_fix(step) or after is None or not _is_fix(after):
        return ""
    leading = _leading_to(wizard, target)
    is_alike = wizard.audience_of(step) is wizard.audience_of(after)
    return target if leading <= set(_with_question(wizard, step.id)) and is_alike and wizard.start != target else ""


def _beyond(wizard: Wizard, step: Step) -> str:
    """Return where all ways lead that do not say that the fix helped; empty where they part."""
    ways = [target for way, target in step.go.items() if way not in (FIXED, DONE)]
    for one in _with_question(wizard, step.id)[1:]:
        ways += [target for way, target in wizard.steps[one].go.items() if way != "yes"]
    return ways[0] if len(set(ways)) == 1 else ""


def _with_question(wizard: Wizard, fix: str) -> tuple[str, ...]:
    """Return a fix and, where it has one of its own, the question whether it works now."""
    after = {target for way, target in wizard.steps[fix].go.items() if way in (FIXED, DONE)}
    own = [one for one in after if asks_if_it_works(wizard.steps.get(one)) and _leading_to(wizard, one) == {fix}]
    return (fix, *own)


def _leading_to(wizard: Wizard, target: str) -> set[str]:
    return {name for name, one in wizard.steps.items() if target in one.go.values()}


def _is_fix(step: Step) -> bool:
    return isinstance(step, Instruction | Action)
