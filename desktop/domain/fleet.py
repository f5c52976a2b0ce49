"""The company's devices as an inventory: what can be asked about them, and what an administrator writes down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from desktop.domain.device_rows import Asset, Inventory
from desktop.domain.rows import DeviceRow

NOT_SEEN_AFTER = timedelta(days=30)
WARRANTY_SOON = timedelta(days=90)
OLD_AFTER_YEARS = 5
FULL_SHARE, FULL_BYTES = 0.10, 20 * 1024**3
"""As the finding `disk.low`: less than a tenth and less than 20 GiB free."""


class FleetFilter(Enum):
    """Questions about devices; texts `fleet.filter.<value>`."""

    WAITING = "waiting"
    NOT_SEEN = "not_seen"
    OS_UNSUPPORTED = "os_unsupported"
    DISK_FULL = "disk_full"
    UNENCRYPTED = "unencrypted"
    ANTIVIRUS_OFF = "antivirus_off"
    RESTART_PENDING = "restart_pending"
    WARRANTY_ENDS = "warranty_ends"
    OLD = "old"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class FleetRow:
    """A device in the inventory; `inventory` is None before its first snapshot, `serial` the better known one.

    `seen_at` is when anything last came from it; `support_ends` the last day with security updates where it is known.
    """

    device: DeviceRow
    asset: Asset
    inventory: Inventory | None
    seen_at: datetime | None
    support_ends: date | None = None
    is_pinned: bool = False
    flags: frozenset[FleetFilter] = frozenset()

    @property
    def serial(self) -> str:
        """Return what an administrator wrote, else what the machine says."""
        return self.asset.serial or (self.inventory.serial if self.inventory else "")


@dataclass(frozen=True, slots=True)
class EditAsset:
    """What is to be written about a device; None leaves a field as it is, an empty text empties it.

    Days are written as 2027-03-31 or 31.03.2027.
    """

    device: str
    inventory_number: str | None = None
    serial: str | None = None
    purchased_on: str | None = None
    warranty_until: str | None = None
    supplier: str | None = None
    location: str | None = None
    note: str | None = None


def flags_of(row: FleetRow, now: datetime) -> frozenset[FleetFilter]:
    """Return which of the questions a device answers with yes; what is not known is no yes."""
    if row.device.status == "waiting":
        return frozenset({FleetFilter.WAITING})
    if row.device.status == "revoked":
        return frozenset()
    checks: Mapping[FleetFilter, bool] = {
        FleetFilter.NOT_SEEN: is_long_unseen(row.seen_at, now),
        FleetFilter.OS_UNSUPPORTED: row.support_ends is not None and row.support_ends < now.date(),
        FleetFilter.WARRANTY_ENDS: _ends_soon(row.asset.warranty_until, now.date()),
        FleetFilter.OLD: _is_old(row, now.date()),
        **_facts(row.inventory),
    }
    return frozenset(one for one, holds in checks.items() if holds)


def is_long_unseen(seen_at: datetime | None, now: datetime) -> bool:
    """Tell whether nothing has come from a device for so long that what is known of it is old."""
    return seen_at is None or now - seen_at > NOT_SEEN_AFTER


def _facts(inventory: Inventory | None) -> Mapping[FleetFilter, bool]:
    if inventory is None:
        return {}
    return {
        FleetFilter.DISK_FULL: is_nearly_full(inventory),
        FleetFilter.UNENCRYPTED: inventory.is_encrypted is False,
        FleetFilter.ANTIVIRUS_OFF: inventory.is_antivirus_on is False,
        FleetFilter.RESTART_PENDING: inventory.is_restart_pending is True,
        FleetFilter.WITHHELD: inventory.withheld > 0,
    }


def is_nearly_full(inventory: Inventory) -> bool:
    """Tell whether the system drive is short of room."""
    total, free = inventory.disk_total_bytes, inventory.disk_free_bytes
    return total is not None and free is not None and 0 <= free < min(FULL_SHARE * total, FULL_BYTES)


def _ends_soon(until: date | None, today: date) -> bool:
    return until is not None and today <= until <= today + WARRANTY_SOON


def _is_old(row: FleetRow, today: date) -> bool:
    """Go by the day of purchase, else by the BIOS: the machine is at least as old as that."""
    begun = row.asset.purchased_on or _day(row.inventory.bios_date if row.inventory else "")
    return begun is not None and (today.year - OLD_AFTER_YEARS, today.month, today.day) > (
        begun.year,
        begun.month,
        begun.day,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def count_flags(rows: Iterable[FleetRow]) -> dict[FleetFilter, int]:
    """Return how many devices answer each question with yes."""
    found = dict.fromkeys(FleetFilter, 0)
    for row in rows:
        for one in row.flags:
            found[one] += 1
    return found
