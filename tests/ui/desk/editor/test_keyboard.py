"""The keyboard in the editor: it stays where it was when the form is made anew, and goes to what was just added."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.wizard import editing
from desktop.domain.wizard.definition import Kind
from desktop.domain.wizard.editing_texts import Owner, Part, TextPlace, with_text
from desktop.ui.desk.editor.page import EditorPage
from desktop.ui.desk.editor.pick_field import PickField
from desktop.ui.desk.editor.session import HEAD
from desktop.ui.desk.editor.ways_form import WaysForm

Edit = Callable[[str], EditorPage]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def button(root: QWidget, name: str) -> QAbstractButton:
    found = [one for one in root.findChildren(QAbstractButton) if one.accessibleName().startswith(name)]
    return next(one for one in found if one.isVisible())


def settled(qtbot: QtBot, page: EditorPage) -> None:
    qtbot.waitUntil(lambda: not page._redraw.isActive())


def test_a_new_answer_is_typed_at_once(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("q_where")
    buttons = page.findChildren(WaysForm)[-1].findChildren(QAbstractButton)
    add = next(one for one in buttons if one.accessibleName() == "Antwort")
    add.setFocus()
    add.click()
    settled(qtbot, page)
    answers = page.session.draft.steps["q_where"].answers  # type: ignore[attr-defined]
    QTest.keyClicks(focused(), "Auf dem Server")
    assert focused().objectName() == f"answer {answers[-1].id}"
    assert page.session.draft.steps["q_where"].answers[-1].text.de == "Auf dem Server"  # type: ignore[attr-defined]
    assert (
        page._form_area.viewport()
        .rect()
        .contains(focused().mapTo(page._form_area.viewport(), focused().rect().center()))
    )


def test_after_an_answer_went_the_next_one_can_go(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("q_where")
    first = button(page, "Antwort entfernen")
    gone = first.accessibleName()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    settled(qtbot, page)  # after which the button may be gone as well
    assert focused().accessibleName().startswith("Antwort entfernen")
    assert focused().accessibleName() != gone


def test_the_kinds_keep_the_keyboard(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    kind = button(page._form_area, "Frage")
    kind.setFocus()
    QTest.keyClick(kind, Qt.Key.Key_Space)
    settled(qtbot, page)
    assert (focused().accessibleName(), focused() is kind) == ("Frage", False)


def test_what_is_picked_by_tab_does_not_swallow_the_keyboard(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    opens = next(one for one in page.findChildren(PickField) if one.edit.accessibleName() == "Danach prüfen")
    opens.edit.setFocus()
    opens.edit.setText("disk.full")
    QTest.keyClick(opens.edit, Qt.Key.Key_Tab)
    settled(qtbot, page)
    assert page.session.draft.steps["i_bin"].verify == "disk.full"  # type: ignore[attr-defined]
    assert page._form_area.isAncestorOf(focused())
    assert focused().accessibleName() not in ("", "Danach prüfen")


def test_the_caret_stays_when_the_form_is_made_anew(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    title = next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == "Überschrift, Englisch")
    title.setFocus()
    title.setCursorPosition(4)
    page.session.rebuilt.emit()
    settled(qtbot, page)
    now = focused()
    assert isinstance(now, QLineEdit)
    assert (now.accessibleName(), now.cursorPosition(), now is title) == ("Überschrift, Englisch", 4, False)


def test_a_new_step_is_written_at_once(edit: Edit) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    page.side._on_add(Kind.QUESTION)
    QTest.keyClicks(focused(), "Neu")
    assert page.session.draft.steps[page.session.step].title.de == "Neu"


def test_undo_shows_what_it_takes_back(edit: Edit) -> None:
    page = edit("disk-full")
    place = TextPlace(Owner.STEP, "i_bin", Part.TITLE)
    page.session.change(lambda draft: with_text(draft, place, "de", "Anders"), "text")
    page.session.pick("i_cloud")
    page.session.undo()
    assert page.session.step == "i_bin"
    page.session.change(lambda draft: editing.remove_step(draft, "i_bin"), "step_removed", rebuilds=True)
    assert page.session.step == HEAD
    page.session.undo()
    assert page.session.step == "i_bin"


def test_the_undo_key_takes_letters_first_and_changes_then(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    before = page.session.draft
    page.session.change(lambda draft: editing.set_target(draft, "i_bin", "cannot", "i_cloud"), "target", rebuilds=True)
    settled(qtbot, page)
    text = next(
        one for one in page.findChildren(QPlainTextEdit) if one.isVisible() and one.accessibleName() == "Text, Deutsch"
    )
    text.setFocus()
    QTest.keyClicks(text, "x")
    QTest.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, page)
    assert page.session.draft.steps["i_bin"].text == before.steps["i_bin"].text
    for _ in range(4):  # what the letters left, then the way
        QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settled(qtbot, page)
    assert page.session.draft.steps["i_bin"] == before.steps["i_bin"]
    assert focused().accessibleName() == "Text, Deutsch"


def test_the_place_on_the_page_stays(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.resize(1240, 420)
    page.session.pick("q_where")
    bar = page._form_area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(250)
    page.session.change(lambda draft: editing.set_target(draft, "q_where", "unsure", ""), "target", rebuilds=True)
    settled(qtbot, page)
    assert bar.value() == 250


def test_no_part_of_a_form_opens_a_window_of_its_own(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("q_where")
    page.session.pick("i_bin")
    settled(qtbot, page)
    assert QApplication.activeWindow() is page.window()  # a hint that flashes by takes the keyboard with it


def test_the_preview_makes_room_in_a_small_window(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    assert page.preview.isVisible()
    page.window().resize(780, 560)
    qtbot.waitUntil(lambda: not page.preview.isVisible())
    assert page.width() <= 780
    assert page.trial.accessibleName() == "Probelauf"
