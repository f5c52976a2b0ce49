"""Several checklists on one ticket: all in the panel, each opened by itself, self-help taken over, one put away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from desktop.base.changes import Changes, Subject
from desktop.base.clock import to_text, utc_now
from desktop.base.ids import new_id
from desktop.base.paths import resources
from desktop.domain.commands import CreateTicket
from desktop.domain.rows import TicketRow
from desktop.domain.snapshot import Finding, FindingState, Severity, Snapshot
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Audience
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import Phase, RunState, from_document, to_document
from desktop.domain.wizard.scene import Scene
from desktop.models.tables import devices
from desktop.models.tables import tickets as tickets_table
from desktop.services import tickets
from desktop.services.lists import open_ticket
from desktop.services.snapshots import store_snapshot
from desktop.services.wizard_runs import SaveRun, save_run, write_run
from desktop.services.work import Actor, Work
from desktop.ui.common.buttons import Button
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.run_entry import RunEntry
from desktop.ui.desk.wizards.fits_section import FitRow
from desktop.ui.desk.wizards.page import ChecklistPage
from desktop.ui.desk.wizards.reason_dialog import ReasonDialog
from desktop.ui.desk.wizards.runs_section import RunRow
from tests.ui.desk.conftest import make_window

STAGE = Scene(load_library(resources() / "wizards").wizards)


def begun(wizard: str, audience: Audience = Audience.TECHNICIAN) -> RunState:
    return engine.start(STAGE, wizard, run_id=new_id(utc_now), audience=audience, at=utc_now())


@pytest.fixture
def ticket(work: Work) -> TicketRow:
    """Return a ticket with an employee's self-help about the internet, and two checklists of a technician."""
    row = self_help_ticket(work)
    paused = engine.advance(STAGE, begun("wifi-weak"), events.Paused(utc_now()))
    for state in (paused, begun("printer-no-print")):
        save_run(work, SaveRun(row.id, to_document(state)))
    return row


def self_help_ticket(work: Work) -> TicketRow:
    """Return a ticket with an employee's self-help that ended because help was wanted."""
    text = "Seit heute früh kein Internet, auch das WLAN ist weg. Das Headset geht auch nicht."
    row = tickets.create_ticket(work, CreateTicket("Kein Internet", text, category="network")).result
    help_wanted = events.HelpWanted(utc_now())
    employee = begun("no-internet", Audience.EMPLOYEE)
    employee = engine.advance(STAGE, employee, events.Answered("wifi", utc_now()))
    with work.store.writing() as connection:
        write_run(
            work, connection, engine.advance(STAGE, employee, help_wanted), ticket_id=row.id, device_id="",
            actor=Actor("p1", "Sabine Oswald"),
        )  # fmt: skip
    return row


@pytest.fixture
def window(qtbot: QtBot, context: DeskContext, ticket: TicketRow) -> DeskWindow:
    """Return the main window with that ticket open."""
    shown = make_window(qtbot, context)
    shown.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: shown.area.page is not None and bool(rows(shown)))
    return shown


def rows(window: DeskWindow) -> list[RunRow]:
    return [one for one in window.area.ticket.panel.findChildren(RunRow) if one.isVisible()]


def row_of(window: DeskWindow, title: str) -> RunRow:
    return next(one for one in rows(window) if one.accessibleName().startswith(title))


def says(window: DeskWindow, title: str, words: str) -> bool:
    said = [one.accessibleName() for one in rows(window)]
    return any(one.startswith(title) and words in one for one in said)


def shown_page(qtbot: QtBot, window: DeskWindow) -> ChecklistPage:
    qtbot.waitUntil(lambda: isinstance(window._stack.currentWidget(), ChecklistPage))
    page = window._stack.currentWidget()
    assert isinstance(page, ChecklistPage)
    return page


def test_every_run_says_how_far_it_is_whose_and_what_can_be_done(window: DeskWindow) -> None:
    titles = [one.accessibleName().split(", ")[0] for one in rows(window)]
    assert titles == ["Drucker druckt nicht", "WLAN schwach oder Netz langsam", "Kein Netzwerk / kein Internet"]
    assert "angehalten" in row_of(window, "WLAN").accessibleName()
    assert "Katrin Velden" in row_of(window, "Drucker").accessibleName()
    spoken = row_of(window, "Kein Netzwerk / kein Internet").accessibleName()
    assert "weitergegeben" in spoken
    assert "Selbsthilfe von Sabine Oswald" in spoken
    links = {one.text() for row in rows(window) for one in row.findChildren(Button) if one is row.link}
    assert links == {"Fortsetzen", "Selbsthilfe fortsetzen"}


def test_a_click_goes_on_with_exactly_that_one(qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work) -> None:
    QTest.mouseClick(row_of(window, "WLAN"), Qt.MouseButton.LeftButton)
    page = shown_page(qtbot, window)
    assert page.session.state.first == "wifi-weak"
    assert not page.session.state.is_paused
    page.left.emit()
    qtbot.waitUntil(lambda: window._stack.currentWidget() is window.area)
    assert len(open_ticket(work, ticket.id).runs) == 3


def test_self_help_is_taken_over_with_the_keyboard(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work
) -> None:
    link = row_of(window, "Kein Netzwerk / kein Internet").link
    assert link is not None
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Return)
    page = shown_page(qtbot, window)
    assert (page.session.state.audience, page.session.state.phase) == (Audience.TECHNICIAN, Phase.ASKING)
    page.session.pause()
    (kept,) = [one for one in open_ticket(work, ticket.id).runs if one.wizard == "no-internet"]
    qtbot.waitUntil(lambda: from_document(_run(work, ticket, kept.id)).is_paused)
    actors = {one.step: one.actor for one in from_document(_run(work, ticket, kept.id)).path}
    assert actors["q_medium"] == "Sabine Oswald"


