"""Being asked for a diagnosis: one open ask, answered or declined exactly once, and a message of the system once."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.client.asks import find_open_ask, list_asks, may_notify, store_ask
from desktop.client.context import Client
from desktop.client.diagnosis import SendDiagnosis, decline, prepare_diagnosis, send_diagnosis
from desktop.client.habits import load_habits
from desktop.client.overview import overview
from desktop.client.policy import load_policy
from desktop.client.schema import STEPS
from desktop.client.store import ClientStore
from desktop.client.sync import sync
from desktop.domain.payloads import Ask, Diagnosis, Policy, Withdrawal
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from tests.client.conftest import MemoryPost

SNAPSHOT = Snapshot("2026-11-23T09:00:00.000000Z", "full", {"memory": ProbeResult(ProbeStatus.OK, {"total_bytes": 1})})


def ask(client: Client, **more: str) -> Ask:
    now = client.clock()
    valid = {"created_at": to_text(now), "expires_at": to_text(now + timedelta(days=14))}
    return Ask(new_id(), "Katrin Velden", **{**valid, **more})


def take_in(client: Client, post: MemoryPost, *payloads: object) -> list[str]:
    """Let messages come and return the kinds of news."""
    post.inbox = {new_id(): one for one in payloads}
    return [one.kind for one in sync(client, post).news]


def test_an_ask_is_news_and_stays_until_answered(client: Client, post: MemoryPost) -> None:
    """The employee sees who asks; the answer travels once and closes it."""
    wanted = ask(client, level="full", reason="Seit dem Neustart?", ticket="A-2026-0001", title="Langsam")
    assert take_in(client, post, wanted) == ["ask"]
    pending = find_open_ask(client)
    assert pending is not None
    assert (pending.id, pending.reason, pending.title) == (wanted.ask_id, "Seit dem Neustart?", "Langsam")
    assert overview(client).asks == 1
    command = SendDiagnosis(pending.id, SNAPSHOT, {"system": True}, comment=" Bitte sehr ")
    prepared = prepare_diagnosis(client, command)
    for _ in range(2):
        send_diagnosis(client, prepared)
    sync(client, post)
    ((payload, _),) = post.outbox.values()
    assert payload == prepared.payload
    assert isinstance(payload, Diagnosis)
    assert (payload.answers, payload.comment, payload.is_declined) == (wanted.ask_id, "Bitte sehr", False)
    assert Snapshot.from_document(payload.snapshot or {}) == SNAPSHOT
    assert (find_open_ask(client), overview(client).asks, list_asks(client)[0].state) == (None, 0, "answered")


def test_choosing_on_keeps_id_and_time(client: Client) -> None:
    """What is previewed again after another choice is the same message."""
    first = prepare_diagnosis(client, SendDiagnosis(snapshot=SNAPSHOT))
    again = prepare_diagnosis(client, SendDiagnosis(snapshot=replace(SNAPSHOT, level="basic")), before=first)
    same = (again.payload.diagnosis_id, again.payload.created_at, again.payload.device_seq)
    assert same == (first.payload.diagnosis_id, first.payload.created_at, first.payload.device_seq)


def test_declining_sends_a_sentence_and_no_facts(client: Client, post: MemoryPost) -> None:
    """No means no facts; a second no finds nothing to answer."""
    wanted = ask(client)
    take_in(client, post, wanted)
    decline(client, wanted.ask_id, "Heute nicht")
    sync(client, post)
    ((payload, _),) = post.outbox.values()
    assert (payload.is_declined, payload.snapshot, payload.comment) == (True, None, "Heute nicht")
    with pytest.raises(AppError, match=r"ask\.gone"):
        decline(client, wanted.ask_id)
    assert len(post.outbox) == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newest_ask_stays_alone_in_any_order(client: Client, post: MemoryPost, order: tuple[int, int]) -> None:
    """A second ask takes the first one's place, also where the second comes first."""
    both = [ask(client), ask(client)]
    for place in order:
        take_in(client, post, both[place])
    pending = find_open_ask(client)
    assert pending is not None
    assert pending.id == both[1].ask_id
    assert overview(client).asks == 1


@pytest.mark.parametrize("is_early", [False, True])
def test_a_withdrawal_ends_it_even_before_it_comes(client: Client, post: MemoryPost, is_early: bool) -> None:
    """What is withdrawn is never shown."""
    wanted = ask(client)
    messages = [Withdrawal(wanted.ask_id), wanted] if is_early else [wanted, Withdrawal(wanted.ask_id)]
    news = [take_in(client, post, one) for one in messages]
    assert news == ([[], []] if is_early else [["ask"], []])
    assert find_open_ask(client) is None


