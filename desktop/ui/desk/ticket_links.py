"""Tickets as a short list of lines to open, for the pages of people and devices."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.domain.rows import TicketRow
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Card, Chip
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

_TONES = {"new": "grn", "open": "acc", "waiting": "outline"}


class TicketLinks(Card):
    """One line per ticket; `opened` carries the id."""

    opened = Signal(str)

    def __init__(self, look: Look, tickets: Sequence[TicketRow], *, empty: str) -> None:
        super().__init__()
        self._look = look
        lines = [self._line(one, is_first=place == 0) for place, one in enumerate(tickets)]
        nothing = pane(row(plain_label(look, empty, tone="t3", wrap=True), margins=(16, 12, 16, 12)))
        self.setLayout(column(*(lines or [nothing]), spacing=0))

    def _line(self, ticket: TicketRow, *, is_first: bool) -> QFrame:
        look = self._look
        title = Button(look, one_line(ticket.title, 90), kind="link")
        title.setAccessibleName(look.text("people.open.ticket", number=ticket.number))
        title.clicked.connect(lambda: self.opened.emit(ticket.id))
        state = ticket.state_name or look.text(f"state.{ticket.state_type.value}")
        when = plain_label(look, f"{ticket.number} · {look.formats.moment(ticket.changed_at)}", size="meta", tone="t3")
        chip = Chip(look, one_line(state, 40), _TONES.get(ticket.state_type.value, "plain"))
        return pane(row(title, None, when, chip, spacing=10, margins=(14, 7, 14, 7)), edge="" if is_first else "top")
