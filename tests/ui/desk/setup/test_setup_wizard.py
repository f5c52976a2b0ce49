from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.clock import utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.lanes import ThreadLane
from desktop.base.texts import load_texts
from desktop.exchange.folder_check import check_folder
from desktop.exchange.words import to_words
from desktop.models.places import check_place
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.common.errors import ErrorPanel
from desktop.ui.common.formats import Formats
from desktop.ui.common.look import Look
from desktop.ui.common.theme import Theme
from desktop.ui.desk.questions import Question
from desktop.ui.desk.setup.tools import SetupAnswers, SetupTools
from desktop.ui.desk.setup.wizard import SetupWizard

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def look(qapp: QApplication) -> Look:
    texts = load_texts("de")
    return Look(Theme(qapp), texts, Formats(texts))


@pytest.fixture
def lane() -> Iterator[ThreadLane]:
    one = ThreadLane("io", threads=2)
    yield one
    one.close()


Opened = Callable[..., SetupWizard]


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, look: Look, lane: ThreadLane, tmp_path: Path) -> Opened:
    def make(
        *, needs_passphrase: bool = False, create: Callable[[SetupAnswers], Any] = lambda answers: answers
    ) -> SetupWizard:
        tools = SetupTools(
            data=tmp_path / "data",
            recovery_words=to_words(bytes(range(32)), "de"),
            needs_passphrase=needs_passphrase,
            check_place=check_place,
            check_folder=lambda folder: check_folder(folder, clock=utc_now),
            create=create,
            dispatcher=Dispatcher(qapp),
            io=lane,
            clock=utc_now,
        )
        wizard = SetupWizard(look, tools)
        qtbot.addWidget(
            wizard, before_close_func=lambda one: one.company.company.set_text("") or one.company.person.set_text("")
        )
        wizard.show()
        return wizard

    return make


