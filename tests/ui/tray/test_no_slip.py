"""Slips of hand and bad moments: keys pressed twice, windows opened too early, choices made while something runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.client.drafts import NEW_REQUEST, files_of, load_draft, save_draft
from desktop.client.facts import default_off
from desktop.client.files import MAX_TOTAL
from desktop.client.identity import Identity, write_identity
from desktop.client.overview import overview
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.rows import NewFile
from desktop.client.status import open_request
from desktop.client.sync import sync
from desktop.domain.payloads import Request, Verdict
from desktop.ui.tray.draft import RequestDraft
from desktop.ui.tray.help_window import HelpWindow
from desktop.ui.tray.requests_window import RequestsWindow
from desktop.ui.tray.screenshot import ScreenshotDialog
from desktop.ui.tray.sent_bytes import FILES
from tests.ui.tray.conftest import Bench, shown

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(bench: Bench, qtbot) -> HelpWindow:
    """Open the help window on a PC that was let in."""
    made = HelpWindow(bench.tools)
    made.show_overview(overview(bench.client), None)
    shown(qtbot, made)
    qtbot.waitUntil(lambda: bool(made.library.wizards))
    return made


@pytest.fixture
def mine(bench: Bench, qtbot) -> RequestsWindow:
    """Open my requests with two of them, the older one in view."""
    ids = [
        send_request(bench.client, prepare_request(bench.client, SendRequest(text=text))).result
        for text in ("Drucker druckt leer", "Maus geht nicht")
    ]
    made = RequestsWindow(bench.tools)
    made.changed.connect(made.apply)
    shown(qtbot, made)
    made.reload(ids[0])
    qtbot.waitUntil(lambda: made.chat.conversation is not None)
    return made


def sent(bench: Bench) -> list[object]:
    """Let the post take everything and return what was sealed."""
    sync(bench.client, bench.post)
    return [payload for payload, _ in bench.post.outbox.values()]


def test_a_screenshot_as_the_first_thing_keeps_the_draft(bench: Bench, qtbot) -> None:
    """The menu's screenshot opens the window; what was typed yesterday is still being read then."""
    save_draft(bench.client, NEW_REQUEST, RequestDraft(page="describe", text="Von gestern").to_document())
    window = HelpWindow(bench.tools)
    window.show_overview(overview(bench.client), None)
    shown(qtbot, window)
    window.begin_with_screenshot()
    qtbot.waitUntil(lambda: bool(window.findChildren(ScreenshotDialog)))
    window.findChildren(ScreenshotDialog)[0].reject()
    assert window.describe.text.toPlainText() == "Von gestern"
    window.close()
    qtbot.waitUntil(lambda: load_draft(bench.client, NEW_REQUEST).document.get("text") == "Von gestern")


def test_a_choice_made_while_facts_are_collected_leaves_the_others_as_they_were(
    window: HelpWindow, bench: Bench, qtbot
) -> None:
    """Whoever switches their files off before the facts are there has not agreed to the careful groups."""
    bench.gate.clear()
    window.topic.cards["other"].click()
    window.guides.words.click()
    window.describe.text.setPlainText("x")
    window.describe.add_file(NewFile("a.txt", b"a"))
    qtbot.waitUntil(lambda: len(window.describe.files.files) == 1)
    window.describe.next.click()
    window.consent.rows[FILES].switch.click()
    bench.gate.set()
    qtbot.waitUntil(window.consent.send.isEnabled)
    careful = {name for name, row in window.consent.rows.items() if name != FILES and not row.is_on}
    assert careful == default_off()
    assert not window.consent.rows[FILES].is_on


def test_what_could_not_be_prepared_is_not_sent_as_it_was_before(window: HelpWindow, bench: Bench, qtbot) -> None:
    """A switch whose choice could not be taken over must not leave the button to what was chosen before it."""
    window.topic.cards["other"].click()
    window.guides.words.click()
    window.describe.text.setPlainText("x")
    window.describe.next.click()
    qtbot.waitUntil(window.consent.send.isEnabled)
    with bench.client.store.write() as db:
        write_identity(db, Identity())
    window.consent.rows["printers"].switch.click()
    qtbot.waitUntil(lambda: bool(window.consent.notice.words))
    assert not window.consent.send.isEnabled()


