"""The two windows about this PC: the check, and the diagnosis that the IT asks for or the employee sends unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.tray.bringing import bring

if TYPE_CHECKING:  # the windows are imported when they are first opened
    from desktop.base.changes import Changes
    from desktop.client.overview import Overview
    from desktop.domain.snapshot import Snapshot
    from desktop.ui.tray.check_window import CheckWindow
    from desktop.ui.tray.diagnosis_window import DiagnosisWindow
    from desktop.ui.tray.tools import Tools


class Diagnosing(QObject):
    """Makes the windows at the first need and leads from one to the other."""

    help_wanted = Signal(str)
    """What is wrong in words, empty for a request of another kind."""
    guide_wanted = Signal(str)
    changed = Signal(object)

    def __init__(self, tools: Callable[[], Tools], know: Callable[[], Overview], parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._know = tools, know
        self.check: CheckWindow | None = None
        self.diagnosis: DiagnosisWindow | None = None

    def open_check(self) -> None:
        """Look at this PC and show what the rules say."""
        if self.check is None:
            from desktop.ui.tray.check_window import CheckWindow

            self.check = CheckWindow(self._tools())
            self.check.help_wanted.connect(self.help_wanted)
            self.check.guide_wanted.connect(self.guide_wanted)
            self.check.send_wanted.connect(self._send_unasked)
            self.show_overview(self._know())
        self.check.start()
        bring(self.check)

    def open_ask(self) -> None:
        """Show what the IT asks for."""
        window = self._diagnosis_window()
        window.open_ask()
        bring(window)

    def windows(self) -> list[QWidget]:
        """Return those that were opened."""
        return [one for one in (self.check, self.diagnosis) if one is not None]

    def show_overview(self, seen: Overview) -> None:
        """Show the number of the IT, and whether there is an IT to send anything to."""
        for window in (self.check, self.diagnosis):
            if window is not None:
                window.set_phone(seen.help_phone)
        if self.check is not None:
            self.check.set_enrolled(is_enrolled=bool(seen.admission))

    def apply(self, changes: Changes) -> None:
        """Look whether the IT still asks."""
        if self.diagnosis is not None and self.diagnosis.isVisible():
            self.diagnosis.apply(changes)

    def stop(self) -> None:
        """End what is being collected, for leaving the program."""
        for window in (self.check, self.diagnosis):
            if window is not None:
                window.stop()

    def _send_unasked(self, snapshot: Snapshot) -> None:
        window = self._diagnosis_window()
        window.open_unasked(snapshot)
        bring(window)

    def _diagnosis_window(self) -> DiagnosisWindow:
        if self.diagnosis is None:
            from desktop.ui.tray.diagnosis_window import DiagnosisWindow

            self.diagnosis = DiagnosisWindow(self._tools())
            self.diagnosis.changed.connect(self.changed)
            self.show_overview(self._know())
        return self.diagnosis
