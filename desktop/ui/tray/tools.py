"""What every window of Hilfe gets: the look, the use cases' client, two lanes and what opens the rest when needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from PySide6.QtCore import QObject

from desktop.base.errors import AppError
from desktop.base.lanes import Lane
from desktop.base.texts import Texts
from desktop.client.context import Client
from desktop.client.post import PostOpener
from desktop.ui.common.dispatch import Dispatcher

if TYPE_CHECKING:
    from desktop.domain.snapshot import Snapshot
    from desktop.domain.wizard.library import Library
    from desktop.system.secrets import SecretStore
    from desktop.ui.common.look import Look

Result = TypeVar("Result")


class Collecting(Protocol):
    """One run of the collector: blocking, to be cancelled from another thread."""

    def run(self) -> Snapshot:
        """Return the facts of this machine."""
        ...

    def cancel(self) -> None:
        """End the run early; `run` then returns what there is."""
        ...


CollectionOpener: TypeAlias = "Callable[[str, Callable[[int, int], None]], Collecting]"
"""Opens a run for a part (basic, full, or rest: full without basic); the other is called with done and total.

It is called on the thread that collects, once for each probe that answers.
"""


@dataclass(frozen=True, slots=True)
class Tools:
    """Made once in `entry`; `store_lane` has one thread, so what is typed is saved in order."""

    dress: Callable[[], Look]
    texts: Texts
    client: Client
    dispatcher: Dispatcher
    store_lane: Lane
    io_lane: Lane
    open_post: PostOpener
    open_secrets: Callable[[], SecretStore]
    open_collection: CollectionOpener
    load_wizards: Callable[[], Library]
    counts_solved: Callable[[], bool] = lambda: True
    """Whether the person lets the company count self-help that worked."""

    @property
    def look(self) -> Look:
        """Return the look; the first window to ask for it has the application dressed."""
        return self.dress()

    def store(
        self,
        work: Callable[[], Result],
        *,
        owner: QObject,
        done: Callable[[Result], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
    ) -> None:
        """Run a use case of the store in its turn."""
        self.dispatcher.run(self.store_lane, work, owner=owner, done=done or _forget, failed=failed)

    def slow(
        self,
        work: Callable[[], Result],
        *,
        owner: QObject,
        done: Callable[[Result], None],
        failed: Callable[[AppError], None] | None = None,
    ) -> None:
        """Run something slow: the folder, the collector, the keychain."""
        self.dispatcher.run(self.io_lane, work, owner=owner, done=done, failed=failed)


def _forget(_result: object) -> None:
    """Nobody asked for the result."""
