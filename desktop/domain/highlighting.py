"""Marks found words in a text between U+0001 and U+0002, so that no markup is needed and none can be injected."""

from __future__ import annotations

import re
from itertools import chain

from desktop.domain.folding import folded, second_forms

START, END = "\x01", "\x02"
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"[\s\x00-\x1f]+")
_BEFORE = 60  # characters of context before the first hit
_LENGTH = 180
_SCANNED = 20_000  # characters looked at; more would freeze on a hostile text


def highlighted(text: str, terms: list[str]) -> str:
    """Return a piece of `text` around the first hit with all words marked that contain one of the folded terms."""
    flat = _SPACE.sub(" ", text[:_SCANNED]).strip()
    words = _WORD.finditer(flat, _near(flat, terms)) if terms else iter(())
    hits = (match.span() for match in words if _is_hit(match[0], terms))
    first = next(hits, None)
    start = _start(flat, first[0]) if first else 0
    piece, place = "…" if start else "", start
    end = min(len(flat), start + _LENGTH)
    for begin, stop in chain([first] if first else [], hits):
        if stop > end:  # nothing beyond is shown, so nothing beyond is looked at
            break
        piece += flat[place:begin] + START + flat[begin:stop] + END
        place = stop
    return piece + flat[place:end] + ("…" if end < len(flat) else "")


def _is_hit(word: str, terms: list[str]) -> bool:
    if word.isascii():  # most words; folding them would change nothing but their case
        lowered = word[:200].lower()
        return any(term in lowered for term in terms)
    forms = (folded(word[:200]), *second_forms(word[:200]))
    return any(term in form for term in terms for form in forms)


def _near(text: str, terms: list[str]) -> int:
    """Return from where to look word by word: a little before the first term written plainly, else the beginning."""
    lowered = text.lower()
    first = min((place for term in terms if (place := lowered.find(term)) >= 0), default=0)
    return text.find(" ", first - 2 * _BEFORE, first) + 1 if first > 2 * _BEFORE else 0


def _start(text: str, first: int) -> int:
    if first <= _BEFORE:
        return 0
    space = text.find(" ", first - _BEFORE, first)
    return space + 1 if space >= 0 else max(first - _BEFORE, 0)
