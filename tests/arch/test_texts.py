"""German and English say the same things: same codes, same placeholders, nothing empty, missing or left unsaid."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from desktop.domain.history import FAMILIES

ROOT = Path(__file__).resolve().parents[2]
I18N = ROOT / "desktop" / "resources" / "i18n"
AREAS = sorted(path.stem for path in (I18N / "de" / "LC_MESSAGES").glob("*.po"))
RENDERING = {"text", "plural", "Message", "t"}


def entries(language: str, area: str) -> dict[str, Message]:
    with (I18N / language / "LC_MESSAGES" / f"{area}.po").open("rb") as stream:
        return {_id(one): one for one in read_po(stream) if one.id}


def _id(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_have_the_same_codes(area: str) -> None:
    assert entries("de", area).keys() == entries("en", area).keys()


@pytest.mark.parametrize("area", AREAS)
def test_no_text_is_empty_or_has_other_placeholders(area: str) -> None:
    english = entries("en", area)
    for code, german in entries("de", area).items():
        wanted = set().union(*map(placeholders, forms(german)))
        assert len(forms(german)) == len(forms(english[code])), code
        for text in (*forms(german), *forms(english[code])):
            assert text.strip(), code
        assert set().union(*map(placeholders, forms(english[code]))) == wanted, code


@pytest.mark.parametrize("area", AREAS)
def test_german_texts_are_calm(area: str) -> None:
    for code, message in entries("de", area).items():
        for text in forms(message):
            assert "!" not in text, code
            assert "leider" not in text.lower(), code


def test_no_code_stands_in_two_areas() -> None:
    seen: dict[str, str] = {}
    for area in AREAS:
        for code in entries("de", area):
            assert seen.setdefault(code, area) == area, f"{code} in {seen[code]} and {area}"


def literal_codes(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        first = node.args[0]
        if (
            name in RENDERING
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
            and "." in first.value
        ):
            yield first.value, node.lineno


def error_codes(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AppError" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, node.lineno


def test_every_literal_code_has_a_text() -> None:
    known = {code for area in AREAS for code in entries("de", area)}
    missing = [
        f"{path.relative_to(ROOT)}:{line} {code}"
        for path in sorted((ROOT / "desktop").rglob("*.py"))
        for code, line in literal_codes(path)
        if code not in known
    ]
    assert not missing, missing


def test_every_error_says_what_happened_what_it_means_and_what_to_do() -> None:
    known = {code for area in AREAS for code in entries("de", area)}
    missing = [
        f"{path.relative_to(ROOT)}:{line} error.{code}.{part}"
        for path in sorted((ROOT / "desktop").rglob("*.py"))
        for code, line in error_codes(path)
        for part in ("what", "data", "do")
        if f"error.{code}.{part}" not in known
    ]
    assert not missing, missing


def said_in_code() -> tuple[set[str], set[str]]:
    """Return every literal of the code, and every f-string with a word and a dot in it as a pattern."""
    literals: set[str] = set()
    patterns: set[str] = set()
    for path in (ROOT / "desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [str(one.value) if isinstance(one, ast.Constant) else "" for one in node.values]
                if any("." in part and part.strip(".") for part in parts):
                    patterns.add("".join(re.escape(part) if part else ".+" for part in parts))
    return literals, patterns


def test_no_text_is_left_that_nobody_says() -> None:
    literals, patterns = said_in_code()
    one_pattern = re.compile("|".join(f"(?:{one})" for one in patterns))
    families = (*(f"{one}." for one in FAMILIES), "quarantine.", "intake.")  # put together from two variables

    def is_said(code: str) -> bool:
        is_error = code.startswith("error.") and code.removeprefix("error.").rpartition(".")[0] in literals
        return is_error or code in literals or code.startswith(families) or one_pattern.fullmatch(code) is not None

    left = [f"{area}: {code}" for area in AREAS for code in entries("de", area) if not is_said(code)]
    assert not left, left
