"""A snapshot line by line, as an employee reads it before sending: each line can be left out on its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, cast

from desktop.base.texts import Texts
from desktop.diagnostics.fact_lines import fact_words, printable
from desktop.diagnostics.findings import Rule, evaluate
from desktop.diagnostics.probe import Field, Kind, Lane, Probe
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Snapshot

LEFT_OUT = "left_out"
"""The reason of a probe of which the employee took lines out."""


class Line(NamedTuple):
    """A field of a probe, or one row of a field that is a table."""

    probe: str
    field: str
    row: int | None = None


class Heading(NamedTuple):
    """A probe with its lines in words; without lines `note` says why there are none."""

    probe: str
    title: str
    lines: tuple[tuple[Line, str], ...]
    note: str = ""


def headings(snapshot: Snapshot, probes: Collection[str], texts: Texts) -> Iterator[Heading]:
    """Return the probes among `probes` that were asked, with every line of theirs in the reader's words."""
    for probe in PROBES:
        result = snapshot.probes.get(probe.id)
        if result is None or probe.id not in probes:
            continue
        lines = tuple((line, printable(words)) for line, words in _lines(probe, result.facts, texts))
        yield Heading(probe.id, texts.text(f"probe.{probe.id}.title"), lines, "" if lines else _note(result, texts))


def without_lines(snapshot: Snapshot, left_out: Collection[Line], *, rules: tuple[Rule, ...] | None = None) -> Snapshot:
    """Take single lines out; a finding that rests on their probe is judged as if nothing were known of it.

    Judging by the rows that are left would call absent what was left out. `rules` are those the snapshot was judged by,
    ours where not given.
    """
    touched = {one.probe for one in left_out} & snapshot.probes.keys()
    return _cut(snapshot, touched, left_out, rules or load_rules()) if touched else snapshot


def basic_part(snapshot: Snapshot, *, rules: tuple[Rule, ...] | None = None) -> Snapshot:
    """Return what a basic diagnosis has of a full one."""
    slow = {one.id for one in PROBES if one.lane is Lane.SLOW}
    gone = slow & snapshot.probes.keys()
    if not gone:
        return replace(snapshot, level="basic")
    found = _cut(snapshot, gone, (), rules or load_rules())
    return replace(found, level="basic", probes={name: one for name, one in found.probes.items() if name not in gone})


def _cut(snapshot: Snapshot, touched: set[str], left_out: Collection[Line], rules: tuple[Rule, ...]) -> Snapshot:
    nothing = ProbeResult(ProbeStatus.WITHHELD)
    known = {name: nothing if name in touched else one for name, one in snapshot.probes.items()}
    by_id = {one.id: one for one in rules}
    findings = (_judged_anew(one, by_id.get(one.id), known, touched=touched) for one in snapshot.findings)
    probes = {name: _without(name, one, left_out) if name in touched else one for name, one in snapshot.probes.items()}
    return replace(snapshot, probes=probes, findings=tuple(findings))


def _judged_anew(
    finding: Finding, rule: Rule | None, known: Mapping[str, ProbeResult], *, touched: set[str]
) -> Finding:
    if rule is None:  # nobody can say what it was made of
        return replace(finding, state=FindingState.UNKNOWN, evidence={})
    return evaluate(known, (rule,))[0] if rule.rests_on & touched else finding


def _without(probe: str, result: ProbeResult, left_out: Collection[Line]) -> ProbeResult:
    facts = dict(result.facts)
    for field in {one.field for one in left_out if one.probe == probe} & facts.keys():
        rows = {one.row for one in left_out if (one.probe, one.field) == (probe, field)}
        value = facts[field]
        if None in rows or not isinstance(value, list):
            del facts[field]
        else:
            facts[field] = [one for place, one in enumerate(cast("list[object]", value)) if place not in rows]
    status = ProbeStatus.PARTIAL if result.status is ProbeStatus.OK else result.status
    return replace(result, facts=facts, status=status, reason=LEFT_OUT)


def _lines(probe: Probe, facts: Mapping[str, Any], texts: Texts) -> Iterator[tuple[Line, str]]:
    for field in probe.fields:
        value = facts.get(field.name)
        if value in (None, []):
            continue
        name = texts.text(f"probe.{probe.id}.field.{field.name}")
        if field.kind is not Kind.TABLE:
            yield Line(probe.id, field.name), _said(texts, name, fact_words(field, value, texts))
            continue
        rows = cast("list[object]", value) if isinstance(value, list) else []
        for place, row in enumerate(rows):
            if isinstance(row, dict):
                words = _row(probe, field, cast("Mapping[str, Any]", row), texts)
                yield Line(probe.id, field.name, place), _said(texts, name, words)


def _row(probe: Probe, field: Field, row: Mapping[str, Any], texts: Texts) -> str:
    known = [one for one in field.columns if row.get(one.name) not in (None, [])]
    names = {one.name: texts.text(f"probe.{probe.id}.field.{one.name}") for one in known}
    return ", ".join(_said(texts, names[one.name], fact_words(one, row[one.name], texts)) for one in known)


def _said(texts: Texts, name: str, words: str) -> str:
    return texts.text("diagnostics.fact", name=name, value=words)


def _note(result: ProbeResult, texts: Texts) -> str:
    if result.status is ProbeStatus.OK:
        return texts.text("diagnostics.line.nothing")
    return texts.text(f"diagnostics.line.{result.status.value}")
