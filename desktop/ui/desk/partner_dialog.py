"""Takes in a partner: a colleague, a department or a company that tickets are handed over to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.base.errors import AppError
from desktop.domain.partner import AddPartner, PartnerChannel, PartnerKind
from desktop.domain.ticket import Level
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.errors import ErrorPanel, announce
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import clear, column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.desk.fields import Field, TextField
from desktop.ui.desk.questions import ask

_LEVELS = (Level.SECOND, Level.THIRD)


class PartnerDialog(QDialog):
    """Asks who it is; `add_wanted` carries an `AddPartner`, the dialog stays until `accept`."""

    add_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        text = look.text
        self.setWindowTitle(text("partner.new"))
        self.name = TextField(look, text("partner.name"), limit=200)
        kinds = [(one.value, text(f"partner.kind.{one.value}")) for one in PartnerKind]
        self.kind = ChoiceButton(look, text("partner.kind"), kinds, value=PartnerKind.VENDOR.value)
        levels = [(str(int(one)), text(f"partner.level.{int(one)}")) for one in _LEVELS]
        self.level = ChoiceButton(look, text("partner.level"), levels, value=str(int(Level.THIRD)))
        self.address = TextField(look, text("partner.address"), limit=200)
        self.topics = TextField(look, text("partner.topics"), limit=200)
        self.note = TextField(look, text("partner.note"), limit=500)
        self._faults = column()
        self.add = Button(look, text("partner.add"), kind="primary", clicked=self._on_add)
        self.add.setDefault(True)
        cancel = Button(look, text("dialog.cancel"), clicked=self.reject)
        choices = row(
            Field(look, text("partner.kind"), self.kind),
            Field(look, text("partner.level"), self.level),
            None,
            spacing=14,
        )
        heading = plain_label(look, text("partner.new"), size="pane", weight=BOLD)
        hint = plain_label(look, text("partner.new_hint"), size="meta", tone="t3", wrap=True)
        items = (heading, hint, self._faults, self.name, choices, self.address, self.topics, self.note, None)
        form = QWidget()
        form.setProperty("ground", "surface")
        form.setLayout(column(*items, spacing=9, margins=(20, 18, 20, 16)))
        footer = pane(row(None, cancel, self.add, margins=(20, 12, 20, 12)), ground="surface2", edge="top")
        self.setLayout(column(scrolling(form), footer, spacing=0))
        self.resize(look.theme.px(480), look.theme.px(500))
        self.name.edit.setFocus()

    def show_error(self, error: AppError) -> None:
        """Say why the partner was not taken in; everything typed is still there."""
        clear(self._faults)
        panel = ErrorPanel(self._look, error)
        self._faults.addWidget(panel)
        announce(panel, panel.accessibleName())
        self.add.setEnabled(True)

    def reject(self) -> None:
        """Close; what was written is asked about first."""
        fields = (self.name, self.address, self.topics, self.note)
        if not any(one.text for one in fields) or ask(self, self._look, "partner.discard"):
            super().reject()

    def _on_add(self) -> None:
        if not self.name.text:
            self.name.set_error(self._look.texts.error(AppError("partner.name")).do)
            self.name.edit.setFocus()
            return
        address = self.address.text
        command = AddPartner(
            self.name.text,
            Level(int(self.level.value)),
            PartnerKind(self.kind.value),
            PartnerChannel.MAIL if "@" in address else PartnerChannel.PHONE,
            address,
            self.topics.text,
            self.note.text,
        )
        self.add.setEnabled(False)
        self.add_wanted.emit(command)
