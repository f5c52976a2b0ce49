"""Reads the inventory of all devices in one go, without opening a document."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from desktop.domain.device_rows import Asset, Inventory
from desktop.domain.fleet import FleetRow
from desktop.models.device_queries import device_row
from desktop.models.fetching import Line, fetch
from desktop.models.list_queries import optional_moment

_DEVICE_COLUMNS = 10
_ASSET_COLUMNS = 7
_FLEET = """
SELECT d.id, d.name, d.status, d.platform, coalesce(d.person_id, ''), coalesce(p.name, ''), d.snapshot_at, d.hints,
d.worst, d.seen_at,
coalesce(a.inventory_number, ''), coalesce(a.serial, ''), coalesce(a.purchased_on, ''), coalesce(a.warranty_until, ''),
coalesce(a.supplier, ''), coalesce(a.location, ''), coalesce(a.note, ''),
d.pinned_snapshot_id, i.device_id,
i.os_family, i.os_name, i.os_version, i.os_build, i.architecture, i.manufacturer, i.model, i.form, i.serial,
i.bios_date, i.cpu, i.cores, i.memory_bytes, i.disk_total_bytes, i.disk_free_bytes, i.is_encrypted, i.antivirus,
i.is_antivirus_on, i.is_restart_pending, i.restarted_at, i.withheld
FROM devices AS d LEFT JOIN people AS p ON p.id = d.person_id LEFT JOIN assets AS a ON a.device_id = d.id
LEFT JOIN inventory AS i ON i.device_id = d.id"""
_ALL = f"{_FLEET} ORDER BY d.status <> 'waiting', d.name, d.id"
_ONE = f"{_FLEET} WHERE d.id = :device"


def list_fleet(connection: Connection) -> tuple[FleetRow, ...]:
    """Return all devices, those waiting for approval first; without flags, which need the present moment."""
    return tuple(map(_row, fetch(connection, _ALL)))


def read_fleet_row(connection: Connection, device_id: str) -> FleetRow:
    """Return one device of the inventory."""
    (line,) = fetch(connection, _ONE, {"device": device_id})
    return _row(line)


def _row(line: Line) -> FleetRow:
    asset = line[_DEVICE_COLUMNS : _DEVICE_COLUMNS + _ASSET_COLUMNS]
    pinned, has_inventory, *facts = line[_DEVICE_COLUMNS + _ASSET_COLUMNS :]
    device = device_row(line[:_DEVICE_COLUMNS])
    return FleetRow(
        device=device,
        asset=_asset(asset),
        inventory=_inventory(facts) if has_inventory else None,
        seen_at=device.seen_at,
        is_pinned=bool(pinned),
    )


def _asset(line: Line) -> Asset:
    number, serial, purchased, warranty, supplier, location, note = line
    return Asset(number, serial, _day(purchased), _day(warranty), supplier, location, note)


def _inventory(line: list[object]) -> Inventory:
    names = Inventory.__slots__
    values: dict[str, Any] = dict(zip(names, line, strict=True))
    for name in ("is_encrypted", "is_antivirus_on", "is_restart_pending"):
        values[name] = None if values[name] is None else bool(values[name])
    values["restarted_at"] = optional_moment(values["restarted_at"])
    return Inventory(**values)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
