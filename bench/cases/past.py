"""A device's past: comparing two large diagnoses, and everything that the device page reads with 500 stored ones."""

from __future__ import annotations

import json
import sqlite3
import zlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bench.cases.store import both
from bench.measure import Limit, Result, in_turn, timed
from bench.store import Setting

if TYPE_CHECKING:
    from desktop.domain.snapshot import Snapshot

PROGRAMS, STORED = 2000, 500
USUAL_PROGRAMS = 200
NEWEST = datetime(2026, 6, 1, 12, tzinfo=UTC)
_ADD = """INSERT INTO snapshots (id, device_id, taken_at, received_at, level, size, document, hints)
VALUES (?, ?, ?, ?, 'full', 0, ?, ?)"""
_ADD_POINT = "INSERT INTO series_points (device_id, series, at, value) VALUES (?, 'disk.free_bytes', ?, ?)"


def compare(setting: Setting) -> Result:
    """Two diagnoses with 2,000 programs each, beside reading the two documents as JSON."""
    from desktop.diagnostics.comparison import compare as compared

    before, after = _diagnosis(0, PROGRAMS), _diagnosis(1, PROGRAMS)
    documents = [json.dumps(one.to_document()) for one in (before, after)]
    ours, floor = in_turn(
        lambda: timed(lambda: compared(before, after), repeat=5),
        lambda: timed(lambda: [json.loads(one) for one in documents], repeat=5),
        rounds=setting.rounds(30),
    )
    return Result("compare", setting.size, ours, floor, (Limit("ms CPU", 50, lambda result: result.ours.cpu),))


def device(setting: Setting) -> Result:
    """The device page with 500 diagnoses stored, beside opening its two newest documents by raw sqlite3."""
    from desktop.services.comparing import Compare, compare_device
    from desktop.services.devices import show_device
    from desktop.services.fleet import show_asset
    from desktop.services.series import list_series

    with both(setting) as one:
        chosen = str(one.raw.execute("SELECT id FROM devices ORDER BY name LIMIT 1").fetchone()[0])
        _fill(one.raw, chosen)

        def read() -> None:
            show_device(one.work, chosen)
            show_asset(one.work, chosen)
            list_series(one.work, chosen)
            compare_device(one.work, Compare(chosen, asks_fleet=False))

        ours, floor = in_turn(
            lambda: timed(read, repeat=3),
            lambda: timed(lambda: _newest(one.raw, chosen), repeat=3),
            rounds=setting.rounds(20),
        )
    return Result("device", setting.size, ours, floor, (Limit("ms CPU", 100, lambda result: result.ours.cpu),))


def _diagnosis(number: int, programs: int) -> Snapshot:
    """Return a diagnosis of the company's usual PC with so many programs, of which a few were updated."""
    from dataclasses import replace

    from desktop.diagnostics.rules import load_rules
    from desktop.domain.snapshot import ProbeResult, ProbeStatus
    from desktop.services.demo_machines import make_snapshot

    rows: list[dict[str, Any]] = [
        {
            "name": f"Programm {place:04d}",
            "version": f"{place}.{number if place % 50 == 0 else 0}",
            "publisher": "Möbelwerk Ahornblick",
            "source": "registry",
            "installed_on": "2026-01-01",
        }
        for place in range(programs)
    ]
    made = make_snapshot("AHB-PC-014", NEWEST - timedelta(hours=STORED - number), load_rules())
    software = ProbeResult(ProbeStatus.OK, {"programs": rows, "total": programs})
    return replace(made, probes={**made.probes, "software": software})


def _fill(raw: sqlite3.Connection, device_id: str) -> None:
    """Store 500 diagnoses past the rule that would keep only some of them; every fifth is healthy, not the last ten."""
    from desktop.base.clock import to_text

    document = json.dumps(_diagnosis(0, USUAL_PROGRAMS).to_document())
    taken = json.dumps(json.loads(document)["taken_at"])
    raw.execute("BEGIN IMMEDIATE")
    for number in range(STORED):
        at = to_text(NEWEST - timedelta(hours=STORED - number))
        packed = zlib.compress(document.replace(taken, json.dumps(at)).encode(), 6)
        hints = int(number % 5 > 0 or number > STORED - 10)
        raw.execute(_ADD, (f"past-{number:04d}", device_id, at, at, packed, hints))
        raw.execute(_ADD_POINT, (device_id, at, 1e11 - number * 1e7))
    raw.execute("UPDATE devices SET snapshot_id = 'past-0499' WHERE id = ?", (device_id,))
    raw.execute("COMMIT")


def _newest(raw: sqlite3.Connection, device_id: str) -> list[Any]:
    statement = "SELECT document FROM snapshots WHERE device_id = ? ORDER BY taken_at DESC LIMIT 2"
    return [json.loads(zlib.decompress(one[0])) for one in raw.execute(statement, (device_id,))]
