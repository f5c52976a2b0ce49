"""Keeps snapshots: one compressed document each, its findings as rows, and the device's present state."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from desktop.base.clock import from_text, to_text
from desktop.base.ids import new_id
from desktop.domain.snapshot import Severity, Snapshot
from desktop.models.tables import devices, findings, snapshots
from desktop.services.work import Work


def read_document(document: Mapping[str, Any] | None) -> Snapshot | None:
    """Return the snapshot of a document from outside, or None: a request without facts still counts."""
    if document is None:
        return None
    try:
        snapshot = Snapshot.from_document(document)
        from_text(snapshot.taken_at)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return snapshot


def store_snapshot(
    work: Work, connection: Connection, snapshot: Snapshot, *, device_id: str, ticket_id: str | None = None
) -> str:
    """Keep a snapshot and let the device's line show it if it is the newest; returns its id."""
    document = json.dumps(snapshot.to_document(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    snapshot_id, taken_at = new_id(work.clock), to_text(from_text(snapshot.taken_at))
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
        )
    )
    _store_findings(connection, snapshot_id, snapshot)
    _show_on_device(connection, snapshot, device_id=device_id, snapshot_id=snapshot_id, taken_at=taken_at)
    return snapshot_id


def _store_findings(connection: Connection, snapshot_id: str, snapshot: Snapshot) -> None:
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


def _show_on_device(
    connection: Connection, snapshot: Snapshot, *, device_id: str, snapshot_id: str, taken_at: str
) -> None:
    hints = [one for one in snapshot.present if one.severity is not Severity.INFO]
    before = connection.execute(select(devices.c.snapshot_at).where(devices.c.id == device_id)).scalar()
    if before and before > taken_at:
        return
    values = {"snapshot_id": snapshot_id, "snapshot_at": taken_at, "hints": len(hints)}
    worst = hints[0].severity.value if hints else ""
    connection.execute(update(devices).where(devices.c.id == device_id).values(**values, worst=worst))
