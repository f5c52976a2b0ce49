"""Writes a wizard as a file: TOML as a person would write it, with one section per step and both languages in pairs.

A general TOML writer makes a section of every text (`[step.a.text]`); people who compare two versions, or look into a
file that a colleague sent, read this shape more easily. Comments of a file that was written by hand are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from desktop.domain.wizard.definition import (
    FORMAT,
    Action,
    Answer,
    Audience,
    Auto,
    Case,
    Check,
    Confirm,
    HandoverField,
    Instruction,
    Item,
    Jump,
    Outcome,
    Question,
    Step,
    Wizard,
    Wording,
)

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_USUAL_MAXIMUM = 500
_USUAL_DAYS = 1


def write_wizard(wizard: Wizard) -> bytes:
    """Return the file of a wizard, finished or not; reading it gives an equal wizard with its steps in the same order.

    A confirmation of an item without a finding says nothing and is left out. A letter that UTF-8 cannot
    carry (half of a pair) becomes a question mark.
    """
    sections = [
        _section("", _head(wizard)),
        *(_section(f"[step.{_key(name)}]", _step(step)) for name, step in wizard.steps.items()),
        *(_section(f"[item.{_key(name)}]", _item(item)) for name, item in wizard.items.items()),
        *(_section(f"[field.{_key(name)}]", _field(field)) for name, field in wizard.fields.items()),
        *(_section("[[case]]", _case(case)) for case in wizard.cases),
    ]
    return "\n".join(sections).encode("utf-8", "replace")


def _section(heading: str, lines: Iterable[str]) -> str:
    return "\n".join([*([heading] if heading else []), *lines, ""])


def _head(wizard: Wizard) -> Iterator[str]:
    yield f"format = {FORMAT}"
    yield f"id = {_text(wizard.id)}"
    yield f"version = {wizard.version}"
    yield f"category = {_text(wizard.category)}"
    yield f"mode = {_text(wizard.mode.value)}"
    yield from ["mandatory = true"] if wizard.is_mandatory else []
    yield f"audience = {_text(wizard.audience.value)}"
    yield f"minutes = {wizard.minutes}"
    yield from [] if wizard.is_list and not wizard.start else [f"start = {_text(wizard.start)}"]
    yield from _listed("probes", wizard.probes)
    yield from _listed("findings", wizard.findings)
    yield from _wording("title", wizard.title)
    for language in ("de", "en"):
        yield from _listed(f"keywords.{language}", wizard.keywords.get(language, ()))


def _step(step: Step) -> Iterator[str]:
    yield f"kind = {_text(step.kind.value)}"
    yield from _own(step)
    if step.audience is not None:
        yield f"audience = {_text(step.audience.value)}"
    yield from _wording("title", step.title)
    yield from _wording("text", step.text)
    for platform, wording in step.text_on.items():
        yield from _wording(f"text_{platform}", wording, is_needed=True)
    if isinstance(step, Check):
        yield from _wording("present", step.present)
        yield from _wording("absent", step.absent)
    yield from _rows("lines", [_inline(_languages(one)) for one in step.lines])
    yield from _wording("phone", step.phone)
    if isinstance(step, Question):
        yield from _rows("answers", [_answer(one) for one in step.answers])
        yield from _autos(step.auto)
    for way, wording in step.say.items():
        yield from _wording(f"say.{_key(way)}", wording, is_needed=True)
    if step.go:
        yield f"go = {_names(step.go)}"


def _own(step: Step) -> Iterator[str]:
    """Yield what only this kind of step has; what the reader insists on is written also where it is empty."""
    match step:
        case Question():
            yield f"type = {_text(step.type.value)}"
            yield from _given("source", step.source)
            yield f"field = {_text(step.field)}"
            yield from _maximum(step.maximum)
        case Check():
            yield f"finding = {_text(step.finding)}"
        case Instruction():
            yield from _given("open", step.open)
            yield from _given("verify", step.verify)
        case Action():
            yield f"action = {_text(step.action)}"
            yield from ["admin = true"] if step.admin else []
            yield from _given("verify", step.verify)
        case Jump():
            yield f"wizard = {_text(step.wizard)}"
        case Outcome():
            yield from _outcome(step)
        case _:
            raise TypeError(step.kind)


def _outcome(step: Outcome) -> Iterator[str]:
    yield f"result = {_text(step.result.value)}"
    yield from _given("priority", step.priority)
    yield from _given("team", step.team)
    yield from _given("link", step.link)
    yield from ["offline = true"] if step.offline else []
    yield from _listed("required", step.required)
    yield from _listed("attach", step.attach)


def _item(item: Item) -> Iterator[str]:
    yield from _wording("section", item.section)
    yield from _wording("title", item.title)
    yield from _wording("text", item.text)
    yield from _rows("lines", [_inline(_languages(one)) for one in item.lines])
    yield from _wording("phone", item.phone)
    yield from _wording("fact", item.fact)
    yield from [] if item.is_required else ["required = false"]
    if item.confirm is not None and item.confirm.finding:
        yield f"confirm = {_confirm(item.confirm)}"


def _confirm(confirm: Confirm) -> str:
    content = {"finding": _text(confirm.finding), "state": _text(confirm.state.value)}
    return _inline(content if confirm.days == _USUAL_DAYS else {**content, "days": str(confirm.days)})


def _field(field: HandoverField) -> Iterator[str]:
    yield f"type = {_text(field.type.value)}"
    yield from _maximum(field.maximum)
    yield from _wording("text", field.text)
    yield from _rows("answers", [_answer(one) for one in field.answers])


def _case(case: Case) -> Iterator[str]:
    yield f"name = {_text(case.name)}"
    if case.audience is not Audience.EMPLOYEE:
        yield f"audience = {_text(case.audience.value)}"
    yield from _listed("findings", case.findings)
    yield from _listed("unknown", case.unknown)
    if case.answers:
        yield f"answers = {_names(case.answers)}"
    yield from _listed("fix", case.fix)
    yield from _listed("cannot", case.cannot)
    yield f"end = {_text(case.end)}"
    yield f"max_human = {case.max_human}"


def _answer(answer: Answer) -> str:
    return _inline({"id": _text(answer.id), **_languages(answer.text)})


def _autos(autos: tuple[Auto, ...]) -> Iterator[str]:
    rows = [_auto(one) for one in autos]
    if len(rows) == 1:
        yield f"auto = [{rows[0]}]"
    else:
        yield from _rows("auto", rows)


def _auto(auto: Auto) -> str:
    given = {"finding": auto.finding, "value": auto.value, "answer": auto.answer, "mode": auto.mode.value}
    return _inline({key: _text(value) for key, value in given.items() if value})


def _wording(key: str, wording: Wording, *, is_needed: bool = False) -> Iterator[str]:
    if is_needed or not wording.is_empty:
        yield f"{key}.de = {_text(wording.de)}"
        yield f"{key}.en = {_text(wording.en)}"


def _languages(wording: Wording) -> dict[str, str]:
    return {"de": _text(wording.de), "en": _text(wording.en)}


def _given(key: str, value: str) -> Iterator[str]:
    if value:
        yield f"{key} = {_text(value)}"


def _maximum(value: int) -> Iterator[str]:
    if value != _USUAL_MAXIMUM:
        yield f"max = {value}"


def _listed(key: str, values: tuple[str, ...]) -> Iterator[str]:
    if values:
        yield f"{key} = [{', '.join(_text(one) for one in values)}]"


def _rows(key: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield "\n".join([f"{key} = [", *(f"  {one}," for one in rows), "]"])


def _names(names: Mapping[str, str]) -> str:
    return _inline({_key(key): _text(value) for key, value in names.items()})


def _inline(content: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{key} = {value}' for key, value in content.items())} }}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(found: re.Match[str]) -> str:
    letter = found.group()
    return _SHORT.get(letter) or f"\\u{ord(letter):04X}"
