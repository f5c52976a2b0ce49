"""Which snapshot of a device counts as healthy: the newest one without faults, or the one an administrator pinned."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, update

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.errors import AppError, ErrorKind
from desktop.base.messages import Message
from desktop.domain.retention import StoredSnapshot, baseline_of
from desktop.domain.rows import DeviceRow
from desktop.models import device_queries
from desktop.models.history_queries import list_stored, pinned_of
from desktop.models.tables import devices
from desktop.services.devices import unknown_device
from desktop.services.recording import record_act
from desktop.services.work import Work


def find_baseline(work: Work, device: str, *, before: str = "") -> str:
    """Return the id of the snapshot to compare `before` (a snapshot's id, the newest where empty) with.

    Empty where no healthy one is stored. Raises AppError `device.unknown`, `snapshot.unknown`.
    """
    with work.store.reading() as connection:
        row = find(connection, device)
        stored = list_stored(connection, row.id)
        pinned = pinned_of(connection, row.id)
    found = baseline_for(stored, chosen(stored, before), pinned=pinned) if stored else None
    return found.id if found else ""


def pin_baseline(work: Work, device: str, snapshot_id: str = "") -> Done[DeviceRow]:
    """Compare with this snapshot (the newest one where empty) from now on, and keep it as long as it is pinned.

    Raises AppError `device.unknown`, `snapshot.unknown`.
    """
    with work.store.writing() as connection:
        row = find(connection, device)
        snapshot = chosen(list_stored(connection, row.id), snapshot_id)
        before = pinned_of(connection, row.id)
        if before == snapshot.id:
            return Done(row)
        _pin(connection, row.id, snapshot.id)
        record_act(work, connection, "device.baseline_pinned", row.id, snapshot=snapshot.id)
    undo = Undo(Message("undo.baseline_pinned", {"name": row.name}), lambda later: _back(later, row.id, before))
    return Done(row, Changes.of(Subject.DEVICE, row.id), undo)


def unpin_baseline(work: Work, device: str) -> Done[DeviceRow]:
    """Compare with the newest healthy snapshot again. Raises AppError `device.unknown`."""
    with work.store.writing() as connection:
        row = find(connection, device)
        before = pinned_of(connection, row.id)
        if not before:
            return Done(row)
        _pin(connection, row.id, "")
        record_act(work, connection, "device.baseline_unpinned", row.id, snapshot=before)
    undo = Undo(Message("undo.baseline_unpinned", {"name": row.name}), lambda later: _back(later, row.id, before))
    return Done(row, Changes.of(Subject.DEVICE, row.id), undo)


def find(connection: Connection, device: str) -> DeviceRow:
    """Return a device by id or name. Raises AppError `device.unknown`."""
    row = device_queries.find_device(connection, device)
    if row is None:
        raise unknown_device(device)
    return row


def chosen(stored: Sequence[StoredSnapshot], snapshot_id: str) -> StoredSnapshot:
    """Return the named snapshot, by the beginning of its id too, or the newest. Raises AppError `snapshot.unknown`."""
    found = [one for one in stored if one.id.startswith(snapshot_id.strip())]
    exact = [one for one in found if one.id == snapshot_id.strip()]
    if exact or (found and not snapshot_id.strip()):
        return (exact or found)[0]
    if len(found) != 1:
        raise AppError("snapshot.unknown", kind=ErrorKind.USAGE, parameters={"id": snapshot_id[:60]})
    return found[0]


def baseline_for(stored: Sequence[StoredSnapshot], after: StoredSnapshot, *, pinned: str) -> StoredSnapshot | None:
    """Return the healthy snapshot to compare `after` with, the pinned one first; None where there is none."""
    wanted = "" if pinned == after.id else pinned
    return baseline_of(stored, pinned=wanted, before=after.taken_at)


def _pin(connection: Connection, device_id: str, snapshot_id: str) -> None:
    values = {"pinned_snapshot_id": snapshot_id or None, "version": devices.c.version + 1}
    connection.execute(update(devices).where(devices.c.id == device_id).values(**values))


def _back(work: Work, device_id: str, before: str) -> Done[DeviceRow]:
    return pin_baseline(work, device_id, before) if before else unpin_baseline(work, device_id)
