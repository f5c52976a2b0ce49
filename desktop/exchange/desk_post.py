"""The Desk's side of the mailbox: scan, acknowledge, remove, quarantine, send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from desktop.base.clock import Clock, utc_now
from desktop.base.errors import AppError
from desktop.domain.payloads import Payload
from desktop.exchange.keys import BoxPair, DevicePublic, OrgKeys, OrgPublic
from desktop.exchange.mailbox import MailboxFolder
from desktop.exchange.reports import Arrival, Step, no_step


class DeskPost:
    """Everything the Desk does with the mailbox; it knows no database.

    Order per message: own transaction (seen id + ticket) -> `acknowledge` -> `remove`. A crash anywhere between is safe:
    the file comes again, the seen id catches it, acknowledge and remove are done again.
    """

    def __init__(
        self,
        mailbox: MailboxFolder,
        keys: OrgKeys,
        org: OrgPublic,
        *,
        folder: Path,
        retired: Sequence[BoxPair] = (),
        clock: Clock = utc_now,
        step: Step = no_step,
    ) -> None: ...

    def scan(self, limit: int = 50) -> Iterator[Arrival]:
        """Look at up to `limit` files, fair between PCs. Raises AppError `mailbox.*` where the folder fails."""
        raise NotImplementedError

    def read_bytes(self, content: bytes, name: str) -> Arrival:
        """Open a message that came another way (stick, mail); the same Arrival as from the folder."""
        raise NotImplementedError

    def acknowledge(self, device: DevicePublic, ids: Iterable[str]) -> None:
        """Tell a PC, signed, that these messages are safe; one file for all. Raises AppError `mailbox.*`."""
        raise NotImplementedError

    def remove(self, arrival: Arrival) -> bool:
        """Delete a file that was imported or seen before; False where denied: it is remembered and skipped then."""
        raise NotImplementedError

    def quarantine(self, arrival: Arrival, reason: str) -> Path | None:
        """Put a file aside with its reason and hash; returns where it lies now, None where it could not be moved."""
        raise NotImplementedError

    def send(self, device: DevicePublic, payload: Payload, message_id: str) -> None:
        """Seal a message for a PC and keep it; the same `message_id` again changes nothing."""
        raise NotImplementedError

    def deliver(self) -> tuple[str, ...]:
        """Put what is due into the PCs' folders, also again what vanished unread; returns the ids delivered now."""
        raise NotImplementedError

    def collect_receipts(self) -> tuple[str, ...]:
        """Return the sent ids that PCs acknowledged (found by `scan`), until `forget` names them."""
        raise NotImplementedError

    def forget(self, ids: Iterable[str]) -> None:
        """Say that these receipts are stored."""
        raise NotImplementedError

    def problem(self) -> AppError | None:
        """Return what is wrong with the mailbox right now, for the banner."""
        raise NotImplementedError
