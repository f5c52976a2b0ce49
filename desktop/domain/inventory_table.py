"""The inventory as a table: which columns it has, of which type, and which texts a spreadsheet must not run."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop.domain.device_rows import Inventory
from desktop.domain.fleet import FleetRow

_NOTHING = Inventory()
GIB = 1024**3

_FORMULA = re.compile(r"[\s\u200b-\u200f\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n]")
"""How a text begins that a spreadsheet may take for a formula, also in full width and behind blanks (OWASP)."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Cell = str | float | int | bool | date | None


class CellKind(Enum):
    """How a column's values are written."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; text `inventory.column.<id>`, `width` in characters."""

    id: str
    kind: CellKind
    value: Callable[[FleetRow, Inventory], Cell]
    width: int = 16


def _gib(value: int | None) -> float | None:
    return None if value is None else round(value / GIB, 1)


_TEXT, _NUMBER, _DAY = CellKind.TEXT, CellKind.NUMBER, CellKind.DAY
_MOMENT, _FLAG = CellKind.MOMENT, CellKind.FLAG

COLUMNS: tuple[Column, ...] = (
    Column("name", _TEXT, lambda row, _: row.device.name, 20),
    Column("inventory_number", _TEXT, lambda row, _: row.asset.inventory_number),
    Column("person", _TEXT, lambda row, _: row.device.person_name, 22),
    Column("location", _TEXT, lambda row, _: row.asset.location, 20),
    Column("manufacturer", _TEXT, lambda _, facts: facts.manufacturer),
    Column("model", _TEXT, lambda _, facts: facts.model, 24),
    Column("form", _TEXT, lambda _, facts: facts.form),
    Column("serial", _TEXT, lambda row, _: row.serial, 18),
    Column("os", _TEXT, lambda _, facts: f"{facts.os_name} {facts.os_version}".strip(), 28),
    Column("build", _TEXT, lambda _, facts: facts.os_build),
    Column("support_ends", _DAY, lambda row, _: row.support_ends, 14),
    Column("cpu", _TEXT, lambda _, facts: facts.cpu, 30),
    Column("cores", _NUMBER, lambda _, facts: facts.cores, 8),
    Column("memory_gb", _NUMBER, lambda _, facts: _gib(facts.memory_bytes), 12),
    Column("disk_gb", _NUMBER, lambda _, facts: _gib(facts.disk_total_bytes), 12),
    Column("disk_free_gb", _NUMBER, lambda _, facts: _gib(facts.disk_free_bytes), 12),
    Column("encrypted", _FLAG, lambda _, facts: facts.is_encrypted, 12),
    Column("antivirus", _TEXT, lambda _, facts: facts.antivirus, 22),
    Column("antivirus_on", _FLAG, lambda _, facts: facts.is_antivirus_on, 12),
    Column("restart_pending", _FLAG, lambda _, facts: facts.is_restart_pending, 12),
    Column("restarted_at", _MOMENT, lambda _, facts: facts.restarted_at, 18),
    Column("seen_at", _MOMENT, lambda row, _: row.seen_at, 18),
    Column("purchased_on", _DAY, lambda row, _: row.asset.purchased_on, 14),
    Column("warranty_until", _DAY, lambda row, _: row.asset.warranty_until, 14),
    Column("supplier", _TEXT, lambda row, _: row.asset.supplier, 20),
    Column("hints", _NUMBER, lambda row, _: row.device.hints, 8),
    Column("note", _TEXT, lambda row, _: row.asset.note, 30),
)


def cells(row: FleetRow) -> list[Cell]:
    """Return a device's values in the order of the columns; None where nobody knows."""
    facts = row.inventory or _NOTHING
    return [column.value(row, facts) for column in COLUMNS]


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may run a text instead of showing it."""
    return _FORMULA.match(text) is not None


def plain(text: str) -> str:
    """Return a text on one line, without what no file of text may hold."""
    return _CONTROLS.sub(" ", text)
