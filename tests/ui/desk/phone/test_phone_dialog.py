from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.changes import Subject
from desktop.base.ids import new_id
from desktop.base.paths import resources
from desktop.domain.rows import TicketPage
from desktop.domain.ticket import Channel, StateType
from desktop.domain.wizard.library import load_library
from desktop.services.lists import list_tickets, open_ticket
from desktop.services.people import SavePerson, list_people, save_person
from desktop.services.tickets import CreateTicket, create_ticket
from desktop.services.work import Work
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.phone.call_clock import CallClock
from desktop.ui.desk.phone.dialog import PhoneDialog
from desktop.ui.desk.phone.drafts import CallDraft, CallDrafts
from desktop.ui.desk.questions import Question

LEFT = Qt.MouseButton.LeftButton
TypeIn = Callable[[QWidget, str], None]


@pytest.fixture
def dialog(qtbot: QtBot, context: DeskContext, work: Work) -> PhoneDialog:
    save_person(work, SavePerson("Heike Brandt-Loos", department="Buchhaltung", phone="231"))
    save_person(work, SavePerson("Jörg Übermann", department="Versand", phone="118"))
    one = open_form(qtbot, context)
    qtbot.waitUntil(lambda: bool(one.form.caller.matches("heike")))
    return one


def open_form(qtbot: QtBot, context: DeskContext) -> PhoneDialog:
    one = PhoneDialog(context, wizards=lambda: load_library(resources() / "wizards").wizards)
    qtbot.addWidget(one, before_close_func=lambda it: (it.form.subject.set_text(""), it.form.notes.set_text("")))
    one.show()
    return one


def only_ticket(work: Work) -> TicketPage:
    (row,) = list_tickets(work, "all").rows
    return open_ticket(work, row.id)


def test_a_call_becomes_a_ticket_with_caller_category_and_time(
    qtbot: QtBot, dialog: PhoneDialog, work: Work, type_in: TypeIn
) -> None:
    type_in(dialog.form.caller.edit, "231")
    qtbot.keyClick(dialog.form.caller.edit, Qt.Key.Key_Return)
    type_in(dialog.form.subject.edit, "Outlook fragt nach dem Kennwort")
    type_in(dialog.form.notes.edit, "Seit gestern")
    qtbot.mouseClick(dialog.form.works.button("blocked"), LEFT)
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
    type_in(dialog.form.caller.edit, "Neue Aushilfe")
    type_in(dialog.form.subject.edit, "Kennwort vergessen")
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
    assert dialog.form.caller_label.error
    assert dialog.form.subject.error
    assert dialog.isVisible()
    assert not list_tickets(work, "all").rows


def test_an_open_ticket_of_the_caller_can_take_the_call(
    qtbot: QtBot, dialog: PhoneDialog, work: Work, type_in: TypeIn
) -> None:
    heike = list_people(work, "heike")[0]
    made = create_ticket(work, CreateTicket("Kennwort nach Urlaub vergessen", person_id=heike.id)).result
    dialog.form.caller.choose(heike)
    qtbot.waitUntil(lambda: any(one.text() == "Dort eintragen" for one in buttons(dialog)))
    type_in(dialog.form.subject.edit, "Immer noch gesperrt")
    with qtbot.waitSignal(dialog.saved) as caught:
        qtbot.mouseClick(next(one for one in buttons(dialog) if one.text() == "Dort eintragen"), LEFT)
    assert caught.args == [made.id]
    assert "Immer noch gesperrt" in only_ticket(work).messages[-1].text


def buttons(dialog: PhoneDialog) -> list[QAbstractButton]:
    return [one for one in dialog.findChildren(QAbstractButton) if one.isVisible()]


def test_a_corrected_category_stays(qtbot: QtBot, dialog: PhoneDialog, type_in: TypeIn) -> None:
    type_in(dialog.form.subject.edit, "Drucker")
    assert dialog.form.change.value == "printer"
    next(one for one in dialog.form.change.menu().actions() if one.data() == "hardware").trigger()
    type_in(dialog.form.subject.edit, " druckt nicht")
    assert dialog.form.change.value == "hardware"


