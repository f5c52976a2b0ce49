"""Lanes: where work runs. The database has one thread of its own, everything slow another pool."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

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
    """Runs work on its own threads; one thread keeps the order of submission.

    Nothing is loaded before the first work comes, so that a lane costs a start nothing.
    """

    def __init__(self, name: str, *, threads: int) -> None:
        self._name, self._threads = name, threads
        self._lock = Lock()
        self._executor: ThreadPoolExecutor | None = None
        self._is_closed = False

    def submit(self, work: Callable[[], Result]) -> Future[Result]:
        """Run `work` on a thread of this lane. Raises RuntimeError after `close`."""
        return self._started().submit(work)

    def close(self) -> None:
        """Finish what runs, drop what waits and end the threads."""
        with self._lock:
            self._is_closed = True
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def _started(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._is_closed:
                raise RuntimeError(self._name)
            if self._executor is None:
                from concurrent.futures import ThreadPoolExecutor

                self._executor = ThreadPoolExecutor(max_workers=self._threads, thread_name_prefix=self._name)
            return self._executor
