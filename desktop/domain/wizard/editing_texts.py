"""Every text of a wizard by its place: read it, write it in one language, and find what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum
from typing import TypeAlias

from desktop.domain.wizard.definition import Answer, HandoverField, Item, Question, Step, Wizard, Wording

LANGUAGES = ("de", "en")
Holder: TypeAlias = Step | Item | HandoverField


class Owner(Enum):
    """What a text belongs to."""

    HEAD = "head"
    STEP = "step"
    ITEM = "item"
    FIELD = "field"


class Part(Enum):
    """Which text of its owner; the value is the name of the attribute where there is one of its own."""

    TITLE = "title"
    TEXT = "text"
    SECTION = "section"
    PHONE = "phone"
    PRESENT = "present"
    ABSENT = "absent"
    FACT = "fact"
    LINE = "lines"
    ANSWER = "answers"
    EXIT = "say"
    VARIANT = "text_on"


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a text stands; `key` is the number of a line, the id of an answer, an exit or a system."""

    owner: Owner
    id: str = ""
    part: Part = Part.TITLE
    key: str = ""


@dataclass(frozen=True, slots=True)
class MissingText:
    """A text that is not there in one language."""

    place: TextPlace
    language: str


def texts_of(wizard: Wizard) -> dict[TextPlace, Wording]:
    """Return every text there is by its place, in the order shown; empty ones that may stay empty are left out."""
    return {place: wording for place, wording, is_needed in _texts(wizard) if is_needed or not wording.is_empty}


def text_at(wizard: Wizard, place: TextPlace) -> Wording:
    """Return the text at a place; an empty one where there is none."""
    if place.owner is Owner.HEAD:
        return wizard.title
    holder = _holders(wizard, place.owner).get(place.id)
    found = _texts_in(holder) if holder is not None else ()
    return next((wording for part, key, wording, _ in found if (part, key) == (place.part, place.key)), Wording())


def missing_texts(wizard: Wizard) -> tuple[MissingText, ...]:
    """Return what still has to be written: a needed text, or the other language of one that was written."""
    return tuple(
        MissingText(place, language)
        for place, wording in texts_of(wizard).items()
        for language in LANGUAGES
        if not wording.say(language).strip()
    )


def with_text(wizard: Wizard, place: TextPlace, language: str, text: str) -> Wizard:
    """Write one text in one language; a place that does not exist changes nothing."""
    if place.owner is Owner.HEAD:
        return replace(wizard, title=spoken(wizard.title, language, text))
    holder = _holders(wizard, place.owner).get(place.id)
    return wizard if holder is None else with_holder(wizard, _written(holder, place, language, text))


def with_lines(wizard: Wizard, owner: Owner, owner_id: str, language: str, text: str) -> Wizard:
    """Write the numbered lines in one language, one per line of `text`; an empty line is one that is still missing.

    Lines that stayed keep what they say in the other language; a new one has nothing there yet.
    """
    holder = _holders(wizard, owner).get(owner_id)
    if not isinstance(holder, Step | Item):
        return wizard
    written = [one.strip() for one in text.splitlines()]
    return with_holder(wizard, replace(holder, lines=_paired(holder.lines, language, written)))


def with_variant(wizard: Wizard, step_id: str, platform: str, wording: Wording | None) -> Wizard:
    """Give a step another text on one system (windows, macos, linux), or none of its own."""
    step = wizard.steps.get(step_id)
    if step is None:
        return wizard
    others = {one: text for one, text in step.text_on.items() if one != platform}
    return with_holder(wizard, replace(step, text_on=others if wording is None else {**others, platform: wording}))


def spoken(wording: Wording, language: str, text: str) -> Wording:
    """Return a text with one language changed."""
    return replace(wording, en=text) if language == "en" else replace(wording, de=text)


