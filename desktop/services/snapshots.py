"""Keeps snapshots: one compressed document each, its findings as rows, and the device's present state."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from desktop.base.clock import from_text, to_text
from desktop.base.ids import new_id
from desktop.diagnostics.inventory import inventory_of, series_of
from desktop.domain.device_rows import Inventory
from desktop.domain.retention import superfluous
from desktop.domain.snapshot import Severity, Snapshot
from desktop.models.fetching import fetch
from desktop.models.history_queries import list_stored, pinned_of
from desktop.models.tables import devices, findings, snapshots
from desktop.services.tick_rows import confirm_lists_of
from desktop.services.work import Work

MAX_AHEAD = timedelta(minutes=10)
"""Beyond this a PC's clock is not believed, as for its requests."""
_NAMES = ("device_id", *Inventory.__slots__)
_SHOW_INVENTORY = f"""INSERT INTO inventory ({", ".join(_NAMES)}) VALUES ({", ".join(f":{one}" for one in _NAMES)})
ON CONFLICT (device_id) DO UPDATE SET {", ".join(f"{one} = excluded.{one}" for one in _NAMES)}"""  # noqa: S608 - ours
_DROP_POINTS = "DELETE FROM series_points WHERE device_id = :device_id AND at = :at"
_ADD_POINT = "INSERT INTO series_points (device_id, series, at, value) VALUES (:device_id, :series, :at, :value)"


def read_document(document: Mapping[str, Any] | None) -> Snapshot | None:
    """Return the snapshot of a document from outside, or None: a request without facts still counts."""
    if document is None:
        return None
    try:
        snapshot = Snapshot.from_document(document)
        to_text(from_text(snapshot.taken_at))  # fails for the first and last hours of the calendar
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    return snapshot


def store_snapshot(
    work: Work, connection: Connection, snapshot: Snapshot, *, device_id: str, ticket_id: str | None = None
) -> str:
    """Keep a snapshot, show it on the device if it is the newest, drop old ones, tick lists; returns its id."""
    document = json.dumps(snapshot.to_document(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    snapshot_id, taken_at = new_id(work.clock), to_text(_believed(work, snapshot))
    connection.execute(
        insert(snapshots).values(
            id=snapshot_id,
            device_id=device_id,
            ticket_id=ticket_id,
            taken_at=taken_at,
            received_at=to_text(work.clock()),
            level=snapshot.level[:20],
            size=len(document),
            document=zlib.compress(document, 6),
            hints=_hints(snapshot),
        )
    )
    store_findings(connection, snapshot_id, snapshot)
    _store_series(connection, snapshot, device_id=device_id, taken_at=taken_at)
    _show_on_device(connection, snapshot, device_id=device_id, snapshot_id=snapshot_id, taken_at=taken_at)
    drop_superfluous(connection, device_id, just_stored=snapshot_id)
    confirm_lists_of(work, connection, device_id=device_id)
    return snapshot_id


def _believed(work: Work, snapshot: Snapshot) -> datetime:
    """Return when a snapshot was taken by its PC's clock, or now where that clock is ahead.

    One from the future would hide every later one of the same PC.
    """
    now, theirs = work.clock(), from_text(snapshot.taken_at)
    return now if theirs - now > MAX_AHEAD else theirs


def drop_superfluous(connection: Connection, device_id: str, *, just_stored: str = "") -> tuple[str, ...]:
    """Delete the snapshots that need not be kept, with their findings; returns their ids.

    The one that was just stored stays, however old its PC's clock makes it: somebody asked for it. Points of series
    stay: they are small, and a past that gets shorter explains nothing.
    """
    stored, pinned = list_stored(connection, device_id), pinned_of(connection, device_id)
    gone = tuple(one for one in superfluous(stored, pinned=pinned) if one != just_stored)
    for one in gone:
        connection.execute(delete(findings).where(findings.c.snapshot_id == one))
        connection.execute(delete(snapshots).where(snapshots.c.id == one))
    return gone


def _hints(snapshot: Snapshot) -> int:
    return sum(one.severity is not Severity.INFO for one in snapshot.present)


def store_findings(connection: Connection, snapshot_id: str, snapshot: Snapshot) -> None:
    """Write a snapshot's findings as rows, in their order."""
    rows = [
        {
            "snapshot_id": snapshot_id,
            "position": position,
            "finding": one.id[:100],
            "state": one.state.value,
            "severity": one.severity.value,
            "evidence": json.dumps(dict(one.evidence), ensure_ascii=False),
            "wizard": one.wizard[:100],
        }
        for position, one in enumerate(snapshot.findings)
    ]
    if rows:
        connection.execute(insert(findings), rows)


def _store_series(connection: Connection, snapshot: Snapshot, *, device_id: str, taken_at: str) -> None:
    """Leave a point of each series; a second snapshot of the same moment replaces the first one's."""
    moment = {"device_id": device_id, "at": taken_at}
    fetch(connection, _DROP_POINTS, moment)
    for series, value in series_of(snapshot).items():
        fetch(connection, _ADD_POINT, {**moment, "series": series, "value": value})


def _show_on_device(
    connection: Connection, snapshot: Snapshot, *, device_id: str, snapshot_id: str, taken_at: str
) -> None:
    before = connection.execute(select(devices.c.snapshot_at).where(devices.c.id == device_id)).scalar()
    if before and before > taken_at:
        return
    hints = [one for one in snapshot.present if one.severity is not Severity.INFO]
    values = {"snapshot_id": snapshot_id, "snapshot_at": taken_at, "hints": len(hints)}
    worst = hints[0].severity.value if hints else ""
    connection.execute(update(devices).where(devices.c.id == device_id).values(**values, worst=worst))
    _show_inventory(connection, snapshot, device_id)


def _show_inventory(connection: Connection, snapshot: Snapshot, device_id: str) -> None:
    values = asdict(inventory_of(snapshot))
    restarted = values["restarted_at"]
    values |= {"restarted_at": to_text(restarted) if restarted else None, "device_id": device_id}
    fetch(connection, _SHOW_INVENTORY, values)
