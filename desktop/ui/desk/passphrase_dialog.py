"""Asks for the passphrase of the key file, where the system has no keychain."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.fields import TextField


class PassphraseDialog(QDialog):
    """One secret field; `passphrase` holds the answer after it was accepted."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(look.text("passphrase.title"))
        self.field = TextField(look, look.text("passphrase.field"), is_secret=True)
        self.unlock = Button(look, look.text("passphrase.unlock"), kind="primary", clicked=self.accept)
        self.unlock.setDefault(True)
        later = Button(look, look.text("passphrase.later"), clicked=self.reject)
        body = column(
            plain_label(look, look.text("passphrase.heading"), size="pane", weight=BOLD, wrap=True),
            plain_label(look, look.text("passphrase.hint"), tone="t2", wrap=True),
            self.field,
            spacing=8,
            margins=(20, 18, 20, 18),
        )
        footer = row(None, later, self.unlock, margins=(20, 12, 20, 12))
        self.setLayout(column(pane(body, ground="surface"), pane(footer, ground="surface2", edge="top"), spacing=0))
        self.setMinimumWidth(look.theme.px(440))
        self.field.edit.setFocus()

    @property
    def passphrase(self) -> str:
        """Return what was typed, letter by letter."""
        return self.field.edit.text()
