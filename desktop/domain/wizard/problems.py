"""What is wrong with a wizard file, as values that name the rule, the step and the cure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop.base.messages import Message


class Rule(Enum):
    """The rules of the format; each has the text `wizard.problem.<rule>`."""

    UNREADABLE = "unreadable"
    TOO_BIG = "too_big"
    FORMAT = "format"
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
    ACTION = "action"
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


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `step` is empty where the whole file is meant; a warning does not keep a wizard from being used."""

    rule: Rule
    step: str
    text: Message
    is_error: bool = True


def problem(rule: Rule, step: str = "", *, is_error: bool = True, **parameters: object) -> Problem:
    """Return a problem whose text is `wizard.problem.<rule>` with the step and `parameters` filled in."""
    message = Message(f"wizard.problem.{rule.value}", {"step": step, **parameters})
    return Problem(rule, step, message, is_error)
