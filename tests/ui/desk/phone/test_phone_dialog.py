from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.changes import Subject
from desktop.domain.rows import TicketPage
from desktop.domain.ticket import Channel, StateType
from desktop.services.lists import list_tickets, open_ticket
from desktop.services.people import SavePerson, list_people, save_person
from desktop.services.tickets import CreateTicket, create_ticket
from desktop.services.work import Work
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.phone.call_clock import CallClock
from desktop.ui.desk.phone.dialog import PhoneDialog
from desktop.ui.desk.questions import Question

LEFT = Qt.MouseButton.LeftButton
TypeIn = Callable[[QWidget, str], None]


@pytest.fixture
def dialog(qtbot: QtBot, context: DeskContext, work: Work) -> PhoneDialog:
    save_person(work, SavePerson("Heike Brandt-Loos", department="Buchhaltung", phone="231"))
    save_person(work, SavePerson("Jörg Übermann", department="Versand", phone="118"))
    one = PhoneDialog(context)
    qtbot.addWidget(one, before_close_func=lambda it: (it.subject.set_text(""), it.notes.set_text("")))
    one.show()
    qtbot.waitUntil(lambda: bool(one.caller.matches("heike")))
    return one


def only_ticket(work: Work) -> TicketPage:
    (row,) = list_tickets(work, "all").rows
    return open_ticket(work, row.id)


def test_a_call_becomes_a_ticket_with_caller_category_and_time(
    qtbot: QtBot, dialog: PhoneDialog, work: Work, type_in: TypeIn
) -> None:
    type_in(dialog.caller.edit, "231")
    qtbot.keyClick(dialog.caller.edit, Qt.Key.Key_Return)
    type_in(dialog.subject.edit, "Outlook fragt nach dem Kennwort")
    type_in(dialog.notes.edit, "Seit gestern")
    qtbot.mouseClick(dialog.works.button("blocked"), LEFT)
    with qtbot.waitSignal(dialog.saved):
        qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    page = only_ticket(work)
    assert (page.row.title, page.row.person_name) == ("Outlook fragt nach dem Kennwort", "Heike Brandt-Loos")
    assert (page.row.category, page.row.priority.code, page.channel) == ("email", "high", Channel.PHONE)
    assert page.row.state_type.is_active
    assert "Seit gestern" in page.messages[0].text


def test_solved_on_the_phone_is_logged_and_closed_in_one_form(
    qtbot: QtBot, dialog: PhoneDialog, context: DeskContext, work: Work, type_in: TypeIn
) -> None:
    type_in(dialog.caller.edit, "Neue Aushilfe")
    type_in(dialog.subject.edit, "Kennwort vergessen")
    with qtbot.waitSignal(context.bus.changed) as caught:
        qtbot.mouseClick(dialog.solve_button, LEFT)
    page = only_ticket(work)
    assert page.row.state_type is StateType.CLOSED
    assert page.row.person_name == "Neue Aushilfe"
    assert [one.name for one in list_people(work, "Aushilfe")] == ["Neue Aushilfe"]
    assert not dialog.isVisible()
    assert caught.args[0].touches(Subject.TICKET)


def test_an_incomplete_call_says_what_is_missing(qtbot: QtBot, dialog: PhoneDialog, work: Work) -> None:
    qtbot.mouseClick(dialog.solve_button, LEFT)
    assert dialog.caller_label.error
    assert dialog.subject.error
    assert dialog.isVisible()
    assert not list_tickets(work, "all").rows


def test_an_open_ticket_of_the_caller_can_take_the_call(
    qtbot: QtBot, dialog: PhoneDialog, work: Work, type_in: TypeIn
) -> None:
    heike = list_people(work, "heike")[0]
    made = create_ticket(work, CreateTicket("Kennwort nach Urlaub vergessen", person_id=heike.id)).result
    dialog.caller.choose(heike)
    qtbot.waitUntil(lambda: any(one.text() == "Dort eintragen" for one in buttons(dialog)))
    type_in(dialog.subject.edit, "Immer noch gesperrt")
    with qtbot.waitSignal(dialog.saved) as caught:
        qtbot.mouseClick(next(one for one in buttons(dialog) if one.text() == "Dort eintragen"), LEFT)
    assert caught.args == [made.id]
    assert "Immer noch gesperrt" in only_ticket(work).messages[-1].text


def buttons(dialog: PhoneDialog) -> list[QAbstractButton]:
    return [one for one in dialog.findChildren(QAbstractButton) if one.isVisible()]


def test_a_corrected_category_stays(qtbot: QtBot, dialog: PhoneDialog, type_in: TypeIn) -> None:
    type_in(dialog.subject.edit, "Drucker")
    assert dialog.change.value == "printer"
    next(one for one in dialog.change.menu().actions() if one.data() == "hardware").trigger()
    type_in(dialog.subject.edit, " druckt nicht")
    assert dialog.change.value == "hardware"


@pytest.mark.parametrize(("typed", "found"), [("bra", 1), ("ueberm", 1), ("Übermann", 1), ("versand", 1), ("xyz", 0)])
def test_callers_are_found_by_a_few_letters(dialog: PhoneDialog, typed: str, found: int) -> None:
    assert len(dialog.caller.matches(typed)) == found


def test_esc_asks_before_notes_are_lost(qtbot: QtBot, dialog: PhoneDialog, type_in: TypeIn) -> None:
    type_in(dialog.notes.edit, "Wichtig")
    asked: list[str] = []

    def answer() -> None:
        question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question))
        asked.append(question.windowTitle())
        qtbot.mouseClick(question.no, LEFT)

    QTimer.singleShot(0, dialog, answer)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert asked
    assert dialog.isVisible()


def test_the_clock_rests_and_counts_begun_minutes(qtbot: QtBot, look: Look) -> None:
    now = [0.0]
    clock = CallClock(look, monotonic=lambda: now[0])
    qtbot.addWidget(clock)
    now[0] = 61.0
    assert clock.minutes == 2
    qtbot.mouseClick(clock.pause, LEFT)
    now[0] = 600.0
    assert clock.seconds == 61.0
    qtbot.mouseClick(clock.pause, LEFT)
    now[0] = 660.0
    assert clock.minutes == 3


def test_hostile_names_stay_plain(qtbot: QtBot, dialog: PhoneDialog, work: Work) -> None:
    bad = save_person(work, SavePerson("<img src=file:///etc/passwd> Anna")).result
    dialog.caller.choose(bad)
    shown = [one for one in dialog.findChildren(QLabel) if "img" in one.text()]
    assert shown
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in shown)


def test_every_control_has_a_name(dialog: PhoneDialog) -> None:
    assert not [one for one in dialog.findChildren(QAbstractButton) if not one.accessibleName()]
