"""What is known of a device besides its snapshots: what an administrator wrote, what lists show, how it went on."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, Table, Text

from desktop.models.tables.common import metadata, moment, number, version, words

assets = Table(
    "assets",
    metadata,
    Column("device_id", Text, ForeignKey("devices.id"), primary_key=True),
    words("inventory_number"),
    words("serial"),
    words("purchased_on"),  # days as ISO 8601, empty where nobody knows
    words("warranty_until"),
    words("supplier"),
    words("location"),
    words("note"),
    version(),
)

# What lists need of the newest snapshot's document, so that they never open it; null where it does not say.
inventory = Table(
    "inventory",
    metadata,
    Column("device_id", Text, ForeignKey("devices.id"), primary_key=True),
    words("os_family"),
    words("os_name"),
    words("os_version"),
    words("os_build"),
    words("architecture"),
    words("manufacturer"),
    words("model"),
    words("form"),
    words("serial"),
    words("bios_date"),
    words("cpu"),
    Column("cores", Integer),
    Column("memory_bytes", BigInteger),
    Column("disk_total_bytes", BigInteger),
    Column("disk_free_bytes", BigInteger),
    Column("is_encrypted", Integer),
    words("antivirus"),
    Column("is_antivirus_on", Integer),
    Column("is_restart_pending", Integer),
    moment("restarted_at", required=False),
    number("withheld"),
)

series_points = Table(
    "series_points",
    metadata,
    Column("device_id", Text, ForeignKey("devices.id"), primary_key=True),
    Column("series", Text, primary_key=True),
    Column("at", Text, primary_key=True),
    Column("value", Float, nullable=False),
)
