"""What a snapshot costs beyond reading it: all rules over every fact that a probe declares."""

from __future__ import annotations

import json
from typing import Any

from bench.measure import Limit, Result, in_turn, timed
from bench.store import Setting
from desktop.diagnostics.findings import judged
from desktop.diagnostics.probe import Field, Kind
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot

ROWS = 20
"""Rows of a table; the list of installed programs has some hundred, but no rule goes through it."""
VALUES: dict[Kind, Any] = {
    Kind.TEXT: "words of a fact",
    Kind.TEXTS: ["one", "another"],
    Kind.INTEGER: 7,
    Kind.NUMBER: 7.5,
    Kind.NUMBERS: [7.5] * 8,
    Kind.BOOLEAN: True,
}


def findings(setting: Setting) -> Result:
    """Judge a full snapshot with its history by all rules, beside reading the same document from JSON."""
    probes = {one.id: ProbeResult(ProbeStatus.OK, _row(one.fields)) for one in PROBES}
    snapshot, rules = Snapshot("2026-06-01T12:00:00.000000Z", "full", probes), load_rules()
    text = json.dumps(snapshot.to_document())
    ours, floor = in_turn(
        lambda: timed(lambda: judged(snapshot, rules, (snapshot, snapshot)), repeat=20),
        lambda: timed(lambda: json.loads(text), repeat=20),
        rounds=setting.rounds(30),
    )
    return Result("findings", setting.size, ours, floor, (Limit("ms CPU", 20, lambda result: result.ours.cpu),))


def _row(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        one.name: [_row(one.columns) for _ in range(ROWS)] if one.kind is Kind.TABLE else VALUES[one.kind]
        for one in fields
    }
