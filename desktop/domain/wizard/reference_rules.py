"""The rules of what a file names outside itself: findings, probes, actions, settings pages, other wizards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktop.base.messages import Message
from desktop.domain.wizard import graph
from desktop.domain.wizard.definition import (
    Action,
    Audience,
    Check,
    Instruction,
    Jump,
    Outcome,
    Question,
    Result,
    Step,
    Wizard,
    is_human,
    verify_of,
)
from desktop.domain.wizard.exits import DONE, FIXED
from desktop.domain.wizard.known import Known
from desktop.domain.wizard.problems import HEAD, Problem, Rule, in_case, in_item, in_step, problem

MOST_ENDS = 5  # named of one fix: whoever has put these right has put right the others
Reference = tuple[Rule, str, Message, str]
"""The rule it would break, the step, the place in words, and the name that is meant."""


def reference_problems(wizard: Wizard, known: Known) -> Iterator[Problem]:
    """Yield each name that the program does not know; a finding need not be measured by the wizard's own `probes`."""
    lists = {
        Rule.FINDING: known.findings,
        Rule.PROBE: known.probes,
        Rule.ACTION: known.actions,
        Rule.PAGE: known.pages,
    }
    if all(one is None for one in lists.values()):
        return
    for rule, step, place, used in _used(wizard):
        allowed = lists[rule]
        if used and allowed is not None and used not in allowed:
            yield problem(rule, step, place=place, target=used)


def _used(wizard: Wizard) -> Iterator[Reference]:
    yield from ((Rule.FINDING, "", HEAD, one) for one in wizard.findings)
    yield from ((Rule.PROBE, "", HEAD, one) for one in wizard.probes)
    for item in wizard.items.values():
        if item.confirm:
            yield Rule.FINDING, item.id, in_item(item.id), item.confirm.finding
    for number, case in enumerate(wizard.cases, start=1):
        yield from ((Rule.FINDING, "", in_case(str(number)), one) for one in (*case.findings, *case.unknown))
    for name, step in wizard.steps.items():
        place = in_step(name)
        yield from ((rule, name, place, one) for rule, one in _used_by(step))


def _used_by(step: Step) -> Iterator[tuple[Rule, str]]:
    yield Rule.FINDING, verify_of(step)
    match step:
        case Check():
            yield Rule.FINDING, step.finding
        case Question():
            yield Rule.PROBE, step.source.partition(".")[0]
            yield from ((Rule.FINDING, one.finding) for one in step.auto)
            yield from ((Rule.PROBE, one.value.partition(".")[0]) for one in step.auto)
        case Outcome():
            yield from ((Rule.PROBE, one) for one in step.attach)
        case Action():
            yield Rule.ACTION, step.action
        case Instruction():
            yield Rule.PAGE, step.open
        case _:
            pass


def action_problems(wizard: Wizard, known: Known) -> Iterator[Problem]:
    """Yield each action that needs an administrator without saying so, and those that employees would never see."""
    for name, step in wizard.steps.items():
        if not isinstance(step, Action):
            continue
        if not step.admin and step.action in known.admin_actions:
            yield problem(Rule.NEEDS_ADMIN, name, target=step.action)
        is_for_all = wizard.audience_of(step) is not Audience.TECHNICIAN
        if is_for_all and step.action in known.idle_actions:
            yield problem(Rule.NOWHERE, name, is_error=False, target=step.action)


@dataclass(slots=True)
class Crossings:
    """How wizards go on in each other, found out once for all of them: a company may have hundreds."""

    wizards: Mapping[str, Wizard]
    _targets: dict[str, tuple[str, ...]] | None = None
    _unasked: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(
        default_factory=dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    )

    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """Return by id the wizards that each goes on in, as far as they are there."""
        if self._targets is None:
            known = {one.id for one in self.wizards.values()}  # a file may have another name
            self._targets = {one.id: tuple(jump_targets(one) & known) for one in self.wizards.values()}
        return self._targets

    def hard_ends(self, targets: frozenset[str]) -> set[str]:
        """Return the escalations and requests reached from the starts of these wizards without being asked."""
        waiting, seen, found = sorted(targets), set(targets), set[str]()
        while waiting:
            ends, onward = self._unasked_of(waiting.pop())
            found |= set(ends)
            waiting += [one for one in onward if one not in seen]
            seen |= set(onward)
        return found

    def _unasked_of(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the hard ends and the jumps that the way from a wizard's start comes to before it asks."""
        if name not in self._unasked:
            wizard = self.wizards.get(name)
            reached = graph.reached_from(graph.unasked_ways(wizard), [wizard.start]) if wizard else set[str]()
            steps = [wizard.steps[one] for one in sorted(reached)] if wizard else []
            hard = (Result.ESCALATE, Result.REQUEST)
            ends = tuple(f"{name}.{one.id}" for one in steps if isinstance(one, Outcome) and one.result in hard)
            self._unasked[name] = ends, tuple(one.wizard for one in steps if isinstance(one, Jump))
        return self._unasked[name]


def jump_problems(wizard: Wizard, crossings: Crossings) -> Iterator[Problem]:
    """Yield what is wrong with the jumps of a wizard among all there are."""
    if jump_targets(wizard):
        wrong = list(_wrong_jumps(wizard, crossings))
        yield from wrong or _unasked_elsewhere(wizard, crossings)


def _wrong_jumps(wizard: Wizard, crossings: Crossings) -> Iterator[Problem]:
    """Yield each jump to a wizard that is missing, a list of ticks, or leads back here."""
    wizards = crossings.wizards
    files = {**crossings.targets(), wizard.id: ()}
    files[wizard.id] = tuple(jump_targets(wizard) & files.keys())
    back = graph.reached_from(graph.reversed_graph(files), [wizard.id])
    for name, step in wizard.steps.items():
        if not isinstance(step, Jump):
            continue
        target = step.wizard
        if target != wizard.id and target not in wizards:
            yield problem(Rule.JUMP, name, target=target)
        elif target in wizards and wizards[target].is_list:
            yield problem(Rule.JUMP_MODE, name, target=target)
        elif target in back:
            yield problem(Rule.JUMP_LOOP, name, target=target)


def _unasked_elsewhere(wizard: Wizard, crossings: Crossings) -> Iterator[Problem]:
    """Yield the fixes after which a jump leads to an end in another wizard that nobody was asked before."""
    ways = graph.unasked_ways(wizard)
    found: dict[frozenset[str], list[str]] = {}
    for name, step in wizard.steps.items():
        mended = [target for way, target in step.go.items() if way in (FIXED, DONE)] if is_human(step) else []
        over = (wizard.steps[one] for one in graph.reached_from(ways, mended))
        targets = frozenset(one.wizard for one in over if isinstance(one, Jump)) - {wizard.id}
        if targets not in found:
            found[targets] = sorted(crossings.hard_ends(targets))[:MOST_ENDS]
        yield from (problem(Rule.WORKS_NOW, name, target=one) for one in found[targets])


def jump_targets(wizard: Wizard) -> set[str]:
    """Return the wizards this one goes on to."""
    return {one.wizard for one in wizard.steps.values() if isinstance(one, Jump)}
