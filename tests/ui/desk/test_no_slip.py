"""Slips of hand in the Desk: Esc over a text, two clicks, a fault that comes before another was read."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.base.clock import utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import Home, resources
from desktop.base.texts import load_texts
from desktop.domain.commands import Assign, CreateTicket
from desktop.domain.rows import TicketRow
from desktop.domain.wizard.library import load_library
from desktop.entry.crash import catch_crashes
from desktop.services import tickets
from desktop.services.lists import open_ticket
from desktop.services.technicians import list_technicians, rename_technician
from desktop.services.work import Work
from desktop.ui.common.formats import Formats
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.new_ticket_dialog import NewTicketDialog
from desktop.ui.desk.partner_dialog import PartnerDialog
from desktop.ui.desk.questions import Question
from desktop.ui.desk.waiting_dialog import WaitingDialog
from desktop.ui.desk.wizards.chooser import Chooser
from desktop.ui.desk.wizards.flow import ChecklistFlow
from tests.ui.desk.conftest import make_window


@pytest.fixture
def ticket(work: Work) -> TicketRow:
    """Return a ticket of mine."""
    made = tickets.create_ticket(work, CreateTicket("Drucker druckt leer", "Es geht nicht.")).result
    return tickets.assign(work, Assign(made.id, work.actor.id)).result


@pytest.fixture
def window(qtbot: QtBot, context: DeskContext, ticket: TicketRow) -> DeskWindow:
    """Return the window with the ticket open."""
    shown = make_window(qtbot, context)
    shown.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
    shown.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: shown.area.page is not None)
    return shown


def words(window: DeskWindow) -> str:
    return " ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def fault(code: str) -> AppError:
    return AppError(code, kind=ErrorKind.ENVIRONMENT, parameters={"path": "/tmp"})


def test_a_draft_that_could_not_be_kept_is_tried_again(
    qtbot: QtBot, window: DeskWindow, work: Work, ticket: TicketRow, context: DeskContext
) -> None:
    """The database was busy for a while; the text is kept with the next occasion, not only with the next letter."""
    view = window.area.ticket
    blocker = sqlite3.connect(context.home.data / "ersthelfer.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        view.composer.editor.setPlainText("Ich komme gleich.")
        view.composer.flush()
        qtbot.waitUntil(lambda: view._faults.count() == 1, timeout=20_000)
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    window.area.flush()
    qtbot.waitUntil(lambda: open_ticket(work, ticket.id).reply_draft == "Ich komme gleich.")


def test_a_fault_is_shown_until_it_was_read(qtbot: QtBot, window: DeskWindow, context: DeskContext) -> None:
    """The mailbox, which is looked at every ten seconds, does not push it away; its own fault comes after it."""
    from desktop.ui.desk.mailbox_watch import MailboxState

    gone = MailboxState(utc_now(), fault("mailbox.unreachable"))
    window.show_mailbox(gone)
    window._faults.show_fault(fault("store.busy"))
    window.show_mailbox(gone)
    assert "Datenbank" in words(window)
    window._faults.close_fault()
    assert "Eingangsordner" in words(window)
    window.show_mailbox(MailboxState(utc_now()))
    assert window._faults.count() == 0


def test_esc_in_the_search_gives_the_keyboard_back(qtbot: QtBot, window: DeskWindow) -> None:
    window.area.list.view.setFocus()
    window.run("search.everywhere")
    assert window.toolbar.search.hasFocus()
    qtbot.keyClick(window.toolbar.search, Qt.Key.Key_Escape)
    assert window.area.list.view.hasFocus()


def test_a_search_that_fails_late_opens_nothing(qtbot: QtBot, window: DeskWindow) -> None:
    window.run("search.everywhere")
    window.toolbar.search.setText("drucker")
    window.area.list.view.setFocus()
    window.popup._on_failed("drucker", fault("store.busy"))
    assert not window.popup.isVisible()


def test_the_filter_is_left_by_keys(qtbot: QtBot, window: DeskWindow) -> None:
    """Down and Enter go on into the list, Esc shows everything again."""
    window.area.list.open_filter()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        window.area.list.filter.setFocus()
        qtbot.keyClick(window.area.list.filter, key)
        assert window.area.list.view.hasFocus()
    window.area.list.filter.setFocus()
    qtbot.keyClick(window.area.list.filter, Qt.Key.Key_Escape)
    assert window.area.list.view.hasFocus()
    assert not window.area.list.filter.isVisible()


def test_enter_in_the_list_goes_into_the_ticket(qtbot: QtBot, window: DeskWindow) -> None:
    window.area.list.view.setFocus()
    qtbot.keyClick(window.area.list.view, Qt.Key.Key_Return)
    assert window.area.ticket.timeline.hasFocus()


@pytest.mark.parametrize("answer", [True, False])
def test_esc_over_a_partner_asks(qtbot: QtBot, look: Look, answer: bool) -> None:
    dialog = PartnerDialog(look)
    qtbot.addWidget(dialog, before_close_func=lambda one: one.done(0))
    dialog.show()
    dialog.name.set_text("Druckerdienst Sauer")
    decide(qtbot, is_yes=answer)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() is not answer


def decide(qtbot: QtBot, *, is_yes: bool) -> None:
    """Answer the next question."""
    from PySide6.QtCore import QTimer

    def answer() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, Question)
        (question.yes if is_yes else question.no).click()

    QTimer.singleShot(50, answer)


def test_a_question_leaves_nothing_behind(qtbot: QtBot, window: DeskWindow, look: Look) -> None:
    from desktop.ui.desk.questions import ask

    decide(qtbot, is_yes=False)
    assert not ask(window, look, "new.discard")
    qtbot.waitUntil(lambda: not window.findChildren(Question))


def test_control_and_enter_make_the_ticket(qtbot: QtBot, window: DeskWindow, work: Work) -> None:
    """Also from the field of several lines, where Enter alone is a new line."""
    window.run("ticket.new")
    dialog = window.findChild(NewTicketDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.title_field.set_text("Maus klemmt")
    dialog.text.edit.setFocus()
    qtbot.keyClick(dialog.text.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.area.page is not None and window.area.page.row.title == "Maus klemmt")


def test_waiting_offers_each_day_once(qtbot: QtBot, qapp: QApplication, look: Look) -> None:
    """On a Friday, tomorrow and in three days are the same Monday."""
    texts = load_texts("de")
    friday = look._replace(formats=Formats(texts, lambda: datetime(2026, 11, 27, 9, tzinfo=UTC), UTC))
    dialog = WaitingDialog(friday, "A-2026-0001")
    qtbot.addWidget(dialog)
    offered = [one.text() for one in dialog.quick]
    assert offered == ["Montag", "04.12.2026"]


def test_a_checklist_nobody_chose_is_forgotten(qtbot: QtBot, window: DeskWindow) -> None:
    """The menu opens at its button, not wherever the mouse happens to be, and leaves nothing behind when closed."""
    window.run("ticket.checklist")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Chooser))
    menu = QApplication.activePopupWidget()
    button = window.area.ticket.header.checklist
    assert abs(menu.y() - button.mapToGlobal(button.rect().bottomLeft()).y()) < 4
    menu.close()
    qtbot.waitUntil(lambda: not window.findChildren(ChecklistFlow))


def test_every_checklist_stands_under_its_category(qtbot: QtBot, window: DeskWindow) -> None:
    """Each can be chosen, and typing finds it."""
    window.run("ticket.checklist")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Chooser))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, Chooser)
    rows = [menu.list.item(place).text() for place in range(menu.list.count())]
    assert "Drucker druckt nicht" in rows[rows.index("Drucker") : rows.index("Netz")]
    assert {one.id for one in menu.offers} == set(load_library(resources() / "wizards").wizards)
    menu.field.setText("papierstau")
    assert [one.id for one in menu.offers] == ["printer-no-print"]
    menu.field.setText("gibt es nicht")
    assert menu.offers == ()
    menu.close()
    qtbot.waitUntil(lambda: not window.findChildren(ChecklistFlow))


def test_another_name_of_mine_is_seen_everywhere(qtbot: QtBot, window: DeskWindow, context: DeskContext) -> None:
    """Renaming oneself reaches the toolbar and the menu of those a ticket is given to."""
    work = context.work()
    mine = next(one for one in list_technicians(work) if one.is_me)
    context.do(lambda one: rename_technician(one, mine.id, "Katrin Velden-Sommer"), owner=window)
    header = window.area.ticket.header
    qtbot.waitUntil(lambda: "Katrin Velden-Sommer" in [one.text() for one in header.assignee.menu().actions()])
    assert window.toolbar.avatar.toolTip() == "Katrin Velden-Sommer"


def test_a_known_fault_is_no_crash(qtbot: QtBot, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An expected fault that no page caught speaks for itself and leaves no crash report."""
    import sys

    shown: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        shown.append(dialog.windowTitle())
        dialog.close()

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    home = Home.under(tmp_path / "desk").ensure()
    catch_crashes(look, home)
    from PySide6.QtCore import QTimer

    QTimer.singleShot(50, close)
    known = AppError("settings.unwritable", kind=ErrorKind.ENVIRONMENT, parameters={"path": "/x"})
    sys.excepthook(AppError, known, None)
    assert shown == [look.texts.error(known).what]
    assert not list(home.logs.glob("crash-*"))
