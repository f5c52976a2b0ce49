"""Asks for the passphrase of the key file, where the system has no keychain."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from desktop.base.errors import AppError
from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.fields import TextField


class PassphraseDialog(QDialog):
    """One secret field that is tried out at once; `passphrase` holds the one that fitted after it was accepted."""

    def __init__(self, context: DeskContext, unlock: Callable[[str], object], parent: QWidget | None = None) -> None:
        """Ask; `unlock` runs on the I/O lane and raises AppError where a passphrase does not fit."""
        super().__init__(parent)
        self._context, self._try = context, unlock
        look = context.look
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

    def accept(self) -> None:
        """Try the passphrase and close only where it fits."""
        given, unlock = self.passphrase, self._try
        if not given:
            self.field.set_error(self._context.look.text("passphrase.missing"))
            return
        self._set_busy(busy=True)
        self._context.run_io(
            lambda: unlock(given),
            owner=self,
            done=lambda _seed: super(PassphraseDialog, self).accept(),
            failed=self._on_failed,
        )

    def _on_failed(self, error: AppError) -> None:
        self._set_busy(busy=False)
        texts = self._context.look.texts
        is_wrong = error.code == "secrets.wrong_passphrase"
        self.field.set_error(texts.text("passphrase.wrong") if is_wrong else texts.error(error).what)
        self.adjustSize()
        self.field.edit.setFocus()
        self.field.edit.selectAll()

    def _set_busy(self, *, busy: bool) -> None:
        self.unlock.setEnabled(not busy)
        self.field.edit.setReadOnly(busy)
