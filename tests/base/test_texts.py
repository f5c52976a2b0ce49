"""Codes become sentences in the reader's language."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from desktop.base.catalogues import Catalogue, Catalogues
from desktop.base.errors import AppError
from desktop.base.messages import Message
from desktop.base.paths import resources
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


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_reader_finds_what_gettext_finds(language: str) -> None:
    paths = sorted((resources() / "i18n" / language / "LC_MESSAGES").glob("*.mo"))
    assert paths
    for path in paths:
        ours = Catalogues(path.parent, (path.stem,))
        with path.open("rb") as stream:
            theirs = gettext.GNUTranslations(stream)
        with path.with_suffix(".po").open("rb") as stream:
            codes = [one.id for one in read_po(stream) if one.id]
        for code in codes:
            if isinstance(code, str):
                assert (ours.text(code), ours.plural(code, 2)) == (theirs.gettext(code), None)
                continue
            found = [ours.plural(code[0], count) for count in (0, 1, 2, 5, 21)]
            assert found == [theirs.ngettext(code[0], code[1], count) for count in (0, 1, 2, 5, 21)]


def test_a_code_that_is_in_no_area_stays_as_it_is(folder: Path) -> None:
    texts = load_texts("de", folder=folder, first=("a",))
    assert not texts.has("c.hello")
    assert texts.text("c.hello") == "c.hello"
    assert texts.plural("b.hello", 2) == "b.hello"


def test_a_file_that_is_no_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="1702132066"):
        Catalogue(b"bytes that gettext never wrote")


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
