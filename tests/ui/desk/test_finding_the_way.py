"""Where one stands: view, navigation, list and ticket say the same, whichever way a ticket was opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QListView
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from desktop.base.clock import to_text, utc_now
from desktop.base.ids import new_id
from desktop.domain.commands import Assign, CreateTicket
from desktop.domain.rows import MessageRow
from desktop.models import tables
from desktop.services import tickets
from desktop.services.work import Work
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.entries import MessageEntry
from desktop.ui.desk.main_window import DeskWindow
from tests.ui.desk.conftest import make_window


def test_a_window_says_its_view_before_anything_is_read(qtbot: QtBot, context: DeskContext) -> None:
    window = DeskWindow(context, dict)
    qtbot.addWidget(window)
    assert window.area.list.title == "Posteingang"
    assert window.navigation.place == "view.inbox"


def test_the_keyboard_starts_in_the_list(qtbot: QtBot, context: DeskContext, work: Work) -> None:
    tickets.create_ticket(work, CreateTicket("Drucker druckt leere Seiten"))
    window = make_window(qtbot, context)
    assert window.focusWidget() is window.area.list.view


def test_a_ticket_from_elsewhere_brings_its_view(qtbot: QtBot, context: DeskContext, work: Work) -> None:
    mine = tickets.create_ticket(work, CreateTicket("Meins")).result
    tickets.assign(work, Assign(mine.id, work.actor.id))
    done = tickets.create_ticket(work, CreateTicket("Telefon ohne Ton", solution="Stecker war lose")).result
    window = make_window(qtbot, context)
    for ticket, place, title in ((done, "view.done", "Erledigt"), (mine, "view.mine", "Meine Tickets")):
        window.open_ticket(ticket.number)
        qtbot.waitUntil(lambda one=place: window.navigation.place == one)
        qtbot.waitUntil(lambda one=ticket: [row.id for row in window.area.rows()] == [one.id])
        assert window.area.list.title == title
        assert window.area.list.view.currentIndex().isValid()


def test_a_ticket_of_this_view_keeps_the_view(qtbot: QtBot, context: DeskContext, work: Work) -> None:
    new = tickets.create_ticket(work, CreateTicket("Neu")).result
    tickets.assign(work, Assign(new.id, work.actor.id))
    window = make_window(qtbot, context)
    window.area.open_view("mine")
    qtbot.waitUntil(lambda: len(window.area.rows()) == 1)
    fresh = tickets.create_ticket(work, CreateTicket("Noch eins")).result
    tickets.assign(work, Assign(fresh.id, work.actor.id))
    window.open_ticket(fresh.id)
    qtbot.waitUntil(lambda: window.area.page is not None)
    assert window.area.view == "mine"


def test_what_one_reads_stays_in_the_list(qtbot: QtBot, context: DeskContext, work: Work) -> None:
    rows = [tickets.create_ticket(work, CreateTicket(f"Nummer {one}")).result for one in range(3)]
    for one in rows:
        tickets.assign(work, Assign(one.id, work.actor.id))
    window = make_window(qtbot, context)
    window.area.open_view("mine")
    qtbot.waitUntil(lambda: len(window.area.rows()) == 3)
    before = [one.id for one in window.area.rows()]
    window.area.list.choose(before[1])
    qtbot.waitUntil(lambda: window.area.page is not None)
    window.run("ticket.solve")
    qtbot.waitUntil(lambda: not window.area.rows()[1].state_type.is_active)
    assert [one.id for one in window.area.rows()] == before
    window.area.list.choose(before[0])
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.id == before[0])
    window.area.reload()
    qtbot.waitUntil(lambda: [one.id for one in window.area.rows()] == [before[0], before[2]])


def test_settings_stand_at_the_foot(qtbot: QtBot, company_context: DeskContext) -> None:
    window = make_window(qtbot, company_context)
    nav = window.navigation
    qtbot.waitUntil(lambda: nav.height() - nav.visualRect(nav.place_at("settings")).bottom() < 20)
    nav.show_place("wizards")
    qtbot.keyClick(nav, Qt.Key.Key_Down)
    assert nav.place == "settings"


def test_who_spoke_decides_side_and_role(qtbot: QtBot, look: Look, context: DeskContext) -> None:
    at = context.clock()
    theirs = MessageRow("1", "reply", "Sabine Oswald", "employee", "Die Rolle ist neu.", at)
    ours = MessageRow("2", "reply", "Katrin Velden", "technician", "Ich komme.", at, delivery="acknowledged")
    for message, ground, says in ((theirs, "in", "Versand"), (ours, "out", "IT")):
        entry = MessageEntry(look, message, lambda _one: None, department="Versand")
        qtbot.addWidget(entry)
        texts = [label.text() for label in entry.findChildren(QLabel)]
        assert says in texts
        assert any(frame.property("message") == ground for frame in entry.findChildren(QFrame))
    assert "angekommen" in texts
    assert not [text for text in texts if text.startswith("delivery.")]


def test_from_one_empty_view_to_the_next_the_keyboard_stays(qtbot: QtBot, context: DeskContext) -> None:
    window = make_window(qtbot, context)
    for view in ("mine", "done"):
        window.run(f"view.{view}")
        qtbot.waitUntil(lambda: window.area.empty.isVisible())
        qtbot.waitUntil(lambda: window.area.empty.isAncestorOf(window.focusWidget() or window))


def test_the_diagnosis_of_a_ticket_is_shown_among_the_devices(qtbot: QtBot, context: DeskContext, work: Work) -> None:
    device = new_id()
    with work.store.writing() as connection:
        row = {"id": device, "name": "AHB-PC-014", "status": "approved", "created_at": to_text(utc_now())}
        connection.execute(insert(tables.devices).values(**row, platform="Debian 12"))
    ticket = tickets.create_ticket(work, CreateTicket("Drucker druckt leere Seiten", device_id=device)).result
    window = make_window(qtbot, context)
    window.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.id == ticket.id)
    window.run("device.diagnosis")
    qtbot.waitUntil(lambda: window.navigation.place == "devices")


def test_a_place_begins_at_its_list_and_leaves_the_navigation_alone(qtbot: QtBot, context: DeskContext) -> None:
    window = make_window(qtbot, context)
    window.area.list.view.setFocus()
    window.run("device.list")
    assert isinstance(window.focusWidget(), QListView)
    assert window.focusWidget() is not window.area.list.view
    window.navigation.setFocus()
    window.navigation.go_to("people")
    assert window.focusWidget() is window.navigation or window.navigation.isAncestorOf(window.focusWidget())
