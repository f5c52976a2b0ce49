"""Looks into the mailbox every ten seconds: takes in what has come and brings out what is to be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.base.changes import Changes, merged
from desktop.base.errors import AppError
from desktop.ui.desk.context import DeskContext

if TYPE_CHECKING:
    from desktop.exchange.desk_post import DeskPost

EVERY = 10_000
"""Milliseconds between two looks."""


@dataclass(frozen=True, slots=True)
class MailboxState:
    """When the mailbox was looked at, what is wrong with it, how many messages were damaged, wait or met a fault."""

    looked_at: datetime | None = None
    problem: AppError | None = None
    damaged: int = 0
    waiting: int = 0
    faulty: int = 0


@dataclass(frozen=True, slots=True)
class _Round:
    changes: Changes
    problem: AppError | None
    damaged: int
    waiting: int
    faulty: int


class MailboxWatch(QObject):
    """Polls on the I/O lane, because a folder on the network may hang; each batch is one transaction of its own."""

    changed = Signal(object)
    """A `MailboxState`."""

    def __init__(self, context: DeskContext, open_post: Callable[[], DeskPost], parent: QObject | None = None) -> None:
        """Watch with `context`; `open_post` is called on the I/O lane and may ask the keychain."""
        super().__init__(parent)
        self._context, self._open_post = context, open_post
        self._is_looking = self._is_hurried = False
        self.state = MailboxState()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(lambda: self.look())

    def start(self) -> None:
        """Look now, then every ten seconds."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self, *, is_hurried: bool = False) -> None:
        """Look once, unless a look is still under way; `is_hurried` makes messages due that wait for their next try."""
        self._is_hurried = self._is_hurried or is_hurried
        if self._is_looking:
            return
        self._is_looking = True
        self._context.run_io(self._work, owner=self, done=self._on_looked, failed=self._on_failed)

    def _work(self) -> _Round:
        from desktop.services import intake, outgoing, tickets  # loads SQLAlchemy

        work, post = self._context.work(), self._open_post()
        woken = tickets.wake_due(work)
        taken = intake.import_mailbox(work, post)
        if self._is_hurried:
            self._is_hurried = False
            post.retry_now()
        sent = outgoing.deliver(work, post)
        counts = taken.result.counts
        return _Round(
            merged((woken.changes, taken.changes, sent.changes)),
            taken.result.problem or sent.result.problem,
            counts.get("quarantined", 0),
            counts.get("waiting", 0),
            taken.result.faulty,
        )

    def _on_looked(self, found: _Round) -> None:
        self._is_looking = False
        damaged = found.damaged or self.state.damaged
        self._tell(MailboxState(self._context.clock(), found.problem, damaged, found.waiting, found.faulty))
        self._context.bus.publish(found.changes)

    def _on_failed(self, error: AppError) -> None:
        self._is_looking = False
        self._tell(replace(self.state, problem=error))

    def _tell(self, state: MailboxState) -> None:
        self.state = state
        self.changed.emit(state)
