"""A device of the inventory as cells of a table: words to read, values to sort by, colours for what needs somebody."""

from __future__ import annotations

from datetime import date, datetime

from desktop.diagnostics.evidence import formatted
from desktop.domain.device_rows import Inventory
from desktop.domain.fleet import FleetFilter, FleetRow, is_nearly_full
from desktop.ui.common.fact_table import Cell, Column
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.devices.health import MARKS, health_of, state_text

_COLUMNS = (
    "device", "person", "state", "model", "system", "memory", "free", "purchased_on", "warranty_until",
    "inventory_number", "serial", "location", "seen",
)  # fmt: skip
_NUMBERS = frozenset({"memory", "free"})
_NEVER = -1.0  # sorts what is not known below everything


def columns(look: Look) -> list[Column]:
    """Return the columns of the inventory."""
    return [Column(look.text(f"fleet.column.{one}"), is_number=one in _NUMBERS) for one in _COLUMNS]


def inventory_cells(look: Look, one: FleetRow) -> tuple[Cell, ...]:
    """Return one device as a row."""
    facts, asset, device = one.inventory, one.asset, one.device
    state = state_text(look, device) or look.text("devices.row.good")
    model = " ".join(part for part in (facts.manufacturer, facts.model) if part) if facts else ""
    system = _system(facts) if facts else ""
    tone = MARKS[health_of(look, device)].tone
    return (
        Cell(one_line(device.name, 60)),
        Cell(one_line(device.person_name, 60)),
        Cell(state, device.hints, tone if tone != "t3" else ""),
        Cell(one_line(model, 60)),
        Cell(one_line(system, 60), tone="red" if FleetFilter.OS_UNSUPPORTED in one.flags else ""),
        _bytes(look, facts.memory_bytes if facts else None),
        _free(look, one),
        _day(look, asset.purchased_on, is_marked=FleetFilter.OLD in one.flags),
        _day(look, asset.warranty_until, is_marked=FleetFilter.WARRANTY_ENDS in one.flags),
        Cell(one_line(asset.inventory_number, 40)),
        Cell(one_line(one.serial, 40)),
        Cell(one_line(asset.location, 60)),
        _seen(look, one.seen_at, is_marked=FleetFilter.NOT_SEEN in one.flags),
    )


def _system(facts: Inventory) -> str:
    """Name a system with its version, which many names have in them already."""
    return facts.os_name if facts.os_version in facts.os_name else f"{facts.os_name} {facts.os_version}"


def _bytes(look: Look, value: int | None) -> Cell:
    return Cell("", _NEVER) if value is None else Cell(formatted("memory_bytes", value, look.texts), value)


def _free(look: Look, one: FleetRow) -> Cell:
    cell = _bytes(look, one.inventory.disk_free_bytes if one.inventory else None)
    is_full = one.inventory is not None and is_nearly_full(one.inventory)
    return cell._replace(tone="amb") if is_full else cell


def _day(look: Look, day: date | None, *, is_marked: bool) -> Cell:
    if day is None:
        return Cell("", _NEVER)
    return Cell(look.formats.day(day), day.toordinal(), "amb" if is_marked else "")


def _seen(look: Look, moment: datetime | None, *, is_marked: bool) -> Cell:
    if moment is None:
        return Cell(look.text("devices.row.never"), _NEVER, "amb")
    return Cell(look.formats.moment(moment), moment.timestamp(), "amb" if is_marked else "")
