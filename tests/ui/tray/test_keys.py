"""Hilfe by keyboard: Esc, Enter, and where the keyboard is after something happened by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.client.drafts import load_draft
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.rows import Stage
from desktop.client.settings import open_settings
from desktop.client.status import open_request
from desktop.system.autostart import DesktopEntry
from desktop.ui.tray.check_window import CheckWindow
from desktop.ui.tray.help_window import HelpWindow
from desktop.ui.tray.parts import HEADING
from desktop.ui.tray.requests_window import RequestsWindow
from desktop.ui.tray.sent_page import SentPage
from desktop.ui.tray.settings_window import SettingsWindow
from tests.ui.tray.conftest import Bench, shown


@pytest.mark.parametrize("kind", ["help", "requests", "check", "settings"])
def test_esc_closes_every_window(bench: Bench, tmp_path: Path, qtbot, kind: str) -> None:
    """The topmost layer goes; nobody has to find the corner of the window."""
    settings = open_settings(Home.under(tmp_path / "home").ensure())
    windows: dict[str, QWidget] = {
        "help": HelpWindow(bench.tools),
        "requests": RequestsWindow(bench.tools),
        "check": CheckWindow(bench.tools),
        "settings": SettingsWindow(bench.tools, settings, DesktopEntry(tmp_path / "autostart")),
    }
    for one in windows.values():
        qtbot.addWidget(one)
    shown(qtbot, windows[kind])
    windows[kind].activateWindow()
    qtbot.waitUntil(windows[kind].isActiveWindow)
    QTest.keyClick(windows[kind], Qt.Key.Key_Escape)
    assert not windows[kind].isVisible()


def test_esc_keeps_the_reply_that_was_begun(bench: Bench, qtbot) -> None:
    request = send_request(bench.client, prepare_request(bench.client, SendRequest(text="Drucker"))).result
    window = RequestsWindow(bench.tools)
    shown(qtbot, window)
    window.reload(request)
    qtbot.waitUntil(lambda: window.chat.conversation is not None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.text.setPlainText("Noch eines")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: load_draft(bench.client, request).document.get("text") == "Noch eines")


def test_a_guide_that_was_searched_for_takes_the_words_along(bench: Bench, qtbot) -> None:
    window = HelpWindow(bench.tools)
    shown(qtbot, window)
    qtbot.waitUntil(lambda: bool(window.library.wizards))
    window.topic.search.setText("druckt leer")
    window.topic.guide_chosen.emit("printer-no-print", window.topic.search.text())
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    window.self_help.player.help_wanted.emit()
    assert window.describe.text.toPlainText() == "druckt leer"


def test_a_switch_that_could_not_be_turned_goes_back(bench: Bench, tmp_path: Path, qtbot) -> None:
    """What the window shows is what is in force."""
    (tmp_path / "autostart").write_text("in the way of the folder")
    settings = open_settings(Home.under(tmp_path / "home").ensure())
    window = SettingsWindow(bench.tools, settings, DesktopEntry(tmp_path / "autostart" / "deeper"))
    shown(qtbot, window)
    window.starts.click()
    assert window.notice.words
    assert not window.starts.isChecked()


def test_whoever_reads_the_receipt_stays_on_it(bench: Bench, qtbot) -> None:
    """The heading says that the request has arrived, and keeps the keyboard; the same fault again changes nothing."""
    row = open_request(
        bench.client, send_request(bench.client, prepare_request(bench.client, SendRequest(text="Drucker"))).result
    ).request
    page = SentPage(bench.tools)
    shown(qtbot, page)
    page.activateWindow()
    page.show_request(row, AppError("mailbox.unreachable"))
    qtbot.waitUntil(page.findChildren(QLabel, HEADING)[-1].isVisible)
    page.focus_first()
    before = page.focusWidget()
    assert before is not None
    page.show_request(row, AppError("mailbox.unreachable"))
    assert page.focusWidget() is before
    page.show_request(replace(row, stage=Stage.ACKNOWLEDGED, ticket="A-2026-0001"), None)
    focused = page.focusWidget()
    assert isinstance(focused, QLabel)
    assert focused.objectName() == HEADING
    assert focused.text() == bench.tools.texts.text("tray.sent.arrived")


def test_what_an_employee_presses_is_large(bench: Bench, qtbot) -> None:
    """40 pixels for the actions of Hilfe and for its first field, at a text size of 100 %."""
    window = HelpWindow(bench.tools)
    shown(qtbot, window)
    assert window.topic.search.height() >= 40
    qtbot.waitUntil(lambda: bool(window.library.wizards))
    window.topic.cards["other"].click()
    window.guides.words.click()
    assert window.describe.next.height() >= 40
    window.describe.next.setFocus()
    assert window.describe.next.height() == window.describe.next.sizeHint().height() >= 40
