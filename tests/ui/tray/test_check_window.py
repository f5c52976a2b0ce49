"""The PC check as an employee sees it: one sentence, what to do now, and no word that only technicians can act on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from desktop.client.facts import joined
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.tray.check_results import judged_check
from desktop.ui.tray.check_window import CheckWindow
from tests.ui.tray.conftest import Bench, shown

TAKEN = "2026-11-23T09:00:00.000000Z"
WELL = Snapshot(TAKEN, "full", {"memory": ProbeResult(ProbeStatus.OK, {"total_bytes": 8_000_000_000})})


@pytest.fixture
def window(bench: Bench, qtbot) -> CheckWindow:
    """Open the window."""
    made = CheckWindow(bench.tools)
    shown(qtbot, made)
    qtbot.waitUntil(lambda: bool(made._guides))
    return made


def present(finding: str, severity: Severity = Severity.WARN, wizard: str = "") -> Finding:
    return Finding(finding, FindingState.PRESENT, severity, {}, wizard)


def button_of(window: CheckWindow) -> Button:
    """Return the button of the one finding that is shown."""
    (banner,) = window.findChildren(Banner)
    return banner.findChild(Button)


def test_a_check_runs_to_its_end(window: CheckWindow, bench: Bench, qtbot) -> None:
    """Both parts are asked with progress; then the sentence, the moment and the button for another check are there."""
    bench.gate.clear()
    window.start()
    qtbot.waitUntil(lambda: window._bar.maximum() == 3)
    assert (window.said.text(), window.again.isHidden()) == ("Ihr PC wird geprüft", True)
    bench.gate.set()
    qtbot.waitUntil(lambda: not window.facts.is_running and not window.again.isHidden())
    assert [one.part for one in bench.collections] == ["basic", "rest"]
    assert window.when.text().startswith("Geprüft: ")


def test_all_is_well(window: CheckWindow, bench: Bench) -> None:
    """Nothing present is one calm sentence."""
    window.facts.adopt(WELL)
    window._on_facts(WELL)
    assert window.said.text() == "Alles in Ordnung"
    assert window.send.isEnabled()


def test_a_finding_leads_to_its_checklist(window: CheckWindow, qtbot) -> None:
    """Where there is a checklist for employees the button starts it."""
    snapshot = replace(WELL, findings=(present("printer.queue_stuck", wizard="printer-no-print"),))
    window._on_facts(snapshot)
    assert window.said.text() == "1 Hinweis"
    with qtbot.waitSignal(window.guide_wanted) as caught:
        button_of(window).click()
    assert caught.args == ["printer-no-print"]


def test_a_finding_without_a_checklist_leads_to_a_person(window: CheckWindow, qtbot) -> None:
    """The request begins with what was found."""
    snapshot = replace(WELL, findings=(present("printer.queue_stuck", wizard="no-such-checklist"),))
    window._on_facts(snapshot)
    with qtbot.waitSignal(window.help_wanted) as caught:
        button_of(window).click()
    assert caught.args[0]


def test_what_only_technicians_can_act_on_is_not_shown() -> None:
    """Neither are things that are only worth knowing."""
    theirs = next(one.id for one in load_rules() if not one.is_for_employees)
    findings = (present(theirs), present("net.wifi_off", Severity.INFO))
    assert judged_check(replace(WELL, findings=findings)).present == ()


@pytest.mark.parametrize("status", [ProbeStatus.ERROR, ProbeStatus.TIMEOUT])
def test_a_collector_that_does_not_answer_is_not_all_well(window: CheckWindow, status: ProbeStatus) -> None:
    """Without any answer nothing is known, and the window says so."""
    window._on_facts(Snapshot(TAKEN, "full", {"memory": ProbeResult(status)}))
    assert window.said.text() == "Die Prüfung hat nicht geklappt"
    assert "Alles in Ordnung" not in [one.text() for one in window.findChildren(QLabel)]


def test_what_was_not_answered_is_counted(window: CheckWindow) -> None:
    """One thing that could not be looked at is said beside the moment."""
    window._on_facts(replace(WELL, probes={**WELL.probes, "disks": ProbeResult(ProbeStatus.TIMEOUT)}))
    assert "1 Punkt ließ sich nicht prüfen" in window.when.text()


def test_ending_a_check_early(window: CheckWindow, bench: Bench, qtbot) -> None:
    """Whoever ends it before anything is known is told that nothing is known."""
    bench.gate.clear()
    window.start()
    window.cancel.click()
    assert window.said.text() == "Die Prüfung wurde beendet"
    assert not window.send.isEnabled()
    assert bench.collections[0].is_cancelled


def test_the_result_can_be_sent_only_where_there_is_an_it(window: CheckWindow, qtbot) -> None:
    """The button hands the facts to the consent; a PC without a company has none."""
    window.set_enrolled(is_enrolled=False)
    assert window.send.isHidden()
    window.set_enrolled(is_enrolled=True)
    window.facts.adopt(WELL)
    window._on_facts(WELL)
    with qtbot.waitSignal(window.send_wanted) as caught:
        window.send.click()
    assert caught.args == [WELL]


def test_both_parts_are_judged_as_one(bench: Bench) -> None:
    """A full diagnosis knows what either part knows."""
    rest = Snapshot(TAKEN, "full", {"updates": ProbeResult(ProbeStatus.OK, {})})
    whole = joined(bench.client, replace(WELL, level="basic"), rest)
    assert (whole.level, whole.probes.keys()) == ("full", {"memory", "updates"})
    assert len(whole.findings) == len(load_rules())
