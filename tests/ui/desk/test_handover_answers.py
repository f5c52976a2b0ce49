"""The hand-over asks what a checklist could not ask any more: with the right form, kept in the run, and counted."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.domain.partner import AddPartner
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import Level
from desktop.domain.wizard.definition import AnswerType
from desktop.domain.wizard.run import from_document
from desktop.services.lists import open_ticket
from desktop.services.partners import add_partner
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.handover_answers import AnswerLine
from desktop.ui.desk.handover_dialog import HandoverDialog
from desktop.ui.desk.main_window import DeskWindow
from tests.ui.desk.conftest import make_window
from tests.ui.desk.test_checklist_runs import self_help_ticket


@pytest.fixture
def ticket(work: Work) -> TicketRow:
    """Return a ticket with self-help that ended because somebody wanted help."""
    add_partner(work, AddPartner("Netzwerk Hagedorn", Level.THIRD))
    return self_help_ticket(work)


@pytest.fixture
def dialog(qtbot: QtBot, context: DeskContext, ticket: TicketRow) -> HandoverDialog:
    """Return the hand-over of that ticket, opened from the main window."""
    window: DeskWindow = make_window(qtbot, context)
    window.open_ticket(ticket.id)
    qtbot.waitUntil(lambda: window.area.page is not None)
    window.run("ticket.handover")
    qtbot.waitUntil(lambda: bool(window.findChildren(HandoverDialog)))
    return window.findChildren(HandoverDialog)[0]


def press(line: AnswerLine, name: str) -> None:
    next(one for one in line.findChildren(QAbstractButton) if one.text().strip() == name).click()


def filled(work: Work, ticket: TicketRow) -> dict[str, object]:
    (run,) = open_ticket(work, ticket.id).runs
    return dict(from_document(run.document).filled)


def test_what_nobody_was_asked_is_asked_here_and_kept_with_the_run(
    qtbot: QtBot, dialog: HandoverDialog, ticket: TicketRow, work: Work
) -> None:
    fields = dialog.handover.fields
    assert fields
    before = dialog.checks._count.text()
    for field in fields:
        line = dialog.answers.line(field.field.id)
        assert line.accessibleName().endswith("Noch nicht beantwortet")
        line.enter.click()
        assert line.form is not None
        if line.form.ask.choices:
            press(line, "Übernehmen")
            assert line.form is not None  # nothing was chosen
            choice = line.form.ask.choices[0][0]
            line.form.card(choice).setChecked(True)
            press(line, "Übernehmen")
        else:
            press(line, "Weiß ich nicht")
    assert all(one.is_answered for one in dialog.handover.fields)
    assert dialog.checks._count.text() != before
    qtbot.waitUntil(lambda: set(filled(work, ticket)) == {one.field.id for one in fields})
    unknown = {one.field.id for one in fields if one.field.type is AnswerType.TEXT}
    assert {name for name, value in filled(work, ticket).items() if value is None} == unknown
    qtbot.waitUntil(lambda: bool(from_document(dialog.handover.page.runs[0].document).filled))
    dialog.reject()


def test_every_control_of_an_open_field_has_a_name(dialog: HandoverDialog) -> None:
    for field in dialog.handover.fields:
        dialog.answers.line(field.field.id).enter.click()
    buttons = [one for one in dialog.answers.findChildren(QAbstractButton) if one.isVisible()]
    assert buttons
    assert [one for one in buttons if not one.accessibleName()] == []
    dialog.reject()
