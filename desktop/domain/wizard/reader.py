"""Reads a wizard file: bytes in, a `Wizard` and a list of problems out, whatever the bytes are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desktop.base.errors import AppError
from desktop.domain.wizard.definition import (
    FORMAT,
    Action,
    Answer,
    AnswerType,
    Audience,
    Auto,
    AutoMode,
    Case,
    Check,
    HandoverField,
    Instruction,
    Item,
    Jump,
    Kind,
    Mode,
    Outcome,
    Question,
    Result,
    Step,
    Wizard,
)
from desktop.domain.wizard.item_reader import read_item
from desktop.domain.wizard.problems import Problem, Rule, in_case, in_field, in_item, problem
from desktop.domain.wizard.syntax import MAX_BYTES, document_of, too_big
from desktop.domain.wizard.table import LONGEST_NAME, Table

__all__ = ["KEPT_CONTENTS", "MAX_BYTES", "MAX_STEPS", "NAME", "Reading", "is_name", "parse_wizard", "read_wizard"]

KEPT_CONTENTS = 128  # three times as many as a company has checklists, for what is being edited besides
MAX_STEPS = 400  # the longest wizard that ships has 32
NAME = "[a-z][a-z0-9_-]{0,59}"
"""What an id may be: of a wizard, a step, an item, a field or an answer."""
_PLATFORMS = ("windows", "macos", "linux")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: the wizard as far as it could be read (None if not at all), and what is wrong in its form."""

    wizard: Wizard | None
    problems: tuple[Problem, ...]


def read_wizard(content: bytes) -> Wizard:
    """Return the wizard of a well-formed file. Raises AppError `wizard.unreadable` with the first problem's rule."""
    reading = parse_wizard(content)
    if reading.wizard is None or reading.problems:
        first = reading.problems[0]
        raise AppError("wizard.unreadable", parameters={"rule": first.rule.value, "step": first.step})
    return reading.wizard


def parse_wizard(content: bytes) -> Reading:
    """Read a file of unknown origin; never raises, whatever the bytes are.

    The same bytes always give the same, so they are read once.
    """
    return _parsed(content) if len(content) <= MAX_BYTES else Reading(None, (too_big(),))


@lru_cache(maxsize=KEPT_CONTENTS)
def _parsed(content: bytes) -> Reading:
    document = document_of(content)
    return Reading(None, (document,)) if isinstance(document, Problem) else _read(document)


def _read(document: Mapping[str, Any]) -> Reading:
    problems: list[Problem] = []
    head = Table(document, "", problems)
    version = head.number("format", 0)
    if version != FORMAT:
        return Reading(None, (problem(Rule.NEWER if version > FORMAT else Rule.FORMAT, format=FORMAT),))
    steps, items = head.table("step"), head.table("item")
    if len(steps.content) + len(items.content) > MAX_STEPS:
        return Reading(None, (problem(Rule.MANY_STEPS, limit=MAX_STEPS),))
    wizard = _head(head, _steps(steps), _items(items))
    head.finish()
    return Reading(wizard, tuple(problems))


def _head(head: Table, steps: Mapping[str, Step], items: Mapping[str, Item]) -> Wizard:
    mode = head.choice("mode", Mode) or Mode.READ_DO
    keywords = head.table("keywords")
    fields = {name: _field(name, table) for name, table in head.table("field").tables(in_field)}
    words = {language: keywords.strings(language) for language in ("de", "en")}
    keywords.finish()
    return Wizard(
        id=_name(head, "id"),
        version=head.number("version", 1),
        category=head.text("category"),
        mode=mode,
        audience=head.choice("audience", Audience) or Audience.EMPLOYEE,
        minutes=head.number("minutes", 5),
        start=head.text("start", "" if mode is Mode.DO_CONFIRM else None),
        title=head.wording("title"),
        steps=steps,
        probes=head.strings("probes"),
        findings=head.strings("findings"),
        keywords=words,
        fields=fields,
        cases=tuple(_case(number, one) for number, one in enumerate(head.rows("case"), start=1)),
        items=items,
        is_mandatory=head.flag("mandatory"),
    )


def _items(table: Table) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for name, one in table.tables(in_item):
        _check_name(name, one)
        items[name] = read_item(name, one)
    return items


def is_name(text: str) -> bool:
    """Tell whether `text` can be an id."""
    return re.fullmatch(NAME, text) is not None


