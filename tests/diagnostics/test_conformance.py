"""One walk over all probes, groups and rules: each keeps what its declaration promises."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.base.texts import load_texts
from desktop.diagnostics.evidence import finding_text
from desktop.diagnostics.findings import evaluate
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.privacy import GROUPS
from desktop.diagnostics.probe import EVERYWHERE, Kind, Lane, Probe
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import comparisons, load_rules
from desktop.diagnostics.runner import guarded
from desktop.domain.snapshot import Finding, FindingState, Privacy, ProbeStatus
from tests.diagnostics.declared import check_row

LONGEST = {Lane.FAST: 2.0, Lane.NETWORK: 3.0, Lane.SLOW: 20.0}
DEAR = {"dataclasses", "inspect", "tomllib", "urllib", "http", "ssl", "platform", "concurrent", "pathlib", "email",
        "logging", "asyncio", "sqlite3", "ctypes", "plistlib", "gettext"}  # fmt: skip
"""Modules that cost a collector too much."""
by_id = pytest.mark.parametrize("probe", PROBES, ids=lambda one: one.id)


@by_id
def test_facts_match_their_declaration(probe: Probe) -> None:
    """What a probe returns here is what it declared: names, types, serialisable, with status and times."""
    result = guarded(probe, Machine(window=0.0))
    assert result["status"] in {"ok", "partial", "denied", "unsupported"}, result["reason"]
    facts = json.loads(json.dumps(result["facts"]))
    assert isinstance(facts, dict)
    assert facts or result["status"] != "ok"
    check_row(probe.fields, facts)


@by_id
def test_declarations_are_complete(probe: Probe) -> None:
    """Names are unique, numbers have units, tables have columns, hidden fields are no numbers."""
    fields = [probe.fields, *(one.columns for one in probe.fields if one.kind is Kind.TABLE)]
    for group in fields:
        assert len({one.name for one in group}) == len(group)
        for one in group:
            assert isinstance(one.privacy, Privacy)
            assert bool(one.unit) == (one.kind in (Kind.INTEGER, Kind.NUMBER, Kind.NUMBERS)), one.name
            assert bool(one.columns) == (one.kind is Kind.TABLE), one.name
            assert one.privacy is Privacy.PUBLIC or one.pseudonym, one.name
    assert 0 < probe.deadline <= LONGEST[probe.lane]
    assert set(probe.platforms) <= set(EVERYWHERE)


@by_id
@pytest.mark.parametrize("language", ["de", "en"])
def test_probes_and_fields_have_names_in_both_languages(probe: Probe, language: str) -> None:
    """Titles of probe, fields and columns exist."""
    texts = load_texts(language)
    names = {one.name for field in probe.fields for one in (field, *field.columns)}
    codes = [f"probe.{probe.id}.title", *(f"probe.{probe.id}.field.{name}" for name in sorted(names))]
    assert not [code for code in codes if not texts.has(code)]


@by_id
def test_a_probe_of_another_platform_is_unsupported(probe: Probe) -> None:
    """A machine that no probe knows gets an answer and no exception."""
    result = guarded(probe, Machine(platform="plan9", window=0.0))
    assert result["status"] == "unsupported"


def test_every_probe_belongs_to_one_consent_group() -> None:
    """What is not in a group could not be withheld; what is in two would be withheld by surprise."""
    grouped = [probe for group in GROUPS for probe in group.probes]
    assert sorted(grouped) == sorted(one.id for one in PROBES)


@pytest.mark.parametrize("language", ["de", "en"])
def test_groups_states_and_severities_have_names(language: str) -> None:
    """The words around the facts exist."""
    texts = load_texts(language)
    codes = [f"consent.{group.id}.{part}" for group in GROUPS for part in ("title", "hint")]
    codes += [f"diagnostics.status.{one.value}" for one in ProbeStatus]
    codes += [f"finding.severity.{name}" for name in ("info", "warn", "error", "critical")]
    assert not [code for code in codes if not texts.has(code)]


@pytest.mark.parametrize("rule", load_rules(), ids=lambda one: one.id)
def test_rules_refer_to_declared_facts_and_can_be_said(rule) -> None:
    """Facts of a rule are declared, its probes are named, and its four texts render with its evidence alone."""
    used = [rule.when, *([rule.worse] if rule.worse else [])]
    facts = [leaf.fact for one in used for leaf in comparisons(one)]
    named = [*facts, *([rule.each] if rule.each else []), *filter(None, (rule.key, rule.lowest, rule.highest))]
    assert not [one for one in (*named, *rule.show.values()) if not _is_declared(one, rule.each)]
    assert {one.partition(".")[0] for one in named if "." in one} == set(rule.probes)
    if rule.also:
        facts = [leaf.fact for leaf in comparisons(rule.also.when)]
        assert not [one for one in (*facts, rule.also.each) if not _is_declared(one, rule.also.each)]
        assert [rule.also.each.partition(".")[0]] == list(rule.also.probes)
        assert rule.also.show.keys() == rule.show.keys()
    evidence = {f"limit_{name}": value for name, value in rule.limits.items()} | dict.fromkeys(rule.show, 5)
    for state in FindingState:
        known = evidence if state is FindingState.PRESENT else {f"limit_{n}": v for n, v in rule.limits.items()}
        finding = Finding(rule.id, state, rule.severity, known, rule.wizard)
        for language in ("de", "en"):
            texts = load_texts(language)
            said = [finding_text(finding, part, texts) for part in ("title", "employee", "technician", "rule")]
            assert all(said)
            assert not any("{" in one or one.startswith("finding.") for one in said)


def _is_declared(fact: str, table: str) -> bool:
    """Tell whether "probe.field", "probe.table.column" or a column of the rule's own table exists."""
    owner, name, *column = (fact if "." in fact else f"{table}.{fact}").split(".")
    field = next((one.field(name) for one in PROBES if one.id == owner), None)
    return field is not None and (not column or column[0] in {one.name for one in field.columns})


