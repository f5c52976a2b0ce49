"""The one bridge between the lanes' threads and the windows: work goes out, results come back on the main thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from desktop.base.errors import AppError, ErrorKind
from desktop.base.lanes import Lane

if TYPE_CHECKING:
    import weakref
    from concurrent.futures import Future

Result = TypeVar("Result")


def _ignore(error: AppError) -> None:
    """Leave a fault to whoever started the work."""


class Dispatcher(QObject):
    """Runs work on a lane and calls back on the main thread; made once and kept as long as the program runs."""

    failed = Signal(object)
    """An AppError that the one who asked has no handler for."""

    _returned = Signal(object)
    """What there is to do on the main thread with a finished piece of work."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._returned.connect(self._on_returned, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[[], Result],
        *,
        owner: QObject,
        done: Callable[[Result], None],
        failed: Callable[[AppError], None] | None = None,
    ) -> Future[Result]:
        """Run `work` on `lane`; then `done(result)` or `failed(error)` on the main thread while `owner` lives.

        A fault of the program is logged with its traceback and arrives as AppError `program.fault`. `work` must not
        touch any widget, Qt model or signal.
        """
        future = lane.submit(work)
        self.follow(future, owner=owner, done=done, failed=failed)
        return future

    def follow(
        self,
        future: Future[Result],
        *,
        owner: QObject,
        done: Callable[[Result], None],
        failed: Callable[[AppError], None] | None = _ignore,
    ) -> None:
        """Call back for work that already runs; without `failed` its faults are somebody else's to show."""
        import weakref  # here, because a start only gets ready for work

        known = weakref.ref(owner)
        future.add_done_callback(lambda one: self._hand_over(lambda: self._finish(one, known, done, failed)))

    def _hand_over(self, finish: Callable[[], None]) -> None:
        if shiboken6.isValid(self):
            self._returned.emit(finish)

    def _on_returned(self, finish: Callable[[], None]) -> None:
        finish()

    def _finish(
        self,
        future: Future[Result],
        known: weakref.ref[QObject],
        done: Callable[[Result], None],
        failed: Callable[[AppError], None] | None,
    ) -> None:
        owner = known()
        if owner is None or not shiboken6.isValid(owner) or future.cancelled():
            return
        error = future.exception()
        if error is None:
            done(future.result())
            return
        from concurrent.futures import CancelledError  # loaded long ago by the lane, but not by the start

        if not isinstance(error, CancelledError) and failed is not _ignore:
            (failed or self.failed.emit)(as_app_error(error))


def as_app_error(error: BaseException) -> AppError:
    """Return an expected fault as it is; log any other with its traceback and return it as `program.fault`."""
    if isinstance(error, AppError):
        return error
    import logging

    logging.getLogger(__name__).error("work failed", exc_info=error)
    return AppError("program.fault", kind=ErrorKind.CHECK_FAILED, detail=f"{type(error).__name__}: {error}")
