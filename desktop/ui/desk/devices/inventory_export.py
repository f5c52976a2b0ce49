"""Writing the inventory to a file: where to, then the file, then where it is and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.base.errors import AppError
from desktop.domain.fleet import FleetRow
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.errors import announce
from desktop.ui.common.layouts import column
from desktop.ui.desk.context import DeskContext

if TYPE_CHECKING:
    from desktop.base.texts import Texts
    from desktop.services.exports.exporting import Exported
    from desktop.services.work import Work

FORMATS = ("csv", "xlsx", "glpi")
_NAMED = 5  # devices of which nothing could be written that are named


class InventoryExport(QWidget):
    """Asks where to and writes; below it says how that went. Hidden until then."""

    def __init__(self, context: DeskContext) -> None:
        super().__init__()
        look = context.look
        self._context = context
        self._done, self._fault = Banner(look, "", tone="grn"), Banner(look, "", tone="red")
        self.setLayout(column(self._done, self._fault, margins=(20, 16, 20, 0)))
        self.hide()

    def ask(self, kind: str, rows: Sequence[FleetRow]) -> None:
        """Ask for a file, then write these devices in this format."""
        look = self._context.look
        ending = ("json" if len(rows) == 1 else "zip") if kind == "glpi" else kind
        suggested = look.text("fleet.export.file", ending=ending)
        title, pattern = look.text(f"fleet.export.{kind}"), look.text("fleet.export.pattern", ending=ending)
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / suggested), pattern)
        if chosen:
            self.write(kind, rows, Path(chosen))

    def write(self, kind: str, rows: Sequence[FleetRow], path: Path) -> None:
        """Write these devices to `path`."""
        exporting = _exporting(kind, rows, path, self._context.look.texts)
        self._context.read(exporting, owner=self, done=self._on_done, failed=self._on_failed)

    def _on_done(self, result: Exported) -> None:
        look = self._context.look
        said = look.texts.plural("fleet.exported", result.devices)
        left_out = ", ".join(result.left_out[:_NAMED])
        more = look.texts.plural("fleet.export.left_out", len(result.left_out), names=left_out)
        self._done.set_text(said, more if result.left_out else str(result.path))
        show = Button(look, look.text("device.report.show"), small=True)
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(result.path.parent))))
        self._done.set_buttons((show,))
        self._say(self._done, said)

    def _on_failed(self, error: AppError) -> None:
        words = self._context.look.texts.error(error)
        self._fault.set_text(words.what, words.do)
        self._say(self._fault, words.what)

    def _say(self, banner: Banner, words: str) -> None:
        self._done.setVisible(banner is self._done)
        self._fault.setVisible(banner is self._fault)
        self.show()
        announce(self, words)


def _exporting(kind: str, rows: Sequence[FleetRow], path: Path, texts: Texts) -> Callable[[Work], Exported]:
    def export(work: Work) -> Exported:
        from desktop.services.exports.exporting import ExportFormat, export_inventory  # loads SQLAlchemy

        return export_inventory(work, rows, texts, kind=ExportFormat(kind), target=path)

    return export
