"""What a window bears: long, hostile and many messages, colleagues, a database that is busy."""

from __future__ import annotations

import sqlite3

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.commands import AddNote, Assign, CreateTicket, SetTitle
from desktop.domain.rows import AttachmentRow, EventRow, MessageRow, TicketRow
from desktop.services import tickets
from desktop.services.lists import open_ticket
from desktop.services.work import Work
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.entries import EventEntry, MessageEntry
from desktop.ui.desk.main_window import DeskWindow
from tests.ui.desk.conftest import make_window

MONSTER = "x" * 1_000_000 + "<b>fett</b> \u202egnp " * 50_000


@pytest.fixture
def ticket(work: Work) -> TicketRow:
    """Return an open ticket of mine."""
    row = tickets.create_ticket(work, CreateTicket("Alles langsam", "Es geht nicht.")).result
    return tickets.assign(work, Assign(row.id, work.actor.id)).result


@pytest.fixture
def window(qtbot: QtBot, context: DeskContext, ticket: TicketRow) -> DeskWindow:
    """Return the window with that ticket open."""
    shown = make_window(qtbot, context)
    shown.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: shown.area.page is not None)
    return shown


def words_of(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_a_monster_of_a_message_is_folded_and_widens_nothing(qtbot: QtBot, look: Look, context: DeskContext) -> None:
    message = MessageRow("1", "reply", "Sabine " + MONSTER[:2000], "employee", MONSTER, context.clock())
    entry = MessageEntry(look, message, lambda _one: None)
    qtbot.addWidget(entry)
    entry.resize(560, 300)
    entry.show()
    assert entry.minimumSizeHint().width() <= 560
    assert len(entry._text.text()) < 40_000
    rest = next(one for one in entry.findChildren(QAbstractButton) if one.isVisible())
    rest.click()
    assert entry.minimumSizeHint().width() <= 560
    assert len(entry._text.text()) < 120_000
    assert "\u202e" not in entry._text.text()
    assert "<b>fett" not in entry._text.text()


def test_a_foreign_event_is_one_line(qtbot: QtBot, look: Look, context: DeskContext) -> None:
    event = EventRow("1", "title", "Sabine\u202e Oswald", context.clock(), {"title": MONSTER})
    entry = EventEntry(look, event)
    qtbot.addWidget(entry)
    assert entry.minimumSizeHint().width() <= 420
    assert all("\u202e" not in one.text() for one in entry.findChildren(QLabel))


def test_an_event_of_another_version_is_still_a_line(qtbot: QtBot, look: Look, context: DeskContext) -> None:
    entry = EventEntry(look, EventRow("1", "waiting", "Katrin Velden", context.clock(), {"neu": 1}))
    qtbot.addWidget(entry)
    assert entry.accessibleName()


def test_a_thousand_messages_show_the_newest_first(
    qtbot: QtBot, window: DeskWindow, work: Work, ticket: TicketRow, context: DeskContext
) -> None:
    for place in range(500):
        done = tickets.add_note(work, AddNote(ticket.id, f"Notiz {place}"))
    context.bus.publish(done.changes)
    timeline = window.area.ticket.timeline
    qtbot.waitUntil(lambda: "Notiz 499" in timeline.entries[-1].accessibleName())
    assert len(timeline.entries) <= 60
    assert timeline._older.isVisibleTo(timeline)
    assert str(len(open_ticket(work, ticket.id).messages) - 50)[:2] in timeline._older.accessibleName()


def test_a_colleagues_change_keeps_the_text_and_shows_the_new_state(
    qtbot: QtBot, window: DeskWindow, work: Work, ticket: TicketRow
) -> None:
    view = window.area.ticket
    view.composer.editor.setPlainText("Mein Text")
    tickets.set_title(work, SetTitle(ticket.id, "Anderer Titel"))
    window.run("ticket.solve")
    qtbot.waitUntil(lambda: view._faults.count() == 1)
    qtbot.waitUntil(lambda: "nicht gespeichert" in words_of(view))
    assert "Katrin Velden" in words_of(view)
    reload = next(one for one in view.findChildren(QAbstractButton) if one.text().strip() == "Neu laden")
    reload.click()
    qtbot.waitUntil(lambda: view.page is not None and view.page.row.title == "Anderer Titel")
    assert view._faults.count() == 0
    assert view.composer.editor.toPlainText() == "Mein Text"
    window.run("ticket.solve")
    qtbot.waitUntil(lambda: not open_ticket(work, ticket.id).row.state_type.is_active)


def test_a_busy_database_is_said_and_no_text_is_lost(
    qtbot: QtBot, window: DeskWindow, work: Work, ticket: TicketRow, context: DeskContext
) -> None:
    view = window.area.ticket
    blocker = sqlite3.connect(context.home.data / "ersthelfer.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        view.composer.editor.setPlainText("Ich komme gleich.")
        view.composer.send.click()
        # First the draft cannot be kept, then the reply cannot be sent; only then its text is free again.
        qtbot.waitUntil(lambda: view.composer.editor.isReadOnly())
        qtbot.waitUntil(lambda: not view.composer.editor.isReadOnly(), timeout=40_000)
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    qtbot.waitUntil(lambda: "Datenbank" in words_of(view))
    assert view.composer.editor.toPlainText() == "Ich komme gleich."
    view.composer.send.click()
    qtbot.waitUntil(lambda: len(open_ticket(work, ticket.id).messages) == 2)


def test_attachment_names_are_only_names(qtbot: QtBot, look: Look, context: DeskContext) -> None:
    file = AttachmentRow("1", "Rechnung\u202efdp.exe " + "y" * 3000, 12, "0" * 64)
    entry = MessageEntry(
        look, MessageRow("1", "reply", "x", "employee", "", context.clock(), (file,)), lambda _one: None
    )
    qtbot.addWidget(entry)
    (button,) = entry.findChildren(QAbstractButton)
    assert "\u202e" not in button.text()
    assert entry.minimumSizeHint().width() <= 560


def test_the_hint_in_the_composer_grows_with_the_text_size(qtbot: QtBot, window: DeskWindow) -> None:
    editor = window.area.ticket.composer.editor
    before = editor.viewport().font().pixelSize()
    window.run("text.larger")
    assert editor.viewport().font().pixelSize() == editor.font().pixelSize() > before
    window.run("text.smaller")
