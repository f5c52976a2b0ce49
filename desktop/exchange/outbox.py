"""The durable outbox: sealed messages that stay until a signed acknowledgement, with their retry schedule.

Per message two files: `<id>.json` (schedule) and `<id>.ehr` (sealed bytes); the message exists from the moment the
second one does. Acknowledged and confirmed ones move to `sent/` for 30 days.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from desktop.base.clock import Clock, from_text, to_text, utc_now
from desktop.base.errors import AppError
from desktop.base.files import write_durably
from desktop.base.ids import is_id
from desktop.exchange.delivery import SUFFIX
from desktop.exchange.problems import local_problem
from desktop.exchange.reports import SendState, Step, no_step

RETRY_SECONDS = (5, 15, 60, 300, 1800)
JITTER = 0.2  # of each pause, either way, so that forty PCs do not come back in the same second
KEEP_SENT = timedelta(days=30)
_CLOCK_JUMP = timedelta(hours=1)  # no pause is longer: a later date was made by a wrong clock


@dataclass(frozen=True, slots=True)
class Entry:
    """One message on its way; times as text in UTC, "" = not yet. `file` is its name in the mailbox."""

    id: str
    file: str
    address: str = ""
    is_receipt: bool = False
    created_at: str = ""
    attempts: int = 0
    next_at: str = ""
    delivered_at: str = ""
    acknowledged_at: str = ""
    is_refused: bool = False

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is time to deliver this message (again)."""
        if self.delivered_at or self.acknowledged_at:
            return False
        return not self.next_at or not now < from_text(self.next_at) <= now + _CLOCK_JUMP

    @property
    def state(self) -> SendState:
        """Return how far the message has come."""
        if self.acknowledged_at:
            return SendState.ACKNOWLEDGED
        return SendState.DELIVERED if self.delivered_at else SendState.QUEUED


