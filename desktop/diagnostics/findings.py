"""Judges a snapshot by the rules of `findings.toml`: three-valued, so that "not asked" is never "all well"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast

from desktop.base.clock import from_text
from desktop.diagnostics.conditions import Condition, Facts, Verdict, value_at
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot

ANSWERED = (ProbeStatus.OK, ProbeStatus.PARTIAL)


@dataclass(frozen=True, slots=True)
class Persistence:
    """How long a rule must hold before it counts: samples in a row, seconds on end, or both.

    Either is a number or "$name" for a limit of the rule. The facts of one snapshot stand for `per_snapshot` samples,
    where the probe itself keeps the calmest of several parts of its window.
    """

    samples: float | str = 1
    per_snapshot: int = 1
    seconds: float | str = 0

    def snapshots(self, limits: Mapping[str, float]) -> int:
        """Return how many snapshots in a row are needed, the present one among them."""
        return max(1, -(-int(_number(self.samples, limits)) // self.per_snapshot))

    def duration(self, limits: Mapping[str, float]) -> timedelta:
        """Return how far back the samples must reach."""
        return timedelta(seconds=_number(self.seconds, limits))


ONCE = Persistence()


@dataclass(frozen=True, slots=True)
class Rule:
    """One finding's rule.

    `each` names a table whose rows are judged one by one, the row with the smallest (`lowest`) or largest (`highest`)
    value giving the evidence; `key` is the column by which a row is found again in an earlier snapshot. `limits` are
    the thresholds; their names end in their unit. Those in `shared` are another finding's and change with it, such as
    "time.drift_large.offset_s". `ours` names the limits that are our own judgement, `is_ours` says it of the whole
    rule; `source` says by language where the others come from. `is_for_employees` is off for what only technicians
    can act on. `also` is another sign of the same: where it is there the finding is there, and where it is not, or
    nobody knows, the rule itself decides.
    """

    id: str
    severity: Severity
    when: Condition
    probes: tuple[str, ...]
    topic: str = ""
    wizard: str = ""
    source: Mapping[str, str] = field(default_factory=dict[str, str])
    is_ours: bool = False
    ours: frozenset[str] = frozenset()
    is_for_employees: bool = True
    each: str = ""
    key: str = ""
    lowest: str = ""
    highest: str = ""
    limits: Mapping[str, float] = field(default_factory=dict[str, float])
    shared: Mapping[str, str] = field(default_factory=dict[str, str])
    lasting: Persistence = ONCE
    show: Mapping[str, str] = field(default_factory=dict[str, str])
    worse: Condition | None = None
    worse_severity: Severity = Severity.ERROR
    also: Rule | None = None

    @property
    def judged_by(self) -> tuple[str, ...]:
        """Return the probes of the verdict, those of another sign after the rule's own."""
        return (*self.probes, *(self.also.probes if self.also else ()))

    @property
    def rests_on(self) -> frozenset[str]:
        """Return the probes of the verdict and of the evidence."""
        own = (*self.judged_by, *(path.partition(".")[0] for path in self.show.values() if "." in path))
        return frozenset(own) | (self.also.rests_on if self.also else frozenset[str]())


@dataclass(frozen=True, slots=True)
class Moment:
    """What was known at one moment: the facts of the probes that answered."""

    taken_at: str
    facts: Facts

    @property
    def at(self) -> datetime:
        """Return when that was; raises ValueError where the snapshot does not say."""
        return from_text(self.taken_at)


def moment_of(snapshot: Snapshot) -> Moment:
    """Return what a snapshot knows."""
    return Moment(snapshot.taken_at, _facts(snapshot.probes))


