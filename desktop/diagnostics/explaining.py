"""Why a finding is what it is: the rule, its thresholds, the facts looked at and each condition's own verdict.

A value for the command line and the Desk's device page; `explanation_lines` turns it into words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.diagnostics.conditions import All, AnyOf, Comparison, Condition, Verdict, value_at
from desktop.diagnostics.explanation import (
    ConditionNote,
    Explanation,
    Joined,
    LimitNote,
    Missing,
    ProbeNote,
    RowNote,
    SampleNote,
)
from desktop.diagnostics.findings import (
    ANSWERED,
    Moment,
    Rule,
    judged,
    lasting_verdict,
    moment_of,
    rows_of,
    verdicts_over,
)
from desktop.domain.snapshot import FindingState, Snapshot

STATES: Mapping[Verdict, FindingState] = {
    True: FindingState.PRESENT,
    False: FindingState.ABSENT,
    None: FindingState.UNKNOWN,
}


def explain(
    rule: Rule, snapshot: Snapshot, history: Sequence[Snapshot] = (), *, usual: Mapping[str, float] | None = None
) -> Explanation:
    """Explain what one rule says about a snapshot, and its earlier ones where the rule must last.

    `usual` are the thresholds as shipped, where those of `rule` were changed.
    """
    now, past = moment_of(snapshot), [moment_of(one) for one in history]
    signs = [rule] if rule.also is None else [rule, rule.also]
    rows = [row for one in signs for row in _rows(one, snapshot, now, past)]
    return Explanation(
        finding=judged(snapshot, (rule,), history).findings[0],
        rule=rule,
        limits=tuple(
            LimitNote(name, value, (usual or rule.limits).get(name, value), rule.is_ours or name in rule.ours)
            for name, value in rule.limits.items()
        ),
        probes=tuple(_probe_note(one, snapshot) for one in rule.judged_by),
        rows=tuple(rows),
        snapshots_needed=rule.lasting.snapshots(rule.limits),
        seconds_needed=rule.lasting.duration(rule.limits).total_seconds(),
    )


def _rows(rule: Rule, snapshot: Snapshot, now: Moment, past: Sequence[Moment]) -> list[RowNote]:
    looked = _Looking(rule, snapshot)
    return [looked.row(one, now, past) for one in rows_of(rule, now.facts) or ()]


def explain_all(snapshot: Snapshot, rules: Sequence[Rule], history: Sequence[Snapshot] = ()) -> tuple[Explanation, ...]:
    """Explain every rule, in their order."""
    return tuple(explain(rule, snapshot, history) for rule in rules)


class _Looking:
    """Walks one rule over one snapshot."""

    def __init__(self, rule: Rule, snapshot: Snapshot) -> None:
        self._rule = rule
        self._snapshot = snapshot

    def row(self, row: Mapping[str, Any], now: Moment, past: Sequence[Moment]) -> RowNote:
        samples = verdicts_over(self._rule, row, now, past)
        worse = self._rule.worse
        return RowNote(
            label=self._label(row, now),
            state=STATES[lasting_verdict(self._rule, samples)],
            condition=self.condition(self._rule.when, row, now),
            worse=self.condition(worse, row, now) if worse else None,
            samples=tuple(SampleNote(moment.taken_at, STATES[verdict]) for moment, verdict in samples),
        )

    def condition(self, condition: Condition, row: Mapping[str, Any], now: Moment) -> ConditionNote:
        state = STATES[condition.holds(now.facts, row, self._rule.limits)]
        if isinstance(condition, All | AnyOf):
            joined = Joined.ALL if isinstance(condition, All) else Joined.ANY
            return ConditionNote(joined, state, tuple(self.condition(one, row, now) for one in condition.parts))
        if not isinstance(condition, Comparison):
            return ConditionNote(Joined.COMPARISON, state)
        found, wanted = condition.sides(now.facts, row, self._rule.limits)
        value = condition.value if isinstance(condition.value, str) else ""
        return ConditionNote(
            Joined.COMPARISON,
            state,
            fact=self._full_name(condition.fact),
            operator=condition.operator,
            found=found,
            wanted=wanted,
            limit=value[1:] if value.startswith("$") else "",
            other=self._full_name(value[1:]) if value.startswith("@") else "",
            missing=self._missing(condition, found, wanted) if state is FindingState.UNKNOWN else None,
        )

    def _label(self, row: Mapping[str, Any], now: Moment) -> str:
        if not self._rule.each:
            return ""
        names = (self._rule.key, *self._rule.show.values())
        found = (value_at(one, now.facts, row) for one in names if one)
        return next((one for one in found if isinstance(one, str)), "")

    def _full_name(self, fact: str) -> str:
        return fact if "." in fact else f"{self._rule.each}.{fact}"

    def _missing(self, condition: Comparison, found: object, wanted: object) -> Missing:
        probe = self._full_name(condition.fact).partition(".")[0]
        result = self._snapshot.probes.get(probe)
        if result is None:
            return Missing.NOT_ASKED
        if result.status not in ANSWERED:
            return Missing.NOT_ANSWERED
        return Missing.NO_VALUE if found is None or wanted is None else Missing.NOT_COMPARABLE


def _probe_note(probe: str, snapshot: Snapshot) -> ProbeNote:
    result = snapshot.probes.get(probe)
    return ProbeNote(probe, result.status, result.reason) if result else ProbeNote(probe, None)
