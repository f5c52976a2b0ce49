"""Lanes: where work runs. The database has one thread of its own, everything slow another pool."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class Lane(Protocol):
    """A place that runs work and hands back a future."""

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Run `work` on this lane."""
        ...

    def close(self) -> None:
        """Finish what runs, drop what waits and end the threads."""
        ...


class ThreadLane:
    """Runs work on its own threads; one thread keeps the order of submission."""

    def __init__(self, name: str, *, threads: int) -> None:
        self._executor = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Run `work` on a thread of this lane."""
        return self._executor.submit(work)

    def close(self) -> None:
        """Finish what runs, drop what waits and end the threads."""
        self._executor.shutdown(wait=True, cancel_futures=True)


class InlineLane:
    """Runs work at once on the calling thread, for the command line and tests."""

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Run `work` now; its exception travels in the future as on any other lane."""
        future: Future[Result] = Future()
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - a lane is one of the three boundary places
            future.set_exception(error)
        return future

    def close(self) -> None:
        """Nothing to end."""
