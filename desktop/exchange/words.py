"""Keys as words: 24 words on the recovery sheet, 4 words to compare on the phone.

A word is one of 64 first and one of 32 second parts, put together ("Ankerkorb", "amberbell"): 2048 words of 11 bits
from two short lists of our own (resources/words.json), every one pronounceable and at least two letters from the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import cast

from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import resources

SHEET_WORDS = 24
FINGERPRINT_WORDS = 4
_BITS = 11
_LANGUAGES = ("de", "en")
_SEPARATORS = re.compile(r"[\s,;.\d]+")


@lru_cache(maxsize=2)
def word_list(language: str) -> tuple[str, ...]:
    """Return the 2048 words of a language, German where we have no list for it."""
    found = cast("dict[str, dict[str, list[str]]]", json.loads((resources() / "words.json").read_text("utf-8")))
    parts = found[language if language in _LANGUAGES else "de"]
    return tuple((one + two).capitalize() for one in parts["first"] for two in parts["second"])


def fingerprint_words(key: bytes, language: str) -> tuple[str, str, str, str]:
    """Return four words for a public key (44 bits of its hash), to be compared by voice."""
    number = int.from_bytes(sha256(b"ersthelfer fingerprint" + key).digest()[:6], "big") >> 4
    words = word_list(language)
    one, two, three, four = (words[(number >> shift) & 2047] for shift in (33, 22, 11, 0))
    return one, two, three, four


def to_words(seed: bytes, language: str) -> tuple[str, ...]:
    """Return the 24 words of a 32-byte seed: 256 bits and 8 bits of its hash as a checksum."""
    number = int.from_bytes(seed + sha256(seed).digest()[:1], "big")
    words = word_list(language)
    return tuple(words[(number >> _BITS * place) & 2047] for place in reversed(range(SHEET_WORDS)))


def from_words(text: str | Sequence[str]) -> bytes:
    """Return the seed of a sheet, typed in either language, in any case, with numbers or commas between.

    Raises AppError `recovery.count` (not 24 words), `recovery.word` (with word and place), `recovery.checksum`.
    """
    typed = _SEPARATORS.split(text if isinstance(text, str) else " ".join(text))
    given = [one.replace("-", "").lower() for one in typed if one.strip("-")]
    if len(given) != SHEET_WORDS:
        raise _refused("count", count=len(given))
    language = max(_LANGUAGES, key=lambda one: len(_places(one).keys() & set(given)))
    places = _places(language)
    unknown = [(place, word) for place, word in enumerate(given, 1) if word not in places]
    if unknown:
        raise _refused("word", place=unknown[0][0], word=unknown[0][1][:40])
    number = 0
    for word in given:
        number = number << _BITS | places[word]
    raw = number.to_bytes(33, "big")
    if sha256(raw[:32]).digest()[:1] != raw[32:]:
        raise _refused("checksum")
    return raw[:32]


@lru_cache(maxsize=2)
def _places(language: str) -> dict[str, int]:
    return {word.lower(): place for place, word in enumerate(word_list(language))}


def _refused(reason: str, **parameters: object) -> AppError:
    return AppError(f"recovery.{reason}", kind=ErrorKind.REFUSED, parameters=parameters)
