"""The help window from the first click to the receipt: what is previewed is sent, what is typed is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from desktop.base.clock import to_text, utc_now
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.client.drafts import NEW_REQUEST, has_open_guide, load_draft
from desktop.client.overview import overview
from desktop.client.places import load_place
from desktop.client.rows import NewFile
from desktop.client.runs import count_solved
from desktop.client.status import list_requests
from desktop.client.sync import sync
from desktop.domain.payloads import Reply, Request, to_document
from desktop.domain.ticket import Urgency
from desktop.exchange.strict_json import canonical
from desktop.ui.common.controls import Banner, ProgressSegments
from desktop.ui.tray.help_window import HelpWindow
from desktop.ui.tray.parts import HEADING, PhoneLine
from desktop.ui.tray.preview import PreviewDialog
from desktop.ui.tray.sent_bytes import FILES, MESSAGE, message_bytes, part_bytes
from desktop.ui.tray.topics import TOPICS, for_employees, guides_of
from tests.ui.tray.conftest import SNAPSHOT, Bench, shown


@pytest.fixture
def window(bench: Bench, qtbot) -> HelpWindow:
    """Open the help window on a PC that was let in."""
    made = HelpWindow(bench.tools)
    made.show_overview(overview(bench.client), None)
    shown(qtbot, made)
    qtbot.waitUntil(lambda: bool(made.library.wizards))
    return made


def describe(window: HelpWindow, text: str) -> None:
    """Go to the description and write something."""
    window.topic.cards["other"].click()
    window.guides.words.click()
    window.describe.text.setPlainText(text)


def has_heading(window: HelpWindow) -> bool:
    """Tell whether the keyboard is on the heading of the page in view."""
    focused = window.focusWidget()
    return focused is not None and focused.objectName() == HEADING and focused.isVisible()


def to_consent(window: HelpWindow, qtbot) -> None:
    """Go on to the consent and wait until it can be sent."""
    window.describe.next.click()
    assert window.pages.current == "consent"
    qtbot.waitUntil(window.consent.send.isEnabled)


def settled(window: HelpWindow, bench: Bench, qtbot) -> None:
    """Wait until everything that was asked of the store so far has been answered."""
    said: list[None] = []
    bench.tools.store(lambda: None, owner=window, done=said.append)
    qtbot.waitUntil(lambda: bool(said))


def sent_payload(bench: Bench) -> Request:
    """Let the post take the request and return what was sealed."""
    sync(bench.client, bench.post)
    (payload, _parts), *_ = bench.post.outbox.values()
    assert isinstance(payload, Request)
    return payload


def test_what_was_previewed_is_what_is_sent(window: HelpWindow, bench: Bench, qtbot) -> None:
    """The bytes behind "look at everything" are the bytes of the sealed payload, letter by letter."""
    describe(window, "Etiketten kommen leer heraus.")
    window.describe.urgencies[Urgency.BLOCKED].click()
    window.describe.phone.setText("214")
    window.describe.add_file(NewFile("Foto.png", b"pixels"))
    qtbot.waitUntil(lambda: len(window.describe.files.files) == 1)
    to_consent(window, qtbot)
    window.consent.rows["printers"].switch.click()
    qtbot.waitUntil(window.consent.send.isEnabled)
    previewed = message_bytes(window.consent.prepared)
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    payload = sent_payload(bench)
    assert canonical(to_document(payload)) == previewed
    assert (payload.text, payload.urgency, payload.phone) == ("Etiketten kommen leer heraus.", "blocked", "214")
    assert payload.snapshot["probes"]["printers"]["status"] == "withheld"
    assert b"Etikettendrucker" not in previewed
    assert payload.consent["printers"] is False
    assert [one.name for one in payload.attachments] == ["Foto.png"]


def test_every_group_shows_its_own_bytes(window: HelpWindow, bench: Bench, qtbot) -> None:
    """The rows' bytes are contained in the whole, and the exact view shows them unchanged."""
    describe(window, "x")
    to_consent(window, qtbot)
    prepared = window.consent.prepared
    whole = json.loads(message_bytes(prepared))
    facts = json.loads(part_bytes(prepared, "printers"))
    assert facts["probes"]["printers"] == whole["snapshot"]["probes"]["printers"]
    assert "printer.queue_stuck" in [one["id"] for one in facts["findings"]]
    assert "disk.full" not in [one["id"] for one in facts["findings"]]
    assert "snapshot" not in json.loads(part_bytes(prepared, MESSAGE))
    dialog = PreviewDialog(bench.tools.look, "x", message_bytes(prepared))
    shown(qtbot, dialog)
    dialog.view.button("exact").click()
    assert dialog.text.toPlainText().encode() == message_bytes(prepared)


