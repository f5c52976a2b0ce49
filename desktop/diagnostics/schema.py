"""The JSON Schema of a snapshot's document, made of the declarations: what a probe may say, in which unit, and to whom.

`packaging/write_schema.py` writes it to docs/snapshot.schema.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.base.texts import Texts
from desktop.diagnostics.findings import Rule
from desktop.diagnostics.probe import Field, Kind, Probe
from desktop.diagnostics.registry import PROBES
from desktop.domain.snapshot import FindingState, ProbeStatus, Severity, Snapshot

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"
_TYPES = {Kind.TEXT: "string", Kind.INTEGER: "integer", Kind.NUMBER: "number", Kind.BOOLEAN: "boolean"}
_RESULT: dict[str, dict[str, Any]] = {
    "status": {"enum": [one.value for one in ProbeStatus]},
    "ms": {"type": "number", "minimum": 0, "description": "Wall time in milliseconds"},
    "cpu_ms": {"type": "number", "minimum": 0, "description": "Processor time in milliseconds"},
    "reason": {"type": "string", "description": "A short code where there is no answer, or not all of it"},
    "source": {"type": "string", "description": "The tools, files and interfaces that were asked"},
}
_ITEMS = {Kind.TEXTS: "string", Kind.NUMBERS: "number"}


def snapshot_schema(rules: Sequence[Rule], texts: Texts) -> dict[str, Any]:
    """Return the schema; titles come from `texts`, the rules name the findings there can be.

    Every fact may be null or missing where the machine does not tell. `x-unit`, `x-privacy`, `x-platforms` and `x-lane`
    are the declarations' own words.
    """
    return {
        "$schema": DIALECT,
        "title": "Snapshot",
        "description": "A machine's facts at one moment: what each probe returned, and what the rules say about it.",
        "type": "object",
        "required": ["schema", "taken_at", "level", "probes", "findings"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": Snapshot("", "", {}).schema},
            "taken_at": {"type": "string", "pattern": MOMENT, "description": "ISO 8601 in UTC"},
            "level": {"enum": ["basic", "full"]},
            "probes": {
                "type": "object",
                "additionalProperties": False,
                "properties": {one.id: _probe(one, texts) for one in PROBES},
            },
            "findings": {"type": "array", "items": _finding(rules)},
        },
        "$defs": _RESULT,
    }


def _probe(probe: Probe, texts: Texts) -> dict[str, Any]:
    return {
        "title": texts.text(f"probe.{probe.id}.title"),
        "x-lane": probe.lane.value,
        "x-platforms": list(probe.platforms),
        "type": "object",
        "required": ["status", "ms", "cpu_ms", "reason", "facts"],
        "additionalProperties": False,
        "properties": {
            **{name: {"$ref": f"#/$defs/{name}"} for name in _RESULT},
            "facts": _row(probe.id, probe.fields, texts),
        },
    }


def _row(probe: str, fields: Sequence[Field], texts: Texts) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {one.name: _field(probe, one, texts) for one in fields},
    }


def _field(probe: str, field: Field, texts: Texts) -> dict[str, Any]:
    described: dict[str, Any] = {"title": texts.text(f"probe.{probe}.field.{field.name}")}
    if field.unit:
        described["x-unit"] = field.unit
    if field.kind is Kind.TABLE:
        return described | {"type": ["array", "null"], "items": _row(probe, field.columns, texts)}
    described["x-privacy"] = field.privacy.value
    if field.kind in _ITEMS:
        return described | {"type": ["array", "null"], "items": {"type": [_ITEMS[field.kind], "null"]}}
    return described | {"type": [_TYPES[field.kind], "null"]}


def _finding(rules: Sequence[Rule]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["id", "state", "severity", "evidence", "wizard"],
        "additionalProperties": False,
        "properties": {
            "id": {"enum": [one.id for one in rules]},
            "state": {"enum": [one.value for one in FindingState]},
            "severity": {"enum": [one.value for one in Severity]},
            "evidence": {"type": "object", "description": "What fills the finding's texts; names end in their unit"},
            "wizard": {"type": "string", "description": "The checklist that helps, empty where none does"},
        },
    }
