"""Reads the rules file. It is data that an administrator may edit, so every mistake in it gets a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import resources
from desktop.base.texts import LANGUAGES
from desktop.diagnostics.conditions import OPERATORS, All, AnyOf, Comparison, Condition
from desktop.diagnostics.findings import Persistence, Rule
from desktop.diagnostics.overrides import Override, Overrides
from desktop.domain.snapshot import Severity

KEYS = frozenset(
    {"id", "topic", "severity", "probes", "when", "wizard", "source", "ours", "audience", "each", "key", "lowest",
     "highest", "limits", "shared", "for", "show", "worse", "also"}
)  # fmt: skip
ALSO_KEYS = frozenset({"probes", "each", "when", "show"})
"""What another sign of a finding consists of; all else is the finding's own."""
AUDIENCES = {"everybody": True, "technician": False}
"""Who is shown a finding, and whether that is employees too."""


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
    return shared_limits(rules)


def shared_limits(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Give every rule the present values of the limits that it shares with another one.

    Raises AppError `findings.invalid` where the other rule or its limit is not there.
    """
    known = {f"{rule.id}.{name}": value for rule in rules for name, value in rule.limits.items()}
    return tuple(_with_shared(rule, known) if rule.shared else rule for rule in rules)


def with_limits(rules: Sequence[Rule], overrides: Overrides) -> tuple[Rule, ...]:
    """Return the rules with a company's own thresholds, without the findings that it switched off.

    Findings and limits that these rules do not have are passed over; a limit that is shared follows its owner.
    """
    changed = [_with_own(rule, overrides[rule.id]) if rule.id in overrides else rule for rule in rules]
    is_off = {name for name, one in overrides.items() if one.is_off}
    return tuple(rule for rule in shared_limits(tuple(changed)) if rule.id not in is_off)


@dataclass(frozen=True, slots=True)
class CompanyRule:
    """A rule as a company has it beside the one we ship; `override` is what differs."""

    rule: Rule
    usual: Rule
    override: Override

    @property
    def own_limits(self) -> tuple[str, ...]:
        """Return the names of the limits that can be set here."""
        return tuple(name for name in self.rule.limits if name not in self.rule.shared)

    def is_ours(self, limit: str) -> bool:
        """Tell whether a limit as shipped is our own judgement."""
        return self.usual.is_ours or limit in self.usual.ours


def company_rules(rules: Sequence[Rule], overrides: Overrides) -> tuple[CompanyRule, ...]:
    """Return every rule as the company has it, also those that are switched off."""
    limits_only = {name: Override(one.limits) for name, one in overrides.items()}
    present = with_limits(rules, limits_only)
    return tuple(
        CompanyRule(rule, usual, overrides.get(rule.id, Override())) for rule, usual in zip(present, rules, strict=True)
    )


def _with_own(rule: Rule, override: Override) -> Rule:
    own = {name: value for name, value in override.limits.items() if name in rule.limits.keys() - rule.shared.keys()}
    return replace(rule, limits={**rule.limits, **own})


def _with_shared(rule: Rule, known: Mapping[str, float]) -> Rule:
    for source in rule.shared.values():
        if source not in known:
            raise _invalid(rule.id, source)
    return replace(rule, limits={**rule.limits, **{name: known[source] for name, source in rule.shared.items()}})


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
    ours = document.get("ours", False)
    worse = cast("Mapping[str, Any]", document.get("worse", {}))
    try:
        rule = Rule(
            id=str(document["id"]),
            topic=str(document["topic"]),
            severity=Severity(document["severity"]),
            when=_condition(name, document["when"]),
            probes=tuple(document["probes"]),
            wizard=document.get("wizard", ""),
            source=_source(document["source"]),
            is_ours=ours is True,
            ours=frozenset(cast("list[str]", ours)) if isinstance(ours, list) else frozenset(),
            is_for_employees=AUDIENCES[document.get("audience", "everybody")],
            each=document.get("each", ""),
            key=document.get("key", ""),
            lowest=document.get("lowest", ""),
            highest=document.get("highest", ""),
            limits={key: _limit(name, value) for key, value in dict(document.get("limits", {})).items()},
            shared=dict(document.get("shared", {})),
            lasting=_persistence(name, dict(document.get("for", {}))),
            show=dict(document.get("show", {})),
            worse=_condition(name, worse["when"]) if worse else None,
            worse_severity=Severity(worse["severity"]) if worse else Severity.ERROR,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise _invalid(name, str(error)) from error
    _check_limits(rule)
    return replace(rule, also=_also(rule, document["also"])) if "also" in document else rule


def _also(rule: Rule, document: object) -> Rule:
    """Read another sign of the same finding; it has no thresholds, which would have to be changed in two places."""
    found = cast("dict[str, Any]", document) if isinstance(document, dict) else {}
    if found.keys() != ALSO_KEYS:
        raise _invalid(rule.id, "also")
    other = Rule(
        id=rule.id,
        severity=rule.severity,
        when=_condition(rule.id, found["when"]),
        probes=tuple(found["probes"]),
        topic=rule.topic,
        wizard=rule.wizard,
        source=rule.source,
        is_for_employees=rule.is_for_employees,
        each=str(found["each"]),
        show=dict(found["show"]),
    )
    _check_limits(other)
    return other


def _source(document: object) -> Mapping[str, str]:
    if isinstance(document, str):
        return dict.fromkeys(LANGUAGES, document)
    found = {str(language): str(words) for language, words in cast("dict[str, str]", document).items()}
    if found.keys() != set(LANGUAGES):
        raise ValueError("source")
    return found


def _persistence(rule: str, document: Mapping[str, Any]) -> Persistence:
    if not set(document) <= {"samples", "per_snapshot", "seconds"}:
        raise _invalid(rule, "for")
    for one in document.values():
        if not (isinstance(one, str) and one.startswith("$")) and _limit(rule, one) < 1:
            raise _invalid(rule, "for")
    return Persistence(**document)


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
    used = [leaf.value for condition in conditions for leaf in comparisons(condition)]
    for one in (*used, rule.lasting.samples, rule.lasting.seconds):
        if isinstance(one, str) and one.startswith("$") and one[1:] not in {*rule.limits, *rule.shared}:
            raise _invalid(rule.id, one)
    for name in rule.ours - rule.limits.keys():
        raise _invalid(rule.id, name)


def comparisons(condition: Condition) -> list[Comparison]:
    """Return the comparisons that a condition is made of, for explaining and checking it."""
    if isinstance(condition, Comparison):
        return [condition]
    if isinstance(condition, All | AnyOf):
        return [leaf for part in condition.parts for leaf in comparisons(part)]
    return []


def _invalid(rule: str, what: str) -> AppError:
    return AppError("findings.invalid", parameters={"rule": rule, "key": what})
