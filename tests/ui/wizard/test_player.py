"""The employee's player: what is shown, what a click or a key does, and what comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.texts import load_texts
from desktop.domain.snapshot import Finding, FindingState, Severity
from desktop.domain.wizard import engine
from desktop.domain.wizard.definition import AnswerType, Outcome, Result
from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.run import Phase, RunState, from_document
from desktop.domain.wizard.scene import Scene
from desktop.system.opening import page_ids
from desktop.ui.common.look import Look
from desktop.ui.wizard.ask import AnswerForm, Ask
from desktop.ui.wizard.player import WizardPlayer
from desktop.ui.wizard.words import evidence, lines_done

Stage = Callable[..., tuple[Scene, RunState]]


@pytest.fixture
def play(qtbot: QtBot, look: Look, machine: Any, stage: Stage) -> Callable[..., WizardPlayer]:
    """Return what opens a player."""

    def opened(wizard: str, *present: str, state: RunState | None = None, scene: Scene | None = None) -> WizardPlayer:
        usual, fresh = stage(wizard, *present)
        player = WizardPlayer(look, scene or usual, state or fresh, machine.tools(), help_phone="100")
        qtbot.addWidget(player)
        player.resize(520, 700)
        player.show()
        return player

    return opened


def visible(root: QWidget, kind: type[Any]) -> list[Any]:
    QApplication.processEvents()  # widgets put into an open page are shown when the loop comes round
    return [one for one in root.findChildren(kind) if one.isVisible()]


def words(root: QWidget) -> str:
    return " | ".join(one.text() for one in (*visible(root, QLabel), *visible(root, QAbstractButton)))


def press(root: QWidget, name: str) -> None:
    found = [one for one in visible(root, QAbstractButton) if one.accessibleName() == name]
    assert found, (name, words(root))
    found[0].click()


def test_suggested_answer_is_marked_and_one_click_answers(play: Callable[..., WizardPlayer]) -> None:
    player = play("printer-no-print", "printer.unreachable")
    chosen = [one.text() for one in visible(player, QAbstractButton) if getattr(one, "is_proposed", False)]
    assert chosen == ["Lager <b>"]
    press(player, "Büro")
    assert player.session.state.step == "q_display"
    assert player.session.answers() == {"printer_name": "Büro"}


def test_fix_shows_the_check_at_once_and_then_its_result(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = play("no-internet", "net.link_down")
    press(player, "Mit Kabel oder Dockingstation")
    press(player, "Gemacht, bitte prüfen")
    assert "Ich prüfe, ob es geholfen hat" in words(player)
    machine.measure(FindingState.ABSENT)
    assert "hat geholfen" in words(player)
    assert player.session.state.step == "q_link_result"


def test_screen_readers_hear_what_is_going_on_and_what_came_of_it(
    play: Callable[..., WizardPlayer], machine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr("desktop.ui.wizard.player.announce", lambda _widget, text: said.append(text))
    player = play("no-internet", "net.link_down")
    press(player, "Mit Kabel oder Dockingstation")
    assert said[-1] == "Netzwerkkabel neu einstecken"
    press(player, "Gemacht, bitte prüfen")
    assert said[-1].startswith("Ich prüfe, ob es geholfen hat")
    machine.measure(FindingState.ABSENT)
    assert said[-2:] == [
        "Geprüft: „Netzwerkkabel neu einstecken“ hat geholfen.",
        "Die Verbindung ist wieder da. Geht jetzt alles?",
    ]


def test_a_mended_fault_is_no_longer_shown_as_one(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = play("no-internet", "net.link_down")
    assert "Keine Netzwerkverbindung" in words(player)
    assert "Stecken Sie das Netzkabel" not in words(player)  # the finding's advice would compete with the step's
    press(player, "Mit Kabel oder Dockingstation")
    press(player, "Gemacht, bitte prüfen")
    machine.measure(FindingState.ABSENT)
    assert "Keine Netzwerkverbindung" not in words(player)
    press(player, "1 Prüfung ansehen")
    assert "Danach noch einmal geprüft" in words(player)


def unfold(player: WizardPlayer) -> None:
    """Press the link to what was checked before."""
    link = next(one for one in visible(player, QAbstractButton) if one.accessibleName().endswith("ansehen"))
    link.click()


def shown_facts(player: WizardPlayer) -> list[str]:
    """Return the facts in view, from top to bottom."""
    rows = [one for one in visible(player, QAbstractButton) if one.accessibleName().startswith("Stimmt nicht: ")]
    return [one.accessibleName().removeprefix("Stimmt nicht: ") for one in rows]


def test_what_was_found_is_told_once_and_problems_stand_first(play: Callable[..., WizardPlayer]) -> None:
    player = play("wifi-weak", "net.wifi_weak")
    assert shown_facts(player)[0] == "Das WLAN-Signal ist schwach"
    assert len(shown_facts(player)) == 3
    press(player, "Gemacht, hilft noch nicht")
    assert shown_facts(player) == []
    unfold(player)
    assert len(shown_facts(player)) == 4
    assert player.focusWidget() is None or player.focusWidget().accessibleName().startswith("Stimmt nicht: ")
    press(player, "Stimmt nicht: Das WLAN-Signal ist schwach")
    assert player.session.state.step == "q_where"


def test_two_checklists_on_one_way_show_a_fact_once(play: Callable[..., WizardPlayer]) -> None:
    player = play("slow-computer", "disk.full", "disk.low")
    press(player, "Alles am Computer")
    assert player.session.state.wizard == "disk-full"
    assert words(player).count("Das Laufwerk des Systems ist voll") == 1


def test_check_without_answer_asks_the_person(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = play("no-internet", "net.link_down")
    press(player, "Weiß ich nicht")
    press(player, "Gemacht, bitte prüfen")
    machine.measure(FindingState.UNKNOWN)
    press(player, "Ja, es geht wieder")
    assert player.session.state.step == "q_link_result"


def test_who_cannot_tell_whether_it_helped_is_led_on(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = play("no-internet", "net.link_down")
    press(player, "Weiß ich nicht")
    press(player, "Gemacht, bitte prüfen")
    machine.measure(FindingState.UNKNOWN)
    press(player, "Weiß ich nicht")
    assert player.session.state.path[-1].exit == "failed"


def test_who_does_not_know_agrees_to_no_action(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = play("no-internet", "net.dns_failing")
    press(player, "Weiß ich nicht")
    assert (player.session.state.path[-1].exit, machine.acts) == ("declined", [])


def test_who_does_not_find_it_says_so(play: Callable[..., WizardPlayer]) -> None:
    player = play("no-internet", "net.link_down")
    press(player, "Mit Kabel oder Dockingstation")
    press(player, "Das geht hier nicht, oder ich finde es nicht")
    assert player.session.state.path[-1].exit == "cannot"


def test_the_way_to_a_person_stands_on_every_page_of_the_smallest_window(
    play: Callable[..., WizardPlayer], machine: Any
) -> None:
    player = play("no-internet", "net.link_down")
    player.resize(360, 300)

    def is_in_view() -> bool:
        found = (*visible(player, QLabel), *visible(player, QAbstractButton))
        ways = [one for one in found if one.text() == "100" or one.text().endswith("Hilfe von der IT holen")]
        return len(ways) == 2 and all(not one.visibleRegion().isEmpty() for one in ways)

    assert is_in_view()
    press(player, "Weiß ich nicht")
    press(player, "Gemacht, bitte prüfen")
    assert player.session.is_busy
    assert is_in_view()
    machine.measure(FindingState.UNKNOWN)
    assert player.session.state.phase is Phase.JUDGING
    assert is_in_view()


def test_nobody_is_without_a_way_out_while_last_things_are_asked(play: Callable[..., WizardPlayer]) -> None:
    player = play("no-internet", "net.internet_unreachable")
    press(player, "Ja, mehrere oder alle")
    assert player.session.state.phase is Phase.COLLECTING
    assert "Weiß ich nicht" in words(player)
    assert "Hilfe von der IT holen" in words(player)


def test_late_result_after_going_back_changes_nothing(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = play("no-internet", "net.link_down")
    press(player, "Weiß ich nicht")
    press(player, "Gemacht, bitte prüfen")
    press(player, "Zurück")
    machine.measure(FindingState.ABSENT)
    assert (player.session.state.step, player.session.state.phase) == ("i_cable", Phase.ASKING)


def test_action_runs_after_consent_and_is_verified(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = play("no-internet", "net.dns_failing")
    assert "Der Computer vergisst, welche Internet-Namen" in words(player)
    press(player, "Jetzt ausführen")
    assert "angehalten wird es dadurch nicht" in words(player)
    assert machine.acts[0][0] == "dns.flush"
    machine.finish(Deed(Try.DONE, "resolvectl: exit 0"))
    machine.measure(FindingState.ABSENT)
    assert player.session.state.step == "q_result"
    assert player.session.state.path[-1].evidence == "resolvectl: exit 0"
    done = [one for one in lines_done(player._look, player.session.scene, player.session.state) if one.step == "a_dns"]
    assert done[0].hint.endswith("hat geholfen · resolvectl: exit 0")


def test_action_that_this_pc_cannot_do_is_not_offered(play: Callable[..., WizardPlayer], machine: Any) -> None:
    machine.impossible.add("dns.flush")
    player = play("no-internet", "net.dns_failing")
    assert player.session.state.step == "q_scope"


def clear_jobs(play: Callable[..., WizardPlayer], machine: Any) -> WizardPlayer:
    """Return a player that stands before the deletion of print jobs, while the machine counts them."""
    machine.looking.add("printer.cancel_own_jobs")
    player = play("printer-no-print", "printer.queue_stuck")
    press(player, "Büro")
    assert "Ich sehe nach, was dabei geschieht" in words(player)
    assert "Jetzt ausführen" not in words(player)
    return player


def test_what_is_destroyed_is_counted_before_and_exactly_that_is_agreed_to(
    play: Callable[..., WizardPlayer], machine: Any
) -> None:
    player = clear_jobs(play, machine)
    machine.see(Prospect(facts={"count": 3}, agreed="Büro-1 Büro-2 Büro-3"))
    assert "Von Ihnen warten 3 Aufträge." in words(player)
    assert "nicht mehr gedruckt" in words(player)
    press(player, "Jetzt ausführen")
    assert machine.acts[0][:2] == ("printer.cancel_own_jobs", "Büro-1 Büro-2 Büro-3")


def test_foreign_names_in_the_consent_stay_one_line_of_text(play: Callable[..., WizardPlayer], machine: Any) -> None:
    machine.looking.add("printer.set_default")
    player = play("printer-no-print", "printer.virtual_selected")
    press(player, "Lager <b>")
    machine.see(Prospect(facts={"printer": "Lager <b>\n" + "x" * 500}, agreed="Lager <b>"))
    shown = [one for one in visible(player, QLabel) if one.text().startswith("Neuer Standarddrucker")]
    assert len(shown[0].text()) < 200
    assert (shown[0].textFormat(), "\n" in shown[0].text()) == (Qt.TextFormat.PlainText, False)


def test_where_there_is_nothing_to_do_it_with_the_employee_is_led_past(
    play: Callable[..., WizardPlayer], machine: Any
) -> None:
    player = clear_jobs(play, machine)
    machine.see(Prospect(is_possible=False, reason="no own jobs"))
    assert player.session.state.step == "q_scope"
    assert (player.session.state.path[-1].exit, player.session.state.path[-1].evidence) == ("failed", "no own jobs")


def test_going_back_while_the_machine_counts_drops_the_count(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = clear_jobs(play, machine)
    press(player, "Zurück")
    assert player.session.state.step == "q_printer"
    machine.see(Prospect(facts={"count": 3}, agreed="Büro-1"))
    assert (player.session.state.step, player.session.prospect) == ("q_printer", None)


def test_not_waiting_any_longer_says_what_that_means_and_stays_in_the_log(
    play: Callable[..., WizardPlayer], machine: Any
) -> None:
    player = play("no-internet", "net.dns_failing")
    kept: list[dict[str, Any]] = []
    player.changed.connect(kept.append)
    press(player, "Jetzt ausführen")
    assert kept[-1]["evidence"] == engine.BEGUN  # also where the program ends now
    press(player, "Nicht länger warten")
    assert "läuft vielleicht noch" in words(player)
    machine.finish(Deed(Try.DONE, "resolvectl: exit 0"))
    assert player.session.state.step == "a_dns"
    press(player, "Lieber nicht")
    assert (player.session.state.path[-1].exit, player.session.state.path[-1].evidence) == ("declined", engine.BEGUN)


def test_a_failed_action_leads_on_and_its_evidence_is_kept(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = play("no-internet", "net.dns_failing")
    press(player, "Jetzt ausführen")
    machine.finish(Deed(Try.FAILED, "resolvectl: exit 1 · no"))
    assert "hat nicht geklappt" in words(player)
    assert player.session.state.path[-1].evidence == "resolvectl: exit 1 · no"


def test_an_end_that_only_informs_sends_nothing_along(
    qtbot: QtBot, play: Callable[..., WizardPlayer], stage: Stage
) -> None:
    scene, state = stage("no-internet", "net.link_down")
    wizard = scene.wizards["no-internet"]
    end = replace(wizard.steps["o_ok"], result=Result.INFO)
    state = replace(state, step="o_ok", phase=Phase.FINISHED)
    library = {**scene.wizards, "no-internet": replace(wizard, steps={**wizard.steps, "o_ok": end})}
    player = play("no-internet", state=state, scene=replace(scene, wizards=library))
    assert "abgeschickt" not in words(player)
    with qtbot.waitSignal(player.finished):
        press(player, "Fertig")


def test_fact_can_be_contradicted(play: Callable[..., WizardPlayer]) -> None:
    player = play("no-internet", "net.no_address")
    assert "Keine gültige Adresse im Netz" in words(player)
    press(player, "Stimmt nicht: Keine gültige Adresse im Netz")
    assert player.session.state.step == "q_what"


def test_setting_is_opened_by_the_injected_opener(play: Callable[..., WizardPlayer], machine: Any) -> None:
    player = play("no-internet", "net.captive_portal")
    press(player, "Anmeldeseite im Browser öffnen")
    assert machine.opened == ["browser.portal"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_page_that_can_be_opened_is_called_by_its_name(language: str) -> None:
    texts = load_texts(language)
    assert [one for one in page_ids() if not texts.has(f"page.{one}")] == []


def test_end_asks_what_is_missing_and_hands_over(qtbot: QtBot, play: Callable[..., WizardPlayer]) -> None:
    player = play("no-internet", "net.internet_unreachable")
    press(player, "Ja, mehrere oder alle")
    assert "Mehrere sind betroffen. Die IT kümmert sich sofort darum." in words(player)  # before anything is asked
    press(player, "Gestern")
    press(player, "Ich kann nicht arbeiten")
    assert "Störung für mehrere" in words(player)
    assert "Noch ist nichts abgeschickt" in words(player)
    with qtbot.waitSignal(player.finished) as caught:
        press(player, "Weiter zur Anfrage")
    assert isinstance(caught.args[0], Outcome)
    assert caught.args[0].priority == "urgent"
    assert player.session.answers()["since"] == "2026-03-01T08:00"


def test_help_is_always_one_click_away(qtbot: QtBot, play: Callable[..., WizardPlayer]) -> None:
    player = play("no-internet", "net.link_down")
    with qtbot.waitSignal(player.help_wanted):
        press(player, "Hilfe von der IT holen")
    assert player.session.state.phase is Phase.HANDED_OVER
    assert "Wie ist der Computer sonst verbunden?" not in words(player)  # nobody is asked any more


def test_back_on_the_first_page_leaves(qtbot: QtBot, play: Callable[..., WizardPlayer]) -> None:
    player = play("no-internet", "net.link_down")
    with qtbot.waitSignal(player.left):
        press(player, "Zurück")


def test_closed_in_the_middle_of_a_check_it_goes_on_there(play: Callable[..., WizardPlayer]) -> None:
    player = play("no-internet", "net.link_down")
    kept: list[dict[str, object]] = []
    player.changed.connect(kept.append)
    press(player, "Mit Kabel oder Dockingstation")
    press(player, "Gemacht, bitte prüfen")
    again = play("no-internet", "net.link_down", state=from_document(kept[-1]))
    assert "Netzwerkkabel neu einstecken" in words(again)
    press(again, "Gemacht, bitte prüfen")
    assert again.session.state.phase is Phase.VERIFYING


def test_heading_has_the_keyboard_then_rows_answer_by_space(qtbot: QtBot, play: Callable[..., WizardPlayer]) -> None:
    player = play("no-internet", "net.link_down")
    with qtbot.waitExposed(player):
        player.activateWindow()
    player.focus_start()
    qtbot.waitUntil(lambda: player.focusWidget() is not None)
    assert isinstance(player.focusWidget(), QLabel)
    for _ in range(20):
        if getattr(player.focusWidget(), "text", str)() == "Über WLAN":
            break
        qtbot.keyClick(player.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(player.focusWidget(), Qt.Key.Key_Space)
    assert player.session.state.step == "a_wifi_on"


def test_empty_answer_is_not_taken(play: Callable[..., WizardPlayer]) -> None:
    player = play("printer-no-print", "printer.unreachable")
    press(player, "Büro")
    press(player, "Eine andere Meldung")
    press(player, "Weiter")
    assert player.session.state.step == "q_message"
    press(player, "Weiß ich nicht")
    assert player.session.state.step == "q_scope"


@pytest.mark.parametrize("look", ["de", "en"], indirect=True)
def test_everything_to_press_has_a_name(play: Callable[..., WizardPlayer]) -> None:
    player = play("printer-no-print", "printer.unreachable")
    for one in (*visible(player, QAbstractButton), *visible(player, QLineEdit)):
        assert one.accessibleName()


def test_foreign_text_stays_text(play: Callable[..., WizardPlayer]) -> None:
    player = play("printer-no-print", "printer.unreachable")
    assert "Lager <b>" in words(player)
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in visible(player, QLabel))


def test_evidence_is_worded_for_the_reader_and_never_shown_half(look: Look, stage: Stage) -> None:
    _, state = stage("printer-no-print", "printer.unreachable")
    full = Finding("printer.unreachable", FindingState.PRESENT, Severity.ERROR, {"printer": "Lager"})
    assert "Lager" in evidence(look, state, full)
    assert evidence(look, state, replace(full, evidence={})) == ""
    assert evidence(look, state, replace(full, evidence={"other": 1})) == ""
    assert evidence(look, state, replace(full, state=FindingState.UNKNOWN)) == ""


def to_message(play: Callable[..., WizardPlayer]) -> WizardPlayer:
    """Return a player that asks for the words of a message, with more facts than it shows at first."""
    player = play("printer-no-print", "printer.unreachable")
    press(player, "Büro")
    press(player, "Eine andere Meldung")
    return player


def field(player: WizardPlayer) -> QWidget:
    form = player._form
    first = form.first() if form is not None else None
    assert first is not None
    return first


def test_a_missing_answer_is_said_beside_the_field(play: Callable[..., WizardPlayer]) -> None:
    player = to_message(play)
    press(player, "Weiter")
    assert "Bitte wählen Sie eine Antwort" in words(player)
    assert field(player).accessibleDescription()
    assert player.session.state.step == "q_message"


def test_enter_in_an_empty_line_is_no_answer(qtbot: QtBot, play: Callable[..., WizardPlayer]) -> None:
    """Only the button says "I do not know"; the key of an answer that is not there says nothing."""
    player = to_message(play)
    player._form.answered.emit(None)
    assert player.session.state.step == "q_message"


def test_more_facts_and_a_contradiction_keep_what_was_typed(play: Callable[..., WizardPlayer]) -> None:
    player = to_message(play)
    typed = field(player)
    assert isinstance(typed, QPlainTextEdit)
    typed.setPlainText("Papierstau hinten")
    unfold(player)
    assert player._form.answer() == "Papierstau hinten"


def test_what_is_typed_survives_a_killed_program(qtbot: QtBot, play: Callable[..., WizardPlayer]) -> None:
    """It is kept a moment after the last key, before anybody has pressed anything."""
    player = to_message(play)
    with qtbot.waitSignal(player.changed) as kept:
        field(player).setPlainText("Papierstau hinten")
    again = play("printer-no-print", "printer.unreachable", state=from_document(kept.args[0]))
    assert field(again).toPlainText() == "Papierstau hinten"
    assert again.session.state.step == "q_message"


def test_what_is_typed_is_kept_at_once_when_the_window_closes(play: Callable[..., WizardPlayer]) -> None:
    player = to_message(play)
    kept: list[dict[str, Any]] = []
    player.changed.connect(kept.append)
    field(player).setPlainText("Papierstau")
    assert kept == []
    player.hide()
    assert kept[-1]["typed"] == "Papierstau"


def test_what_is_typed_goes_along_when_help_is_called(play: Callable[..., WizardPlayer]) -> None:
    player = to_message(play)
    field(player).setPlainText("Papierstau hinten")
    press(player, "Hilfe von der IT holen")
    assert player.session.answers()["printer_message"] == "Papierstau hinten"
    assert "Noch ist nichts abgeschickt" in words(player)
    assert player.session.state.phase is Phase.HANDED_OVER


def test_control_return_goes_on_from_a_text(qtbot: QtBot, play: Callable[..., WizardPlayer]) -> None:
    player = to_message(play)
    with qtbot.waitExposed(player):
        player.activateWindow()
    field(player).setFocus()
    field(player).setPlainText("Papierstau")
    qtbot.keyClick(field(player), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert player.session.answers()["printer_message"] == "Papierstau"


class ShownWindows(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(watched)
        return False


def test_no_piece_of_a_page_flashes_up_as_a_window_of_its_own(
    qapp: QApplication, play: Callable[..., WizardPlayer], machine: Any
) -> None:
    """It would take the keyboard from the window, and the keys of the window with it."""
    watch = ShownWindows()
    qapp.installEventFilter(watch)
    player = play("wifi-weak", "net.wifi_weak")
    press(player, "Gemacht, bitte prüfen")
    machine.measure(FindingState.ABSENT)
    unfold(player)
    press(player, "Ja")
    press(player, "Nein")
    assert player.session.state.phase is Phase.FINISHED
    qapp.removeEventFilter(watch)
    assert watch.found == [player]


def test_a_check_that_ends_after_the_guide_was_closed_harms_nothing(
    play: Callable[..., WizardPlayer], machine: Any
) -> None:
    player = play("no-internet", "net.link_down")
    press(player, "Mit Kabel oder Dockingstation")
    press(player, "Gemacht, bitte prüfen")
    shiboken6.delete(player.session)
    assert len(machine.asked) == 1
    machine.measure(FindingState.ABSENT)
    assert not machine.asked  # an answer nobody waits for begins nothing
    assert shiboken6.isValid(player)


@pytest.mark.parametrize(("look", "shown"), [("de", "2,5"), ("en", "2.5")], indirect=["look"])
def test_a_number_comes_back_as_it_was_typed(qtbot: QtBot, look: Look, shown: str) -> None:
    form = AnswerForm(look, Ask("Wie viele?", AnswerType.NUMBER, value=2.5))
    qtbot.addWidget(form)
    line = form.first()
    assert isinstance(line, QLineEdit)
    assert (line.text(), form.answer()) == (shown, 2.5)
