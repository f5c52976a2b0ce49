"""What is known of a device over time: its asset, what its newest snapshot says, and its series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Asset:
    """What an administrator writes about a device; a day is None where nobody knows it."""

    inventory_number: str = ""
    serial: str = ""
    purchased_on: date | None = None
    warranty_until: date | None = None
    supplier: str = ""
    location: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the newest snapshot says for lists; None and empty texts where it does not say.

    `withheld` counts the probes that the person at the device did not agree to.
    """

    os_family: str = ""
    os_name: str = ""
    os_version: str = ""
    os_build: str = ""
    architecture: str = ""
    manufacturer: str = ""
    model: str = ""
    form: str = ""
    serial: str = ""
    bios_date: str = ""
    cpu: str = ""
    cores: int | None = None
    memory_bytes: int | None = None
    disk_total_bytes: int | None = None
    disk_free_bytes: int | None = None
    is_encrypted: bool | None = None
    antivirus: str = ""
    is_antivirus_on: bool | None = None
    is_restart_pending: bool | None = None
    restarted_at: datetime | None = None
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a series at a moment."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """A number of a device over time, oldest first; its id ends in the unit ("disk.free_bytes").

    Between `low` and `high` lie the middle eight of ten values, `median` in the middle. `unusual_since` is the moment
    from which on all values lie outside; None where the newest one is usual or there are too few to tell.
    """

    id: str
    points: tuple[Point, ...]
    low: float
    median: float
    high: float
    unusual_since: datetime | None = None
