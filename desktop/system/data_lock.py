"""One Desk per data folder: a lock that ends with the process, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from desktop.base.errors import AppError, ErrorKind

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class DataLock:
    """Held by the Desk while it is open; the command line works beside it and does not take it.

    Raises AppError `store.in_use` where another Desk has it. The file stays behind and means nothing by itself.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._handle = os.open(folder / "desk.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            parameters = {"path": str(folder)}
            raise AppError("store.in_use", kind=ErrorKind.ENVIRONMENT, parameters=parameters) from error

    def close(self) -> None:
        """Let the next Desk in."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> DataLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