def evaluate(probes: Mapping[str, ProbeResult], rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """Judge what the probes returned; one finding per rule, in the order of the rules."""
    now = Moment("", _facts(probes))
    return tuple(_judge(rule, now, ()) for rule in rules)


def judged(snapshot: Snapshot, rules: Sequence[Rule], history: Sequence[Snapshot] = ()) -> Snapshot:
    """Return the snapshot with what the rules say about it.

    `history` are earlier snapshots of the same machine, newest first. Rules that ask for more samples than one
    snapshot has look into them; where they do not reach far enough, such a finding is unknown.
    """
    now, past = moment_of(snapshot), [moment_of(one) for one in history]
    return replace(snapshot, findings=tuple(_judge(rule, now, past) for rule in rules))


def rows_of(rule: Rule, facts: Facts) -> list[Mapping[str, Any]] | None:
    """Return the rows that a rule goes through (one empty row where it has no table); None where they are unknown."""
    if not rule.each:
        return [{}]
    found = value_at(rule.each, facts, {})
    rows = cast("list[object]", found) if isinstance(found, list) else [None]
    return cast("list[Mapping[str, Any]]", rows) if all(isinstance(one, dict) for one in rows) else None


def verdicts_over(
    rule: Rule, row: Mapping[str, Any], now: Moment, history: Sequence[Moment]
) -> tuple[tuple[Moment, Verdict], ...]:
    """Return the samples that count for one row, newest first, each with its verdict.

    Earlier samples are looked at only where the present one holds, and only as far back as the rule asks.
    """
    verdict = rule.when.holds(now.facts, row, rule.limits)
    samples = [(now, verdict)]
    if verdict and rule.lasting != ONCE:
        samples += [(one, _earlier(rule, row, one)) for one in _needed(rule, now, history)]
    return tuple(samples)


def lasting_verdict(rule: Rule, samples: Sequence[tuple[Moment, Verdict]]) -> Verdict:
    """Combine the samples: one that does not hold settles it; too few of them are not enough to say yes."""
    verdicts = [verdict for _, verdict in samples]
    if not verdicts[0] or False in verdicts:
        return None if verdicts[0] is None else False
    return None if None in verdicts or not _is_enough(rule, [one for one, _ in samples]) else True


def _facts(probes: Mapping[str, ProbeResult]) -> Facts:
    return {name: one.facts for name, one in probes.items() if one.status in ANSWERED}


def _number(value: float | str, limits: Mapping[str, float]) -> float:
    return limits[value[1:]] if isinstance(value, str) else value


def _judge(rule: Rule, now: Moment, history: Sequence[Moment]) -> Finding:
    found = _judge_alone(rule, now, history)
    if rule.also is None or found.state is FindingState.PRESENT:
        return found
    other = _judge_alone(rule.also, now, history)
    return other if other.state is FindingState.PRESENT else found


def _judge_alone(rule: Rule, now: Moment, history: Sequence[Moment]) -> Finding:
    rows = rows_of(rule, now.facts)
    if rows is None:
        return _finding(rule, None, now.facts, {})
    verdicts = [(lasting_verdict(rule, verdicts_over(rule, row, now, history)), row) for row in rows]
    hits = [row for verdict, row in verdicts if verdict]
    if hits:
        return _finding(rule, True, now.facts, _telling(rule, hits))
    is_open = any(verdict is None for verdict, _ in verdicts)
    return _finding(rule, None if is_open else False, now.facts, {})


def _needed(rule: Rule, now: Moment, history: Sequence[Moment]) -> list[Moment]:
    """Return the earlier samples that count: as many as asked for, and all until one is old enough."""
    found: list[Moment] = []
    for one in history:
        if _is_enough(rule, [now, *found]):
            break
        found.append(one)
    return found


def _is_enough(rule: Rule, samples: Sequence[Moment]) -> bool:
    if len(samples) < rule.lasting.snapshots(rule.limits):
        return False
    duration = rule.lasting.duration(rule.limits)
    return not duration or (len(samples) > 1 and samples[0].at - samples[-1].at >= duration)


def _earlier(rule: Rule, row: Mapping[str, Any], moment: Moment) -> Verdict:
    rows = rows_of(rule, moment.facts)
    same = next((one for one in rows or () if one.get(rule.key) == row.get(rule.key)), None)
    return None if same is None else rule.when.holds(moment.facts, same, rule.limits)


def _telling(rule: Rule, hits: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    if rule.lowest:
        return min(hits, key=lambda row: _size(row.get(rule.lowest)))
    if rule.highest:
        return max(hits, key=lambda row: _size(row.get(rule.highest)))
    return hits[0]


def _size(value: object) -> float:
    return value if isinstance(value, int | float) else 0.0


def _finding(rule: Rule, verdict: Verdict, facts: Facts, row: Mapping[str, Any]) -> Finding:
    evidence: dict[str, Any] = {f"limit_{name}": value for name, value in rule.limits.items()}
    if not verdict:
        state = FindingState.UNKNOWN if verdict is None else FindingState.ABSENT
        return Finding(rule.id, state, rule.severity, evidence, rule.wizard)
    evidence |= {name: value_at(path, facts, row) for name, path in rule.show.items()}
    is_worse = rule.worse is not None and rule.worse.holds(facts, row, rule.limits)
    severity = rule.worse_severity if is_worse else rule.severity
    return Finding(rule.id, FindingState.PRESENT, severity, evidence, rule.wizard)
