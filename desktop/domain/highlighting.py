"""Marks found words in a text between U+0001 and U+0002, so that no markup is needed and none can be injected."""

from __future__ import annotations

import re

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
    spans = [match.span() for match in _WORD.finditer(flat) if _is_hit(match[0], terms)]
    start = _start(flat, spans[0][0]) if spans else 0
    piece, place = "…" if start else "", start
    end = min(len(flat), start + _LENGTH)
    for begin, stop in spans:
        if begin < start or stop > end:
            continue
        piece += flat[place:begin] + START + flat[begin:stop] + END
        place = stop
    return piece + flat[place:end] + ("…" if end < len(flat) else "")


def _is_hit(word: str, terms: list[str]) -> bool:
    forms = (folded(word[:200]), *second_forms(word[:200]))
    return any(term in form for term in terms for form in forms)


def _start(text: str, first: int) -> int:
    if first <= _BEFORE:
        return 0
    space = text.find(" ", first - _BEFORE, first)
    return space + 1 if space >= 0 else max(first - _BEFORE, 0)
