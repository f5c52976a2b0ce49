"""Looks into the company's folder again and again: often while something waits, seldom while it cannot be reached."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.base.errors import AppError
from desktop.client.sync import SyncOutcome, glance, sync
from desktop.ui.tray.tools import Tools

BUSY, IDLE, LONGEST = 5_000, 15_000, 60_000
"""Milliseconds between two looks: something waits, nothing waits, and the longest back-off."""
_AWAY = "mailbox.unreachable"


class Poller(QObject):
    """One round at a time on the io lane; keychain and sealing are loaded only when something has to travel."""

    synced = Signal(object)
    """The `SyncOutcome` of a round."""
    problem_changed = Signal(object)
    """The `AppError` that keeps the folder from being used, or None."""

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._is_running = False
        self._is_wanted = False
        self._is_hurried = False
        self.problem: AppError | None = None
        self.pause = IDLE
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def look(self, *, is_hurried: bool = False) -> None:
        """Run a round now, or right after the one that runs; `is_hurried` makes waiting messages due at once."""
        self._is_hurried = self._is_hurried or is_hurried
        if self._is_running:
            self._is_wanted = True
            return
        self._is_running, self._is_wanted = True, False
        self._timer.stop()
        hurried, self._is_hurried = self._is_hurried, False
        tools = self._tools

        def work() -> SyncOutcome:
            seen = glance(tools.client)
            if not seen.is_worthwhile:
                return SyncOutcome.nothing(seen.problem)
            post = tools.open_post()
            if hurried:
                post.retry_now()
            return sync(tools.client, post)

        tools.slow(work, owner=self, done=self._on_done, failed=self._on_failed)

    def stop(self) -> None:
        """Look no more; what waits is durable and goes out at the next start."""
        self._timer.stop()
        self._is_running = True

    def _on_done(self, outcome: SyncOutcome) -> None:
        was_away = self.problem is not None and self.problem.code == _AWAY
        self._note(outcome.problem)
        if was_away and outcome.problem is None and outcome.waiting:
            self._is_hurried = self._is_wanted = True  # the folder is back: nobody waits for a pause to pass
        if outcome.problem is None:
            self.pause = BUSY if outcome.waiting else IDLE
        self.synced.emit(outcome)
        self._rest()

    def _on_failed(self, error: AppError) -> None:
        self._note(error)
        self.synced.emit(SyncOutcome.nothing(error))
        self._rest()

    def _note(self, problem: AppError | None) -> None:
        if problem is not None:
            self.pause = min(LONGEST, self.pause * 2)
        has_changed = (problem and problem.code) != (self.problem and self.problem.code)
        self.problem = problem
        if has_changed:
            self.problem_changed.emit(problem)

    def _rest(self) -> None:
        self._is_running = False
        if self._is_wanted:
            self.look()
        else:
            self._timer.start(self.pause)
