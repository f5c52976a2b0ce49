"""The inventory: all devices with what is known of them, the questions about them, and what administrators write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, insert, update

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.errors import AppError
from desktop.base.messages import Message
from desktop.diagnostics.support import supported_by_name
from desktop.domain.device_rows import Asset
from desktop.domain.fleet import EditAsset, FleetFilter, FleetRow, count_flags, flags_of
from desktop.domain.folding import folded_words
from desktop.models import fleet_queries
from desktop.models.fetching import fetch
from desktop.models.tables import assets
from desktop.services.baselines import find
from desktop.services.recording import record_act
from desktop.services.work import Work

MAX_TEXT, MAX_NOTE = 200, 4000  # characters
_DAYS = ("purchased_on", "warranty_until")
_TEXTS = ("inventory_number", "serial", "supplier", "location", "note")
_FIRST_YEAR = 1980
_SAME_NUMBER = """
SELECT d.id, d.name, a.inventory_number FROM assets AS a JOIN devices AS d ON d.id = a.device_id
WHERE a.inventory_number <> '' AND a.device_id <> :device"""


@dataclass(frozen=True, slots=True)
class FleetList:
    """The devices that fit, and how many of all answer each question with yes."""

    rows: tuple[FleetRow, ...]
    counts: Mapping[FleetFilter, int]
    total: int


def list_fleet(work: Work, only: FleetFilter | None = None, *, query: str = "") -> FleetList:
    """Return the inventory: all devices, or those that a question is true for and that have the words of `query`."""
    with work.store.reading() as connection:
        everything = [_judged(work, one) for one in fleet_queries.list_fleet(connection)]
    words = folded_words(query)
    rows = tuple(one for one in everything if (only is None or only in one.flags) and _fits(one, words))
    return FleetList(rows, count_flags(everything), len(everything))


def show_asset(work: Work, device: str) -> FleetRow:
    """Return one device of the inventory. Raises AppError `device.unknown`."""
    with work.store.reading() as connection:
        return _read(work, connection, find(connection, device).id)


def edit_asset(work: Work, command: EditAsset) -> Done[FleetRow]:
    """Write down what an administrator knows of a device.

    Raises AppError `device.unknown`, `asset.date`, `asset.order` (warranty before purchase), `asset.too_long` and
    `asset.number_taken`.
    """
    with work.store.writing() as connection:
        device = find(connection, command.device)
        before = fleet_queries.read_fleet_row(connection, device.id).asset
        after = _edited(before, command)
        if after == before:
            return Done(_read(work, connection, device.id))
        _check_number_is_free(connection, device.id, after.inventory_number)
        _write(connection, device.id, after)
        changed = [name for name in (*_TEXTS, *_DAYS) if getattr(after, name) != getattr(before, name)]
        record_act(work, connection, "device.asset_edited", device.id, fields=changed)
        row = _read(work, connection, device.id)
    undo = Undo(Message("undo.asset_edited", {"name": device.name}), lambda later: edit_asset(later, back))
    back = _back(device.id, before)
    return Done(row, Changes.of(Subject.DEVICE, device.id), undo)


def _read(work: Work, connection: Connection, device_id: str) -> FleetRow:
    return _judged(work, fleet_queries.read_fleet_row(connection, device_id))


def _judged(work: Work, row: FleetRow) -> FleetRow:
    facts = row.inventory
    if facts is not None:
        end = supported_by_name(
            family=facts.os_family, name=facts.os_name, version=facts.os_version, build=facts.os_build
        )
        row = replace(row, support_ends=date.fromisoformat(end) if end else None)
    return replace(row, flags=flags_of(row, work.clock()))


def _fits(row: FleetRow, words: list[str]) -> bool:
    if not words:
        return True
    facts, asset = row.inventory, row.asset
    known = [
        row.device.name,
        row.device.person_name,
        asset.inventory_number,
        row.serial,
        asset.location,
        asset.supplier,
    ]
    if facts:
        known += [facts.os_name, facts.manufacturer, facts.model]
    there = [word for text in known for word in folded_words(text)]
    return all(any(one.startswith(word) for one in there) for word in words)


def _edited(before: Asset, command: EditAsset) -> Asset:
    values: dict[str, str | date | None] = {}
    for name in _TEXTS:
        text = getattr(command, name)
        if text is not None:
            limit = MAX_NOTE if name == "note" else MAX_TEXT
            if len(text.strip()) > limit:
                raise AppError("asset.too_long", parameters={"limit": limit})
            values[name] = text.strip()
    for name in _DAYS:
        text = getattr(command, name)
        if text is not None:
            values[name] = read_day(text)
    after = replace(before, **values)
    if after.purchased_on and after.warranty_until and after.warranty_until < after.purchased_on:
        raise AppError("asset.order")
    return after


def read_day(text: str) -> date | None:
    """Read a day as 2027-03-31 or 31.03.2027, None where it is empty. Raises AppError `asset.date`."""
    wanted = text.strip()
    if not wanted:
        return None
    parts = wanted.split(".")
    try:
        found = date(int(parts[2]), int(parts[1]), int(parts[0])) if len(parts) == 3 else date.fromisoformat(wanted)
    except ValueError:
        raise AppError("asset.date", parameters={"value": wanted[:40]}) from None
    if not _FIRST_YEAR <= found.year < _FIRST_YEAR + 200:
        raise AppError("asset.date", parameters={"value": wanted[:40]})
    return found


def _check_number_is_free(connection: Connection, device_id: str, number: str) -> None:
    """Two devices under one number would make the inventory worthless."""
    if not number:
        return
    for _, name, taken in fetch(connection, _SAME_NUMBER, {"device": device_id}):
        if taken.casefold() == number.casefold():
            raise AppError("asset.number_taken", parameters={"number": number[:60], "name": name})


def _write(connection: Connection, device_id: str, asset: Asset) -> None:
    values: dict[str, str] = {name: getattr(asset, name) for name in _TEXTS}
    values |= {name: day.isoformat() if (day := getattr(asset, name)) else "" for name in _DAYS}
    renewed = update(assets).where(assets.c.device_id == device_id).values(**values, version=assets.c.version + 1)
    if not connection.execute(renewed).rowcount:
        connection.execute(insert(assets).values(device_id=device_id, **values))


def _back(device_id: str, before: Asset) -> EditAsset:
    texts = {name: str(getattr(before, name)) for name in _TEXTS}
    days = {name: day.isoformat() if (day := getattr(before, name)) else "" for name in _DAYS}
    return EditAsset(device_id, **texts, **days)