class Outbox:
    """The queue in `folder`. Raises AppError `outbox.full` or `outbox.unwritable` where the disk refuses."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock = utc_now,
        chance: Callable[[], float] = random.random,
        step: Step = no_step,
    ) -> None:
        self._folder = folder
        self._sent = folder / "sent"
        self._clock = clock
        self._chance = chance
        self._step = step

    def put(self, entry: Entry, content: bytes) -> None:
        """Keep a sealed message; from the return on it survives a power cut. The same id again changes nothing."""
        if self.has(entry.id):
            return
        try:
            self._sent.mkdir(parents=True, exist_ok=True)
            self._write(replace(entry, created_at=to_text(self._clock())))
            self._step("outbox.described")
            write_durably(self._content_path(entry.id), content)
        except OSError as error:
            raise local_problem(error, self._folder) from error
        self._step("outbox.stored")

    def has(self, message_id: str) -> bool:
        """Tell whether the message is here, on its way or sent."""
        return self._content_path(message_id).exists() or (self._sent / f"{message_id}{SUFFIX}").exists()

    def entries(self) -> list[Entry]:
        """Return all messages not yet acknowledged and confirmed, oldest first."""
        return [entry for path in self._paths() if (entry := self.entry(path.stem)) is not None]

    def entry(self, message_id: str) -> Entry | None:
        """Return one message on its way; one whose schedule was lost is due at once."""
        if not self._content_path(message_id).exists():
            return None
        try:
            found: object = json.loads(self._state_path(message_id).read_text(encoding="utf-8"))
            return Entry(**cast("dict[str, Any]", found))
        except (OSError, ValueError, TypeError):
            return Entry(message_id, f"{message_id}{SUFFIX}")

    def content(self, message_id: str) -> bytes:
        """Return the sealed bytes, on their way or sent. Raises AppError `outbox.unknown`."""
        for path in (self._content_path(message_id), self._sent / f"{message_id}{SUFFIX}"):
            with suppress(FileNotFoundError):
                return path.read_bytes()
        raise AppError("outbox.unknown", parameters={"id": message_id})

    def state(self, message_id: str) -> SendState | None:
        """Return how far a message has come, None where it is unknown here."""
        entry = self.entry(message_id)
        if entry is not None:
            return entry.state
        return SendState.ACKNOWLEDGED if (self._sent / f"{message_id}{SUFFIX}").exists() else None

    def delivered(self, entry: Entry) -> None:
        """Note that the message lies in the mailbox; a receipt is done with that."""
        if entry.is_receipt:
            self.drop(entry.id)
        else:
            self._save(replace(entry, delivered_at=to_text(self._clock()), attempts=entry.attempts + 1, next_at=""))
        self._step("outbox.marked")

    def postponed(self, entry: Entry) -> None:
        """Note that delivery failed or the file vanished unread: due again after the next pause of the schedule."""
        base = RETRY_SECONDS[min(entry.attempts, len(RETRY_SECONDS) - 1)]
        pause = timedelta(seconds=base * (1 - JITTER + 2 * JITTER * self._chance()))
        self._save(replace(entry, delivered_at="", attempts=entry.attempts + 1, next_at=to_text(self._clock() + pause)))

    def renamed(self, entry: Entry, file: str) -> Entry:
        """Give the message another file name, because a stranger has taken the first."""
        changed = replace(entry, file=file)
        self._save(changed)
        return changed

    def due_now(self, message_id: str) -> bool:
        """Make a message due at once, also one that was sent before; False where it is unknown."""
        sent = self._sent / f"{message_id}{SUFFIX}"
        with suppress(FileNotFoundError):
            sent.rename(self._content_path(message_id))
        entry = self.entry(message_id)
        if entry is None:
            return False
        self._save(replace(entry, delivered_at="", acknowledged_at="", next_at="", attempts=0, is_refused=False))
        return True

    def acknowledged(self, message_id: str, *, is_refused: bool = False) -> bool:
        """Note the signed acknowledgement, or the signed refusal; False where no such message waits."""
        entry = self.entry(message_id)
        if entry is None:
            return False
        if not entry.acknowledged_at:
            self._save(replace(entry, acknowledged_at=to_text(self._clock()), next_at="", is_refused=is_refused))
            self._step("outbox.acknowledged")
        return True

    def finish(self, message_id: str) -> None:
        """Move an acknowledged message to the sent ones; its owner knows of the acknowledgement."""
        entry = self.entry(message_id)
        if entry is None or not entry.acknowledged_at:
            return
        with suppress(FileNotFoundError):
            self._content_path(message_id).rename(self._sent / f"{message_id}{SUFFIX}")
        self._step("outbox.finished")
        self._state_path(message_id).unlink(missing_ok=True)

    def drop(self, message_id: str) -> None:
        """Forget a message that needs no acknowledgement."""
        self._content_path(message_id).unlink(missing_ok=True)
        self._state_path(message_id).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Delete sent messages after 30 days and what crashes left behind after one."""
        now = self._clock().timestamp()
        limits = [(path, KEEP_SENT) for path in self._sent.glob(f"*{SUFFIX}")]
        limits += [(path, timedelta(days=1)) for path in self._folder.glob(".~*")]
        orphans = [one for one in self._folder.glob("*.json") if not self._content_path(one.stem).exists()]
        limits += [(path, timedelta(days=1)) for path in orphans]
        for path, limit in limits:
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < now - limit.total_seconds():
                    path.unlink()

    def _save(self, entry: Entry) -> None:
        try:
            self._write(entry)
        except OSError as error:
            raise local_problem(error, self._folder) from error

    def _write(self, entry: Entry) -> None:
        write_durably(self._state_path(entry.id), json.dumps(asdict(entry)).encode())

    def _paths(self) -> Iterator[Path]:
        return (path for path in sorted(self._folder.glob(f"*{SUFFIX}")) if is_id(path.stem))

    def _content_path(self, message_id: str) -> Path:
        return self._folder / f"{message_id}{SUFFIX}"

    def _state_path(self, message_id: str) -> Path:
        return self._folder / f"{message_id}.json"
