"""The rules of single values: numbers in range, words of the program's own lists, lists of a bearable length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from desktop.base.messages import Message
from desktop.domain.ticket import CATEGORIES, Priority
from desktop.domain.wizard.definition import AnswerType, HandoverField, Outcome, Question, Wizard
from desktop.domain.wizard.problems import HEAD, Problem, Rule, in_case, in_field, in_item, in_step, problem
from desktop.domain.wizard.reader import NAME

MAX_ANSWERS = 60  # more is a list to search in, not to choose from
MAX_LINES = 20
LINK = rf"https://[^\s/?#@\\]+(?:[/?#]\S*)?|mailto:[^\s@:/]+@[^\s@:/]+|{NAME}"
"""A page, an address, or the id of an article ("problem": an open ticket about the same); no file:, no script."""
_Range = tuple[int, int]
VERSION: _Range = (1, 999_999)
MINUTES: _Range = (1, 240)
CHARACTERS: _Range = (1, 5_000)
STEPS: _Range = (0, 99)


def value_problems(wizard: Wizard) -> Iterator[Problem]:
    """Yield what is wrong with single values, from the head of the file to its scenarios."""
    if wizard.category not in CATEGORIES:
        yield problem(Rule.CATEGORY, target=wizard.category, choices=", ".join(CATEGORIES))
    yield from _ranged("version", wizard.version, VERSION, "", HEAD)
    yield from _ranged("minutes", wizard.minutes, MINUTES, "", HEAD)
    for name, step in wizard.steps.items():
        if isinstance(step, Question):
            yield from _ranged("max", step.maximum, CHARACTERS, name, in_step(name))
            yield from _answerable(step, name, in_step(name))
            if step.type is AnswerType.PICK and not step.source:
                yield problem(Rule.INCOMPLETE, name, key="source")
        elif isinstance(step, Outcome):
            yield from _outcome(step)
    for name, field in wizard.fields.items():
        yield from _ranged("max", field.maximum, CHARACTERS, name, in_field(name))
        yield from _answerable(field, name, in_field(name))
    for number, case in enumerate(wizard.cases, start=1):
        yield from _ranged("max_human", case.max_human, STEPS, "", in_case(str(number)))
    yield from _lengths(wizard)


def _ranged(key: str, value: int, allowed: _Range, step: str, place: Message) -> Iterator[Problem]:
    low, high = allowed
    if not low <= value <= high:
        yield problem(Rule.RANGE, step, place=place, key=key, low=low, high=high)


def _answerable(asked: Question | HandoverField, step: str, place: Message) -> Iterator[Problem]:
    is_listed = asked.type in (AnswerType.CHOICE, AnswerType.MULTI)
    if is_listed and not asked.answers:
        yield problem(Rule.INCOMPLETE, step, place=place, key="answers")


def _outcome(step: Outcome) -> Iterator[Problem]:
    priorities = [one.code for one in Priority]
    if step.priority and step.priority not in priorities:
        yield problem(Rule.PRIORITY, step.id, target=step.priority, choices=", ".join(priorities))
    if step.team and not re.fullmatch(NAME, step.team):
        yield problem(Rule.TEAM, step.id, target=step.team)
    if step.link and not re.fullmatch(LINK, step.link):
        yield problem(Rule.LINK, step.id, target=step.link)


def _lengths(wizard: Wizard) -> Iterator[Problem]:
    """Yield the lists that are longer than anybody reads: a hostile file must not fill a window."""
    for step, place, key, count, limit in _lists(wizard):
        if count > limit:
            yield problem(Rule.TOO_MANY, step, place=place(step) if step else HEAD, key=key, count=count, limit=limit)


def _lists(wizard: Wizard) -> Iterator[tuple[str, Callable[[str], Message], str, int, int]]:
    for language, words in wizard.keywords.items():
        yield "", in_step, f"keywords.{language}", len(words), 100
    yield "", in_step, "probes", len(wizard.probes), 60
    yield "", in_step, "findings", len(wizard.findings), 60
    yield "", in_step, "field", len(wizard.fields), 60
    yield "", in_step, "case", len(wizard.cases), 100
    for name, step in wizard.steps.items():
        yield name, in_step, "lines", len(step.lines), MAX_LINES
        if isinstance(step, Question):
            yield name, in_step, "answers", len(step.answers), MAX_ANSWERS
            yield name, in_step, "auto", len(step.auto), 30
        elif isinstance(step, Outcome):
            yield name, in_step, "required", len(step.required), 20
            yield name, in_step, "attach", len(step.attach), 60
    for name, field in wizard.fields.items():
        yield name, in_field, "answers", len(field.answers), MAX_ANSWERS
    for name, item in wizard.items.items():
        yield name, in_item, "lines", len(item.lines), MAX_LINES
