"""The files of a message as chips that can be taken away again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.client.rows import DraftFile
from desktop.ui.common.buttons import IconButton
from desktop.ui.common.icons import IconLabel
from desktop.ui.common.labels import ElidedLabel
from desktop.ui.common.layouts import clear, column, row
from desktop.ui.common.look import Look


class FileRow(QWidget):
    """One chip per file, below each other: names of files may be long."""

    remove_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._layout = column(spacing=4)
        self.setLayout(self._layout)
        self.files: list[DraftFile] = []
        self.hide()

    def show_files(self, files: Sequence[DraftFile]) -> None:
        """Show these files."""
        self.files = list(files)
        self._draw()

    def add(self, file: DraftFile) -> None:
        """Show one more file."""
        self.files.append(file)
        self._draw()

    def _draw(self) -> None:
        clear(self._layout)
        for one in self.files:
            self._layout.addWidget(self._chip(one))
        self.setVisible(bool(self.files))

    def _chip(self, file: DraftFile) -> QFrame:
        look = self._look
        name = look.text("tray.file.name_size", name=file.name, size=look.formats.size(file.size))
        remove = IconButton(look, "x", look.text("tray.file.remove", name=file.name), small=True)
        remove.clicked.connect(lambda: self._on_remove(file))
        chip = QFrame()
        chip.setProperty("card", True)
        glyph = IconLabel(look.theme, "image" if file.is_screenshot else "file")
        line = row(glyph, ElidedLabel(look, name, size="meta"), remove, spacing=6, margins=(9, 1, 3, 1))
        line.setStretch(1, 1)
        chip.setLayout(line)
        return chip

    def _on_remove(self, file: DraftFile) -> None:
        self.files.remove(file)
        self._draw()
        self.remove_wanted.emit(file.id)
