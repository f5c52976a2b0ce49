"""The list of all keys, made from the declared commands, and what this program is."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.desk.commands import COMMANDS, Menu
from desktop.ui.desk.menus import keys_text
from desktop.ui.desk.wizards.keys import LISTED


class KeysDialog(QDialog):
    """Every command that has a key, menu by menu."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(look.text("keys.title"))
        content = QWidget()
        content.setProperty("ground", "surface")
        lines = column(spacing=14, margins=(20, 18, 20, 18))
        for menu in Menu:
            lines.addLayout(self._menu(menu))
        lines.addLayout(self._checklist())
        lines.addWidget(plain_label(look, look.text("keys.list"), size="meta", tone="t2", wrap=True))
        content.setLayout(lines)
        close = Button(look, look.text("dialog.close"), kind="primary", clicked=self.accept)
        close.setDefault(True)
        footer = pane(row(None, close, margins=(20, 12, 20, 12)), ground="surface2", edge="top")
        self.setLayout(column(scrolling(content), footer, spacing=0))
        self.resize(look.theme.px(520), look.theme.px(620))

    def _menu(self, menu: Menu) -> QGridLayout:
        grid = self._grid(self._look.text(f"menu.{menu.value}").replace("&", ""))
        keyed = [one for one in COMMANDS if one.menu is menu and one.shortcut]
        for place, command in enumerate(keyed, start=1):
            grid.addWidget(plain_label(self._look, self._look.text(f"command.{command.id}"), tone="t2"), place, 0)
            keys = keys_text(command.shortcut)
            both = self._look.text("keys.or", keys=keys, letter=command.list_key) if command.list_key else keys
            grid.addWidget(self._key(both), place, 1)
        return grid

    def _checklist(self) -> QGridLayout:
        grid = self._grid(self._look.text("keys.checklist"))
        for place, (code, keys) in enumerate(LISTED, start=1):
            grid.addWidget(plain_label(self._look, self._look.text(code), tone="t2"), place, 0)
            grid.addWidget(self._key(keys_text(keys)), place, 1)
        return grid

    def _grid(self, title: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        grid.addWidget(plain_label(self._look, title, weight=BOLD), 0, 0)
        return grid

    def _key(self, text: str) -> QLabel:
        label = plain_label(self._look, text, size="caption", tone="t2")
        label.setProperty("key", True)
        return label


class AboutDialog(QDialog):
    """Name, version and what the program is built from."""

    def __init__(self, look: Look, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(look.text("about.title"))
        close = Button(look, look.text("dialog.close"), kind="primary", clicked=self.accept)
        body = column(
            plain_label(look, look.text("about.name"), size="title", weight=BOLD),
            plain_label(look, look.text("about.version", version=version), tone="t2", selectable=True),
            plain_label(look, look.text("about.text"), tone="t2", wrap=True),
            plain_label(look, look.text("about.parts"), size="meta", tone="t3", wrap=True),
            spacing=8,
            margins=(20, 18, 20, 18),
        )
        footer = pane(row(None, close, margins=(20, 12, 20, 12)), ground="surface2", edge="top")
        self.setLayout(column(pane(body, ground="surface"), footer, spacing=0))
        self.setMinimumWidth(look.theme.px(440))
