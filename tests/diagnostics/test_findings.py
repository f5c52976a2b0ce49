"""Rules at their thresholds, three-valued, with evidence that can be read in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.base.errors import AppError
from desktop.base.texts import load_texts
from desktop.diagnostics.evidence import finding_text, formatted
from desktop.diagnostics.findings import evaluate
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity

RULES = load_rules()
GIB = 1 << 30
PRESENT, ABSENT, UNKNOWN = FindingState.PRESENT, FindingState.ABSENT, FindingState.UNKNOWN


def judge(finding_id: str, **probes: dict[str, Any]) -> Finding:
    """Judge the facts of the named probes by one rule."""
    results = {name: ProbeResult(ProbeStatus.OK, facts) for name, facts in probes.items()}
    return next(one for one in evaluate(results, RULES) if one.id == finding_id)


def volume(free: int, total: int, *, is_system: bool = True, **others: Any) -> dict[str, Any]:
    """A row of the probe `disks`."""
    return {
        "mount": "/", "free_bytes": free, "total_bytes": total, "free_percent": round(100 * free / total, 1),
        "is_system": is_system, "is_read_only": False, **others,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "full", "low"),
    [
        ([volume(GIB - 1, 20 * GIB)], PRESENT, PRESENT),
        ([volume(2 * GIB, 1000 * GIB)], PRESENT, PRESENT),
        ([volume(15 * GIB, 200 * GIB)], ABSENT, PRESENT),
        ([volume(25 * GIB, 500 * GIB)], ABSENT, ABSENT),
        ([volume(15 * GIB, 200 * GIB, is_system=False)], ABSENT, ABSENT),
        ([volume(9 * GIB, 200 * GIB, is_system=False)], ABSENT, PRESENT),
        ([volume(0, GIB, is_read_only=True)], ABSENT, ABSENT),
        ([], ABSENT, ABSENT),
    ],
)
def test_disk_space(rows: list[dict[str, Any]], full: FindingState, low: FindingState) -> None:
    """Full and low at their limits; a read-only image is always full and means nothing."""
    assert judge("disk.full", disks={"volumes": rows}).state is full
    assert judge("disk.low", disks={"volumes": rows}).state is low


def test_the_worst_row_gives_the_evidence() -> None:
    """Of several full volumes the fullest is named."""
    rows = [volume(15 * GIB, 200 * GIB, mount="/a"), volume(4 * GIB, 200 * GIB, mount="/b")]
    assert judge("disk.low", disks={"volumes": rows}).evidence["mount"] == "/b"


def test_one_row_that_is_not_known_leaves_the_whole_unknown() -> None:
    """No row is at fault and one could not be read: nobody may say that all is well."""
    rows = [volume(100 * GIB, 200 * GIB), volume(1, 2, free_bytes=None, free_percent=None)]
    assert judge("disk.full", disks={"volumes": rows}).state is UNKNOWN


@pytest.mark.parametrize(
    ("finding", "probes", "state"),
    [
        ("net.link_down", {"net_link": {"active": 0}}, PRESENT),
        ("net.link_down", {"net_link": {"active": 1}}, ABSENT),
        ("net.no_address", {"net_ip": {"usable": 0}}, PRESENT),
        ("net.no_address", {"net_ip": {"usable": 1}}, UNKNOWN),
        ("net.no_address", {"net_ip": {"usable": 1}, "net_route": {"has_default": True}}, ABSENT),
        ("net.gateway_unreachable", {"net_reach": {"gateway_answers": None}}, UNKNOWN),
        ("net.gateway_unreachable", {"net_reach": {"gateway_answers": False}}, PRESENT),
        ("net.dns_failing", {"net_resolve": {"names_resolved": 0}}, UNKNOWN),
        (
            "net.dns_failing",
            {"net_resolve": {"names_resolved": 0}, "net_reach": {"is_internet_reachable": True}},
            PRESENT,
        ),
        ("net.dns_failing", {"net_resolve": {"names_resolved": 1}}, ABSENT),
        ("net.dns_slow", {"net_resolve": {"median_ms": 500.1}}, PRESENT),
        ("net.dns_slow", {"net_resolve": {"median_ms": 500.0}}, ABSENT),
        ("net.proxy_unreachable", {"net_proxy": {"is_configured": False}}, ABSENT),
        ("net.captive_portal", {}, UNKNOWN),
        ("time.drift", {"time_drift": {"offset_abs_s": 31}}, PRESENT),
        ("time.drift", {"time_drift": {"offset_abs_s": 301}}, ABSENT),
        ("time.drift_large", {"time_drift": {"offset_abs_s": 301}}, PRESENT),
        (
            "mem.swapping",
            {"os": {"family": "linux"}, "memory": {"swap_used_of_memory_percent": 80.0, "swapped_bytes": 0}},
            ABSENT,
        ),
        ("mem.low", {"memory": {"available_percent": 4.9, "available_bytes": 10 * GIB}}, PRESENT),
        ("battery.worn", {"battery": {"is_present": False}}, ABSENT),
        ("printer.queue_stuck", {"printer_jobs": {"oldest_own_s": 601}}, PRESENT),
        ("printer.paper", {"printers": {"printers": [{"alerts": ["media-jam-error"]}]}}, PRESENT),
        ("update.reboot_pending", {"pending_reboot": {"is_pending": True, "reasons": ["linux"]}}, PRESENT),
    ],
)
def test_rules(finding: str, probes: dict[str, dict[str, Any]], state: FindingState) -> None:
    """Each rule on both sides of its limit, and unknown where a fact is missing."""
    assert judge(finding, **probes).state is state


def test_a_probe_that_did_not_answer_makes_its_findings_unknown() -> None:
    """A timeout is never "all well", whatever facts came with it."""
    results = {"net_link": ProbeResult(ProbeStatus.TIMEOUT, {"active": 1})}
    assert next(one for one in evaluate(results, RULES) if one.id == "net.link_down").state is UNKNOWN


@pytest.mark.parametrize(("days", "severity"), [(15, Severity.INFO), (31, Severity.WARN)])
def test_some_findings_get_worse(days: int, severity: Severity) -> None:
    """A second limit raises the severity."""
    assert judge("uptime.long", uptime={"uptime_s": days * 86400}).severity is severity


def test_evidence_reads_well_in_both_languages() -> None:
    """Numbers, units and sentences in the reader's language."""
    found = judge("disk.low", disks={"volumes": [volume(int(7.8 * GIB), 237 * GIB, mount="C:\\")]})
    german = finding_text(found, "technician", load_texts("de"))
    assert german == "C: 7,8 GB von 237 GB frei (3,3 %)."
    assert finding_text(found, "technician", load_texts("en")) == "C: 7.8 GB of 237 GB free (3.3 %)."
    assert finding_text(found, "rule", load_texts("de")).startswith("Weniger als 10 % und weniger als 20 GB")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("age_s", 600, "10 Minuten"),
        ("age_s", 86400, "1 Tag"),
        ("offset_s", 0.25, "0,2 s"),
        ("free_bytes", 0, "0 B"),
        ("free_bytes", 5 * 1024**4, "5 TB"),
        ("reasons", ["a", "b"], "a, b"),
        ("is_up", True, "ja"),
        ("cycles", None, "nicht bekannt"),
        ("operations", 12345, "12\N{NO-BREAK SPACE}345"),
    ],
)
def test_facts_as_words(name: str, value: object, text: str) -> None:
    """The unit in the name decides the form."""
    assert formatted(name, value, load_texts("de")) == text


