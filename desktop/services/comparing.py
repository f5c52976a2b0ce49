"""What changed on a device since it was healthy, between two of its snapshots, or between two devices."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection

from desktop.base.clock import from_text
from desktop.base.errors import AppError
from desktop.diagnostics.comparison import compare_flat
from desktop.diagnostics.flat import Flat, flatten
from desktop.diagnostics.ranking import Concern, concern_of
from desktop.diagnostics.rules import load_rules
from desktop.domain.change import Change, Differences
from desktop.domain.retention import StoredSnapshot
from desktop.domain.rows import DeviceRow
from desktop.domain.snapshot import Snapshot
from desktop.models import device_queries
from desktop.models.history_queries import list_stored, pinned_of, read_trouble
from desktop.services.baselines import baseline_for, chosen, find
from desktop.services.fleet_index import like
from desktop.services.work import Work

BETWEEN = 12
"""So many snapshots between the two are opened to find out when a change came."""


class Basis(Enum):
    """What a snapshot is compared with; texts `change.basis.<value>`."""

    PINNED = "pinned"
    HEALTHY = "healthy"
    PREVIOUS = "previous"
    CHOSEN = "chosen"
    DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Compare:
    """What to compare.

    `after` is a snapshot's id, the newest where empty; `before` another one's, the baseline where empty. With
    `other` the newest snapshot of that device stands for `before`. `ticket` gives category and moment of the trouble;
    `since` goes before it. With `asks_fleet` the other devices say how common a change is; the first time in the life
    of the program that opens each one's newest snapshot.
    """

    device: str
    before: str = ""
    after: str = ""
    other: str = ""
    ticket: str = ""
    since: datetime | None = None
    asks_fleet: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """A device's differences with what they were measured against; `other` where it was another device."""

    device: DeviceRow
    before_id: str
    after_id: str
    basis: Basis
    differences: Differences
    other: DeviceRow | None = None
    since: datetime | None = None


def compare_device(work: Work, command: Compare) -> Comparison:
    """Compare and rank by what is wrong now and by the ticket.

    Where no healthy snapshot is stored, the one before is compared. Raises AppError `device.unknown`,
    `snapshot.unknown`, and `snapshot.none` or `snapshot.only` where there is nothing or nothing else.
    """
    with work.store.reading() as connection:
        device = find(connection, command.device)
        if command.other:
            return _beside(work, connection, device, find(connection, command.other), command)
        stored = _stored(connection, device)
        after = chosen(stored, command.after)
        before, basis = _before(connection, device, stored, after, command.before)
        before, after = sorted((before, after), key=lambda one: one.taken_at)
        concern = _concern(work, connection, device, command, after.id)
        between = [flatten(_read(connection, one)) for one in _between(stored, before, after)]
        first, last = _flat(connection, before.id), _flat(connection, after.id)
    found = compare_flat(first, last, concern, between)
    return Comparison(device, before.id, after.id, basis, found, since=concern.since)


def _before(
    connection: Connection, device: DeviceRow, stored: Sequence[StoredSnapshot], after: StoredSnapshot, wanted: str
) -> tuple[StoredSnapshot, Basis]:
    if wanted:
        return chosen(stored, wanted), Basis.CHOSEN
    pinned = pinned_of(connection, device.id)
    if (baseline := baseline_for(stored, after, pinned=pinned)) is not None:
        return baseline, Basis.PINNED if baseline.id == pinned else Basis.HEALTHY
    earlier = [one for one in stored if one.taken_at < after.taken_at]
    if not earlier:
        raise AppError("snapshot.only", parameters={"name": device.name})
    return earlier[0], Basis.PREVIOUS


def _stored(connection: Connection, device: DeviceRow) -> tuple[StoredSnapshot, ...]:
    stored = list_stored(connection, device.id)
    if not stored:
        raise AppError("snapshot.none", parameters={"name": device.name})
    return stored


def _beside(work: Work, connection: Connection, device: DeviceRow, other: DeviceRow, command: Compare) -> Comparison:
    """Compare the newest snapshots of two devices: what this one has and the other has not."""
    before, after = (_stored(connection, one)[0].id for one in (other, device))
    concern = replace(_concern(work, connection, device, command, after), since=None)
    found = compare_flat(_flat(connection, before), _flat(connection, after), concern)
    return Comparison(device, before, after, Basis.DEVICE, found, other=other)


def _between(stored: Sequence[StoredSnapshot], before: StoredSnapshot, after: StoredSnapshot) -> list[str]:
    """Return the ids of the snapshots between two, oldest first; of many the newest ones."""
    inside = [one.id for one in stored if before.taken_at < one.taken_at < after.taken_at]
    return inside[:BETWEEN][::-1]


def _concern(work: Work, connection: Connection, device: DeviceRow, command: Compare, snapshot_id: str) -> Concern:
    trouble = read_trouble(connection, command.ticket) if command.ticket else None
    category, created_at, answers = trouble or ("", "", ())
    begun = since_of(answers) or (from_text(created_at) if created_at else None)
    snapshot = _read(connection, snapshot_id)
    concern = concern_of(snapshot.findings, load_rules(), category=category, since=command.since or begun)
    return _with_fleet(work, connection, device, concern) if command.asks_fleet else concern


def _with_fleet(work: Work, connection: Connection, device: DeviceRow, concern: Concern) -> Concern:
    """Let the other devices say how common the outcome of a change is."""
    facts = work.fleet.refreshed(connection)
    others = work.fleet.everybody() & ~work.fleet.bits({device.id})

    def elsewhere(change: Change) -> int:
        return (like(facts, change) & others).bit_count()

    return replace(concern, elsewhere=elsewhere, others=others.bit_count())


def since_of(answers: Sequence[str]) -> datetime | None:
    """Return the earliest moment that somebody answered a checklist with; people think in this office's time."""
    moments: list[datetime] = []
    for one in answers:
        try:
            moments.append(datetime.fromisoformat(str(json.loads(one))).astimezone())
        except (ValueError, OverflowError):
            continue
    return min(moments, default=None)


def _flat(connection: Connection, snapshot_id: str) -> Flat:
    return flatten(_read(connection, snapshot_id))


def _read(connection: Connection, snapshot_id: str) -> Snapshot:
    found = device_queries.read_snapshot(connection, snapshot_id)
    if found is None:
        raise AppError("snapshot.unknown", parameters={"id": snapshot_id[:60]})
    return found
