"""An explanation in the reader's language: one template per operator, filled with the field's own name and unit."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base.texts import Texts
from desktop.diagnostics.evidence import finding_text, formatted
from desktop.diagnostics.explanation import ConditionNote, Explanation, Joined, LimitNote, Missing, ProbeNote, RowNote
from desktop.diagnostics.fact_lines import fact_words, printable
from desktop.diagnostics.probe import Field
from desktop.diagnostics.registry import find_probe

STEP = "  "


def explanation_lines(explanation: Explanation, texts: Texts) -> Iterator[str]:
    """Return title and state, the rule with its thresholds, the probes, and every condition indented below its group.

    Foreign text is printed without control characters.
    """
    yield from map(printable, _lines(explanation, texts))


def condition_lines(note: ConditionNote, texts: Texts, *, depth: int = 0) -> Iterator[str]:
    """Return one condition and its parts, each with its verdict."""
    yield STEP * depth + texts.text(
        "explain.verdict.line",
        verdict=texts.text(f"explain.verdict.{note.state.value}"),
        what=condition_text(note, texts),
    )
    for part in note.parts:
        yield from condition_lines(part, texts, depth=depth + 1)


def condition_text(note: ConditionNote, texts: Texts) -> str:
    """Return one condition without its verdict: a comparison with what was read, or how its parts belong together."""
    if note.joined is not Joined.COMPARISON:
        return texts.text(f"explain.joined.{note.joined.value}")
    field = _field(note.fact)
    title = field_title(note.fact, texts)
    wanted = field_title(note.other, texts) if note.other else _value(field, note.wanted, texts)
    return texts.text(f"explain.operator.{note.operator}", fact=title, wanted=wanted, found=_found(note, field, texts))


def limit_line(limit: LimitNote, texts: Texts) -> str:
    """Return a threshold with its unit, the usual value where it was changed, and a mark where it is our judgement."""
    code = "explain.limit" if limit.value == limit.usual else "explain.limit.changed"
    name = texts.text(f"finding.limit.{limit.name}")
    value, usual = (formatted(limit.name, one, texts) for one in (limit.value, limit.usual))
    line = texts.text(code, name=name, value=value, usual=usual)
    return texts.text("explain.limit.ours", line=line) if limit.is_ours else line


def field_title(fact: str, texts: Texts) -> str:
    """Return the name of a fact ("disks.volumes.free_bytes") in the reader's language."""
    parts = fact.split(".")
    return texts.text(f"probe.{parts[0]}.field.{parts[-1]}")


def _lines(explanation: Explanation, texts: Texts) -> Iterator[str]:
    finding, rule = explanation.finding, explanation.rule
    state = texts.text(f"explain.state.{finding.state.value}")
    yield texts.text("diagnostics.fact", name=finding_text(finding, "title", texts), value=state)
    yield STEP + texts.text("explain.rule", rule=finding_text(finding, "rule", texts))
    yield from (STEP * 2 + limit_line(one, texts) for one in explanation.limits)
    yield STEP + texts.text(
        "explain.source.ours" if rule.is_ours else "explain.source", source=rule.source[texts.language]
    )
    yield from (STEP + _probe_line(one, texts) for one in explanation.probes)
    yield from (line for row in explanation.rows for line in _row_lines(row, texts))
    if explanation.snapshots_needed > 1:
        yield STEP + texts.plural("explain.snapshots", explanation.snapshots_needed)
    if explanation.seconds_needed:
        yield STEP + texts.text("explain.seconds", duration=formatted("for_s", explanation.seconds_needed, texts))


def _probe_line(probe: ProbeNote, texts: Texts) -> str:
    status = texts.text(f"diagnostics.status.{probe.status.value}" if probe.status else "explain.missing.not_asked")
    code = "explain.probe.reason" if probe.reason else "explain.probe"
    return texts.text(code, probe=texts.text(f"probe.{probe.id}.title"), status=status, reason=probe.reason)


def _row_lines(row: RowNote, texts: Texts) -> Iterator[str]:
    if row.label:
        yield STEP + row.label
    depth = 2 if row.label else 1
    yield from condition_lines(row.condition, texts, depth=depth)
    if row.worse is not None:
        yield STEP * depth + texts.text("explain.worse")
        yield from condition_lines(row.worse, texts, depth=depth + 1)
    for sample in row.samples[1:]:
        verdict = texts.text(f"explain.verdict.{sample.state.value}")
        yield STEP * depth + texts.text("explain.verdict.line", verdict=verdict, what=sample.taken_at)


def _found(note: ConditionNote, field: Field | None, texts: Texts) -> str:
    if note.missing is None or note.missing is Missing.NOT_COMPARABLE:
        return _value(field, note.found, texts)
    return texts.text(f"explain.missing.{note.missing.value}")


def _value(field: Field | None, value: object, texts: Texts) -> str:
    return fact_words(field, value, texts) if field else formatted("", value, texts)


def _field(fact: str) -> Field | None:
    probe, name, *column = fact.split(".")
    declared = find_probe(probe)
    field = declared.field(name) if declared else None
    if field is None or not column:
        return field
    return next((one for one in field.columns if one.name == column[0]), None)
