"""Reads a wizard file: bytes in, a `Wizard` and a list of problems out, whatever the bytes are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from desktop.domain.wizard.problems import Problem, Rule, problem
from desktop.domain.wizard.table import LONGEST_NAME, Table

MAX_BYTES = 256 * 1024  # the longest example has 10 kB; more is no wizard
MAX_STEPS = 400
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")
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
    """Read a file of unknown origin; never raises, whatever the bytes are."""
    if len(content) > MAX_BYTES:
        return Reading(None, (problem(Rule.TOO_BIG, limit=MAX_BYTES // 1024),))
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        return Reading(None, (problem(Rule.UNREADABLE, detail="UTF-8"),))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError, OverflowError) as error:
        return Reading(None, (problem(Rule.UNREADABLE, detail=str(error)[:LONGEST_NAME]),))
    return _read(document)


def _read(document: Mapping[str, Any]) -> Reading:
    problems: list[Problem] = []
    head = Table(document, "", problems)
    if head.number("format", 0) != FORMAT:
        return Reading(None, (problem(Rule.FORMAT, format=FORMAT),))
    steps = _steps(head.table("step"))
    wizard = _head(head, steps, _items(head.table("item")))
    head.finish()
    if len(steps) + len(wizard.items) > MAX_STEPS:
        return Reading(None, (problem(Rule.TOO_BIG, limit=MAX_STEPS),))
    return Reading(wizard, tuple(problems))


def _head(head: Table, steps: Mapping[str, Step], items: Mapping[str, Item]) -> Wizard:
    mode = head.choice("mode", Mode) or Mode.READ_DO
    keywords = head.table("keywords")
    fields = {name: _field(name, table) for name, table in head.table("field").tables()}
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
    for name, one in table.tables():
        _check_name(name, table)
        items[name] = read_item(name, one)
    return items


def _name(table: Table, key: str) -> str:
    given = table.text(key)
    if not _NAME.fullmatch(given):
        table.problems.append(problem(Rule.NAME, table.where, name=given[:LONGEST_NAME]))
    return given


def _check_name(name: str, table: Table) -> None:
    if not _NAME.fullmatch(name):
        table.problems.append(problem(Rule.NAME, name[:LONGEST_NAME], name=name[:LONGEST_NAME]))


def _steps(table: Table) -> dict[str, Step]:
    steps: dict[str, Step] = {}
    for name, one in table.tables():
        _check_name(name, table)
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
        "say": {key: Table(one.content, name, table.problems).words() for key, one in say.tables()},
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
