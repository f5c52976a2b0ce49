"""Brings a window to the front, as its user asked for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def bring(window: QWidget) -> None:
    """Show a window the user asked for and give it the keyboard."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()
