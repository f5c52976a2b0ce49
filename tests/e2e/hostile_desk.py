"""Every page of the Desk with a ticket made of traps; run under strace by test_traps."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.commands import AddNote, CreateTicket, Reply
from desktop.services import tickets
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from tests.e2e.traps import BIG_WORD, TRAPS
from tests.ui.desk.conftest import make_window

pytest_plugins = ["tests.ui.desk.conftest"]


def test_pages_of_the_desk(qtbot: QtBot, context: DeskContext, work: Work) -> None:
    made = [
        tickets.create_ticket(work, CreateTicket(one[:200], text=one, person_name=one[:60])).result for one in TRAPS
    ]
    made.append(tickets.create_ticket(work, CreateTicket("Wort", text=BIG_WORD[:200_000])).result)
    for row, trap in zip(made, TRAPS, strict=False):
        tickets.add_note(work, AddNote(row.id, trap))
        tickets.reply(work, Reply(row.id, trap))
    window = make_window(qtbot, context)
    window.area.open_view("all")
    qtbot.waitUntil(lambda: len(window.area.rows()) == len(made))
    for row in made:
        window.area.list.choose(row.id)
        qtbot.waitUntil(
            lambda row=row: window.area.ticket.page is not None and window.area.ticket.page.row.id == row.id
        )
        for child in window.findChildren(QWidget):
            child.toolTip()
        window.grab()
    QApplication.processEvents()
    window.close()
