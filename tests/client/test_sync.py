"""The round of the exchange: what comes is stored once, confirmed afterwards, and never goes backwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.client.context import Client
from desktop.client.conversation import Rate, find_request, mark_seen, may_notify, rate, reply
from desktop.client.identity import AdmissionState, load_identity
from desktop.client.outgoing import mark
from desktop.client.overview import overview
from desktop.client.requests import SendRequest, prepare_request, send_request
from desktop.client.rows import Answer, NewFile, Stage
from desktop.client.status import list_requests, open_request
from desktop.client.sync import sync
from desktop.domain.payloads import Admission, FollowUp, Reply, Status, Verdict


@pytest.fixture
def request_id(client: Client) -> str:
    """Send a request."""
    return send_request(client, prepare_request(client, SendRequest(text="Drucker druckt leere Seiten"))).result


def status(client: Client, request_id: str, state: str, **more: str) -> Status:
    """Make a status message of the Desk."""
    values = {"ticket": "A-2026-0412", "assignee": "Katrin Velden", "created_at": client.now(), **more}
    return Status(request_id=request_id, state=state, **values)


def answer(client: Client, request_id: str, text: str = "Bitte lassen Sie den Drucker an.") -> Reply:
    """Make a reply of the Desk."""
    return Reply(request_id, new_id(), "Katrin Velden", text, client.now())


def test_stages_follow_the_message(client: Client, post, request_id: str) -> None:
    """Queued, delivered, acknowledged: each seen in the list, and the acknowledgement is news."""
    post.problem = AppError("mailbox.missing", kind=ErrorKind.ENVIRONMENT)
    outcome = sync(client, post)
    assert outcome.problem is post.problem
    assert (list_requests(client)[0].stage, overview(client).waiting) == (Stage.SEALED, 1)
    post.problem = None
    assert sync(client, post).changes.items
    assert list_requests(client)[0].stage is Stage.DELIVERED
    post.acknowledged = [request_id]
    assert [one.kind for one in sync(client, post).news] == ["received"]
    assert (list_requests(client)[0].stage, overview(client).waiting) == (Stage.ACKNOWLEDGED, 0)
    assert (post.outbox, post.acknowledged) == ({}, [])


def test_a_message_never_goes_back(client: Client, post, request_id: str) -> None:
    """What the Desk has safely stays so, although an earlier delivery is reported late."""
    post.acknowledged = [request_id]
    sync(client, post)
    assert mark(client, [request_id], Stage.DELIVERED) == set()
    assert list_requests(client)[0].stage is Stage.ACKNOWLEDGED


def test_a_reply_is_news_until_it_is_read(client: Client, post, request_id: str) -> None:
    """A reply joins the conversation and counts as new until it was opened."""
    post.inbox = {new_id(): answer(client, request_id)}
    (news,) = sync(client, post).news
    assert (news.kind, news.author, news.title) == ("reply", "Katrin Velden", "Drucker druckt leere Seiten")
    assert overview(client).news == 1
    assert [one.is_mine for one in open_request(client, request_id).messages] == [True, False]
    mark_seen(client, request_id)
    assert overview(client).news == 0
    assert post.inbox == {}


def test_the_same_message_again_changes_nothing(client: Client, post, request_id: str) -> None:
    """A message that comes again, in the same file or in another, is shown once."""
    message = answer(client, request_id)
    first = new_id()
    for envelope in (first, first, new_id()):
        post.inbox = {envelope: message}
        sync(client, post)
    assert len(open_request(client, request_id).messages) == 2


def test_an_older_status_never_wins(client: Client, post, request_id: str) -> None:
    """Messages arrive in any order; the newest state stays."""
    older = to_text(client.clock() - timedelta(hours=1))
    post.inbox = {
        new_id(): status(client, request_id, "solved"),
        new_id(): status(client, request_id, "open", created_at=older),
    }
    sync(client, post)
    assert list_requests(client)[0].state == "solved"


def test_solved_asks_once_and_reopening_asks_anew(client: Client, post, request_id: str) -> None:
    """ "Solved?" is news; after a reopening the old answer no longer counts."""
    post.inbox = {new_id(): status(client, request_id, "solved")}
    assert [one.kind for one in sync(client, post).news] == ["solved"]
    rate(client, Rate(request_id, solved=False, comment="Noch blass"))
    assert list_requests(client)[0].answer is Answer.NOT_YET
    post.inbox = {new_id(): status(client, request_id, "open")}
    assert sync(client, post).news == ()
    assert list_requests(client)[0].answer is Answer.NONE


def test_answers_travel_back(client: Client, post, request_id: str) -> None:
    """A further message with a file and a rating go out as their own messages, in order."""
    reply(client, request_id, "Die Testseite ist schwach lesbar.", files=[NewFile("Foto.png", b"pixels")])
    rate(client, Rate(request_id, solved=True, rating=1, comment="Danke"))
    sync(client, post)
    payloads = [payload for payload, _ in post.outbox.values()]
    assert isinstance(payloads[1], FollowUp)
    assert isinstance(payloads[2], Verdict)
    assert (payloads[2].solved, payloads[2].rating, payloads[2].comment) == (True, 1, "Danke")
    assert [one.device_seq for one in payloads] == [1, 2, 3]
    assert post.outbox[payloads[1].message_id][1] == (b"pixels",)


def test_a_wish_for_a_rating_keeps_the_answer(client: Client, request_id: str) -> None:
    """A rating given after the answer replaces no answer, and an answer without rating keeps the rating."""
    rate(client, Rate(request_id, solved=True, rating=2))
    rate(client, Rate(request_id, solved=True))
    (row,) = list_requests(client)
    assert (row.answer, row.rating) == (Answer.SOLVED, 2)


def test_admission_opens_the_door(client: Client, post) -> None:
    """The Desk's answer to the enrolment brings the phone line; its repetition is no news."""
    device = new_id()
    post.inbox = {new_id(): Admission(approved=False, device_id=device, company="", help_phone="")}
    assert [one.kind for one in sync(client, post).news] == ["refused"]
    for expected in (["admitted"], []):
        post.inbox = {new_id(): Admission(True, device, "Möbelwerk Ahornblick", "Durchwahl 100")}
        assert [one.kind for one in sync(client, post).news] == expected
    identity = load_identity(client)
    assert (identity.state, identity.help_phone) == (AdmissionState.APPROVED, "Durchwahl 100")


