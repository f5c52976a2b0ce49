"""Beside the form: what the caller asked before, and a warning where something of it is still open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.domain.rows import TicketRow
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import clear, column
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

SHOWN = 4


class RecentTickets(QFrame):
    """Shows the tickets of one person, and below them that one is still open, so that nothing is written twice."""

    use_wanted = Signal(object)
    """The open ticket to which the call belongs."""
    open_wanted = Signal(str)
    """The id of a ticket to look at."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        title = plain_label(look, look.text("phone.recent"), size="meta", weight=BOLD, tone="t3")
        self._list = column(spacing=8)
        self._warning = column()
        self.setLayout(column(title, 6, self._list, 14, self._warning, spacing=2))
        self.set_tickets(None)

    def set_tickets(self, tickets: Sequence[TicketRow] | None) -> None:
        """Show the newest tickets of the caller; None while nobody was chosen."""
        clear(self._list)
        clear(self._warning)
        if not tickets:
            code = "phone.recent.nobody" if tickets is None else "phone.recent.none"
            self._list.addWidget(plain_label(self._look, self._look.text(code), size="meta", tone="t3", wrap=True))
            return
        active = [one for one in tickets if one.state_type.is_active]
        if active:
            self._warning.addWidget(self._duplicate(active))
        for one in tickets[:SHOWN]:
            self._list.addLayout(self._entry(one))

    def _duplicate(self, active: Sequence[TicketRow]) -> Banner:
        look, newest = self._look, active[0]
        title = look.texts.plural("phone.duplicate", len(active), title=one_line(newest.title, 90))
        use = Button(look, look.text("phone.duplicate.use"), small=True, clicked=lambda: self.use_wanted.emit(newest))
        look_at = Button(look, look.text("phone.duplicate.open"), small=True)
        look_at.clicked.connect(lambda: self.open_wanted.emit(newest.id))
        use.setToolTip(look.text("phone.duplicate.use.hint"))
        return Banner(look, title, tone="amb", buttons=(use, look_at))

    def _entry(self, ticket: TicketRow) -> QVBoxLayout:
        look = self._look
        state = ticket.state_name or look.text(f"state.{ticket.state_type.value}")
        when = look.formats.moment(ticket.changed_at)
        title = ElidedLabel(look, one_line(ticket.title, 200))
        about = ElidedLabel(look, f"{when} · {one_line(state, 40)} · {ticket.number}", size="meta", tone="t3")
        return column(title, about, spacing=1)
