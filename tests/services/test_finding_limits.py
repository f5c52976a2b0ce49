"""A company's own thresholds: kept, written down, undone, and applied to what came and what comes."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.base.changes import Subject
from desktop.base.errors import AppError
from desktop.diagnostics.overrides import Override, read_overrides
from desktop.diagnostics.rules import CompanyRule
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.models.tables import audit, audit_details
from desktop.services.audit import verify
from desktop.services.devices import add_snapshot, list_devices, read_snapshot, show_device
from desktop.services.finding_limits import change_finding, list_rules, reset_all, reset_finding
from desktop.services.intake import import_mailbox
from desktop.services.judging import FINDINGS
from desktop.services.policy_rows import read_policy
from tests.services.conftest import Desk

PRESENT, ABSENT, UNKNOWN = FindingState.PRESENT, FindingState.ABSENT, FindingState.UNKNOWN
GIB = 1 << 30


def snapshot(*found: Finding, taken_at: str = "2026-11-23T08:30:00.000000Z", **probes: dict[str, Any]) -> Snapshot:
    """A PC's diagnosis; `found` is what the PC itself thinks of it."""
    results = {name: ProbeResult(ProbeStatus.OK, facts) for name, facts in probes.items()}
    return Snapshot(taken_at, "basic", results, found)


def names(answer_ms: float) -> Snapshot:
    """A PC whose name service takes that long."""
    return snapshot(net_resolve={"median_ms": answer_ms, "names_resolved": 1})


@pytest.fixture
def device(desk: Desk) -> str:
    """A PC that is let in."""
    pc = desk.pc()
    pc.enrol()
    import_mailbox(desk.work, desk.open.post)
    return list_devices(desk.work)[0].id


def state(desk: Desk, snapshot_id: str, finding: str = "net.dns_slow") -> FindingState:
    """What is stored of a finding, which its rows and the document must agree on."""
    stored = read_snapshot(desk.work, snapshot_id)
    shown = show_device(desk.work, stored_device(desk, snapshot_id)).snapshot
    if shown is not None and shown.id == snapshot_id:
        assert shown.findings == stored.findings
    return stored.finding(finding)


def stored_device(desk: Desk, snapshot_id: str) -> str:
    """Whose snapshot it is."""
    with desk.work.store.reading() as connection:
        return str(connection.exec_driver_sql(f"SELECT device_id FROM snapshots WHERE id = '{snapshot_id}'").scalar())


def row(desk: Desk, finding: str = "net.dns_slow") -> CompanyRule:
    """One finding as the company has it."""
    return next(one for one in list_rules(desk.work) if one.rule.id == finding)


def test_what_comes_in_is_judged_by_the_company(desk: Desk, device: str) -> None:
    """Not by the PC, which may be older or wrong; what only the PC knows stays as it came."""
    lie = Finding("net.dns_slow", PRESENT, Severity.CRITICAL)
    newer = Finding("some.thing", PRESENT, Severity.WARN, {"a": 1})
    kept = add_snapshot(
        desk.work, device, snapshot(lie, newer, net_resolve={"median_ms": 700, "names_resolved": 1})
    ).result
    found = {one.id: one for one in read_snapshot(desk.work, kept).findings}
    assert (found["net.dns_slow"].state, found["net.dns_slow"].severity) == (PRESENT, Severity.WARN)
    assert found["some.thing"] == newer
    change_finding(desk.work, "net.dns_slow", {"answer_ms": 900})
    assert state(desk, add_snapshot(desk.work, device, names(700)).result) is ABSENT


def test_the_newest_snapshots_are_judged_again(desk: Desk, device: str) -> None:
    """With the device's line and the badge beside it; older ones stay as they were."""
    old = add_snapshot(desk.work, device, names(800)).result
    new = add_snapshot(
        desk.work, device, snapshot(taken_at="2026-11-23T09:00:00.000000Z", net_resolve={"median_ms": 700})
    ).result
    assert show_device(desk.work, device).row.hints == 1
    done = change_finding(desk.work, "net.dns_slow", {"answer_ms": 900})
    assert done.changes.ids(Subject.DEVICE) == {device}
    assert (state(desk, new), state(desk, old)) == (ABSENT, PRESENT)
    assert show_device(desk.work, device).row.hints == 0
    assert done.undo is not None
    done.undo.run(desk.work)
    assert state(desk, new) is PRESENT
    assert show_device(desk.work, device).row.worst == "warn"
    assert not row(desk).override.limits


def test_switched_off_and_on_again(desk: Desk, device: str) -> None:
    """The finding is gone, not absent, and its thresholds wait."""
    kept = add_snapshot(desk.work, device, names(700)).result
    change_finding(desk.work, "net.dns_slow", {"answer_ms": 600})
    change_finding(desk.work, "net.dns_slow", {}, is_on=False)
    assert "net.dns_slow" not in {one.id for one in read_snapshot(desk.work, kept).findings}
    assert row(desk).override == Override({"answer_ms": 600}, is_off=True)
    change_finding(desk.work, "net.dns_slow", {}, is_on=True)
    assert state(desk, kept) is PRESENT
    assert row(desk).rule.limits == {"answer_ms": 600}


