"""Putting one immutable file into the mailbox, with rename where the share allows it and without where not.

The reader needs no rename: length and hash inside the file prove that it is whole. Nothing is ever replaced.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from desktop.base.files import sync_folder
from desktop.exchange.reports import Step, no_step

SUFFIX = ".ehr"
_READABLE = 0o644  # the content is sealed; the other side often runs under another account of the same share
_PIECE = 2**20
# Virus scanners and synchronisers hold a new file for a moment on Windows: 2.5 s in all (EXCHANGE: mypy #3215).
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0) if os.name == "nt" else ()


class NameTakenError(Exception):
    """Something else lies under this name: deliver under another, the reader goes by the id inside."""


def deliver(folder: Path, name: str, content: bytes, *, step: Step = no_step) -> None:
    """Make `folder/name` hold `content`, durably. Raises OSError, or NameTakenError where a stranger has the name."""
    final = folder / name
    if _exists(final):
        _complete(final, content)
        return
    temporary = folder / f"~{Path(name).stem}-{token_hex(4)}.tmp"
    try:
        _create(temporary, content, step=step)
        step("deliver.written")
        _rename(temporary, final)
    except PermissionError:
        _discard(temporary)
        _deliver_directly(final, content, step=step)
    except BaseException:
        _discard(temporary)
        raise
    step("deliver.renamed")
    _sync(folder)


def is_there(path: Path) -> bool | None:
    """Tell whether a delivered file still lies there; None where the share will not say."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except PermissionError:
        return None
    return True


def _deliver_directly(final: Path, content: bytes, *, step: Step) -> None:
    """Write under the final name: the share denies renaming, as a drop box does."""
    try:
        _create(final, content, step=step)
    except FileExistsError:
        _complete(final, content)


def _create(path: Path, content: bytes, *, step: Step) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), _READABLE)
    with os.fdopen(handle, "wb", buffering=0) as stream:
        with suppress(OSError, AttributeError):  # shares without such rights; Windows has none
            os.fchmod(stream.fileno(), _READABLE)
        step("deliver.created")
        half = len(content) // 2
        _write(stream.fileno(), memoryview(content)[:half])
        step("deliver.half")
        _write(stream.fileno(), memoryview(content)[half:])
        os.fsync(stream.fileno())


def _write(handle: int, rest: memoryview) -> None:
    while rest:
        done = os.write(handle, rest[:_PIECE])
        rest = rest[done:]


def _rename(temporary: Path, final: Path) -> None:
    for pause in _PAUSES:
        try:
            temporary.rename(final)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    temporary.rename(final)


def _complete(final: Path, content: bytes) -> None:
    """Accept what lies there if it is ours, and finish it if a crash tore our own direct write."""
    found = final.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > len(content):
        raise NameTakenError(final.name)
    flags = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(final, flags)
    except PermissionError:
        if found.st_size != len(content):
            raise NameTakenError(final.name) from None
        return  # it has the right size and may not be read: the acknowledgement will tell
    with os.fdopen(handle, "r+b", buffering=0) as stream:
        there = stream.readall()
        if there != content[: len(there)]:
            raise NameTakenError(final.name)
        if len(there) < len(content):
            _write(stream.fileno(), memoryview(content)[len(there) :])
            os.fsync(stream.fileno())


def _exists(path: Path) -> bool:
    return is_there(path) is True


def _discard(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink()


def _sync(folder: Path) -> None:
    with suppress(OSError):  # a drop box may not be opened for reading, network file systems may refuse
        sync_folder(folder)