def _run(work: Work, ticket: TicketRow, run: str) -> dict[str, object]:
    return next(one.document for one in open_ticket(work, ticket.id).runs if one.id == run)


def test_one_is_put_away_with_a_reason_and_taken_back(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work
) -> None:
    row = row_of(window, "Drucker")
    assert row.away is not None
    row.away.setFocus()
    qtbot.keyClick(row.away, Qt.Key.Key_Delete)
    (dialog,) = window.findChildren(ReasonDialog)
    dialog.field.edit.setText("War kein Drucker")
    dialog.yes.click()
    qtbot.waitUntil(lambda: says(window, "Drucker", "weggelegt"))
    assert row_of(window, "Drucker").link.text() == "Wieder aufnehmen"  # type: ignore[union-attr]
    window.run("edit.undo")
    qtbot.waitUntil(lambda: says(window, "Drucker", "begonnen"))


def test_what_fits_is_started_by_one_click_and_says_why(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    panel = window.area.ticket.panel
    qtbot.waitUntil(lambda: bool(panel.findChildren(FitRow)))
    fit = panel.findChildren(FitRow)[0]
    assert fit.button.accessibleDescription().startswith("Im Text: „")
    assert fit.button.accessibleName().startswith("Checkliste „")
    QTest.mouseClick(fit, Qt.MouseButton.LeftButton)
    page = shown_page(qtbot, window)
    begun_before = {one.id for one in open_ticket(work, window.area.page.row.id).runs}  # type: ignore[union-attr]
    assert page.session.state.run_id not in begun_before


def test_everything_in_the_panel_has_a_name(window: DeskWindow) -> None:
    nameless: list[QWidget] = [
        one
        for one in window.area.ticket.panel.findChildren(QAbstractButton)
        if one.isVisible() and not one.accessibleName()
    ]
    assert nameless == []
    assert QApplication.activePopupWidget() is None


def entries(window: DeskWindow) -> list[RunEntry]:
    return [one for one in window.area.ticket.timeline.entries if isinstance(one, RunEntry)]


def test_the_conversation_tells_each_run_once(window: DeskWindow) -> None:
    said = [one.accessibleName() for one in entries(window)]
    assert len(said) == 3
    assert said[0].startswith("Selbsthilfe „Kein Netzwerk / kein Internet“ · weitergegeben · 2 Schritte")
    assert said[0].endswith("zugeklappt")
    assert not [one for one in window.area.ticket.timeline.entries if "begonnen –" in one.accessibleName()]


def test_a_run_unfolds_by_key_and_shows_answer_note_and_who(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work
) -> None:
    timeline = window.area.ticket.timeline
    timeline.setFocus()
    while not isinstance(timeline.entries[timeline._current], RunEntry) or timeline._current < 0:
        qtbot.keyClick(timeline, Qt.Key.Key_Up)
    entry = timeline.entries[timeline._current]
    assert isinstance(entry, RunEntry)
    qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert entry.is_open
    assert entry.accessibleName().endswith("aufgeklappt")
    assert timeline.accessibleDescription() == entry.accessibleName()
    (row,) = [one for one in open_ticket(work, ticket.id).runs if one.id == entry.run]
    state = from_document(row.document)
    state = engine.advance(STAGE, state, events.Noted("Papier lag quer", utc_now()))
    state = engine.advance(STAGE, state, events.Skipped("Gerät steht im Lager", utc_now()))
    window._context.do(lambda one: save_run(one, SaveRun(ticket.id, to_document(state))), owner=window)
    qtbot.waitUntil(lambda: any("Gerät steht im Lager" in one.text() for one in entry.findChildren(QLabel)))
    assert entry.is_open  # renewed in place
    assert any("Katrin Velden" in one.text() for one in entry.findChildren(QLabel))
    qtbot.keyClick(timeline, Qt.Key.Key_Space)
    assert not entry.is_open


def test_a_diagnosis_that_comes_is_taken_up(qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work) -> None:
    """It answers the checks from here on; the ticket is looked into when something about it has changed."""
    window.pages.start_checklist(window.area.page, "disk-full")  # type: ignore[arg-type]
    page = shown_page(qtbot, window)
    assert page.is_new
    assert page.session.scene.snapshot is None
    device = new_id(utc_now)
    found = Finding("disk.full", FindingState.PRESENT, Severity.WARN)
    with work.store.writing() as connection:
        moment = to_text(utc_now())
        connection.execute(
            insert(devices).values(
                id=device, name="AHB-PC-014", platform="linux", status="approved", created_at=moment, seen_at=moment
            )
        )
        connection.execute(update(tickets_table).where(tickets_table.c.id == ticket.id).values(device_id=device))
        snapshot = Snapshot(to_text(utc_now()), "basic", {}, (found,))
        store_snapshot(work, connection, snapshot, device_id=device, ticket_id=ticket.id)
    window._context.bus.publish(Changes.of(Subject.DEVICE, device) | Changes.of(Subject.TICKET, ticket.id))
    qtbot.waitUntil(lambda: page.session.scene.snapshot is not None)
    assert page.is_new  # nobody has done anything yet: it began anew
    assert "present" in [one.exit for one in page.session.state.path]
