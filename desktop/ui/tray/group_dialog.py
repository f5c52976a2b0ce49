"""One group of facts before sending: every line in plain words to be left out, or the exact bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QStackedWidget, QWidget

from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import SegmentedControl
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, row
from desktop.ui.common.look import Look
from desktop.ui.tray.lines_list import LinesList, LinesModel

if TYPE_CHECKING:
    from desktop.diagnostics.lines import Heading, Line

WORDS, EXACT = "words", "exact"
_SHOWN = 200_000  # characters; a snapshot has some ten thousand


class GroupDialog(QDialog):
    """Shows the lines of a group; `raw` is what stands in the exact view, letter by letter."""

    toggled = Signal(object, bool)
    """The `Line`, and whether it is sent."""

    def __init__(
        self,
        look: Look,
        title: str,
        found: Sequence[Heading],
        left_out: frozenset[Line],
        *,
        is_off: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`is_off` tells that the whole group is left out: its lines are only read then."""
        super().__init__(parent)
        self._look, self._left_out, self.raw = look, len(left_out), ""
        text = look.text
        self.setWindowTitle(title)
        self.resize(560, 620)
        self.setMinimumSize(340, 300)
        self.lines = LinesList(look, LinesModel(found, left_out, is_fixed=is_off, parent=self), title)
        self.lines.lines.toggled.connect(self._on_toggled)
        self._text = _raw_view(text("tray.preview.exact"))
        choices = [(WORDS, text("tray.group.words"), ""), (EXACT, text("tray.preview.exact"), "")]
        self.view = SegmentedControl(look, text("tray.preview.view"), choices)
        self.view.chosen.connect(self._on_view)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.lines)
        self._stack.addWidget(self._text)
        self._hint = plain_label(look, text("tray.group.off" if is_off else "tray.group.hint"), tone="t2", wrap=True)
        self._count = plain_label(look, size="meta", tone="t3", wrap=True)
        close = Button(look, text("tray.group.done"), kind="primary", clicked=self.accept)
        head = plain_label(look, title, size="pane", weight=BOLD, wrap=True)
        whole = column(head, self._hint, self.view, self._stack, row(self._count, close, spacing=12), spacing=10)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._show_count()
        self.lines.setFocus()

    def show_bytes(self, content: bytes) -> None:
        """Show what is sent of this group by the present choice."""
        self.raw = content.decode()
        self._text.setPlainText(self.raw[:_SHOWN])

    def _on_view(self, view: str) -> None:
        self._stack.setCurrentIndex(0 if view == WORDS else 1)

    def _on_toggled(self, line: object, is_sent: bool) -> None:
        self._left_out += -1 if is_sent else 1
        self._show_count()
        self.toggled.emit(line, is_sent)

    def _show_count(self) -> None:
        words = self._look.texts.plural("tray.group.left_out", self._left_out) if self._left_out else ""
        self._count.setText(words)


def _raw_view(name: str) -> QPlainTextEdit:
    view = QPlainTextEdit()
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setProperty("raw", True)
    view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    view.setAccessibleName(name)
    return view
