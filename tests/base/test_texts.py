"""Codes become sentences in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop.base.errors import AppError
from desktop.base.messages import Message
from desktop.base.texts import load_texts, system_language


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, one, many in (
        ("de", "{count} Ticket", "{count} Tickets"),
        ("en", "{count} ticket", "{count} tickets"),
    ):
        for area, code in (("a", "a.things"), ("b", "b.things")):
            catalogue = Catalog(locale=language)
            catalogue.add((code, code), (one, many))
            catalogue.add(f"{area}.hello", "Hallo {name}" if language == "de" else "Hello {name}")
            target = tmp_path / language / "LC_MESSAGES" / f"{area}.mo"
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as stream:
                write_mo(stream, catalogue)
    return tmp_path


def test_a_code_of_any_area_is_rendered(folder: Path) -> None:
    german, english = load_texts("de", folder=folder), load_texts("en", folder=folder)
    for code in ("a.hello", "b.hello"):
        assert german.text(code, name="Anna {x}") == "Hallo Anna {x}"
        assert english.render(Message(code, {"name": "Anna"})) == "Hello Anna"


def test_plurals_follow_the_number(folder: Path) -> None:
    texts = load_texts("de", folder=folder)
    assert [texts.plural("a.things", count) for count in (0, 1, 2)] == ["0 Tickets", "1 Ticket", "2 Tickets"]
    assert texts.render(Message("b.things", count=1)) == "1 Ticket"


def test_an_error_speaks_three_sentences() -> None:
    text = load_texts("de").error(AppError("settings.unreadable", parameters={"path": "x.json"}))
    assert "x.json" in text.what
    assert text.data
    assert text.do


@pytest.mark.parametrize(
    ("environment", "language"),
    [({"LANG": "de_DE.UTF-8"}, "de"), ({"LANG": "en_GB.UTF-8"}, "en"), ({"LANG": "C"}, "de"), ({}, "de"),
     ({"LANG": "de_DE", "ERSTHELFER_LANGUAGE": "en"}, "en"), ({"LC_ALL": "English_United Kingdom.1252"}, "en")],
)  # fmt: skip
def test_the_systems_language_is_used_where_it_is_one_of_ours(environment: dict[str, str], language: str) -> None:
    assert system_language(environment) == language
