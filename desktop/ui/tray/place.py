"""Where the windows of Hilfe stand: in the middle of the active screen at first, then where they were left."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.client.places import load_place, save_place
from desktop.ui.tray.tools import Tools


def put_in_place(window: QWidget, tools: Tools, name: str) -> None:
    """Put a window that was not shown yet where it was left, else in the middle, never larger than the screen."""
    left = load_place(tools.client, name)
    if left and window.restoreGeometry(QByteArray(left)):
        return
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    window.resize(window.size().boundedTo(room.size()))
    frame = window.rect()
    frame.moveCenter(room.center())
    window.move(frame.topLeft())


def keep_place(window: QWidget, tools: Tools, name: str) -> None:
    """Remember where a window stands; called when it closes."""
    content = window.saveGeometry().data()
    tools.store(lambda: save_place(tools.client, name, bytes(content)), owner=window)