def test_a_fault_of_one_file_is_not_hidden_by_the_next(window: HelpWindow, tmp_path: Path, qtbot) -> None:
    """Of two files picked together the small one comes along, and the large one is still spoken of."""
    large, small = tmp_path / "gross.bin", tmp_path / "klein.txt"
    with large.open("wb") as file:
        file.truncate(MAX_TOTAL + 1)
    small.write_text("x")
    window.topic.cards["other"].click()
    window.guides.words.click()
    window.describe.add_paths([large, small])
    qtbot.waitUntil(lambda: [one.name for one in window.describe.files.files] == ["klein.txt"])
    assert "gross.bin" in window.describe.notice.words


def test_solved_and_yet_not_keeps_what_was_said(window: HelpWindow, bench: Bench, qtbot) -> None:
    """Topic, text and the steps tried go on into the request; the files, which ended with the guide, are not shown."""
    window.topic.cards["printer"].click()
    window.guides.cards["printer-no-print"].click()
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    window.self_help.player.help_wanted.emit()
    window.describe.text.setPlainText("Druckt leer")
    window.describe.add_file(NewFile("a.txt", b"a"))
    qtbot.waitUntil(lambda: len(window.describe.files.files) == 1)
    window.describe.back_wanted.emit()
    window.self_help.solved.emit(window.self_help.player.session.document())
    window.solved.help_wanted.emit()
    assert window.describe.text.toPlainText() == "Druckt leer"
    assert window.describe.files.files == []
    qtbot.waitUntil(lambda: files_of(bench.client, NEW_REQUEST) == [])
    window.describe.next.click()
    qtbot.waitUntil(window.consent.send.isEnabled)
    window.consent.send.click()
    qtbot.waitUntil(lambda: window.pages.current == "sent")
    payload = next(one for one in sent(bench) if isinstance(one, Request))
    assert payload.category == "printer"
    assert [one["wizard"] for one in payload.wizard_runs] == ["printer-no-print"]


def test_two_guides_are_both_told(window: HelpWindow, bench: Bench, qtbot) -> None:
    """Whoever tried one guide and then another need not tell the first one again."""
    window.topic.cards["printer"].click()
    window.guides.cards["printer-no-print"].click()
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    window.self_help.player.left.emit()
    window.topic.cards["network"].click()
    window.guides.cards["no-internet"].click()
    qtbot.waitUntil(lambda: window.self_help.player is not None)
    window.self_help.player.help_wanted.emit()
    window.describe.text.setPlainText("Geht nicht")
    window.describe.next.click()
    qtbot.waitUntil(window.consent.send.isEnabled)
    runs = window.flow.request.payload.wizard_runs if window.flow.request else []
    assert len({one["wizard"] for one in runs}) == len(runs) == 2


def test_a_reply_sent_twice_in_a_hurry_is_one(mine: RequestsWindow, bench: Bench, qtbot) -> None:
    """A second Ctrl+Enter before the first reply is stored sends nothing more."""
    request = mine.current
    mine.text.setPlainText("Danke")
    for _ in range(2):
        QTest.keyClick(mine.text, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(open_request(bench.client, request).messages) > 1)
    qtbot.waitUntil(lambda: not mine.text.toPlainText())
    mine.reload()
    qtbot.waitUntil(lambda: len(mine.chat.conversation.messages) > 1)
    assert [one.text for one in open_request(bench.client, request).messages][1:] == ["Danke"]


def test_what_is_typed_while_a_reply_goes_out_stays(mine: RequestsWindow, bench: Bench, qtbot) -> None:
    """The field gives up what was sent, not what was typed since."""
    mine.text.setPlainText("Danke")
    mine.send.click()
    mine.text.setPlainText("Danke, und noch etwas")
    qtbot.waitUntil(mine.send.isEnabled)
    assert mine.text.toPlainText() == "Danke, und noch etwas"


def test_a_verdict_is_given_once(mine: RequestsWindow, bench: Bench, qtbot) -> None:
    """Two clicks on "solved" are one answer."""
    mine.chat.answered.emit(True, 0, "")
    mine.chat.answered.emit(True, 0, "")
    qtbot.waitUntil(lambda: open_request(bench.client, mine.current).request.answer.value == "solved")
    mine.reload()
    qtbot.waitUntil(lambda: mine.chat.conversation.request.answer.value == "solved")
    assert len([one for one in sent(bench) if isinstance(one, Verdict)]) == 1