def test_files_can_be_left_out_at_the_last_moment(window: HelpWindow, bench: Bench, qtbot) -> None:
    """Switching files off sends none of them."""
    describe(window, "x")
    window.describe.add_file(NewFile("geheim.txt", b"secret"))
    qtbot.waitUntil(lambda: len(window.describe.files.files) == 1)
    to_consent(window, qtbot)
    window.consent.rows[FILES].switch.click()
    qtbot.waitUntil(window.consent.send.isEnabled)
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    assert sent_payload(bench).attachments == []


def test_collecting_can_be_cancelled(window: HelpWindow, bench: Bench, qtbot) -> None:
    """While facts are collected the page says so; without them the request goes out bare."""
    bench.gate.clear()
    describe(window, "x")
    window.describe.next.click()
    assert not window.consent.send.isEnabled()
    window.consent.cancel_wanted.emit()
    qtbot.waitUntil(window.consent.send.isEnabled)
    assert bench.collections[0].is_cancelled
    assert window.consent.rows.keys() == {MESSAGE}
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    assert sent_payload(bench).snapshot is None


def test_closing_keeps_the_draft(window: HelpWindow, bench: Bench, qtbot) -> None:
    """A window closed a moment after the last key loses nothing; the next one offers to go on."""
    describe(window, "Um 12 Uhr holt die Spedition ab.")
    window.close()
    other = HelpWindow(bench.tools)
    other.show_overview(overview(bench.client), None)
    shown(qtbot, other)
    qtbot.waitUntil(other.topic._resume.isVisible)
    other.topic.go_on.click()
    assert other.pages.current == "describe"
    assert other.describe.text.toPlainText() == "Um 12 Uhr holt die Spedition ab."


def test_typing_is_saved_by_itself(window: HelpWindow, bench: Bench, qtbot) -> None:
    """A second after the last key the draft is on the disk, without any click."""
    describe(window, "")
    window.describe.text.setPlainText("Seit heute früh")
    qtbot.waitUntil(lambda: load_draft(bench.client, NEW_REQUEST).document.get("text") == "Seit heute früh")


def test_an_empty_description_is_refused_beside_the_field(window: HelpWindow, qtbot) -> None:
    """The reason stands at the field, and the keyboard is there."""
    describe(window, "  ")
    window.describe.next.click()
    assert window.pages.current == "describe"
    assert "Bitte beschreiben Sie kurz" in window.describe.notice.words
    assert window.describe.text.hasFocus()


def test_a_file_that_is_too_large_says_so(window: HelpWindow, tmp_path: Path, qtbot) -> None:
    """The limit is told and the text stays."""
    path = tmp_path / "groß.bin"
    with path.open("wb") as stream:
        stream.truncate(26 * 2**20)
    describe(window, "Text")
    window.describe.add_paths([path])
    qtbot.waitUntil(lambda: "zu groß" in window.describe.notice.words)
    assert window.describe.text.toPlainText() == "Text"
    assert window.describe.files.files == []


def test_self_help_plays_with_the_facts_and_hands_over(window: HelpWindow, bench: Bench, qtbot) -> None:
    """The printer card leads to its guide; wanting help takes the run along into the request."""
    window.topic.cards["printer"].click()
    window.guides.cards["printer-no-print"].click()
    assert window.pages.current == "self_help"
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    window.self_help.player.session.want_help()
    window.self_help.player.help_wanted.emit()
    assert window.pages.current == "describe"
    window.describe.text.setPlainText("Hat nicht geholfen")
    to_consent(window, qtbot)
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    payload = sent_payload(bench)
    assert (payload.category, payload.wizard_runs[0]["wizard"]) == ("printer", "printer-no-print")


