"""A device's past: what stays, what it is compared with, what lists know of it, and its series."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.diagnostics.rules import load_rules
from desktop.domain.commands import Close, CreateTicket, Solve
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.models.fetching import fetch
from desktop.services import audit, tickets
from desktop.services.baselines import find_baseline, pin_baseline, unpin_baseline
from desktop.services.comparing import Basis, Compare, compare_device
from desktop.services.demo_machines import make_snapshot
from desktop.services.devices import add_snapshot, list_devices, list_snapshots
from desktop.services.intake import import_mailbox
from desktop.services.series import list_series
from desktop.services.snapshots import store_snapshot

if TYPE_CHECKING:
    from tests.services.conftest import Desk

RULES = load_rules()


@pytest.fixture
def device(desk: Desk) -> str:
    desk.pc().enrol()
    import_mailbox(desk.work, desk.open.post)
    return list_devices(desk.work)[0].id


def facts(snapshot: Snapshot, probe: str, **values: Any) -> Snapshot:
    """Return the snapshot with some facts of a probe changed."""
    before = snapshot.probes.get(probe)
    known = dict(before.facts) if before else {}
    return replace(snapshot, probes={**snapshot.probes, probe: ProbeResult(ProbeStatus.OK, {**known, **values})})


def taken(desk: Desk, days: float, trouble: str = "") -> Snapshot:
    """Return a diagnosis of so many days ago."""
    return make_snapshot("AHB-PC-014", desk.clock.now - timedelta(days=days), RULES, trouble=trouble)


def add(desk: Desk, device: str, snapshot: Snapshot) -> str:
    return add_snapshot(desk.work, device, snapshot).result


def count(desk: Desk, statement: str) -> int:
    with desk.work.store.reading() as connection:
        return int(fetch(connection, statement)[0][0])


def test_old_snapshots_go_with_their_findings_and_leave_their_points(desk: Desk, device: str) -> None:
    ids = [add(desk, device, taken(desk, 20 - day)) for day in range(20)]
    kept = [one.id for one in list_snapshots(desk.work, device)]
    assert set(ids[-10:]) <= set(kept)
    assert len(kept) < 14
    assert count(desk, "SELECT count(DISTINCT snapshot_id) FROM findings") == len(kept)
    assert count(desk, "SELECT count(*) FROM series_points WHERE series = 'disk.free_bytes'") == 20


def test_a_clock_that_is_ahead_hides_no_later_snapshot(desk: Desk, device: str) -> None:
    add(desk, device, taken(desk, -400))
    desk.clock.now += timedelta(hours=1)
    later = add(desk, device, taken(desk, 0))
    newest = list_snapshots(desk.work, device)[0]
    assert newest.id == later
    assert list_devices(desk.work)[0].last_snapshot_at == newest.taken_at


def test_a_clock_that_is_behind_loses_no_snapshot_at_once(desk: Desk, device: str) -> None:
    for days in range(12):
        add(desk, device, taken(desk, days))
    add(desk, device, taken(desk, 3000))
    old = add(desk, device, taken(desk, 3001))
    assert old in {one.id for one in list_snapshots(desk.work, device)}


def test_a_snapshot_stays_while_its_ticket_is_open(desk: Desk, device: str) -> None:
    ticket = tickets.create_ticket(desk.work, CreateTicket(title="Drucker")).result
    with desk.work.store.writing() as connection:
        first = store_snapshot(desk.work, connection, taken(desk, 20), device_id=device, ticket_id=ticket.id)
    for day in range(15):
        add(desk, device, taken(desk, 15 - day))
    assert first in [one.id for one in list_snapshots(desk.work, device)]
    tickets.solve(desk.work, Solve(ticket.id, "Erledigt"))
    tickets.close(desk.work, Close(ticket.id))
    add(desk, device, taken(desk, 0))
    assert first not in [one.id for one in list_snapshots(desk.work, device)]


def test_pinning_is_kept_audited_and_taken_back(desk: Desk, device: str) -> None:
    first = add(desk, device, taken(desk, 29, "disk.low"))
    second = add(desk, device, taken(desk, 28))
    newest = add(desk, device, taken(desk, 1, "disk.low"))
    assert find_baseline(desk.work, device) == second
    done = pin_baseline(desk.work, device, first)
    assert done.changes.items
    assert find_baseline(desk.work, device) == first
    for day in range(12):
        newest = add(desk, device, taken(desk, 0.5 - day / 100, "disk.low"))
    assert first in [one.id for one in list_snapshots(desk.work, device)]
    assert compare_device(desk.work, Compare(device)).basis is Basis.PINNED
    assert done.undo is not None
    done.undo.run(desk.work)
    assert find_baseline(desk.work, device) == second
    assert not unpin_baseline(desk.work, device).changes.items
    pin_baseline(desk.work, device)
    assert find_baseline(desk.work, device) == second, "the newest is compared with something else than itself"
    back = unpin_baseline(desk.work, device)
    assert back.undo is not None
    back.undo.run(desk.work)
    assert count(desk, f"SELECT pinned_snapshot_id = '{newest}' FROM devices") == 1
    assert count(desk, "SELECT count(*) FROM audit WHERE action LIKE 'device.baseline%'") == 5
    assert audit.verify(desk.work).broken_at == 0


def test_a_snapshot_of_another_device_is_no_baseline(desk: Desk, device: str) -> None:
    add(desk, device, taken(desk, 1))
    with pytest.raises(AppError, match=r"snapshot\.unknown"):
        pin_baseline(desk.work, device, "01234567")
    with pytest.raises(AppError, match=r"device\.unknown"):
        pin_baseline(desk.work, "nobody")


def test_what_changed_since_it_was_healthy(desk: Desk, device: str) -> None:
    healthy = add(desk, device, facts(taken(desk, 9), "os", build="1"))
    add(desk, device, facts(taken(desk, 6, "printer.offline"), "os", build="1"))
    add(desk, device, facts(taken(desk, 3, "printer.offline"), "os", build="2"))
    newest = add(desk, device, facts(taken(desk, 0, "printer.offline"), "os", build="2"))
    found = compare_device(desk.work, Compare(device))
    assert (found.before_id, found.after_id, found.basis) == (healthy, newest, Basis.HEALTHY)
    printer, build = found.differences.changes[0], next(one for one in found.differences.changes if one.probe == "os")
    assert printer.feeds == ("printer.offline",)
    assert build.seen_by is not None
    assert round((desk.clock.now - build.seen_by) / timedelta(days=1)) == 3


def test_without_a_healthy_one_the_one_before_is_compared(desk: Desk, device: str) -> None:
    with pytest.raises(AppError, match=r"snapshot\.none"):
        compare_device(desk.work, Compare(device))
    add(desk, device, taken(desk, 3, "disk.low"))
    with pytest.raises(AppError, match=r"snapshot\.only"):
        compare_device(desk.work, Compare(device))
    add(desk, device, taken(desk, 2, "disk.low"))
    assert compare_device(desk.work, Compare(device)).basis is Basis.PREVIOUS


def test_two_snapshots_are_compared_in_the_order_of_time(desk: Desk, device: str) -> None:
    old, new = add(desk, device, taken(desk, 3)), add(desk, device, facts(taken(desk, 2), "os", build="2"))
    for command in (Compare(device, before=old, after=new), Compare(device, before=new, after=old)):
        found = compare_device(desk.work, command)
        assert (found.before_id, found.basis) == (old, Basis.CHOSEN)
        assert [one.after for one in found.differences.changes if one.field == "build"] == ["2"]


def test_two_devices_are_compared(desk: Desk, device: str) -> None:
    desk.pc("AHB-PC-015").enrol()
    import_mailbox(desk.work, desk.open.post)
    other = next(one.id for one in list_devices(desk.work) if one.id != device)
    add(desk, device, facts(taken(desk, 2), "os", build="2"))
    add(desk, other, facts(taken(desk, 1), "os", build="1"))
    found = compare_device(desk.work, Compare(device, other="AHB-PC-015"))
    assert (found.basis, found.other and found.other.id) == (Basis.DEVICE, other)
    assert [(one.before, one.after) for one in found.differences.changes if one.field == "build"] == [("1", "2")]


def test_the_ticket_says_where_to_look_and_since_when(desk: Desk, device: str) -> None:
    add(desk, device, facts(taken(desk, 9), "os", build="1"))
    add(desk, device, facts(facts(taken(desk, 0), "os", build="2"), "net_dns", servers=["9.9.9.9"]))
    ticket = tickets.create_ticket(desk.work, CreateTicket(title="Internet", category="network")).result
    begun = "2026-11-20T07:30"
    with desk.work.store.writing() as connection:
        values = {"ticket": ticket.id, "at": to_text(desk.clock()), "answer": json.dumps(begun)}
        fetch(
            connection,
            "INSERT INTO wizard_runs (id, ticket_id, started_at, changed_at, document) "
            "VALUES ('run', :ticket, :at, :at, '{}')",
            values,
        )
        fetch(connection, "INSERT INTO wizard_steps (run_id, position, answer) VALUES ('run', 0, :answer)", values)
    found = compare_device(desk.work, Compare(device, ticket=ticket.number))
    assert found.since == datetime.fromisoformat(begun).astimezone()
    begun_in_march = datetime(2026, 3, 1, tzinfo=desk.clock.now.tzinfo)
    assert compare_device(desk.work, Compare(device, ticket=ticket.id, since=begun_in_march)).since == begun_in_march


def test_lists_know_the_newest_snapshot_without_opening_it(desk: Desk, device: str) -> None:
    snapshot = facts(taken(desk, 1), "hardware", manufacturer="Dell", model="Latitude 5550", bios_date="03/11/2024")
    add(desk, device, snapshot)
    add(desk, device, facts(taken(desk, 5), "hardware", manufacturer="HP", model="älter"))
    with desk.work.store.reading() as connection:
        (line,) = fetch(connection, "SELECT manufacturer, model, bios_date, os_name, memory_bytes FROM inventory")
    assert line == ("Dell", "Latitude 5550", "2024-03-11", "Windows 11 Pro",
                    snapshot.probes["memory"].facts["total_bytes"])  # fmt: skip


def test_each_snapshot_leaves_a_point_of_its_series(desk: Desk, device: str) -> None:
    for day in range(8):
        add(desk, device, facts(taken(desk, 8 - day), "net_reach", is_internet_reachable=day != 3,
                                internet=[{"host": "9.9.9.9", "connect_ms": 12.0 + day}]))  # fmt: skip
    found = {one.id: one for one in list_series(desk.work, device)}
    assert found.keys() == {"disk.free_bytes", "memory.used_percent", "uptime.days", "net.reachable", "net.delay_ms"}
    assert [one.value for one in found["net.reachable"].points] == [1, 1, 1, 0, 1, 1, 1, 1]
    assert [one.value for one in found["net.delay_ms"].points] == [12 + day for day in range(8)]
    assert found["disk.free_bytes"].low <= found["disk.free_bytes"].median <= found["disk.free_bytes"].high
    assert list_series(desk.work, device, limit=3)[0].points == found["disk.free_bytes"].points[-3:]
