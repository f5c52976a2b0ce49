"""What somebody does with a device from its page: ask it, compare it, put it on paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.base.errors import AppError, ErrorKind
from desktop.base.file_names import safe_name
from desktop.base.files import write_durably
from desktop.domain.asking import AskRow
from desktop.domain.fleet import EditAsset, FleetRow
from desktop.ui.common.errors import announce
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.devices import reading
from desktop.ui.desk.devices.ask_dialog import AskDialog
from desktop.ui.desk.devices.asset_dialog import AssetDialog
from desktop.ui.desk.devices.asset_words import asset_pairs
from desktop.ui.desk.devices.compare_dialog import open_compare
from desktop.ui.desk.devices.device_view import DeviceView
from desktop.ui.desk.devices.report_sheet import Report, make_report

if TYPE_CHECKING:
    from desktop.services.company import CompanyRow
    from desktop.services.work import Work


class DeviceActions:
    """Opens the dialogs of one page; they belong to its window and die with it."""

    def __init__(self, context: DeskContext, page: QWidget) -> None:
        self._context, self._page = context, page

    def ask(self, view: DeviceView) -> None:
        """Ask the device's PC for a new diagnosis."""
        dialog = AskDialog(self._context.look, view.page.row, view.page.tickets, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._context.do(reading.asking(dialog.command), owner=self._page))
        dialog.open()

    def withdraw(self, ask_id: str) -> None:
        """Take an ask back."""
        self._context.do(reading.withdrawing(ask_id), owner=self._page, done=self._on_withdrawn)

    def compare(self, device_id: str) -> None:
        """Compare any two diagnoses."""
        open_compare(self._context, device_id, self._page)

    def pin(self, device_id: str, snapshot_id: str) -> None:
        """Compare with this diagnosis from now on, or with the last healthy one where it is empty."""
        self._context.do(reading.pinning(device_id, snapshot_id), owner=self._page)

    def edit_asset(self, device_id: str) -> None:
        """Let an administrator write down what they know of a device."""

        def show(known: FleetRow) -> None:
            dialog = AssetDialog(self._context.look, known, self._page)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.save_wanted.connect(partial(self._save_asset, dialog))
            dialog.open()

        self._context.read(reading.knowing(device_id), owner=self._page, done=show)

    def _save_asset(self, dialog: AssetDialog, command: EditAsset) -> None:
        done = reading.writing_down(command)
        self._context.do(done, owner=dialog, done=lambda _row: dialog.accept(), failed=dialog.show_error)

    def report(self, view: DeviceView) -> None:
        """Ask where to, then write the device's report as PDF."""
        look = self._context.look
        name = safe_name(f"{view.page.row.name}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, look.text("device.report.save"), str(Path.home() / name), look.text("device.report.pdf")
        )
        if chosen:
            self.write_report(view, Path(chosen))

    def write_report(self, view: DeviceView, path: Path) -> None:
        """Write the report of the device that is shown; the window says what is wrong where it cannot be written."""

        def on_company(found: tuple[CompanyRow, str]) -> None:
            company, author = found
            detail = view.detail
            if detail is None:
                return
            differences = detail.comparison.differences if detail.comparison else None
            report = Report(
                view.page,
                detail.snapshot,
                differences,
                asset_pairs(self._context.look, detail.known),
                company.name,
                author,
            )
            title = self._context.look.text("device.report.title", name=view.page.row.name)
            content = make_report(report, self._context.look).to_pdf(title)
            self._context.run_io(
                lambda: _write(path, content), owner=view, done=lambda _done: _show(view, path), failed=view.say_fault
            )

        self._context.read(_read_company, owner=view, done=on_company)

    def _on_withdrawn(self, _row: AskRow) -> None:
        announce(self._page, self._context.look.text("device.asked.withdrawn"))


def _show(view: DeviceView, path: Path) -> None:
    """Say where the report is; it opens with what the system has for PDF."""
    view.say_saved(str(path), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))


def _write(path: Path, content: bytes) -> None:
    """Write a file whole. Raises AppError `device.report` where that is not possible there."""
    try:
        write_durably(path, content)
    except OSError as error:
        raise AppError(
            "device.report", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)}, detail=str(error)
        ) from error


def _read_company(work: Work) -> tuple[CompanyRow, str]:
    from desktop.services.company import read_company  # loads SQLAlchemy

    return read_company(work), work.actor.name