def type_in(widget: QWidget, text: str) -> None:
    """Type any letter: QTest's own keyClicks aborts on umlauts."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def fill_company(qtbot: QtBot, wizard: SetupWizard) -> None:
    type_in(wizard.company.company.edit, "Möbelwerk Ahornblick")
    type_in(wizard.company.person.edit, "Katrin Velden")
    type_in(wizard.company.phone.edit, "100")
    qtbot.mouseClick(wizard.onward, LEFT)


def pass_storage(qtbot: QtBot, wizard: SetupWizard) -> None:
    qtbot.waitUntil(lambda: wizard.storage.first_fault() is None)
    qtbot.mouseClick(wizard.onward, LEFT)


def pass_inbox(qtbot: QtBot, wizard: SetupWizard, folder: Path) -> None:
    type_in(wizard.inbox.folder.edit, str(folder))
    qtbot.mouseClick(wizard.inbox.check_button, LEFT)
    qtbot.waitUntil(wizard.inbox.results.isVisible)
    qtbot.mouseClick(wizard.onward, LEFT)


def test_the_whole_set_up_asks_checks_and_makes_the_company(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    mailbox = tmp_path / "mailbox"
    mailbox.mkdir()
    wizard = opened()
    fill_company(qtbot, wizard)
    assert wizard.page is wizard.storage
    pass_storage(qtbot, wizard)
    assert wizard.page is wizard.inbox
    pass_inbox(qtbot, wizard, mailbox)
    assert wizard.page is wizard.recovery
    for place, field in wizard.recovery.answers.items():
        type_in(field.edit, wizard.recovery.words[place].upper())
    with qtbot.waitSignal(wizard.finished_setup) as caught:
        qtbot.mouseClick(wizard.onward, LEFT)
    answers = caught.args[0]
    assert answers == SetupAnswers(
        "Möbelwerk Ahornblick", "Katrin Velden", "100", tmp_path / "data", mailbox, "", with_sample=False
    )


def test_an_empty_name_and_a_wrong_extension_are_said_beside_the_field(qtbot: QtBot, opened: Opened) -> None:
    wizard = opened()
    wizard.company.phone.set_text("abc")
    qtbot.mouseClick(wizard.onward, LEFT)
    assert wizard.page is wizard.company
    assert [bool(one.error) for one in (wizard.company.company, wizard.company.person, wizard.company.phone)] == [
        True
    ] * 3
    assert wizard.company.company.edit.accessibleDescription() == wizard.company.company.error
    assert QApplication.focusWidget() in (wizard.company.company.edit, None)


@pytest.mark.parametrize("folder", ["/home/katrin/OneDrive/IT", "//nas/share/IT", "relativ/ordner"])
def test_a_place_that_harms_a_database_is_refused(qtbot: QtBot, opened: Opened, folder: str) -> None:
    wizard = opened()
    fill_company(qtbot, wizard)
    qtbot.mouseClick(wizard.storage.other, LEFT)
    wizard.storage.folder.edit.clear()
    type_in(wizard.storage.folder.edit, folder)
    qtbot.waitUntil(lambda: bool(wizard.storage.folder.error))
    qtbot.mouseClick(wizard.onward, LEFT)
    assert wizard.page is wizard.storage


def test_without_a_keychain_a_passphrase_is_asked_twice(qtbot: QtBot, opened: Opened) -> None:
    wizard = opened(needs_passphrase=True)
    fill_company(qtbot, wizard)
    qtbot.waitUntil(lambda: wizard.storage.first_fault() is wizard.storage.first.edit)
    type_in(wizard.storage.first.edit, "vier zufällige wörter hier")
    type_in(wizard.storage.second.edit, "vier zufällige wörter dort")
    assert wizard.storage.first_fault() is wizard.storage.second.edit
    wizard.storage.second.set_text("vier zufällige wörter hier")
    pass_storage(qtbot, wizard)
    assert wizard.page is wizard.inbox
    assert wizard.answers().passphrase == "vier zufällige wörter hier"


def test_a_folder_that_is_not_there_holds_the_set_up(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    wizard = opened()
    fill_company(qtbot, wizard)
    pass_storage(qtbot, wizard)
    pass_inbox(qtbot, wizard, tmp_path / "fehlt")
    assert wizard.page is wizard.inbox
    assert "fehlt" in wizard.inbox.results.accessibleName()


def test_wrong_words_hold_the_set_up(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    wizard = opened()
    fill_company(qtbot, wizard)
    wizard.show_page(3)
    qtbot.mouseClick(wizard.onward, LEFT)
    assert wizard.isVisible()
    assert all(field.error for field in wizard.recovery.answers.values())


def test_the_sheet_carries_every_word(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    wizard = opened()
    wizard.recovery.company = "Möbelwerk <b>Ahornblick</b>"
    wizard.recovery.save(tmp_path / "blatt.pdf")
    page = PdfReader(tmp_path / "blatt.pdf").pages
    text = page[0].extract_text()
    assert len(page) == 1
    assert all(word in text for word in wizard.recovery.words)
    assert "<b>" in text


def test_a_fault_while_making_is_shown_and_nothing_is_lost(qtbot: QtBot, opened: Opened) -> None:
    def fail(_: SetupAnswers) -> None:
        raise AppError("file.unwritable", kind=ErrorKind.ENVIRONMENT, parameters={"path": "/voll"})

    wizard = opened(create=fail)
    fill_company(qtbot, wizard)
    wizard.show_page(0)
    qtbot.mouseClick(wizard.sample, LEFT)
    qtbot.waitUntil(lambda: wizard.findChild(ErrorPanel) is not None)
    assert wizard.company.company.text == "Möbelwerk Ahornblick"
    assert wizard.onward.isEnabled()


def test_sample_data_need_no_folder_and_no_sheet(qtbot: QtBot, opened: Opened) -> None:
    wizard = opened()
    with qtbot.waitSignal(wizard.finished_setup) as caught:
        qtbot.mouseClick(wizard.sample, LEFT)
    assert caught.args[0].with_sample
    assert caught.args[0].company


def test_leaving_asks_only_where_something_was_typed(qtbot: QtBot, opened: Opened) -> None:
    wizard = opened()
    fill_company(qtbot, wizard)
    asked: list[str] = []

    def answer() -> None:
        question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question))
        asked.append(question.windowTitle())
        qtbot.mouseClick(question.no, LEFT)

    QTimer.singleShot(0, wizard, answer)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert wizard.isVisible()


def test_everything_that_can_be_used_has_a_name(opened: Opened) -> None:
    wizard = opened()
    assert not [one for one in wizard.findChildren(QAbstractButton) if not one.accessibleName()]


def test_tab_goes_down_the_page(qtbot: QtBot, opened: Opened) -> None:
    """With a passphrase to be chosen the keyboard goes from the places to the folder and then to the two fields."""
    wizard = opened(needs_passphrase=True)
    fill_company(qtbot, wizard)
    page = wizard.storage
    qtbot.waitUntil(lambda: page.first.isVisible())
    page.other.setChecked(True)
    wanted = [page.here, page.other, page.folder.edit, page._choose, page.first.edit, page.second.edit]
    chain: list[QWidget] = [page.here]
    while (following := chain[-1].nextInFocusChain()) is not page.here:
        chain.append(following)
    assert [one for one in chain if one in wanted] == wanted
