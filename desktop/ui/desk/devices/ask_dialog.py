"""Asking a PC for a new diagnosis: how much, what for, and on which ticket it belongs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from desktop.base.errors import AppError
from desktop.domain.asking import MAX_REASON, AskDiagnosis, AskLevel
from desktop.domain.rows import DeviceRow, TicketRow
from desktop.ui.common.buttons import Button, ChoiceButton
from desktop.ui.common.controls import Banner, SegmentedControl
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.fields import Field, TextField


class AskDialog(QDialog):
    """Holds the `command` of the answers once it was accepted."""

    def __init__(self, look: Look, device: DeviceRow, tickets: Sequence[TicketRow], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._look, self._device = look, device
        name = one_line(device.name, 40)
        self.setWindowTitle(look.text("device.ask.title", name=name))
        levels = [(one.value, look.text(f"device.ask.{one.value}"), "") for one in AskLevel]
        self.level = SegmentedControl(look, look.text("device.ask.level"), levels, value=AskLevel.FULL.value)
        self.reason = TextField(
            look, look.text("device.ask.reason"), hint=look.text("device.ask.reason.hint"), limit=MAX_REASON
        )
        choices = [("", look.text("device.ask.no_ticket"))]
        choices += [(one.id, one_line(f"{one.number} {one.title}", 60)) for one in tickets if one.state_type.is_active]
        self.ticket = ChoiceButton(look, look.text("device.ask.ticket"), choices, value=choices[-1][0])
        self._fault = Banner(look, "", tone="red")
        self._fault.hide()
        self.ask_button = Button(look, look.text("device.ask.send"), kind="primary", clicked=self.accept)
        self.ask_button.setDefault(True)
        person = one_line(device.person_name, 60)
        said = look.text("device.ask.text", person=person) if person else look.text("device.ask.text.nobody")
        body = column(
            plain_label(look, look.text("device.ask.title", name=name), size="pane", weight=BOLD, wrap=True),
            plain_label(look, said, tone="t2", wrap=True),
            6, self._fault, self.reason,
            Field(look, look.text("device.ask.level"), self.level, beside=(None,)),
            Field(look, look.text("device.ask.ticket"), self.ticket, beside=(None,)),
            None, spacing=8, margins=(20, 18, 20, 18),
        )  # fmt: skip
        cancel = Button(look, look.text("dialog.cancel"), clicked=self.reject)
        foot = pane(row(None, cancel, self.ask_button, margins=(20, 12, 20, 12)), ground="surface2", edge="top")
        self.setLayout(column(pane(body, ground="surface"), foot, spacing=0))
        self.setMinimumWidth(look.theme.px(500))
        self.reason.setFocus()

    @property
    def command(self) -> AskDiagnosis:
        """Return what was answered."""
        return AskDiagnosis(self._device.id, self.ticket.value, AskLevel(self.level.value), self.reason.text)

    def show_error(self, error: AppError) -> None:
        """Say what is wrong and stay open."""
        words = self._look.texts.error(error)
        self._fault.set_text(words.what, words.do)
        self._fault.show()
