"""Collects this PC's facts in the background, once per request, and can be asked to stop."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.base.errors import AppError
from desktop.domain.snapshot import Snapshot
from desktop.ui.tray.tools import Collecting, Tools


class FactsGatherer(QObject):
    """One collection at a time; `snapshot` is the newest that came in."""

    ready = Signal(object)
    """The `Snapshot`, or None where the collector could not be used or was stopped."""

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._running: Collecting | None = None
        self.snapshot: Snapshot | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether a collection runs."""
        return self._running is not None

    def start(self) -> None:
        """Begin to collect, unless that already goes on."""
        if self._running is not None:
            return
        running = self._tools.open_collection("basic")
        self._running = running
        self._tools.slow(
            running.run,
            owner=self,
            done=lambda snapshot: self._on_done(running, snapshot),
            failed=lambda error: self._on_failed(running, error),
        )

    def cancel(self) -> None:
        """Stop collecting and go on without facts."""
        if self._running is not None:
            running, self._running = self._running, None
            running.cancel()
            self.ready.emit(None)

    def forget(self) -> None:
        """Drop what was collected, for the next request."""
        self.cancel()
        self.snapshot = None

    def _on_done(self, running: Collecting, snapshot: Snapshot) -> None:
        if running is self._running:
            self._running, self.snapshot = None, snapshot
            self.ready.emit(snapshot)

    def _on_failed(self, running: Collecting, _error: AppError) -> None:
        if running is self._running:
            self._running = None
            self.ready.emit(None)
