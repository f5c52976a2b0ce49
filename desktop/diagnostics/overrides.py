"""A company's own thresholds: limits that differ from ours, findings that are off, and the document that carries them.

One format for the Desk's database and for the message to the PCs. Reading is lenient, because a PC may be older than
the Desk: what it does not know is passed over. `check_limit` is strict, because a person typed it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, cast

from desktop.base.errors import AppError, ErrorKind
from desktop.diagnostics.findings import Rule

VERSION = 1


@dataclass(frozen=True, slots=True)
class Override:
    """What a company set differently for one finding: limits by name, or that it is not looked for at all."""

    limits: Mapping[str, float] = field(default_factory=dict[str, float])
    is_off: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing differs."""
        return not self.limits and not self.is_off


Overrides: TypeAlias = Mapping[str, Override]
"""By finding id; a finding that is not named is as shipped."""


class Span(NamedTuple):
    """What a limit may be: from `low` to `high`, in whole numbers or not (our judgement of what makes sense)."""

    low: float
    high: float
    is_whole: bool


_SPANS: Mapping[str, Span] = {
    "bytes": Span(0, 1 << 50, is_whole=True),
    "percent": Span(0, 100, is_whole=False),
    "ms": Span(1, 60_000, is_whole=False),
    "s": Span(1, 10 * 365 * 86400, is_whole=True),
    "days": Span(0, 3650, is_whole=True),
    "dbm": Span(-120, 0, is_whole=True),
    "mbit": Span(1, 400_000, is_whole=True),
    "samples": Span(1, 20, is_whole=True),
    "level": Span(1, 4, is_whole=True),
}
_COUNT = Span(0, 1_000_000, is_whole=True)


def span_of(limit: str) -> Span:
    """Return what a limit may be, by the unit in which its name ends; without one it is a count."""
    return _SPANS.get(limit.rpartition("_")[2], _COUNT)


def fits(limit: str, value: object) -> bool:
    """Tell whether a limit may have this value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return False
    span = span_of(limit)
    return span.low <= value <= span.high and (not span.is_whole or value == int(value))


def find_rule(rules: Sequence[Rule], finding: str) -> Rule:
    """Return a rule by its id. Raises AppError `findings.unknown`."""
    found = next((one for one in rules if one.id == finding), None)
    if found is None:
        raise AppError("findings.unknown", kind=ErrorKind.USAGE, parameters={"finding": finding[:100]})
    return found


def check_limit(rule: Rule, limit: str, value: float) -> float:
    """Return `value` if this limit of the rule may have it; a whole number comes back as one.

    Raises AppError `findings.limit` (the rule has no such limit), `findings.limit_shared` (it belongs to another
    finding) or `findings.value` (no number, or out of range).
    """
    if limit in rule.shared:
        owner = {"finding": rule.id, "limit": limit, "owner": rule.shared[limit].rpartition(".")[0]}
        raise AppError("findings.limit_shared", kind=ErrorKind.USAGE, parameters=owner)
    if limit not in rule.limits:
        own = ", ".join(sorted(rule.limits.keys() - rule.shared.keys())) or "–"
        known = {"finding": rule.id, "limit": limit[:100], "known": own}
        raise AppError("findings.limit", kind=ErrorKind.USAGE, parameters=known)
    if not fits(limit, value):
        span = span_of(limit)
        wrong = {"finding": rule.id, "limit": limit, "low": f"{span.low:g}", "high": f"{span.high:.15g}"}
        raise AppError("findings.value_whole" if span.is_whole else "findings.value", parameters=wrong)
    return int(value) if span_of(limit).is_whole else value


def overrides_document(overrides: Overrides) -> dict[str, Any]:
    """Return the JSON document, with findings and limits in order."""
    return {
        "version": VERSION,
        "findings": {
            finding: {"off": one.is_off, "limits": {name: one.limits[name] for name in sorted(one.limits)}}
            for finding, one in sorted(overrides.items())
            if not one.is_empty
        },
    }


def read_overrides(document: Mapping[str, Any]) -> dict[str, Override]:
    """Read what `overrides_document` wrote, of this version or a later one: keys that are not known are passed over.

    Values that no limit may have are passed over too. Raises ValueError where it is none of ours.
    """
    try:
        version, findings = int(document["version"]), cast("Mapping[str, Any]", dict(document["findings"]))
        found = {str(name): _override(one) for name, one in findings.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError("overrides") from error
    if version < 1:
        raise ValueError("version")
    return {name: one for name, one in found.items() if not one.is_empty}


def _override(document: Mapping[str, Any]) -> Override:
    limits = cast("Mapping[str, Any]", dict(document.get("limits", {})))
    return Override(
        {str(name): value for name, value in limits.items() if fits(str(name), value)},
        is_off=document.get("off", False) is True,
    )
