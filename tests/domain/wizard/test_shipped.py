"""The wizards that ship: without fault, fitting the diagnosis, and better with it than without."""

from __future__ import annotations

import pytest

from desktop.base.paths import resources
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.domain.wizard.cases import check_cases, run_case
from desktop.domain.wizard.definition import Audience, Outcome, Result
from desktop.domain.wizard.known import Known, finding_ids
from desktop.domain.wizard.library import Library, load_library
from desktop.domain.wizard.suggest import Suggestion, suggest
from desktop.system.actions.listing import action_ids, admin_action_ids, idle_action_ids
from desktop.system.opening import page_ids
from tests.domain.wizard.samples import sample, snapshot


@pytest.fixture(scope="module")
def library() -> Library:
    known = Known(
        findings=frozenset(one.id for one in load_rules()),
        probes=frozenset(one.id for one in PROBES),
        actions=action_ids(),
        admin_actions=admin_action_ids(),
        idle_actions=idle_action_ids(),
        pages=page_ids(),
    )
    return load_library(resources() / "wizards", known)


def test_the_ids_of_findings_are_those_of_the_rules() -> None:
    assert finding_ids() == {one.id for one in load_rules()}


def test_all_are_without_fault_or_warning(library: Library) -> None:
    assert {"no-internet", "printer-no-print"} <= set(library.wizards)
    assert library.problems == {}


def test_each_finding_leads_to_a_checklist_that_exists(library: Library) -> None:
    """A finding that names a missing checklist would leave people with a fault and no way on."""
    named = {one.id: one.wizard for one in load_rules() if one.wizard}
    assert named
    assert {one: wizard for one, wizard in named.items() if wizard not in library.wizards} == {}
    assert {one: name for one, name in named.items() if one not in library.wizards[name].findings} == {}


def test_all_cases_end_as_said(library: Library) -> None:
    for wizard in library.wizards.values():
        assert wizard.is_list or len(wizard.cases) >= 4
        assert check_cases(library.wizards, wizard) == ()


def test_diagnosis_saves_steps_and_solves_more(library: Library) -> None:
    """Counted are the faults that a diagnosis can see; a wish for a program is none of its business."""
    cases = [
        (wizard, case)
        for wizard in library.wizards.values()
        for case in wizard.cases
        if case.audience is Audience.EMPLOYEE and case.findings
    ]
    human, solved = {}, {}
    for is_diagnosed in (True, False):
        results = [(one, run_case(library.wizards, one, case, is_diagnosed=is_diagnosed)) for one, case in cases]
        ends = [one.steps.get(result.end) for one, result in results]
        human[is_diagnosed] = sum(result.human for _, result in results) / len(results)
        solved[is_diagnosed] = sum(isinstance(end, Outcome) and end.result is Result.RESOLVED for end in ends)
    assert human[True] < human[False]
    assert solved[True] > 2 * solved[False]


def test_words_come_before_what_nobody_complained_of(library: Library) -> None:
    """Disk and update are not what this person called for, the stopped print service is."""
    noisy = snapshot("disk.low", "update.reboot_pending", "printer.spooler_stopped")
    said = [one.wizard for one in suggest(library.wizards, noisy, words="In Teams hört mich keiner, kein Mikrofon")]
    assert said[0] == "audio-video"
    assert "disk-full" in said
    first = suggest(library.wizards, noisy, words="Der Drucker druckt nicht")[0]
    assert (first.wizard, first.finding, bool(first.word)) == ("printer-no-print", "printer.spooler_stopped", True)
    assert suggest(library.wizards, noisy)[0].wizard == "disk-full"


def test_a_time_of_day_is_no_clock(library: Library) -> None:
    """Nearly every message names an hour; only a clock that is wrong leads to the clock's checklist."""
    said = "Etikettendrucker druckt leere Seiten, die Spedition kommt um 12 Uhr"
    assert "clock-certificate" not in [one.wizard for one in suggest(library.wizards, None, words=said)]
    assert suggest(library.wizards, None, words="Meine Uhr geht falsch")[0].wizard == "clock-certificate"


def test_findings_and_words_each_suggest() -> None:
    wizards = {"sample": sample()}
    assert suggest(wizards, snapshot("a.broken")) == (Suggestion("sample", finding="a.broken"),)
    assert suggest(wizards, snapshot(), words="Die Schreibtischlampe flackert") == (Suggestion("sample", word="lampe"),)
    assert suggest(wizards, None, words="The lamp is off", language="en") == (Suggestion("sample", word="lamp"),)
    assert suggest(wizards, None, words="Der Drucker spinnt") == ()


@pytest.mark.parametrize(
    ("said", "wizard"),
    [
        ("Mein Computer ist so langsam", "slow-computer"),
        ("Die Festplatte ist schon wieder voll", "disk-full"),
        ("Excel reagiert nicht mehr", "app-hangs"),
        ("Der zweite Bildschirm bleibt schwarz", "display-dock"),
        ("In Teams hört mich keiner, das Mikrofon ist tot", "audio-video"),
        ("Der USB-Stick wird nicht erkannt", "usb-device"),
        ("Der Laptop startet nicht", "no-boot"),
        ("Schon wieder ein blauer Bildschirm", "bluescreen"),
        ("VPN im Zug", "vpn-or-drive"),
        ("Der Drucker druckt leere Seiten", "printer-quality"),
    ],
)
def test_plain_words_lead_to_the_checklist(library: Library, said: str, wizard: str) -> None:
    assert suggest(library.wizards, None, words=said)[0].wizard == wizard
