"""The store: drafts that survive, files that fit, and files that cannot be used named for what they are."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.base.errors import AppError, ErrorKind
from desktop.client.context import Client
from desktop.client.drafts import attach, detach, discard_draft, files_of, load_draft, save_draft
from desktop.client.files import MAX_TOTAL, read_file
from desktop.client.outgoing import hand_over, waiting_ids
from desktop.client.rows import NewFile
from desktop.client.runs import RESOLVED, count_solved, finish_run
from desktop.client.store import ClientStore
from desktop.domain.payloads import SelfHelp
from desktop.domain.wizard.definition import Audience
from desktop.domain.wizard.run import Phase, RunState, to_document
from tests.client.conftest import MemoryPost


def test_a_draft_survives_the_process(client: Client) -> None:
    """Text and files are on the disk at once: another connection sees them."""
    save_draft(client, "request", {"text": "Seit heute"})
    attach(client, "request", NewFile("Foto.png", b"pixels", is_screenshot=True))
    other = ClientStore(client.store.path)
    try:
        draft = load_draft(Client(other), "request")
    finally:
        other.close()
    assert draft.document == {"text": "Seit heute"}
    assert [(one.name, one.size, one.is_screenshot) for one in draft.files] == [("Foto.png", 6, True)]


def test_files_come_and_go(client: Client) -> None:
    """Names are made unlike each other; a file can be taken away; discarding takes all."""
    first = attach(client, "request", NewFile("a.txt", b"1"))
    second = attach(client, "request", NewFile("A.TXT", b"2"))
    assert second.name == "A (2).TXT"
    detach(client, first.id)
    assert [one.content for one in files_of(client, "request")] == [b"2"]
    discard_draft(client, "request")
    assert files_of(client, "request") == []


def test_all_files_together_have_a_limit(client: Client) -> None:
    """The limit counts what is there already."""
    attach(client, "request", NewFile("a", b"0" * (MAX_TOTAL - 10)))
    with pytest.raises(AppError, match=r"my_file\.too_large"):
        attach(client, "request", NewFile("b", b"0" * 11))
    attach(client, "request", NewFile("b", b"0" * 10))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """A file is refused by its size, before it fills the memory."""
    path = tmp_path / "huge"
    with path.open("wb") as stream:
        stream.truncate(10 * 2**30)
    with pytest.raises(AppError, match=r"my_file\.too_large"):
        read_file(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """What cannot be read says so as a fault of the environment."""
    with pytest.raises(AppError) as caught:
        read_file(tmp_path)
    assert (caught.value.code, caught.value.kind) == ("my_file.unreadable", ErrorKind.ENVIRONMENT)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.write_bytes(b"noise" * 1000), "hilfe.store_damaged"),
        (lambda path: _newer(path), "hilfe.store_newer"),
        (lambda path: path.mkdir(), "hilfe.store_unusable"),
    ],
)
def test_an_unusable_file_is_named(tmp_path: Path, spoil, code: str) -> None:
    """A damaged or newer file, or a folder in its place: a sentence each, and the file is left alone."""
    path = tmp_path / "hilfe.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    store = ClientStore(path)
    with pytest.raises(AppError) as caught:
        load_draft(Client(store), "request")
    store.close()
    assert (caught.value.code, caught.value.kind) == (code, ErrorKind.ENVIRONMENT)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_solved_runs_are_counted(client: Client) -> None:
    """A guide that helped ends its draft and counts; one that did not help does not count."""
    save_draft(client, "request", {"text": "x"})
    finish_run(client, "printer-no-print", RESOLVED, document={"a": 1}, draft="request")
    finish_run(client, "printer-no-print", "left", document={})
    assert count_solved(client) == 1
    assert load_draft(client, "request").document == {}
    assert waiting_ids(client) == []  # none of the two is a run that could be counted


def _newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()


def test_self_help_that_worked_goes_to_the_desk_without_words(client: Client, post: MemoryPost) -> None:
    """Only where the person lets it be counted; notes and answers stay here."""
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    run = RunState("r1", Audience.EMPLOYEE, at, "disk-full", "disk-full", 1, "o_ok", at, Phase.FINISHED, note="Geheim")
    finish_run(client, "disk-full", RESOLVED, document=to_document(run), is_counted=False)
    assert waiting_ids(client) == []
    finish_run(client, "disk-full", RESOLVED, document=to_document(run))
    hand_over(client, post)
    (payload, _) = next(iter(post.outbox.values()))
    assert isinstance(payload, SelfHelp)
    assert (payload.run["wizard"], payload.run["step"], payload.run["note"]) == ("disk-full", "o_ok", "")


def test_a_pc_that_is_not_let_in_counts_for_itself_only(blank: Client) -> None:
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    run = RunState("r1", Audience.EMPLOYEE, at, "disk-full", "disk-full", 1, "o_ok", at, Phase.FINISHED)
    finish_run(blank, "disk-full", RESOLVED, document=to_document(run))
    assert (count_solved(blank), waiting_ids(blank)) == (1, [])
