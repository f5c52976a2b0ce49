"""Devices over time: what an administrator writes about a PC, what lists show of it, a pinned baseline and series."""

from __future__ import annotations

import json
import re
import zlib
from datetime import UTC, datetime
from typing import Any, TypeGuard, cast

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ANSWERED = ("ok", "partial")
LARGEST = 2**62
COUNT_HINTS = """UPDATE snapshots SET hints = (SELECT count(*) FROM findings
WHERE findings.snapshot_id = snapshots.id AND findings.state = 'present' AND findings.severity <> 'info')"""


def upgrade() -> None:
    add_columns()
    create_tables()
    fill_from_snapshots()


def add_columns() -> None:
    op.add_column("devices", sa.Column("pinned_snapshot_id", sa.Text(), nullable=True))
    op.add_column("snapshots", sa.Column("hints", sa.Integer(), server_default="0", nullable=False))


def create_tables() -> None:
    op.create_table(
        "assets",
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("inventory_number", sa.Text(), server_default="", nullable=False),
        sa.Column("serial", sa.Text(), server_default="", nullable=False),
        sa.Column("purchased_on", sa.Text(), server_default="", nullable=False),
        sa.Column("warranty_until", sa.Text(), server_default="", nullable=False),
        sa.Column("supplier", sa.Text(), server_default="", nullable=False),
        sa.Column("location", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_assets_device_id")),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_assets")),
    )
    op.create_table(
        "inventory",
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("os_family", sa.Text(), server_default="", nullable=False),
        sa.Column("os_name", sa.Text(), server_default="", nullable=False),
        sa.Column("os_version", sa.Text(), server_default="", nullable=False),
        sa.Column("os_build", sa.Text(), server_default="", nullable=False),
        sa.Column("architecture", sa.Text(), server_default="", nullable=False),
        sa.Column("manufacturer", sa.Text(), server_default="", nullable=False),
        sa.Column("model", sa.Text(), server_default="", nullable=False),
        sa.Column("form", sa.Text(), server_default="", nullable=False),
        sa.Column("serial", sa.Text(), server_default="", nullable=False),
        sa.Column("bios_date", sa.Text(), server_default="", nullable=False),
        sa.Column("cpu", sa.Text(), server_default="", nullable=False),
        sa.Column("cores", sa.Integer(), nullable=True),
        sa.Column("memory_bytes", sa.BigInteger(), nullable=True),
        sa.Column("disk_total_bytes", sa.BigInteger(), nullable=True),
        sa.Column("disk_free_bytes", sa.BigInteger(), nullable=True),
        sa.Column("is_encrypted", sa.Integer(), nullable=True),
        sa.Column("antivirus", sa.Text(), server_default="", nullable=False),
        sa.Column("is_antivirus_on", sa.Integer(), nullable=True),
        sa.Column("is_restart_pending", sa.Integer(), nullable=True),
        sa.Column("restarted_at", sa.Text(), nullable=True),
        sa.Column("withheld", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_inventory_device_id")),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_inventory")),
    )
    op.create_table(
        "series_points",
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_series_points_device_id")),
        sa.PrimaryKeyConstraint("device_id", "series", "at", name=op.f("pk_series_points")),
    )


def fill_from_snapshots() -> None:
    """Write down what the stored snapshots say, as later ones will when they come in."""
    connection = op.get_bind()
    connection.execute(sa.text(COUNT_HINTS))
    newest: dict[Any, Any] = dict(connection.execute(sa.text("SELECT id, snapshot_id FROM devices")).all())
    ids = connection.execute(sa.text("SELECT id FROM snapshots ORDER BY taken_at")).scalars().all()
    for snapshot_id in ids:
        row = connection.execute(
            sa.text("SELECT device_id, taken_at, document FROM snapshots WHERE id = :id"), {"id": snapshot_id}
        ).one()
        facts = facts_of(row.document)
        if facts is None:
            continue
        fill_series(connection, row.device_id, row.taken_at, facts)
        if newest.get(row.device_id) == snapshot_id:
            fill_inventory(connection, row.device_id, facts)


