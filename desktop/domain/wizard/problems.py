"""What is wrong with a wizard file, as values that name the rule, the step and the cure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop.base.messages import Message


class Rule(Enum):
    """The rules of the format; each has the text `wizard.problem.<rule>`."""

    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    ENCODING = "encoding"
    NUMBER = "number"
    NESTED = "nested"
    TOO_BIG = "too_big"
    MANY_STEPS = "many_steps"
    FORMAT = "format"
    NEWER = "newer"
    SHAPE = "shape"
    UNKNOWN_KEY = "unknown_key"
    NAME = "name"
    START = "start"
    EXITS = "exits"
    UNKNOWN_EXIT = "unknown_exit"
    TARGET = "target"
    LOOP = "loop"
    UNREACHABLE = "unreachable"
    DEAD_END = "dead_end"
    LANGUAGE = "language"
    LENGTH = "length"
    ADMIN = "admin"
    NEEDS_ADMIN = "needs_admin"
    ACTION = "action"
    NOWHERE = "nowhere"
    ASKABLE = "askable"
    WORKS_NOW = "works_now"
    PATH_LENGTH = "path_length"
    FINDING = "finding"
    PROBE = "probe"
    PAGE = "page"
    ANSWER_IDS = "answer_ids"
    AUTO = "auto"
    JUMP = "jump"
    JUMP_LOOP = "jump_loop"
    JUMP_MODE = "jump_mode"
    MODE = "mode"
    ITEMS = "items"
    LIST_AUDIENCE = "list_audience"
    LIST_LENGTH = "list_length"
    SECTION_LENGTH = "section_length"
    CASE = "case"
    CASE_NAME = "case_name"
    FEW_CASES = "few_cases"
    UNTESTED = "untested"
    CATEGORY = "category"
    PRIORITY = "priority"
    TEAM = "team"
    LINK = "link"
    RANGE = "range"
    TOO_MANY = "too_many"
    INCOMPLETE = "incomplete"
    WORKS_NOW_TYPE = "works_now_type"
    CHARACTERS = "characters"
    MARKUP = "markup"
    MORE = "more"


MOST_PROBLEMS = 100
MOST_SHOWN = 100  # characters of a name or value that a sentence repeats
HEAD = Message("wizard.place.head")
"""Where a problem is that belongs to no single step."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `step` is empty where the whole file is meant; a warning does not keep a wizard from being used."""

    rule: Rule
    step: str
    text: Message
    is_error: bool = True


def problem(
    rule: Rule, step: str = "", *, place: Message | None = None, is_error: bool = True, **parameters: object
) -> Problem:
    """Return a problem whose text is `wizard.problem.<rule>` with the place and `parameters` filled in.

    Without `place` it is the step, or the head of the file where there is none.
    """
    where = place or (in_step(step) if step else HEAD)
    said = {key: _shown(one) if isinstance(one, str) else one for key, one in parameters.items()}
    return Problem(rule, step, Message(f"wizard.problem.{rule.value}", {"place": where, **said}), is_error)


def _shown(foreign: str) -> str:
    """Return what a sentence may repeat of a file: not endless, and no sign that would change the rest of it."""
    short = foreign if len(foreign) <= MOST_SHOWN else foreign[:MOST_SHOWN] + "…"
    return short if short.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in short)


def first_ones(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return as many problems as somebody reads, the errors first, and how many there are besides."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    ordered = sorted(problems, key=lambda one: not one.is_error)
    rest = ordered[MOST_PROBLEMS:]
    return (*ordered[:MOST_PROBLEMS], problem(Rule.MORE, is_error=rest[0].is_error, count=len(rest)))


def in_step(name: str) -> Message:
    """Return the name of a step as people read it."""
    return Message("wizard.place.step", {"name": _shown(name)})


def in_field(name: str) -> Message:
    """Return the name of a field that is asked at the end."""
    return Message("wizard.place.field", {"name": _shown(name)})


def in_item(name: str) -> Message:
    """Return the name of an item of a list."""
    return Message("wizard.place.item", {"name": _shown(name)})


def in_case(name: str) -> Message:
    """Return the name of a scenario."""
    return Message("wizard.place.case", {"name": _shown(name)})
