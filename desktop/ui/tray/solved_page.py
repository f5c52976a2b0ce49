"""The end of self-help that worked: no request was needed."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.ui.common.buttons import Button
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look
from desktop.ui.tray.parts import Page, heading, hint


class SolvedPage(Page):
    """Says so, and leaves the door open."""

    done_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.body.addSpacing(40)
        self.body.addLayout(row(None, IconLabel(look.theme, "check-circle", "grn", size=44, filled=True), None))
        self.body.addSpacing(6)
        self.body.addWidget(heading(look, look.text("tray.self_solved.heading"), centered=True))
        self.hint = hint(look, "", centered=True)
        self.body.addWidget(self.hint)
        self.body.addStretch(1)
        self.done = Button(look, look.text("tray.done"), kind="primary", clicked=self.done_wanted.emit)
        more = Button(look, look.text("tray.self_solved.not_yet"), clicked=self.help_wanted.emit)
        self.set_footer(12, more, None, self.done)

    def say_what_is_counted(self, *, is_counted: bool) -> None:
        """Tell honestly whether anything leaves this PC."""
        code = "tray.self_solved.counted" if is_counted else "tray.self_solved.hint"
        self.hint.setText(self.look.text(code))
