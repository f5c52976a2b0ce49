"""The inventory: what is asked about devices, and what administrators write down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from desktop.base.errors import AppError
from desktop.diagnostics.rules import load_rules
from desktop.domain.fleet import EditAsset, FleetFilter
from desktop.domain.snapshot import ProbeResult, ProbeStatus
from desktop.models.fetching import fetch
from desktop.services import audit
from desktop.services.demo_machines import make_snapshot
from desktop.services.devices import add_snapshot, list_devices
from desktop.services.fleet import edit_asset, list_fleet, read_day, show_asset
from desktop.services.intake import import_mailbox

if TYPE_CHECKING:
    from tests.services.conftest import Desk

RULES = load_rules()
Make = Callable[..., str]


@pytest.fixture
def make(desk: Desk) -> Make:
    """Return what enrols a PC and stores a snapshot of it with the given facts; it answers with the device's name."""

    def enrol(name: str, *, ago: float = 1, withheld: str = "", **facts: dict[str, Any]) -> str:
        desk.pc(name).enrol()
        import_mailbox(desk.work, desk.open.post)
        snapshot = make_snapshot(name, desk.clock.now - timedelta(days=ago), RULES)
        probes = dict(snapshot.probes)
        for probe, values in facts.items():
            probes[probe] = ProbeResult(ProbeStatus.OK, {**(probes[probe].facts if probe in probes else {}), **values})
        if withheld:
            probes[withheld] = ProbeResult(ProbeStatus.WITHHELD)
        device = next(one.id for one in list_devices(desk.work) if one.name == name)
        add_snapshot(desk.work, device, replace(snapshot, probes=probes))
        return name

    return enrol


def flags(desk: Desk, name: str) -> set[FleetFilter]:
    return set(show_asset(desk.work, name).flags)


HEALTHY: dict[str, dict[str, Any]] = {"os": {"build": "26200.1"}}


def test_a_healthy_device_answers_no_question(desk: Desk, make: Make) -> None:
    assert flags(desk, make("PC-1", **HEALTHY)) == set()


@pytest.mark.parametrize(
    ("probe", "values", "wanted"),
    [
        ("os", {"build": "19045.3803"}, FleetFilter.OS_UNSUPPORTED),
        ("encryption", {"is_system_encrypted": False}, FleetFilter.UNENCRYPTED),
        ("security", {"is_antivirus_on": False}, FleetFilter.ANTIVIRUS_OFF),
        ("pending_reboot", {"is_pending": True}, FleetFilter.RESTART_PENDING),
        ("hardware", {"bios_date": "11/22/2021"}, FleetFilter.OLD),
        (
            "disks",
            {"volumes": [{"is_system": True, "total_bytes": 10**12, "free_bytes": 10**9}]},
            FleetFilter.DISK_FULL,
        ),
    ],
)
def test_each_question_is_answered_by_the_newest_snapshot(
    desk: Desk, make: Make, probe: str, values: dict[str, Any], wanted: FleetFilter
) -> None:
    name = make("PC-1", **{**HEALTHY, probe: values})
    assert flags(desk, name) == {wanted}
    found = list_fleet(desk.work, wanted)
    assert [one.device.name for one in found.rows] == [name]
    assert (found.counts[wanted], found.total) == (1, 1)
    assert sum(found.counts.values()) == 1


def test_what_was_withheld_is_counted_and_nothing_is_made_of_it(desk: Desk, make: Make) -> None:
    assert flags(desk, make("PC-1", withheld="security", **HEALTHY)) == {FleetFilter.WITHHELD}


def test_a_device_that_nobody_heard_of_for_a_month(desk: Desk, make: Make) -> None:
    name = make("PC-1", **HEALTHY)
    desk.clock.forward(days=29)
    assert FleetFilter.NOT_SEEN not in flags(desk, name)
    desk.clock.forward(days=2)
    assert FleetFilter.NOT_SEEN in flags(desk, name)


def test_a_device_that_waits_says_nothing_else(desk: Desk) -> None:
    desk.pc("PC-9").enrol(token=b"\0" * 16)
    import_mailbox(desk.work, desk.open.post)
    assert flags(desk, "PC-9") == {FleetFilter.WAITING}


def test_the_inventory_is_searched_by_anything_known(desk: Desk, make: Make) -> None:
    make("PC-1", hardware={"manufacturer": "Dell", "model": "Latitude 5550"})
    make("PC-2", hardware={"manufacturer": "Lenovo", "model": "ThinkPad"})
    edit_asset(desk.work, EditAsset("PC-2", location="Büro Süd", inventory_number="INV-0042"))

    def named(query: str) -> list[str]:
        return [one.device.name for one in list_fleet(desk.work, query=query).rows]

    assert named("latitude") == ["PC-1"]
    assert named("sued buero") == ["PC-2"]
    assert named("inv-0042") == ["PC-2"]
    assert named("pc") == ["PC-1", "PC-2"]


def test_assets_are_written_audited_and_taken_back(desk: Desk, make: Make) -> None:
    name = make("PC-1", **HEALTHY)
    first = edit_asset(
        desk.work, EditAsset(name, inventory_number="7", purchased_on="15.01.2025", supplier=" Bechtle ")
    )
    assert first.result.asset.purchased_on == date(2025, 1, 15)
    assert first.result.asset.supplier == "Bechtle"
    second = edit_asset(desk.work, EditAsset(name, warranty_until="2027-01-14"))
    assert flags(desk, name) == {FleetFilter.WARRANTY_ENDS}
    assert second.undo is not None
    second.undo.run(desk.work)
    assert show_asset(desk.work, name).asset == first.result.asset
    assert not edit_asset(desk.work, EditAsset(name, inventory_number="7")).changes.items
    with desk.work.store.reading() as connection:
        assert fetch(connection, "SELECT count(*) FROM audit WHERE action = 'device.asset_edited'") == [(3,)]
    assert audit.verify(desk.work).broken_at == 0


def test_an_old_machine_goes_by_its_purchase_first(desk: Desk, make: Make) -> None:
    name = make("PC-1", **HEALTHY, hardware={"bios_date": "2019-01-01"})
    assert FleetFilter.OLD in flags(desk, name)
    edit_asset(desk.work, EditAsset(name, purchased_on="2024-05-02"))
    assert FleetFilter.OLD not in flags(desk, name)


@pytest.mark.parametrize("text", ["31.02.2027", "2027-13-01", "morgen", "1.2", "01.01.1899", "1.1.99999"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(AppError, match=r"asset\.date"):
        read_day(text)


def test_what_cannot_be_is_refused_and_changes_nothing(desk: Desk, make: Make) -> None:
    name, other = make("PC-1", **HEALTHY), make("PC-2", **HEALTHY)
    edit_asset(desk.work, EditAsset(other, inventory_number="A-1"))
    refused = {
        "asset.order": EditAsset(name, purchased_on="2027-02-01", warranty_until="2026-02-01"),
        "asset.number_taken": EditAsset(name, inventory_number="a-1"),
        "asset.too_long": EditAsset(name, location="x" * 201),
        "device.unknown": EditAsset("PC-77", location="x"),
    }
    for code, command in refused.items():
        with pytest.raises(AppError) as caught:
            edit_asset(desk.work, command)
        assert caught.value.code == code
    assert show_asset(desk.work, name).asset == show_asset(desk.work, name).asset.__class__()
