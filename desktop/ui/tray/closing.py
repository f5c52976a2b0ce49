"""Esc closes a window of Hilfe: nothing is lost by that, for each keeps what was typed in it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def close_by_escape(window: QWidget) -> None:
    """Let Esc close a window."""
    QShortcut(QKeySequence.StandardKey.Cancel, window, window.close)
