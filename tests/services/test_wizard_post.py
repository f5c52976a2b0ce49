"""The company's checklists on their way: sealed messages through a real folder into a real PC's store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.base.errors import AppError
from desktop.client.context import Client
from desktop.client.identity import Identity, write_identity
from desktop.client.store import ClientStore
from desktop.client.sync import sync
from desktop.client.wizards import library_in_force
from desktop.domain import payloads
from desktop.models.tables import outbox
from desktop.services import wizard_post
from desktop.services.intake import import_mailbox
from desktop.services.outgoing import count_undelivered, deliver
from desktop.services.own_wizards import Publish, SaveDraft, open_wizard, publish, save_draft, withdraw
from tests.services.conftest import Desk, Pc
from tests.services.own_files import HOST, SHIPPED, changed, leading_to, own


class Hilfe:
    """A PC that is let in, with Hilfe's real store."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.desk, self.pc = desk, Pc(desk, name)
        self.pc.enrol()
        self.store = ClientStore(desk.root / name / "hilfe.db")
        self.client = Client(self.store, desk.clock)
        with self.store.write() as db:
            write_identity(db, Identity(admission="approved", company="Möbelwerk Ahornblick", host=name))
        import_mailbox(desk.work, desk.open.post)

    def news(self) -> bool:
        """Let everything travel; tell whether checklists came."""
        deliver(self.desk.work, self.desk.open.post)
        outcome = sync(self.client, self.pc.post)
        deliver(self.desk.work, self.desk.open.post)
        return ("library", "wizards") in {(kind.value, one) for kind, one in outcome.changes.items}

    def titles(self) -> dict[str, str]:
        return {name: one.title.de for name, one in library_in_force(self.client).wizards.items()}


@pytest.fixture
def hilfe(desk: Desk) -> Iterator[Hilfe]:
    """Return a PC to which everything was told that there is."""
    made = Hilfe(desk, "AHB-PC-014")
    made.news()
    yield made
    made.store.close()


def put(desk: Desk, wizard: str, content: bytes, *, is_new: bool = True) -> None:
    seen = "" if is_new else open_wizard(desk.work, wizard).hash
    save_draft(desk.work, SaveDraft(wizard, content, seen))
    publish(desk.work, Publish(wizard))


def test_what_is_published_arrives_and_what_is_withdrawn_goes(desk: Desk, hilfe: Hilfe) -> None:
    before = hilfe.titles()
    save_draft(desk.work, SaveDraft("lift-stuck", own(), ""))
    assert count_undelivered(desk.work) == 0
    publish(desk.work, Publish("lift-stuck"))
    put(desk, SHIPPED, changed(), is_new=False)
    assert count_undelivered(desk.work) == 1
    assert hilfe.news()
    assert hilfe.titles() == {**before, "lift-stuck": "Aufzug steckt fest", SHIPPED: "Kein Netz im Haus"}
    assert library_in_force(hilfe.client).wizards[SHIPPED].version == 2
    assert not hilfe.news()
    withdraw(desk.work, SHIPPED)
    assert hilfe.news()
    assert hilfe.titles() == {**before, "lift-stuck": "Aufzug steckt fest"}
    done = withdraw(desk.work, "lift-stuck")
    assert hilfe.news()
    assert hilfe.titles() == before
    assert done.undo is not None
    done.undo.run(desk.work)
    assert hilfe.news()
    assert "lift-stuck" in hilfe.titles()


def test_a_pc_let_in_later_gets_the_present_state(desk: Desk, hilfe: Hilfe) -> None:
    put(desk, "lift-stuck", own())
    hilfe.news()
    later = Hilfe(desk, "AHB-PC-015")
    assert later.news()
    assert "lift-stuck" in later.titles()
    later.store.close()


def test_technicians_lists_stay_at_the_desk_unless_employees_are_led_there(desk: Desk, hilfe: Hilfe) -> None:
    put(desk, "server-room", own("server-room", audience="technician"))
    assert count_undelivered(desk.work) == 0
    put(desk, HOST, leading_to("server-room"), is_new=False)
    hilfe.news()
    assert {"server-room", HOST} <= hilfe.titles().keys()


def test_an_older_hilfe_leaves_the_message_lying_and_reads_it_after_its_update(
    desk: Desk, hilfe: Hilfe, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk, "lift-stuck", own())
    deliver(desk.work, desk.open.post)
    with monkeypatch.context() as older:
        older.delitem(payloads._BY_KIND, "wizards")
        for _ in range(3):
            assert not sync(hilfe.client, hilfe.pc.post).changes.items
    assert sync(hilfe.client, hilfe.pc.post).changes.items
    assert "lift-stuck" in hilfe.titles()


def test_a_newer_state_takes_the_place_of_one_that_is_not_underway(desk: Desk, hilfe: Hilfe) -> None:
    for title in ("Eins", "Zwei", "Drei"):
        put(desk, SHIPPED, changed(title), is_new=False)
        wizard_post.queue_wizards(desk.work)
    with desk.work.store.reading() as connection:
        rows = connection.execute(outbox.select().where(outbox.c.kind == "wizards")).all()
    assert len(rows) == 1
    hilfe.news()
    assert hilfe.titles()[SHIPPED] == "Drei"


def test_more_than_fits_into_a_message_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wizard_post, "MAX_BYTES", 1200)
    put(desk, "lift-stuck", own())
    save_draft(desk.work, SaveDraft("lamp-broken", own("lamp-broken"), ""))
    with pytest.raises(AppError) as found:
        publish(desk.work, Publish("lamp-broken"))
    assert found.value.code == "own_wizard.too_much"
    assert open_wizard(desk.work, "lamp-broken").draft is not None
    assert open_wizard(desk.work, "lamp-broken").published is None


def test_a_message_of_the_greatest_size_travels(desk: Desk, hilfe: Hilfe) -> None:
    """As much as one may publish fits through the seal, also in letters that JSON writes with six each."""
    filling = "# " + 'äöü\\"' * 8_000 + "\n"
    sent = [f"lift-{number}" for number in range(8)]
    for name in sent:
        put(desk, name, filling.encode() + own(name))
    with pytest.raises(AppError) as found:
        put(desk, "lift-8", filling.encode() + own("lift-8"))
    assert found.value.code == "own_wizard.too_much"
    assert hilfe.news()
    assert {one for one in hilfe.titles() if one.startswith("lift-")} == {*sent}