def test_a_topic_with_several_guides_lets_one_choose(window: HelpWindow, bench: Bench, qtbot) -> None:
    """Each guide has a card; whoever finds none describes it, and the topic goes along as the category."""
    window.topic.cards["security"].click()
    assert window.pages.current == "guides"
    assert has_heading(window)
    assert {"phishing-suspect", "security-alert"} <= set(window.guides.cards)
    window.guides.left.emit()
    assert window.pages.current == "topic"
    window.topic.cards["security"].click()
    window.guides.none.click()
    assert window.pages.current == "describe"
    window.describe.text.setPlainText("Seltsame Mail")
    to_consent(window, qtbot)
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    assert sent_payload(bench).category == "security"


def test_every_guide_for_employees_has_a_card(window: HelpWindow) -> None:
    """What no card leads to would be found by searching only; what is asked most stands first."""
    everything = for_employees(window.library.wizards.values())
    behind = [one for topic in TOPICS for one in guides_of(topic, everything)]
    assert sorted(one.id for one in behind) == sorted(one.id for one in everything)
    assert everything[0].id == "password-reset"


def test_something_else_asks_step_by_step_or_takes_ones_own_words(window: HelpWindow, qtbot) -> None:
    """Nobody has to go through questions, and nobody has to write; what was typed names likelier guides first."""
    window.topic.cards["other"].click()
    assert window.pages.current == "guides"
    assert list(window.guides.cards) == ["something-else"]
    assert (window.guides.none.isHidden(), window.guides.words.isHidden()) == (True, False)
    window.guides.words.click()
    assert window.pages.current == "describe"
    window.describe.back_wanted.emit()
    window.topic.search.setText("der beamer zeigt nichts, und teams ist stumm")
    window.topic.cards["other"].click()
    assert list(window.guides.cards)[-1] == "something-else"
    assert "audio-video" in window.guides.cards
    window.guides.cards["something-else"].click()
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    assert window.self_help.player.session.state.wizard == "something-else"
    window.self_help.player._on_back()
    window.topic.cards["printer"].click()
    assert (window.guides.none.isHidden(), window.guides.words.isHidden()) == (False, True)


def test_a_solved_problem_makes_no_request_and_counts(window: HelpWindow, bench: Bench, qtbot) -> None:
    """ "It works again" ends without a ticket."""
    window.topic.cards["printer"].click()
    window.guides.cards["printer-no-print"].click()
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    window.self_help.solved.emit(window.self_help.player.session.document())
    assert window.pages.current == "solved"
    assert "ohne Ihren Namen" in window.solved.hint.text()
    qtbot.waitUntil(lambda: count_solved(bench.client) == 1)
    assert list_requests(bench.client) == ()


def test_the_search_leads_to_topics_and_guides(window: HelpWindow) -> None:
    """Words narrow the cards; "something else" always stays; Enter takes what was typed along."""
    window.topic.search.setText("toner")
    assert [name for name, card in window.topic.cards.items() if not card.isHidden()] == ["printer", "other"]
    window.topic.search.setText("kaffeemaschine tropft")
    assert [name for name, card in window.topic.cards.items() if not card.isHidden()] == ["other"]
    QTest.keyClick(window.topic.search, Qt.Key.Key_Return)
    assert window.describe.text.toPlainText() == "kaffeemaschine tropft"


