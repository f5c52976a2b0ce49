"""The PC's side of the mailbox: send durably, look for answers, acknowledge what came.

Nothing here needs to list in/, so a drop box will do. Two processes of one PC may work at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from desktop.base.clock import Clock, from_text, utc_now
from desktop.base.errors import AppError
from desktop.base.files import write_durably
from desktop.base.ids import is_id, new_id
from desktop.domain.payloads import FROM_DESK, Payload, Receipt, Resend
from desktop.exchange.codec import from_manifest, to_manifest
from desktop.exchange.delivery import SUFFIX, NameTakenError, deliver, is_there
from desktop.exchange.envelope import open_envelope, seal
from desktop.exchange.framing import MAX_FILE, BadError, IncompleteError, TooNewError
from desktop.exchange.keys import DeviceKeys, OrgPublic
from desktop.exchange.mailbox import MailboxFolder, MailFile, read_limited
from desktop.exchange.observations import Observations
from desktop.exchange.org_card import OrgCard, read_card, signers
from desktop.exchange.outbox import Entry, Outbox
from desktop.exchange.problems import local_problem, mailbox_problem
from desktop.exchange.reports import SendState, Step, SyncReport, no_step
from desktop.exchange.seen import SeenIds

OVERDUE = timedelta(hours=24)
ASK_AGAIN = timedelta(minutes=30)  # where the share will not say whether the file still lies there
_MAX_IDS = 1000  # of one receipt, the limit of its reader


@dataclass(slots=True)
class _Look:
    """What one look into the mailbox brings, filled by its stages."""

    received: list[tuple[str, Payload]] = field(default_factory=list[tuple[str, Payload]])
    known: list[str] = field(default_factory=list[str])
    delivered: list[str] = field(default_factory=list[str])
    problem: AppError | None = None


class DevicePost:
    """Everything a PC does with the mailbox; `folder` is its own local folder for outbox, sent and seen.

    `send` and `confirm` raise AppError `outbox.full` / `outbox.unwritable` where the PC's own disk refuses, `send` also
    `envelope.too_large`; faults of the mailbox never raise, they are `SyncReport.problem`.
    `step` is called with a name between all steps: `outbox.*`, `deliver.*`, `receive.*`, `confirm.*`.
    """

    def __init__(
        self,
        mailbox: MailboxFolder,
        keys: DeviceKeys,
        org: OrgPublic,
        *,
        folder: Path,
        clock: Clock = utc_now,
        step: Step = no_step,
    ) -> None:
        self._mailbox, self._keys, self._org = mailbox, keys, org
        self._folder, self._clock, self._step = folder, clock, step
        self._outbox = Outbox(folder / "outbox", clock=clock, step=step)
        self._seen = SeenIds(folder / "seen.txt", clock=clock)
        self._notes = Observations(folder / "observed.json", clock=clock)
        self._card = self._stored_card()
        self._files: dict[str, list[MailFile]] = {}
        self._told: set[str] = set()
        self._tidied_on = ""

    def send(self, payload: Payload, parts: Sequence[bytes] = (), *, message_id: str = "") -> str:
        """Seal a message and keep it; from the return on it cannot be lost. Delivery happens in `sync`.

        With a `message_id` of the caller's the call may be repeated: the same id again changes nothing.
        """
        message_id = message_id or new_id(self._clock)
        if not self._outbox.has(message_id):
            self._outbox.put(Entry(message_id, f"{message_id}{SUFFIX}"), self._sealed(payload, parts, message_id))
        return message_id

    def sync(self) -> SyncReport:
        """Read answers and acknowledgements, then deliver what is due; a failing mailbox is `report.problem`."""
        look = _Look()
        try:
            self._tidy()
            self._mailbox.require()
        except AppError as error:
            look.problem = error
            return self._report(look)
        for stage in (self._renew_card, self._receive, self._notice_vanished, self._deliver):
            try:
                stage(look)
            except AppError as error:  # where reading is denied, delivering may still work
                look.problem = look.problem or error
        return self._report(look)

    def retry_now(self) -> None:
        """Make every undelivered message due at once, for a person who pressed "send now"."""
        for entry in self._outbox.entries():
            if not entry.delivered_at and not entry.acknowledged_at:
                self._outbox.due_now(entry.id)

    def confirm(self, ids: Iterable[str]) -> None:
        """Say that what `sync` reported under these ids is stored: received messages and acknowledgements alike.

        Received ones are acknowledged to the Desk and removed; none of them will be reported again.
        """
        given = [one for one in ids if is_id(one)]
        for message_id in given:
            self._outbox.finish(message_id)
        received = [one for one in given if one in self._files]
        self._seen.add(received)
        self._step("confirm.seen")
        self._put_receipts(received)
        self._step("confirm.queued")
        for message_id in received:
            for file in self._files.pop(message_id, []):
                _remove(file.path)
        self._step("confirm.removed")

    def state(self, message_id: str) -> SendState | None:
        """Return how far a message has come, None where it is not known here (or was sent over 30 days ago)."""
        return self._outbox.state(message_id)

    def export(self, message_id: str) -> bytes:
        """Return the sealed bytes of a message, for a USB stick or a mail. Raises AppError `outbox.unknown`."""
        return self._outbox.content(message_id)

    @property
    def card(self) -> OrgCard | None:
        """Return the company's newest verified card (name, lowest program version), None before the first sync."""
        return self._card

    @property
    def poll_seconds(self) -> int:
        """Return how long to wait between two syncs, as the company's card says."""
        return self._card.poll_seconds if self._card else 10

    # Sending

    def _sealed(self, payload: Payload, parts: Sequence[bytes], message_id: str) -> bytes:
        return seal(
            to_manifest(payload, self._keys.box.public),
            parts,
            message_id=message_id,
            org_id=self._org.org_id,
            signer=self._keys.sign,
            recipients=self._card.recipients if self._card else self._org.recipients,
        )

    def _deliver(self, look: _Look) -> None:
        now = self._clock()
        due = [one for one in self._outbox.entries() if one.is_due(now)]
        for place, entry in enumerate(due):
            try:
                self._put_into_mailbox(entry)
            except OSError as error:
                for waiting in due[place:]:  # what stops one stops all
                    self._outbox.postponed(waiting)
                raise mailbox_problem(error, self._mailbox.path) from error
            if not entry.is_receipt:
                look.delivered.append(entry.id)

    def _put_into_mailbox(self, entry: Entry) -> None:
        content = self._outbox.content(entry.id)
        own = self._mailbox.place_for_device(self._keys.public.id8)
        try:
            deliver(own, entry.file, content, step=self._step)
        except NameTakenError:
            entry = self._outbox.renamed(entry, f"{new_id(self._clock)}{SUFFIX}")
            deliver(own, entry.file, content, step=self._step)
        except PermissionError:
            if own == self._mailbox.incoming:
                raise
            deliver(self._mailbox.incoming, entry.file, content, step=self._step)
        self._outbox.delivered(entry)

    def _notice_vanished(self, _: _Look) -> None:
        """Deliver again what is gone without an acknowledgement: somebody deleted it, or a synchroniser lost it."""
        for entry in self._outbox.entries():
            if not entry.delivered_at or entry.acknowledged_at:
                continue
            there = self._lies_there(entry)
            is_old = self._clock() - from_text(entry.delivered_at) >= ASK_AGAIN
            if there is False or (there is None and is_old):
                self._outbox.postponed(entry)

    def _lies_there(self, entry: Entry) -> bool | None:
        places = (self._mailbox.incoming / self._keys.public.id8, self._mailbox.incoming)
        found = {is_there(place / entry.file) for place in places}
        return True if True in found else (None if None in found else False)

    def _put_receipts(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _MAX_IDS):
            receipt = Receipt(list(ids[start : start + _MAX_IDS]))
            self._put_receipt(receipt)
            self._told.update(receipt.ids)

    def _put_receipt(self, receipt: Receipt) -> None:
        message_id = new_id(self._clock)
        entry = Entry(message_id, f"{message_id}{SUFFIX}", is_receipt=True)
        self._outbox.put(entry, self._sealed(receipt, (), message_id))

    def _tell_again(self, ids: Sequence[str]) -> None:
        """Acknowledge once more what came back although it was taken in: the Desk has not heard of it."""
        self._put_receipts([one for one in dict.fromkeys(ids) if one not in self._told])

    # Receiving

    def _receive(self, look: _Look) -> None:
        self._files.clear()
        listed = self._mailbox.list_answers(self._keys.public.id8)
        self._notes.keep_only(listed)
        for file in listed:
            if self._notes.outcome(file) == "done":
                continue
            opened = self._opened(file)
            if opened in ("later", "bad"):
                self._discard_if_bad(file, opened)
                continue
            message_id, payload = opened
            if message_id in self._seen:
                self._finish_again(file, message_id, payload, look)
            elif isinstance(payload, Receipt | Resend):
                self._take_control(file, message_id, payload)
            else:
                self._files.setdefault(message_id, []).append(file)
                if len(self._files[message_id]) == 1:  # further ones are conflict copies
                    look.received.append((message_id, payload))
        self._notes.save()
        self._tell_again(look.known)

    def _opened(self, file: MailFile) -> tuple[str, Payload] | Literal["later", "bad"]:
        if file.size > MAX_FILE:
            return "bad"
        try:
            content = read_limited(file.path, MAX_FILE)
            opened = open_envelope(content, org_id=self._org.org_id, keys=[self._keys.box])
            if opened.signer not in self._trusted():
                return "bad"
            return opened.id, from_manifest(opened, FROM_DESK)[0]
        except BadError:
            return "bad"
        except IncompleteError:
            self._notes.note(file, "incomplete")
            return "bad" if self._notes.is_stale(file) else "later"
        except (OSError, TooNewError):
            return "later"

    def _discard_if_bad(self, file: MailFile, outcome: str) -> None:
        """Remove what will never open: the Desk misses the acknowledgement and sends it again.

        Where removing is denied the Desk hears of it and uses another name.
        """
        if outcome != "bad" or _remove(file.path):
            return
        self._notes.note(file, "done")  # read no more
        if is_id(file.path.stem):
            self._put_receipt(Receipt([], [file.path.stem]))

    def _take_control(self, file: MailFile, message_id: str, payload: Receipt | Resend) -> None:
        self._step("receive.read")
        for one in payload.ids:
            if isinstance(payload, Resend):
                self._outbox.due_now(one)
            elif self._outbox.acknowledged(one):
                self._withdraw(one)
        for one in payload.refused if isinstance(payload, Receipt) else ():
            if self._outbox.acknowledged(one, is_refused=True):
                self._withdraw(one)
        self._step("receive.marked")
        if not _remove(file.path):
            self._seen.add([message_id])
        self._step("receive.removed")

    def _withdraw(self, message_id: str) -> None:
        """Remove our own file if it still lies there: the Desk has it, and may not be allowed to delete it."""
        entry = self._outbox.entry(message_id)
        if entry is not None:
            for place in (self._mailbox.incoming / self._keys.public.id8, self._mailbox.incoming):
                _remove(place / entry.file)

    def _finish_again(self, file: MailFile, message_id: str, payload: Payload, look: _Look) -> None:
        _remove(file.path)
        if not isinstance(payload, Receipt | Resend):
            look.known.append(message_id)

    def _trusted(self) -> frozenset[bytes]:
        return signers(self._card, self._org) if self._card else frozenset({self._org.sign_key})

    # The company's card

    def _renew_card(self, _: _Look) -> None:
        """Take a newer signed card; a foreign or older one changes nothing, requests go on under the known keys."""
        content = self._mailbox.read_card()
        if content is None:
            return
        card = read_card(content, self._org)
        if self._card is None or card.issued_at > self._card.issued_at:
            self._card = card
            try:
                write_durably(self._folder / "org.json", content)
            except OSError as error:
                raise local_problem(error, self._folder) from error

    def _stored_card(self) -> OrgCard | None:
        try:
            return read_card((self._folder / "org.json").read_bytes(), self._org)
        except (OSError, AppError):
            return None

    # Reporting

    def _report(self, look: _Look) -> SyncReport:
        entries = [one for one in self._outbox.entries() if not one.is_receipt]
        waiting = [one for one in entries if not one.acknowledged_at]
        limit = self._clock() - OVERDUE
        return SyncReport(
            received=tuple(look.received),
            acknowledged=tuple(one.id for one in entries if one.acknowledged_at and not one.is_refused),
            refused=tuple(one.id for one in entries if one.is_refused),
            delivered=tuple(look.delivered),
            waiting=len(waiting),
            overdue=tuple(one.id for one in waiting if one.created_at and from_text(one.created_at) < limit),
            problem=look.problem,
        )

    def _tidy(self) -> None:
        today = self._clock().date().isoformat()
        if today != self._tidied_on:
            self._outbox.tidy()
            self._seen.tidy()
            self._tidied_on = today


def _remove(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
