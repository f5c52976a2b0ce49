"""The moment of the first picture: heavy work waits for it, and whoever measures the start from outside is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

READY = "ERSTHELFER_BENCH_READY"  # names a file to be made; set by bench/ only


def tell_ready() -> None:
    """Make the file that the measuring program waits for; does nothing in everyday use."""
    if path := os.environ.get(READY):
        Path(path).touch()


def when_painted(widget: QWidget, call: Callable[[], None]) -> None:
    """Call `call` once after the first paint of `widget`; whatever is heavy waits for that."""
    widget.installEventFilter(_FirstPaint(widget, call))


class _FirstPaint(QObject):
    """Waits for a paint event, then for the event loop to come round, so that the painting is done."""

    def __init__(self, widget: QWidget, call: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._call = call

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at paint events and leave them alone."""
        if event.type() is QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self._widget, self._go)
        return False

    def _go(self) -> None:
        tell_ready()
        self._call()
