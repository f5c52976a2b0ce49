"""The bottom line: where the data lies, how the mailbox is, how much there is to do."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look


class StatusLine(QStatusBar):
    """Two states on the left, the sums on the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setSizeGripEnabled(False)
        self._mailbox_icon = IconLabel(look.theme, "folder-simple", "t3")
        self._mailbox = plain_label(look, look.text("status.mailbox.checking"), size="meta", tone="t3")
        self._sums = plain_label(look, size="meta", tone="t3")
        database = plain_label(look, look.text("status.database"), size="meta", tone="t3")
        self.addWidget(_pair(IconLabel(look.theme, "database", "t3"), database))
        self.addWidget(_pair(self._mailbox_icon, self._mailbox))
        self._sums.setContentsMargins(8, 3, 8, 4)
        self.addPermanentWidget(self._sums)

    @cached_property
    def hint(self) -> QLabel:
        """Return the place of what is said in passing, made when there is first something to say."""
        hint = plain_label(self._look, size="meta", tone="t2")
        self.addWidget(hint)
        return hint

    def show_mailbox(self, text: str, *, is_well: bool) -> None:
        """Say how the mailbox is."""
        self._mailbox.setText(text)
        self._mailbox_icon.set_icon("folder-simple" if is_well else "warning", "t3" if is_well else "amb")

    def show_sums(self, mine: int, overdue: int) -> None:
        """Say how many tickets are mine and how many are late."""
        tickets = self._look.texts.plural("status.tickets", mine)
        late = self._look.texts.plural("status.overdue", overdue)
        self._sums.setText(self._look.text("status.sums", tickets=tickets, overdue=late) if overdue else tickets)

    def show_hint(self, text: str) -> None:
        """Say something in passing."""
        self.hint.setText(text)


def _pair(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(*widgets, spacing=7, margins=(8, 3, 8, 4)))
    return holder
