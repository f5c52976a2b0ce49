"""Turns a finding's evidence into words: keys carry their unit in the name, numbers get their language's form here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias, cast

from desktop.base.texts import Texts
from desktop.diagnostics.findings import Rule
from desktop.domain.snapshot import Finding, FindingState

Part: TypeAlias = Literal["title", "employee", "technician", "rule"]
_SIZES = ("B", "KB", "MB", "GB", "TB")
_DRIVE = re.compile(r"([A-Za-z]):\\?")

MOST = 1e18
"""No machine has a number like this; what claims to is not known."""


def finding_text(finding: Finding, part: Part, texts: Texts) -> str:
    """Return a finding's title, its sentence for employees or technicians, or the rule with its limits.

    Only a present finding has evidence; for the others the sentences say that all is well or that it is not known.
    """
    words = readable(finding.evidence, texts)
    if part in ("title", "rule") or finding.state is FindingState.PRESENT:
        return texts.text(f"finding.{finding.id}.{part}", **words)
    return texts.text(f"finding.state.{finding.state.value}")


def rule_text(rule: Rule, texts: Texts) -> str:
    """Return a rule in words, with its present limits."""
    limits = {f"limit_{name}": value for name, value in rule.limits.items()}
    return texts.text(f"finding.{rule.id}.rule", **readable(limits, texts))


def readable(evidence: Mapping[str, object], texts: Texts) -> dict[str, str]:
    """Return the evidence as words: bytes, percent, seconds, milliseconds, degrees and lists by the key's ending."""
    return {name: formatted(name, value, texts) for name, value in evidence.items()}


def formatted(name: str, value: object, texts: Texts) -> str:
    """Return one fact as words; `name` ends in its unit ("free_bytes")."""
    if value is None:
        return texts.text("diagnostics.not_known")
    if isinstance(value, bool):
        return texts.text("diagnostics.yes" if value else "diagnostics.no")
    if isinstance(value, int | float):
        if not -MOST < value < MOST:
            return texts.text("diagnostics.not_known")
        if name.endswith("_bytes_per_s"):
            return f"{_size(float(value), texts)}/s"
        return _number(name.rpartition("_")[2], float(value), texts)
    if isinstance(value, list | tuple):
        return ", ".join(formatted(name, one, texts) for one in cast("list[object]", value))
    drive = _DRIVE.fullmatch(str(value)) if name == "mount" else None
    return drive[1].upper() if drive else str(value)  # the sentences say "Laufwerk C" and "C: 7,8 GB"


def _number(unit: str, value: float, texts: Texts) -> str:
    if unit == "bytes":
        return _size(value, texts)
    if unit == "s":
        return _duration(value, texts)
    if unit in ("percent", "ms", "celsius", "dbm"):
        return texts.text(f"diagnostics.unit.{unit}", value=_plain(value, texts))
    if unit == "d":
        return texts.plural("diagnostics.unit.days", round(value))
    if unit in ("days", "minutes"):
        return texts.plural(f"diagnostics.unit.{unit}", round(value))
    return _plain(value, texts)


def _size(value: float, texts: Texts) -> str:
    """Count as Windows' Explorer does, in steps of 1024 under the short names, so that people find the same number."""
    step = 0
    while abs(value) >= 1024 and step < len(_SIZES) - 1:
        value /= 1024
        step += 1
    return f"{_plain(value, texts)} {_SIZES[step]}"


def _duration(seconds: float, texts: Texts) -> str:
    for length, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if abs(seconds) >= length:
            return texts.plural(f"diagnostics.unit.{unit}", round(seconds / length))
    return texts.text("diagnostics.unit.s", value=_plain(seconds, texts))


def _plain(value: float, texts: Texts) -> str:
    rounded = round(value) if abs(value) >= 100 or value == round(value) else round(value, 1)
    text = f"{rounded:,}".replace(",", "\N{NO-BREAK SPACE}")
    return text.replace(".", ",") if texts.language == "de" else text
