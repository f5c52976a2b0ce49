"""Faults no page shows: told in a window, the same of the background only once, unexpected ones kept in a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.entry.crash import FaultTeller
from tests.ui.tray.conftest import Bench

DAMAGED = AppError("hilfe.store_damaged", parameters={"path": "/hilfe.db"})


def read_next(read: list[str], watch: QTimer) -> None:
    """Note the title of each fault window that comes up, and close it."""

    def look() -> None:
        window = QApplication.activeModalWidget()
        if window is not None:
            read.append(window.windowTitle())
            window.close()

    watch.timeout.connect(look)
    watch.start(5)


def test_a_fault_of_the_background_is_told_once(bench: Bench, tmp_path: Path) -> None:
    """A store that cannot be read says so, but not at every look; a click of the user gets its answer each time."""
    read: list[str] = []
    watch = QTimer()
    read_next(read, watch)
    teller = FaultTeller(lambda: bench.tools.look, Home.under(tmp_path))
    teller.tell_once(DAMAGED)
    teller.tell_once(DAMAGED)
    assert len(read) == 1
    teller.on_fault(AppError, DAMAGED, None)
    assert read == [bench.tools.texts.error(DAMAGED).what] * 2
    watch.stop()


def test_an_unexpected_fault_leaves_a_report(bench: Bench, tmp_path: Path, caplog) -> None:
    """What nobody foresaw is logged, kept, and told without ending the program."""
    read: list[str] = []
    watch = QTimer()
    read_next(read, watch)
    home = Home.under(tmp_path).ensure()
    fault = ValueError("strange")
    with caplog.at_level("CRITICAL", logger="desktop.entry.crash"):
        FaultTeller(lambda: bench.tools.look, home).on_fault(ValueError, fault, None)
    assert len(read) == 1
    assert len(list(home.logs.glob("crash-*.txt"))) == 1
    watch.stop()
