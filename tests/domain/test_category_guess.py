from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.category_guess import guess_category
from desktop.domain.ticket import CATEGORIES


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Outlook fragt dauernd nach dem Kennwort für das Postfach", "email"),
        ("Kennwort nach Urlaub vergessen", "sign-in"),
        ("Der Etikettendrucker druckt leere Seiten", "printer"),
        ("WLAN in der Werkstatt geht nicht", "network"),
        ("Kein Zugriff auf Ordner Angebote", "files"),
        ("Zweiter Bildschirm flackert", "hardware"),
        ("Warenwirtschaft stürzt ab", "software"),
        ("Verdächtige Nachricht, vielleicht Phishing", "security"),
        ("Telefon klingelt nicht", "telephone"),
        ("The printer prints blank pages", "printer"),
        ("I forgot my password", "sign-in"),
        ("Es geht nicht", "other"),
        ("", "other"),
    ],
)
def test_what_somebody_says_becomes_a_category(text: str, category: str) -> None:
    assert guess_category(text) == category


@given(st.text())
def test_any_text_gives_one_of_the_categories(text: str) -> None:
    assert guess_category(text) in CATEGORIES
