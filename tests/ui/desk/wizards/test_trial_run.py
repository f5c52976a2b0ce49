"""A draft tried in the real players: with any diagnosis, without doing anything, and its way kept as a scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.base.paths import resources
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.domain.wizard import editing
from desktop.domain.wizard.cases import run_case
from desktop.domain.wizard.definition import Audience, Case, Wizard
from desktop.domain.wizard.editing_head import new_list
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import Phase
from desktop.ui.common.buttons import ChoiceButton
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.page import ChecklistPage
from desktop.ui.desk.wizards.trial_facts import DEVICE, NOTHING, TICKED, TrialDevice
from desktop.ui.desk.wizards.trial_run import TrialDialog
from desktop.ui.wizard.asking import take
from desktop.ui.wizard.player import WizardPlayer

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PRINTERS = ProbeResult(ProbeStatus.OK, {"default": "Lager", "printers": [{"name": "Lager"}]})
SNAPSHOT = Snapshot(
    "2026-03-02T08:00:00.000000Z",
    "basic",
    {"printers": PRINTERS},
    (Finding("printer.paper", FindingState.PRESENT, Severity.WARN),),
)
DEVICES = (TrialDevice("PC-01", "linux", (("new", AT), ("old", AT))), TrialDevice("PC-02", "macos", ()))


class Shelf:
    """Stored diagnoses that are handed out when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[Snapshot | None], None]]] = []

    def load(self, snapshot: str, done: Callable[[Snapshot | None], None]) -> None:
        self.asked.append((snapshot, done))


@pytest.fixture(scope="module")
def wizards() -> Mapping[str, Wizard]:
    return load_library(resources() / "wizards").wizards


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def open_trial(
    qtbot: QtBot, look: Look, wizards: Mapping[str, Wizard], shelf: Shelf
) -> Callable[[Wizard], TrialDialog]:
    def opened(wizard: Wizard) -> TrialDialog:
        dialog = TrialDialog(look, wizard, wizards, devices=DEVICES, load=shelf.load, clock=lambda: AT)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


@pytest.fixture
def dialog(open_trial: Callable[[Wizard], TrialDialog], wizards: Mapping[str, Wizard]) -> TrialDialog:
    return open_trial(wizards["printer-no-print"])


def pick(button: ChoiceButton, value: str) -> None:
    next(one for one in button._choices.actions() if one.data() == value).trigger()


def said(dialog: TrialDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]


def answer(dialog: TrialDialog, *values: str | None) -> None:
    for one in values:
        assert dialog.player is not None
        take(dialog.player.session, one)


def step(dialog: TrialDialog) -> str:
    assert dialog.state is not None
    return dialog.state.step


def test_it_plays_as_an_employee_sees_it_and_the_way_becomes_a_scenario(
    qtbot: QtBot, dialog: TrialDialog, wizards: Mapping[str, Wizard]
) -> None:
    pick(dialog.facts.kind, TICKED)
    QTest.mouseClick(dialog.facts.ticks["printer.paper"], Qt.MouseButton.LeftButton)
    assert isinstance(dialog.player, WizardPlayer)
    answer(dialog, None)
    assert step(dialog) == "i_paper"
    assert "Hier steht der Probelauf." in said(dialog)
    assert not dialog.keep.isVisible()
    answer(dialog, "done", "yes")
    assert step(dialog) == "o_ok"
    assert "3 von 8 Schritten brauchen einen Menschen." in said(dialog)
    assert dialog.keep.isVisible()
    dialog.name.edit.clear()
    dialog.keep.click()
    assert dialog.name.error
    QTest.keyClicks(dialog.name.edit, "Papierstau")
    with qtbot.waitSignal(dialog.kept) as kept:
        dialog.keep.click()
    (case,) = kept.args
    assert isinstance(case, Case)
    assert (case.name, case.findings, case.fix, case.end) == ("Papierstau", ("printer.paper",), ("i_paper",), "o_ok")
    assert run_case(wizards, wizards["printer-no-print"], case).is_as_said
    assert "Der Weg steht jetzt bei den Fällen." in said(dialog)


def test_nothing_is_done_and_nothing_measured_but_the_author_is_asked(dialog: TrialDialog) -> None:
    pick(dialog.facts.kind, TICKED)
    dialog.facts.ticks["printer.queue_stuck"].click()
    answer(dialog, None)
    assert step(dialog) == "a_clear"
    answer(dialog, "perform")
    assert dialog.question.isVisible()
    assert "Das Programm würde jetzt ausführen: Eigene Druckaufträge abbrechen" in said(dialog)
    dialog.question.buttons[0].click()
    assert "Das Programm würde jetzt nachmessen: Druckauftrag hängt" in said(dialog)
    dialog.question.buttons[0].click()
    assert step(dialog) == "a_testpage"
    assert not dialog.question.isVisible()
    answer(dialog, "perform")
    dialog.question.buttons[1].click()
    assert step(dialog) == "q_scope"


