"""Reads people, devices, snapshots and findings as rows."""

from __future__ import annotations

import json
import zlib
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, case, func, select

from desktop.base.clock import from_text
from desktop.domain.rows import DeviceRow, PersonRow, SnapshotRow
from desktop.domain.snapshot import Finding, FindingState, Severity, Snapshot
from desktop.models.fetching import Line, fetch, fetch_one, storable
from desktop.models.list_queries import optional_moment
from desktop.models.tables import departments, device_keys, people, snapshots, tickets

_PERSON = """
SELECT p.id, p.name, coalesce(g.name, ''), p.room, p.phone, p.email,
(SELECT count(*) FROM tickets WHERE person_id = p.id AND state_type IN ('new', 'open', 'waiting')),
(SELECT count(*) FROM tickets WHERE person_id = p.id AND state_type NOT IN ('new', 'open', 'waiting'))
FROM people AS p LEFT JOIN departments AS g ON g.id = p.department_id WHERE p.id = :person"""
_NAMES = """
SELECT p.id, p.name, coalesce(g.name, ''), p.room, p.phone, p.email
FROM people AS p LEFT JOIN departments AS g ON g.id = p.department_id ORDER BY p.name, p.id"""
_ALL_DEVICES = """
SELECT d.id, d.name, d.status, d.platform, coalesce(d.person_id, ''), coalesce(p.name, ''), d.snapshot_at, d.hints,
d.worst, d.seen_at FROM devices AS d LEFT JOIN people AS p ON p.id = d.person_id"""
_DEVICE = f"{_ALL_DEVICES} WHERE d.id = :device"
_DEVICES = f"{_ALL_DEVICES} ORDER BY d.status <> 'waiting', d.name, d.id"
_SNAPSHOT = "SELECT id, device_id, taken_at FROM snapshots WHERE id = :id"
_OF_DEVICE = "SELECT id, device_id, taken_at FROM snapshots WHERE device_id = :device ORDER BY taken_at DESC, id DESC"
_NEWEST = f"{_OF_DEVICE} LIMIT 1"
_FINDINGS = (
    "SELECT finding, state, severity, evidence, wizard FROM findings WHERE snapshot_id = :snapshot ORDER BY position"
)


def list_people(connection: Connection) -> tuple[PersonRow, ...]:
    """Return everybody by name, with how many tickets they have."""
    counts = _ticket_counts().subquery()
    query = (
        _people()
        .add_columns(counts.c.active, counts.c.every)
        .outerjoin(counts, counts.c.person_id == people.c.id)
        .order_by(people.c.name, people.c.id)
    )
    return tuple(_person_row(one, one.active or 0, one.every or 0) for one in connection.execute(query))


def list_names(connection: Connection) -> tuple[PersonRow, ...]:
    """Return everybody by name, without counting: typing in the search must not cost more with every ticket."""
    return tuple(PersonRow(*line) for line in fetch(connection, _NAMES))


def find_person(connection: Connection, person_id: str) -> PersonRow | None:
    """Return one person with the counts of their tickets, or None."""
    line = fetch_one(connection, _PERSON, {"person": storable(person_id)})
    return PersonRow(*line) if line else None


def find_person_by_name(connection: Connection, name: str) -> str | None:
    """Return the id of the person of exactly this name, upper and lower case aside, or None."""
    wanted = name.strip()
    lines = fetch(connection, "SELECT id FROM people WHERE name = :name ORDER BY id LIMIT 1", {"name": wanted})
    return lines[0][0] if lines else _same_letters(connection, "people", wanted)


def _same_letters(connection: Connection, table: Literal["people", "devices"], name: str) -> str | None:
    """Compare in Python: SQLite's lower() knows no Ö, so that Ms Özdemir would become a new person each time."""
    statement = f"SELECT id, name FROM {table} ORDER BY id"  # noqa: S608 - one of two names of ours
    wanted = name.casefold()
    found = [str(id_) for id_, known in fetch(connection, statement) if known.casefold() == wanted]
    if not found:
        return None
    return found[0] if table == "people" else found[-1]