def _name(table: Table, key: str) -> str:
    given = table.text(key)
    if not is_name(given):
        table.report(Rule.NAME, name=given[:LONGEST_NAME])
    return given


def _check_name(name: str, table: Table) -> None:
    if not is_name(name):
        table.report(Rule.NAME, name=name[:LONGEST_NAME])


def _steps(table: Table) -> dict[str, Step]:
    steps: dict[str, Step] = {}
    for name, one in table.tables():
        _check_name(name, one)
        kind = one.choice("kind", Kind)
        if kind is None:
            continue
        steps[name] = _BY_KIND[kind](one, _common(name, one))
        one.finish()
    return steps


def _common(name: str, table: Table) -> dict[str, Any]:
    variants = {one: f"text_{one}" for one in _PLATFORMS if table.has(f"text_{one}")}
    say = table.table("say")
    return {
        "id": name,
        "text": table.wording("text"),
        "title": table.wording("title"),
        "phone": table.wording("phone"),
        "lines": tuple(one.words() for one in table.rows("lines")),
        "audience": table.choice("audience", Audience) if table.has("audience") else None,
        "go": table.names("go"),
        "say": {key: one.words() for key, one in say.entries()},
        "text_on": {one: table.wording(key) for one, key in variants.items()},
    }


def _question(table: Table, common: dict[str, Any]) -> Step:
    return Question(
        **common,
        type=table.choice("type", AnswerType) or AnswerType.TEXT,
        field=_name(table, "field"),
        answers=_answers(table),
        auto=tuple(_auto(one) for one in table.rows("auto")),
        maximum=table.number("max", 500),
        source=table.text("source", ""),
    )


def _answers(table: Table) -> tuple[Answer, ...]:
    return tuple(Answer(_name(one, "id"), one.words()) for one in table.rows("answers"))


def _auto(table: Table) -> Auto:
    auto = Auto(
        mode=table.choice("mode", AutoMode) or AutoMode.SUGGEST,
        answer=table.text("answer", ""),
        finding=table.text("finding", ""),
        value=table.text("value", ""),
    )
    table.finish()
    return auto


def _check(table: Table, common: dict[str, Any]) -> Step:
    return Check(
        **common,
        finding=table.text("finding"),
        present=table.wording("present"),
        absent=table.wording("absent"),
    )


def _instruction(table: Table, common: dict[str, Any]) -> Step:
    return Instruction(**common, open=table.text("open", ""), verify=table.text("verify", ""))


def _action(table: Table, common: dict[str, Any]) -> Step:
    return Action(**common, action=table.text("action"), admin=table.flag("admin"), verify=table.text("verify", ""))


def _jump(table: Table, common: dict[str, Any]) -> Step:
    return Jump(**common, wizard=_name(table, "wizard"))


def _outcome(table: Table, common: dict[str, Any]) -> Step:
    return Outcome(
        **common,
        result=table.choice("result", Result) or Result.INFO,
        priority=table.text("priority", ""),
        team=table.text("team", ""),
        required=table.strings("required"),
        attach=table.strings("attach"),
        link=table.text("link", ""),
        offline=table.flag("offline"),
    )


_BY_KIND: Mapping[Kind, Callable[[Table, dict[str, Any]], Step]] = {
    Kind.QUESTION: _question,
    Kind.CHECK: _check,
    Kind.INSTRUCTION: _instruction,
    Kind.ACTION: _action,
    Kind.JUMP: _jump,
    Kind.OUTCOME: _outcome,
}


def _field(name: str, table: Table) -> HandoverField:
    field = HandoverField(
        id=name,
        type=table.choice("type", AnswerType) or AnswerType.TEXT,
        text=table.wording("text"),
        answers=_answers(table),
        maximum=table.number("max", 500),
    )
    table.finish()
    return field


def _case(number: int, table: Table) -> Case:
    table.place = in_case(str(number))
    case = Case(
        name=table.text("name", str(number)),
        end=table.text("end"),
        findings=table.strings("findings"),
        unknown=table.strings("unknown"),
        fix=table.strings("fix"),
        cannot=table.strings("cannot"),
        answers=table.names("answers"),
        max_human=table.number("max_human", 9),
        audience=table.choice("audience", Audience, Audience.EMPLOYEE) or Audience.EMPLOYEE,
    )
    table.finish()
    return case
