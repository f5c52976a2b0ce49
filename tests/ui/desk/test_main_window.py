"""The main window with real clicks, real lanes and a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.base.errors import AppError, ErrorKind
from desktop.domain.commands import Assign, CreateTicket, SetTitle
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import Priority, StateType
from desktop.services import tickets
from desktop.services.lists import open_ticket
from desktop.services.work import Work
from desktop.ui.common.labels import ElidedLabel
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.entries import EventEntry, MessageEntry
from desktop.ui.desk.mailbox_watch import MailboxState
from desktop.ui.desk.main_window import DeskWindow

HOSTILE = "<img src='\\\\server\\x'> & <b>fett</b> \u202egnp"


@pytest.fixture
def rows(work: Work) -> list[TicketRow]:
    """Three tickets: a hostile one, one of mine, one that is solved."""
    made = [
        tickets.create_ticket(work, CreateTicket(HOSTILE, text=HOSTILE * 3, person_name="Sabine Oswald")).result,
        tickets.create_ticket(work, CreateTicket("Drucker druckt leere Seiten", person_name="Jens Pohlmann")).result,
        tickets.create_ticket(work, CreateTicket("Telefon ohne Ton", solution="Stecker war lose")).result,
    ]
    tickets.assign(work, Assign(made[1].id, work.actor.id))
    return made


@pytest.fixture
def window(qtbot: QtBot, context: DeskContext, rows: list[TicketRow]) -> Iterator[DeskWindow]:
    """The window, live, showing all tickets."""
    context.look.theme.apply(_application(), "light", 100)
    one = DeskWindow(context, dict)
    one.resize(1440, 868)
    qtbot.addWidget(one)
    one.go_live()
    one.area.open_view("all")
    one.show()
    qtbot.waitExposed(one)
    qtbot.waitUntil(lambda: len(one.area.rows()) == len(rows))
    yield one
    one.close()


def _application():  # type: ignore[no-untyped-def]
    from PySide6.QtWidgets import QApplication

    return QApplication.instance()


def _open(qtbot: QtBot, window: DeskWindow, row: TicketRow) -> None:
    window.area.list.choose(row.id)
    qtbot.waitUntil(lambda: window.area.ticket.page is not None and window.area.ticket.page.row.id == row.id)


def _state(work: Work, row: TicketRow) -> StateType:
    return open_ticket(work, row.id).row.state_type


def test_a_hostile_ticket_is_only_letters(qtbot: QtBot, window: DeskWindow, rows: list[TicketRow]) -> None:
    _open(qtbot, window, rows[0])
    entry = next(one for one in window.area.ticket.timeline.entries if isinstance(one, MessageEntry))
    assert "<img src" not in entry._text.text()
    assert "&lt;img" in entry._text.text()
    assert all(one.textFormat() is not Qt.TextFormat.AutoText for one in window.findChildren(QLabel))


def test_a_reply_goes_out_and_the_page_shows_it_because_of_the_change(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], work: Work
) -> None:
    _open(qtbot, window, rows[1])
    composer = window.area.ticket.composer
    window.run("ticket.reply")
    assert composer.editor.hasFocus() or not window.isActiveWindow()
    composer.editor.setPlainText("Guten Tag, ich kümmere mich darum.")
    composer.after.set_value("waiting")
    qtbot.keyClick(composer.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: _state(work, rows[1]) is StateType.WAITING)
    qtbot.waitUntil(lambda: composer.editor.toPlainText() == "")
    shown = window.area.ticket.timeline
    qtbot.waitUntil(lambda: any("kümmere" in one.accessibleName() for one in shown.entries))


def test_a_note_is_marked_as_seen_by_it_only(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], work: Work
) -> None:
    _open(qtbot, window, rows[1])
    window.run("ticket.note")
    window.area.ticket.composer.editor.setPlainText("Händler anrufen")
    window.area.ticket.composer.send.click()
    qtbot.waitUntil(lambda: any(one.kind == "note" for one in open_ticket(work, rows[1].id).messages))


def test_a_draft_is_kept_a_second_after_the_typing_and_comes_back(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], work: Work, context: DeskContext
) -> None:
    _open(qtbot, window, rows[1])
    window.area.ticket.composer.editor.setPlainText("Halb fertig")
    qtbot.waitUntil(lambda: open_ticket(work, rows[1].id).reply_draft == "Halb fertig", timeout=5000)
    other = DeskWindow(context, dict)  # as after a crash: nothing of the first window is left
    qtbot.addWidget(other)
    other.open_ticket(rows[1].id)
    qtbot.waitUntil(lambda: other.area.ticket.composer.editor.toPlainText() == "Halb fertig")


def test_a_draft_of_one_ticket_never_shows_in_another(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], work: Work
) -> None:
    _open(qtbot, window, rows[1])
    window.area.ticket.composer.editor.setPlainText("nur für Drucker")
    _open(qtbot, window, rows[0])
    assert window.area.ticket.composer.editor.toPlainText() == ""
    qtbot.waitUntil(lambda: open_ticket(work, rows[1].id).reply_draft == "nur für Drucker")


def test_solving_can_be_undone_from_the_bar(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], work: Work
) -> None:
    _open(qtbot, window, rows[1])
    window.area.ticket.header.solve.click()
    qtbot.waitUntil(lambda: _state(work, rows[1]) is StateType.SOLVED)
    qtbot.waitUntil(window.undo_bar.isVisible)
    window.run("edit.undo")
    qtbot.waitUntil(lambda: _state(work, rows[1]) is not StateType.SOLVED)
    qtbot.waitUntil(lambda: window.area.ticket.page.row.state_type is not StateType.SOLVED)


def test_priority_and_category_are_chosen_from_the_menus(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], work: Work
) -> None:
    _open(qtbot, window, rows[1])
    header = window.area.ticket.header
    urgent = next(one for one in header.priority.menu().actions() if one.data() == "urgent")
    urgent.trigger()
    qtbot.waitUntil(lambda: open_ticket(work, rows[1].id).row.priority is Priority.URGENT)
    qtbot.waitUntil(lambda: window.area.ticket.page.row.priority is Priority.URGENT)
    next(one for one in header.category.menu().actions() if one.data() == "printer").trigger()
    qtbot.waitUntil(lambda: open_ticket(work, rows[1].id).row.category == "printer")


def test_a_colleagues_change_is_told_and_no_text_is_lost(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], work: Work
) -> None:
    _open(qtbot, window, rows[1])
    window.area.ticket.composer.editor.setPlainText("Mein Text")
    tickets.set_title(work, SetTitle(rows[1].id, "Anderer Titel"))
    window.run("ticket.solve")
    qtbot.waitUntil(lambda: window.area.ticket._faults.count() == 1)
    assert window.area.ticket.composer.editor.toPlainText() == "Mein Text"
    assert _state(work, rows[1]) is not StateType.SOLVED


def test_the_list_reloads_because_of_the_change_whoever_made_it(
    qtbot: QtBot, window: DeskWindow, work: Work, context: DeskContext
) -> None:
    done = tickets.create_ticket(work, CreateTicket("Vom Kollegen"))
    context.bus.publish(done.changes)
    qtbot.waitUntil(lambda: any(one.title == "Vom Kollegen" for one in window.area.rows()))


def test_the_filter_narrows_the_view_and_says_when_nothing_is_left(qtbot: QtBot, window: DeskWindow) -> None:
    window.run("search.view")
    window.area.list.filter.setText("leere")
    qtbot.waitUntil(lambda: [one.title for one in window.area.rows()] == ["Drucker druckt leere Seiten"])
    window.area.list.filter.setText("gibtesnicht")
    qtbot.waitUntil(lambda: not window.area.rows())
    qtbot.waitUntil(window.area.list.empty.isVisible)
    window.area.list.clear_filter()
    qtbot.waitUntil(lambda: len(window.area.rows()) == 3)


def test_search_finds_and_opens_with_the_keyboard_alone(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow]
) -> None:
    window.run("search.everywhere")
    field = window.toolbar.search
    field.setFocus()
    qtbot.keyClicks(field, "leere")
    if not field.hasFocus():  # the offscreen platform may not hand out the keyboard
        pytest.skip("no keyboard focus here")
    qtbot.waitUntil(lambda: any(one.id == rows[1].number for one in window.popup.targets))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.area.ticket.page is not None and window.area.ticket.page.row.id == rows[1].id)
    assert not window.popup.isVisible()


def test_new_ticket_asks_for_a_title_then_opens_what_it_made(qtbot: QtBot, window: DeskWindow) -> None:
    from desktop.ui.desk.new_ticket_dialog import NewTicketDialog

    window.run("ticket.new")
    dialog = next(one for one in window.findChildren(NewTicketDialog) if one.isVisible())
    dialog.create_button.click()
    assert dialog.title_field.error
    dialog.title_field.edit.setText("Neuer Bildschirm")
    dialog.person.edit.setText("Ole Hansing")
    dialog.create_button.click()
    qtbot.waitUntil(lambda: window.area.ticket.page is not None)
    qtbot.waitUntil(lambda: window.area.ticket.page.row.title == "Neuer Bildschirm")
    assert window.area.ticket.page.person.name == "Ole Hansing"


def test_a_mailbox_that_is_gone_is_said_and_unsaid(qtbot: QtBot, window: DeskWindow, context: DeskContext) -> None:
    gone = AppError("mailbox.unreachable", kind=ErrorKind.ENVIRONMENT, parameters={"path": "/weg"})
    window.show_mailbox(MailboxState(problem=gone))
    assert window._faults.count() == 1
    window.show_mailbox(MailboxState(problem=gone))
    assert window._faults.count() == 1
    window.show_mailbox(MailboxState(looked_at=context.clock()))
    assert window._faults.count() == 0
    assert "geprüft" in window.toolbar.mailbox.accessibleName()


def test_messages_that_met_a_fault_are_counted_below(window: DeskWindow, context: DeskContext) -> None:
    window.show_mailbox(MailboxState(looked_at=context.clock(), faulty=2))
    assert "2 Nachrichten" in window.status_line.hint.text()
    assert "Programmfehlers" in window.status_line.hint.text()
    window.show_mailbox(MailboxState(looked_at=context.clock()))
    assert window.status_line.hint.text() == ""


def test_a_long_list_is_read_a_screenful_at_a_time(
    qtbot: QtBot, window: DeskWindow, work: Work, context: DeskContext
) -> None:
    for place in range(60):
        done = tickets.create_ticket(work, CreateTicket(f"Nummer {place}"))
    context.bus.publish(done.changes)
    qtbot.waitUntil(lambda: len(window.area.rows()) == 50)
    bar = window.area.list.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: len(window.area.rows()) == 63)


def test_next_ticket_goes_down_the_list(qtbot: QtBot, window: DeskWindow) -> None:
    first, second = window.area.rows()[:2]
    _open(qtbot, window, first)
    window.run("list.next")
    qtbot.waitUntil(lambda: window.area.ticket.page.row.id == second.id)


def test_a_narrow_window_shows_list_or_ticket(qtbot: QtBot, window: DeskWindow, rows: list[TicketRow]) -> None:
    window.resize(980, 640)
    qtbot.waitUntil(lambda: not window.area._detail.isVisible())
    window.open_ticket(rows[1].id)
    qtbot.waitUntil(lambda: window.area.ticket.isVisible() and not window.area.list.isVisible())
    window.area.ticket.header.back.click()
    qtbot.waitUntil(window.area.list.isVisible)


def test_scheme_and_text_size_are_kept(window: DeskWindow, context: DeskContext) -> None:
    window.run("scheme.dark")
    window.run("text.larger")
    assert (context.settings.text("theme"), context.settings.text("text_size")) == ("dark", "110")
    assert context.look.theme.is_dark
    window.run("text.smaller")
    window.run("scheme.light")


def test_everything_one_can_press_or_fill_has_a_name(qtbot: QtBot, window: DeskWindow, rows: list[TicketRow]) -> None:
    _open(qtbot, window, rows[1])
    controls = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)]
    inner = ("qt_", "ScrollLeftButton", "ScrollRightButton")
    nameless = [one for one in controls if not one.accessibleName() and not one.text()]
    assert not [one for one in nameless if one.isVisible() and not one.objectName().startswith(inner)]
    assert window.area.list.view.accessibleName()
    assert window.area.ticket.composer.editor.accessibleName()


def test_only_fifty_entries_are_made_until_older_ones_are_asked_for(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], work: Work, context: DeskContext
) -> None:
    for place in range(60):
        tickets.add_note(work, tickets.AddNote(rows[1].id, f"Notiz {place}"))
    _open(qtbot, window, rows[1])
    timeline = window.area.ticket.timeline
    qtbot.waitUntil(lambda: len(timeline.entries) == 50)
    timeline._older.click()
    assert len(timeline.entries) > 60
    assert any(isinstance(one, EventEntry) for one in timeline.entries)


def test_waiting_brings_the_ticket_back_on_the_chosen_morning(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], work: Work, context: DeskContext
) -> None:
    from desktop.ui.desk.waiting_dialog import WaitingDialog

    _open(qtbot, window, rows[1])
    window.run("ticket.wait")
    (dialog,) = window.findChildren(WaitingDialog)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: _state(work, rows[1]) is StateType.WAITING)
    later = replace(work, clock=lambda: context.clock() + timedelta(days=10))
    assert tickets.wake_due(later).result == 1


def test_files_can_be_taken_off_again_and_a_reply_says_that_they_stay(
    qtbot: QtBot, window: DeskWindow, rows: list[TicketRow], tmp_path: Path
) -> None:
    _open(qtbot, window, rows[0])
    composer = window.area.ticket.composer
    composer._set_files((tmp_path / "foto.png",))

    def said() -> list[str]:
        return [one.text for one in composer.findChildren(ElidedLabel) if not one.isHidden()]

    assert "foto.png" in said()
    assert any("bleiben beim Ticket" in one for one in said())
    qtbot.mouseClick(composer._drop, Qt.MouseButton.LeftButton)
    assert "foto.png" not in said()
    assert not any("bleiben beim Ticket" in one for one in said())