def _people() -> Select[*tuple[Any, ...]]:
    department = func.coalesce(departments.c.name, "").label("department")
    return select(people, department).select_from(people.outerjoin(departments))


def _ticket_counts() -> Select[*tuple[Any, ...]]:
    active = func.sum(case((tickets.c.state_type.in_(("new", "open", "waiting")), 1), else_=0)).label("active")
    query = select(tickets.c.person_id, active, func.count().label("every"))
    return query.where(tickets.c.person_id.is_not(None)).group_by(tickets.c.person_id)


def _person_row(one: Row[*tuple[Any, ...]], active: int, every: int) -> PersonRow:
    return PersonRow(
        id=one.id,
        name=one.name,
        department=one.department,
        room=one.room,
        phone=one.phone,
        email=one.email,
        open_tickets=active,
        earlier_tickets=every - active,
    )


def list_devices(connection: Connection) -> tuple[DeviceRow, ...]:
    """Return all devices: those waiting for approval first, then by name."""
    return tuple(device_row(line) for line in fetch(connection, _DEVICES))


def find_device(connection: Connection, id_or_name: str) -> DeviceRow | None:
    """Return a device by its id, or the newest one of that name, or None."""
    wanted = id_or_name.strip()
    found = read_device(connection, wanted)
    if found is not None:
        return found
    device_id = _same_letters(connection, "devices", wanted)
    return read_device(connection, device_id) if device_id else None


def read_device(connection: Connection, device_id: str) -> DeviceRow | None:
    """Return a device by its id alone, or None."""
    line = fetch_one(connection, _DEVICE, {"device": storable(device_id)})
    return device_row(line) if line else None


def device_row(line: Line) -> DeviceRow:
    """Return a device from the columns that every statement about devices begins with."""
    found_id, name, status, platform, person_id, person_name, snapshot_at, hints, worst, seen = line
    return DeviceRow(
        found_id, name, status, platform, person_id, person_name, optional_moment(snapshot_at), hints, worst,
        seen_at=optional_moment(max(seen or "", snapshot_at or "") or None),
    )  # fmt: skip


def verify_key_of(connection: Connection, device_id: str) -> bytes:
    """Return the newest signing key of a device; empty where it has none."""
    query = select(device_keys.c.verify_key).where(device_keys.c.device_id == device_id)
    return connection.execute(query.order_by(device_keys.c.created_at.desc()).limit(1)).scalar() or b""


def read_snapshot_row(connection: Connection, snapshot_id: str, device_id: str) -> SnapshotRow | None:
    """Return a snapshot with its findings, without opening its document; without an id the device's newest one.

    A call brings no snapshot; the device's newest one is then what the technician wants to see.
    """
    if not snapshot_id and not device_id:
        return None
    line = fetch_one(connection, _SNAPSHOT if snapshot_id else _NEWEST, {"id": snapshot_id, "device": device_id})
    return _snapshot_row(connection, *line) if line else None


def list_snapshots(connection: Connection, device_id: str, limit: int) -> tuple[SnapshotRow, ...]:
    """Return a device's snapshots, newest first."""
    lines = fetch(connection, f"{_OF_DEVICE} LIMIT :limit", {"device": device_id, "limit": limit})
    return tuple(_snapshot_row(connection, *line) for line in lines)


def _snapshot_row(connection: Connection, snapshot_id: str, device_id: str, taken_at: str) -> SnapshotRow:
    lines = fetch(connection, _FINDINGS, {"snapshot": snapshot_id})
    return SnapshotRow(snapshot_id, device_id, from_text(taken_at), tuple(_finding(*line) for line in lines))


def _finding(finding: str, state: str, severity: str, evidence: str, wizard: str) -> Finding:
    return Finding(
        id=finding,
        state=FindingState(state),
        severity=Severity(severity),
        evidence=json.loads(evidence),
        wizard=wizard,
    )


def read_snapshot(connection: Connection, snapshot_id: str) -> Snapshot | None:
    """Return a stored snapshot whole, or None."""
    query = select(snapshots.c.document).where(snapshots.c.id == snapshot_id)
    packed = connection.execute(query).scalar()
    return Snapshot.from_document(json.loads(zlib.decompress(packed))) if packed else None
