"""One running program per home: a lock file says who runs, a local socket lets a second start raise the window."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from PySide6.QtCore import QLockFile, QObject, Signal

_PATIENCE = 500  # milliseconds for a local socket; the first program may be busy painting
_STARTING = 3000  # milliseconds in which the first program begins to listen, where it was started just before
_PAUSE = 100
_RAISE = b"raise\n"


class SingleInstance(QObject):
    """Holds the lock of a folder; `raised` tells that somebody started the program again."""

    raised = Signal()

    def __init__(self, folder: Path, program: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / f"{program}.lock"))
        self._lock.setStaleLockTime(0)  # a program may run for weeks; a dead one is known by its process id
        self._name = f"ersthelfer-{program}-{crc32(str(folder.absolute()).encode()):08x}"
        self._server: QObject | None = None

    def claim(self) -> bool:
        """Become the one; False where another runs."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Wait for second starts; called after the program is ready, because it loads Qt's network library."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)  # left behind by a program that was killed; the lock is ours
        server.newConnection.connect(self._on_connection)
        server.listen(self._name)
        self._server = server

    def raise_other(self) -> bool:
        """Ask the running program to show its window; False where it does not answer, as one of another account."""
        from PySide6.QtCore import QDeadlineTimer, QThread

        until = QDeadlineTimer(_STARTING)
        while not (is_raised := self._knock()) and not until.hasExpired():
            QThread.msleep(_PAUSE)
        return is_raised

    def _knock(self) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE):
            return False
        socket.write(_RAISE)
        socket.waitForBytesWritten(_PATIENCE)
        socket.disconnectFromServer()
        return True

    def release(self) -> None:
        """Give the place free."""
        from PySide6.QtNetwork import QLocalServer

        if isinstance(self._server, QLocalServer):
            self._server.close()
        self._lock.unlock()

    def _on_connection(self) -> None:
        from PySide6.QtNetwork import QLocalServer

        if isinstance(self._server, QLocalServer):
            connection = self._server.nextPendingConnection()
            connection.disconnected.connect(connection.deleteLater)
            self.raised.emit()
