"""The company's PCs: who may send requests, what their snapshots say, and who waits to be let in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import from_text, to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.rows import DeviceRow, SnapshotRow, TicketRow
from desktop.domain.snapshot import Snapshot
from desktop.exchange.words import fingerprint_words
from desktop.models import device_queries
from desktop.models.page_queries import read_rows
from desktop.models.tables import device_keys, devices, waiting_room
from desktop.services.admission import admit, refuse
from desktop.services.judging import judge_here
from desktop.services.recording import record_act
from desktop.services.snapshots import store_snapshot
from desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class DevicePage:
    """What the device page shows: its line, the four words to compare, its snapshots newest first, its tickets."""

    row: DeviceRow
    words: tuple[str, ...]
    snapshot: SnapshotRow | None
    snapshots: tuple[SnapshotRow, ...]
    tickets: tuple[TicketRow, ...]


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """A message of a PC that is not let in yet; its text is shown so that first aid need not wait."""

    id: str
    device_id: str
    kind: str
    person_name: str
    host: str
    text: str
    at: datetime


def list_devices(work: Work) -> tuple[DeviceRow, ...]:
    """Return all PCs, those waiting for approval first."""
    with work.store.reading() as connection:
        return device_queries.list_devices(connection)


def show_device(work: Work, id_or_name: str, *, language: str = "de", limit: int = 20) -> DevicePage:
    """Return a PC with its newest snapshots and tickets. Raises AppError `device.unknown`."""
    with work.store.reading() as connection:
        row = device_queries.find_device(connection, id_or_name)
        if row is None:
            raise unknown_device(id_or_name)
        key = device_queries.verify_key_of(connection, row.id)
        snapshots = device_queries.list_snapshots(connection, row.id, limit)
        condition = "t.device_id = :device ORDER BY t.seq DESC LIMIT :limit"
        tickets = read_rows(connection, condition, {"device": row.id, "limit": limit})
    words = fingerprint_words(key, language) if key else ()
    return DevicePage(row, words, snapshots[0] if snapshots else None, snapshots, tickets)


def list_snapshots(work: Work, device_id: str, *, limit: int = 50) -> tuple[SnapshotRow, ...]:
    """Return a PC's snapshots with their findings, newest first."""
    with work.store.reading() as connection:
        return device_queries.list_snapshots(connection, device_id, limit)


def read_snapshot(work: Work, snapshot_id: str) -> Snapshot:
    """Return a stored snapshot with every probe's facts. Raises AppError `snapshot.unknown`."""
    with work.store.reading() as connection:
        found = device_queries.read_snapshot(connection, snapshot_id)
    if found is None:
        raise AppError("snapshot.unknown", kind=ErrorKind.USAGE, parameters={"id": snapshot_id[:60]})
    return found


def add_snapshot(work: Work, device_id: str, snapshot: Snapshot) -> Done[str]:
    """Keep a snapshot that did not come with a request; returns its id. Raises AppError `device.unknown`."""
    with work.store.writing() as connection:
        if device_queries.find_device(connection, device_id) is None:
            raise unknown_device(device_id)
        judged = judge_here(connection, snapshot, device_id)
        snapshot_id = store_snapshot(work, connection, judged, device_id=device_id)
    return Done(snapshot_id, Changes.of(Subject.SNAPSHOT, snapshot_id) | Changes.of(Subject.DEVICE, device_id))


def list_waiting_requests(work: Work) -> tuple[WaitingRequest, ...]:
    """Return what PCs sent that nobody has let in yet, oldest first."""
    query = select(waiting_room, device_keys.c.device_id).outerjoin(
        device_keys, device_keys.c.verify_key == waiting_room.c.verify_key
    )
    with work.store.reading() as connection:
        return tuple(
            WaitingRequest(
                id=one.id,
                device_id=one.device_id or "",
                kind=one.kind,
                person_name=one.person_name,
                host=one.host,
                text=one.text,
                at=from_text(one.at),
            )
            for one in connection.execute(query.order_by(waiting_room.c.at, waiting_room.c.id))
        )


def approve_device(work: Work, id_or_name: str) -> Done[DeviceRow]:
    """Let a PC in and tell it so; what it sent meanwhile is taken in by the next look into the mailbox.

    Raises AppError `device.unknown`, `device.revoked`: a PC once shut out enrols anew.
    """
    with work.store.writing() as connection:
        row = device_queries.find_device(connection, id_or_name)
        if row is None:
            raise unknown_device(id_or_name)
        if row.status == "revoked":
            raise AppError("device.revoked", parameters={"name": row.name})
        if row.status == "approved":
            return Done(row)
        admit(work, connection, row.id)
        decided = {"decided_by": work.actor.id or None, "decided_at": to_text(work.clock())}
        connection.execute(update(devices).where(devices.c.id == row.id).values(**decided))
        record_act(work, connection, "device.approved", row.id, name=row.name)
        after = device_queries.find_device(connection, row.id)
    return Done(after or row, Changes.of(Subject.DEVICE, row.id) | Changes.of(Subject.MAILBOX, "waiting"))


def revoke_device(work: Work, id_or_name: str) -> Done[DeviceRow]:
    """Shut a PC out or refuse one that waits: what it sends is put aside. Raises AppError `device.unknown`."""
    with work.store.writing() as connection:
        row = device_queries.find_device(connection, id_or_name)
        if row is None:
            raise unknown_device(id_or_name)
        if row.status == "revoked":
            return Done(row)
        refuse(work, connection, row.id)
        record_act(work, connection, "device.revoked", row.id, name=row.name)
        after = device_queries.find_device(connection, row.id)
    return Done(after or row, Changes.of(Subject.DEVICE, row.id) | Changes.of(Subject.MAILBOX, "waiting"))


def unknown_device(name: str) -> AppError:
    """Return what to say where no device has this id or name."""
    return AppError("device.unknown", kind=ErrorKind.USAGE, parameters={"name": name[:60]})
