"""What the pages of the set-up share: a heading, a sentence, and the question whether they are complete."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import Item, column
from desktop.ui.common.look import Look


class SetupPage(QWidget):
    """One page; `completed_changed` tells whether the way on is open now."""

    completed_changed = Signal()

    def __init__(self, look: Look, title: str, lead: str) -> None:
        super().__init__()
        self.look = look
        self.heading = plain_label(look, title, size="step", weight=BOLD, wrap=True)
        self.heading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.lead = plain_label(look, lead, size="reading", tone="t2", wrap=True)
        self.setAccessibleName(title)

    def arrange(self, *items: Item) -> None:
        """Put the page's own parts below heading and sentence."""
        self.setLayout(column(self.heading, 2, self.lead, 14, *items, None, spacing=4, margins=(32, 26, 32, 18)))

    def first_fault(self) -> QWidget | None:
        """Check everything on the page, say what is wrong beside it, and return the first faulty field."""
        return None

    def start(self) -> None:
        """Called when the page comes up; puts the keyboard where one goes on."""
        self.heading.setFocus()
