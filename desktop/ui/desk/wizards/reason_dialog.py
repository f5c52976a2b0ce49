"""Asks why something is left out: a reason stands in the ticket, so none is no answer."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.errors import announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.desk.fields import TextField

_LONGEST = 500  # characters of a reason


class ReasonDialog(QDialog):
    """Asks with the texts `<code>.title`, `.text` and `.yes`; `reason` is what was written once it was accepted."""

    def __init__(self, look: Look, code: str, parent: QWidget | None = None, **parameters: object) -> None:
        super().__init__(parent)
        self._look = look
        title = look.text(f"{code}.title", **parameters)
        self.setWindowTitle(title)
        self.field = TextField(look, look.text("checklist.reason"), limit=_LONGEST)
        self.yes = Button(look, look.text(f"{code}.yes"), kind="primary", clicked=self._on_given)
        self.yes.setDefault(True)
        cancel = Button(look, look.text("dialog.cancel"), clicked=self.reject)
        words = column(
            plain_label(look, title, size="pane", weight=BOLD, wrap=True),
            plain_label(look, look.text(f"{code}.text", **parameters), tone="t2", wrap=True),
            6, self.field, spacing=6, margins=(20, 18, 20, 18),
        )  # fmt: skip
        footer = row(None, cancel, self.yes, spacing=8, margins=(20, 12, 20, 12))
        self.setLayout(column(pane(words, ground="surface"), pane(footer, ground="surface2", edge="top"), spacing=0))
        self.setMinimumWidth(look.theme.px(440))
        self.field.edit.setFocus()

    @property
    def reason(self) -> str:
        """Return what was written, without the spaces around it."""
        return self.field.text

    def _on_given(self) -> None:
        if self.reason:
            self.accept()
            return
        text = self._look.text("checklist.reason.missing")
        self.field.set_error(text)
        announce(self, text)
        self.field.edit.setFocus()
