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
        self._mailbox_fault = ""
        self._panels = column(spacing=0)
        self.setLayout(self._panels)

    def count(self) -> int:
        """Return how many faults are shown."""
        return self._panels.count()

    def show_fault(self, error: AppError) -> None:
        """Show a fault until it is closed."""
        close = Button(self._look, self._look.text("fault.close"), small=True, clicked=self._clear)
        self._show(error, (close,))

    def show_mailbox_fault(self, error: AppError) -> None:
        """Show what is wrong with the mailbox, once, until `drop_mailbox_fault`."""
        if self._mailbox_fault == error.code:
            return
        look = self._look
        again = Button(look, look.text("mailbox.again"), kind="primary", small=True)
        again.clicked.connect(lambda: self._run("mailbox.check"))
        change = Button(look, look.text("mailbox.change"), small=True)
        change.clicked.connect(lambda: self._run("settings.open"))
        self._show(error, (again, change))
        self._mailbox_fault = error.code

    def drop_mailbox_fault(self) -> None:
        """Take the mailbox's fault away; any other stays."""
        if self._mailbox_fault:
            self._clear()

    def _show(self, error: AppError, buttons: tuple[Button, ...]) -> None:
        from desktop.ui.common.errors import announce
        from desktop.ui.desk.fault_bar import FaultBar  # most starts have no fault to show

        self._clear()
        bar = FaultBar(self._look, error, buttons)
        self._panels.addWidget(bar)
        announce(bar, self._look.texts.error(error).what)

    def _clear(self) -> None:
        self._mailbox_fault = ""
        clear(self._panels)
