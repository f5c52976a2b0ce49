"""What the intake reports about each message."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from desktop.base.errors import AppError
from desktop.domain.payloads import Fate
from desktop.exchange.observations import FAULT
from desktop.exchange.reports import Arrival


@dataclass(frozen=True, slots=True)
class ImportedMessage:
    """One message and what became of it; `reason` is a code `quarantine.<reason>` or `intake.<reason>`, or empty."""

    id: str
    file: str
    fate: Fate
    ticket: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All messages of one look; `problem` says why some could not be acknowledged, which the next look repeats."""

    messages: tuple[ImportedMessage, ...] = ()
    problem: AppError | None = None

    @property
    def counts(self) -> dict[str, int]:
        """Return how many messages met each fate."""
        return dict(Counter(one.fate.value for one in self.messages))

    @property
    def faulty(self) -> int:
        """Return how many messages wait because the program has a fault with them."""
        return sum(one.reason == FAULT for one in self.messages)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one arrival became inside the transaction, with what has to be told to open pages.

    `is_refused`: a known PC sent it whole and signed, and it will never be taken; the PC hears so and stops.
    """

    arrival: Arrival
    fate: Fate
    ticket_id: str = ""
    ticket: str = ""
    device_id: str = ""
    reason: str = ""
    is_refused: bool = False

    @property
    def message(self) -> ImportedMessage:
        """Return the line of the report."""
        arrival = self.arrival
        return ImportedMessage(arrival.id or arrival.claimed_id, arrival.file, self.fate, self.ticket, self.reason)