@pytest.mark.parametrize(("typed", "found"), [("bra", 1), ("ueberm", 1), ("Übermann", 1), ("versand", 1), ("xyz", 0)])
def test_callers_are_found_by_a_few_letters(dialog: PhoneDialog, typed: str, found: int) -> None:
    assert len(dialog.form.caller.matches(typed)) == found


def test_esc_asks_before_notes_are_lost(qtbot: QtBot, dialog: PhoneDialog, type_in: TypeIn) -> None:
    type_in(dialog.form.notes.edit, "Wichtig")
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
    dialog.form.caller.choose(bad)
    shown = [one for one in dialog.findChildren(QLabel) if "img" in one.text()]
    assert shown
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in shown)


def test_every_control_has_a_name(dialog: PhoneDialog) -> None:
    assert not [one for one in dialog.findChildren(QAbstractButton) if not one.accessibleName()]


def test_a_fitting_checklist_starts_on_the_new_ticket(
    qtbot: QtBot, dialog: PhoneDialog, work: Work, type_in: TypeIn
) -> None:
    dialog.form.caller.choose(list_people(work, "heike")[0])
    type_in(dialog.form.subject.edit, "Der Drucker druckt nicht")
    qtbot.waitUntil(lambda: dialog.suggestion.shown == "printer-no-print")
    qtbot.waitUntil(lambda: any(one.text() == "Am Telefon durchgehen" for one in buttons(dialog)))
    go = next(one for one in buttons(dialog) if one.text() == "Am Telefon durchgehen")
    with qtbot.waitSignal(dialog.checklist_wanted) as caught:
        qtbot.mouseClick(go, LEFT)
    assert caught.args == [only_ticket(work).row.id, "printer-no-print"]
    assert not dialog.isVisible()


def test_nothing_is_suggested_before_anything_was_said(qtbot: QtBot, dialog: PhoneDialog, type_in: TypeIn) -> None:
    type_in(dialog.form.subject.edit, "Drucker")
    qtbot.waitUntil(lambda: bool(dialog.suggestion.shown))
    dialog.form.subject.edit.selectAll()
    qtbot.keyClick(dialog.form.subject.edit, Qt.Key.Key_Backspace)
    assert not dialog.suggestion.shown


def test_a_call_that_was_put_aside_can_be_continued(
    qtbot: QtBot, dialog: PhoneDialog, context: DeskContext, work: Work, type_in: TypeIn
) -> None:
    dialog.form.caller.choose(list_people(work, "heike")[0])
    type_in(dialog.form.subject.edit, "Kennwort vergessen")
    type_in(dialog.form.notes.edit, "Ruft gleich zurück")
    qtbot.mouseClick(dialog.form.works.button("blocked"), LEFT)
    qtbot.mouseClick(dialog.later_button, LEFT)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    again = open_form(qtbot, context)
    qtbot.waitUntil(lambda: any(one.text() == "Fortsetzen" for one in buttons(again)))
    qtbot.mouseClick(next(one for one in buttons(again) if one.text() == "Fortsetzen"), LEFT)
    assert again.form.caller.person is not None
    assert (again.form.subject.text, again.form.notes.text) == ("Kennwort vergessen", "Ruft gleich zurück")
    assert again.form.works.value == "blocked"
    with qtbot.waitSignal(again.saved):
        again.save()
    folder = context.home.data / "calls"
    qtbot.waitUntil(lambda: not list(folder.iterdir()))
    assert only_ticket(work).row.person_name == "Heike Brandt-Loos"


def test_words_are_on_the_disk_soon_after_they_were_typed(
    qtbot: QtBot, dialog: PhoneDialog, context: DeskContext, type_in: TypeIn
) -> None:
    type_in(dialog.form.notes.edit, "Das überlebt einen Absturz")
    drafts = CallDrafts(context.home.data / "calls")
    qtbot.waitUntil(lambda: any(one.notes == "Das überlebt einen Absturz" for one in drafts.read_all()))


def test_discarded_words_are_gone(
    qtbot: QtBot, dialog: PhoneDialog, context: DeskContext, type_in: TypeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(dialog.form.notes.edit, "Verwählt")
    drafts = CallDrafts(context.home.data / "calls")
    qtbot.waitUntil(lambda: bool(drafts.read_all()))
    monkeypatch.setattr(Question, "exec", lambda _self: Question.DialogCode.Accepted)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not drafts.read_all())


