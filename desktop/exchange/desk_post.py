"""The Desk's side of the mailbox: scan, acknowledge, remove, quarantine, send.

It knows no database: whether an id was seen before and whether a PC is approved is decided by its caller.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from desktop.base.clock import Clock, utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.files import write_durably
from desktop.base.ids import is_id, new_id
from desktop.domain.payloads import Payload, Receipt
from desktop.exchange.arrivals import ArrivalReader, as_before
from desktop.exchange.codec import to_manifest
from desktop.exchange.delivery import SUFFIX, NameTakenError, deliver, is_there
from desktop.exchange.envelope import seal
from desktop.exchange.keys import BoxPair, DevicePublic, OrgKeys, OrgPublic, device_id8, key_from_text, key_text
from desktop.exchange.mailbox import MailboxFolder, MailFile
from desktop.exchange.observations import Observations
from desktop.exchange.org_card import OrgCard, card_bytes, read_card
from desktop.exchange.outbox import Entry, Outbox
from desktop.exchange.problems import local_problem, mailbox_problem
from desktop.exchange.quarantine import Quarantine
from desktop.exchange.reports import Arrival, Step, no_step

OLD_TEMPORARY = timedelta(days=1)
OLD_ANSWER = timedelta(days=90)
_MAX_IDS = 1000  # of one receipt, the limit of its reader


class DeskPost:
    """Everything the Desk does with the mailbox; `folder` is its local folder for outbox, quarantine and notes.

    Order per message: own transaction (seen id and ticket) -> `acknowledge` -> `remove`. A crash anywhere between is
    safe: the file comes again, the seen id catches it, acknowledging and removing are done again.
    `retired` are older receiving keys, kept to open stragglers; also the recovery key may stand here.
    `step` is called with a name between all steps: `scan.*`, `receipt.*`, `deliver.*`, `quarantine.*`, `outbox.*`.
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
    ) -> None:
        self._mailbox, self._keys, self._org = mailbox, keys, org
        self._clock, self._step = clock, step
        self._outbox = Outbox(folder / "outbox", clock=clock, step=step)
        self._quarantine = Quarantine(mailbox.bad, folder / "quarantine", clock=clock, step=step)
        self._notes = Observations(folder / "observed.json", clock=clock)
        self._reader = ArrivalReader(org, (keys.box, *retired), self._notes, step=step)
        self._card_copy = folder / "org.json"
        self._unreadable: tuple[str, ...] = ()
        self._tidied_on = ""

    def publish(self, card: OrgCard) -> None:
        """Make the mailbox's layout and its signed card. Raises AppError `mailbox.*` or `outbox.*` (own disk)."""
        content = card_bytes(card, self._keys, clock=self._clock)
        try:
            self._card_copy.parent.mkdir(parents=True, exist_ok=True)
            write_durably(self._card_copy, content)
        except OSError as error:
            raise local_problem(error, self._card_copy) from error
        self._mailbox.prepare(card.company)
        self._mailbox.write_card(content)

    def scan(self, limit: int = 50) -> Iterator[Arrival]:
        """Look at the mailbox, opening up to `limit` files, fair between PCs. Raises AppError `mailbox.*`.

        Receipts of PCs are taken in here (see `collect_receipts`) and do not appear.
        """
        self._mailbox.require()
        self._mend()
        self._tidy()
        listing = self._mailbox.list_incoming()
        self._unreadable = listing.unreadable
        self._notes.keep_only(listing.files)
        opened = 0
        try:
            for file in listing.files:
                known = self._notes.outcome(file)
                if known == "done":
                    continue
                if known:
                    yield as_before(file, known)
                    continue
                if opened == limit:
                    return
                opened += 1
                arrival = self._reader.read(file)
                if arrival is not None and not self._took_receipt(arrival):
                    yield arrival
        finally:
            self._notes.save()

    def read_bytes(self, content: bytes, name: str) -> Arrival:
        """Open a message that came another way (stick, mail): the same Arrival, with nothing to remove."""
        return self._reader.read_bytes(content, name)

    def acknowledge(self, device: DevicePublic, ids: Iterable[str], *, refused: Iterable[str] = ()) -> None:
        """Tell a PC, signed, that these messages are safe, and which will never be taken. Raises AppError `mailbox.*`.

        One file for all, as long as neither list is longer than a receipt's reader allows.
        """
        given = [one for one in dict.fromkeys(ids) if is_id(one)]
        never = [one for one in dict.fromkeys(refused) if is_id(one)]
        for start in range(0, max(len(given), len(never)), _MAX_IDS):
            message_id, end = new_id(self._clock), start + _MAX_IDS
            content = self._sealed(device, Receipt(given[start:end], never[start:end]), message_id)
            self._step("acknowledge.sealed")
            try:
                deliver(self._answers(device.id8), f"{message_id}{SUFFIX}", content, step=self._step)
            except OSError as error:
                raise mailbox_problem(error, self._mailbox.path) from error
            self._step("acknowledge.delivered")

    def remove(self, arrival: Arrival) -> bool:
        """Delete a file that was imported or seen before; False where denied: it is remembered and skipped then."""
        if arrival.signer is not None:
            self._notes.count(arrival.signer.id8, arrival.size)
            self._notes.save()
        try:
            arrival.path.unlink(missing_ok=True)
        except OSError:
            self.leave(arrival, "done")
            return False
        self._step("scan.removed")
        return True

    def quarantine(self, arrival: Arrival, reason: str) -> Path | None:
        """Put a file aside with its reason and hash; returns where it lies now, None where it could not be moved."""
        target = self._quarantine.take(arrival, reason)
        if target is None:
            self.leave(arrival, "done")
        return target

    def leave(self, arrival: Arrival, outcome: str) -> None:
        """Let a file lie and remember why, so that it is not opened with every look."""
        with suppress(OSError):
            found = arrival.path.lstat()
            self._notes.note(
                MailFile(arrival.path, arrival.file, arrival.folder, found.st_size, found.st_mtime_ns), outcome
            )
        self._notes.save()

    def send(self, device: DevicePublic, payload: Payload, message_id: str) -> None:
        """Seal a message for a PC and keep it durably; the same `message_id` again changes nothing.

        Raises AppError `outbox.full` or `outbox.unwritable`; the mailbox is touched by `deliver` only.
        """
        if self._outbox.has(message_id):
            return
        entry = Entry(message_id, f"{message_id}{SUFFIX}", address=key_text(device.verify_key))
        self._outbox.put(entry, self._sealed(device, payload, message_id))

    def retry_now(self) -> None:
        """Make every undelivered message due at once, for a person who asks. Raises AppError `outbox.*`."""
        for entry in self._outbox.entries():
            if not entry.delivered_at and not entry.acknowledged_at:
                self._outbox.due_now(entry.id)

    def deliver(self) -> tuple[str, ...]:
        """Put what is due into the PCs' folders, also again what vanished unread; returns the ids delivered now.

        Raises AppError `mailbox.*` where nothing could be delivered; everything keeps its place in the outbox.
        """
        if not (entries := [one for one in self._outbox.entries() if not one.acknowledged_at]):
            return ()
        self._mailbox.require()
        now, delivered, problems = self._clock(), list[str](), list[AppError]()
        for entry in entries:
            try:
                if self._delivered(entry, now):
                    delivered.append(entry.id)
            except AppError as error:
                problems.append(error)
                if error.code != "mailbox.denied":  # one PC's folder may be denied; all else concerns everybody
                    break
        if problems and not delivered:
            raise problems[0]
        return tuple(delivered)

    def collect_receipts(self) -> tuple[str, ...]:
        """Return the sent ids that PCs acknowledged (found by `scan`), until `forget` names them."""
        return tuple(one.id for one in self._outbox.entries() if one.acknowledged_at)

    def forget(self, ids: Iterable[str]) -> None:
        """Say that these receipts are stored: they will not be reported again."""
        for message_id in ids:
            self._outbox.finish(message_id)

    def problem(self) -> AppError | None:
        """Return what is wrong with the mailbox right now, for the banner; looks only, writes nothing."""
        found = self._mailbox.problem()
        if found is None and self._unreadable:
            where = {"path": str(self._mailbox.path / self._unreadable[0])}
            return AppError("mailbox.denied", kind=ErrorKind.ENVIRONMENT, parameters=where)
        return found

    # Reading

    def _took_receipt(self, arrival: Arrival) -> bool:
        """Take in a PC's receipt, if it is one: it counts only for messages that went to this very PC."""
        if not isinstance(arrival.payload, Receipt) or arrival.signer is None:
            return False
        for message_id in arrival.payload.ids:
            entry = self._outbox.entry(message_id)
            if entry is not None and entry.address == key_text(arrival.signer.verify_key):
                self._outbox.acknowledged(message_id)
                with suppress(OSError):  # the PC may not be allowed to delete it
                    (self._mailbox.outgoing / arrival.signer.id8 / entry.file).unlink()
        for name in arrival.payload.refused:
            self._send_anew(name, key_text(arrival.signer.verify_key))
        self._step("receipt.marked")
        self.remove(arrival)
        return True

    def _send_anew(self, name: str, address: str) -> None:
        """Use another file name for what a PC cannot open and cannot delete."""
        for entry in self._outbox.entries():
            if entry.file == f"{name}{SUFFIX}" and entry.address == address and not entry.acknowledged_at:
                self._outbox.renamed(entry, f"{new_id(self._clock)}{SUFFIX}")
                self._outbox.due_now(entry.id)

    # Sending

    def _sealed(self, device: DevicePublic, payload: Payload, message_id: str) -> bytes:
        return seal(
            to_manifest(payload, self._keys.box.public),
            message_id=message_id,
            org_id=self._org.org_id,
            signer=self._keys.sign,
            recipients=[device.box_key],
        )

    def _answers(self, id8: str) -> Path:
        return self._mailbox.place_for_answers(id8)

    def _delivered(self, entry: Entry, now: datetime) -> bool:
        """Deliver one message if it is due; one that vanished unread becomes due after a pause."""
        folder = self._answers(device_id8(key_from_text(entry.address)))
        if entry.delivered_at and is_there(folder / entry.file) is False:
            self._outbox.postponed(entry)
        if not entry.is_due(now):
            return False
        try:
            self._put_into_mailbox(entry, folder)
        except OSError as error:
            self._outbox.postponed(entry)
            raise mailbox_problem(error, folder) from error
        return True

    def _put_into_mailbox(self, entry: Entry, folder: Path) -> None:
        content = self._outbox.content(entry.id)
        try:
            deliver(folder, entry.file, content, step=self._step)
        except NameTakenError:
            entry = self._outbox.renamed(entry, f"{new_id(self._clock)}{SUFFIX}")
            deliver(folder, entry.file, content, step=self._step)
        self._outbox.delivered(entry)

    # Housekeeping

    def _mend(self) -> None:
        """Put back what somebody deleted or swapped: card and folders; a newer card of another Desk stays."""
        with suppress(AppError, OSError):  # mending can wait, reading what arrived cannot
            own = self._card_copy.read_bytes()
            if not self._mailbox.incoming.is_dir():
                self._mailbox.prepare(read_card(own, self._org).company)
            found = self._mailbox.read_card()
            if found != own and not self._is_newer(found, own):
                self._mailbox.write_card(own)

    def _is_newer(self, found: bytes | None, own: bytes) -> bool:
        try:
            return found is not None and read_card(found, self._org).issued_at > read_card(own, self._org).issued_at
        except AppError:
            return False

    def _tidy(self) -> None:
        """Once a day: remove temporary files a day old and answers nobody fetched for 90 days."""
        today = self._clock().date().isoformat()
        if today == self._tidied_on:
            return
        self._tidied_on = today
        self._outbox.tidy()
        now = self._clock().timestamp()
        for path in _temporaries(self._mailbox.incoming):
            _remove_older(path, now - OLD_TEMPORARY.total_seconds())
        for path in self._mailbox.outgoing.glob(f"*/*{SUFFIX}"):
            _remove_older(path, now - OLD_ANSWER.total_seconds())


def _temporaries(folder: Path) -> Iterator[Path]:
    yield from folder.glob("~*.tmp")
    yield from folder.glob("*/~*.tmp")


def _remove_older(path: Path, limit: float) -> None:
    with suppress(OSError):
        if path.lstat().st_mtime < limit:
            os.unlink(path)  # noqa: PTH108
