"""The window opens where it was left, and never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.main_window import DeskWindow
from tests.ui.desk.conftest import make_window


def test_a_window_opens_as_large_as_it_was_left(qtbot: QtBot, context: DeskContext) -> None:
    first = make_window(qtbot, context)
    first.resize(1130, 700)
    first.close()
    again = DeskWindow(context, dict)
    qtbot.addWidget(again)
    assert again.size() == QSize(1130, 700).boundedTo(again.screen().availableGeometry().size())


def test_a_first_window_fits_the_screen(qtbot: QtBot, context: DeskContext) -> None:
    window = DeskWindow(context, dict)
    qtbot.addWidget(window)
    room = window.screen().availableGeometry().size()
    assert window.width() <= max(room.width(), window.minimumWidth())
    assert window.height() <= max(room.height(), window.minimumHeight())


def test_words_become_icons_where_room_is_short_and_back(qtbot: QtBot, context: DeskContext) -> None:
    window = make_window(qtbot, context)
    window.setMinimumSize(QSize(600, 400))
    widths: list[int] = []
    for width in (1000, 1300):
        window.resize(width, 700)
        qtbot.waitUntil(lambda one=width: window.width() == one)
        widths.append(window.navigation.width())
    assert widths[0] < 100 < widths[1]
