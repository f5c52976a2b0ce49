"""The quiet bar at the bottom: what was done, and the way back for eight seconds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.base.changes import Undo
from desktop.ui.common.buttons import Button, IconButton
from desktop.ui.common.errors import announce
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import row
from desktop.ui.common.look import Look

SHOWN_FOR = 8000
"""Milliseconds; the time stands still while the bar has the keyboard or the mouse."""

_MARGIN = 16  # at the left, where it covers neither the text being written nor the button that sends it


class UndoBar(QFrame):
    """Floats over the lower left corner of `host`; `undo_wanted` carries the `Undo` that was pressed."""

    undo_wanted = Signal(object)
    changed = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._look = look
        self.undo: Undo | None = None
        self.setProperty("card", True)
        self.setAccessibleName(look.text("undo.name"))
        self._text = plain_label(look)
        self.button = Button(look, look.text("undo.button"), icon_name="arrow-counter-clockwise", small=True)
        self.button.clicked.connect(self.take_back)
        close = IconButton(look, "x", look.text("undo.close"), small=True, clicked=self.dismiss)
        self.setLayout(row(self._text, 8, self.button, close, margins=(14, 8, 8, 8)))
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self._on_time)
        host.installEventFilter(self)
        self.hide()

    def offer(self, undo: Undo) -> None:
        """Show what was done, for eight seconds."""
        self.undo = undo
        text = self._look.texts.render(undo.label)
        self._text.setText(text)
        self.show()
        self.raise_()
        self._place()
        self._timer.start()
        announce(self, text)
        self.changed.emit()

    def take_back(self) -> None:
        """Ask for the undo that is offered."""
        undo = self.undo
        self.dismiss()
        if undo is not None:
            self.undo_wanted.emit(undo)

    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        self.undo = None
        self.hide()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the window changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _on_time(self) -> None:
        if self.underMouse() or self.button.hasFocus():
            self._timer.start()
        else:
            self.dismiss()

    def _place(self) -> None:
        host = self._host
        self.adjustSize()
        self.move(_MARGIN, host.height() - self.height() - _MARGIN)
