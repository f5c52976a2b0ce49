"""The crash hook: a fault nobody expected is logged, kept in a file of its own, and told without losing the window."""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from desktop import __version__
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.base.logs import blackened
from desktop.base.paths import Home
from desktop.ui.common.look import Look

_LOG = logging.getLogger(__name__)


def catch_crashes(look: Look, home: Home) -> None:
    """Have every unexpected fault on the main thread logged, written to `home.logs`, and shown once at a time."""
    is_showing = False

    def on_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        nonlocal is_showing
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        report = "".join(traceback.format_exception(kind, fault, trace))
        _LOG.error("crash\n%s", report)
        path = write_report(home.logs, report)
        if not is_showing:
            from desktop.ui.common.errors import show_fault_window

            is_showing = True
            detail = f"{kind.__name__}: {path or ''}"
            show_fault_window(look, AppError("program.fault", kind=ErrorKind.CHECK_FAILED, detail=detail))
            is_showing = False

    sys.excepthook = on_fault


def write_report(folder: Path, report: str) -> Path | None:
    """Write a crash file without secrets; returns its path, or None where even that is impossible."""
    path = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
    try:
        write_durably(path, f"Ersthelfer {__version__}\n{blackened(report)}".encode(errors="replace"))
    except OSError:
        return None
    return path
