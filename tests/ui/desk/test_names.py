"""Whoever listens hears what everything is called: each window of the Desk, and each field its label belongs to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.domain.commands import Assign, CreateTicket
from desktop.services import tickets
from desktop.services.work import Work
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.keys_dialog import AboutDialog, KeysDialog
from desktop.ui.desk.new_ticket_dialog import NewTicketDialog
from desktop.ui.desk.partner_dialog import PartnerDialog
from desktop.ui.desk.waiting_dialog import WaitingDialog
from tests.ui.desk.conftest import make_window

KINDS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
DIALOGS: dict[str, Callable[[Look], QWidget]] = {
    "new ticket": lambda look: NewTicketDialog(look, None),
    "partner": lambda look: PartnerDialog(look, None),
    "waiting": lambda look: WaitingDialog(look, "A-2026-0001"),
    "keys": lambda look: KeysDialog(look, None),
    "about": lambda look: AboutDialog(look, "1.0", None),
}


def nameless(widget: QWidget) -> list[str]:
    """Return what can be pressed or filled and has neither a name nor words; parts of Qt's own widgets do not count."""
    controls = [one for kind in KINDS for one in widget.findChildren(kind)]
    own = [
        one for one in controls if one.isVisible() and not one.objectName().startswith(("qt_", "ScrollLeft", "Scroll"))
    ]
    return [f"{type(one).__name__} {one.objectName()}" for one in own if not _is_named(one)]


def _is_named(one: QWidget) -> bool:
    words = one.text() if isinstance(one, QAbstractButton) else ""
    return bool(one.accessibleName() or words.strip())


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_has_names(qtbot: QtBot, look: Look, name: str) -> None:
    dialog = DIALOGS[name](look)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.windowTitle()
    assert not nameless(dialog)


def test_every_page_of_the_window_has_names(qtbot: QtBot, company_context: DeskContext, work: Work) -> None:
    row = tickets.create_ticket(work, CreateTicket("Drucker", person_name="Sabine Oswald")).result
    tickets.assign(work, Assign(row.id, work.actor.id))
    window = make_window(qtbot, company_context)
    window.open_ticket(row.id)
    qtbot.waitUntil(lambda: window.area.page is not None)
    assert not nameless(window)
    for place in ("devices", "people", "settings"):
        window.navigation.go_to(place)
        qtbot.waitUntil(lambda: window._stack.currentWidget() is not window.area)
        assert not nameless(window), place
