"""An explanation as a value: rule, thresholds, probes and every condition with what it found and its own verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from desktop.diagnostics.findings import Rule
from desktop.domain.snapshot import Finding, FindingState, ProbeStatus


class Joined(Enum):
    """How the parts of a condition belong together; a comparison has none."""

    ALL = "all"
    ANY = "any"
    COMPARISON = "comparison"


class Missing(Enum):
    """Why a comparison could not be made."""

    NOT_ASKED = "not_asked"
    NOT_ANSWERED = "not_answered"
    NO_VALUE = "no_value"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class ConditionNote:
    """One condition with its verdict.

    A comparison has the full name of its fact ("disks.volumes.free_bytes"), operator, what was found and what it is
    compared with; `limit` names the threshold where that is one, `other` the second fact where it is one. `missing`
    says why it is unknown.
    """

    joined: Joined
    state: FindingState
    parts: tuple[ConditionNote, ...] = ()
    fact: str = ""
    operator: str = ""
    found: object = None
    wanted: object = None
    limit: str = ""
    other: str = ""
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class SampleNote:
    """One sample that counts, and whether the rule held then; only rules that must last have more than one."""

    taken_at: str
    state: FindingState


@dataclass(frozen=True, slots=True)
class RowNote:
    """One row of the rule's table, or the whole where it has none; `label` is how people tell the rows apart."""

    label: str
    state: FindingState
    condition: ConditionNote
    worse: ConditionNote | None
    samples: tuple[SampleNote, ...]


@dataclass(frozen=True, slots=True)
class LimitNote:
    """A threshold as it is now and as we ship it; `is_ours` marks one that is our own judgement."""

    name: str
    value: float
    usual: float
    is_ours: bool


@dataclass(frozen=True, slots=True)
class ProbeNote:
    """Whether a probe that the rule rests on has answered; None where it was not asked at all."""

    id: str
    status: ProbeStatus | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say about one finding of one snapshot; `rows` is empty where its table is not known.

    `snapshots_needed` and `seconds_needed` say how long the rule must hold, 1 and 0 where once is enough.
    """

    finding: Finding
    rule: Rule
    limits: tuple[LimitNote, ...]
    probes: tuple[ProbeNote, ...]
    rows: tuple[RowNote, ...]
    snapshots_needed: int = 1
    seconds_needed: float = 0

    def to_document(self) -> dict[str, Any]:
        """Return the JSON document: ids, numbers and states, no words."""
        return {
            "id": self.finding.id,
            "state": self.finding.state.value,
            "severity": self.finding.severity.value,
            "wizard": self.finding.wizard,
            "evidence": dict(self.finding.evidence),
            "source": dict(self.rule.source),
            "ours": self.rule.is_ours,
            "limits": [
                {"name": one.name, "value": one.value, "usual": one.usual, "ours": one.is_ours} for one in self.limits
            ],
            "probes": [
                {"id": one.id, "status": one.status.value if one.status else None, "reason": one.reason}
                for one in self.probes
            ],
            "snapshots_needed": self.snapshots_needed,
            "seconds_needed": self.seconds_needed,
            "rows": [_row_document(one) for one in self.rows],
        }


def _row_document(row: RowNote) -> dict[str, Any]:
    return {
        "label": row.label,
        "state": row.state.value,
        "condition": _condition_document(row.condition),
        "worse": _condition_document(row.worse) if row.worse else None,
        "samples": [{"taken_at": one.taken_at, "state": one.state.value} for one in row.samples],
    }


def _condition_document(note: ConditionNote) -> dict[str, Any]:
    if note.joined is not Joined.COMPARISON:
        parts = [_condition_document(one) for one in note.parts]
        return {"joined": note.joined.value, "state": note.state.value, "parts": parts}
    return {
        "joined": note.joined.value,
        "state": note.state.value,
        "fact": note.fact,
        "operator": note.operator,
        "found": note.found,
        "wanted": note.wanted,
        "limit": note.limit,
        "other": note.other,
        "missing": note.missing.value if note.missing else None,
    }
