"""Handing a ticket over: collect what goes along, show the dialog, write the package, record it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.base.changes import Done
from desktop.base.errors import AppError
from desktop.domain.handover import Handover, PassOn
from desktop.domain.partner import AddPartner
from desktop.domain.rows import PartnerRow
from desktop.domain.wizard.run import Answer
from desktop.ui.desk import use_cases
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.handover_dialog import HandoverDialog
from desktop.ui.desk.partner_dialog import PartnerDialog
from desktop.ui.desk.wizards.reading import filling_field

if TYPE_CHECKING:
    from desktop.services.handover import HandedOver
    from desktop.services.work import Work


def _adding(command: AddPartner) -> Callable[[Work], Done[PartnerRow]]:
    def act(work: Work) -> Done[PartnerRow]:
        from desktop.services import partners  # loads SQLAlchemy

        return partners.add_partner(work, command)

    return act


def _show_in_files(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class HandoverFlow(QObject):
    """Lives as long as its dialog."""

    def __init__(
        self,
        context: DeskContext,
        window: QWidget,
        ticket: str,
        *,
        show_folder: Callable[[Path], object] = _show_in_files,
    ) -> None:
        super().__init__(window)
        self._context, self._ticket = context, ticket
        self._show_folder = show_folder
        self.dialog: HandoverDialog | None = None

    @property
    def _window(self) -> QWidget | None:
        """Return the window this belongs to; kept by us, it could die within our own end and take us down twice."""
        parent = self.parent()
        return parent if isinstance(parent, QWidget) else None

    def start(self) -> None:
        """Read the partners and what the hand-over carries, then ask."""
        self._context.read(
            use_cases.preparing_handover(self._ticket),
            owner=self,
            done=self._on_prepared,
            failed=self._on_unprepared,
        )

    def _on_unprepared(self, error: AppError) -> None:
        """Ask for the first partner where there is none; anything else is for the window to say."""
        if error.code == "handover.no_partner":
            self._ask_partner(lambda _row: self.start()).rejected.connect(self.deleteLater)
        else:
            self._context.bus.failed.emit(error)
            self.deleteLater()

    def _ask_partner(self, then: Callable[[PartnerRow], None]) -> PartnerDialog:
        dialog = PartnerDialog(self._context.look, self.dialog or self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def on_added(row: PartnerRow) -> None:
            dialog.accept()
            then(row)

        def on_wanted(command: AddPartner) -> None:
            self._context.do(_adding(command), owner=dialog, done=on_added, failed=dialog.show_error)

        dialog.add_wanted.connect(on_wanted)
        dialog.open()
        return dialog

    def _on_prepared(self, prepared: tuple[Handover, tuple[PartnerRow, ...]]) -> None:
        handover, partners = prepared
        self.dialog = HandoverDialog(self._context.look, handover, partners, parent=self._window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.pass_on_wanted.connect(self._on_pass_on)
        self.dialog.answered.connect(self._on_answered)
        self.dialog.partner_wanted.connect(self._on_partner_wanted)
        self.dialog.finished.connect(self.deleteLater)
        self.dialog.open()

    def _on_pass_on(self, command: PassOn, handover: Handover, pdf: bytes) -> None:
        self._context.do(
            use_cases.handing_over(command, handover, pdf),
            owner=self,
            done=self._on_done,
            failed=self._on_failed,
        )

    def _on_answered(self, run: str, field: str, value: Answer) -> None:
        """Keep the answer with its run at once: it stays whatever becomes of the hand-over."""
        dialog = self.dialog
        if dialog is not None:
            filling = filling_field(self._ticket, run, field, value)
            self._context.do(filling, owner=dialog, done=dialog.take_run, failed=dialog.show_error)

    def _on_partner_wanted(self) -> None:
        if self.dialog is not None:
            self._ask_partner(self.dialog.add_partner)

    def _on_done(self, result: HandedOver) -> None:
        """Close the dialog and show the folder, from where it goes to the other side."""
        if self.dialog is not None:
            self.dialog.accept()
        self._show_folder(result.path)

    def _on_failed(self, error: AppError) -> None:
        if self.dialog is not None:
            self.dialog.show_error(error)
