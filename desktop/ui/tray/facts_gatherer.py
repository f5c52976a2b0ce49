"""Collects this PC's facts in the background: what comes at once first, then the rest; it can be asked to stop."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal

from desktop.base.errors import AppError
from desktop.client.facts import joined
from desktop.client.policy import Depth
from desktop.domain.snapshot import Snapshot
from desktop.ui.tray.tools import Collecting, Tools


class FactsGatherer(QObject):
    """One collection at a time; `snapshot` is the newest that came in, first basic, full when the rest has come."""

    ready = Signal(object)
    """The `Snapshot` so far, or None where the collector could not be used or was stopped before it said anything."""
    progressed = Signal(int, int)
    """How many probes have answered, and how many are asked, of the part that is being collected."""
    _answered = Signal(object, int, int)

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._running: Collecting | None = None
        self._wants_rest = False
        self.snapshot: Snapshot | None = None
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Tell whether a collection runs."""
        return self._running is not None

    @property
    def is_full(self) -> bool:
        """Tell whether everything has been asked."""
        return self.snapshot is not None and self.snapshot.level == "full"

    def is_awaited(self, depth: Depth) -> bool:
        """Tell whether facts of this depth are still coming."""
        if depth is Depth.NONE or not self.is_running:
            return False
        return depth is Depth.FULL or self.snapshot is None

    def start(self, *, is_full: bool = False) -> None:
        """Begin to collect what is missing, unless that already goes on; `is_full` also asks what takes longer."""
        self._wants_rest = self._wants_rest or is_full
        if self._running is None:
            self._go_on()

    def cancel(self) -> None:
        """Stop collecting and go on with what there is."""
        if self._running is not None:
            running, self._running = self._running, None
            self._wants_rest = False
            running.cancel()
            self.ready.emit(self.snapshot)

    def adopt(self, snapshot: Snapshot) -> None:
        """Go on from facts that were collected elsewhere."""
        self.cancel()
        self.snapshot = snapshot

    def forget(self) -> None:
        """Drop what was collected, for the next request."""
        self.cancel()
        self.snapshot = None

    def _go_on(self) -> None:
        """Collect the next part that is wanted and missing."""
        if self.snapshot is not None and (self.is_full or not self._wants_rest):
            return
        part = "basic" if self.snapshot is None else "rest"
        made: list[Collecting] = []

        def tell(done: int, total: int) -> None:
            with suppress(RuntimeError):  # the window is gone, and what it waited for goes with it
                self._answered.emit(made[0], done, total)

        running = self._tools.open_collection(part, tell)
        made.append(running)
        self._running = running
        before, client = self.snapshot, self._tools.client

        def work() -> Snapshot:
            found = running.run()
            return found if before is None else joined(client, before, found)

        self._tools.slow(
            work,
            owner=self,
            done=lambda snapshot: self._on_done(running, snapshot),
            failed=lambda error: self._on_failed(running, error),
        )

    def _on_answered(self, running: Collecting, done: int, total: int) -> None:
        if running is self._running:
            self.progressed.emit(done, total)

    def _on_done(self, running: Collecting, found: Snapshot) -> None:
        if running is not self._running:
            return
        self._running = None
        self.snapshot = found
        self._go_on()
        self.ready.emit(self.snapshot)

    def _on_failed(self, running: Collecting, _error: AppError) -> None:
        if running is self._running:
            self._running, self._wants_rest = None, False
            self.ready.emit(self.snapshot)
