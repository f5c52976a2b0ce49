"""Facts on the command line: with name, unit and language, and nothing that steers the terminal."""

from __future__ import annotations

import pytest

from desktop.base.texts import load_texts
from desktop.diagnostics.collect import collect_snapshot
from desktop.diagnostics.fact_lines import fact_lines
from desktop.diagnostics.lines import headings
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.targets import NO_TARGETS
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.system.programs import collector_command


def lines(language: str, **probes: ProbeResult) -> list[str]:
    """Return the lines of a snapshot of these probes."""
    return list(fact_lines(Snapshot("2026-11-23T09:00:00Z", "basic", probes, ()), load_texts(language)))


def test_units_are_said_in_the_readers_language() -> None:
    """Sizes, shares, times, packet lengths and points in time each have their own form."""
    facts = {
        "memory": ProbeResult(ProbeStatus.OK, {"total_bytes": 8 << 30, "available_percent": 12.5}),
        "cpu_load": ProbeResult(ProbeStatus.OK, {"percent_per_core": [1.5, 20.0], "model": "AMD EPYC"}),
        "uptime": ProbeResult(ProbeStatus.OK, {"uptime_s": 7200, "restarted_at": 1795384739}),
        "net_link": ProbeResult(ProbeStatus.OK, {"interfaces": [{"name": "eth0", "mtu": 1500, "duplex": None}]}),
    }
    german, english = "\n".join(lines("de", **facts)), "\n".join(lines("en", **facts))
    assert "  Größe: 8 GB" in german
    assert "12,5" in german
    assert "12.5" in english
    assert "  Auslastung je Kern: 1,5 %, 20 %" in german
    assert "2026-11-2" in german
    assert "1\N{NO-BREAK SPACE}500" in english
    assert "None" not in english


def test_no_answer_is_not_the_same_as_nothing() -> None:
    """What could not be asked says why; a list that is empty says that there is nothing."""
    said = lines(
        "en",
        printers=ProbeResult(ProbeStatus.TIMEOUT),
        printer_jobs=ProbeResult(ProbeStatus.UNSUPPORTED, reason="no_cups"),
        net_vpn=ProbeResult(ProbeStatus.OK, {"interfaces": []}),
    )
    assert said == ["VPN: nothing there", "Printers: no answer (timeout)", "Print jobs: no answer (no_cups)"]


def test_a_name_cannot_steer_the_terminal() -> None:
    """A printer, drive or host may be called anything."""
    said = lines("de", os=ProbeResult(ProbeStatus.OK, {"host": "pc\x1b[2J\r\n\u202e"}))
    assert all(one.isprintable() for one in said)


@pytest.mark.parametrize("odd", [1.7e308, -1.7e308, -1, [], [[1]], [1], {"a": 1}, "x", True])
def test_whatever_a_snapshot_says_it_has_words(odd: object) -> None:
    """A document from elsewhere may have any value in any field."""
    probes = {one.id: ProbeResult(ProbeStatus.OK, {field.name: odd for field in one.fields}) for one in PROBES}
    snapshot, texts = Snapshot("2026-11-23T09:00:00Z", "basic", probes, ()), load_texts("de")
    assert list(fact_lines(snapshot, texts))
    assert len(list(headings(snapshot, probes, texts))) == len(PROBES)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_fact_of_this_machine_has_words(language: str) -> None:
    """A real full snapshot is said whole, and each probe has its line."""
    snapshot = collect_snapshot(collector_command(), "full", targets=NO_TARGETS)
    said = list(fact_lines(snapshot, load_texts(language)))
    assert sum(not one.startswith(" ") for one in said) == len(PROBES)
