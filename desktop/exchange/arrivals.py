"""Reading one file of the mailbox into an `Arrival`: whatever lies there, the answer is a value with a fate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from desktop.base.ids import is_id
from desktop.domain.payloads import FROM_DEVICE, Fate
from desktop.exchange.codec import from_manifest
from desktop.exchange.envelope import open_envelope
from desktop.exchange.framing import MAX_FILE, BadError, BadReason, IncompleteError, TooNewError
from desktop.exchange.keys import BoxPair, OrgPublic
from desktop.exchange.mailbox import MailFile, read_limited
from desktop.exchange.observations import Observations
from desktop.exchange.problems import mailbox_problem
from desktop.exchange.reports import Arrival, Step


class ArrivalReader:
    """Opens what PCs sent with any of `keys`, and notes what it could not finish with."""

    def __init__(self, org: OrgPublic, keys: Sequence[BoxPair], notes: Observations, *, step: Step) -> None:
        self._org_id = org.org_id
        self._keys = tuple(keys)
        self._notes = notes
        self._step = step

    def read(self, file: MailFile) -> Arrival | None:
        """Open one file; None where it vanished meanwhile, as with several Desks."""
        arrival = Arrival(
            file.path, file.relative, Fate.LATER, file.size, folder=file.folder, claimed_id=_claimed(file.path.name)
        )
        if file.size > MAX_FILE:
            return replace(arrival, fate_hint=Fate.QUARANTINED, reason=BadReason.TOO_LARGE.value)
        try:
            content = read_limited(file.path, MAX_FILE)
        except FileNotFoundError:
            return None
        except OSError as error:  # still held by its writer, or not ours to read
            self._notes.note(file, "denied")
            return replace(arrival, reason="denied", problem=mailbox_problem(error, file.path))
        self._step("scan.read")
        try:
            found = self._opened(arrival, content)
        except IncompleteError:
            return self._incomplete(file, replace(arrival, sha256=sha256(content).hexdigest()))
        if found.fate_hint in (Fate.PARKED, Fate.LATER):
            self._notes.note(file, found.reason)
        return found

    def _opened(self, arrival: Arrival, content: bytes) -> Arrival:
        arrival = replace(arrival, size=len(content), sha256=sha256(content).hexdigest())
        try:
            opened = open_envelope(content, org_id=self._org_id, keys=self._keys)
            payload, sender = from_manifest(opened, FROM_DEVICE)
        except BadError as error:
            return replace(arrival, fate_hint=Fate.QUARANTINED, reason=error.reason.value)
        except TooNewError:
            return replace(arrival, fate_hint=Fate.PARKED, reason="too_new")
        if self._notes.is_over_quota(sender.id8):
            return replace(arrival, reason="quota", signer=sender, id=opened.id)
        return replace(
            arrival, fate_hint=Fate.IMPORTED, id=opened.id, payload=payload, parts=opened.parts, signer=sender
        )

    def _incomplete(self, file: MailFile, arrival: Arrival) -> Arrival:
        self._notes.note(file, "incomplete")
        if self._notes.is_stale(file):
            return replace(arrival, fate_hint=Fate.QUARANTINED, reason=BadReason.STALE.value)
        return replace(arrival, reason="incomplete")

    def read_bytes(self, content: bytes, name: str) -> Arrival:
        """Open a message that came another way; one that is not complete will not grow there."""
        arrival = Arrival(Path(name), name, Fate.LATER, len(content), claimed_id=_claimed(name))
        try:
            return self._opened(arrival, content)
        except IncompleteError:
            return replace(arrival, fate_hint=Fate.QUARANTINED, reason=BadReason.STALE.value)


def as_before(file: MailFile, outcome: str) -> Arrival:
    """Report an unchanged file from the notes, without reading it again."""
    fate = Fate.PARKED if outcome == "too_new" else Fate.LATER
    claimed = _claimed(file.path.name)
    return Arrival(file.path, file.relative, fate, file.size, folder=file.folder, claimed_id=claimed, reason=outcome)


def _claimed(name: str) -> str:
    return name[:36] if is_id(name[:36]) else ""
