"""Where the Desk's window stands: where it was left, and never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop.base.errors import AppError
from desktop.base.settings import Settings

_FIRST = QSize(1440, 868)
_KEY = "window_place"
_FRAME = 32  # logical pixels of a title bar


def room_on_screen(widget: QWidget) -> QSize:
    """Return what the screen leaves to a window with its frame: at 150 % of a small one less than a drawing has."""
    return widget.screen().availableGeometry().size() - QSize(0, _FRAME)


def put_where_left(window: QWidget, settings: Settings) -> None:
    """Give a window that was not shown yet the place it had, else the size of the drawings as far as there is room."""
    left = settings.text(_KEY)
    if not left or not _restore(window, left):
        window.resize(_FIRST.boundedTo(room_on_screen(window)))


def _restore(window: QWidget, place: str) -> bool:
    from PySide6.QtCore import QByteArray  # here, because a first start has no place yet

    return window.restoreGeometry(QByteArray.fromHex(place.encode()))


def keep_place(window: QWidget, settings: Settings) -> None:
    """Remember where a window stands; a settings file that cannot be written is no reason not to close."""
    place = bytes(window.saveGeometry().toHex().data()).decode()
    if place == settings.text(_KEY):
        return
    try:
        settings.set(_KEY, place)
    except (AppError, OSError):
        return
