"""The technician's page: evidence on the left, rows that say where they lead, notes, pause, start anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.snapshot import FindingState
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Audience, Result
from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.run import Phase, RunState, Source, from_document, signed
from desktop.domain.wizard.scene import Scene, missing_fields
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.page import ChecklistPage
from desktop.ui.desk.wizards.reason_dialog import ReasonDialog
from desktop.ui.desk.wizards.values import ChecklistEnd, ChecklistRun
from desktop.ui.wizard.choice_card import ChoiceCard
from desktop.ui.wizard.rail import RailRow
from desktop.ui.wizard.words import answer_lines, quoted
from tests.ui.wizard.conftest import AT

Stage = Callable[..., tuple[Scene, RunState]]


@pytest.fixture
def page(qtbot: QtBot, look: Look, machine: Any, stage: Stage) -> ChecklistPage:
    """Return the page of a run about a loose cable."""
    scene, state = stage("no-internet", "net.link_down", audience=Audience.TECHNICIAN)
    shown = ChecklistPage(look, ChecklistRun("A-2026-0412", scene, state, machine.tools()))
    qtbot.addWidget(shown)
    shown.resize(900, 700)
    shown.show()
    return shown


def card(page: ChecklistPage, title: str) -> ChoiceCard:
    QApplication.processEvents()  # widgets put into an open page are shown when the loop comes round
    return next(one for one in page.findChildren(ChoiceCard) if one.isVisible() and one.text() == title)


def press(page: ChecklistPage, name: str) -> None:
    QApplication.processEvents()
    next(one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.accessibleName() == name).click()


def note(page: ChecklistPage) -> QLineEdit:
    QApplication.processEvents()
    return next(one for one in page.findChildren(QLineEdit) if one.isVisible())


def test_a_way_into_another_checklist_is_called_by_its_title(
    qtbot: QtBot, look: Look, machine: Any, stage: Stage
) -> None:
    scene, state = stage("sign-in", audience=Audience.TECHNICIAN)
    page = ChecklistPage(look, ChecklistRun("A-2026-0412", scene, state, machine.tools()))
    qtbot.addWidget(page)
    page.show()
    row = card(page, "Ich werde gefragt, obwohl ich mich nicht anmelde")
    assert row.accessibleDescription() == "Weiter mit: Checkliste „Verdächtige Mail, SMS oder Anruf“"
    assert "Danach: Checkliste „Verdächtige Mail, SMS oder Anruf“" in [
        one.accessibleName() for one in page.findChildren(RailRow)
    ]


def test_the_summary_puts_an_answer_beside_the_question_it_was_given_to(look: Look, stage: Stage) -> None:
    """Whether it works now is asked after every fix; and a title may be an order, not the question."""
    scene, state = stage("phone-voip", audience=Audience.TECHNICIAN)
    steps = (
        events.Answered("desk", AT), events.Answered("dark", AT), events.Tried(Try.DONE, AT), events.Answered("no", AT),
        events.Tried(Try.CANNOT, AT), events.Answered("me", AT), events.Tried(Try.DONE, AT),
        events.Answered("yes", AT),
    )  # fmt: skip
    for one in steps:
        state = engine.advance(scene, state, one)
    said = answer_lines(look, scene, state)
    assert "Gehen Anrufe jetzt in beide Richtungen? – Ja" in said
    assert not [one for one in said if one.startswith("Zeigt es wieder Ihren Namen")]
    scene, state = stage("file-lost", audience=Audience.TECHNICIAN)
    state = engine.advance(scene, state, events.Answered("deleted", AT))
    assert answer_lines(look, scene, state) == ("Was ist geschehen? – Sie wurde gelöscht",)


def test_what_is_quoted_in_a_sentence_to_read_out_has_the_inner_marks(look: Look) -> None:
    assert quoted(look, "Wählen Sie „Öffnen“.") == "„Wählen Sie ‚Öffnen‘.“"


def test_rows_say_where_they_lead_and_control_return_goes_on(qtbot: QtBot, page: ChecklistPage) -> None:
    assert card(page, "Über WLAN").accessibleDescription() == "Weiter mit: WLAN einschalten"
    card(page, "Über WLAN").click()
    assert page.session.state.step == "q_medium"
    with qtbot.waitExposed(page):
        page.activateWindow()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.session.state.step == "a_wifi_on"


def test_nothing_chosen_is_not_taken(page: ChecklistPage) -> None:
    press(page, "Weiter  Strg ↵")
    assert page.session.state.step == "q_medium"


def test_list_shows_evidence_and_what_comes(page: ChecklistPage) -> None:
    rows = [one.accessibleName() for one in page.findChildren(RailRow) if one.isVisible()]
    assert rows[0] == "Auffällig: Keine Netzwerkverbindung"
    assert rows[1].startswith("Jetzt: ")
    assert rows[-1].startswith("Danach: ")


def test_note_goes_to_the_ticket_with_its_step(qtbot: QtBot, page: ChecklistPage) -> None:
    note(page).setText("Kabel hing lose")
    card(page, "Mit Kabel oder Dockingstation").click()
    with qtbot.waitSignal(page.noted) as caught:
        press(page, "Weiter  Strg ↵")
    assert caught.args == ["Wie ist der Computer sonst verbunden?", "Kabel hing lose"]
    assert page.session.state.path[-1].note == "Kabel hing lose"


def test_phone_sentence_can_become_an_answer(qtbot: QtBot, page: ChecklistPage) -> None:
    page.session.answer("cable")
    with qtbot.waitSignal(page.reply_wanted) as caught:
        press(page, "Als Antwort senden")
    assert "Netzwerkkabel" in caught.args[0]


def test_pause_keeps_note_and_place_and_shows_itself(qtbot: QtBot, page: ChecklistPage) -> None:
    kept: list[dict[str, object]] = []
    page.changed.connect(kept.append)
    note(page).setText("ruft zurück")
    press(page, "Unterbrechen")
    state = from_document(kept[-1])
    assert (state.is_paused, state.note, state.step) == (True, "ruft zurück", "q_medium")
    shown = {one.text() for one in page.findChildren(QLabel) if one.isVisible()}
    assert {"Angehalten", "angehalten"} <= shown
    assert page.view.form is None
    press(page, "Fortsetzen  Strg ↵")
    assert not from_document(kept[-1]).is_paused
    assert note(page).text() == "ruft zurück"


def test_all_steps_are_listed_searched_and_started_at(qtbot: QtBot, page: ChecklistPage) -> None:
    """Also those that the likely way does not lead to."""
    steps = page.session.scene.wizard(page.session.state).steps
    page.side.all_steps.open()
    QApplication.processEvents()
    listed = page.side.all_steps.findChildren(RailRow)
    assert len(listed) == len(steps)
    assert QApplication.focusWidget() is page.side.all_steps.field or not page.isActiveWindow()
    page.side.all_steps.field.setText("Mit dem WLAN verbinden")
    QApplication.processEvents()
    (found,) = [one for one in page.side.all_steps.findChildren(RailRow) if one.isVisible()]
    assert found.accessibleName() == "Danach: Mit dem WLAN verbinden"
    found.click()
    assert page.session.state.step == "i_wifi_on"


def test_keys_press_what_is_there_only(qtbot: QtBot, page: ChecklistPage) -> None:
    with qtbot.waitExposed(page):
        page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    page.session.answer("cable")
    qtbot.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.session.state.step == "q_medium"
    qtbot.keyClick(page, Qt.Key.Key_U, control_shift)
    assert page.session.state.is_paused
    qtbot.keyClick(page, Qt.Key.Key_K, control_shift)
    assert not page.findChildren(ReasonDialog)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not page.session.state.is_paused
    qtbot.keyClick(page, Qt.Key.Key_K, control_shift)
    (dialog,) = page.findChildren(ReasonDialog)
    dialog.reject()


def test_an_end_without_a_solution_leads_to_the_hand_over(qtbot: QtBot, page: ChecklistPage) -> None:
    page.session.move("o_escalate")
    while page.view.form is not None:
        page.session.fill(missing_fields(page.session.scene, page.session.state)[0], None)
    with qtbot.waitSignal(page.hand_over_wanted) as caught:
        press(page, "Weitergeben  Strg ↵")
    assert caught.args[0].outcome.result is Result.ESCALATE


def test_self_help_is_told_as_such(qtbot: QtBot, look: Look, machine: Any, stage: Stage) -> None:
    scene, state = stage("no-internet", "net.link_down")
    state = engine.advance(scene, state, events.Answered("wifi", state.started))
    state = engine.advance(scene, state, events.WentBack(state.started))
    state = engine.advance(scene, state, events.HelpWanted(state.started))
    taken = engine.take_over(scene, signed(state, None, "Sabine Oswald"), at=state.started)
    page = ChecklistPage(look, ChecklistRun("A-2026-0414", scene, taken, machine.tools()))
    qtbot.addWidget(page)
    page.show()
    QApplication.processEvents()
    shown = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "Sabine Oswald hat in der Selbsthilfe geantwortet: Über WLAN" in shown
    assert card(page, "Über WLAN").isChecked()


def test_what_nobody_began_says_so_and_a_diagnosis_begins_it_anew(
    qtbot: QtBot, look: Look, machine: Any, stage: Stage
) -> None:
    scene, state = stage("no-internet", audience=Audience.TECHNICIAN)
    blind = replace(scene, snapshot=None)
    fresh = engine.start(blind, "no-internet", run_id="run", audience=Audience.TECHNICIAN, at=state.started)
    page = ChecklistPage(look, ChecklistRun("A-1", blind, fresh, machine.tools(), is_new=True, can_ask=True))
    qtbot.addWidget(page)
    page.show()
    kept: list[object] = []
    page.changed.connect(kept.append)
    QApplication.processEvents()
    assert "noch nicht begonnen" in {one.text() for one in page.findChildren(QLabel) if one.isVisible()}
    with qtbot.waitSignal(page.diagnosis_wanted):
        press(page, "Diagnose anfordern")
    page.say_asked()
    assert page.side.ask.isHidden()
    assert page.session.state.path[0].exit == "unknown"
    page.take_diagnosis(scene, state, state.started)
    assert page.session.state.path[0].exit in ("present", "absent")
    assert (kept, page.is_new) == ([], True)
    page.session.write_note("begonnen")
    assert kept
    assert not page.is_new


def test_a_step_is_skipped_with_a_reason_only(page: ChecklistPage) -> None:
    page.session.answer("cable")
    step = page.session.state.step
    note(page).setText("Herr Kreutz ruft zurück")
    press(page, "Schritt überspringen")
    (dialog,) = page.findChildren(ReasonDialog)
    dialog.field.edit.setText("   ")
    dialog.yes.click()
    assert dialog.isVisible()
    assert dialog.field.error == "Bitte schreiben Sie, warum."
    assert page.session.state.step == step
    dialog.field.edit.setText("Dose ist hinter dem Schrank")
    dialog.yes.click()
    assert page.session.state.step == "q_scope"
    assert page.session.state.path[-1].source is Source.SKIPPED
    assert page.session.state.path[-1].note == "Dose ist hinter dem Schrank\nHerr Kreutz ruft zurück"
    rows = [one for one in page.findChildren(RailRow) if one.accessibleName().startswith("Ausgelassen: ")]
    assert [one.accessibleDescription() for one in rows] == ["Dose ist hinter dem Schrank Herr Kreutz ruft zurück"]


def test_step_ahead_can_be_started_at(page: ChecklistPage) -> None:
    row = next(
        one for one in page.findChildren(RailRow) if one.isVisible() and one.accessibleName().startswith("Danach")
    )
    row.click()
    assert page.session.state.step == "i_cable"


def test_action_on_another_pc_is_done_by_hand(qtbot: QtBot, look: Look, machine: Any, stage: Stage) -> None:
    """The step says that nothing is run from here and how the employee's system does it, then asks how it went."""
    machine.impossible.add("dns.flush")
    machine.is_here = False
    page = at_action(qtbot, look, machine, stage, platform="macos")
    assert "lässt sich von hier aus nichts ausführen" in words(page)
    assert "· von Hand" in words(page)
    assert "sudo dscacheutil -flushcache" in words(page)
    assert [one.text() for one in shown(page, ChoiceCard)] == ["Erledigt", "Ging nicht", "Abgelehnt"]
    card(page, "Erledigt").click()
    press(page, "Weiter  Strg ↵")
    assert page.session.state.phase is Phase.VERIFYING
    assert machine.acts == []


