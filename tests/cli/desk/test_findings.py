"""`ersthelfer findings`: what counts as a fault, seen and changed by scripts."""

from __future__ import annotations

from typing import Any

import pytest

KEYS = {"id", "title", "topic", "severity", "wizard", "rule", "source", "ours", "on", "employees", "limits"}


def one(ran: Any) -> dict[str, Any]:
    """The finding that a change answers with."""
    assert ran.code == 0, ran.err
    return ran.json["finding"]


def values(finding: dict[str, Any]) -> dict[str, float]:
    """Its thresholds by name."""
    return {limit["name"]: limit["value"] for limit in finding["limits"]}


def test_the_list_has_every_finding_with_its_rule(company: Any) -> None:
    found = {row["id"]: row for row in company("findings", "list", "--json").json["findings"]}
    assert found["disk.full"].keys() >= KEYS
    assert values(found["disk.full"]) == {"free_bytes": 1 << 30, "free_percent": 2}
    assert found["disk.full"]["rule"] == "Systemlaufwerk mit weniger als 1 GB oder 2 % frei"
    assert not found["backup.stale"]["employees"]
    assert "large_s" not in values(found["time.drift"])  # it belongs to time.drift_large
    lines = company("findings", "list", "--language", "en").out
    assert "free_bytes=1073741824" in lines
    assert "System drive with less than 1 GB or 2 % free" in lines


def test_a_threshold_is_set_switched_and_reset(company: Any) -> None:
    changed = one(company("findings", "set", "disk.full", "free_percent=5", "free_bytes=5368709120", "--json"))
    assert values(changed) == {"free_bytes": 5 << 30, "free_percent": 5}
    assert company("findings", "set", "disk.full", "free_percent=5").code == 1
    assert not one(company("findings", "set", "disk.full", "--off", "--json"))["on"]
    assert "aus" in company("findings", "list", "--changed").out
    assert [row["id"] for row in company("findings", "list", "--changed", "--json").json["findings"]] == ["disk.full"]
    assert one(company("findings", "reset", "disk.full", "--json"))["on"]
    assert company("findings", "list", "--changed").out.strip() == "Alle Befunde sind wie ausgeliefert."


def test_all_are_reset_at_once(company: Any) -> None:
    company("findings", "set", "net.dns_slow", "answer_ms=750,5")
    company("findings", "set", "cpu.busy", "--off")
    assert company("findings", "reset", "--all").code == 0
    assert company("findings", "reset", "--all").code == 1


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("set", "no.such", "a=1"), 2, "findings.unknown"),
        (("set", "disk.full", "a=1"), 2, "findings.limit"),
        (("set", "disk.full", "free_percent"), 2, "findings.pair"),
        (("set", "disk.full", "free_percent=much"), 2, "findings.pair"),
        (("set", "disk.full", "free_percent=nan"), 4, "findings.value"),
        (("set", "disk.full", "free_percent=101"), 4, "findings.value"),
        (("set", "disk.full", "free_bytes=1.5"), 4, "findings.value_whole"),
        (("set", "disk.full", "--on", "--off"), 2, "cli.usage"),
        (("reset",), 2, "findings.which"),
        (("reset", "no.such"), 2, "findings.unknown"),
    ],
)
def test_mistakes_have_names_and_change_nothing(company: Any, words: tuple[str, ...], code: int, error: str) -> None:
    ran = company("findings", *words, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (code, error)
    assert ran.json["error"]["do"]
    assert company("findings", "list", "--changed", "--json").json["findings"] == []
