"""Turns the declared commands into actions with keys, and fills the menus with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.domain.ticket import StateType
from desktop.ui.common.icons import icon
from desktop.ui.common.look import Look
from desktop.ui.desk.commands import COMMANDS, Command, Menu, Needs


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
    """The actions of the main window by the id of their command: 44 of them cost 3 ms, so the start has none."""

    def __init__(
        self,
        window: QMainWindow,
        look: Look,
        titles: Mapping[str, QAction],
        doers: Mapping[str, Callable[[], object]],
    ) -> None:
        """Make the actions, and the menus below their `titles`. Raises KeyError for a command without a doer."""
        self._window, self._look = window, look
        self._actions = {one.id: self._make(one, doers[one.id]) for one in COMMANDS}
        for menu in Menu:
            below = QMenu(titles[menu.value].text(), window.menuBar())
            self.fill_menu(below, menu)
            titles[menu.value].setMenu(below)
        self.apply(Situation())

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def apply(self, situation: Situation) -> None:
        """Enable what makes sense."""
        for command in COMMANDS:
            self._actions[command.id].setEnabled(situation.allows(command.needs))

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

    def _make(self, command: Command, doer: Callable[[], object]) -> QAction:
        action = QAction(self._look.text(f"command.{command.id}"), self._window)
        action.setObjectName(command.id)
        if command.icon:
            action.setIcon(icon(self._look.theme, command.icon))
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _on=False: doer())
        if command.id.startswith("scheme."):
            action.setCheckable(True)
        self._window.addAction(action)
        return action
