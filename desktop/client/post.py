"""What Hilfe needs of the exchange; `exchange.device_post.DevicePost` is the real one, tests bring smaller ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeAlias

from desktop.domain.payloads import Payload
from desktop.exchange.reports import SyncReport


class Post(Protocol):
    """The exchange of one PC with its Desk."""

    def send(self, payload: Payload, parts: Sequence[bytes] = (), *, message_id: str = "") -> str:
        """Seal a message into the durable outbox; the same `message_id` twice leaves one message."""
        ...

    def sync(self) -> SyncReport:
        """Deliver what waits and fetch what came; what is not confirmed comes again."""
        ...

    def retry_now(self) -> None:
        """Make every waiting message due at once."""
        ...

    def confirm(self, ids: Iterable[str]) -> None:
        """Tell that what `sync` reported under these ids is stored."""
        ...

    def export(self, message_id: str) -> bytes:
        """Return the sealed bytes of a waiting message, for a stick or a mail."""
        ...


PostOpener: TypeAlias = Callable[[], Post]
"""Opens the post when it is first needed, because that loads the keychain and the sealing."""
