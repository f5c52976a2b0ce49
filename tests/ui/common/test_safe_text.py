"""Foreign text stays text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

from desktop.ui.common.labels import plain_label, reading_label
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line, plain, safe_html


def test_markup_is_shown_letter_by_letter() -> None:
    assert "&lt;img src=\\\\server\\x&gt;" in safe_html("<img src=\\\\server\\x>")


def test_a_word_of_two_million_letters_is_cut_and_can_break(look: Look) -> None:
    shown = safe_html("x" * 2_000_000)
    assert len(shown) < 250_000
    assert max(len(one) for one in re.split("[\u200b<>]", shown)) <= 60


def test_marks_that_turn_the_direction_are_dropped() -> None:
    assert plain("gnp.\u202etxe\u2066x\u200f") == "gnp.txex"
    assert one_line("a\n\tb\x00c") == "a bc"


@given(st.text(max_size=400))
def test_every_text_survives_as_plain_text(text: str) -> None:
    document = QTextDocument()
    document.setHtml(safe_html(text))
    seen = document.toPlainText().replace("\u200b", "").replace("\u2028", "\n")
    assert seen.split() == plain(text).replace("\u200b", "").replace("\u2028", "\n").split()


def test_labels_never_guess_markup(look: Look) -> None:
    label = plain_label(look, "<b>fett</b>")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>fett</b>"
    assert "&lt;b&gt;" in reading_label(look, "<b>").text()
