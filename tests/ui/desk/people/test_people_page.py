from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.people import SavePerson, list_people, save_person
from desktop.services.tickets import CreateTicket, create_ticket
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.people.page import PeoplePage
from desktop.ui.desk.questions import Question

LEFT = Qt.MouseButton.LeftButton
TypeIn = Callable[[QWidget, str], None]


@pytest.fixture
def page(qtbot: QtBot, context: DeskContext, work: Work) -> PeoplePage:
    sabine = save_person(work, SavePerson("Sabine Oswald", department="Versand", phone="214")).result
    save_person(work, SavePerson("Jörg Übermann", department="Verkauf", phone="118"))
    create_ticket(work, CreateTicket("Drucker druckt leer", person_id=sabine.id))
    one = PeoplePage(context)
    qtbot.addWidget(one)
    one.resize(1000, 700)
    one.show()
    qtbot.waitUntil(lambda: one.list.count() == 2)
    return one


def open_first(qtbot: QtBot, page: PeoplePage, query: str) -> None:
    page.search.setText(query)
    with qtbot.waitSignal(page.shown):
        page.list.setCurrentRow(0)


def texts(page: PeoplePage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def test_people_are_found_and_shown_with_their_tickets(qtbot: QtBot, page: PeoplePage) -> None:
    open_first(qtbot, page, "214")
    assert page.form is not None
    assert page.form.fields["name"].text == "Sabine Oswald"
    assert "1 offenes Ticket" in texts(page)
    with qtbot.waitSignal(page._context.bus.navigated):
        link = next(one for one in page.findChildren(QAbstractButton) if "Drucker druckt leer" in one.text())
        qtbot.mouseClick(link, LEFT)


def test_a_correction_is_saved_and_reaches_the_list(
    qtbot: QtBot, page: PeoplePage, work: Work, type_in: TypeIn
) -> None:
    open_first(qtbot, page, "ueber")
    assert page.form is not None
    page.form.fields["phone"].edit.selectAll()
    type_in(page.form.fields["phone"].edit, "300")
    qtbot.mouseClick(page.form.save_button, LEFT)
    qtbot.waitUntil(lambda: [one.phone for one in list_people(work, "Übermann")] == ["300"])
    qtbot.waitUntil(lambda: "Gespeichert." in texts(page))
    qtbot.waitUntil(lambda: "300" in page.list.item(0).text())


def test_a_new_person_needs_a_name(qtbot: QtBot, page: PeoplePage, work: Work, type_in: TypeIn) -> None:
    page.new_person()
    assert page.form is not None
    qtbot.mouseClick(page.form.save_button, LEFT)
    assert page.form.fields["name"].error
    type_in(page.form.fields["name"].edit, "Murat Yilmazer")
    qtbot.mouseClick(page.form.save_button, LEFT)
    qtbot.waitUntil(lambda: len(list_people(work, "Murat")) == 1)
    qtbot.waitUntil(lambda: page.list.count() == 3)


def test_leaving_unsaved_changes_asks(qtbot: QtBot, page: PeoplePage, type_in: TypeIn) -> None:
    open_first(qtbot, page, "")
    assert page.form is not None
    type_in(page.form.fields["room"].edit, "Halle 2")
    before = page.form

    def answer() -> None:
        question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question))
        qtbot.mouseClick(question.no, LEFT)

    QTimer.singleShot(0, page, answer)
    page.list.setCurrentRow(1)
    assert page.form is before
    assert page.list.currentRow() == 0


def test_nothing_found_says_so(page: PeoplePage) -> None:
    page.search.setText("xyz")
    assert "Nichts gefunden für „xyz“" in texts(page)


def test_two_clicks_make_one_person(qtbot: QtBot, page: PeoplePage, work: Work, type_in: TypeIn) -> None:
    page.new_person()
    assert page.form is not None
    assert page.form.fields["name"].edit is page.focusWidget()
    type_in(page.form.fields["name"].edit, "Murat Yilmazer")
    page.form.save()
    page.form.save()
    qtbot.waitUntil(lambda: page.list.count() > 2)
    page.reload()
    qtbot.waitUntil(lambda: "Gespeichert." in texts(page))
    assert len(list_people(work, "Murat")) == 1


def test_whoever_went_on_is_not_brought_back_by_the_saving(
    qtbot: QtBot, page: PeoplePage, work: Work, type_in: TypeIn
) -> None:
    page.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: page.form is not None)
    form = page.form
    assert form is not None
    name = form.fields["name"].text
    type_in(form.fields["room"].edit, "Halle 2")
    form.save()
    form.page = replace(form.page, person=replace(form.page.person, room="Halle 2"))
    page.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: [one.room for one in list_people(work, name)] == ["Halle 2"])
    qtbot.waitUntil(lambda: page.form is not form and page.form.fields["name"].text != name)
    qtbot.wait(100)
    assert page.form is not None
    assert page.form.fields["name"].text != name


def test_a_change_elsewhere_reaches_an_open_form_unless_somebody_writes_in_it(
    qtbot: QtBot, page: PeoplePage, context: DeskContext, work: Work, type_in: TypeIn
) -> None:
    open_first(qtbot, page, "214")
    assert page.form is not None
    person = page.form.page.person
    page.form.fields["room"].edit.setFocus()
    context.do(lambda one: save_person(one, SavePerson(person.name, phone="999", id=person.id)), owner=page)
    qtbot.waitUntil(lambda: page.form is not None and page.form.fields["phone"].text == "999")
    assert page.focusWidget() is page.form.fields["room"].edit
    type_in(page.form.fields["room"].edit, "Halle 9")
    written = page.form
    page.search.clear()
    context.do(lambda one: save_person(one, SavePerson(person.name, phone="111", id=person.id)), owner=page)
    qtbot.waitUntil(lambda: any("111" in page.list.item(one).text() for one in range(page.list.count())))
    assert page.form is written
    assert written.fields["room"].text == "Halle 9"
