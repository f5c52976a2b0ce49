"""Says once that a program is ready, to whoever measures its start from outside."""

from __future__ import annotations

import os
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

READY = "ERSTHELFER_BENCH_READY"  # names a file to be written; set by bench/ only


def tell_ready() -> None:
    """Write the processor time so far, in seconds, for the program that measures; does nothing in everyday use."""
    if path := os.environ.get(READY):
        with open(path, "w", encoding="ascii") as ready:  # noqa: PTH123 - a start must not pay for the measuring
            ready.write(f"{time.process_time():.6f}\n")


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
