"""What differs between two versions in words: one group per step, each text with its language, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.wizard.compare import Changed, Difference, compare
from desktop.domain.wizard.definition import AnswerType, Audience, Kind, Result, Wizard
from desktop.domain.wizard.editing_texts import Owner, Part, TextPlace
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.wizards.case_words import finding_title
from desktop.ui.desk.wizards.step_words import badge, numbered_title, way_text
from desktop.ui.wizard.words import say

_VALUE = 300  # characters of a value or text that is shown of each version
_LABELS: Mapping[str, str] = {
    "category": "editor.category",
    "audience": "editor.column.for",
    "minutes": "editor.minutes",
    "findings": "editor.triggers",
    "probes": "editor.probes",
    "is_mandatory": "editor.mandatory",
    "type": "editor.type",
    "field": "editor.field",
    "answers": "diff.answers",
    "auto": "editor.facts",
    "maximum": "editor.maximum",
    "source": "editor.source",
    "finding": "editor.finding",
    "open": "editor.open",
    "verify": "editor.verify",
    "action": "editor.action",
    "admin": "editor.admin",
    "wizard": "editor.wizard",
    "result": "editor.result",
    "priority": "editor.priority",
    "team": "editor.team",
    "required": "diff.required",
    "attach": "diff.attach",
    "link": "editor.link",
    "offline": "editor.offline",
    "is_required": "editor.item_required",
    "confirm": "editor.confirm",
}
_FLAGS = ("is_mandatory", "admin", "offline", "is_required")
_PARTS: Mapping[Part, str] = {
    Part.TITLE: "editor.heading",
    Part.TEXT: "editor.text",
    Part.SECTION: "editor.section",
    Part.PHONE: "editor.phone",
    Part.PRESENT: "editor.present",
    Part.ABSENT: "editor.absent",
    Part.FACT: "editor.confirm.fact",
    Part.LINE: "editor.lines",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One difference: what it is about, and what stood there; without both there is only the label to read."""

    label: str
    before: str = ""
    after: str = ""


@dataclass
class Group:
    """Everything that differs in one place: the head, a step, an item, a field, or the scenarios."""

    title: str
    entries: list[Entry] = field(default_factory=list[Entry])


class Differences:
    """Says what differs between two wizards."""

    def __init__(self, look: Look, old: Wizard, new: Wizard) -> None:
        self._look, self._old, self._new = look, old, new
        self.found = compare(old, new)

    def groups(self) -> list[Group]:
        """Return the differences by place, in the order in which they were found."""
        groups: dict[tuple[Owner, str, bool], Group] = {}
        for one in self.found:
            is_case = one.what in (Difference.CASE_ADDED, Difference.CASE_REMOVED, Difference.CASE_CHANGED)
            key = (one.owner, one.id, is_case)
            title = self._look.text("diff.cases") if is_case else self._place(one.owner, one.id)
            groups.setdefault(key, Group(title)).entries.append(self._entry(one))
        return list(groups.values())

    def _place(self, owner: Owner, name: str) -> str:
        look = self._look
        if owner is Owner.STEP and name:
            return self._step(name)
        if owner is Owner.ITEM and name:
            item = self._new.items.get(name) or self._old.items[name]
            return one_line(item.heading(look.texts.language), _VALUE) or name
        if owner is Owner.FIELD and name:
            asked = self._new.fields.get(name) or self._old.fields[name]
            return look.text("diff.field", name=one_line(say(look, asked.text), _VALUE) or name)
        return look.text("diff.order_of" if owner is not Owner.HEAD else "editor.head")

    def _step(self, name: str) -> str:
        """Return a step by number and title; one that exists in neither version is its id."""
        wizard = self._new if name in self._new.steps else self._old
        return numbered_title(self._look, wizard, name) if name in wizard.steps else one_line(name, _VALUE)

    def _entry(self, one: Changed) -> Entry:
        match one.what:
            case Difference.TEXT if one.place is not None:
                return Entry(self._text_label(one.place, one.language), _cut(one.before), _cut(one.after))
            case Difference.EXIT:
                wizard = self._new if one.id in self._new.steps else self._old
                name = way_text(self._look, wizard.steps[one.id], one.key)
                return Entry(self._look.text("diff.exit", exit=name), self._target(one.before), self._target(one.after))
            case Difference.START:
                return Entry(self._look.text("editor.start"), self._target(one.before), self._target(one.after))
            case Difference.SETTING:
                values = (self._value(one.key, value) for value in (one.before, one.after))
                return Entry(self._setting_label(one.key), *values)
            case Difference.KIND:
                kinds = (badge(self._look, Kind(value)).text for value in (one.before, one.after))
                return Entry(self._look.text("editor.kind"), *kinds)
            case Difference.RENAMED:
                return Entry(self._look.text("diff.renamed"), one.before, one.after)
            case Difference.ORDER:
                orders = (self._in_order(one.owner, names) for names in (one.before, one.after))
                return Entry(self._look.text("diff.order"), *orders)
            case _:
                return Entry(self._look.text(f"diff.{one.what.value}", name=one_line(one.key, _VALUE)))

    def _text_label(self, place: TextPlace, language: str) -> str:
        look = self._look
        if place.part is Part.ANSWER:
            label = look.text("diff.answer", answer=place.key)
        elif place.part is Part.EXIT:
            label = look.text("diff.exit_name", exit=place.key)
        elif place.part is Part.VARIANT:
            label = look.text("editor.variant", system=place.key)
        else:
            label = look.text("editor.title" if place.owner is Owner.HEAD else _PARTS[place.part])
        return look.text("editor.text_in", label=label, language=look.text(f"editor.in.{language}"))

    def _setting_label(self, key: str) -> str:
        look = self._look
        if key.startswith("keywords."):
            language = look.text(f"editor.in.{key.partition('.')[2]}")
            return look.text("editor.text_in", label=look.text("editor.keywords"), language=language)
        return look.text(_LABELS[key]) if key in _LABELS else key

    def _value(self, key: str, value: str) -> str:
        look = self._look
        if key in _FLAGS:
            return look.text("wizard.yes" if value else "wizard.no")
        named = {
            "audience": (Audience, "editor.for"),
            "result": (Result, "editor.result"),
            "type": (AnswerType, "editor.type"),
        }.get(key)
        if named is not None and value in {one.value for one in named[0]}:
            return look.text(f"{named[1]}.{value}")
        if key in ("finding", "verify", "findings"):
            return ", ".join(finding_title(look, one) for one in value.split(", ") if one)
        if key == "category" and look.texts.has(f"category.{value}"):
            return look.text(f"category.{value}")
        return _cut(value)

    def _target(self, step: str) -> str:
        return self._step(step) if step else ""

    def _in_order(self, owner: Owner, names: str) -> str:
        return "\n".join(self._place(owner, one) for one in names.split(", "))


def _cut(text: str) -> str:
    """Return a foreign text with its lines, without what could disguise it, no longer than somebody reads."""
    return "\n".join(one_line(line, _VALUE) for line in text.splitlines()[:12])
