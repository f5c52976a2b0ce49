"""What the set-up asks of the program, and what it hands over in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.base.clock import Clock
from desktop.base.lanes import Lane
from desktop.exchange.folder_check import FolderCheck
from desktop.ui.common.dispatch import Dispatcher


@dataclass(frozen=True, slots=True)
class SetupAnswers:
    """What the admin decided; `passphrase` is empty where the system's keychain keeps the keys."""

    company: str
    technician: str
    help_phone: str
    data: Path
    mailbox: Path
    passphrase: str
    with_sample: bool


@dataclass(frozen=True, slots=True)
class SetupTools:
    """The checks and the making; every callable runs on the `io` lane and touches no widget.

    `check_place` raises AppError where a database must not lie, `create` makes the company and raises AppError.
    """

    data: Path
    recovery_words: tuple[str, ...]
    needs_passphrase: bool
    check_place: Callable[[Path], None]
    check_folder: Callable[[Path], tuple[FolderCheck, ...]]
    create: Callable[[SetupAnswers], object]
    dispatcher: Dispatcher
    io: Lane
    clock: Clock
