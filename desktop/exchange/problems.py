"""What the file system says, as faults with a text for people: nothing is lost by any of them."""

from __future__ import annotations

import errno
from pathlib import Path

from desktop.base.errors import AppError, ErrorKind

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_DENIED = frozenset({errno.EACCES, errno.EPERM})
_WINDOWS_FULL = frozenset({39, 112, 1295})  # handle disk full, disk full, quota


def mailbox_problem(error: OSError, path: Path) -> AppError:
    """Return the fault of the mailbox: `mailbox.full`, `.read_only`, `.denied` or, for all else, `.unreachable`."""
    return _problem(_mailbox_code(error), error, path)


def local_problem(error: OSError, path: Path) -> AppError:
    """Return the fault of this machine's own folder: `outbox.full` or `outbox.unwritable`."""
    return _problem("outbox.full" if _is_full(error) else "outbox.unwritable", error, path)


def _mailbox_code(error: OSError) -> str:
    if _is_full(error):
        return "mailbox.full"
    if error.errno == errno.EROFS or getattr(error, "winerror", None) == 19:  # the medium is write protected
        return "mailbox.read_only"
    return "mailbox.denied" if error.errno in _DENIED else "mailbox.unreachable"


def _is_full(error: OSError) -> bool:
    return error.errno in _FULL or getattr(error, "winerror", None) in _WINDOWS_FULL


def _problem(code: str, error: OSError, path: Path) -> AppError:
    return AppError(code, kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)}, detail=str(error))
