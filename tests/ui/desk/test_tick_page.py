"""A list of ticks in the main window: ticked by mouse and keyboard, saved at once, shown everywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QProgressBar
from pytestqt.qtbot import QtBot

from desktop.base.paths import resources
from desktop.domain.commands import CreateTicket, Solve
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import StateType
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.tick_commands import AttachList, DetachList, NoteItem, SetItem
from desktop.domain.wizard.ticks import ListOnTicket, TickList, TickState, from_document
from desktop.services import tickets, wizard_ticks
from desktop.services.lists import open_ticket
from desktop.services.work import Actor, Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.fault_bar import FaultBar
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.wizards.flow import ChecklistFlow
from desktop.ui.desk.wizards.reason_dialog import ReasonDialog
from desktop.ui.desk.wizards.tick_page import TickPage
from tests.ui.desk.conftest import TypeIn, make_window

LIST = "offboarding"


@pytest.fixture
def ticket(work: Work) -> TicketRow:
    """Return an open ticket about somebody who leaves."""
    return tickets.create_ticket(work, CreateTicket("Austritt von Jonas Kern zum 30.11.", category="sign-in")).result


@pytest.fixture
def window(qtbot: QtBot, context: DeskContext, ticket: TicketRow) -> DeskWindow:
    """Return the main window with that ticket open."""
    shown = make_window(qtbot, context)
    shown.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: shown.area.page is not None)
    return shown


@pytest.fixture
def page(qtbot: QtBot, window: DeskWindow) -> TickPage:
    """Return the page of the list, put on the ticket as the checklist menu does."""
    assert window.area.page is not None
    flow = ChecklistFlow(window._context, window, window.area.page, load_library(resources() / "wizards").wizards)
    window.pages._follow(flow)
    flow.begin(LIST)
    return shown_page(qtbot, window)


def shown_page(qtbot: QtBot, window: DeskWindow) -> TickPage:
    """Wait for the page of a list and return it."""

    def is_there() -> bool:
        return isinstance(window._stack.currentWidget(), TickPage)

    qtbot.waitUntil(is_there)
    found = window._stack.currentWidget()
    assert isinstance(found, TickPage)
    return found


def stored(work: Work, ticket: TicketRow) -> TickList:
    (run,) = open_ticket(work, ticket.id).runs
    return from_document(run.document)


def note_of(page: TickPage, item: str) -> QLineEdit:
    """Go to the note of an item and return its field."""
    page.rows[item].write_note()
    found = page.rows[item].note
    assert found is not None
    return found


def offered(window: DeskWindow) -> str:
    """Return what the bar at the bottom would take back."""
    return window.undo_bar.undo.label.code if window.undo_bar.undo else ""


def wait_for(qtbot: QtBot, page: TickPage, item: str, state: TickState) -> None:
    qtbot.waitUntil(lambda: page.rows[item].state is state)


def test_click_ticks_and_is_saved_at_once(qtbot: QtBot, page: TickPage, work: Work, ticket: TicketRow) -> None:
    row = page.rows["order"]
    assert row.box.accessibleName() == f"Offen: {row.box.text()}"
    qtbot.mouseClick(row.box, Qt.MouseButton.LeftButton)
    wait_for(qtbot, page, "order", TickState.DONE)
    assert stored(work, ticket).state("order") is TickState.DONE
    assert row.box.accessibleName() == f"Erledigt: {row.box.text()}"
    assert row.box.accessibleDescription().startswith("Katrin Velden, heute ")
    assert row.box.isChecked()
    assert page.side.findChild(QProgressBar).value() == 1  # pyright: ignore[reportOptionalMemberAccess]
    qtbot.mouseClick(row.box, Qt.MouseButton.LeftButton)
    wait_for(qtbot, page, "order", TickState.OPEN)
    assert row.box.accessibleDescription().startswith("Wieder geöffnet: Katrin Velden")


def test_whole_list_by_keyboard(
    qtbot: QtBot, window: DeskWindow, page: TickPage, work: Work, ticket: TicketRow, type_in: TypeIn
) -> None:
    def focused() -> QAbstractButton:
        found = window.focusWidget()
        assert isinstance(found, QAbstractButton)
        return found

    assert focused() is page.rows["order"].box
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    wait_for(qtbot, page, "order", TickState.DONE)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert focused() is page.rows["heirs"].box
    qtbot.keyClick(focused(), Qt.Key.Key_Right)
    assert page.rows["heirs"].is_unfolded
    qtbot.keyClick(focused(), Qt.Key.Key_Left)
    assert not page.rows["heirs"].is_unfolded
    qtbot.keyClick(focused(), Qt.Key.Key_N)
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    type_in(dialog.field.edit, "übernimmt die Leitung")
    dialog.yes.click()
    wait_for(qtbot, page, "heirs", TickState.NOT_NEEDED)
    last = stored(work, ticket).last("heirs")
    assert last is not None
    assert last.reason == "übernimmt die Leitung"
    qtbot.keyClick(page.rows["heirs"].box, Qt.Key.Key_End)
    assert focused() is page.rows["deletion"].box
    qtbot.keyClick(focused(), Qt.Key.Key_Home)
    assert focused() is page.rows["order"].box


def test_reason_is_asked_until_there_is_one(qtbot: QtBot, page: TickPage) -> None:
    page.rows["keys"].box.left_out.emit()
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    dialog.yes.click()
    assert dialog.isVisible()
    dialog.reject()
    assert page.rows["keys"].state is TickState.OPEN


def test_only_open_items_are_shown_when_asked_for(qtbot: QtBot, page: TickPage) -> None:
    page.filter._buttons["open"].click()
    qtbot.keyClick(page.rows["order"].box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.rows["order"].isHidden())
    assert page.window().focusWidget() is page.rows["heirs"].box
    page.filter._buttons["all"].click()
    assert page.rows["order"].isVisible()


def test_other_window_is_seen_and_not_run_over(
    qtbot: QtBot, context: DeskContext, page: TickPage, work: Work, ticket: TicketRow
) -> None:
    """Another window ticks while this one has a note half written."""
    run = stored(work, ticket).run_id
    row = page.rows["keys"]
    note = note_of(page, "keys")
    note.setText("halb ge")
    other = work.acting_as(Actor("x", "Max Muster"))
    done = wizard_ticks.set_item(other, SetItem(run, "keys", TickState.DONE))
    context.bus.publish(done.changes)
    wait_for(qtbot, page, "keys", TickState.DONE)
    assert "Max Muster" in row.box.accessibleDescription()
    assert note.text() == "halb ge"
    qtbot.mouseClick(page.rows["order"].box, Qt.MouseButton.LeftButton)
    wait_for(qtbot, page, "order", TickState.DONE)
    assert stored(work, ticket).state("keys") is TickState.DONE
    note.clear()


def test_note_is_saved_with_enter_and_when_the_page_is_left(
    qtbot: QtBot, window: DeskWindow, page: TickPage, work: Work, ticket: TicketRow
) -> None:
    row = page.rows["keys"]
    note = note_of(page, "keys")
    note.setText("Schlüssel 12")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "keys" in stored(work, ticket).notes)
    qtbot.waitUntil(lambda: "Notiz: Schlüssel 12" in row.box.accessibleDescription())
    note_of(page, "returned").setText("Laptop fehlt")
    window._on_place("view.inbox")
    qtbot.waitUntil(lambda: "returned" in stored(work, ticket).notes)


def test_undo_bar_takes_a_tick_back(qtbot: QtBot, window: DeskWindow, page: TickPage) -> None:
    qtbot.mouseClick(page.rows["order"].box, Qt.MouseButton.LeftButton)
    wait_for(qtbot, page, "order", TickState.DONE)
    qtbot.waitUntil(lambda: offered(window) == "undo.item_done")
    window.undo_bar.take_back()
    wait_for(qtbot, page, "order", TickState.OPEN)


def test_closing_leads_to_the_list(
    qtbot: QtBot, context: DeskContext, window: DeskWindow, work: Work, ticket: TicketRow
) -> None:
    row = wizard_ticks.attach_list(work, AttachList(ticket.id, LIST)).result
    view = window.area.ticket
    view.close_ticket()
    qtbot.waitUntil(lambda: bool(view.findChildren(FaultBar)))
    (bar,) = view.findChildren(FaultBar)
    assert "Person verlässt die Firma" in bar.accessibleName()
    button = next(one for one in bar.findChildren(QAbstractButton) if one.accessibleName() == "Liste öffnen")
    button.click()
    page = shown_page(qtbot, window)
    assert page.ticks.run_id == row.id
    assert open_ticket(work, ticket.id).row.state_type.is_active
    for item in page.ticks.items:
        wizard_ticks.set_item(work, SetItem(row.id, item.id, TickState.DONE))
    assert tickets.solve(work, Solve(ticket.id)).result.state_type is StateType.SOLVED


def test_removing_asks_why_goes_back_and_can_be_taken_back(
    qtbot: QtBot, window: DeskWindow, page: TickPage, work: Work, ticket: TicketRow, type_in: TypeIn
) -> None:
    page.remove.click()
    dialog = page.findChild(ReasonDialog)
    assert dialog is not None
    type_in(dialog.field.edit, "bleibt doch")
    dialog.yes.click()
    qtbot.waitUntil(lambda: open_ticket(work, ticket.id).runs == ())
    assert window._stack.currentWidget() is window.area
    qtbot.waitUntil(lambda: offered(window) == "undo.list_removed")
    window.undo_bar.take_back()
    qtbot.waitUntil(lambda: len(open_ticket(work, ticket.id).runs) == 1)


def test_list_that_was_removed_elsewhere_says_so(
    qtbot: QtBot, context: DeskContext, window: DeskWindow, page: TickPage, work: Work
) -> None:
    context.bus.failed.disconnect()  # shown by the window below; the fixture takes it for a fault
    context.bus.failed.connect(window._on_failed)
    done = wizard_ticks.detach_list(work, DetachList(page.ticks.run_id, "anderswo"))
    context.bus.publish(done.changes)
    qtbot.waitUntil(lambda: window._stack.currentWidget() is window.area)
    assert window._faults.count() == 1


def test_phone_sentence_becomes_a_reply(qtbot: QtBot, window: DeskWindow, page: TickPage) -> None:
    row = page.rows["private"]
    row.fold(False)
    send = next(one for one in row.findChildren(QAbstractButton) if one.accessibleName() == "Als Antwort senden")
    send.click()
    qtbot.waitUntil(lambda: "was privat ist" in window.area.ticket.composer.editor.toPlainText())
    assert window._stack.currentWidget() is window.area


def test_closed_ticket_shows_its_list_and_takes_no_tick(qtbot: QtBot, page: TickPage) -> None:
    wishes: list[object] = []
    page.wanted.connect(lambda *one: wishes.append(one))
    page.show_list(ListOnTicket(page.ticks, "t", "A-1", can_change=False))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_N):
        qtbot.keyClick(page.rows["order"].box, key)
    assert not wishes
    assert page.findChild(ReasonDialog) is None
    assert page.rows["order"].menu().isEmpty()
    assert page._over.isVisible()


def test_hostile_words_stay_words(qtbot: QtBot, window: DeskWindow, page: TickPage, work: Work) -> None:
    run = page.ticks.run_id
    evil = "<img src=x onerror=alert(1)>&amp;\u202e" + "x" * 400
    wizard_ticks.note_item(work, NoteItem(run, "order", evil))
    done = wizard_ticks.set_item(work, SetItem(run, "order", TickState.NOT_NEEDED, evil))
    window._context.bus.publish(done.changes)
    wait_for(qtbot, page, "order", TickState.NOT_NEEDED)
    said = page.rows["order"].box.accessibleDescription()
    assert "<img src=x" in said
    assert "\u202e" not in said
    assert page.rows["order"].box.heightForWidth(500) < 600
