"""Thresholds as people type them: gigabytes, minutes and days instead of bytes and seconds, with comma or point."""

from __future__ import annotations

from typing import NamedTuple

_SIZES = (("gb", 1 << 30), ("mb", 1 << 20))
_TIMES = (("days", 86400), ("minutes", 60), ("s", 1))
_PLAIN = frozenset({"percent", "ms", "days", "dbm", "mbit"})


class ShownUnit(NamedTuple):
    """The unit in a form: its text is `settings.unit.<code>`, none for a count; one of it is `factor` of the rule's."""

    code: str
    factor: int


def shown_unit(limit: str, usual: float) -> ShownUnit:
    """Return the unit for a limit, by the ending of its name and the largest one that our own value fills."""
    ending = limit.rpartition("_")[2]
    if ending in ("bytes", "s"):
        table = _SIZES if ending == "bytes" else _TIMES
        return ShownUnit(*next((one for one in table if usual >= one[1]), table[-1]))
    return ShownUnit(ending if ending in _PLAIN else "", 1)


def to_shown(value: float, unit: ShownUnit, language: str) -> str:
    """Return a value as it stands in the form."""
    text = f"{value / unit.factor:.6g}"
    return text.replace(".", ",") if language == "de" else text


def from_shown(text: str, unit: ShownUnit) -> float | None:
    """Return the value that somebody typed, None where it is no number; sizes and times become whole numbers."""
    try:
        value = float(text.strip().replace("\N{MINUS SIGN}", "-").replace(",", ".")) * unit.factor
    except ValueError:
        return None
    return round(value) if unit.factor > 1 and abs(value) < 2**60 else value
