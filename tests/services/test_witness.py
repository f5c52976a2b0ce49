"""The other devices as witnesses: what those with a fault share, and how common a change is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from desktop.base.clock import to_text
from desktop.diagnostics.findings import judged
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import ProbeResult, ProbeStatus
from desktop.domain.witness import Share
from desktop.models import device_queries
from desktop.models.fetching import fetch
from desktop.services.comparing import Compare, compare_device
from desktop.services.demo_machines import make_snapshot
from desktop.services.devices import add_snapshot
from desktop.services.witness import witness_change, witness_finding

if TYPE_CHECKING:
    from tests.services.conftest import Desk

RULES = load_rules()


def machine(desk: Desk, number: int, *, driver: str, is_offline: bool, ago: float = 1, build: str = "1") -> str:
    """Store a snapshot of the PC with this number, which is made where there is none yet; returns its id."""
    device = f"device-{number:02d}"
    with desk.work.store.writing() as connection:
        values = {"id": device, "name": f"PC-{number:02d}", "at": to_text(desk.clock())}
        fetch(connection, "INSERT OR IGNORE INTO devices (id, name, status, created_at) "
                          "VALUES (:id, :name, 'approved', :at)", values)  # fmt: skip
    printer: dict[str, Any] = {"name": "Zebra", "driver": driver, "is_offline": is_offline, "is_paused": False}
    snapshot = make_snapshot("PC", desk.clock.now - timedelta(days=ago), RULES)
    probes = {**snapshot.probes, "printers": ProbeResult(ProbeStatus.OK, {"printers": [printer]})}
    probes["os"] = ProbeResult(ProbeStatus.OK, {**snapshot.probes["os"].facts, "build": build})
    add_snapshot(desk.work, device, judged(replace(snapshot, probes=probes), RULES))
    return device


@pytest.fixture
def fleet(desk: Desk) -> Desk:
    """Return a company in which three of twelve PCs have a new driver and no printer."""
    for number in range(12):
        has_fault = number < 3
        machine(desk, number, driver="Zebra 5.2" if has_fault else "Zebra 4.0", is_offline=has_fault)
    return desk


def test_devices_with_a_fault_share_what_the_others_do_not_have(fleet: Desk) -> None:
    found = witness_finding(fleet.work, "printer.offline")
    assert found.devices == ("PC-00", "PC-01", "PC-02")
    assert (found.without, found.unknown) == (9, 0)
    (fact,) = found.facts
    assert (fact.path.field, fact.subject, fact.value) == ("driver", "Zebra", "Zebra 5.2")
    assert (fact.having, fact.lacking, fact.score) == (Share(3, 3), Share(0, 9), 1.0)


def test_a_device_that_does_not_know_is_no_witness(fleet: Desk) -> None:
    device = machine(fleet, 20, driver="Zebra 5.2", is_offline=False, ago=5)
    silent = make_snapshot("PC", fleet.clock.now, RULES)
    probes = {**silent.probes, "printers": ProbeResult(ProbeStatus.WITHHELD)}
    add_snapshot(fleet.work, device, judged(replace(silent, probes=probes), RULES))
    found = witness_finding(fleet.work, "printer.offline")
    assert (len(found.devices), found.without, found.unknown) == (3, 9, 1)
    assert found.facts[0].lacking == Share(0, 9)


def test_one_device_has_nothing_in_common(fleet: Desk) -> None:
    machine(fleet, 1, driver="Zebra 4.0", is_offline=False, ago=0)
    machine(fleet, 2, driver="Zebra 4.0", is_offline=False, ago=0)
    assert witness_finding(fleet.work, "printer.offline").facts == ()
    assert witness_finding(fleet.work, "no.such.finding").devices == ()


def test_a_snapshot_is_opened_once(fleet: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    witness_finding(fleet.work, "printer.offline")
    opened: list[str] = []
    original = device_queries.read_snapshot

    def counting(connection: Any, snapshot_id: str) -> Any:
        opened.append(snapshot_id)
        return original(connection, snapshot_id)

    monkeypatch.setattr("desktop.services.fleet_index.read_snapshot", counting)
    witness_finding(fleet.work, "printer.offline")
    assert opened == []
    machine(fleet, 5, driver="Zebra 5.2", is_offline=True, ago=0)
    assert len(witness_finding(fleet.work, "printer.offline").devices) == 4
    assert len(opened) == 1


def test_a_revoked_device_is_no_witness(fleet: Desk) -> None:
    witness_finding(fleet.work, "printer.offline")
    with fleet.work.store.writing() as connection:
        fetch(connection, "UPDATE devices SET status = 'revoked' WHERE name IN ('PC-00', 'PC-11')")
    found = witness_finding(fleet.work, "printer.offline")
    assert (found.devices, found.without) == (("PC-01", "PC-02"), 8)


def test_a_change_that_most_others_have_too_is_minor(fleet: Desk) -> None:
    for number in range(3, 12):
        machine(fleet, number, driver="Zebra 4.0", is_offline=False, ago=0.5, build="2")
    device = machine(fleet, 12, driver="Zebra 4.0", is_offline=False, ago=3)
    machine(fleet, 12, driver="Zebra 5.2", is_offline=True, ago=0, build="2")
    found = compare_device(fleet.work, Compare(device)).differences
    driver = next(one for one in found.changes if one.field == "driver")
    build = next(one for one in found.minor if one.field == "build")
    assert (driver.elsewhere, driver.others) == (3, 12)
    assert (build.elsewhere, build.others) == (9, 12)
    alone = compare_device(fleet.work, Compare(device, asks_fleet=False)).differences
    assert "build" in [one.field for one in alone.changes]
    witness = witness_change(fleet.work, driver, device)
    assert (witness.devices, witness.without) == (("PC-00", "PC-01", "PC-02"), 9)
    assert (witness.findings[0].finding, witness.findings[0].having) == ("printer.offline", Share(4, 4))
    assert witness.findings[0].lacking == Share(0, 9)
