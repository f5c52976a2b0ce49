"""The IT asks for a diagnosis: seen first, then sent, declined or left; and one of one's own accord."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.base.changes import Changes, Subject
from desktop.base.clock import to_text
from desktop.base.ids import new_id
from desktop.client.asks import find_open_ask, list_asks, store_ask, store_withdrawal
from desktop.client.sync import sync
from desktop.diagnostics.lines import Line
from desktop.domain.payloads import Ask, Diagnosis, Withdrawal, to_document
from desktop.exchange.strict_json import canonical
from desktop.ui.tray.diagnosis_window import DiagnosisWindow
from desktop.ui.tray.sent_bytes import message_bytes
from tests.ui.tray.conftest import SNAPSHOT, Bench, shown


def ask(bench: Bench, *, level: str = "basic", reason: str = "Ist der Speicher voll?") -> str:
    """Let the IT ask; returns the ask's id."""
    now = bench.client.clock()
    valid = {"created_at": to_text(now), "expires_at": to_text(now + timedelta(days=14))}
    wanted = Ask(new_id(), "Katrin Velden", level=level, reason=reason, ticket="A-2026-0412", title="Langsam", **valid)
    with bench.client.store.write() as db:
        store_ask(db, wanted)
    return wanted.ask_id


@pytest.fixture
def window(bench: Bench, qtbot) -> DiagnosisWindow:
    """Open the window."""
    made = DiagnosisWindow(bench.tools)
    shown(qtbot, made)
    return made


def opened(window: DiagnosisWindow, qtbot) -> None:
    """Read what is asked and go on to the consent until it can be sent."""
    window.open_ask()
    qtbot.waitUntil(lambda: window.flow.ask is not None)
    window.ask.go.click()
    qtbot.waitUntil(window.consent.send.isEnabled)


def sent(bench: Bench) -> Diagnosis:
    """Let the post take the answer and return what was sealed."""
    sync(bench.client, bench.post)
    ((payload, _parts),) = bench.post.outbox.values()
    assert isinstance(payload, Diagnosis)
    return payload


def test_nothing_is_collected_before_one_looks(window: DiagnosisWindow, bench: Bench, qtbot) -> None:
    """Opening and closing the ask answers nothing and starts nothing."""
    ask(bench)
    window.open_ask()
    qtbot.waitUntil(lambda: window.flow.ask is not None)
    window.ask.later.click()
    assert not window.isVisible()
    assert bench.collections == []
    assert find_open_ask(bench.client) is not None


def test_what_is_shown_is_sent_without_what_was_unticked(window: DiagnosisWindow, bench: Bench, qtbot) -> None:
    """A line unticked with the keyboard leaves the bytes; the sentence goes along."""
    asked = ask(bench)
    opened(window, qtbot)
    window.consent.rows["printers"].view.click()
    dialog = window.consent.dialog
    assert dialog.lines.lines.rows[dialog.lines.currentIndex().row()].line == Line("printers", "printers", 0)
    before = dialog.raw
    QTest.keyClick(dialog.lines, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.raw != before)
    facts = json.loads(dialog.raw)
    assert facts["probes"]["printers"]["facts"] == {"printers": []}
    dialog.accept()
    window.sentence.setText("Bitte sehr")
    window.sentence.textEdited.emit("Bitte sehr")
    qtbot.waitUntil(lambda: window.consent.send.isEnabled() and window.flow.message.payload.comment == "Bitte sehr")
    previewed = message_bytes(window.consent.prepared)
    with qtbot.waitSignal(window.changed):
        window.consent.send.click()
    payload = sent(bench)
    assert canonical(to_document(payload)) == previewed
    assert (payload.answers, payload.comment) == (asked, "Bitte sehr")
    assert b"Etikettendrucker" not in previewed
    assert window.pages.current == "done"


