"""Conditions of a rule as values: declared in TOML, never evaluated as code, three-valued (True, False, None)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, cast

Facts: TypeAlias = Mapping[str, Mapping[str, Any]]
Verdict: TypeAlias = bool | None


class Condition(Protocol):
    """Something that holds, does not hold, or cannot be known."""

    def holds(self, facts: Facts, row: Mapping[str, Any], limits: Mapping[str, float]) -> Verdict:
        """Tell whether it holds for the facts, and for one row of a table where the rule goes through one."""
        ...


OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda found, wanted: found == wanted,
    "is_not": lambda found, wanted: found != wanted,
    "below": lambda found, wanted: found < wanted,
    "above": lambda found, wanted: found > wanted,
    "at_least": lambda found, wanted: found >= wanted,
    "at_most": lambda found, wanted: found <= wanted,
    "contains": lambda found, wanted: wanted in found,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact beside a value, a limit of the rule ("$free_bytes") or another fact of the row ("@high_celsius")."""

    fact: str
    operator: str
    value: object

    def holds(self, facts: Facts, row: Mapping[str, Any], limits: Mapping[str, float]) -> Verdict:
        """Compare; None where either side is not known or they are not comparable."""
        found, wanted = self.sides(facts, row, limits)
        if found is None or wanted is None:
            return None
        try:
            return OPERATORS[self.operator](found, wanted)
        except TypeError:
            return None

    def sides(self, facts: Facts, row: Mapping[str, Any], limits: Mapping[str, float]) -> tuple[object, object]:
        """Return what was found and what it is compared with; None for what is not known."""
        return value_at(self.fact, facts, row), self._wanted(facts, row, limits)

    def _wanted(self, facts: Facts, row: Mapping[str, Any], limits: Mapping[str, float]) -> object:
        if isinstance(self.value, str) and self.value.startswith("$"):
            return limits[self.value[1:]]
        if isinstance(self.value, str) and self.value.startswith("@"):
            return value_at(self.value[1:], facts, row)
        return self.value


@dataclass(frozen=True, slots=True)
class All:
    """Holds where every part holds; one part that does not hold settles it, whatever is unknown."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts, row: Mapping[str, Any], limits: Mapping[str, float]) -> Verdict:
        """Combine the parts."""
        verdicts = [one.holds(facts, row, limits) for one in self.parts]
        return False if False in verdicts else None if None in verdicts else True


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where one part holds, whatever is unknown."""

    parts: tuple[Condition, ...]

    def holds(self, facts: Facts, row: Mapping[str, Any], limits: Mapping[str, float]) -> Verdict:
        """Combine the parts."""
        verdicts = [one.holds(facts, row, limits) for one in self.parts]
        return True if True in verdicts else None if None in verdicts else False


def value_at(path: str, facts: Facts, row: Mapping[str, Any]) -> object:
    """Return a column of the row, `probe.field` of the facts, or `probe.table.column` of the table's first row.

    None stands for everything that is not known.
    """
    probe, *names = path.split(".")
    if not names:
        return row.get(path)
    found = facts.get(probe, {}).get(names[0])
    return found if len(names) == 1 else _of_first_row(found, names[1])


def _of_first_row(table: object, column: str) -> object:
    rows = cast("list[object]", table) if isinstance(table, list) else []
    return cast("dict[str, object]", rows[0]).get(column) if rows and isinstance(rows[0], dict) else None
