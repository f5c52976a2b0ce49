"""Reads the rules file. It is data that an administrator may edit, so every mistake in it gets a name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import resources
from desktop.diagnostics.conditions import OPERATORS, All, AnyOf, Comparison, Condition
from desktop.diagnostics.findings import Rule
from desktop.domain.snapshot import Severity

KEYS = frozenset(
    {"id", "severity", "probes", "when", "wizard", "source", "ours", "each", "lowest", "highest", "limits", "show",
     "worse"}
)  # fmt: skip


def load_rules(path: Path | None = None) -> tuple[Rule, ...]:
    """Read the rules, ours where no file is named.

    Raises AppError `findings.unreadable` (no TOML, no file) or `findings.invalid` with the rule and what is wrong.
    """
    import tomllib  # costs 10 ms that a program without a diagnosis should not pay

    file = path or resources() / "findings.toml"
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AppError(
            "findings.unreadable", kind=ErrorKind.ENVIRONMENT, parameters={"path": str(file)}, detail=str(error)
        ) from error
    rules = tuple(_rule(one) for one in cast("list[dict[str, Any]]", document.get("finding", [])))
    _check_ids(rules)
    return rules


def _check_ids(rules: tuple[Rule, ...]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise _invalid(rule.id, "id")
        seen.add(rule.id)


def _rule(document: Mapping[str, Any]) -> Rule:
    name = str(document.get("id", "?"))
    if strange := set(document) - KEYS:
        raise _invalid(name, min(strange))
    worse = cast("Mapping[str, Any]", document.get("worse", {}))
    try:
        rule = Rule(
            id=str(document["id"]),
            severity=Severity(document["severity"]),
            when=_condition(name, document["when"]),
            probes=tuple(document["probes"]),
            wizard=document.get("wizard", ""),
            source=document["source"],
            is_ours=bool(document.get("ours", False)),
            each=document.get("each", ""),
            lowest=document.get("lowest", ""),
            highest=document.get("highest", ""),
            limits={key: _limit(name, value) for key, value in dict(document.get("limits", {})).items()},
            show=dict(document.get("show", {})),
            worse=_condition(name, worse["when"]) if worse else None,
            worse_severity=Severity(worse["severity"]) if worse else Severity.ERROR,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise _invalid(name, str(error)) from error
    _check_limits(rule)
    return rule


def _limit(rule: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _invalid(rule, "limits")
    return value


def _condition(rule: str, document: object) -> Condition:
    if not isinstance(document, dict):
        raise _invalid(rule, "when")
    table = cast("dict[str, Any]", document)
    for name, combined in (("all", All), ("any", AnyOf)):
        if set(table) == {name}:
            return combined(tuple(_condition(rule, one) for one in table[name]))
    operators = set(table) - {"fact"}
    if "fact" not in table or len(operators) != 1 or not operators <= set(OPERATORS):
        raise _invalid(rule, "when")
    operator = operators.pop()
    return Comparison(str(table["fact"]), operator, table[operator])


def _check_limits(rule: Rule) -> None:
    conditions = [rule.when, *([rule.worse] if rule.worse else [])]
    for one in (leaf for condition in conditions for leaf in comparisons(condition)):
        if isinstance(one.value, str) and one.value.startswith("$") and one.value[1:] not in rule.limits:
            raise _invalid(rule.id, one.value)


def comparisons(condition: Condition) -> list[Comparison]:
    """Return the comparisons that a condition is made of, for explaining and checking it."""
    if isinstance(condition, Comparison):
        return [condition]
    if isinstance(condition, All | AnyOf):
        return [leaf for part in condition.parts for leaf in comparisons(part)]
    return []


def _invalid(rule: str, what: str) -> AppError:
    return AppError("findings.invalid", parameters={"rule": rule, "key": what})
