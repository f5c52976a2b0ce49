"""Says once that a program is ready, to whoever measures its start from outside."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

READY = "ERSTHELFER_BENCH_READY"  # names a file to be made; set by bench/ only


def tell_ready() -> None:
    """Make the file that the measuring program waits for; does nothing in everyday use."""
    if path := os.environ.get(READY):
        Path(path).touch()


def tell_when_painted(widget: QWidget) -> None:
    """Call `tell_ready` after the first paint of `widget`."""
    if os.environ.get(READY):
        widget.installEventFilter(_FirstPaint(widget))


class _FirstPaint(QObject):
    """Waits for a paint event, then for the event loop to come round, so that the painting is done."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at paint events and leave them alone."""
        if event.type() is QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self._widget, tell_ready)
        return False
