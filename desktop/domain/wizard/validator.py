"""All rules of the format. A file that passes can be walked to an end from every step by everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from desktop.domain.wizard import graph
from desktop.domain.wizard.case_rules import case_problems
from desktop.domain.wizard.definition import (
    WORKS_NOW,
    Action,
    Answer,
    AnswerType,
    Audience,
    Jump,
    Outcome,
    Question,
    Result,
    Wizard,
    is_human,
)
from desktop.domain.wizard.exits import DONE, FIXED, allowed_exits, answer_ids, needed_exits
from desktop.domain.wizard.item_rules import length_problems, mode_problems
from desktop.domain.wizard.known import Known
from desktop.domain.wizard.problems import Problem, Rule, first_ones, in_field, in_step, problem
from desktop.domain.wizard.reader import parse_wizard
from desktop.domain.wizard.reference_rules import (
    Crossings,
    action_problems,
    jump_problems,
    jump_targets,
    reference_problems,
)
from desktop.domain.wizard.text_rules import MAX_TEXT, text_problems
from desktop.domain.wizard.value_rules import value_problems

__all__ = ["MAX_HUMAN_STEPS", "MAX_TEXT", "Known", "check", "check_file", "jump_targets"]

MAX_HUMAN_STEPS = 9  # Boorman: a checklist has five to nine items


def check_file(content: bytes, known: Known | None = None, *, name: str = "") -> tuple[Problem, ...]:
    """Return everything wrong with a file of unknown origin; `name` is its file name without ending."""
    reading = parse_wizard(content)
    if reading.wizard is None:
        return reading.problems
    found = list(reading.problems)
    if name and reading.wizard.id != name:
        found.append(problem(Rule.NAME, name=reading.wizard.id))
    return first_ones((*found, *check(reading.wizard, known)))


def check(wizard: Wizard, known: Known | None = None) -> tuple[Problem, ...]:
    """Return every rule a wizard breaks, in the order of the rules; jumps only where all wizards are known."""
    known = known or Known()
    found = [one for rule in _RULES for one in rule(wizard)]
    found += reference_problems(wizard, known)
    found += action_problems(wizard, known)
    if known.wizards is not None:
        found += jump_problems(wizard, Crossings(known.wizards))
    return tuple(found)


def _mode(wizard: Wizard) -> Iterator[Problem]:
    yield from mode_problems(wizard)
    yield from length_problems(wizard)


def _start(wizard: Wizard) -> Iterator[Problem]:
    if not wizard.is_list and wizard.start not in wizard.steps:
        yield problem(Rule.START, target=wizard.start)


def _exits(wizard: Wizard) -> Iterator[Problem]:
    for name, step in wizard.steps.items():
        for key in sorted(needed_exits(wizard, step) - set(step.go)):
            yield problem(Rule.EXITS, name, exit=key)
        for key in sorted((set(step.go) | set(step.say)) - allowed_exits(wizard, step)):
            yield problem(Rule.UNKNOWN_EXIT, name, exit=key)


def _targets(wizard: Wizard) -> Iterator[Problem]:
    for name, step in wizard.steps.items():
        for target in dict.fromkeys(step.go.values()):
            if target not in wizard.steps:
                yield problem(Rule.TARGET, name, target=target)


def _ways(wizard: Wizard) -> Iterator[Problem]:
    if wizard.is_list:
        return
    arrows = graph.graph_of(wizard)
    for name in sorted(graph.loops(arrows)):
        yield problem(Rule.LOOP, name)
    for name in sorted(set(arrows) - graph.reached_from(arrows, [wizard.start])):
        yield problem(Rule.UNREACHABLE, name)
    ends = [name for name, step in wizard.steps.items() if isinstance(step, Outcome | Jump)]
    for name in sorted(set(arrows) - graph.reached_from(graph.reversed_graph(arrows), ends)):
        yield problem(Rule.DEAD_END, name)
    longest = graph.longest_human_path(wizard, arrows, wizard.start)
    if longest > MAX_HUMAN_STEPS:
        yield problem(Rule.PATH_LENGTH, is_error=False, count=longest, limit=MAX_HUMAN_STEPS)


def _admin(wizard: Wizard) -> Iterator[Problem]:
    for name, step in wizard.steps.items():
        if isinstance(step, Action) and step.admin and wizard.audience_of(step) is not Audience.TECHNICIAN:
            yield problem(Rule.ADMIN, name)


def _askable(wizard: Wizard) -> Iterator[Problem]:
    askable = {one.field for one in wizard.steps.values() if isinstance(one, Question)} | set(wizard.fields)
    for name, step in wizard.steps.items():
        if isinstance(step, Outcome):
            for field in step.required:
                if field not in askable:
                    yield problem(Rule.ASKABLE, name, field=field)


def _works_now(wizard: Wizard) -> Iterator[Problem]:
    ways = graph.unasked_ways(wizard)
    hard = {
        name
        for name, step in wizard.steps.items()
        if isinstance(step, Outcome) and step.result in (Result.ESCALATE, Result.REQUEST)
    }
    for name, step in wizard.steps.items():
        if isinstance(step, Question) and step.field == WORKS_NOW and step.type is not AnswerType.YESNO:
            yield problem(Rule.WORKS_NOW_TYPE, name)
        if is_human(step):
            mended = [target for way, target in step.go.items() if way in (FIXED, DONE)]
            for one in sorted(graph.reached_from(ways, mended) & hard) if mended else ():
                yield problem(Rule.WORKS_NOW, name, target=one)


def _answer_ids(wizard: Wizard) -> Iterator[Problem]:
    for name, field in wizard.fields.items():
        yield from (problem(Rule.ANSWER_IDS, name, place=in_field(name), answer=one) for one in _twice(field.answers))
    for name, step in wizard.steps.items():
        if not isinstance(step, Question):
            continue
        yield from (problem(Rule.ANSWER_IDS, name, place=in_step(name), answer=one) for one in _twice(step.answers))
        for auto in step.auto:
            fits = auto.answer in answer_ids(step) if step.type.has_fixed_answers else bool(auto.value)
            if not fits or bool(auto.finding) == bool(auto.value):
                yield problem(Rule.AUTO, name, answer=auto.answer or auto.value)


def _twice(answers: tuple[Answer, ...]) -> list[str]:
    return sorted(one for one, count in Counter(one.id for one in answers).items() if count > 1)


_RULES: tuple[Callable[[Wizard], Iterator[Problem]], ...] = (
    _mode,
    _start,
    _exits,
    _targets,
    _ways,
    text_problems,
    value_problems,
    _admin,
    _askable,
    _works_now,
    _answer_ids,
    case_problems,
)
