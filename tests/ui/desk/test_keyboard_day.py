"""A day at the Desk without a mouse, by the keys that stand in the menus; the keyboard is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.partner import AddPartner
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import Level, StateType
from desktop.services.lists import list_tickets, open_ticket
from desktop.services.partners import add_partner
from desktop.services.people import SavePerson, save_person
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.handover_dialog import HandoverDialog
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.new_ticket_dialog import NewTicketDialog
from desktop.ui.desk.phone.dialog import PhoneDialog
from desktop.ui.desk.settings.page import SettingsPage
from desktop.ui.desk.waiting_dialog import WaitingDialog
from tests.ui.desk.conftest import TypeIn, make_window
from tests.ui.desk.test_keys import press

MOUSE, PASSWORD = "Maus klemmt", "Kennwort vergessen"
Dialog = TypeVar("Dialog", bound=QDialog)


class Folders(QObject):
    """Takes the place of the system's file manager, and remembers what it was to show."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show_folder(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


@pytest.fixture
def folders() -> Iterator[Folders]:
    """Return the folders that were shown to the user."""
    made = Folders()
    QDesktopServices.setUrlHandler("file", made, "show_folder")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def here(window: DeskWindow) -> QWidget:
    """Return what has the keyboard; it is always something."""
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused is not window
    return focused


def back(qtbot: QtBot, window: DeskWindow) -> None:
    """Be in the main window, which no system without a screen makes active by itself once a dialog has closed."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def wait_for_dialog(qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    """Return the dialog of this kind as soon as it has the keyboard: a key sent before goes to the window behind."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind) and QApplication.focusWidget() is not None)
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, kind)
    return dialog


def tab_to(qtbot: QtBot, window: DeskWindow, wanted: QWidget) -> None:
    """Go to a widget with the tabulator; it has to be on the way round."""
    for _ in range(60):
        if here(window) is wanted:
            return
        qtbot.keyClick(here(window), Qt.Key.Key_Tab)
    raise AssertionError(f"{wanted.accessibleName()} is out of reach of the keyboard")


def state(work: Work, title: str) -> StateType:
    row = next(one for one in list_tickets(work, "all").rows if one.title == title)
    return open_ticket(work, row.id).row.state_type


def shown(window: DeskWindow) -> TicketRow:
    """Return the ticket on screen."""
    assert window.area.page is not None
    return window.area.page.row


def wait_for_ticket(qtbot: QtBot, window: DeskWindow, title: str) -> None:
    """Wait until a dialog has closed and its ticket is on screen; the keyboard is somewhere in the window."""
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.title == title)
    back(qtbot, window)
    here(window)


def test_a_day_by_keys(
    qtbot: QtBot, company_context: DeskContext, work: Work, type_in: TypeIn, folders: Folders, tmp_path: Path
) -> None:
    save_person(work, SavePerson("Heike Brandt-Loos", department="Buchhaltung", phone="231"))
    add_partner(work, AddPartner("Netzwerk Hagedorn", Level.SECOND))
    window = make_window(qtbot, company_context)
    back(qtbot, window)
    _make_ticket(qtbot, window, type_in)
    _talk(qtbot, window, work, type_in)
    _rest_and_solve(qtbot, window, work)
    _call(qtbot, window, type_in)
    _hand_over(qtbot, window, type_in, tmp_path / "out")
    qtbot.waitUntil(lambda: state(work, PASSWORD) is StateType.WAITING)
    qtbot.waitUntil(lambda: [one.parent for one in folders.shown] == [tmp_path / "out"])
    back(qtbot, window)
    _set(qtbot, window)
    assert company_context.settings.text("text_size") == "110"
    press(qtbot, window, "Ctrl+1")
    qtbot.waitUntil(lambda: window.navigation.place == "view.inbox")
    here(window)


def _make_ticket(qtbot: QtBot, window: DeskWindow, type_in: TypeIn) -> None:
    press(qtbot, window, "Ctrl+N")
    wait_for_dialog(qtbot, NewTicketDialog)
    type_in(here(window), MOUSE)
    press(qtbot, window, "Ctrl+Return")
    wait_for_ticket(qtbot, window, MOUSE)


def _talk(qtbot: QtBot, window: DeskWindow, work: Work, type_in: TypeIn) -> None:
    ticket = shown(window).id
    for keys, words in (("Ctrl+R", "Ich bringe eine neue."), ("Ctrl+Shift+R", "Liegt im Schrank.")):
        press(qtbot, window, keys)
        type_in(here(window), words)
        press(qtbot, window, "Ctrl+Return")
        qtbot.waitUntil(lambda wanted=words: wanted in [one.text for one in open_ticket(work, ticket).messages])
        here(window)


def _rest_and_solve(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    press(qtbot, window, "Ctrl+Shift+W")
    wait_for_dialog(qtbot, WaitingDialog)
    press(qtbot, window, "Return")
    qtbot.waitUntil(lambda: state(work, MOUSE) is StateType.WAITING)
    back(qtbot, window)
    for keys, wanted in (
        ("Ctrl+Shift+D", StateType.SOLVED),
        ("Ctrl+Shift+Z", StateType.WAITING),
        ("Ctrl+Shift+D", StateType.SOLVED),
        ("Ctrl+Shift+O", StateType.OPEN),
    ):
        qtbot.waitUntil(lambda one=wanted: shown(window).state_type is not one)
        here(window)
        press(qtbot, window, keys)
        qtbot.waitUntil(lambda one=wanted: state(work, MOUSE) is one)
        qtbot.waitUntil(lambda one=wanted: shown(window).state_type is one)


def _call(qtbot: QtBot, window: DeskWindow, type_in: TypeIn) -> None:
    press(qtbot, window, "Ctrl+Shift+N")
    dialog = wait_for_dialog(qtbot, PhoneDialog)
    qtbot.waitUntil(lambda: bool(dialog.form.caller.matches("heike")))
    type_in(here(window), "231")
    qtbot.keyClick(here(window), Qt.Key.Key_Return)
    type_in(here(window), PASSWORD)
    press(qtbot, window, "Ctrl+S")
    wait_for_ticket(qtbot, window, PASSWORD)


def _hand_over(qtbot: QtBot, window: DeskWindow, type_in: TypeIn, folder: Path) -> None:
    """Pass the ticket on with gaps, and say why; only the system's own folder dialog is answered for the user."""
    press(qtbot, window, "Ctrl+Shift+E")
    dialog = wait_for_dialog(qtbot, HandoverDialog)
    dialog._choose_folder = lambda: folder
    type_in(here(window), "Bitte ein neues Kennwort setzen.")
    qtbot.waitUntil(lambda: bool(dialog.handover.order.task))
    tab_to(qtbot, window, dialog.anyway)
    press(qtbot, window, "Space")
    type_in(here(window), "Kein PC daran")
    press(qtbot, window, "Ctrl+Return")
    qtbot.waitUntil(lambda: not window.findChildren(HandoverDialog))


def _set(qtbot: QtBot, window: DeskWindow) -> None:
    """Make the texts one step larger."""
    press(qtbot, window, "Ctrl+,")
    qtbot.waitUntil(lambda: window.navigation.place == "settings")
    page = window._stack.currentWidget()
    assert isinstance(page, SettingsPage)
    tab_to(qtbot, window, page.entries["text_size"].control)
    press(qtbot, window, "Space")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        if menu.activeAction().data() == "110":
            break
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window._look.theme.text_size == 110)
    here(window)
