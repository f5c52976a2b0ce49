"""What the two posts report: plain values, so that callers need no knowledge of files or keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from desktop.base.errors import AppError
from desktop.domain.payloads import Fate, Payload

if TYPE_CHECKING:  # these values are read where no crypto is loaded
    from desktop.exchange.keys import DevicePublic

Step: TypeAlias = Callable[[str], None]


def no_step(name: str) -> None:
    """Do nothing between two steps; tests pass a hook here that kills the process at a named step."""
    del name


class SendState(Enum):
    """How far a message has come: safe on this machine, in the mailbox, acknowledged by a signature."""

    QUEUED = "queued"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one look into the mailbox brought to a PC.

    `received` and `acknowledged` come again with every sync until `DevicePost.confirm` names their ids, so a crash in
    between loses nothing; `delivered` are the messages put into the mailbox just now, `waiting` counts those without
    an acknowledgement, `overdue` names those waiting for more than 24 hours, `problem` says why the mailbox failed.
    `refused` are messages that arrived and that the Desk will never take, confirmed like the acknowledged ones.
    """

    received: tuple[tuple[str, Payload], ...] = ()
    acknowledged: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    delivered: tuple[str, ...] = ()
    waiting: int = 0
    overdue: tuple[str, ...] = ()
    problem: AppError | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file of the mailbox as the Desk found it.

    `fate_hint` is IMPORTED for a message that opened (then `id`, `payload`, `signer`, `parts` are there), QUARANTINED
    for one that never will, PARKED for one of a newer program, LATER for one not complete, not readable or over the
    daily quota. `claimed_id` is what the file's name says: good enough to ask for it again, never proof.
    `reason` names the text `quarantine.<reason>` of what is QUARANTINED, else `intake.<reason>`; `problem` is the fault
    of the environment behind it, where it is one.
    """

    path: Path
    file: str
    fate_hint: Fate
    size: int
    sha256: str = ""
    id: str = ""
    claimed_id: str = ""
    folder: str = ""
    payload: Payload | None = None
    parts: tuple[bytes, ...] = ()
    signer: DevicePublic | None = None
    reason: str = ""
    problem: AppError | None = None
