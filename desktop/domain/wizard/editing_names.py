"""Ids for what is added while editing: made from its words where there are some, and never one that is taken."""

from __future__ import annotations

from collections.abc import Collection

from desktop.domain.folding import folded_words
from desktop.domain.wizard.definition import Answer, Kind, Wizard
from desktop.domain.wizard.reader import is_name

LONGEST_ID = 60  # characters: what the reader takes
_USUAL = {
    Kind.QUESTION: "q",
    Kind.CHECK: "c",
    Kind.INSTRUCTION: "i",
    Kind.ACTION: "a",
    Kind.JUMP: "j",
    Kind.OUTCOME: "o",
}


def is_id(name: str) -> bool:
    """Tell whether the reader takes `name` for an id."""
    return is_name(name)


def free_wizard_id(title: str, taken: Collection[str]) -> str:
    """Return an id made from a title: "Drucker: leere Seiten" gives drucker-leere-seiten."""
    return _free(_slug(title, "-") or "checkliste", taken, "-")


def free_step_id(wizard: Wizard, kind: Kind, words: str = "") -> str:
    """Return an id for a new step, with the letter of its kind in front as in the shipped files."""
    slug = _slug(words, "_")
    first = _USUAL[kind]
    return _free(f"{first}_{slug}", wizard.steps, "_") if slug else _numbered(f"{first}_", wizard.steps)


def free_item_id(wizard: Wizard, words: str = "") -> str:
    """Return an id for a new item of a list."""
    slug = _slug(words, "_")
    return _free(slug, wizard.items, "_") if slug else _numbered("item_", wizard.items)


def free_field_id(wizard: Wizard, words: str = "") -> str:
    """Return an id for a new field that is asked at the end."""
    slug = _slug(words, "_")
    return _free(slug, wizard.fields, "_") if slug else _numbered("field_", wizard.fields)


def free_answer_id(answers: tuple[Answer, ...], words: str = "") -> str:
    """Return an id for a new answer."""
    taken = [one.id for one in answers]
    slug = _slug(words, "_")
    return _free(slug, taken, "_") if slug else _numbered("a", taken)


def _slug(words: str, between: str) -> str:
    parts = [one for one in folded_words(words) if one.isascii()]
    slug = between.join(parts).lstrip("0123456789-_")[: LONGEST_ID - 10]
    return slug.rstrip(between)


def _free(wanted: str, taken: Collection[str], between: str) -> str:
    return wanted if wanted not in taken else _numbered(f"{wanted}{between}", taken, first=2)


def _numbered(start: str, taken: Collection[str], *, first: int = 1) -> str:
    return next(name for number in range(first, len(taken) + first + 1) if (name := f"{start}{number}") not in taken)
