"""A draft that cannot be read as a checklist: what is wrong with it, and the ways out that lose nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.editor import use_cases
from desktop.ui.desk.editor.use_cases import Opened


class UnreadablePage(QWidget):
    """Shown instead of the editor."""

    left = Signal()

    def __init__(self, context: DeskContext, opened: Opened, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._id = context, opened.file.id
        look = context.look
        back = Button(look, look.text("editor.all"), icon_name="arrow-left", kind="link")
        back.clicked.connect(self.left)
        buttons = [
            Button(look, look.text("editor.menu.export"), small=True, clicked=self._on_export),
            Button(look, look.text("editor.menu.discard_draft"), small=True, clicked=self._on_discard),
        ]
        title = look.text("editor.unreadable", id=self._id)
        banner = Banner(look, title, look.text("editor.unreadable.hint"), tone="red", buttons=buttons)
        lines = column(row(back, None), banner, spacing=12, margins=(24, 16, 24, 24))
        for one in opened.file.problems[:10]:
            lines.addWidget(plain_label(look, look.texts.render(one.text), wrap=True, selectable=True))
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(back)

    def _on_export(self) -> None:
        look = self._context.look
        name, _ = QFileDialog.getSaveFileName(self, look.text("editor.menu.export"), f"{self._id}.toml")
        if name:
            self._context.read(
                use_cases.exporting(self._id, Path(name), draft=True), owner=self, done=lambda _path: None
            )

    def _on_discard(self) -> None:
        self._context.do(use_cases.doing("discard_draft", self._id), owner=self, done=lambda _file: self.left.emit())
