"""Judges a snapshot by the rules of `findings.toml`: three-valued, so that "not asked" is never "all well"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from desktop.diagnostics.conditions import Condition, Facts, value_at
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot

ANSWERED = (ProbeStatus.OK, ProbeStatus.PARTIAL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One finding's rule.

    `each` names a table whose rows are judged one by one, the row with the smallest (`lowest`) or largest (`highest`)
    value giving the evidence. `limits` are the thresholds; their names end in their unit. `is_ours` marks a threshold
    that is our own judgement; `source` says where it comes from.
    """

    id: str
    severity: Severity
    when: Condition
    probes: tuple[str, ...]
    wizard: str = ""
    source: str = ""
    is_ours: bool = False
    each: str = ""
    lowest: str = ""
    highest: str = ""
    limits: Mapping[str, float] = field(default_factory=dict[str, float])
    show: Mapping[str, str] = field(default_factory=dict[str, str])
    worse: Condition | None = None
    worse_severity: Severity = Severity.ERROR


def evaluate(probes: Mapping[str, ProbeResult], rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """Judge what the probes returned; one finding per rule, in the order of the rules."""
    facts = {name: one.facts for name, one in probes.items() if one.status in ANSWERED}
    return tuple(_judge(rule, facts) for rule in rules)


def judged(snapshot: Snapshot, rules: Sequence[Rule]) -> Snapshot:
    """Return the snapshot with what the rules say about it."""
    return replace(snapshot, findings=evaluate(snapshot.probes, rules))


def _judge(rule: Rule, facts: Facts) -> Finding:
    rows = _rows(rule, facts)
    if rows is None:
        return _finding(rule, None, facts, {})
    verdicts = [(rule.when.holds(facts, row, rule.limits), row) for row in rows]
    hits = [row for verdict, row in verdicts if verdict]
    if hits:
        return _finding(rule, True, facts, _telling(rule, hits))
    is_open = any(verdict is None for verdict, _ in verdicts)
    return _finding(rule, None if is_open else False, facts, {})


def _rows(rule: Rule, facts: Facts) -> list[Mapping[str, Any]] | None:
    if not rule.each:
        return [{}]
    found = value_at(rule.each, facts, {})
    return cast("list[Mapping[str, Any]]", found) if isinstance(found, list) else None


def _telling(rule: Rule, hits: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    if rule.lowest:
        return min(hits, key=lambda row: row.get(rule.lowest) or 0)
    if rule.highest:
        return max(hits, key=lambda row: row.get(rule.highest) or 0)
    return hits[0]


def _finding(rule: Rule, verdict: bool | None, facts: Facts, row: Mapping[str, Any]) -> Finding:
    evidence: dict[str, Any] = {f"limit_{name}": value for name, value in rule.limits.items()}
    if not verdict:
        state = FindingState.UNKNOWN if verdict is None else FindingState.ABSENT
        return Finding(rule.id, state, rule.severity, evidence, rule.wizard)
    evidence |= {name: value_at(path, facts, row) for name, path in rule.show.items()}
    is_worse = rule.worse is not None and rule.worse.holds(facts, row, rule.limits)
    severity = rule.worse_severity if is_worse else rule.severity
    return Finding(rule.id, FindingState.PRESENT, severity, evidence, rule.wizard)