def test_an_ask_expires(client: Client, post: MemoryPost) -> None:
    """After its date nobody is reminded of it."""
    take_in(client, post, ask(client, expires_at=to_text(client.clock() + timedelta(seconds=30))))
    assert find_open_ask(client) is not None
    client.clock.now += timedelta(minutes=1)
    assert find_open_ask(client) is None
    assert overview(client).asks == 0


def test_an_ask_is_told_once(client: Client, post: MemoryPost) -> None:
    """One message of the system per ask, and none for one that is over."""
    first, second = ask(client), ask(client)
    take_in(client, post, first)
    assert [may_notify(client, first.ask_id) for _ in range(2)] == [True, False]
    take_in(client, post, second)
    decline(client, second.ask_id)
    assert may_notify(client, second.ask_id) is False


def test_unasked_needs_facts(client: Client) -> None:
    """There is nothing to decline where nobody asked."""
    with pytest.raises(AppError, match=r"diagnosis\.nothing"):
        prepare_diagnosis(client, SendDiagnosis())


def test_the_newest_policy_holds(client: Client, post: MemoryPost) -> None:
    """An older policy that arrives late changes nothing."""
    assert load_policy(client) is None
    older, newer = (Policy(one, to_text(client.clock()), level=level) for one, level in ((1, "full"), (2, "none")))
    for one in (newer, older):
        assert take_in(client, post, one) == []
    assert load_policy(client) == newer


@pytest.mark.parametrize(
    ("version", "hours", "is_newer"),
    [(3, -1, True), (3, 1, True), (1, 1, True), (2, 1, True), (1, -1, False), (2, 0, False), (2, -1, False)],
)
def test_which_policy_is_newer(client: Client, post: MemoryPost, version: int, hours: int, is_newer: bool) -> None:
    """A Desk whose clock was set back counts on; one that goes on from an older copy has smaller numbers."""
    now = client.clock()
    first = Policy(2, to_text(now), level="full")
    other = Policy(version, to_text(now + timedelta(hours=hours)), level="none")
    take_in(client, post, first)
    take_in(client, post, other)
    assert load_policy(client) == (other if is_newer else first)


def test_asks_are_kept_for_90_days_after_they_end(client: Client, post: MemoryPost) -> None:
    """What is long over goes when the next one comes; what is younger stays, a withdrawal without its ask too."""
    old, withdrawn = ask(client), new_id(client.clock)
    take_in(client, post, old, Withdrawal(withdrawn))
    client.clock.now += timedelta(days=14 + 89)
    young, young_withdrawn = ask(client), new_id(client.clock)
    take_in(client, post, young, Withdrawal(young_withdrawn))
    assert {one.id for one in list_asks(client)} == {old.ask_id, young.ask_id}
    client.clock.now += timedelta(days=2)
    last = ask(client)
    take_in(client, post, last)
    with client.store.read() as db:
        left = {row["id"] for row in db.execute("SELECT id FROM asks")}
    assert left == {young.ask_id, young_withdrawn, last.ask_id}


def test_what_was_left_out_of_a_diagnosis_is_left_out_next_time(client: Client) -> None:
    """The choice is the same for requests and diagnoses; declining chooses nothing."""
    send_diagnosis(client, prepare_diagnosis(client, SendDiagnosis("", SNAPSHOT, {"system": True, "storage": False})))
    assert load_habits(client).off == {"storage"}
    with client.store.write() as db:
        store_ask(db, wanted := ask(client))
    decline(client, wanted.ask_id)
    assert load_habits(client).off == {"storage"}


def test_a_store_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    """Requests and drafts of the version before stay; the new tables are there."""
    path = tmp_path / "hilfe.db"
    with sqlite3.connect(path) as db:
        for statement in STEPS[0].split(";\n"):
            db.execute(statement)
        db.execute("INSERT INTO drafts VALUES ('request', '{}', '2026')")
        db.execute("PRAGMA user_version=1")
    db.close()
    store = ClientStore(path)
    with store.read() as db:
        assert db.execute("SELECT count(*) FROM drafts").fetchone()[0] == 1
        assert db.execute("PRAGMA user_version").fetchone()[0] == 2
    assert list_asks(Client(store)) == ()
    store.close()
