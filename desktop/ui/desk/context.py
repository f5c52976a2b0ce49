"""What every page of the Desk gets: look, the way to the store, lanes, settings, and the bus that says what changed.

A page asks with `read`, changes with `do`, and reloads only because `bus.changed` says so, also after its own click.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.base.clock import Clock
from desktop.base.errors import AppError
from desktop.base.lanes import Lane
from desktop.base.paths import Home
from desktop.base.settings import Settings
from desktop.ui.common.dispatch import Dispatcher
from desktop.ui.common.look import Look

if TYPE_CHECKING:
    from concurrent.futures import Future

    from desktop.base.changes import Changes, Done
    from desktop.services.work import Work
    from desktop.system.secrets import SecretStore

Result = TypeVar("Result")
Failed = Callable[[AppError], None] | None


class ChangeBus(QObject):
    """Tells every open page what changed, whoever changed it."""

    changed = Signal(object)
    """A `Changes`."""
    undo_offered = Signal(object)
    """An `Undo`, shown for eight seconds in the bar at the bottom."""
    failed = Signal(object)
    """An AppError that no page has a place for; the main window shows it."""
    navigated = Signal(str, str)
    """Open a page: its kind (ticket, device, devices, inventory, wizard, checklist, handover) and the id.

    With "list" the id is that of a list of ticks on its ticket.
    """

    def publish(self, changes: Changes) -> None:
        """Tell everybody; nothing is said where nothing changed."""
        if changes.items:
            self.changed.emit(changes)


class DeskContext(NamedTuple):
    """Everything a page of the Desk needs, made once in `entry.desk`.

    `work` opens the store at its first call and must only be called on the `db` lane; `read` and `do` see to that.
    """

    look: Look
    work: Callable[[], Work]
    db: Lane
    io: Lane
    dispatcher: Dispatcher
    bus: ChangeBus
    settings: Settings
    home: Home
    clock: Clock
    secrets: Callable[[], SecretStore] | None = None
    """Opens the company's keys, off the main thread; None where a page is shown without any."""

    def read(
        self, query: Callable[[Work], Result], *, owner: QObject, done: Callable[[Result], None], failed: Failed = None
    ) -> Future[Result]:
        """Run a query on the database lane and hand its rows to `done` on the main thread while `owner` lives.

        Whoever no longer wants the rows cancels what is returned; a query that has not begun is not run then.
        """
        return self.dispatcher.run(
            self.db, lambda: query(self.work()), owner=owner, done=done, failed=failed or self.bus.failed.emit
        )

    def do(
        self,
        command: Callable[[Work], Done[Result]],
        *,
        owner: QObject,
        done: Callable[[Result], None] | None = None,
        failed: Failed = None,
    ) -> None:
        """Run a use case on the database lane, then call `done`, tell the bus what changed and offer the undo.

        What changed is told even when `owner` has gone in the meantime.
        """

        def on_done(outcome: Done[Any]) -> None:
            self.bus.publish(outcome.changes)
            if outcome.undo is not None:
                self.bus.undo_offered.emit(outcome.undo)

        def on_owner_done(outcome: Done[Result]) -> None:
            if done is not None:
                done(outcome.result)

        future = self.dispatcher.run(
            self.db,
            lambda: command(self.work()),
            owner=owner,
            done=on_owner_done,
            failed=failed or self.bus.failed.emit,
        )
        self.dispatcher.follow(future, owner=self.bus, done=on_done)

    def run_io(
        self, work: Callable[[], Result], *, owner: QObject, done: Callable[[Result], None], failed: Failed = None
    ) -> None:
        """Run something slow without the database on the I/O lane."""
        self.dispatcher.run(self.io, work, owner=owner, done=done, failed=failed or self.bus.failed.emit)
