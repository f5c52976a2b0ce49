"""The menu bar with its titles, and keys as the system writes them: what the first picture shows of the commands."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenuBar

from desktop.ui.common.look import Look

MENUS = ("file", "edit", "view", "ticket", "device", "help")
"""The menus in their order; titles are `menu.<name>`, and `commands.Menu` has the same names."""


def add_titles(window: QMainWindow, look: Look) -> Mapping[str, QAction]:
    """Put the titles of the menus into the window and return them by name; `actions.Actions` hangs the menus on them.

    A menu is a window, which the style sheet dresses with the others: six of them cost the first picture 0.4 ms.
    """
    bar = QMenuBar()  # made here, as the titles are: to wrap what Qt makes, PySide searches its classes
    titles = {name: QAction(bar) for name in MENUS}
    for name, title in titles.items():
        title.setText(look.text(f"menu.{name}"))
    bar.addActions(list(titles.values()))  # `addAction`, and `QAction` with a text, first look for a `QIcon`
    window.setMenuBar(bar)
    return titles


def keys_text(shortcut: str) -> str:
    """Return a shortcut as the system writes it, as in Strg+K."""
    from PySide6.QtGui import QKeySequence  # its names of the standard keys cost half a millisecond

    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def search_keys() -> str:
    """Return Ctrl+K as `keys_text` does, for the first picture: from Qt's own words and without `QKeySequence`."""
    control = "⌘" if sys.platform == "darwin" else f"{QCoreApplication.translate('QShortcut', 'Ctrl')}+"
    return f"{control}K"
