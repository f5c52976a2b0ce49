"""What the main window sees to for all its pages: nothing unsaved goes with it, sizes follow, no fault is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.errors import AppError, ErrorKind
from desktop.services.people import SavePerson, save_person
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.main_window import DeskWindow
from desktop.ui.desk.people.page import PeoplePage
from desktop.ui.desk.questions import Question
from desktop.ui.desk.settings.page import SettingsPage
from tests.ui.desk.conftest import TypeIn, make_window


@pytest.fixture
def window(qtbot: QtBot, company_context: DeskContext, work: Work) -> DeskWindow:
    """Return the main window of a company with one person."""
    save_person(work, SavePerson("Sabine Oswald", department="Versand"))
    return make_window(qtbot, company_context)


def answer_soon(window: DeskWindow, *, is_yes: bool) -> list[str]:
    """Answer the question that comes, and return where the window was then."""
    places: list[str] = []

    def answer() -> None:
        question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question) and one.isVisible())
        places.append(window.navigation.place)
        (question.yes if is_yes else question.no).click()

    QTimer.singleShot(0, window, answer)
    return places


def test_closing_asks_about_a_person_that_is_not_saved(qtbot: QtBot, window: DeskWindow, type_in: TypeIn) -> None:
    window.navigation.go_to("people")
    page = window._stack.currentWidget()
    assert isinstance(page, PeoplePage)
    page.new_person()
    assert page.form is not None
    type_in(page.form.fields["name"].edit, "Murat")
    window.navigation.go_to("view.inbox")
    places = answer_soon(window, is_yes=False)
    assert not window.close()
    assert places == ["people"]
    assert window.isVisible()
    assert window._stack.currentWidget() is page
    assert page.form.fields["name"].text == "Murat"
    answer_soon(window, is_yes=True)
    assert window.close()


def test_closing_asks_nothing_where_all_is_saved(qtbot: QtBot, window: DeskWindow) -> None:
    window.navigation.go_to("people")
    page = window._stack.currentWidget()
    assert isinstance(page, PeoplePage)
    page.new_person()
    assert window.close()


def test_the_navigation_follows_the_text_size_set_in_the_settings(qtbot: QtBot, window: DeskWindow) -> None:
    window.run("settings.open")
    page = window._stack.currentWidget()
    assert isinstance(page, SettingsPage)
    px, narrow = window._look.theme.px, window.navigation
    for size, wide in (("125", 204), ("150", 52), ("100", 204)):
        page.change("text_size", size)
        assert narrow.width() == px(wide)


def test_other_colours_leave_the_navigation_as_somebody_dragged_it(qtbot: QtBot, window: DeskWindow) -> None:
    window._splitter.setSizes([260, window._splitter.width() - 260])
    assert window.navigation.width() == 260
    window.run("scheme.dark")
    assert window.navigation.width() == 260


def test_a_fault_nobody_has_a_place_for_is_shown_by_the_window(
    qtbot: QtBot, window: DeskWindow, company_context: DeskContext
) -> None:
    def fail() -> None:
        raise AppError("store.busy", kind=ErrorKind.ENVIRONMENT)

    company_context.dispatcher.run(company_context.io, fail, owner=window, done=lambda _none: None)
    qtbot.waitUntil(lambda: window._faults.count() == 1)