def test_every_finding_that_a_wizard_of_ours_may_ask_for_exists() -> None:
    """The checklists for printers and the network refer to these."""
    wanted = {
        "net.link_down", "net.wifi_off", "net.cable_absent", "net.no_address", "net.gateway_unreachable",
        "net.captive_portal", "net.internet_unreachable", "net.proxy_unreachable", "net.dns_failing",
        "time.drift_large", "net.wifi_weak", "net.vpn_down", "printer.spooler_stopped", "printer.virtual_selected",
        "printer.paused", "printer.unreachable", "printer.queue_stuck", "printer.offline", "printer.paper",
        "printer.toner",
    }  # fmt: skip
    assert wanted <= {one.id for one in RULES}


GOOD = 'id="a.b"\ntopic="storage"\nseverity="warn"\nprobes=["os"]\nsource="x"\n'


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (GOOD, "'when'"),
        (GOOD + 'when={ fact="os.name", resembles=1 }', "when"),
        (GOOD + 'when={ fact="os.name", is=1, below=2 }', "when"),
        (GOOD + 'when={ fact="os.name", below="$limit" }', "$limit"),
        (GOOD + 'when={ fact="os.name", is=1 }\nevaluate="1+1"', "evaluate"),
        (GOOD.replace("warn", "awful") + 'when={ fact="os.name", is=1 }', "'awful' is not a valid Severity"),
        (GOOD + 'when={ fact="os.name", is=1 }\nlimits={ a="7" }', "limits"),
        (GOOD + 'when={ fact="os.name", is=1 }\nours=["a"]', "a"),
        (GOOD + 'when={ fact="os.name", is=1 }\naudience="nobody"', "'nobody'"),
        (GOOD + 'when={ fact="os.name", is=1 }\nfor={ ever=1 }', "for"),
        (GOOD + 'when={ fact="os.name", is=1 }\nfor={ samples=0 }', "for"),
        (GOOD + 'when={ fact="os.name", is=1 }\nfor={ samples="$a" }', "$a"),
        (GOOD + 'when={ fact="os.name", is=1 }\nshared={ a="b.c.d" }', "b.c.d"),
        (GOOD.replace('"x"', '{ de="x" }') + 'when={ fact="os.name", is=1 }', "source"),
        (GOOD + 'when={ fact="os.name", is=1 }\n[[finding]]\n' + GOOD + 'when={ fact="os.name", is=1 }', "id"),
    ],
)
def test_a_mistake_in_the_rules_has_a_name(tmp_path: Path, body: str, key: str) -> None:
    """An edited rules file that is wrong says where."""
    file = tmp_path / "findings.toml"
    file.write_text(f"[[finding]]\n{body}\n", encoding="utf-8")
    with pytest.raises(AppError) as caught:
        load_rules(file)
    assert caught.value.code == "findings.invalid"
    assert caught.value.parameters == {"rule": "a.b", "key": key}
    assert load_texts("de").error(caught.value).do


@pytest.mark.parametrize("content", [b"[[finding", b"\xff\xfe"])
def test_an_unreadable_rules_file_is_the_worlds_fault(tmp_path: Path, content: bytes) -> None:
    """Broken TOML, another encoding or no file at all."""
    file = tmp_path / "findings.toml"
    for path in (file, tmp_path / "missing.toml"):
        file.write_bytes(content)
        with pytest.raises(AppError, match=r"findings\.unreadable"):
            load_rules(path)
