"""Findings that must last: samples inside one snapshot, earlier snapshots, and what too little of either means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.base.clock import to_text
from desktop.diagnostics.conditions import Comparison
from desktop.diagnostics.findings import Persistence, Rule, judged
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import FindingState, ProbeResult, ProbeStatus, Severity, Snapshot

PRESENT, ABSENT, UNKNOWN = FindingState.PRESENT, FindingState.ABSENT, FindingState.UNKNOWN
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOT = Comparison("os.name", "is", "hot")


def rule(lasting: Persistence, **others: str) -> Rule:
    """A rule that must last."""
    when = Comparison("state", "is", "hot") if others else HOT
    return Rule("a.b", Severity.WARN, when, ("os",), limits={"samples": 3, "hot_s": 600}, lasting=lasting, **others)


def seen(state: str | None, minutes_ago: int = 0) -> Snapshot:
    """A snapshot of some minutes ago; None is a probe that did not answer."""
    result = ProbeResult(ProbeStatus.TIMEOUT) if state is None else ProbeResult(ProbeStatus.OK, {"name": state})
    return Snapshot(to_text(NOW - timedelta(minutes=minutes_ago)), "basic", {"os": result})


def verdict(one: Rule, *states: str | None) -> FindingState:
    """Judge the first state with the others as history, five minutes apart."""
    now, *history = [seen(state, 5 * place) for place, state in enumerate(states)]
    return judged(now, (one,), history).findings[0].state


@pytest.mark.parametrize(
    ("states", "found"),
    [
        (("hot",), UNKNOWN),
        (("hot", "hot"), UNKNOWN),
        (("hot", "hot", "hot"), PRESENT),
        (("hot", "hot", "hot", "cold"), PRESENT),
        (("hot", "cold"), ABSENT),
        (("hot", "cold", None), ABSENT),
        (("hot", "hot", None), UNKNOWN),
        (("cold", "hot", "hot"), ABSENT),
        ((None, "hot", "hot"), UNKNOWN),
    ],
)
@pytest.mark.parametrize("samples", [3, "$samples"])
def test_samples_in_a_row(states: tuple[str | None, ...], found: FindingState, samples: float | str) -> None:
    """Three of them, and what is missing or interrupted."""
    assert verdict(rule(Persistence(samples=samples)), *states) is found


@pytest.mark.parametrize(
    ("states", "found"),
    [
        (("hot",), UNKNOWN),
        (("hot", "hot"), UNKNOWN),
        (("hot", "hot", "hot"), PRESENT),
        (("hot", "cold", "hot"), ABSENT),
        (("hot", None, "hot"), UNKNOWN),
        (("hot", "hot", "hot", "cold"), PRESENT),
    ],
)
def test_a_time_on_end(states: tuple[str | None, ...], found: FindingState) -> None:
    """Ten minutes: the samples must reach that far back, and what was before does not matter."""
    assert verdict(rule(Persistence(seconds="$hot_s")), *states) is found


def test_one_snapshot_may_stand_for_several_samples() -> None:
    """A probe that keeps the calmest third of its window has looked three times; a fourth look needs history."""
    assert verdict(rule(Persistence(samples=3, per_snapshot=3)), "hot") is PRESENT
    assert verdict(rule(Persistence(samples=4, per_snapshot=3)), "hot") is UNKNOWN
    assert verdict(rule(Persistence(samples=4, per_snapshot=3)), "hot", "hot") is PRESENT


def disks(minutes_ago: int, **states: str) -> Snapshot:
    """A snapshot with a table."""
    rows = [{"name": name, "state": state} for name, state in states.items()]
    result = ProbeResult(ProbeStatus.OK, {"disks": rows})
    return Snapshot(to_text(NOW - timedelta(minutes=minutes_ago)), "basic", {"os": result})


def test_it_must_be_the_same_row() -> None:
    """Two drives that are slow in turn are not one that stays slow; a drive that was not there is not known."""
    one = rule(Persistence(samples=2), each="os.disks", key="name")

    def found(*history: Snapshot) -> FindingState:
        return judged(disks(0, a="hot", b="cold"), (one,), history).findings[0].state

    assert found(disks(5, a="cold", b="hot")) is ABSENT
    assert found(disks(5, b="hot")) is UNKNOWN
    assert found(disks(5, a="hot", b="cold")) is PRESENT


def test_rules_of_ours_that_last_have_a_row_to_find_again() -> None:
    """A table without a key could not be followed through the history."""
    assert not [one.id for one in load_rules() if one.each and one.lasting != Persistence() and not one.key]


def test_a_shared_limit_is_the_other_findings() -> None:
    """Between the two findings about the clock is no gap."""
    by_id = {one.id: one for one in load_rules()}
    assert by_id["time.drift"].limits["large_s"] == by_id["time.drift_large"].limits["offset_s"]
