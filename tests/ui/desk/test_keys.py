"""Every key of the main window pressed for real: panes, views, tickets, properties, and letters in the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.commands import Assign, CreateTicket
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import StateType
from desktop.domain.views import VIEWS
from desktop.services import tickets
from desktop.services.lists import open_ticket
from desktop.services.work import Work
from desktop.ui.common.qt_texts import speak_qt
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.keys_dialog import KeysDialog
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.menus import keys_text, search_keys
from desktop.ui.desk.partner_dialog import PartnerDialog
from desktop.ui.desk.wizards.chooser import Chooser
from tests.ui.desk.conftest import make_window


@pytest.mark.parametrize(("language", "keys"), [("de", "Strg+K"), ("en", "Ctrl+K")])
def test_the_search_field_names_its_keys_as_the_system_writes_them(
    qapp: QApplication, language: str, keys: str
) -> None:
    speak_qt(qapp, language)
    try:
        assert search_keys() == keys_text("Ctrl+K") == keys
    finally:
        for one in qapp.findChildren(QTranslator):
            qapp.removeTranslator(one)
            one.deleteLater()


@pytest.fixture
def rows(work: Work) -> list[TicketRow]:
    """Return three tickets of mine."""
    made = [tickets.create_ticket(work, CreateTicket(f"Nummer {one}", "Es geht nicht.")).result for one in range(3)]
    for one in made:
        tickets.assign(work, Assign(one.id, work.actor.id))
    return made


@pytest.fixture
def window(qtbot: QtBot, context: DeskContext, rows: list[TicketRow]) -> DeskWindow:
    """Return the window with my tickets, the first one open, the keyboard in the list."""
    shown = make_window(qtbot, context)
    shown.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
    press(qtbot, shown, "Ctrl+2")
    qtbot.waitUntil(lambda: len(shown.area.rows()) == len(rows))
    shown.area.list.view.setFocus()
    shown.area.list.choose(shown.area.rows()[0].id)
    qtbot.waitUntil(lambda: shown.area.page is not None and shown.area.page.row.id == shown.area.rows()[0].id)
    return shown


def press(qtbot: QtBot, window: DeskWindow, keys: str) -> None:
    """Press a key combination where the keyboard is."""
    combination = QKeySequence(keys)[0]
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())


def focus(window: DeskWindow) -> QWidget | None:
    return window.focusWidget()


def test_control_and_a_digit_opens_each_view(qtbot: QtBot, window: DeskWindow) -> None:
    for place, view in enumerate(VIEWS, start=1):
        press(qtbot, window, f"Ctrl+{place}")
        assert (window.navigation.place, window.area.view) == (f"view.{view.id}", view.id)


def test_f6_goes_round_both_ways_and_takes_the_undo_bar_along(qtbot: QtBot, window: DeskWindow) -> None:
    stops: list[QWidget | None] = []
    for _ in range(7):
        press(qtbot, window, "F6")
        stops.append(focus(window))
    ticket = window.area.ticket
    for one in (
        ticket.header.status,
        ticket.timeline,
        ticket.composer.editor,
        window.toolbar.search,
        window.navigation,
    ):
        assert one in stops
    before = focus(window)
    press(qtbot, window, "F6")
    press(qtbot, window, "Shift+F6")
    assert focus(window) is before
    window.area.list.view.setFocus()
    press(qtbot, window, "Ctrl+Shift+D")
    qtbot.waitUntil(window.undo_bar.isVisible)
    window.undo_bar.button.clearFocus()
    for _ in range(9):
        press(qtbot, window, "F6")
        if focus(window) is window.undo_bar.button:
            break
    assert focus(window) is window.undo_bar.button
    press(qtbot, window, "Space")
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.state_type.is_active)


def test_alt_and_an_arrow_goes_from_ticket_to_ticket(qtbot: QtBot, window: DeskWindow) -> None:
    ids = [one.id for one in window.area.rows()]
    for keys, wanted in (("Alt+Down", ids[1]), ("Alt+Down", ids[2]), ("Alt+Up", ids[1])):
        press(qtbot, window, keys)
        qtbot.waitUntil(lambda one=wanted: window.area.page is not None and window.area.page.row.id == one)


def test_answer_note_and_send(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    composer = window.area.ticket.composer
    press(qtbot, window, "Ctrl+Shift+R")
    assert composer.is_note
    assert focus(window) is composer.editor
    qtbot.keyClicks(composer.editor, "Nur fuer uns")
    press(qtbot, window, "Ctrl+R")
    assert not composer.is_note
    qtbot.keyClicks(composer.editor, "Ich komme gleich")
    page = window.area.page
    assert page is not None
    press(qtbot, window, "Ctrl+Return")
    qtbot.waitUntil(lambda: [one.text for one in open_ticket(work, page.row.id).messages][-1] == "Ich komme gleich")
    press(qtbot, window, "Ctrl+Shift+R")
    assert composer.editor.toPlainText() == "Nur fuer uns"


@pytest.mark.parametrize("keys", ["Ctrl+Shift+A", "Ctrl+Shift+S", "Ctrl+Shift+P", "Ctrl+Shift+C", "Ctrl+L"])
def test_each_property_opens_its_menu(qtbot: QtBot, window: DeskWindow, keys: str) -> None:
    shown: list[int] = []  # how much each menu offered: the menu itself may be gone when it has closed
    timer = QTimer(window, interval=20)

    def look() -> None:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu | Chooser):
            shown.append(len(popup.actions() if isinstance(popup, QMenu) else popup.offers))
            timer.stop()
            popup.close()

    timer.timeout.connect(look)
    timer.start()
    press(qtbot, window, keys)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0]


def test_the_hand_over_and_the_list_of_keys_open_and_close(qtbot: QtBot, window: DeskWindow) -> None:
    press(qtbot, window, "F1")
    qtbot.waitUntil(lambda: bool(window.findChildren(KeysDialog)))
    qtbot.keyClick(window.findChildren(KeysDialog)[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    press(qtbot, window, "Ctrl+Shift+E")
    qtbot.waitUntil(lambda: bool(window.findChildren(PartnerDialog)))  # there is nobody to hand over to yet
    qtbot.keyClick(window.findChildren(PartnerDialog)[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(PartnerDialog))


def test_f8_hides_and_shows_what_belongs_to_the_ticket(qtbot: QtBot, window: DeskWindow) -> None:
    panel = window.area.ticket.panel
    assert panel.isVisible()
    press(qtbot, window, "F8")
    assert not panel.isVisible()
    press(qtbot, window, "F8")
    assert panel.isVisible()


def test_letters_work_in_the_list_only(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    view, composer = window.area.list.view, window.area.ticket.composer
    for letter, is_note in (("N", True), ("R", False)):
        view.setFocus()
        press(qtbot, window, letter)
        assert composer.is_note is is_note
        assert focus(window) is composer.editor
    press(qtbot, window, "N")
    assert composer.editor.toPlainText().lower() == "n"
    view.setFocus()
    press(qtbot, window, "E")
    page = window.area.page
    assert page is not None
    qtbot.waitUntil(lambda: open_ticket(work, page.row.id).row.state_type is StateType.SOLVED)


def test_escape_keeps_what_is_written(qtbot: QtBot, window: DeskWindow) -> None:
    press(qtbot, window, "Ctrl+R")
    editor = window.area.ticket.composer.editor
    qtbot.keyClicks(editor, "Noch nicht fertig")
    press(qtbot, window, "Escape")
    assert editor.toPlainText() == "Noch nicht fertig"
    assert window.isVisible()


def test_taking_back_works_while_the_keyboard_is_in_the_composer(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    """A text field takes the key for its own redo; it only may while there is something to redo in it."""
    page, editor = window.area.page, window.area.ticket.composer.editor
    assert page is not None
    press(qtbot, window, "Ctrl+R")
    press(qtbot, window, "Ctrl+Shift+D")
    qtbot.waitUntil(lambda: open_ticket(work, page.row.id).row.state_type is StateType.SOLVED)
    qtbot.waitUntil(window.undo_bar.isVisible)
    qtbot.keyClicks(editor, "Doch nicht")
    editor.undo()
    press(qtbot, window, "Ctrl+Shift+Z")
    assert editor.toPlainText() == "Doch nicht"
    press(qtbot, window, "Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: open_ticket(work, page.row.id).row.state_type is not StateType.SOLVED)
    assert editor.toPlainText() == "Doch nicht"