def at_action(qtbot: QtBot, look: Look, machine: Any, stage: Stage, *, platform: str = "linux") -> ChecklistPage:
    """Return the page of a technician's run that stands before an action."""
    scene, state = stage("no-internet", "net.dns_failing", audience=Audience.TECHNICIAN)
    scene = replace(scene, platform=platform)
    page = ChecklistPage(look, ChecklistRun("A-2026-0413", scene, state, machine.tools()))
    qtbot.addWidget(page)
    page.show()
    return page


def shown(page: ChecklistPage, kind: type[Any]) -> list[Any]:
    QApplication.processEvents()
    return [one for one in page.findChildren(kind) if one.isVisible()]


def words(page: ChecklistPage) -> str:
    return " | ".join(one.text() for one in shown(page, QLabel))


def test_on_their_own_pc_technicians_agree_and_see_what_came_of_it(
    qtbot: QtBot, look: Look, machine: Any, stage: Stage
) -> None:
    page = at_action(qtbot, look, machine, stage)
    assert "Der Computer vergisst, welche Internet-Namen" in words(page)
    card(page, "Jetzt ausführen").click()
    press(page, "Weiter  Strg ↵")
    assert "Das Programm arbeitet gerade" in words(page)
    machine.finish(Deed(Try.FAILED, "resolvectl: exit 1 · no service"))
    assert page.session.state.path[-1].exit == "failed"
    rows = [one.accessibleDescription() for one in shown(page, RailRow)]
    assert any(one.endswith("ohne Erfolg · resolvectl: exit 1 · no service") for one in rows)


