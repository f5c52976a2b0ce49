"""Editing a checklist as its author does: type, add, lead on, undo, publish, and nothing is lost in between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.wizard.definition import Kind, Outcome, Question
from desktop.domain.wizard.editing_cases import remove_case
from desktop.domain.wizard.editing_texts import Owner, TextPlace, with_text
from desktop.domain.wizard.reader import read_wizard
from desktop.domain.wizard.writer import write_wizard
from desktop.services.own_wizards import Publish, SaveDraft, open_wizard, publish, save_draft
from desktop.services.wizard_library import read_library
from desktop.services.work import Work
from desktop.ui.desk.editor.new_dialog import NewChecklistDialog
from desktop.ui.desk.editor.page import EditorPage
from desktop.ui.desk.editor.place import WizardPlace
from desktop.ui.desk.editor.publish_dialog import PublishDialog
from desktop.ui.desk.editor.session import HEAD
from desktop.ui.desk.editor.ways_form import WaysForm
from desktop.ui.desk.wizards.cases_panel import CasesPanel
from desktop.ui.desk.wizards.graph_view import GraphView
from desktop.ui.desk.wizards.trial_run import TrialDialog
from desktop.ui.desk.wizards.versions_dialog import VersionsDialog

Edit = Callable[[str], EditorPage]


def field(page: QWidget, name: str) -> QLineEdit | QPlainTextEdit:
    found = [one for kind in (QLineEdit, QPlainTextEdit) for one in page.findChildren(kind)]
    return next(one for one in found if one.accessibleName() == name and not one.isHidden())


def button(root: QWidget, name: str) -> QAbstractButton:
    return next(one for one in root.findChildren(QAbstractButton) if one.accessibleName() == name)


def said(root: QWidget) -> str:
    return " | ".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


def test_typing_becomes_a_draft_and_the_shipped_one_holds(edit: Edit, work: Work, qtbot: QtBot) -> None:
    page = edit("disk-full")
    title = field(page, "Titel, Deutsch")
    assert isinstance(title, QLineEdit)
    title.setText("Platte voll bei uns")
    qtbot.waitUntil(lambda: page.is_saved and open_wizard(work, "disk-full").draft is not None)
    draft = open_wizard(work, "disk-full").draft
    assert draft is not None
    assert read_wizard(draft).title.de == "Platte voll bei uns"
    assert read_library(work).wizards["disk-full"].title.de == "Kein Speicherplatz mehr"
    assert "Entwurf" in said(page.side)


def test_a_missing_language_is_marked_and_keeps_from_publishing(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    english = field(page, "Text, Englisch")
    assert isinstance(english, QPlainTextEdit)
    english.setPlainText("")
    assert english.accessibleDescription() == "fehlt"
    qtbot.waitUntil(lambda: not page.publish.isEnabled())
    assert any(one.step == "i_bin" for one in page.session.problems)
    page.session.undo()
    qtbot.waitUntil(lambda: not page.session.problems_of("i_bin"))


def test_letters_are_undone_together(edit: Edit) -> None:
    page = edit("disk-full")
    before = page.session.draft
    title = field(page, "Titel, Deutsch")
    assert isinstance(title, QLineEdit)
    title.end(False)
    QTest.keyClicks(title, "abc")
    assert page.session.draft.title.de.endswith("abc")
    assert page.undo.toolTip() == "Zurücknehmen: Text geändert (Ctrl+Z)"
    page.undo.click()
    assert page.session.draft == before
    page.redo.click()
    assert page.session.draft.title.de.endswith("abc")


def test_a_step_is_added_led_to_and_removed(edit: Edit) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    page.side._on_add(Kind.QUESTION)
    new = page.session.step
    draft = page.session.draft
    assert isinstance(draft.steps[new], Question)
    names = list(draft.steps)
    assert names.index(new) == names.index("i_bin") + 1
    assert new in draft.steps["i_bin"].go.values()
    page.side.steps.setFocus()
    QTest.keyClick(page.side.steps, Qt.Key.Key_Delete)
    assert new not in page.session.draft.steps
    assert all(new not in one.go.values() for one in page.session.draft.steps.values())


def test_steps_are_moved_by_keyboard(edit: Edit) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    before = page.session.names.index("i_bin")
    page.side.steps.setFocus()
    QTest.keyClick(page.side.steps, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.session.names.index("i_bin") == before + 1
    assert page.session.step == "i_bin"
    assert page.side.steps.currentRow() == before + 2  # the head stands above


def test_no_target_leads_back(edit: Edit) -> None:
    page = edit("disk-full")
    page.session.pick("i_temporary")
    ways = page.findChildren(WaysForm)[-1]
    offered = [
        action.text() for one in ways.findChildren(QAbstractButton) if one.menu() for action in one.menu().actions()
    ]  # type: ignore[attr-defined]
    assert any("Dateien nur in der Cloud behalten" in one for one in offered)
    assert not any("Den Papierkorb leeren" in one for one in offered)


def test_the_kind_of_a_step_can_change_and_keeps_its_words(edit: Edit) -> None:
    page = edit("disk-full")
    page.session.pick("i_downloads")
    text = page.session.draft.steps["i_downloads"].text
    button(page, "Ende").click()
    step = page.session.draft.steps["i_downloads"]
    assert isinstance(step, Outcome)
    assert step.text == text


def test_faults_lead_to_their_step(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("q_result")
    page.session.change(lambda draft: draft.__class__(**{**_parts(draft), "start": "nowhere"}), "start", rebuilds=True)
    qtbot.waitUntil(lambda: any(one.rule.value == "start" for one in page.session.problems))
    shown = [one for one in page.side.findChildren(QAbstractButton) if one.text().strip() == "Zeigen"]
    shown[0].click()
    assert page.session.step == HEAD


def _parts(wizard: object) -> dict[str, object]:
    return {name: getattr(wizard, name) for name in wizard.__slots__}  # type: ignore[attr-defined]


def test_publishing_asks_what_is_different_and_puts_it_in_force(edit: Edit, work: Work, qtbot: QtBot) -> None:
    page = edit("disk-full")
    title = field(page, "Titel, Deutsch")
    assert isinstance(title, QLineEdit)
    title.setText("Platte voll bei uns")
    page.publish.click()
    dialog = page.findChild(PublishDialog)
    assert dialog is not None
    assert "auf allen PCs" in said(dialog)
    dialog._note.edit.setText("anderer Titel")
    dialog.publish.click()
    qtbot.waitUntil(lambda: read_library(work).wizards["disk-full"].title.de == "Platte voll bei uns")
    (version,) = open_wizard(work, "disk-full").versions
    assert (version.number, version.note) == (1, "anderer Titel")
    qtbot.waitUntil(lambda: "Fassung 1" in said(page.side))


def test_what_somebody_else_changed_is_not_written_over(edit: Edit, work: Work, qtbot: QtBot) -> None:
    page = edit("disk-full")
    file = open_wizard(work, "disk-full")
    other = file.content.replace(b"Kein Speicherplatz mehr", b"Von woanders")
    save_draft(work, SaveDraft("disk-full", other, file.hash))
    title = field(page, "Titel, Deutsch")
    assert isinstance(title, QLineEdit)
    title.setText("Von hier")
    qtbot.waitUntil(page._fault.isVisible)
    kept = open_wizard(work, "disk-full").draft
    assert kept is not None
    assert read_wizard(kept).title.de == "Von woanders"
    assert title.text() == "Von hier"
    page.side.back.click()
    assert page.isVisible()  # whoever goes now would lose what they wrote
    button(page, "Meine Fassung behalten").click()
    qtbot.waitUntil(lambda: page.is_saved)
    kept = open_wizard(work, "disk-full").draft
    assert kept is not None
    assert read_wizard(kept).title.de == "Von hier"
    assert not page._fault.isVisible()


def test_a_new_checklist_and_a_copy_begin_as_drafts(place: WizardPlace, work: Work, qtbot: QtBot) -> None:
    dialog = NewChecklistDialog(place.library._context, {"disk-full"}, None, place.library)
    made: list[str] = []
    dialog.made.connect(made.append)
    dialog.create_button.click()
    assert dialog.title_field.error
    dialog.title_field.edit.setText("Kaffeemaschine tropft")
    dialog.create_button.click()
    qtbot.waitUntil(lambda: made == ["kaffeemaschine-tropft"])
    assert open_wizard(work, "kaffeemaschine-tropft").draft is not None
    row = next(one for one in place.library._rows if one.id == "disk-full")
    copy = NewChecklistDialog(place.library._context, {"disk-full"}, row, place.library)
    copy.made.connect(made.append)
    copy.create_button.click()
    qtbot.waitUntil(lambda: len(made) == 2)
    draft = open_wizard(work, made[1]).draft
    assert draft is not None
    assert len(read_wizard(draft).steps) > 5


def test_the_preview_follows_and_can_only_be_looked_at(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.session.pick("i_bin")
    assert "Den Papierkorb leeren" in said(page.preview)
    title = field(page, "Überschrift, Deutsch")
    assert isinstance(title, QLineEdit)
    title.setText("Papierkorb ausleeren")
    qtbot.waitUntil(lambda: "Papierkorb ausleeren" in said(page.preview))
    page.session.pick("i_folders")
    assert "nur die Fachleute" in said(page.preview)
    page.preview.audience.button("technician").click()
    assert "nur die Fachleute" not in said(page.preview)


def test_picture_and_list_pick_the_same_step(edit: Edit) -> None:
    page = edit("disk-full")
    page.views.button("graph").click()
    graph = page.findChild(GraphView)
    assert graph is not None
    graph.chosen.emit("i_cloud")
    assert page.session.step == "i_cloud"
    graph.opened.emit("i_bin")
    assert (page.session.step, page.views.value) == ("i_bin", "form")


def test_scenarios_stand_beside_the_form_and_change_the_draft(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.views.button("cases").click()
    panel = page.findChild(CasesPanel)
    assert panel is not None
    assert (len(panel.results), panel.failed) == (len(page.session.draft.cases), 0)
    page.session.change(lambda draft: remove_case(draft, 0), "cases")
    qtbot.waitUntil(lambda: len(panel.results) == len(page.session.draft.cases))
    assert page.undo.toolTip() == "Zurücknehmen: Fälle geändert (Ctrl+Z)"


def test_a_trial_run_can_become_a_scenario(edit: Edit, qtbot: QtBot) -> None:
    page = edit("disk-full")
    page.trial.click()
    qtbot.waitUntil(lambda: page.findChild(TrialDialog) is not None)
    dialog = page.findChild(TrialDialog)
    assert dialog is not None
    before = len(page.session.draft.cases)
    dialog.kept.emit(page.session.draft.cases[0])
    assert len(page.session.draft.cases) == before + 1
    dialog.close()


def test_versions_can_be_compared_and_come_back_as_a_draft(edit: Edit, work: Work, qtbot: QtBot) -> None:
    file = open_wizard(work, "disk-full")
    for title in ("Eins", "Zwei"):
        content = read_library(work).wizards["disk-full"]
        renamed = with_text(content, TextPlace(Owner.HEAD), "de", title)
        file = save_draft(work, SaveDraft("disk-full", write_wizard(renamed), file.hash)).result
        file = publish(work, Publish("disk-full", title)).result
    page = edit("disk-full")
    page.open_versions()
    dialog = page.findChild(VersionsDialog)
    assert dialog is not None
    dialog.restore_wanted.emit(1)
    dialog.close()

    def is_back() -> bool:
        draft = open_wizard(work, "disk-full").draft
        return draft is not None and read_wizard(draft).title.de == "Eins"

    qtbot.waitUntil(is_back)


def test_leaving_keeps_the_last_letters(edit: Edit, place: WizardPlace, work: Work, qtbot: QtBot) -> None:
    page = edit("disk-full")
    title = field(page, "Titel, Deutsch")
    assert isinstance(title, QLineEdit)
    title.setText("Kurz vor dem Gehen")
    page.side.back.click()
    assert place.currentWidget() is place.library

    def is_kept() -> bool:
        draft = open_wizard(work, "disk-full").draft
        return draft is not None and read_wizard(draft).title.de == "Kurz vor dem Gehen"

    qtbot.waitUntil(is_kept)
