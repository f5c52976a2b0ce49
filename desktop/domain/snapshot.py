"""A machine's facts at one moment: what each probe returned, and what the rules say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from desktop.domain.facts import Privacy, ProbeStatus

__all__ = ["Facts", "Finding", "FindingState", "Privacy", "ProbeResult", "ProbeStatus", "Severity", "Snapshot"]

Facts: TypeAlias = Mapping[str, Any]
"""JSON values only: text, numbers, booleans, None, lists and objects of these."""


class FindingState(Enum):
    """Three-valued: a rule whose probe did not answer is unknown, never absent."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Severity(Enum):
    """How much a present finding matters."""

    INFO = "info"
    WARN = "warn"
    ERROR = "error"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What one probe returned; `ms` and `cpu_ms` are its wall and processor time in milliseconds.

    `reason` is a short code for technicians where a probe did not answer, such as `FileNotFoundError` or `no_cups`;
    `source` names the tools and interfaces that were asked ("psutil, /sys/class/net"), empty in older snapshots.
    """

    status: ProbeStatus
    facts: Facts = field(default_factory=dict[str, Any])
    ms: float = 0.0
    cpu_ms: float = 0.0
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says. `evidence` fills the texts `finding.<id>.employee` and `finding.<id>.technician`."""

    id: str
    state: FindingState
    severity: Severity
    evidence: Mapping[str, Any] = field(default_factory=dict[str, Any])
    wizard: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One run of the collector; `taken_at` is ISO 8601 in UTC, `level` is basic or full."""

    taken_at: str
    level: str
    probes: Mapping[str, ProbeResult]
    findings: tuple[Finding, ...] = ()
    schema: int = 1

    def to_document(self) -> dict[str, Any]:
        """Return the JSON document that is previewed, sealed and stored."""
        return {
            "schema": self.schema,
            "taken_at": self.taken_at,
            "level": self.level,
            "probes": {name: _probe_document(one) for name, one in self.probes.items()},
            "findings": [_finding_document(one) for one in self.findings],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Snapshot:
        """Read a document; raises ValueError, KeyError or TypeError where it is none of ours."""
        return cls(
            taken_at=str(document["taken_at"]),
            level=str(document["level"]),
            probes={str(name): _probe(one) for name, one in dict(document["probes"]).items()},
            findings=tuple(_finding(one) for one in list(document["findings"])),
            schema=int(document["schema"]),
        )

    def finding(self, finding_id: str) -> FindingState:
        """Return the state of a finding; unknown where the snapshot does not have it."""
        return next((one.state for one in self.findings if one.id == finding_id), FindingState.UNKNOWN)

    @property
    def present(self) -> tuple[Finding, ...]:
        """Return what is wrong, the worst first."""
        order = list(Severity)
        found = (one for one in self.findings if one.state is FindingState.PRESENT)
        return tuple(sorted(found, key=lambda one: -order.index(one.severity)))


def _probe_document(one: ProbeResult) -> dict[str, Any]:
    return {
        "status": one.status.value,
        "ms": round(one.ms, 1),
        "cpu_ms": round(one.cpu_ms, 1),
        "reason": one.reason,
        **({"source": one.source} if one.source else {}),
        "facts": dict(one.facts),
    }


def _probe(document: Mapping[str, Any]) -> ProbeResult:
    return ProbeResult(
        status=ProbeStatus(document["status"]),
        facts=dict(document["facts"]),
        ms=float(document["ms"]),
        cpu_ms=float(document["cpu_ms"]),
        reason=str(document.get("reason", "")),
        source=str(document.get("source", "")),
    )


def _finding_document(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.state.value,
        "severity": one.severity.value,
        "evidence": dict(one.evidence),
        "wizard": one.wizard,
    }


def _finding(document: Mapping[str, Any]) -> Finding:
    return Finding(
        id=str(document["id"]),
        state=FindingState(document["state"]),
        severity=Severity(document["severity"]),
        evidence=dict(document["evidence"]),
        wizard=str(document.get("wizard", "")),
    )
