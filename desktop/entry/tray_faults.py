"""Faults of Hilfe that no page shows: each has a window of its own, so that nothing happens silently."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import Home

if TYPE_CHECKING:
    from desktop.ui.common.look import Look

_LOG = logging.getLogger(__name__)


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
        from desktop.entry.crash import write_report

        report = "".join(traceback.format_exception(kind, fault, trace))
        _LOG.error("crash\n%s", report)
        path = write_report(self._home.logs, report)
        detail = f"{kind.__name__}: {path or ''}"
        self.tell(AppError("program.fault", kind=ErrorKind.CHECK_FAILED, detail=detail))
