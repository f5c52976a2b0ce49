"""Why a finding is what it is: every condition with what was read, its limit and its own verdict, in words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from desktop.base.texts import load_texts
from desktop.diagnostics.conditions import OPERATORS, Comparison
from desktop.diagnostics.explaining import explain, explain_all
from desktop.diagnostics.explanation import ConditionNote, Explanation, Joined, Missing
from desktop.diagnostics.explanation_lines import condition_lines, explanation_lines
from desktop.diagnostics.findings import Rule, judged
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import FindingState, ProbeResult, ProbeStatus, Severity, Snapshot

RULES = {one.id: one for one in load_rules()}
GIB = 1 << 30
PRESENT, ABSENT, UNKNOWN = FindingState.PRESENT, FindingState.ABSENT, FindingState.UNKNOWN


def snapshot(**probes: dict[str, Any] | ProbeStatus) -> Snapshot:
    """A snapshot of these facts; a status stands for a probe that did not answer."""
    results = {
        name: ProbeResult(one, reason="lpstat") if isinstance(one, ProbeStatus) else ProbeResult(ProbeStatus.OK, one)
        for name, one in probes.items()
    }
    return Snapshot("2026-11-02T09:00:00.000000Z", "basic", results)


def volumes(*free: int) -> dict[str, Any]:
    """The facts of the probe `disks`."""
    return {
        "volumes": [
            {
                "mount": f"/{place}", "free_bytes": one, "total_bytes": 200 * GIB, "is_system": True,
                "free_percent": round(one / 2 / GIB, 1), "is_read_only": False,
            }
            for place, one in enumerate(free)
        ]
    }  # fmt: skip


def leaves(note: ConditionNote) -> list[ConditionNote]:
    """All comparisons below a condition."""
    return [leaf for part in note.parts for leaf in leaves(part)] if note.parts else [note]


def test_a_present_finding_shows_its_conditions() -> None:
    """Each row of the table, each comparison with its limit."""
    found = explain(RULES["disk.full"], snapshot(disks=volumes(100 * GIB, GIB // 2)))
    assert found.finding.state is PRESENT
    assert [(row.label, row.state) for row in found.rows] == [("/0", ABSENT), ("/1", PRESENT)]
    condition = found.rows[1].condition
    assert (condition.joined, condition.state) == (Joined.ALL, PRESENT)
    space = next(one for one in leaves(condition) if one.limit == "free_bytes")
    assert (space.fact, space.operator, space.found, space.wanted) == (
        "disks.volumes.free_bytes", "below", GIB // 2, GIB,
    )  # fmt: skip
    assert [(one.name, one.value, one.is_ours) for one in found.limits] == [
        ("free_bytes", GIB, True), ("free_percent", 2, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({}, Missing.NOT_ASKED),
        ({"memory": ProbeStatus.TIMEOUT}, Missing.NOT_ANSWERED),
        ({"memory": {"available_percent": None}}, Missing.NO_VALUE),
        ({"memory": {"available_percent": "much"}}, Missing.NOT_COMPARABLE),
    ],
)
def test_an_unknown_condition_says_why(facts: dict[str, Any], missing: Missing) -> None:
    """Not asked, not answered, no value or nonsense."""
    found = explain(RULES["mem.low"], snapshot(**facts))
    assert found.finding.state is UNKNOWN
    share = next(one for one in leaves(found.rows[0].condition) if one.fact == "memory.available_percent")
    assert share.missing is missing


def test_a_table_that_is_not_known_has_no_rows() -> None:
    """The probe says why."""
    found = explain(RULES["printer.paused"], snapshot(printers=ProbeStatus.PARTIAL))
    assert not found.rows
    assert [(one.id, one.status, one.reason) for one in found.probes] == [("printers", ProbeStatus.PARTIAL, "lpstat")]


def test_other_facts_and_what_makes_it_worse_are_named() -> None:
    """A sensor is compared with its own limit."""
    sensors = {"sensors": [{"name": "cpu", "current_celsius": 99, "high_celsius": 90, "critical_celsius": 105}]}
    row = explain(RULES["temp.high"], snapshot(temperature=sensors)).rows[0]
    first = leaves(row.condition)[0]
    assert (first.other, first.wanted) == ("temperature.sensors.high_celsius", 90)
    assert row.worse is not None
    assert row.worse.state is ABSENT


def test_samples_that_count_are_listed() -> None:
    """A rule that asks for more than one snapshot has shows the earlier ones too."""
    rule = replace(RULES["cpu.busy"], limits={"busy_percent": 90, "samples": 6})
    now = snapshot(cpu_load={"percent_lowest": 95.0})
    earlier = replace(now, taken_at="2026-11-02T08:55:00.000000Z")
    alone, followed = explain(rule, now), explain(rule, now, (earlier,))
    assert (alone.finding.state, followed.finding.state) == (UNKNOWN, PRESENT)
    assert alone.snapshots_needed == 2
    assert [one.taken_at for one in followed.rows[0].samples] == [now.taken_at, earlier.taken_at]


def test_a_changed_threshold_stands_beside_the_usual_one() -> None:
    """What the company has set, and what we ship."""
    rule = replace(RULES["net.dns_slow"], limits={"answer_ms": 900})
    found = explain(rule, snapshot(net_resolve={"median_ms": 700}), usual=RULES["net.dns_slow"].limits)
    assert found.finding.state is ABSENT
    german = list(explanation_lines(found, load_texts("de")))
    assert "    Antwortzeit: 900 ms (üblich: 500 ms), unsere Einschätzung" in german


def test_words_in_both_languages() -> None:
    """One template per operator, filled with the field's own name and unit."""
    facts = snapshot(disks=volumes(GIB // 2))
    german = list(explanation_lines(explain(RULES["disk.full"], facts), load_texts("de")))
    assert german[0] == "Systemlaufwerk voll: liegt vor"
    assert "        [ja] Frei: unter 1 GB (gelesen: 512 MB)" in german
    english = list(explanation_lines(explain(RULES["disk.full"], snapshot()), load_texts("en")))
    assert english[0] == "System drive full: not known"
    assert "  Check “Drives”: not looked at" in english


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("operator", list(OPERATORS))
def test_every_operator_can_be_said(language: str, operator: str) -> None:
    """No operator without its template, known or not."""
    rule = Rule("mem.low", Severity.WARN, Comparison("memory.available_percent", operator, 5), ("memory",))
    for probes in ({}, {"memory": {"available_percent": 4}}):
        note = explain(rule, snapshot(**probes)).rows[0].condition
        said = list(condition_lines(note, load_texts(language)))
        assert said
        assert not [one for one in said if "explain." in one or "{" in one or "None" in one]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_rule_can_be_explained(language: str) -> None:
    """An empty snapshot and a JSON document of each."""
    for one in explain_all(snapshot(), tuple(RULES.values())):
        said = list(explanation_lines(one, load_texts(language)))
        assert not [line for line in said if "explain." in line or "finding." in line or "{" in line], one.rule.id
        assert json.loads(json.dumps(one.to_document()))["state"] == "unknown"


def test_the_explanation_agrees_with_the_judge() -> None:
    """One engine: the finding of an explanation is the finding."""
    facts = snapshot(disks=volumes(GIB // 2, 100 * GIB), net_link={"active": 0}, uptime={"uptime_s": 10**7})
    explained: tuple[Explanation, ...] = explain_all(facts, tuple(RULES.values()))
    assert tuple(one.finding for one in explained) == judged(facts, tuple(RULES.values())).findings


def test_a_name_from_outside_cannot_steer_the_terminal() -> None:
    """A mount point may be called anything."""
    facts = volumes(GIB // 2)
    facts["volumes"][0]["mount"] = "x\x1b[2J\r\n"
    said = explanation_lines(explain(RULES["disk.full"], snapshot(disks=facts)), load_texts("de"))
    assert not [one for one in said if "\x1b" in one or "\n" in one]
