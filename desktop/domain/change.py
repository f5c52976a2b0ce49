"""What differs between two snapshots of a machine, or between two machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from desktop.domain.facts import ProbeStatus


class ChangeKind(Enum):
    """What sort of thing changed, in the order in which people look for a cause."""

    IDENTITY = "identity"
    SOFTWARE = "software"
    CONFIGURATION = "configuration"
    STARTUP = "startup"
    HARDWARE = "hardware"
    STATE = "state"


class ChangeAct(Enum):
    """How it changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Relevance(Enum):
    """How much a change has to do with what is wrong, the closest first."""

    DIRECT = "direct"
    NEAR = "near"
    NONE = "none"


class FactPath(NamedTuple):
    """Where a fact stands: `probe.field`, or `probe.table[subject].field`; a row itself has an empty field."""

    probe: str
    table: str
    subject: str
    field: str

    def __str__(self) -> str:
        if not self.table:
            return f"{self.probe}.{self.field}"
        row = f"{self.probe}.{self.table}[{self.subject}]"
        return f"{row}.{self.field}" if self.field else row


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `subject` is the row's name as people know it ("Firefox"), empty for a plain field. `field` is the column or field
    that changed; of a row that came or went it is the column that `before` or `after` shows (a version), or empty.
    `seen_after` and `seen_by` are the snapshots between which it happened; `happened_on` is the machine's own date.
    `feeds` names the present findings that rest on the same probe. `elsewhere` of `others` further devices are as this
    one is now. `rank` counts from 1 among the important ones and again among the minor ones.
    """

    kind: ChangeKind
    act: ChangeAct
    path: FactPath
    subject: str
    field: str
    before: Any
    after: Any
    is_minor: bool = False
    relevance: Relevance = Relevance.NONE
    feeds: tuple[str, ...] = ()
    seen_after: datetime | None = None
    seen_by: datetime | None = None
    happened_on: str = ""
    elsewhere: int = 0
    others: int = 0
    rank: int = 0

    @property
    def probe(self) -> str:
        """Return the id of the probe that saw it."""
        return self.path.probe


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A probe that answered on one side only; None where it was not asked at all."""

    probe: str
    before: ProbeStatus | None
    after: ProbeStatus | None


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs: what may matter and what hardly does, each by rank, and what nobody could compare."""

    before_at: datetime
    after_at: datetime
    changes: tuple[Change, ...]
    minor: tuple[Change, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