def test_going_back_takes_the_question_away(dialog: TrialDialog) -> None:
    pick(dialog.facts.kind, TICKED)
    dialog.facts.ticks["printer.queue_stuck"].click()
    answer(dialog, None, "perform")
    assert dialog.player is not None
    dialog.player.session.back()
    assert not dialog.question.isVisible()
    assert step(dialog) == "a_clear"


def test_a_technician_does_it_by_hand_on_their_own_page(dialog: TrialDialog) -> None:
    dialog.facts.audience.button(Audience.TECHNICIAN.value).click()
    assert isinstance(dialog.player, ChecklistPage)
    assert not dialog.player.side.isVisible()
    dialog.player.session.move("i_toner")
    answer(dialog, "cannot", "Lager")
    assert step(dialog) == "o_supplies"
    dialog.keep.click()
    assert any("lässt sich nicht nachspielen" in one for one in said(dialog))


def test_a_stored_diagnosis_answers_as_it_did_that_day(dialog: TrialDialog, shelf: Shelf) -> None:
    pick(dialog.facts.kind, DEVICE)
    ((name, done),) = shelf.asked
    before = dialog.player
    assert name == "new"
    done(SNAPSHOT)
    assert dialog.player is not before
    assert dialog.facts.platform.value == "linux"
    answer(dialog, "Lager")
    assert dialog.state is not None
    assert dialog.player is not None
    assert dialog.player.session.scene.finding(dialog.state, "printer.paper") is FindingState.PRESENT
    pick(dialog.facts.moment, "old")
    shelf.asked.pop()[1](None)
    assert any("lässt sich nicht lesen" in one for one in said(dialog))
    assert dialog.player.session.scene.snapshot is None
    pick(dialog.facts.kind, NOTHING)
    pick(dialog.facts.kind, DEVICE)
    assert len(shelf.asked) == 1


def test_with_nothing_known_every_check_is_passed_as_unknown(dialog: TrialDialog) -> None:
    pick(dialog.facts.kind, NOTHING)
    assert dialog.state is not None
    assert {one.exit for one in dialog.state.path} == {"unknown"}


def test_a_draft_with_an_open_exit_ends_there_in_words(
    open_trial: Callable[[Wizard], TrialDialog], wizards: Mapping[str, Wizard]
) -> None:
    draft = editing.set_target(wizards["printer-no-print"], "i_paper", "cannot", "")
    dialog = open_trial(draft)
    pick(dialog.facts.kind, TICKED)
    dialog.facts.ticks["printer.paper"].click()
    answer(dialog, None, "cannot")
    assert dialog.state is not None
    assert dialog.state.phase is Phase.FINISHED
    assert any(one.startswith("Hier endet der Weg") for one in said(dialog))
    assert not dialog.keep.isVisible()
    empty = open_trial(replace(draft, steps={}, start=""))
    assert any(one.startswith("Hier endet der Weg") for one in said(empty))


def test_a_list_of_ticks_says_that_it_has_no_way(
    open_trial: Callable[[Wizard], TrialDialog], wizards: Mapping[str, Wizard]
) -> None:
    dialog = open_trial(new_list(wizards["battery"].title, ()))
    assert dialog.player is None
    assert dialog.state is None
    dialog.begin()


def test_ticking_goes_on_where_the_keyboard_is(qtbot: QtBot, dialog: TrialDialog) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    pick(dialog.facts.kind, TICKED)
    box = dialog.facts.ticks["printer.paper"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    assert box.hasFocus()


def test_a_diagnosis_that_comes_after_it_was_closed_harms_nobody(
    qtbot: QtBot, look: Look, wizards: Mapping[str, Wizard], shelf: Shelf
) -> None:
    wizard = wizards["printer-no-print"]
    dialog = TrialDialog(look, wizard, wizards, devices=DEVICES, load=shelf.load, clock=lambda: AT)
    pick(dialog.facts.kind, DEVICE)
    player = dialog.player
    shiboken6.delete(dialog)
    shelf.asked.pop()[1](SNAPSHOT)
    assert shelf.asked == []
    assert dialog.player is player  # no run was begun for a window that is gone
