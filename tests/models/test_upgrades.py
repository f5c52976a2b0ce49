"""A stored database of every earlier version comes up to this one with everything in it.

`samples/version-1.db.xz` was made by the program of that version: the demo company with six tickets, and twelve more
snapshots of one PC in steps of 30 days, the second with a drive that is nearly full.
"""

from __future__ import annotations

import json
import lzma
import sqlite3
import zlib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from desktop.models.audit_chain import verify
from desktop.models.device_queries import list_devices, read_snapshot
from desktop.models.fetching import fetch
from desktop.models.opening import copy_path, open_database
from desktop.models.tables import metadata
from desktop.models.version import SCHEMA_VERSION, read_version

SAMPLES = Path(__file__).parent / "samples"
KEPT = ("tickets", "events", "messages", "people", "devices", "device_keys", "snapshots", "findings", "audit",
        "audit_details", "wizard_runs", "wizard_steps", "partners", "company", "counters")  # fmt: skip


@pytest.fixture
def old(path: Path) -> Path:
    path.write_bytes(lzma.decompress((SAMPLES / "version-1.db.xz").read_bytes()))
    return path


def _content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of the tables by the columns that version 1 had."""
    sample = sqlite3.connect(":memory:")
    sample.deserialize(lzma.decompress((SAMPLES / "version-1.db.xz").read_bytes()))
    columns = {table: [row[1] for row in sample.execute(f"PRAGMA table_info({table})")] for table in KEPT}
    sample.close()
    with sqlite3.connect(path) as connection:
        found = {
            table: connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1, 2").fetchall()
            for table, names in columns.items()
        }
    connection.close()
    return found


def test_nothing_is_lost_from_version_1(old: Path) -> None:
    before = _content(old)
    assert len(before["tickets"]) == 6
    open_database(old).close()
    assert read_version(old) == SCHEMA_VERSION
    assert _content(old) == before
    assert read_version(copy_path(old, 1)) == 1


def test_an_upgraded_schema_is_the_new_one(old: Path) -> None:
    store = open_database(old)
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        assert compare_metadata(context, metadata) == []
        assert verify(connection).broken_at == 0
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    store.close()


def _ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    return not (kind == "table" and (name or "").startswith(("search_tickets", "search_parts", "alembic_")))


def test_lists_and_series_know_the_stored_snapshots(old: Path) -> None:
    store = open_database(old)
    with store.reading() as connection:
        rows = fetch(
            connection,
            "SELECT d.name, i.os_name, i.os_version, i.memory_bytes, i.disk_free_bytes, "
            "i.is_restart_pending, d.snapshot_id FROM inventory AS i JOIN devices AS d ON d.id = i.device_id",
        )
        assert len(rows) == len(list_devices(connection))
        for _, name, version, memory, free, pending, snapshot_id in rows:
            document = read_snapshot(connection, snapshot_id)
            assert document is not None
            facts = {probe: one.facts for probe, one in document.probes.items()}
            assert (name, version) == (facts["os"]["name"], facts["os"]["version"])
            assert memory == facts["memory"]["total_bytes"]
            assert free == facts["disks"]["volumes"][0]["free_bytes"]
            assert bool(pending) == facts["pending_reboot"]["is_pending"]
        sabine = next(one for one in list_devices(connection) if one.name == "AHB-PC-014")
        series = fetch(
            connection,
            "SELECT series, count(*), min(value) FROM series_points WHERE device_id = :device "
            "GROUP BY series ORDER BY series",
            {"device": sabine.id},
        )
        assert [one[:2] for one in series] == [
            ("disk.free_bytes", 14),
            ("memory.used_percent", 14),
            ("uptime.days", 14),
        ]
        for snapshot_id, hints in fetch(connection, "SELECT id, hints FROM snapshots"):
            document = read_snapshot(connection, snapshot_id)
            assert document is not None
            assert hints == sum(one.severity.value != "info" for one in document.present)
    store.close()


ODD = (
    10**400,
    -(10**400),
    float("inf"),
    float("nan"),
    5,
    "x",
    True,
    None,
    {"a": 1},
    [[1]],
    [{"is_system": 1, "free_bytes": 10**400}],
)


@pytest.mark.parametrize("odd", ODD, ids=lambda one: repr(one)[:20])
def test_odd_snapshots_do_not_stop_the_upgrade(old: Path, odd: object) -> None:
    """What a PC sent once, however odd, must not keep the Desk from opening its database."""
    names = {
        "disks": ("volumes",), "memory": ("total_bytes", "available_bytes"), "uptime": ("uptime_s", "restarted_at"),
        "hardware": ("bios_date", "model"), "cpu_load": ("cores",), "net_reach": ("is_internet_reachable",),
    }  # fmt: skip
    probes = {probe: {"status": "ok", "facts": dict.fromkeys(fields, odd)} for probe, fields in names.items()}
    packed = zlib.compress(json.dumps({"probes": probes}).encode())
    with sqlite3.connect(old) as connection:
        connection.execute("UPDATE snapshots SET document = ?", (packed,))
    connection.close()
    open_database(old).close()
    assert read_version(old) == SCHEMA_VERSION
