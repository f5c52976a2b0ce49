"""Handing a ticket over: collect what goes along, show the dialog, write the package, record it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.base.errors import AppError
from desktop.domain.handover import Handover, PassOn
from desktop.domain.rows import PartnerRow
from desktop.ui.desk import use_cases
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.handover_dialog import HandoverDialog


class HandoverFlow(QObject):
    """Lives as long as its dialog."""

    def __init__(self, context: DeskContext, window: QWidget, ticket: str) -> None:
        super().__init__(window)
        self._context, self._window, self._ticket = context, window, ticket
        self.dialog: HandoverDialog | None = None

    def start(self) -> None:
        """Read the partners and what the hand-over carries, then ask."""
        self._context.read(use_cases.preparing_handover(self._ticket), owner=self, done=self._on_prepared)

    def _on_prepared(self, prepared: tuple[Handover, tuple[PartnerRow, ...]]) -> None:
        handover, partners = prepared
        self.dialog = HandoverDialog(self._context.look, handover, partners, parent=self._window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.pass_on_wanted.connect(self._on_pass_on)
        self.dialog.finished.connect(self.deleteLater)
        self.dialog.open()

    def _on_pass_on(self, command: PassOn, handover: Handover, pdf: bytes) -> None:
        self._context.do(
            use_cases.handing_over(command, handover, pdf),
            owner=self,
            done=lambda _result: self._on_done(),
            failed=self._on_failed,
        )

    def _on_done(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    def _on_failed(self, error: AppError) -> None:
        if self.dialog is not None:
            self.dialog.show_error(error)
