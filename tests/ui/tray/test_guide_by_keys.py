"""A guide from the first page to the request by keyboard alone, and after the window was closed in its middle."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.client.overview import overview
from desktop.domain.ticket import Urgency
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.run import Phase
from desktop.ui.tray.help_window import HelpWindow
from tests.ui.tray.conftest import Bench, shown

_MOST_TABS = 40
_MESSAGE = "Schreiben Sie die Meldung ab (oder fügen Sie ein Foto an)."


@pytest.fixture
def window(bench: Bench, qtbot) -> HelpWindow:
    """Open the help window on a PC that was let in."""
    made = HelpWindow(bench.tools)
    made.show_overview(overview(bench.client), None)
    shown(qtbot, made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: bool(made.library.wizards) and made.flow.is_loaded)
    return made


def focused(window: HelpWindow) -> QWidget:
    """Return what has the keyboard."""
    QApplication.processEvents()
    found = window.focusWidget()
    assert found is not None
    return found


def tab_to(window: HelpWindow, name: str) -> QWidget:
    """Press Tab until what is called so has the keyboard."""
    passed: list[str] = []
    for _ in range(_MOST_TABS):
        here = focused(window)
        if here.accessibleName() == name and not isinstance(here, QLabel):  # a heading may be called as its field
            return here
        passed.append(here.accessibleName())
        QTest.keyClick(here, Qt.Key.Key_Tab)
    raise AssertionError((name, passed))


def choose(window: HelpWindow, name: str) -> None:
    """Tab to what is called so and press Enter."""
    QTest.keyClick(tab_to(window, name), Qt.Key.Key_Return)


def begin(window: HelpWindow, qtbot) -> None:
    """Go to the guide about a printer."""
    choose(window, "Drucker")
    choose(window, "Drucker druckt nicht")
    qtbot.waitUntil(lambda: window.self_help.player is not None)


def step_of(window: HelpWindow) -> str:
    """Return where the guide stands."""
    assert window.self_help.player is not None
    return window.self_help.player.session.state.step


def test_from_the_first_page_to_the_description_without_a_mouse(window: HelpWindow, qtbot) -> None:
    begin(window, qtbot)
    assert isinstance(focused(window), QLabel)  # each page begins at its heading
    choose(window, "Etikettendrucker")
    assert isinstance(focused(window), QLabel)
    choose(window, "Eine andere Meldung")
    QTest.keyClicks(tab_to(window, _MESSAGE), "Fehler 49")
    QTest.keyClick(focused(window), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    player = window.self_help.player
    assert player is not None
    while not player.session.state.phase.is_over:
        choose(window, "Lieber nicht" if player.session.step.kind.value == "action" else "Weiß ich nicht")
    assert player.session.state.phase is Phase.FINISHED
    choose(window, "Weiter zur Anfrage")
    assert window.pages.current == "describe"
    assert window.flow.draft.run["log"]
    assert window.describe.text.toPlainText() == "Drucker druckt nicht\nFehler 49"  # nobody has to say it twice


def test_what_was_answered_in_the_guide_is_not_asked_again(window: HelpWindow, qtbot) -> None:
    """How much it hinders and where to call back stand in the description already; it can be changed there."""
    window.begin_guide("something-else")
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    player = window.self_help.player
    assert player is not None
    session = player.session
    for answer in ("fault", "none", "Es piept seit der Sitzung", "today", "-", ["nothing"]):
        session.answer(answer)
    session.tried(Try.CANNOT)
    session.answer("me")
    session.fill("impact", "high")
    session.fill("callback", "Durchwahl 214")
    assert session.state.phase is Phase.FINISHED
    choose(window, "Weiter zur Anfrage")
    assert window.describe.text.toPlainText() == "Es piept seit der Sitzung"
    assert window.describe.urgencies[Urgency.BLOCKED].isChecked()
    assert window.describe.phone.text() == "Durchwahl 214"


def test_escape_closes_and_the_guide_goes_on_where_it_was(window: HelpWindow, bench: Bench, qtbot) -> None:
    begin(window, qtbot)
    choose(window, "Etikettendrucker")
    choose(window, "Eine andere Meldung")
    QTest.keyClicks(tab_to(window, _MESSAGE), "Fehler")
    QTest.keyClick(focused(window), Qt.Key.Key_Escape)
    assert not window.isVisible()
    again = HelpWindow(bench.tools)
    again.show_overview(overview(bench.client), None)
    shown(qtbot, again)
    qtbot.waitUntil(lambda: bool(again.library.wizards) and again.flow.is_loaded)
    choose(again, again.topic.go_on.accessibleName())
    qtbot.waitUntil(lambda: again.self_help.player is not None)
    assert step_of(again) == "q_message"
    assert again.self_help.player is not None
    assert again.self_help.player._form is not None
    assert again.self_help.player._form.answer() == "Fehler"
