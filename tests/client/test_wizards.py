"""The company's checklists on a PC: the newest hold, bad ones cost nothing, and hostile ones do no harm."""

from __future__ import annotations

import json
import os

from desktop.base.ids import new_id
from desktop.base.paths import resources
from desktop.client.context import Client
from desktop.client.identity import write_fact
from desktop.client.sync import SyncOutcome, sync
from desktop.client.wizards import WizardShelf, forget_wizards, left_out_here, library_in_force
from desktop.domain.payloads import Wizards
from desktop.domain.wizard.problems import Rule
from tests.client.conftest import MemoryPost
from tests.services.own_files import HOST, SHIPPED, changed, leading_to, own

SHIPPED_ONES = {one.stem for one in (resources() / "wizards").glob("*.toml")}


def take_in(
    client: Client, post: MemoryPost, files: dict[str, bytes], at: str = "2026-11-23T10:00:00Z", version: int = 1
) -> SyncOutcome:
    """Let one message of the Desk arrive."""
    texts = {name: content.decode("utf-8", "replace") for name, content in files.items()}
    post.inbox = {new_id(): Wizards(version=version, created_at=at, files=texts)}
    return sync(client, post)


def test_without_a_message_the_shipped_ones_hold(blank: Client) -> None:
    assert library_in_force(blank).wizards.keys() == SHIPPED_ONES


def test_the_newest_message_holds_and_tells_so(client: Client, post: MemoryPost) -> None:
    outcome = take_in(client, post, {"lift-stuck": own(), SHIPPED: changed()})
    assert {kind.value for kind, _ in outcome.changes.items} == {"library"}
    library = library_in_force(client)
    assert library.wizards.keys() == {*SHIPPED_ONES, "lift-stuck"}
    assert library.wizards[SHIPPED].title.de == "Kein Netz im Haus"
    take_in(client, post, {}, at="2026-11-23T09:00:00Z")  # written before, arrived later
    assert "lift-stuck" in library_in_force(client).wizards
    take_in(client, post, {"lift-stuck": own()}, at="2026-11-23T11:00:00Z")
    library = library_in_force(client)
    assert library.wizards[SHIPPED].title.de == "Kein Netzwerk / kein Internet"
    take_in(client, post, {}, at="2026-11-23T12:00:00Z")
    assert library_in_force(client).wizards.keys() == SHIPPED_ONES


def test_a_higher_version_holds_whatever_the_clock_says(client: Client, post: MemoryPost) -> None:
    take_in(client, post, {"lift-stuck": own()}, at="2030-01-01T00:00:00Z", version=3)
    take_in(client, post, {"lift-stuck": own(audience="technician")}, at="2026-11-23T10:00:00Z", version=2)
    assert library_in_force(client).wizards["lift-stuck"].audience.value == "employee"
    take_in(client, post, {}, at="2026-11-23T10:00:00Z", version=4)
    assert "lift-stuck" not in library_in_force(client).wizards


def test_with_another_company_they_are_forgotten(client: Client, post: MemoryPost) -> None:
    take_in(client, post, {"lift-stuck": own()})
    shelf = WizardShelf(client)
    assert "lift-stuck" in shelf.library().wizards
    with client.store.write() as db:
        forget_wizards(db)
    assert "lift-stuck" not in shelf.library().wizards


def test_bad_and_hostile_files_leave_the_shipped_ones(client: Client, post: MemoryPost) -> None:
    hostile = {
        SHIPPED: b"format = 1\na = " + b"[" * 50_000,
        "../../etc/passwd": own(),
        "wrong-id": own(),
        "noise": os.urandom(2000),
        "": b"",
        "action": own("action") + b'[step.a]\nkind = "action"\naction = "rm -rf /"\ntext.de = "a"\ntext.en = "b"\n',
        "loop": own("loop", jump="loop"),
        "lift-stuck": own(),
        HOST: leading_to("loop"),
    }
    take_in(client, post, hostile)
    library = library_in_force(client)
    assert library.wizards.keys() == {*SHIPPED_ONES, "lift-stuck"}
    assert {"../../etc/passwd", "wrong-id", "noise", "action", "loop", SHIPPED, HOST} <= library.problems.keys()


def test_what_is_not_taken_is_told_with_its_reason(client: Client, post: MemoryPost) -> None:
    newer = own("newer").replace(b"format = 1", b"format = 2")
    take_in(client, post, {"lift-stuck": own(), "newer": newer, "torn": own("torn")[:300]})
    told = {name: [one.rule for one in found if one.is_error] for name, found in left_out_here(client).items()}
    assert told == {"newer": [Rule.NEWER], "torn": [Rule.UNREADABLE]}
    take_in(client, post, {"lift-stuck": own()}, version=2)
    assert left_out_here(client) == {}


def test_the_shelf_reads_again_only_after_news(client: Client, post: MemoryPost) -> None:
    shelf = WizardShelf(client)
    first = shelf.library()
    assert shelf.library() is first
    take_in(client, post, {"lift-stuck": own()})
    assert "lift-stuck" in shelf.library().wizards
    assert "lift-stuck" not in first.wizards


def test_a_store_that_cannot_be_read_costs_only_the_companys_own(client: Client, post: MemoryPost) -> None:
    take_in(client, post, {"lift-stuck": own()})
    client.store.close()
    client.store.path.write_bytes(b"no database at all" * 100)
    assert WizardShelf(client).library().wizards.keys() == SHIPPED_ONES


def test_a_message_that_was_kept_damaged_is_no_obstacle_to_the_next(client: Client, post: MemoryPost) -> None:
    for damaged in ("{", "[]", json.dumps({"kind": "wizards", "version": "x"}), json.dumps({"kind": "unheard of"})):
        with client.store.write() as db:
            write_fact(db, "wizards", damaged)
        assert library_in_force(client).wizards.keys() == SHIPPED_ONES
        take_in(client, post, {"lift-stuck": own()})
        assert "lift-stuck" in library_in_force(client).wizards
        with client.store.write() as db:
            forget_wizards(db)