def facts_of(packed: bytes) -> dict[str, Any] | None:
    """Return the facts by probe with how many were withheld, or None where the document cannot be read."""
    try:
        probes: dict[str, Any] = json.loads(zlib.decompress(packed))["probes"]
        facts: dict[str, Any] = {name: dict(one["facts"]) for name, one in probes.items() if one["status"] in ANSWERED}
        facts["withheld"] = sum(one["status"] == "withheld" for one in probes.values())
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        return None
    return facts


def system_volume(facts: dict[str, Any]) -> dict[str, Any]:
    volumes: object = facts.get("disks", {}).get("volumes")
    rows = cast("list[object]", volumes) if isinstance(volumes, list) else []
    known = [cast("dict[str, Any]", one) for one in rows if isinstance(one, dict)]
    found = [one for one in known if one.get("is_system")]
    return found[0] if found else {}


def fill_inventory(connection: sa.Connection, device_id: str, facts: dict[str, Any]) -> None:
    system, hardware, memory = (facts.get(name, {}) for name in ("os", "hardware", "memory"))
    load, volume = facts.get("cpu_load", {}), system_volume(facts)
    restarted = facts.get("uptime", {}).get("restarted_at")
    values = {
        "device_id": device_id,
        "os_family": words(system.get("family")),
        "os_name": words(system.get("name")),
        "os_version": words(system.get("version")),
        "os_build": words(system.get("build")),
        "architecture": words(system.get("architecture")),
        "manufacturer": words(hardware.get("manufacturer")),
        "model": words(hardware.get("model")),
        "form": words(hardware.get("form")),
        "serial": words(hardware.get("serial")),
        "bios_date": day(hardware.get("bios_date")),
        "cpu": words(load.get("model")),
        "cores": whole(load.get("cores")),
        "memory_bytes": whole(memory.get("total_bytes")),
        "disk_total_bytes": whole(volume.get("total_bytes")),
        "disk_free_bytes": whole(volume.get("free_bytes")),
        "is_encrypted": flag(facts.get("encryption", {}).get("is_system_encrypted")),
        "antivirus": words(facts.get("security", {}).get("antivirus")),
        "is_antivirus_on": flag(facts.get("security", {}).get("is_antivirus_on")),
        "is_restart_pending": flag(facts.get("pending_reboot", {}).get("is_pending")),
        "restarted_at": moment(restarted),
        "withheld": facts["withheld"],
    }
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(sa.text(f"INSERT INTO inventory ({names}) VALUES ({marks})"), values)


def fill_series(connection: sa.Connection, device_id: str, taken_at: str, facts: dict[str, Any]) -> None:
    memory, volume, reach = facts.get("memory", {}), system_volume(facts), facts.get("net_reach", {})
    total, available = memory.get("total_bytes"), memory.get("available_bytes")
    used = 100 * (total - available) / total if number(total) and number(available) and total else None
    reachable = reach.get("is_internet_reachable")
    values = {
        "disk.free_bytes": volume.get("free_bytes"),
        "memory.used_percent": used,
        "uptime.days": days(facts.get("uptime", {}).get("uptime_s")),
        "net.reachable": float(reachable) if isinstance(reachable, bool) else None,
    }
    for series, value in values.items():
        if number(value):
            connection.execute(
                sa.text(
                    "INSERT INTO series_points (device_id, series, at, value) VALUES (:device, :series, :at, :value) "
                    "ON CONFLICT DO NOTHING"
                ),
                {"device": device_id, "series": series, "at": taken_at, "value": float(value)},
            )


def words(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""


def whole(value: object) -> int | None:
    return int(value) if number(value) else None


def number(value: object) -> TypeGuard[float]:
    """Tell whether this is a number that fits into a column; a stored document may hold any other."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -LARGEST < value < LARGEST


def flag(value: object) -> int | None:
    return int(value) if isinstance(value, bool) else None


def days(seconds: object) -> float | None:
    return seconds / 86400 if number(seconds) else None


def day(value: object) -> str:
    """Return a BIOS date, written as month/day/year or as ISO 8601, as ISO 8601."""
    text = value if isinstance(value, str) else ""
    found = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text)
    if found:
        return f"{found[3]}-{found[1]}-{found[2]}"
    return text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else ""


def moment(seconds: object) -> str | None:
    if not number(seconds) or not 0 < seconds < 2**33:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def downgrade() -> None:
    raise NotImplementedError("a copy is made before every upgrade; go back to that")