def test_back_to_ours(desk: Desk, device: str) -> None:
    """One finding or all of them; our own value is no difference."""
    change_finding(desk.work, "net.dns_slow", {"answer_ms": 900})
    change_finding(desk.work, "cpu.busy", {}, is_on=False)
    assert reset_finding(desk.work, "net.dns_slow").result.rule.limits == {"answer_ms": 500}
    change_finding(desk.work, "net.dns_slow", {"answer_ms": 500})
    assert row(desk).override.is_empty
    done = reset_all(desk.work)
    assert all(one.override.is_empty for one in done.result)
    assert done.undo is not None
    done.undo.run(desk.work)
    assert row(desk, "cpu.busy").override.is_off


def test_nothing_changed_is_nothing_written(desk: Desk, device: str) -> None:
    """No audit entry, no reload, no undo for the same value again."""
    change_finding(desk.work, "net.dns_slow", {"answer_ms": 900})
    before = len(acts(desk))
    done = change_finding(desk.work, "net.dns_slow", {"answer_ms": 900})
    assert (done.changes.items, done.undo) == (frozenset(), None)
    assert len(acts(desk)) == before
    assert not reset_finding(desk.work, "cpu.busy").changes.items


def test_a_shared_limit_changes_both_findings(desk: Desk, device: str) -> None:
    """The clock that was only a little wrong is now wrong, and not both."""
    kept = add_snapshot(desk.work, device, snapshot(time_drift={"offset_abs_s": 200})).result
    assert (state(desk, kept, "time.drift"), state(desk, kept, "time.drift_large")) == (PRESENT, ABSENT)
    change_finding(desk.work, "time.drift_large", {"offset_s": 120})
    assert (state(desk, kept, "time.drift"), state(desk, kept, "time.drift_large")) == (ABSENT, PRESENT)


def test_more_samples_are_taken_from_earlier_snapshots(desk: Desk, device: str) -> None:
    """Twice as many samples as one snapshot has: the one before must say the same."""
    change_finding(desk.work, "cpu.busy", {"samples": 6})
    first = add_snapshot(desk.work, device, snapshot(cpu_load={"percent_lowest": 97.0})).result
    later = snapshot(taken_at="2026-11-23T09:00:00.000000Z", cpu_load={"percent_lowest": 98.0})
    second = add_snapshot(desk.work, device, later).result
    assert (state(desk, first, "cpu.busy"), state(desk, second, "cpu.busy")) == (UNKNOWN, PRESENT)


@pytest.mark.parametrize(
    ("finding", "limits", "code"),
    [
        ("no.such", {"a": 1}, "findings.unknown"),
        ("net.dns_slow", {"a": 1}, "findings.limit"),
        ("net.dns_slow", {"answer_ms": -1}, "findings.value"),
    ],
)
def test_a_wrong_change_changes_nothing(desk: Desk, finding: str, limits: dict[str, float], code: str) -> None:
    """The error comes before anything is written."""
    with pytest.raises(AppError) as caught:
        change_finding(desk.work, finding, limits)
    assert caught.value.code == code
    with desk.work.store.reading() as connection:
        assert read_policy(connection) == {}


def acts(desk: Desk) -> list[Any]:
    """What the audit says about thresholds, with its details."""
    query = (
        audit.select()
        .add_columns(audit_details.c.detail)
        .join(audit_details, audit_details.c.seq == audit.c.seq)
        .where(audit.c.action == "finding.changed")
    )
    with desk.work.store.reading() as connection:
        return list(connection.execute(query))


def test_every_change_is_in_the_audit(desk: Desk) -> None:
    """Who changed which finding to what; the chain holds."""
    change_finding(desk.work, "net.dns_slow", {"answer_ms": 900})
    change_finding(desk.work, "net.dns_slow", {}, is_on=False)
    assert [one.object_id for one in acts(desk)] == ["net.dns_slow"] * 2
    assert "900" in acts(desk)[0].detail
    assert verify(desk.work).broken_at == 0


def test_the_policy_keeps_what_else_is_in_it(desk: Desk) -> None:
    """One document with one version: the PCs get the thresholds and the targets together."""
    change_finding(desk.work, "net.dns_slow", {"answer_ms": 900})
    with desk.work.store.reading() as connection:
        found = read_policy(connection)
        version = connection.exec_driver_sql("SELECT version FROM policy").scalar()
    assert read_overrides(found[FINDINGS]) == {"net.dns_slow": Override({"answer_ms": 900})}
    change_finding(desk.work, "cpu.busy", {}, is_on=False)
    with desk.work.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT version FROM policy").scalar() == (version or 0) + 1


def test_a_damaged_policy_is_as_good_as_none(desk: Desk) -> None:
    """Then ours hold, and the next change writes a whole one."""
    change_finding(desk.work, "net.dns_slow", {"answer_ms": 900})
    for broken in ("nonsense", "[]", '{"findings": 7}', '{"findings": {"version": 0}}'):
        with desk.work.store.writing() as connection:
            connection.exec_driver_sql("UPDATE policy SET document = ?", (broken,))
        assert row(desk).rule.limits == {"answer_ms": 500}
