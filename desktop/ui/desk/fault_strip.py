"""Faults that belong to no page: one at a time below the toolbar, the mailbox's until it is well again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.base.errors import AppError
from desktop.ui.common.buttons import Button
from desktop.ui.common.layouts import clear, column
from desktop.ui.common.look import Look


class FaultStrip(QWidget):
    """Empty and without height while nothing is wrong; `run` does a declared command."""

    def __init__(self, look: Look, run: Callable[[str], None]) -> None:
        super().__init__()
        self._look, self._run = look, run
        self._fault: AppError | None = None
        self._mailbox: AppError | None = None
        self._panels = column(spacing=0)
        self.setLayout(self._panels)

    def count(self) -> int:
        """Return how many faults are shown."""
        return self._panels.count()

    def show_fault(self, error: AppError) -> None:
        """Show a fault until it is closed."""
        self._fault = error
        self._draw()

    def close_fault(self) -> None:
        """Take away a fault that was read."""
        self._fault = None
        self._draw()

    def show_mailbox_fault(self, error: AppError) -> None:
        """Show what is wrong with the mailbox, once, until `drop_mailbox_fault`; another fault is read before."""
        if self._mailbox is None or self._mailbox.code != error.code:
            self._mailbox = error
            self._draw_mailbox()

    def drop_mailbox_fault(self) -> None:
        """Take the mailbox's fault away; any other stays."""
        if self._mailbox is not None:
            self._mailbox = None
            self._draw_mailbox()

    def _draw_mailbox(self) -> None:
        if self._fault is None:
            self._draw()

    def _draw(self) -> None:
        clear(self._panels)
        error = self._fault or self._mailbox
        if error is None:
            return
        from desktop.ui.common.errors import announce
        from desktop.ui.desk.fault_bar import FaultBar  # most starts have no fault to show

        bar = FaultBar(self._look, error, self._mailbox_buttons() if self._fault is None else (self._close_button(),))
        self._panels.addWidget(bar)
        announce(bar, self._look.texts.error(error).what)

    def _close_button(self) -> Button:
        return Button(self._look, self._look.text("fault.close"), small=True, clicked=self.close_fault)

    def _mailbox_buttons(self) -> tuple[Button, Button]:
        look, run = self._look, self._run
        again = Button(look, look.text("mailbox.again"), kind="primary", small=True)
        again.clicked.connect(lambda: run("mailbox.check"))
        change = Button(look, look.text("mailbox.change"), small=True, clicked=lambda: run("settings.open"))
        return again, change
