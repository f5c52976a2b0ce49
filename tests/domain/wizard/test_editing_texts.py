"""Texts by their place: one language is written without losing the other, and undo takes back what was typed."""

from __future__ import annotations

from desktop.base.messages import Message
from desktop.base.paths import resources
from desktop.domain.wizard.definition import Wizard, Wording
from desktop.domain.wizard.editing import set_target
from desktop.domain.wizard.editing_history import MOST, History
from desktop.domain.wizard.editing_texts import (
    LANGUAGES,
    Owner,
    Part,
    TextPlace,
    missing_texts,
    text_at,
    texts_of,
    with_lines,
    with_text,
    with_variant,
)
from desktop.domain.wizard.reader import read_wizard
from tests.domain.wizard.list_samples import sample_list
from tests.domain.wizard.samples import sample


def test_every_text_can_be_written_where_it_stands() -> None:
    wizard = read_wizard((resources() / "wizards" / "display-dock.toml").read_bytes())
    assert missing_texts(wizard) == ()
    for place, wording in texts_of(wizard).items():
        for language in LANGUAGES:
            changed = with_text(wizard, place, language, "Neu")
            assert text_at(changed, place).say(language) == "Neu"
            other = "de" if language == "en" else "en"
            assert text_at(changed, place).say(other) == wording.say(other)
            assert {one for one, text in texts_of(changed).items() if texts_of(wizard).get(one) != text} == {place}


def test_what_is_missing_is_named_by_language() -> None:
    wizard = with_text(sample(), TextPlace(Owner.STEP, "i_fix", Part.TITLE), "de", "Ausschalten")
    wizard = with_text(wizard, TextPlace(Owner.STEP, "q_what", Part.ANSWER, "red"), "en", " ")
    found = {(one.place.id, one.place.part, one.language) for one in missing_texts(wizard)}
    assert found == {("i_fix", Part.TITLE, "en"), ("q_what", Part.ANSWER, "en")}


def test_items_of_a_list_have_texts_too() -> None:
    wizard = with_text(sample_list(), TextPlace(Owner.ITEM, "backup", Part.SECTION), "en", "")
    assert [(one.place.part, one.language) for one in missing_texts(wizard)] == [(Part.SECTION, "en")]


def lines(wizard: Wizard) -> list[tuple[str, str]]:
    return [(one.de, one.en) for one in wizard.steps["i_fix"].lines]


def written(wizard: Wizard, language: str, text: str) -> Wizard:
    return with_lines(wizard, Owner.STEP, "i_fix", language, text)


def test_lines_keep_their_translation() -> None:
    wizard = written(written(sample(), "de", "eins\nzwei\ndrei"), "en", "one\ntwo\nthree")
    assert lines(wizard) == [("eins", "one"), ("zwei", "two"), ("drei", "three")]
    assert lines(written(wizard, "de", "eins\nneu\nzwei\ndrei"))[:3] == [("eins", "one"), ("neu", ""), ("zwei", "two")]
    assert lines(written(wizard, "de", "eins\ndrei")) == [("eins", "one"), ("drei", "three")]
    assert lines(written(wizard, "de", "eins\nzwo\ndrei\n")) == [("eins", "one"), ("zwo", "two"), ("drei", "three")]


def test_lines_without_a_translation_yet_are_not_lost_while_it_is_written() -> None:
    wizard = written(sample(), "de", "eins\nzwei\ndrei")
    assert lines(written(wizard, "en", "one")) == [("eins", "one"), ("zwei", ""), ("drei", "")]
    assert lines(written(wizard, "en", "\ntwo")) == [("eins", ""), ("zwei", "two"), ("drei", "")]
    emptied = written(written(wizard, "en", "one\ntwo\nthree"), "de", "eins\n\ndrei")
    assert lines(emptied) == [("eins", "one"), ("", "two"), ("drei", "three")]


def test_names_of_exits_and_variants_come_and_go() -> None:
    place = TextPlace(Owner.STEP, "i_fix", Part.EXIT, "cannot")
    wizard = with_text(sample(), place, "de", "Ich habe keine")
    assert wizard.steps["i_fix"].say["cannot"] == Wording("Ich habe keine", "")
    assert with_text(wizard, place, "de", "") == sample()
    variant = with_variant(sample(), "i_fix", "windows", Wording())
    assert [one.place.key for one in missing_texts(variant)] == ["windows", "windows"]
    assert with_variant(variant, "i_fix", "windows", None) == sample()


def test_undo_takes_typing_back_as_one_and_says_what() -> None:
    place = TextPlace(Owner.STEP, "i_fix", Part.TITLE)
    history = History(sample())
    for typed in ("A", "Au", "Aus"):
        history = history.changed(with_text(history.draft, place, "de", typed), Message("edit.text"), merge="title")
    target = set_target(history.draft, "i_fix", "failed", "o_help")
    history = history.changed(target, Message("edit.target"))
    assert history.undo_text == Message("edit.target")
    undone = history.undo()
    assert text_at(undone.draft, place).de == "Aus"
    assert (undone.undo_text, undone.redo_text) == (Message("edit.text"), Message("edit.target"))
    assert undone.undo().draft == sample()
    assert undone.undo().redo().redo().draft == target
    assert undone.undo().undo() == undone.undo()
    assert history.redo() == history


def test_another_change_forgets_what_was_undone_and_the_oldest() -> None:
    history = History(sample())
    history = history.changed(with_text(sample(), TextPlace(Owner.HEAD), "de", "A"), Message("edit.text"), merge="t")
    history = history.undo()
    assert history.changed(sample(), Message("edit.text")) == history
    history = history.changed(with_text(sample(), TextPlace(Owner.HEAD), "de", "B"), Message("edit.text"), merge="t")
    assert history.redo_text is None
    for number in range(MOST + 5):
        draft = with_text(history.draft, TextPlace(Owner.HEAD), "de", str(number))
        history = history.changed(draft, Message("edit.text"))
    assert len(history.past) == MOST
