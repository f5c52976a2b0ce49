"""The menu bar with its titles, and keys as the system writes them: what the first picture shows of the commands."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from desktop.ui.common.look import Look

MENUS = ("file", "edit", "view", "ticket", "device", "help")
"""The menus in their order; titles are `menu.<name>`, and `commands.Menu` has the same names."""


def add_menus(window: QMainWindow, look: Look) -> Mapping[str, QMenu]:
    """Put the empty menus into the window and return them by name; `actions.Actions` fills them later."""
    bar = QMenuBar()  # bar and menus are made here: to wrap what Qt makes, PySide searches its classes
    menus = {name: QMenu(look.text(f"menu.{name}"), bar) for name in MENUS}
    for menu in menus.values():
        bar.addMenu(menu)
    window.setMenuBar(bar)
    return menus


def keys_text(shortcut: str) -> str:
    """Return a shortcut as the system writes it, as in Strg+K."""
    from PySide6.QtGui import QKeySequence  # its names of the standard keys cost half a millisecond

    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def search_keys() -> str:
    """Return Ctrl+K as `keys_text` does, for the first picture: from Qt's own words and without `QKeySequence`."""
    control = "⌘" if sys.platform == "darwin" else f"{QCoreApplication.translate('QShortcut', 'Ctrl')}+"
    return f"{control}K"
