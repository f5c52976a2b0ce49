"""Turns the declared commands into actions with keys and a native menu bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from desktop.domain.ticket import StateType
from desktop.ui.common.icons import icon
from desktop.ui.common.look import Look
from desktop.ui.desk.commands import COMMANDS, Menu, Needs


class Situation(NamedTuple):
    """What is open at the moment, as far as commands ask for it."""

    state: StateType | None = None
    has_device: bool = False
    has_undo: bool = False

    def allows(self, needs: Needs) -> bool:
        """Tell whether a command with these needs makes sense now."""
        is_active = self.state is not None and self.state.is_active
        return {
            Needs.NOTHING: True,
            Needs.TICKET: self.state is not None,
            Needs.ACTIVE: is_active,
            Needs.DONE: self.state is not None and not is_active,
            Needs.DEVICE: self.has_device,
            Needs.UNDO: self.has_undo,
        }[needs]


class Actions:
    """The actions of the main window by the id of their command."""

    def __init__(self, window: QMainWindow, look: Look, doers: Mapping[str, Callable[[], object]]) -> None:
        """Make one action per declared command. Raises KeyError where a command has no doer."""
        self._look = look
        self._actions = {one.id: self._make(window, one.id, doers[one.id]) for one in COMMANDS}
        self.apply(Situation())

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def apply(self, situation: Situation) -> None:
        """Enable what makes sense."""
        for command in COMMANDS:
            self._actions[command.id].setEnabled(situation.allows(command.needs))

    def fill_menu_bar(self, window: QMainWindow) -> None:
        """Put every action into its menu, with a line between groups."""
        bar = QMenuBar()  # bar and menus are made here: to wrap what Qt makes, PySide searches its classes
        for menu in Menu:
            target = QMenu(self._look.text(f"menu.{menu.value}"), bar)
            self.fill_menu(target, menu)
            bar.addMenu(target)
        window.setMenuBar(bar)

    def fill_menu(self, target: QMenu, menu: Menu) -> None:
        """Put the actions of one menu into `target`."""
        group = 0
        for command in COMMANDS:
            if command.menu is not menu:
                continue
            if command.group != group:
                target.addSeparator()
                group = command.group
            target.addAction(self._actions[command.id])

    def _make(self, window: QMainWindow, command_id: str, doer: Callable[[], object]) -> QAction:
        command = next(one for one in COMMANDS if one.id == command_id)
        action = QAction(self._look.text(f"command.{command_id}"), window)
        action.setObjectName(command_id)
        if command.icon:
            action.setIcon(icon(self._look.theme, command.icon))
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _on=False: doer())
        if command_id.startswith("scheme."):
            action.setCheckable(True)
        window.addAction(action)
        return action


def keys_text(shortcut: str) -> str:
    """Return a shortcut as the system writes it, as in Strg+K."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