@pytest.mark.parametrize("language", ["de", "en"])
def test_topics_and_limits_have_names(language: str) -> None:
    """The settings list every threshold under its topic."""
    texts = load_texts(language)
    codes = {f"finding.topic.{rule.topic}" for rule in load_rules()}
    codes |= {f"finding.limit.{name}" for rule in load_rules() for name in rule.limits}
    assert not [code for code in sorted(codes) if not texts.has(code)]


@pytest.mark.parametrize("rule", load_rules(), ids=lambda one: one.id)
def test_a_finding_leads_to_an_action(rule) -> None:
    """What employees see has a checklist and one more sentence that says what to do; the rest is for technicians."""
    assert rule.wizard or not rule.is_for_employees
    for language in ("de", "en"):
        said = load_texts(language).text(f"finding.{rule.id}.employee", **dict.fromkeys(rule.show, "x"))
        assert said.count(". ") >= 1, said


def test_rules_judge_an_empty_snapshot_as_unknown() -> None:
    """Nothing asked, nothing known."""
    assert {one.state for one in evaluate({}, load_rules())} == {FindingState.UNKNOWN}


def test_the_collector_loads_nothing_dear() -> None:
    """A fresh collector imports psutil, the lean standard library and our own probes, nothing else."""
    code = "import desktop.entry.collector, sys; print(*sys.modules)"
    output = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = set(output.split())
    assert not loaded & (DEAR - _loaded_by_psutil_alone())
    ours = {name for name in loaded if name.startswith("desktop.")}
    allowed = ("desktop.diagnostics", "desktop.entry.collector", "desktop.domain.facts")
    assert not [one for one in ours if not one.startswith(allowed) and one not in ("desktop.entry", "desktop.domain")]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names the modules of Linux")
def test_a_fast_run_loads_nothing_of_the_slow_lane() -> None:
    """Also after all fast probes have read this machine; of the other systems nothing either."""
    code = "from desktop.entry.collector import collect; collect(['--lane', 'fast']); import sys; print(*sys.modules)"
    output = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = set(output.splitlines()[-1].split())
    ours = {one.removeprefix("desktop.diagnostics.") for one in loaded if one.startswith("desktop.diagnostics.")}
    systems = {one for one in ours if one.startswith(("linux.", "macos.", "windows."))}
    assert systems <= {
        f"linux.{one}" for one in ("displays", "network", "pc", "pci", "protection", "running", "services", "wireless")
    }
    assert {"linux.pc", "linux.protection"} <= systems
    assert not loaded & (DEAR - _loaded_by_psutil_alone())


def _loaded_by_psutil_alone() -> set[str]:
    """Return what the interpreter's own start loads, such as pathlib through the editable installation."""
    command = [sys.executable, "-I", "-c", "import psutil, sys; print(*sys.modules)"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_the_document_names_every_probe_and_finding() -> None:
    """docs/diagnostics.md still says what is collected, for how long, and from whom it is hidden."""
    document = (Path(__file__).resolve().parents[2] / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(" `"): line for line in document.splitlines() if line.startswith("| `")}
    assert rows.keys() == {one.id for one in PROBES} | {one.id for one in load_rules()}
    for one in PROBES:
        assert f"{one.lane.value}, {one.deadline:g} s" in rows[one.id]
        fields = [each for field in one.fields for each in (field, *field.columns)]
        hidden = [f"{each.name} ({each.privacy.value})" for each in fields if each.privacy is not Privacy.PUBLIC]
        assert not [each for each in hidden if each not in rows[one.id]]