def with_holder(wizard: Wizard, holder: Holder) -> Wizard:
    """Put a step, item or field in the place of the one with its id, exits as they are."""
    if isinstance(holder, Step):
        return replace(wizard, steps={**wizard.steps, holder.id: holder})
    if isinstance(holder, Item):
        return replace(wizard, items={**wizard.items, holder.id: holder})
    return replace(wizard, fields={**wizard.fields, holder.id: holder})


def _holders(wizard: Wizard, owner: Owner) -> Mapping[str, Holder]:
    if owner is Owner.STEP:
        return wizard.steps
    return wizard.items if owner is Owner.ITEM else wizard.fields


def _texts(wizard: Wizard) -> Iterator[tuple[TextPlace, Wording, bool]]:
    """Yield each text with its place and whether it must be there."""
    yield TextPlace(Owner.HEAD), wizard.title, True
    for owner in (Owner.STEP, Owner.ITEM, Owner.FIELD):
        for holder in _holders(wizard, owner).values():
            for part, key, wording, is_needed in _texts_in(holder):
                yield TextPlace(owner, holder.id, part, key), wording, is_needed


def _texts_in(holder: Holder) -> Iterator[tuple[Part, str, Wording, bool]]:
    for part in (Part.SECTION, Part.TITLE, Part.TEXT, Part.PRESENT, Part.ABSENT, Part.PHONE, Part.FACT):
        wording = getattr(holder, part.value, None)
        if isinstance(wording, Wording):
            yield part, "", wording, part is Part.TEXT
    if isinstance(holder, Step | Item):
        yield from ((Part.LINE, str(number), one, True) for number, one in enumerate(holder.lines))
    if isinstance(holder, Question | HandoverField):
        yield from ((Part.ANSWER, one.id, one.text, True) for one in holder.answers)
    if isinstance(holder, Step):
        yield from ((Part.VARIANT, platform, one, True) for platform, one in holder.text_on.items())
        yield from ((Part.EXIT, way, one, True) for way, one in holder.say.items())


def _written(holder: Holder, place: TextPlace, language: str, text: str) -> Holder:
    part, key = place.part, place.key
    match part:
        case Part.LINE if isinstance(holder, Step | Item):
            lines = tuple(
                spoken(one, language, text) if str(number) == key else one for number, one in enumerate(holder.lines)
            )
            return replace(holder, lines=lines)
        case Part.ANSWER if isinstance(holder, Question | HandoverField):
            answers = tuple(
                Answer(one.id, spoken(one.text, language, text)) if one.id == key else one for one in holder.answers
            )
            return replace(holder, answers=answers)
        case Part.EXIT if isinstance(holder, Step):
            return replace(holder, say=_said(holder.say, key, language, text))
        case Part.VARIANT if isinstance(holder, Step):
            variant = spoken(holder.text_on.get(key, Wording()), language, text)
            return replace(holder, text_on={**holder.text_on, key: variant})
        case _:
            wording = getattr(holder, part.value, None)
            return (
                replace(holder, **{part.value: spoken(wording, language, text)})
                if isinstance(wording, Wording)
                else holder
            )


def _said(say: Mapping[str, Wording], way: str, language: str, text: str) -> dict[str, Wording]:
    """Return the names of the exits with one changed; one without any words has the usual name again."""
    changed = {**say, way: spoken(say.get(way, Wording()), language, text)}
    return {one: wording for one, wording in changed.items() if not wording.is_empty}


def _paired(old: tuple[Wording, ...], language: str, written: list[str]) -> tuple[Wording, ...]:
    """Return the lines with what was written; one that says nothing in this language yet is not taken for deleted."""
    found: list[Wording] = []
    matcher = SequenceMatcher(None, [one.say(language) for one in old], written, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        before, after = old[start:end], written[new_start:new_end]
        kept = [*before, *[Wording()] * len(after)]
        found += [spoken(one, language, text) for one, text in zip(kept, after, strict=False)]
        found += [one for one in before[len(after) :] if not one.say(language)]
    return tuple(one for one in found if not one.is_empty)
