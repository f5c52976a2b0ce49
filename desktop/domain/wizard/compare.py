"""What differs between two versions of a wizard, as values: a page or a file says them in words.

Also between the built-in one that a copy came from and the built-in one of now. Steps are matched by their id; one that
only has another id, and says and does the same, is reported as renamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import TypeAlias

from desktop.domain.wizard.definition import Answer, Auto, Case, Confirm, Step, Wizard, Wording
from desktop.domain.wizard.editing import rename_step
from desktop.domain.wizard.editing_head import head_of
from desktop.domain.wizard.editing_texts import LANGUAGES, Holder, Owner, Part, TextPlace, texts_of

Texts: TypeAlias = Mapping[tuple[Owner, str], Mapping[TextPlace, Wording]]


class Difference(Enum):
    """What kind of thing differs."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    KIND = "kind"
    ORDER = "order"
    START = "start"
    TEXT = "text"
    EXIT = "exit"
    SETTING = "setting"
    CASE_ADDED = "case_added"
    CASE_REMOVED = "case_removed"
    CASE_CHANGED = "case_changed"


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference.

    `owner` and `id` say where (an empty id is the head), `key` names the exit, setting or scenario, `place` and
    `language` the text; `before` and `after` are ids, values or texts as the file has them, empty where there is none.
    """

    what: Difference
    owner: Owner = Owner.HEAD
    id: str = ""
    key: str = ""
    place: TextPlace | None = None
    language: str = ""
    before: str = ""
    after: str = ""


def compare(old: Wizard, new: Wizard) -> tuple[Changed, ...]:
    """Return every difference in the order shown: head, steps, items, fields, order, scenarios."""
    renamed = _renamed(old, new)
    for before, after in renamed.items():
        old = rename_step(old, before, after)
    found = [
        Changed(Difference.RENAMED, Owner.STEP, after, before=before, after=after) for before, after in renamed.items()
    ]
    found += _settings(Owner.HEAD, "", _head_settings(old), _head_settings(new))
    texts = (_texts_by_owner(old), _texts_by_owner(new))
    found += _texts(*(one[Owner.HEAD, ""] for one in texts))
    for owner in (Owner.STEP, Owner.ITEM, Owner.FIELD):
        found += _holders(owner, _of(old, owner), _of(new, owner), texts)
    found += _order(Owner.STEP, list(old.steps), list(new.steps))
    found += _order(Owner.ITEM, list(old.items), list(new.items))
    if old.start != new.start:
        found.append(Changed(Difference.START, before=old.start, after=new.start))
    return (*found, *_cases(old, new))


def _renamed(old: Wizard, new: Wizard) -> dict[str, str]:
    """Return the steps that have another id and are otherwise the same, old to new."""
    added = [one for name, one in new.steps.items() if name not in old.steps]
    found: dict[str, str] = {}
    for name, step in old.steps.items():
        same = (one.id for one in added if one.id not in found.values() and _is_same(step, one))
        if name not in new.steps and not step.text.is_empty and (match := next(same, "")):
            found[name] = match
    return found


def _is_same(old: Step, new: Step) -> bool:
    return replace(old, id=new.id, go={}) == replace(new, go={}) and set(old.go) == set(new.go)


def _holders(
    owner: Owner, before: Mapping[str, Holder], after: Mapping[str, Holder], texts: tuple[Texts, Texts]
) -> Iterator[Changed]:
    yield from (Changed(Difference.REMOVED, owner, one, before=one) for one in before if one not in after)
    for name, holder in after.items():
        earlier = before.get(name)
        if earlier is None:
            yield Changed(Difference.ADDED, owner, name, after=name)
            continue
        if isinstance(earlier, Step) and isinstance(holder, Step):
            yield from _step(earlier, holder)
        yield from _settings(owner, name, _settings_of(earlier), _settings_of(holder))
        yield from _texts(*(one.get((owner, name), {}) for one in texts))


def _of(wizard: Wizard, owner: Owner) -> Mapping[str, Holder]:
    return {Owner.STEP: wizard.steps, Owner.ITEM: wizard.items, Owner.FIELD: wizard.fields}[owner]


def _step(old: Step, new: Step) -> Iterator[Changed]:
    if old.kind is not new.kind:
        yield Changed(Difference.KIND, Owner.STEP, new.id, before=old.kind.value, after=new.kind.value)
    for way in dict.fromkeys([*new.go, *old.go]):
        before, after = old.go.get(way, ""), new.go.get(way, "")
        if before != after:
            yield Changed(Difference.EXIT, Owner.STEP, new.id, way, before=before, after=after)


def _texts(before: Mapping[TextPlace, Wording], after: Mapping[TextPlace, Wording]) -> Iterator[Changed]:
    """Yield the texts that differ of one step, item or field, each language by itself."""
    for one in dict.fromkeys([*after, *before]):
        for language in LANGUAGES:
            said, says = (texts.get(one, Wording()).say(language) for texts in (before, after))
            if said != says:
                yield Changed(Difference.TEXT, one.owner, one.id, one.key, one, language, said, says)


def _texts_by_owner(wizard: Wizard) -> Texts:
    """Return the texts of each owner; its numbered lines count as one: a new one would else change all behind it."""
    found: dict[tuple[Owner, str], dict[TextPlace, Wording]] = {}
    lines: dict[TextPlace, list[Wording]] = {}
    for one, text in texts_of(wizard).items():
        own = found.setdefault((one.owner, one.id), {})
        if one.part is Part.LINE:
            lines.setdefault(replace(one, key=""), []).append(text)
        else:
            own[one] = text
    for place, texts in lines.items():
        said = {language: [one.say(language) for one in texts] for language in LANGUAGES}
        block = {language: "\n".join(all_) if any(all_) else "" for language, all_ in said.items()}
        found[place.owner, place.id][place] = Wording(**block)
    return found


def _settings(owner: Owner, name: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Changed]:
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key, ""), new.get(key, "")
        if before != after:
            yield Changed(Difference.SETTING, owner, name, key, before=before, after=after)


def _head_settings(wizard: Wizard) -> dict[str, str]:
    head = head_of(wizard)
    found = {
        one.name: _written(getattr(head, one.name)) for one in fields(head) if one.name not in ("title", "keywords")
    }
    return found | {f"keywords.{language}": ", ".join(words) for language, words in wizard.keywords.items()}


def _settings_of(holder: Holder) -> dict[str, str]:
    """Return everything of a step that is neither a text nor an exit, as the file writes it."""
    found: dict[str, str] = {}
    for one in fields(holder):
        value = getattr(holder, one.name)
        if one.name not in ("id", "go", "say", "text_on", "lines") and not isinstance(value, Wording):
            found[one.name] = _written(value)
    return found


def _written(value: object) -> str:
    match value:
        case None | False | "":
            return ""
        case True:
            return "true"
        case Enum():
            return str(value.value)
        case tuple():
            return ", ".join(_written(one) for one in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case Answer():
            return value.id
        case Auto():
            return f"{value.finding or value.value}: {value.answer or value.value} ({value.mode.value})"
        case Confirm():
            return f"{value.finding}: {value.state.value} ({value.days})"
        case _:
            return str(value)


def _order(owner: Owner, old: list[str], new: list[str]) -> Iterator[Changed]:
    """Yield the order once where what both have stands in another one."""
    before = [one for one in old if one in new]
    after = [one for one in new if one in old]
    if before != after:
        yield Changed(Difference.ORDER, owner, before=", ".join(before), after=", ".join(after))


def _cases(old: Wizard, new: Wizard) -> Iterator[Changed]:
    before, after = _by_name(old), _by_name(new)
    yield from (Changed(Difference.CASE_REMOVED, key=one) for one in before if one not in after)
    for name, case in after.items():
        if name not in before:
            yield Changed(Difference.CASE_ADDED, key=name)
        elif before[name] != case:
            yield Changed(Difference.CASE_CHANGED, key=name, before=before[name].end, after=case.end)


def _by_name(wizard: Wizard) -> dict[str, Case]:
    """Return the scenarios by name; one whose name stands there already is counted."""
    found: dict[str, Case] = {}
    for case in wizard.cases:
        name, number = case.name, 1
        while name in found:
            number += 1
            name = f"{case.name} ({number})"
        found[name] = case
    return found
