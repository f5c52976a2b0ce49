"""Leaving a checklist in every way: nothing typed is lost, no page stays behind, and a finished one can be seen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.base.paths import resources
from desktop.domain.commands import CreateTicket
from desktop.domain.rows import TicketRow
from desktop.domain.wizard.definition import Result
from desktop.domain.wizard.library import load_library
from desktop.services import tickets
from desktop.services.lists import open_ticket
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.wizards.chooser import Chooser
from desktop.ui.desk.wizards.flow import ChecklistFlow
from desktop.ui.desk.wizards.page import ChecklistPage
from tests.ui.desk.conftest import TypeIn, make_window
from tests.ui.desk.test_checklist_end import WIZARD, begin, end, outcome_of


@pytest.fixture
def ticket(work: Work) -> TicketRow:
    """Return an open ticket about a label printer."""
    command = CreateTicket("Etikettendrucker druckt leer", "Im Versand.", category="printer")
    return tickets.create_ticket(work, command).result


@pytest.fixture
def window(qtbot: QtBot, company_context: DeskContext, ticket: TicketRow) -> DeskWindow:
    """Return the main window with that ticket open."""
    shown = make_window(qtbot, company_context)
    shown.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: shown.area.page is not None)
    return shown


def go_to(page: ChecklistPage, result: Result) -> None:
    """Go to an end with this result, as far as nothing has to be typed."""
    page.session.move(outcome_of(load_library(resources() / "wizards").wizards[WIZARD], result))


def text_field(page: ChecklistPage) -> QLineEdit | QPlainTextEdit:
    """Answer what has rows to choose from, and return the first field to type in."""
    while page.view.form is not None and page.view.form.ask.choices:
        page._take(page.view.form.ask.choices[0][0])
    assert page.view.form is not None
    field = page.view.form.first()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    return field


def is_gone(window: DeskWindow) -> bool:
    return not window.findChildren(ChecklistPage) and not window.findChildren(ChecklistFlow)


@pytest.mark.parametrize("command", ["settings.open", "device.list", "view.mine", "ticket.checklist"])
def test_no_page_stays_behind(qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work, command: str) -> None:
    page = begin(qtbot, window)
    page.session.write_note("Angefangen")
    qtbot.waitUntil(lambda: bool(open_ticket(work, ticket.id).runs))
    window.run(command)
    if command == "ticket.checklist":
        qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Chooser))
        qtbot.keyClick(QApplication.activePopupWidget().field, Qt.Key.Key_Return)
    pages = 1 if command == "ticket.checklist" else 0
    qtbot.waitUntil(lambda: window._stack.currentWidget() is not page)
    qtbot.waitUntil(lambda: len(window.findChildren(ChecklistPage)) == pages)
    assert len(window.findChildren(ChecklistFlow)) == pages
    assert len(open_ticket(work, ticket.id).runs) == 1


def test_what_was_typed_stands_there_again(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work, type_in: TypeIn
) -> None:
    page = begin(qtbot, window)
    go_to(page, Result.ESCALATE)
    type_in(text_field(page), "Lager, Tor 3")
    window.run("settings.open")
    qtbot.waitUntil(lambda: is_gone(window))
    again = begin(qtbot, window)
    assert again.view.form is not None
    assert again.view.form.answer() == "Lager, Tor 3"
    again._on_next()
    assert "Lager, Tor 3" in again.session.answers().values()
    assert again.view.form is None or again.view.form.answer() != "Lager, Tor 3"


def test_a_note_just_typed_is_kept_when_the_window_closes(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work, context: DeskContext, type_in: TypeIn
) -> None:
    page = begin(qtbot, window)
    assert page.view.note is not None
    type_in(page.view.note, "Papier lag quer")
    window.close()
    context.db.submit(lambda: None).result()  # the program ends now: what is not on its way is lost
    assert [one.document["note"] for one in open_ticket(work, ticket.id).runs] == ["Papier lag quer"]


@pytest.mark.parametrize("result", [Result.RESOLVED, Result.REQUEST])
def test_whoever_leaves_at_the_end_still_has_its_note(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work, result: Result
) -> None:
    page = begin(qtbot, window)
    go_to(page, result)
    while not page.session.state.phase.is_over:
        assert page.view.form is not None
        page._take(page.view.form.ask.choices[0][0] if page.view.form.ask.choices else "Lager")
    window.run("settings.open")
    qtbot.waitUntil(lambda: [one.kind for one in open_ticket(work, ticket.id).messages] == ["request", "note"])
    assert window.navigation.place == "settings"
    qtbot.waitUntil(lambda: is_gone(window))


def test_a_finished_checklist_is_shown_as_it_was(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work
) -> None:
    end(qtbot, window, Result.REQUEST)
    qtbot.waitUntil(lambda: [one.kind for one in open_ticket(work, ticket.id).messages] == ["request", "note"])
    qtbot.waitUntil(lambda: is_gone(window))
    before = open_ticket(work, ticket.id)

    def link() -> Any:
        panel = window.area.ticket.panel
        return next((one for one in panel.findChildren(QAbstractButton) if one.text() == "Ansehen"), None)

    qtbot.waitUntil(lambda: link() is not None)
    link().click()
    qtbot.waitUntil(lambda: isinstance(window._stack.currentWidget(), ChecklistPage))
    assert QApplication.activePopupWidget() is None
    page = window._stack.currentWidget()
    assert isinstance(page, ChecklistPage)
    assert page.session.state.run_id == before.runs[-1].id
    offered = {one.text() for one in page.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()}
    assert not offered & {"Zurück", "Unterbrechen", "Schritt überspringen"}
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: is_gone(window))
    after = open_ticket(work, ticket.id)
    assert window._stack.currentWidget() is window.area
    assert (after.messages, after.events, after.runs) == (before.messages, before.events, before.runs)
