"""My requests: conversation in both directions, hostile text, drafts, and the question whether it is solved."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from desktop.base.ids import new_id
from desktop.client.conversation import reply
from desktop.client.overview import overview
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.rows import Answer
from desktop.client.status import list_requests, open_request
from desktop.client.sync import sync
from desktop.domain.payloads import FollowUp, Reply, Status, Verdict
from desktop.ui.tray.requests_window import RequestsWindow
from desktop.ui.tray.state_words import state_of
from tests.ui.tray.conftest import Bench, shown

HOSTILE = '<img src="file:///etc/passwd"><b>fett</b> \\\\evil\\share\\x.png ' + "x" * 100_000 + "\u202egnp"


@pytest.fixture
def request_id(bench: Bench) -> str:
    """Send a request."""
    return send_request(bench.client, prepare_request(bench.client, SendRequest(text="Drucker druckt leer"))).result


@pytest.fixture
def window(bench: Bench, request_id: str, qtbot) -> RequestsWindow:
    """Open my requests."""
    made = RequestsWindow(bench.tools)
    made.changed.connect(made.apply)
    shown(qtbot, made)
    made.reload(request_id)
    qtbot.waitUntil(lambda: made.chat.conversation is not None)
    return made


def answered(bench: Bench, request_id: str, text: str) -> None:
    """Let the IT answer."""
    bench.post.inbox = {new_id(): Reply(request_id, new_id(), "Katrin Velden", text, bench.client.now())}
    sync(bench.client, bench.post)


def test_answers_appear_and_count_as_read(window: RequestsWindow, bench: Bench, request_id: str, qtbot) -> None:
    """An answer that comes while the window is open is shown and is no longer new."""
    answered(bench, request_id, "Bitte lassen Sie den Drucker an.")
    window.reload()
    qtbot.waitUntil(lambda: len(window.chat.conversation.messages) == 2)
    qtbot.waitUntil(lambda: overview(bench.client).news == 0)


def test_hostile_text_is_only_text(window: RequestsWindow, bench: Bench, request_id: str, qtbot) -> None:
    """Markup, paths, endless words and turned text are shown letter by letter, quickly."""
    answered(bench, request_id, HOSTILE)
    window.reload()
    qtbot.waitUntil(lambda: len(window.chat.conversation.messages) == 2)
    assert not window.grab().isNull()
    assert window.chat.width() <= window.width()


def test_a_reply_goes_out(window: RequestsWindow, bench: Bench, request_id: str, qtbot) -> None:
    """What was written is sent, shown as mine, and the field is empty again."""
    window.text.setPlainText("Die Testseite ist schwach lesbar.")
    window.send.click()
    qtbot.waitUntil(lambda: len(window.chat.conversation.messages) == 2)
    assert window.text.toPlainText() == ""
    sync(bench.client, bench.post)
    assert isinstance(list(bench.post.outbox.values())[1][0], FollowUp)


def test_a_reply_draft_belongs_to_its_request(window: RequestsWindow, bench: Bench, request_id: str, qtbot) -> None:
    """Changing the request keeps what was typed for each."""
    other = send_request(bench.client, prepare_request(bench.client, SendRequest(text="VPN"))).result
    window.text.setPlainText("halb fertig")
    window.open(other)
    qtbot.waitUntil(lambda: window.chat.conversation.request.id == other)
    assert window.text.toPlainText() == ""
    window.open(request_id)
    qtbot.waitUntil(lambda: window.chat.conversation.request.id == request_id)
    qtbot.waitUntil(lambda: window.text.toPlainText() == "halb fertig")


def test_solved_is_asked_and_rated(window: RequestsWindow, bench: Bench, request_id: str, qtbot) -> None:
    """The question appears with "solved"; yes and a rating travel together."""
    assert not window.chat.solved.isVisible()
    bench.post.inbox = {
        new_id(): Status(request_id, "A-2026-0412", "solved", "Katrin Velden", bench.client.now(), "Leere Seiten")
    }
    sync(bench.client, bench.post)
    window.reload()
    qtbot.waitUntil(window.chat.solved.isVisible)
    window.chat.solved.faces[0].click()
    window.chat.solved.comment.setPlainText("Schnell geholfen")
    window.chat.solved.yes.click()
    qtbot.waitUntil(lambda: list_requests(bench.client)[0].answer is Answer.SOLVED)
    sync(bench.client, bench.post)
    verdict = list(bench.post.outbox.values())[-1][0]
    assert isinstance(verdict, Verdict)
    assert (verdict.solved, verdict.rating, verdict.comment) == (True, 1, "Schnell geholfen")


def test_not_yet_goes_back(window: RequestsWindow, bench: Bench, request_id: str, qtbot) -> None:
    """ "Not yet" is an answer too, and leaves the keyboard where one writes why."""
    bench.post.inbox = {new_id(): Status(request_id, "A-1", "solved", "", bench.client.now())}
    sync(bench.client, bench.post)
    window.reload()
    qtbot.waitUntil(window.chat.solved.isVisible)
    window.chat.solved.no.click()
    qtbot.waitUntil(lambda: list_requests(bench.client)[0].answer is Answer.NOT_YET)
    assert window.text.hasFocus()


def test_names_and_rows(window: RequestsWindow, bench: Bench, request_id: str) -> None:
    """Every button has a name, and a row reads as a sentence."""
    assert all(one.accessibleName() for one in window.findChildren(QAbstractButton) if one.isVisible())
    model = window.list.model()
    assert model.data(model.index(0, 0)).startswith("Drucker druckt leer, Wird gesendet")
    assert open_request(bench.client, request_id).messages[0].is_mine


def test_a_question_to_me_is_marked(window: RequestsWindow, bench: Bench, request_id: str) -> None:
    """A request that waits for the employee says so in the list until they have answered."""
    answered(bench, request_id, "Welcher Drucker ist es?")
    status = Status(request_id, "A-2026-0001", "waiting", "Katrin Velden", bench.client.now())
    bench.post.inbox = {new_id(): status}
    sync(bench.client, bench.post)
    assert state_of(list_requests(bench.client)[0])[0] == "asked"
    reply(bench.client, request_id, "Der im Lager.")
    assert state_of(list_requests(bench.client)[0])[0] == "waiting"


def test_it_opens_at_what_is_new(window: RequestsWindow, bench: Bench, request_id: str, qtbot) -> None:
    """The keyboard begins in the list, and a request with an answer comes before one that was only sent later."""
    assert window.list.hasFocus()
    window.close()
    answered(bench, request_id, "Bitte neu starten.")
    send_request(bench.client, prepare_request(bench.client, SendRequest(text="VPN")))
    assert list_requests(bench.client)[0].id != request_id
    window.show()
    window.reload()
    qtbot.waitUntil(lambda: window.current == request_id)


def test_a_row_with_the_keyboard_can_be_read(window: RequestsWindow, request_id: str, qtbot) -> None:
    """The ring goes around the row and covers nothing of it."""
    qtbot.waitUntil(lambda: window.list.currentIndex().isValid())
    window.activateWindow()
    window.list.setFocus()
    place = window.list.visualRect(window.list.currentIndex())
    picture = window.list.viewport().grab(place).toImage()
    empty = picture.pixelColor(picture.width() - 40, picture.height() // 2)
    assert window.list.hasFocus()
    assert empty == window._tools.look.theme.color("sel")


def test_closing_and_opening_again_ask_only_what_is_open(
    window: RequestsWindow, bench: Bench, request_id: str, qtbot
) -> None:
    """A yes stays a yes when the IT closes; without an answer one may still say; opened again, it is asked anew."""
    card = window.chat.solved

    def becomes(state: str) -> None:
        status = Status(request_id, "A-2026-0001", state, "Katrin Velden", bench.client.now())
        bench.post.inbox = {new_id(): status}
        sync(bench.client, bench.post)
        window.reload()
        qtbot.waitUntil(lambda: window.chat.conversation.request.state == state)

    becomes("closed")
    assert card.yes.isVisible()
    becomes("solved")
    card.yes.click()
    qtbot.waitUntil(lambda: list_requests(bench.client)[0].answer is Answer.SOLVED)
    becomes("closed")
    assert list_requests(bench.client)[0].answer is Answer.SOLVED
    assert card.faces[0].isVisible()
    becomes("open")
    assert not card.isVisible()
    becomes("solved")
    assert card.yes.isVisible()


def test_a_long_conversation_begins_with_the_newest(
    window: RequestsWindow, bench: Bench, request_id: str, qtbot
) -> None:
    """Sixty messages: the newest fifty at once, the older ones at a click."""
    for number in range(60):
        reply(bench.client, request_id, f"Nachricht {number}")
    window.reload()
    qtbot.waitUntil(lambda: len(window.chat.conversation.messages) == 61)
    words = bench.tools.texts.plural("tray.chat.older", 11)
    button = next(one for one in window.chat.findChildren(QAbstractButton) if one.text() == words)
    assert window.chat._messages.count() == 51
    button.click()
    assert window.chat._messages.count() == 61