def test_a_message_about_a_request_nobody_knows_here_is_kept(client: Client, post) -> None:
    """After a new set-up the Desk still answers old requests; the employee sees them."""
    unknown = new_id()
    post.inbox = {new_id(): answer(client, unknown)}
    sync(client, post)
    assert open_request(client, unknown).messages[0].text == "Bitte lassen Sie den Drucker an."


def test_requests_are_found_by_every_name(client: Client, post, request_id: str) -> None:
    """Id, reference and ticket number lead to the request; anything else is refused."""
    post.inbox = {new_id(): status(client, request_id, "open")}
    sync(client, post)
    (row,) = list_requests(client)
    assert {find_request(client, one) for one in (row.id, row.reference.lower(), "a-2026-0412")} == {row.id}
    with pytest.raises(AppError, match=r"request\.unknown"):
        find_request(client, "H-0000")


@pytest.mark.parametrize(
    "write", [lambda c: reply(c, new_id(), "Hallo"), lambda c: rate(c, Rate(new_id(), solved=True))]
)
def test_unknown_requests_cannot_be_answered(client: Client, write) -> None:
    """Nothing is stored for a request that is not there."""
    with pytest.raises(AppError, match=r"request\.unknown"):
        write(client)
    assert overview(client).waiting == 0


def test_one_notification_in_ten_minutes(client: Client, request_id: str) -> None:
    """The right to notify is given once per ten minutes and request, also across a restart."""
    assert may_notify(client, request_id)
    assert not may_notify(client, request_id)
    client.clock.now += timedelta(minutes=10)  # type: ignore[attr-defined]
    assert may_notify(client, request_id)


def test_a_refused_request_is_told_once_and_waits_no_longer(client: Client, post, request_id: str) -> None:
    """The Desk will never take it: the employee hears so, and nothing counts as waiting."""
    sync(client, post)
    post.refused = [request_id]
    assert [one.kind for one in sync(client, post).news] == ["rejected"]
    assert (list_requests(client)[0].stage, overview(client).waiting) == (Stage.REFUSED, 0)
    assert (post.outbox, post.refused) == ({}, [])
