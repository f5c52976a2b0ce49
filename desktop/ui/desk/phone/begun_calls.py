"""Calls that were put aside, offered above the form of the next one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.layouts import clear, column
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.phone.drafts import CallDraft

SHOWN = 2


class BegunCalls(QFrame):
    """One line per call; `resumed` carries its draft."""

    resumed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines = column(spacing=6)
        self.setLayout(self._lines)
        self.hide()

    def set_drafts(self, drafts: Sequence[CallDraft]) -> None:
        """Offer the newest drafts, or nothing."""
        clear(self._lines)
        for one in drafts[:SHOWN]:
            self._lines.addWidget(self._line(one))
        self._lines.setContentsMargins(20, 14, 20, 0)
        self.setVisible(bool(drafts))

    def _line(self, draft: CallDraft) -> Banner:
        look = self._look
        title = one_line(draft.subject or draft.notes, 70)
        resume = Button(look, look.text("phone.begun.resume"), small=True, clicked=lambda: self.resumed.emit(draft))
        resume.setAccessibleName(look.text("phone.begun.resume.name", title=title))
        begun = look.text("phone.begun.title", moment=look.formats.moment(draft.at), title=title)
        return Banner(look, begun, tone="acc", icon_name="phone-call", buttons=(resume,))