def test_where_the_own_pc_has_nothing_for_it_technicians_see_how_it_goes_by_hand(
    qtbot: QtBot, look: Look, machine: Any, stage: Stage
) -> None:
    machine.looking.add("dns.flush")
    page = at_action(qtbot, look, machine, stage)
    machine.see(Prospect(is_possible=False, reason="nothing"))
    assert "Das Programm kann es hier nicht selbst." in words(page)
    assert "resolvectl flush-caches" in words(page)
    assert [one.text() for one in shown(page, ChoiceCard)] == ["Erledigt", "Ging nicht", "Abgelehnt"]


def test_end_tells_outcome_answers_and_run(qtbot: QtBot, page: ChecklistPage, machine: Any) -> None:
    page.session.answer("cable")
    card(page, "Gemacht").click()
    press(page, "Weiter  Strg ↵")
    machine.measure(FindingState.ABSENT)
    page.session.answer("yes")
    with qtbot.waitSignal(page.finished) as caught:
        press(page, "Abschließen  Strg ↵")
    end = caught.args[0]
    assert isinstance(end, ChecklistEnd)
    assert (end.outcome.id, end.answers) == ("o_ok", {"medium": "cable", "works_now": "yes"})
    assert from_document(end.document).phase is Phase.FINISHED


def test_everything_to_press_has_a_name(page: ChecklistPage) -> None:
    nameless = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and not one.accessibleName()]
    assert nameless == []


def test_going_back_keeps_the_note(qtbot: QtBot, page: ChecklistPage) -> None:
    """What was written at a step goes to the ticket also when the way leads back."""
    card(page, "Mit Kabel oder Dockingstation").click()
    page._on_next()
    noted: list[tuple[str, str]] = []
    page.noted.connect(lambda title, text: noted.append((title, text)))
    note(page).setText("Dose war locker")
    page._on_back()
    assert [text for _, text in noted] == ["Dose war locker"]


def test_a_contradiction_keeps_note_and_choice(page: ChecklistPage) -> None:
    """The page is drawn anew: the note is on the ticket by then, and the row one had chosen still is."""
    noted: list[str] = []
    page.noted.connect(lambda _title, text: noted.append(text))
    step = page.session.state.step
    card(page, "Über WLAN").click()
    note(page).setText("steht im Keller")
    page.side.rail.disputed.emit(page.session.state.path[0].step)
    assert noted == ["steht im Keller"]
    assert page.session.state.step == step
    assert card(page, "Über WLAN").isChecked()


def test_a_missing_choice_is_said_beside_the_rows(page: ChecklistPage) -> None:
    page._on_next()
    assert [one for one in page.findChildren(QLabel) if one.isVisible() and one.text().startswith("Bitte")]
