"""What must hold for every snapshot there can be: less known never means "all well", and the order does not matter."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.diagnostics.findings import evaluate, judged
from desktop.diagnostics.privacy import GROUPS, withhold
from desktop.diagnostics.probe import Field, Kind
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import FindingState, ProbeResult, ProbeStatus, Snapshot

RULES = load_rules()
PRESENT, ABSENT, UNKNOWN = FindingState.PRESENT, FindingState.ABSENT, FindingState.UNKNOWN
WORDS = ("bad", "warning", "good", "cable", "half", "notebook", "darwin", "mail", "media-jam")
STATUSES = (ProbeStatus.OK, ProbeStatus.OK, ProbeStatus.OK, ProbeStatus.PARTIAL, ProbeStatus.TIMEOUT)


def value(field: Field) -> st.SearchStrategy[Any]:
    """Values around the thresholds, or none."""
    numbers = st.sampled_from((-80, -70, 0, 1, 4, 30, 99, 400, 1200, 1 << 40))
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: st.sampled_from(WORDS),
        Kind.TEXTS: st.lists(st.sampled_from(WORDS), max_size=2),
        Kind.BOOLEAN: st.booleans(),
        Kind.INTEGER: numbers,
        Kind.NUMBER: numbers,
        Kind.NUMBERS: st.lists(numbers, max_size=2),
        Kind.TABLE: st.lists(row(field.columns), max_size=2),
    }
    return st.none() | kinds[field.kind]


def row(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the fields."""
    return st.fixed_dictionaries({}, optional={one.name: value(one) for one in fields if one.name != "mac"})


NEEDED = {probe for rule in RULES for probe in rule.rests_on}
SNAPSHOTS = st.fixed_dictionaries(
    {}, optional={one.id: st.tuples(st.sampled_from(STATUSES), row(one.fields)) for one in PROBES if one.id in NEEDED}
).map(
    lambda found: Snapshot(
        "2026-11-02T09:00:00.000000Z",
        "full",
        {name: ProbeResult(status, facts) for name, (status, facts) in found.items()},
    )
)
thorough = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def states(snapshot: Snapshot, history: tuple[Snapshot, ...] = ()) -> dict[str, FindingState]:
    """Judge by all rules."""
    return {one.id: one.state for one in judged(snapshot, RULES, history).findings}


@thorough
@given(SNAPSHOTS, SNAPSHOTS, st.sets(st.sampled_from([one.id for one in GROUPS])))
def test_less_known_is_never_all_well(snapshot: Snapshot, earlier: Snapshot, off: set[str]) -> None:
    """Withholding may turn a verdict into "not known", and nothing else; what was not known stays so."""
    for history, less in (((), ()), ((earlier,), (withhold(earlier, off),))):
        before, after = states(snapshot, history), states(withhold(snapshot, off), less)
        assert not [name for name in before if after[name] not in (before[name], UNKNOWN)]


@thorough
@given(SNAPSHOTS, st.sets(st.sampled_from([one.id for one in GROUPS])))
def test_withholding_is_judging_without(snapshot: Snapshot, off: set[str]) -> None:
    """The findings that are sent are those that the receiver would come to by the facts that are sent."""
    sent = withhold(judged(snapshot, RULES), off)
    assert sent == judged(sent, RULES)


@thorough
@given(SNAPSHOTS, st.randoms())
def test_the_order_of_rules_does_not_matter(snapshot: Snapshot, chance: Any) -> None:
    """Each rule stands for itself."""
    mixed = list(RULES)
    chance.shuffle(mixed)
    by_id = {one.id: one for one in evaluate(snapshot.probes, mixed)}
    assert tuple(by_id[one.id] for one in RULES) == evaluate(snapshot.probes, RULES)


@thorough
@given(SNAPSHOTS)
def test_a_missing_probe_never_gives_absent(snapshot: Snapshot) -> None:
    """Where none of a rule's probes answered nobody may say that all is well."""
    silent = {name for name, one in snapshot.probes.items() if one.status is ProbeStatus.TIMEOUT}
    asked = snapshot.probes.keys() - silent
    alone = [one.id for one in RULES if not set(one.probes) & asked]
    found = states(snapshot)
    assert {found[one] for one in alone} <= {UNKNOWN}


@thorough
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda one: (
            st.lists(one, max_size=2)
            | st.dictionaries(st.sampled_from(["name", "health", "free_bytes", "is_system"]), one, max_size=2)
        ),
    )
)
def test_foreign_facts_never_break_the_judge(hostile: Any) -> None:
    """A snapshot comes from another machine: whatever stands where a fact should be, there is a verdict."""
    facts = {field.name: hostile for probe in PROBES for field in probe.fields}
    probes = {one.id: ProbeResult(ProbeStatus.OK, facts) for one in PROBES}
    assert len(evaluate(probes, RULES)) == len(RULES)
