"""Faults that no page shows: a known one speaks for itself, any other is logged and kept in a file of its own.

Either way it is told in a window, one at a time, and the program goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.base.clock import utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.base.logs import blackened
from desktop.base.paths import Home

if TYPE_CHECKING:
    from types import TracebackType

    from desktop.ui.common.look import Look


class FaultTeller:
    """Shows faults one at a time; what the background meets again and again is told once."""

    def __init__(self, look: Callable[[], Look], home: Home) -> None:
        self._look, self._home = look, home
        self._told: set[str] = set()
        self._is_showing = False

    def tell(self, error: AppError) -> None:
        """Show a fault and wait until it has been read."""
        if self._is_showing:
            return
        from desktop.ui.common.errors import show_fault_window

        self._is_showing = True
        try:
            show_fault_window(self._look(), error)
        finally:
            self._is_showing = False

    def tell_once(self, error: AppError) -> None:
        """Show a fault of the background, unless it was shown before."""
        if error.code not in self._told:
            self._told.add(error.code)
            self.tell(error)

    def on_fault(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        """Take the place of `sys.excepthook`: a known fault speaks for itself, any other is logged and kept."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        if isinstance(fault, AppError):
            self.tell(fault)
            return
        import logging  # these two here, because a start has no fault to tell
        import traceback

        report = "".join(traceback.format_exception(kind, fault, trace))
        logging.getLogger(__name__).error("crash\n%s", report)
        path = write_report(self._home.logs, report)
        detail = f"{kind.__name__}: {path or ''}"
        self.tell(AppError("program.fault", kind=ErrorKind.CHECK_FAILED, detail=detail))


def catch_crashes(look: Look, home: Home) -> None:
    """Have every fault on the main thread that nobody caught told by a `FaultTeller`."""
    sys.excepthook = FaultTeller(lambda: look, home).on_fault


def write_report(folder: Path, report: str) -> Path | None:
    """Write a crash file without secrets; returns its path, or None where even that is impossible."""
    path = folder / f"crash-{utc_now():%Y%m%d-%H%M%S}.txt"
    try:
        write_durably(path, f"Ersthelfer {__version__}\n{blackened(report)}".encode(errors="replace"))
    except OSError:
        return None
    return path