def test_looking_at_an_open_ticket_puts_the_call_aside(
    qtbot: QtBot, dialog: PhoneDialog, context: DeskContext, work: Work, type_in: TypeIn
) -> None:
    heike = list_people(work, "heike")[0]
    made = create_ticket(work, CreateTicket("Kennwort nach Urlaub vergessen", person_id=heike.id)).result
    dialog.form.caller.choose(heike)
    type_in(dialog.form.notes.edit, "Sie war es wieder")
    qtbot.waitUntil(lambda: any(one.text() == "Öffnen" for one in buttons(dialog)))
    with qtbot.waitSignal(dialog.saved) as caught:
        qtbot.mouseClick(next(one for one in buttons(dialog) if one.text() == "Öffnen"), LEFT)
    assert caught.args == [made.id]
    assert [one.notes for one in CallDrafts(context.home.data / "calls").read_all()] == ["Sie war es wieder"]


def test_a_draft_that_cannot_be_kept_says_so_and_keeps_the_words(
    qtbot: QtBot, dialog: PhoneDialog, context: DeskContext, type_in: TypeIn
) -> None:
    (context.home.data / "calls").write_text("hier liegt schon eine Datei")
    type_in(dialog.form.notes.edit, "Wichtig")
    qtbot.mouseClick(dialog.later_button, LEFT)
    qtbot.waitUntil(lambda: any("zwischenspeichern" in one.text() for one in dialog.findChildren(QLabel)))
    assert dialog.isVisible()
    assert dialog.form.notes.text == "Wichtig"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"id": 1}', b"\xff"])
def test_damaged_drafts_are_left_alone(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture, context: DeskContext
) -> None:
    drafts = CallDrafts(tmp_path)
    good = CallDraft(new_id(), context.clock(), subject="Drucker")
    drafts.keep(good)
    (tmp_path / f"{new_id()}.json").write_bytes(content)
    assert drafts.read_all() == (good,)
    assert "cannot be read" in caplog.text
    caplog.clear()


def test_the_first_of_several_callers_is_one_key_away_and_a_new_one_is_the_last_line(
    qtbot: QtBot, dialog: PhoneDialog, work: Work, type_in: TypeIn
) -> None:
    save_person(work, SavePerson("Heike Aalborg"))
    caller = dialog.form.caller
    caller.set_people(list_people(work))
    type_in(caller.edit, "heike")
    assert caller.list.currentIndex().row() == 0
    assert caller.list.model().rowCount() == 3
    qtbot.keyClick(caller.edit, Qt.Key.Key_Return)
    assert caller.person is not None
    assert caller.person.name == "Heike Aalborg"
    caller.choose(None)
    type_in(caller.edit, "Heike")
    caller.list.setCurrentIndex(caller.list.model().index(2, 0))
    qtbot.keyClick(caller.list, Qt.Key.Key_Return)
    assert caller.person is None
    assert caller.typed == "Heike"
    assert dialog.focusWidget() is dialog.form.subject.edit


def test_two_clicks_put_the_call_on_the_ticket_once(
    qtbot: QtBot, dialog: PhoneDialog, work: Work, type_in: TypeIn
) -> None:
    heike = list_people(work, "heike")[0]
    create_ticket(work, CreateTicket("Kennwort nach Urlaub vergessen", person_id=heike.id))
    dialog.form.caller.choose(heike)
    type_in(dialog.form.subject.edit, "Immer noch gesperrt")
    qtbot.waitUntil(lambda: any(one.text() == "Dort eintragen" for one in buttons(dialog)))
    use = next(one for one in buttons(dialog) if one.text() == "Dort eintragen")
    with qtbot.waitSignal(dialog.saved):
        use.click()
        use.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    dialog._context.db.submit(lambda: None).result()
    assert len([one for one in only_ticket(work).messages if "Immer noch gesperrt" in one.text]) == 1


def test_what_is_wrong_with_the_caller_is_told_where_the_keyboard_is(qtbot: QtBot, dialog: PhoneDialog) -> None:
    dialog.save()
    assert dialog.form.caller.edit.accessibleDescription() == dialog.form.caller_label.error != ""
    assert dialog.form.caller.edit.property("faulty") == "true"
