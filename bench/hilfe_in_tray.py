"""Hilfe as it starts where there is a tray: the screen of the bench has none, and without it Hilfe opens a window."""

import sys

from PySide6.QtWidgets import QSystemTrayIcon


def always() -> bool:
    """Say that there is a tray, as every everyday screen does."""
    return True


QSystemTrayIcon.isSystemTrayAvailable = staticmethod(always)

from desktop.entry.tray import main  # noqa: E402 - the program asks when it is loaded

sys.exit(main([]))
