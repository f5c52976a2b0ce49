"""What is sent, to be looked at: the exact bytes, and the same laid out line by line."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import SegmentedControl
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look

_SHOWN = 200_000  # characters; a snapshot has some ten thousand


class PreviewDialog(QDialog):
    """Shows bytes that will travel; `raw` is what stands in the exact view, letter by letter."""

    def __init__(self, look: Look, title: str, content: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.raw = content.decode()
        self._laid_out = json.dumps(json.loads(self.raw), ensure_ascii=False, indent=2)
        self.setWindowTitle(title)
        self.resize(560, 620)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setProperty("raw", True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(title)
        choices = [("lines", look.text("tray.preview.lines"), ""), ("exact", look.text("tray.preview.exact"), "")]
        self.view = SegmentedControl(look, look.text("tray.preview.view"), choices)
        self.view.chosen.connect(self._on_view)
        close = Button(look, look.text("tray.close"), kind="primary", clicked=self.accept)
        size = look.formats.size(len(content))
        self.setLayout(
            column(
                plain_label(look, title, size="pane", weight=BOLD, wrap=True),
                plain_label(look, look.text("tray.preview.hint", size=size), tone="t2", wrap=True),
                self.view,
                self.text,
                row(None, close),
                spacing=10,
                margins=(20, 18, 20, 16),
            )
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._on_view("lines")

    def _on_view(self, view: str) -> None:
        self.text.setPlainText((self.raw if view == "exact" else self._laid_out)[:_SHOWN])
