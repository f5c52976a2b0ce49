"""A company's own thresholds: checked where a person typed them, lenient where a message brought them."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.base.texts import load_texts
from desktop.diagnostics.findings import evaluate
from desktop.diagnostics.overrides import (
    Override,
    check_limit,
    find_rule,
    fits,
    overrides_document,
    read_overrides,
    span_of,
)
from desktop.diagnostics.rules import load_rules, with_limits
from desktop.domain.snapshot import FindingState, ProbeResult, ProbeStatus

RULES = load_rules()
SLOW = {"net_resolve": ProbeResult(ProbeStatus.OK, {"median_ms": 700})}


def state(overrides: dict[str, Override], finding: str = "net.dns_slow") -> FindingState | None:
    """The state of one finding under these overrides; None where it is not looked for."""
    found = evaluate(SLOW, with_limits(RULES, overrides))
    return next((one.state for one in found if one.id == finding), None)


def test_own_limits_take_the_place_of_ours() -> None:
    """The rule itself stays; evidence and texts carry the company's value."""
    assert state({}) is FindingState.PRESENT
    assert state({"net.dns_slow": Override({"answer_ms": 900})}) is FindingState.ABSENT
    rule = find_rule(with_limits(RULES, {"net.dns_slow": Override({"answer_ms": 900})}), "net.dns_slow")
    assert rule.limits == {"answer_ms": 900}


def test_a_finding_that_is_off_is_not_looked_for() -> None:
    """It is not absent either: nobody may read it as "all well"."""
    assert state({"net.dns_slow": Override(is_off=True)}) is None
    assert len(with_limits(RULES, {"net.dns_slow": Override(is_off=True)})) == len(RULES) - 1


def test_a_shared_limit_follows_its_owner_also_when_that_is_off() -> None:
    """The clock's two findings never leave a gap between them."""
    for is_off in (False, True):
        changed = {"time.drift_large": Override({"offset_s": 120}, is_off=is_off)}
        assert find_rule(with_limits(RULES, changed), "time.drift").limits == {"offset_s": 30, "large_s": 120}


def test_what_is_not_known_is_passed_over() -> None:
    """A policy of a newer Desk reaches an older PC."""
    foreign = {"some.thing": Override({"x": 1}), "net.dns_slow": Override({"later": 7})}
    assert with_limits(RULES, foreign) == RULES
    assert with_limits(RULES, {"time.drift": Override({"large_s": 7})}) == RULES


@pytest.mark.parametrize(
    ("finding", "limit", "value", "code"),
    [
        ("some.thing", "x", 1, "findings.unknown"),
        ("net.dns_slow", "x", 1, "findings.limit"),
        ("time.drift", "large_s", 100, "findings.limit_shared"),
        ("net.dns_slow", "answer_ms", 0, "findings.value"),
        ("net.dns_slow", "answer_ms", 60_001, "findings.value"),
        ("net.dns_slow", "answer_ms", math.nan, "findings.value"),
        ("net.dns_slow", "answer_ms", math.inf, "findings.value"),
        ("net.dns_slow", "answer_ms", True, "findings.value"),
        ("disk.full", "free_percent", 101, "findings.value"),
        ("disk.full", "free_bytes", 0.5, "findings.value_whole"),
        ("disk.full", "free_bytes", -1, "findings.value_whole"),
        ("cpu.busy", "samples", 0, "findings.value_whole"),
        ("net.wifi_weak", "signal_dbm", 5, "findings.value_whole"),
    ],
)
def test_a_wrong_value_has_a_clear_error(finding: str, limit: str, value: float, code: str) -> None:
    """Finding, limit, number and range, each with its own words."""
    with pytest.raises(AppError) as caught:
        check_limit(find_rule(RULES, finding), limit, value)
    assert caught.value.code == code
    for language in ("de", "en"):
        said = load_texts(language).error(caught.value)
        assert all(said)
        assert "{" not in " ".join(said)


def test_every_limit_of_ours_is_one_that_may_be_set() -> None:
    """The shipped values pass their own check."""
    own = [(rule, name, value) for rule in RULES for name, value in rule.limits.items() if name not in rule.shared]
    for rule, name, value in own:
        assert check_limit(rule, name, value) == value, (rule.id, name)


def test_whole_numbers_stay_whole() -> None:
    """A form gives 5.0 where 5 is meant."""
    value = check_limit(find_rule(RULES, "disk.full"), "free_bytes", 5.0)
    assert isinstance(value, int)


OVERRIDES = st.dictionaries(
    st.sampled_from([one.id for one in RULES]),
    st.builds(
        Override,
        st.dictionaries(st.sampled_from(["free_percent", "answer_ms", "samples"]), st.integers(1, 20), max_size=2),
        st.booleans(),
    ),
    max_size=4,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(OVERRIDES)
def test_the_document_says_all_and_nothing_else(overrides: dict[str, Override]) -> None:
    """Written, carried as JSON and read; what differs in nothing is not written."""
    document = json.loads(json.dumps(overrides_document(overrides)))
    assert read_overrides(document) == {name: one for name, one in overrides.items() if not one.is_empty}
    assert document["version"] == 1


def test_a_later_document_is_read_as_far_as_it_is_known() -> None:
    """Further keys, and values that make no sense here."""
    limits = {"answer_ms": 900, "free_percent": 400, "samples": "many", "x": None}
    later = {"version": 2, "findings": {"a.b": {"limits": limits, "color": "red"}, "c.d": {"off": "yes"}}, "more": []}
    assert read_overrides(later) == {"a.b": Override({"answer_ms": 900})}


@pytest.mark.parametrize(
    "document",
    [{}, {"version": 1}, {"version": 0, "findings": {}}, {"version": 1, "findings": [1]},
     {"version": 1, "findings": {"a.b": 7}}, {"version": "x", "findings": {}},
     {"version": 1, "findings": {"a": {"limits": 3}}}],
)  # fmt: skip
def test_a_document_of_something_else_is_refused(document: dict[str, Any]) -> None:
    """It is not ours, so nothing of it counts."""
    with pytest.raises(ValueError, match=r"overrides|version"):
        read_overrides(document)


def test_units_decide_what_makes_sense() -> None:
    """By the ending of the name."""
    assert span_of("samples").high == 20
    assert span_of("sectors").is_whole
    assert fits("free_percent", 2.5)
    assert not fits("left_days", 2.5)
