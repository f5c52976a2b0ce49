"""Tries out a folder before it becomes the mailbox: the same steps that messages will need there."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from pathlib import Path
from uuid import uuid4

from desktop.base.clock import Clock

CLOCK_TOLERANCE = timedelta(minutes=2)  # FAT and some servers round to 2 s; two minutes are no rounding any more
LONG_PATH = 130  # characters; below it lie folder and name of a message, and Windows ends at 260
_CONTENT = b"Ersthelfer"


class Outcome(Enum):
    """How a check ended: good, worth knowing, or in the way."""

    GOOD = "good"
    HINT = "hint"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """One line of the result; `code` with `parameters` is the text `folder_check.<code>`."""

    code: str
    outcome: Outcome
    parameters: dict[str, object] = field(default_factory=dict[str, object])


def check_folder(folder: Path, *, clock: Clock) -> tuple[FolderCheck, ...]:
    """Write, read, rename, list and delete a trial file in `folder`, and compare the clocks; never raises OSError."""
    if not folder.is_absolute():
        return (FolderCheck("not_absolute", Outcome.BAD),)
    if not _is_folder(folder):
        return (FolderCheck("missing", Outcome.BAD, {"path": str(folder)}),)
    trial = folder / f"~{uuid4()}.tmp"
    try:
        return _tried(folder, trial, clock)
    finally:
        _removed(trial)


def is_usable(checks: tuple[FolderCheck, ...]) -> bool:
    """Tell whether nothing stands in the way."""
    return bool(checks) and all(one.outcome is not Outcome.BAD for one in checks)


def _tried(folder: Path, trial: Path, clock: Clock) -> tuple[FolderCheck, ...]:
    try:
        _write_new(trial)
    except OSError as error:
        return (FolderCheck("not_writable", Outcome.BAD, {"reason": error.strerror or str(error)}),)
    try:
        is_same = trial.read_bytes() == _CONTENT and trial.name in os.listdir(folder)  # noqa: PTH208 - names suffice
    except OSError:
        is_same = False
    if not is_same:
        return (FolderCheck("not_readable", Outcome.BAD),)
    time = _compared_clock(trial, clock)
    renamed = trial.with_suffix(".trial")
    can_rename = _renamed(trial, renamed)
    can_delete = _removed(renamed if can_rename else trial)
    return (_rights(can_rename, can_delete=can_delete), time, *_hints(folder))


def _rights(can_rename: bool, *, can_delete: bool) -> FolderCheck:
    if not can_delete:
        return FolderCheck("no_delete", Outcome.HINT)
    if not can_rename:
        return FolderCheck("no_rename", Outcome.HINT)
    return FolderCheck("writable", Outcome.GOOD)


def _hints(folder: Path) -> tuple[FolderCheck, ...]:
    hints: list[FolderCheck] = []
    if os.name == "posix" and folder.stat().st_mode & 0o004:
        hints.append(FolderCheck("open_to_all", Outcome.HINT))
    if len(str(folder)) > LONG_PATH:
        hints.append(FolderCheck("long_path", Outcome.HINT, {"length": len(str(folder))}))
    return tuple(hints)


def _compared_clock(trial: Path, clock: Clock) -> FolderCheck:
    apart = abs(trial.stat().st_mtime - clock().timestamp())
    if apart <= CLOCK_TOLERANCE.total_seconds():
        return FolderCheck("clock_right", Outcome.GOOD)
    return FolderCheck("clock_apart", Outcome.HINT, {"minutes": round(apart / 60)})


def _is_folder(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _write_new(path: Path) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(_CONTENT)
        stream.flush()
        os.fsync(stream.fileno())


def _renamed(before: Path, after: Path) -> bool:
    try:
        before.rename(after)
    except OSError:
        return False
    return True


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
