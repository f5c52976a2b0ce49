"""From a ticket into a checklist and back: what its end proposes, and what it leaves in the ticket."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from desktop.base.paths import resources
from desktop.domain.commands import CreateTicket
from desktop.domain.partner import AddPartner
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import Level, StateType
from desktop.domain.wizard.definition import Outcome, Result, Wizard
from desktop.domain.wizard.library import load_library
from desktop.services import tickets
from desktop.services.lists import open_ticket
from desktop.services.partners import add_partner
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.handover_dialog import HandoverDialog
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.wizards.chooser import Chooser
from desktop.ui.desk.wizards.page import ChecklistPage
from tests.ui.desk.conftest import make_window

WIZARD = "printer-no-print"


@pytest.fixture
def ticket(work: Work) -> TicketRow:
    """Return an open ticket about a label printer."""
    for name, topics in (("Netzwerk Hagedorn", "Switches, WLAN"), ("Sommerfeldt", "Etikettendrucker")):
        add_partner(work, AddPartner(name, Level.THIRD, topics=topics))
    text = "Der Etikettendrucker im Versand druckt leere Seiten."
    return tickets.create_ticket(work, CreateTicket("Etikettendrucker druckt leer", text, category="printer")).result


@pytest.fixture
def window(qtbot: QtBot, context: DeskContext, ticket: TicketRow) -> DeskWindow:
    """Return the main window with that ticket open."""
    shown = make_window(qtbot, context)
    shown.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: shown.area.page is not None)
    return shown


def begin(qtbot: QtBot, window: DeskWindow) -> ChecklistPage:
    """Start the checklist and return its page."""
    assert window.area.page is not None
    pages: list[ChecklistPage] = []
    window.pages.start_checklist(window.area.page, WIZARD, opened=pages.append)
    qtbot.waitUntil(lambda: bool(pages))
    return pages[0]


def end(qtbot: QtBot, window: DeskWindow, result: Result) -> None:
    """Go to an end with this result and press the last button."""
    page = begin(qtbot, window)
    wizard = load_library(resources() / "wizards").wizards[WIZARD]
    page.session.move(outcome_of(wizard, result))
    while not page.session.state.phase.is_over:
        assert page.view.form is not None
        choices = page.view.form.ask.choices
        page._take(choices[0][0] if choices else "Lager")
    page._on_next()


def outcome_of(wizard: Wizard, result: Result) -> str:
    return next(one.id for one in wizard.steps.values() if isinstance(one, Outcome) and one.result is result)


def test_solved_proposes_to_finish_with_a_note_to_look_over(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work
) -> None:
    end(qtbot, window, Result.RESOLVED)
    view = window.area.ticket
    qtbot.waitUntil(lambda: view.proposal.button is not None)
    assert window._stack.currentWidget() is window.area
    assert view.composer.is_note
    assert "Drucker druckt nicht" in view.composer.editor.toPlainText()
    kinds = [one.kind for one in open_ticket(work, ticket.id).events]
    assert ("wizard_started" in kinds) or ("wizard_finished" in kinds)
    view.proposal.button.click()
    qtbot.waitUntil(lambda: open_ticket(work, ticket.id).row.state_type is StateType.SOLVED)
    page = open_ticket(work, ticket.id)
    assert [one.kind for one in page.messages] == ["request", "note"]
    assert not page.note_draft
    qtbot.waitUntil(lambda: view.proposal.isHidden())
    assert not view.composer.editor.toPlainText()


def test_not_solved_proposes_the_partner_who_knows_about_it(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow
) -> None:
    """The hand-over opens at once; whoever closes it finds it proposed in the ticket."""
    end(qtbot, window, Result.ESCALATE)
    qtbot.waitUntil(lambda: bool(window.findChildren(HandoverDialog)))
    window.findChildren(HandoverDialog)[0].reject()
    qtbot.waitUntil(lambda: not window.findChildren(HandoverDialog))
    view = window.area.ticket
    qtbot.waitUntil(lambda: view.proposal.button is not None)
    assert view.composer.editor.toPlainText() == ""
    view.proposal.button.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(HandoverDialog)))
    (dialog,) = window.findChildren(HandoverDialog)
    assert dialog.handover.partner.name == "Sommerfeldt"
    assert dialog.handover.steps
    dialog.reject()


def test_a_request_leaves_its_note_at_once(qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work) -> None:
    end(qtbot, window, Result.REQUEST)
    qtbot.waitUntil(lambda: [one.kind for one in open_ticket(work, ticket.id).messages] == ["request", "note"])
    view = window.area.ticket
    qtbot.waitUntil(view.proposal.isVisible)
    assert view.proposal.button is None
    view.proposal._dismiss(view.page.runs[-1].id)  # type: ignore[union-attr]
    view.reload()
    assert view.proposal.isHidden()


def test_half_a_checklist_shows_how_far_it_is_and_goes_on(
    qtbot: QtBot, window: DeskWindow, ticket: TicketRow, work: Work
) -> None:
    page = begin(qtbot, window)
    page.session.pause()
    page.left.emit()
    qtbot.waitUntil(lambda: bool(open_ticket(work, ticket.id).runs))
    panel = window.area.ticket.panel
    qtbot.waitUntil(lambda: bool(panel.findChildren(QProgressBar)))
    assert " von " in panel.findChildren(QProgressBar)[0].accessibleDescription()
    window.run("ticket.checklist")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Chooser))
    chooser = QApplication.activePopupWidget()
    assert isinstance(chooser, Chooser)
    assert chooser.offers[0].id == open_ticket(work, ticket.id).runs[0].id
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window._stack.currentWidget(), ChecklistPage))
    assert len(open_ticket(work, ticket.id).runs) == 1


def test_the_phone_sentence_stands_in_the_answer(qtbot: QtBot, window: DeskWindow) -> None:
    page = begin(qtbot, window)
    page.reply_wanted.emit("Bitte schalten Sie den Drucker aus und ein.")
    composer = window.area.ticket.composer
    qtbot.waitUntil(lambda: "aus und ein" in composer.editor.toPlainText())
    assert not composer.is_note
    assert window._stack.currentWidget() is window.area
