"""Keys as words: both lists are usable, a sheet survives careless typing and no mistake passes."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.base.paths import resources
from desktop.exchange.words import fingerprint_words, from_words, to_words, word_list


def distance(one: str, two: str) -> int:
    row = list(range(len(two) + 1))
    for place, letter in enumerate(one, 1):
        fresh = [place]
        for column, other in enumerate(two, 1):
            fresh.append(min(row[column] + 1, fresh[-1] + 1, row[column - 1] + (letter != other)))
        row = fresh
    return row[-1]


@pytest.mark.parametrize("language", ["de", "en"])
def test_word_lists_are_unambiguous(language: str) -> None:
    words = [word.lower() for word in word_list(language)]
    assert len(set(words)) == 2048
    assert all(word.isascii() and word.isalpha() and len(word) <= 14 for word in words)
    parts = json.loads((resources() / "words.json").read_text())[language]
    for half in parts.values():
        assert min(distance(one, two) for one, two in itertools.combinations(half, 2)) >= 2
    assert len({one[:3] for one in parts["first"]}) == 64


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.sampled_from(["de", "en"]))
def test_any_seed_comes_back(seed: bytes, language: str) -> None:
    assert from_words(to_words(seed, language)) == seed


def test_sheet_may_be_typed_with_numbers_commas_and_any_case() -> None:
    seed = bytes(range(100, 132))
    words = to_words(seed, "de")
    numbered = "\n".join(f"{place}. {word.upper()}," for place, word in enumerate(words, 1))
    assert from_words(numbered) == seed


def test_mistakes_are_named() -> None:
    words = list(to_words(bytes(32), "de"))
    for wrong, code in (
        (words[:-1], "recovery.count"),
        ([*words[:4], "Ankerkorp", *words[5:]], "recovery.word"),
        ([words[1], "Zimtzelt", *words[2:]], "recovery.checksum"),
    ):
        with pytest.raises(AppError) as caught:
            from_words(wrong)
        assert caught.value.code == code
    with pytest.raises(AppError) as caught:
        from_words([*words[:4], "Ankerkorp", *words[5:]])
    assert caught.value.parameters == {"place": 5, "word": "ankerkorp"}


def test_most_swaps_of_two_words_are_noticed() -> None:
    words = list(to_words(bytes(range(32)), "en"))
    missed = 0
    for one, two in itertools.combinations(range(24), 2):
        swapped = words.copy()
        swapped[one], swapped[two] = swapped[two], swapped[one]
        try:
            from_words(swapped)
            missed += swapped != words
        except AppError:
            pass
    assert missed <= 6  # of 276; the checksum has 8 bits


def test_fingerprints_differ_by_key_and_not_by_call() -> None:
    assert fingerprint_words(b"a" * 32, "de") == fingerprint_words(b"a" * 32, "de")
    assert fingerprint_words(b"a" * 32, "de") != fingerprint_words(b"b" * 32, "de")
    assert len(fingerprint_words(b"a" * 32, "en")) == 4
