"""The keys every widget understands the same way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ALONE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def is_enter(event: QKeyEvent) -> bool:
    """Tell whether Enter was pressed, by itself and anew.

    Qt presses a button with Space; with Enter only on some systems, though people expect it on all of them.
    """
    return event.key() in _ENTER and event.modifiers() in _ALONE and not event.isAutoRepeat()
