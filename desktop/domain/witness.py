"""What the other devices say about a fault or a change: who has it too, and what those have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.domain.change import ChangeKind, FactPath


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many devices that told."""

    count: int
    of: int

    @property
    def part(self) -> float:
        """Return the share between 0 and 1; 0 where nobody told."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class SharedFact:
    """A fact that most devices with the fault have and few of the others; `value` None means that it is there at all.

    `subject` is the row's name, empty for a plain field; `score` is the difference of the two shares.
    """

    path: FactPath
    kind: ChangeKind
    subject: str
    value: Any
    having: Share
    lacking: Share
    score: float


@dataclass(frozen=True, slots=True)
class FindingWitness:
    """Who has a finding: names of the devices, how many have it not or do not know, and what distinguishes them."""

    finding: str
    devices: tuple[str, ...]
    without: int
    unknown: int
    facts: tuple[SharedFact, ...]


@dataclass(frozen=True, slots=True)
class FindingShares:
    """How often a finding is present on devices that have a fact, and on those that have it not."""

    finding: str
    having: Share
    lacking: Share


@dataclass(frozen=True, slots=True)
class ChangeWitness:
    """Which further devices are as one is after a change, how many are not, and which faults go with it."""

    devices: tuple[str, ...]
    without: int
    findings: tuple[FindingShares, ...]