def test_a_wish_for_everything_collects_everything_but_does_not_hold_anybody(
    window: DiagnosisWindow, bench: Bench, qtbot
) -> None:
    """The rest is collected with progress; whoever will not wait sends what is there."""
    ask(bench, level="full")
    window.open_ask()
    qtbot.waitUntil(lambda: window.flow.ask is not None)
    window.ask.go.click()
    qtbot.waitUntil(lambda: [one.part for one in bench.collections] == ["basic", "rest"])
    qtbot.waitUntil(window.consent.send.isEnabled)
    assert window.flow.message.payload.snapshot["level"] == "full"
    window.close()
    bench.gate.clear()
    window.show()
    window.open_ask()
    window.ask.go.click()
    qtbot.waitUntil(lambda: window.consent._bar.maximum() == 3)
    assert not window.consent.send.isEnabled()
    window.consent.cancel_wanted.emit()
    assert window.consent.amount.value == "none"
    assert bench.collections[-1].is_cancelled
    window.consent.amount.button("basic").click()
    qtbot.waitUntil(window.consent.send.isEnabled)
    assert window.flow.message.payload.snapshot["level"] == "basic"


def test_nothing_chosen_cannot_be_sent(window: DiagnosisWindow, bench: Bench, qtbot) -> None:
    """Sending nothing is declining, and that has a page of its own."""
    ask(bench)
    opened(window, qtbot)
    window.consent.amount.button("none").click()
    qtbot.waitUntil(lambda: not window.consent.send.isEnabled())
    assert list(window.consent.rows) == ["message"]


def test_declining(window: DiagnosisWindow, bench: Bench, qtbot) -> None:
    """No travels with its sentence and without facts."""
    ask(bench)
    window.open_ask()
    qtbot.waitUntil(lambda: window.flow.ask is not None)
    window.ask.decline.click()
    window.decline.sentence.setText("Heute nicht")
    with qtbot.waitSignal(window.changed):
        window.decline.send.click()
    payload = sent(bench)
    assert (payload.is_declined, payload.comment, payload.snapshot) == (True, "Heute nicht", None)
    assert list_asks(bench.client)[0].state == "declined"
    assert bench.collections == []


def test_an_ask_withdrawn_meanwhile_sends_nothing(window: DiagnosisWindow, bench: Bench, qtbot) -> None:
    """Who answers too late is told so; nothing leaves the PC."""
    asked = ask(bench)
    opened(window, qtbot)
    with bench.client.store.write() as db:
        store_withdrawal(db, Withdrawal(asked))
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "done")
    sync(bench.client, bench.post)
    assert bench.post.outbox == {}


def test_without_an_ask_there_is_nothing_to_decide(window: DiagnosisWindow, qtbot) -> None:
    """The window says so instead of showing an empty page."""
    window.open_ask()
    qtbot.waitUntil(lambda: window.pages.current == "done")


def test_unasked_shows_first(window: DiagnosisWindow, bench: Bench, qtbot) -> None:
    """What the check found is shown before it is sent, and belongs to no ask."""
    window.open_unasked(SNAPSHOT)
    qtbot.waitUntil(window.consent.send.isEnabled)
    assert bench.collections == []
    with qtbot.waitSignal(window.changed):
        window.consent.send.click()
    payload = sent(bench)
    assert (payload.answers, payload.snapshot["level"]) == ("", "basic")


def test_unasked_leaves_out_what_was_left_out_last_time(window: DiagnosisWindow, bench: Bench, qtbot) -> None:
    """What stayed at home with the last diagnosis stays at home with the next, asked for or not."""
    for _ in range(2):
        window.open_unasked(SNAPSHOT)
        qtbot.waitUntil(window.consent.send.isEnabled)
        is_first = not bench.post.outbox
        if is_first:
            window.consent.rows["printers"].switch.click()
            qtbot.waitUntil(lambda: "printers" in window.consent.choice.off and window.consent.send.isEnabled())
        assert "printers" in window.consent.choice.off
        with qtbot.waitSignal(window.changed):
            window.consent.send.click()
        sync(bench.client, bench.post)
    assert [payload.consent["printers"] for payload, _ in bench.post.outbox.values()] == [False, False]


def test_another_ask_is_read_before_it_is_answered(window: DiagnosisWindow, bench: Bench, qtbot) -> None:
    """What was chosen for one ask, or a no to it, is no answer to the next."""
    ask(bench)
    opened(window, qtbot)
    second = ask(bench, reason="Ist der Drucker an?")
    window.apply(Changes.of(Subject.DEVICE, "self"))
    qtbot.waitUntil(lambda: window.flow.ask.id == second)
    assert window.pages.current == "ask"
    window.flow.send()
    sync(bench.client, bench.post)
    assert bench.post.outbox == {}
