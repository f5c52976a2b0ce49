"""A checklist from the first thought to the ticket, in the whole window: new, written, tried, published, offered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.commands import CreateTicket
from desktop.services.tickets import create_ticket
from desktop.services.wizard_library import read_library
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.editor.new_dialog import NewChecklistDialog
from desktop.ui.desk.editor.page import EditorPage
from desktop.ui.desk.editor.place import WizardPlace
from desktop.ui.desk.editor.publish_dialog import PublishDialog
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.wizards.chooser import Chooser
from desktop.ui.desk.wizards.page import ChecklistPage
from desktop.ui.desk.wizards.trial_run import TrialDialog
from desktop.ui.wizard.choice_card import ChoiceCard
from tests.ui.desk.conftest import TypeIn, make_window

TITLE = "Kaffeemaschine tropft"
_WORDS = {
    "i_1": ("Wassertank neu einsetzen", "Put the water tank back in"),
    "q_works": ("Tropft sie noch immer nicht?", "Is it dry now?"),
    "o_ok": ("Die Maschine ist dicht", "The machine is tight"),
    "o_help": ("Die Haustechnik übernimmt", "Facilities take over"),
}


def field(root: QWidget, name: str) -> QLineEdit | QPlainTextEdit:
    found = [*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit)]
    return next(one for one in found if one.isVisible() and one.accessibleName() == name)


def press(qtbot: QtBot, root: QWidget, name: str) -> None:
    """Press a button by the keyboard."""
    found = (one for one in root.findChildren(QAbstractButton) if one.accessibleName() == name)
    button = next(one for one in found if one.isVisible() and one.isEnabled())
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def dialog_of(qtbot: QtBot, root: QWidget, kind: type[QWidget]) -> QWidget:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in root.findChildren(kind)))
    return next(one for one in root.findChildren(kind) if one.isVisible())


@pytest.fixture
def window(qtbot: QtBot, company_context: DeskContext, work: Work) -> DeskWindow:
    made = make_window(qtbot, company_context, lambda: read_library(work).wizards)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def begin(qtbot: QtBot, window: DeskWindow, type_in: TypeIn) -> EditorPage:
    window.navigation.setFocus()
    while window.navigation.place != "wizards":
        qtbot.keyClick(window.navigation, Qt.Key.Key_Down)
    place = dialog_of(qtbot, window, WizardPlace)
    assert isinstance(place, WizardPlace)
    qtbot.waitUntil(lambda: place.library.table.found.rowCount() > 20)
    press(qtbot, place, "Neue Checkliste")
    dialog = dialog_of(qtbot, window, NewChecklistDialog)
    type_in(field(dialog, "Titel"), TITLE)
    qtbot.keyClick(field(dialog, "Titel"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(place.currentWidget(), EditorPage))
    page = place.currentWidget()
    assert isinstance(page, EditorPage)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return page


def write(qtbot: QtBot, page: EditorPage, type_in: TypeIn) -> None:
    """Write every step in both languages; the arrows go from step to step and Tab from field to field."""
    type_in(field(page, "Titel, Englisch"), "Coffee machine drips")
    for german, english in _WORDS.values():
        page.side.steps.setFocus()
        qtbot.keyClick(page.side.steps, Qt.Key.Key_Down)
        text = field(page, "Text, Deutsch")
        text.setFocus()
        type_in(text, german)
        qtbot.keyClick(text, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.accessibleName() == "Text, Englisch"
        type_in(focused, english)
    qtbot.waitUntil(page.publish.isEnabled)


def test_from_the_first_thought_to_the_ticket(qtbot: QtBot, window: DeskWindow, work: Work, type_in: TypeIn) -> None:
    ticket = create_ticket(work, CreateTicket("Pfütze in der Küche", "Die Kaffeemaschine tropft.")).result
    page = begin(qtbot, window, type_in)
    write(qtbot, page, type_in)
    press(qtbot, page, "Probelauf")
    trial = dialog_of(qtbot, window, TrialDialog)
    assert isinstance(trial, TrialDialog)
    for _ in range(2):  # it is done, and yes, it helped
        card = next(one for one in trial.findChildren(ChoiceCard) if one.isVisible())
        card.click()
        qtbot.waitUntil(lambda gone=card: not gone.isVisible())
    press(qtbot, trial, "Als Fall behalten")
    assert len(page.session.draft.cases) == 1
    trial.close()
    qtbot.waitUntil(lambda: page.publish.isEnabled() and page.is_saved)
    window.activateWindow()
    press(qtbot, page, "Veröffentlichen")
    dialog = dialog_of(qtbot, window, PublishDialog)
    assert isinstance(dialog, PublishDialog)
    type_in(field(dialog, "Was ist anders?"), "Neu")
    qtbot.keyClick(field(dialog, "Was ist anders?"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.wizard_id in read_library(work).wizards)
    made = read_library(work).wizards[page.wizard_id]
    assert [one.text.en for one in made.steps.values()] == [english for _, english in _WORDS.values()]
    window.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.id == ticket.id)
    window.run("ticket.checklist")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Chooser))
    chooser = QApplication.activePopupWidget()
    assert isinstance(chooser, Chooser)
    type_in(chooser.field, "Kaffee")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.findChildren(ChecklistPage)))
    assert window.findChildren(ChecklistPage)[0].session.state.wizard == page.wizard_id
