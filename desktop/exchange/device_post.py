"""The PC's side of the mailbox: send durably, look for answers, acknowledge what came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.base.clock import Clock, utc_now
from desktop.domain.payloads import Payload
from desktop.exchange.keys import DeviceKeys, OrgPublic
from desktop.exchange.mailbox import MailboxFolder
from desktop.exchange.reports import SendState, Step, SyncReport, no_step


class DevicePost:
    """Everything a PC does with the mailbox; `folder` is its own local folder for outbox, sent and seen."""

    def __init__(
        self,
        mailbox: MailboxFolder,
        keys: DeviceKeys,
        org: OrgPublic,
        *,
        folder: Path,
        clock: Clock = utc_now,
        step: Step = no_step,
    ) -> None: ...

    def send(self, payload: Payload, parts: Sequence[bytes] = (), *, message_id: str = "") -> str:
        """Seal a message and keep it; from the return on it cannot be lost. Delivery happens in `sync`."""
        raise NotImplementedError

    def sync(self) -> SyncReport:
        """Read answers and acknowledgements, then deliver what is due; a failing mailbox is `report.problem`."""
        raise NotImplementedError

    def retry_now(self) -> None:
        """Make every waiting message due at once, for a person who pressed "send now"."""
        raise NotImplementedError

    def confirm(self, ids: Iterable[str]) -> None:
        """Say that what `sync` reported under these ids (received or acknowledged) is stored: it will not come again."""
        raise NotImplementedError

    def state(self, message_id: str) -> SendState | None:
        """Return how far a message has come, None where it is not known here."""
        raise NotImplementedError

    def export(self, message_id: str) -> bytes:
        """Return the sealed bytes of a message, for a USB stick or a mail. Raises AppError `outbox.unknown`."""
        raise NotImplementedError
