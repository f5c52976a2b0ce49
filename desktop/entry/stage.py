"""Where pictures are taken: one application, one scheme at a time, and patience until a window shows what it should."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from desktop.base.errors import AppError, ErrorKind

SCHEMES = ("light", "dark")
_PATIENCE = 30.0  # seconds for a window that reads a large list on a busy machine
_PAUSE_MS = 50
_KNOWN = "This plugin does not support propagateSizeHints()"


@dataclass
class Stage:
    """Grabs windows into `folder`; `names` are the files made so far."""

    application: QApplication
    folder: Path
    names: list[str] = field(default_factory=list[str])

    def settle(self, is_there: Callable[[], bool], what: str) -> None:
        """Let the program work until `is_there`. Raises AppError `tour.step` naming `what` after 30 seconds."""
        until = monotonic() + _PATIENCE
        while not is_there():
            if monotonic() > until:
                raise AppError("tour.step", kind=ErrorKind.CHECK_FAILED, parameters={"claim": what})
            self.work()
        self.work()

    def work(self) -> None:
        """Handle what waits: painting, results of the lanes."""
        loop = QEventLoop()
        QTimer.singleShot(_PAUSE_MS, loop.quit)
        loop.exec()

    def rest(self) -> None:
        """Let what was opened read and lay itself out."""
        for _ in range(12):
            self.work()

    def take(self, window: QWidget, name: str) -> None:
        """Grab a window as it is now."""
        self.work()
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.png"
        if not window.grab().save(str(path)):
            raise AppError("tour.folder", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(self.folder)})
        self.names.append(path.name)

    def in_schemes(self, window: QWidget, name: str, put_on: Callable[[str], None]) -> None:
        """Grab a window in light and dark."""
        for scheme in SCHEMES:
            put_on(scheme)
            self.take(window, f"{name}-{scheme}")
        put_on(SCHEMES[0])


def open_application() -> QApplication:
    """Return the application that runs, or a new one."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    application = QApplication(["ersthelfer"])
    if application.platformName() == "offscreen":
        qInstallMessageHandler(_say_unless_known)
    return application


def _say_unless_known(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Hand Qt's messages on, but for the one the platform without a screen has for every window of a fixed size."""
    if text != _KNOWN:
        sys.stderr.write(f"{kind.name}: {text}\n")


def dialogs(application: QApplication) -> Sequence[QWidget]:
    """Return the dialogs that are open."""
    return [one for one in application.topLevelWidgets() if one.isVisible() and one.isModal()]
