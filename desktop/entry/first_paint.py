"""The Desk's window as a start needs it: it says when it has been painted, so that nothing heavy is loaded before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent

from desktop.ui.desk.main_window import DeskWindow


class FirstWindow(DeskWindow):
    """Tells its first paint; no event filter, which would have PySide load every kind of event there is."""

    painted = Signal()
    """Emitted once, while the window is being painted: connect it queued, to go on when all of it is on the screen."""

    _is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as ever, and tell about the first time."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()
