"""What only some authors need: fields asked at the end, what goes along, ids, the age of a diagnosis, order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.wizard.definition import AnswerType, Confirm, Kind, Outcome
from desktop.domain.wizard.editing_texts import Owner, Part, TextPlace, with_text
from desktop.services.own_wizards import SaveDraft, import_wizard, open_wizard, save_draft
from desktop.services.work import Work
from desktop.ui.desk.editor.asked_form import AskedForm
from desktop.ui.desk.editor.chosen_list import ChosenList
from desktop.ui.desk.editor.number_field import NumberField
from desktop.ui.desk.editor.page import EditorPage
from desktop.ui.desk.editor.place import WizardPlace
from desktop.ui.desk.editor.session import HEAD

Edit = Callable[[str], EditorPage]


def settled(qtbot: QtBot, page: EditorPage) -> None:
    qtbot.waitUntil(lambda: not page._redraw.isActive())


def button(root: QWidget, name: str) -> QAbstractButton:
    found = (one for one in root.findChildren(QAbstractButton) if one.accessibleName().startswith(name))
    return next(one for one in found if one.isVisible())


def line(root: QWidget, name: str) -> QLineEdit:
    return next(one for one in root.findChildren(QLineEdit) if one.isVisible() and one.accessibleName() == name)


def shown(page: EditorPage) -> AskedForm:
    return next(one for one in page.findChildren(AskedForm) if one.isVisible())


def test_a_field_asked_at_the_end_is_added_worded_and_required(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    page.session.pick(HEAD)
    before = set(page.session.draft.fields)
    button(shown(page), "Angabe hinzufügen").click()
    settled(qtbot, page)
    (new,) = set(page.session.draft.fields) - before
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "Welche Inventarnummer?")
    assert page.session.draft.fields[new].text.de == "Welche Inventarnummer?"
    name = next(one for one in shown(page).findChildren(QLineEdit) if one.text() == new and one.isVisible())
    name.setFocus()
    name.setText("Inventar Nummer")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert new in page.session.draft.fields  # no id, so nothing changes
    name.setText("inventory")
    QTest.keyClick(name, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert "inventory" in page.session.draft.fields
    end = next(one for one in page.session.draft.steps.values() if isinstance(one, Outcome) and one.required)
    page.session.pick(end.id)
    button(page._form_area, "Muss mitgehen: Welche Inventarnummer?").click()
    changed = page.session.draft.steps[end.id]
    assert isinstance(changed, Outcome)
    assert "inventory" in changed.required


def test_a_choice_at_the_end_has_answers(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    page.session.pick(HEAD)
    button(shown(page), "Angabe hinzufügen").click()
    settled(qtbot, page)
    name = next(iter(reversed(page.session.draft.fields)))
    shown(page)._put(name, lambda one: one.__class__(one.id, AnswerType.CHOICE, one.text))
    settled(qtbot, page)
    adds = [one for one in shown(page).findChildren(QAbstractButton) if one.accessibleName() == "Antwort"]
    adds[-1].click()
    settled(qtbot, page)
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "Ja")
    assert [one.text.de for one in page.session.draft.fields[name].answers] == ["Ja"]
    [one for one in shown(page).findChildren(QAbstractButton) if "Antwort entfernen" in one.accessibleName()][
        -1
    ].click()
    assert page.session.draft.fields[name].answers == ()


def test_what_goes_along_with_an_end_is_chosen(edit: Edit) -> None:
    page = edit("disk-full")
    end = next(one for one in page.session.draft.steps.values() if isinstance(one, Outcome) and one.required)
    page.session.pick(end.id)
    chosen = next(one for one in page.findChildren(ChosenList) if one.isVisible())
    chosen.field.edit.setFocus()
    chosen.field.edit.setText("printers")
    QTest.keyClick(chosen.field.edit, Qt.Key.Key_Return)
    changed = page.session.draft.steps[end.id]
    assert isinstance(changed, Outcome)
    assert changed.attach[-1] == "printers"
    out = button(chosen, "Entfernen: Drucker")
    out.setFocus()
    out.click()
    changed = page.session.draft.steps[end.id]
    assert isinstance(changed, Outcome)
    assert "printers" not in changed.attach
    focused = QApplication.focusWidget()
    assert focused is not None
    assert chosen.isAncestorOf(focused)


def test_a_step_gets_another_id_and_stays_picked(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    name = line(page, "Kennung des Schritts")
    name.setFocus()
    name.setText("q_where")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert "i_bin" in page.session.draft.steps
    assert name.accessibleDescription() == "Diese Kennung gibt es schon."
    name.setText("i_paper_bin")
    QTest.keyClick(name, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert page.session.step == "i_paper_bin"
    assert "i_bin" not in page.session.draft.steps
    assert all("i_bin" not in one.go.values() for one in page.session.draft.steps.values())
    page.session.undo()
    assert page.session.step == "i_bin"


def test_an_item_says_how_old_a_diagnosis_may_be(edit: Edit, work: Work) -> None:
    page = edit("device-replacement")
    item = next(one for one in page.session.draft.items.values() if one.confirm is not None)
    page.session.pick(item.id)
    days = next(one for one in page.findChildren(NumberField) if one.isVisible())
    days.spin.setValue(9)
    confirm = page.session.draft.items[item.id].confirm
    assert isinstance(confirm, Confirm)
    assert confirm.days == 9
    days.spin.clearFocus()
    at = QPointF(5, 5)
    wheel = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(days.spin, wheel)
    assert days.spin.value() == 9


def test_items_move_by_button_and_the_ends_of_the_list_offer_nothing(edit: Edit) -> None:
    page = edit("device-replacement")
    up, down = button(page.side, "Nach oben"), button(page.side, "Nach unten")
    assert not up.isEnabled()
    assert not down.isEnabled()  # the head stays where it is
    names = page.session.names
    page.session.pick(names[1])
    up.click()
    assert page.session.names[:2] == (names[1], names[0])
    assert not up.isEnabled()
    page.session.pick(names[-1])
    assert not down.isEnabled()


def test_nothing_new_is_not_published(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    assert not page.publish.isEnabled()
    assert page.publish.toolTip() == "Alles ist schon veröffentlicht."
    line(page, "Titel, Deutsch").setText("Platte voll bei uns")
    qtbot.waitUntil(page.publish.isEnabled)
    assert not page.side.discard.isEnabled() or page.is_saved
    qtbot.waitUntil(page.side.discard.isEnabled)


def test_a_draft_is_saved_as_a_file_and_said_so(
    place: WizardPlace, work: Work, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = open_wizard(work, "disk-full")
    save_draft(
        work, SaveDraft("disk-full", file.content.replace(b"Kein Speicherplatz mehr", b"Entwurf davon"), file.hash)
    )
    library = place.library
    library.reload()
    qtbot.waitUntil(lambda: any(one.has_draft for one in library._rows))
    library.table_search("Kein Speicherplatz")
    library.search.setText("disk") if not library.table.found.rowCount() else None
    library.table.setCurrentIndex(library.table.found.index(0, 0))
    target = tmp_path / "hinaus.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    library._menu.aboutToShow.emit()
    act = next(one for one in library._menu.actions() if one.objectName() == "export_draft")
    assert act.isEnabled()
    act.trigger()
    qtbot.waitUntil(library._said.isVisible)
    assert b"Entwurf davon" in target.read_bytes()


def test_a_check_is_marked_as_answering_itself(edit: Edit) -> None:
    page = edit("disk-full")
    check = next(place for place, one in enumerate(page.session.draft.steps.values()) if one.kind is Kind.CHECK)
    item = page.side.steps.item(check + 1)
    assert "Prüfung" in str(item.data(Qt.ItemDataRole.AccessibleTextRole))


def test_an_unknown_list_of_a_probe_is_no_fault(edit: Edit, work: Work) -> None:
    content = open_wizard(work, "app-hangs").content.replace(b"app-hangs", b"app-copy")
    import_wizard(work, content, name="copy")
    page = edit("app-copy")
    step = next((one for one in page.session.draft.steps.values() if getattr(one, "source", "").count(".")), None)
    assert step is not None
    page.session.pick(step.id)
    field = line(page, "Liste aus der Diagnose")
    assert field.accessibleDescription() == ""


def test_what_is_wrong_names_steps_as_people_see_them(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    place = page.session.names.index("i_bin") + 1
    page.session.change(
        lambda draft: with_text(draft, TextPlace(Owner.STEP, "i_bin", Part.TEXT), "en", ""), "text", rebuilds=True
    )
    qtbot.waitUntil(lambda: bool(page.session.problems_of("i_bin")))

    def words() -> str:
        return " ".join(one.text() for one in page.side.findChildren(QLabel) if one.isVisible())

    qtbot.waitUntil(lambda: f"{place} Den Papierkorb leeren" in words())
    assert "i_bin" not in words()


def test_a_search_that_finds_nothing_says_so(place: WizardPlace, qtbot: QtBot) -> None:
    library = place.library
    library.search.setText("gibt es nicht")
    assert library.table.found.rowCount() == 0
    assert library._none.isVisible()
    library.search.clear()
    assert not library._none.isVisible()