def test_by_keyboard_alone(window: HelpWindow, bench: Bench, qtbot) -> None:
    """From the search to the receipt without a mouse."""
    window.topic.search.setFocus()
    window.topic.search.setText("etwas klemmt")
    QTest.keyClick(window.topic.search, Qt.Key.Key_Return)
    assert window.describe.text.hasFocus()
    QTest.keyClick(window.describe.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.current == "consent"
    qtbot.waitUntil(window.consent.send.isEnabled)
    assert has_heading(window)
    seen: list[QWidget] = []
    while not window.consent.send.hasFocus() and len(seen) < 40:
        focused = window.focusWidget()
        assert focused is not None
        seen.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    QTest.keyClick(window.consent.send, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    assert has_heading(window)
    for _ in range(9):
        if window.sent.done.hasFocus():
            break
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    QTest.keyClick(window.sent.done, Qt.Key.Key_Space)
    assert not window.isVisible()


def test_everything_has_a_name(window: HelpWindow, qtbot) -> None:
    """Screen readers find a name on every widget that can be used, on every page."""
    describe(window, "x")
    to_consent(window, qtbot)
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
    nameless = [
        f"{type(one).__name__} {one.objectName()}"
        for kind in kinds
        for one in window.findChildren(kind)
        if not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
        and one.objectName() != "qt_toolbar_ext_button"
        and type(one).__name__ != "QLineEditIconButton"
        and not type(one).__name__.startswith("QToolButton")
    ]
    assert nameless == []


def test_nothing_is_asked_twice(window: HelpWindow, bench: Bench, qtbot) -> None:
    """The next request begins with the number and the switches of the last one, and only what is shown is sent."""
    describe(window, "Erste Anfrage")
    window.describe.phone.setText("214")
    to_consent(window, qtbot)
    window.consent.rows["network"].switch.click()
    qtbot.waitUntil(window.consent.send.isEnabled)
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    again = HelpWindow(bench.tools)
    again.show_overview(overview(bench.client), None)
    shown(qtbot, again)
    qtbot.waitUntil(lambda: bool(again.library.wizards) and again.flow.habits.phone == "214")
    describe(again, "Zweite Anfrage")
    assert again.describe.phone.text() == "214"
    again.describe.phone.clear()
    to_consent(again, qtbot)
    assert "network" in again.consent.choice.off
    assert again.consent.prepared is not None
    assert again.consent.prepared.payload.phone == ""


def test_a_guide_is_the_second_page_of_a_request(window: HelpWindow, qtbot) -> None:
    """The bars say the same on the page before, during and after the guide."""
    window.topic.guide_chosen.emit(for_employees(window.library.wizards.values())[0].id, "")
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    bars = window.self_help.findChildren(ProgressSegments)
    assert {one.accessibleName().rpartition(" ")[2] for one in bars} == {"2/4"}


def test_the_receipt_follows_the_answer(window: HelpWindow, bench: Bench, qtbot) -> None:
    """Once the IT has written, the receipt says so and promises nothing that is already there."""
    describe(window, "Drucker")
    to_consent(window, qtbot)
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    request = window.sent.request
    assert request is not None
    bench.post.inbox = {new_id(): Reply(request.id, new_id(), "IT", "Wir sehen nach.", to_text(utc_now()))}
    window.apply(sync(bench.client, bench.post).changes)
    qtbot.waitUntil(lambda: window.sent.request is not None and window.sent.request.is_answered)
    words = [one.text() for one in window.sent.findChildren(QLabel) if one.isVisible()]
    assert bench.tools.texts.text("tray.sent.step.answered") in words


def test_a_guide_goes_on_after_a_restart(window: HelpWindow, bench: Bench, qtbot) -> None:
    """A guide that was left in the middle is known to the next start, and offered at the top of the first page."""
    assert not has_open_guide(bench.client)
    window.topic.guide_chosen.emit(for_employees(window.library.wizards.values())[0].id, "")
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    window.close()
    qtbot.waitUntil(lambda: has_open_guide(bench.client))
    again = HelpWindow(bench.tools)
    again.show_overview(overview(bench.client), None)
    shown(qtbot, again)
    offer = again.topic.findChild(Banner)
    assert offer is not None
    qtbot.waitUntil(lambda: offer.isVisible() and bool(again.library.wizards))
    again.topic.go_on.click()
    qtbot.waitUntil(lambda: again.self_help.player is not None)
    assert again.pages.current == "self_help"


def test_the_window_comes_back_where_it_was(window: HelpWindow, bench: Bench, qtbot) -> None:
    """It opens in the middle and within the screen, and remembers where it was left."""
    room = window.screen().availableGeometry()
    assert abs(window.geometry().center().x() - room.center().x()) <= 2
    window.setGeometry(30, 40, 400, 500)
    window.close()
    qtbot.waitUntil(lambda: bool(load_place(bench.client, "help")))
    again = HelpWindow(bench.tools)
    shown(qtbot, again)
    assert max(abs(again.x() - 30), abs(again.y() - 40)) <= 4  # give or take a frame that is not there offscreen
    assert again.width() == 400


def test_every_page_fits_a_small_screen(window: HelpWindow, bench: Bench, qtbot) -> None:
    """1366 x 768 at 200 % leaves 683 x 384: the footer and the phone line stay in view."""
    window.resize(683, 340)
    describe(window, "x")
    assert (window.width(), window.height()) == (683, 340)
    for page in (window.describe, window.consent, window.sent, window.topic):
        window.pages.setCurrentWidget(page)
        lines = page.findChildren(PhoneLine)
        assert lines[0].geometry().bottom() <= page.height() <= 340
    assert window.height() == 340


@pytest.mark.parametrize("code", ["secrets.locked", "secrets.wrong_passphrase", "outbox.full"])
def test_a_fault_of_this_pc_is_not_blamed_on_the_folder(window: HelpWindow, bench: Bench, qtbot, code: str) -> None:
    """With a locked keychain or a full disk the window says what stands in the way, and that the request is safe."""
    describe(window, "Drucker")
    to_consent(window, qtbot)
    problem = AppError(code, parameters={"path": "/keys"})
    window.show_overview(overview(bench.client), problem)
    assert window.standing.isVisible()
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    words = " ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())
    text = bench.tools.texts.text
    assert text("tray.queued.stuck") in words
    assert text("tray.queued.hint") not in words
    assert bench.tools.texts.error(problem).what in words
    window.show_overview(overview(bench.client), None)
    assert not window.standing.isVisible()


def test_the_receipt_says_when_the_folder_goes_away(window: HelpWindow, bench: Bench, qtbot) -> None:
    """A request that could not be delivered yet shows so as soon as it is known, and goes back by itself."""
    describe(window, "Drucker")
    to_consent(window, qtbot)
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    assert not window.sent.is_waiting
    window.show_overview(overview(bench.client), AppError("mailbox.unreachable", parameters={"path": "/firma"}))
    qtbot.waitUntil(lambda: window.sent.is_waiting)
    window.show_overview(overview(bench.client), None)
    qtbot.waitUntil(lambda: not window.sent.is_waiting)


def test_a_switch_turned_while_sending_does_not_swallow_the_next_request(
    window: HelpWindow, bench: Bench, qtbot
) -> None:
    """What is prepared again of a request that is on its way is never taken for the next one."""
    describe(window, "Das erste")
    to_consent(window, qtbot)
    window.consent.send.click()
    window.consent.rows["printers"].switch.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    settled(window, bench, qtbot)
    assert window.flow.request is None
    describe(window, "Das zweite")
    to_consent(window, qtbot)
    window.consent.send.click()
    qtbot.waitUntil(lambda: len(list_requests(bench.client)) == 2)
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    settled(window, bench, qtbot)


def test_sending_before_the_rest_has_come_leaves_no_complaint(window: HelpWindow, bench: Bench, qtbot) -> None:
    """Facts that are still coming end with the request; they are not taken for a new one without words."""
    describe(window, "x")
    qtbot.waitUntil(lambda: window.facts.snapshot is not None and not window.facts.is_running)
    bench.gate.clear()
    window.facts.snapshot = SNAPSHOT
    window.facts.start(is_full=True)
    window.describe.next.click()
    window.consent.amount.button("basic").click()
    qtbot.waitUntil(window.consent.send.isEnabled)
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    settled(window, bench, qtbot)
    assert window.describe.notice.isHidden()
    assert window.flow.request is None
