"""Sending: stored before anything else, exactly what was previewed, never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.base.errors import AppError
from desktop.client.context import Client
from desktop.client.drafts import NEW_REQUEST, attach, load_draft, save_draft
from desktop.client.files import MAX_TOTAL
from desktop.client.requests import SendRequest, prepare_request, send_request, title_of
from desktop.client.rows import NewFile, Stage
from desktop.client.status import list_requests, open_request
from desktop.client.sync import sync
from desktop.domain.payloads import Request

COMMAND = SendRequest(text="Seit heute früh kommen nur leere Seiten.\nUm 12 holt die Spedition ab.", category="printer")


def test_a_request_is_safe_before_anything_is_sealed(client: Client) -> None:
    """After `send_request` the request is in the list, as stored, with its spoken reference."""
    done = send_request(client, prepare_request(client, COMMAND))
    (row,) = list_requests(client)
    assert (row.id, row.stage, row.title) == (done.result, Stage.STORED, "Seit heute früh kommen nur leere Seiten.")
    assert row.reference.startswith("H-")
    assert row.state_word == "queued"


def test_what_was_prepared_is_what_goes_out(client: Client, post) -> None:
    """The sealed payload and parts equal the prepared ones, although time went on in between."""
    command = replace(COMMAND, files=(NewFile("Foto.png", b"pixels"), NewFile("foto.PNG", b"other")))
    prepared = prepare_request(client, command)
    send_request(client, prepared)
    sync(client, post)
    payload, parts = post.outbox[prepared.payload.request_id]
    assert (payload, parts) == (prepared.payload, (b"pixels", b"other"))
    assert isinstance(payload, Request)
    assert [one.name for one in payload.attachments] == ["Foto.png", "foto (2).PNG"]


def test_choosing_again_keeps_id_time_and_number(client: Client) -> None:
    """A second preparation for the same window changes only what the employee changed."""
    first = prepare_request(client, COMMAND)
    second = prepare_request(client, replace(COMMAND, phone="214"), before=first)
    assert replace(first.payload, phone="214") == second.payload


def test_sending_twice_is_once(client: Client, post) -> None:
    """A double click sends one request."""
    prepared = prepare_request(client, COMMAND)
    send_request(client, prepared)
    send_request(client, prepared)
    sync(client, post)
    assert len(list_requests(client)) == len(post.outbox) == 1


def test_the_draft_ends_with_the_request(client: Client) -> None:
    """Text and files of the draft are gone in the same transaction that stores the request."""
    save_draft(client, NEW_REQUEST, {"text": "Seit heute"})
    attach(client, NEW_REQUEST, NewFile("a.txt", b"a"))
    send_request(client, prepare_request(client, replace(COMMAND, draft=NEW_REQUEST)))
    draft = load_draft(client, NEW_REQUEST)
    assert (draft.document, draft.files) == ({}, ())


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (SendRequest(text="  \n"), "request.empty"),
        (SendRequest(text="x" * 200_001), "request.too_long"),
        (SendRequest(text="x", category="coffee"), "request.category"),
        (SendRequest(text="x", files=(NewFile("big", b"0" * (MAX_TOTAL + 1)),)), "my_file.too_large"),
        (SendRequest(text="x", files=tuple(NewFile(str(n), b"") for n in range(21))), "my_file.too_many"),
    ],
)
def test_wrong_input_is_refused_with_its_reason(client: Client, command: SendRequest, code: str) -> None:
    """What cannot be sent is refused before anything is stored."""
    with pytest.raises(AppError) as caught:
        prepare_request(client, command)
    assert caught.value.code == code
    assert list_requests(client) == ()


def test_without_enrolment_nothing_is_stored(blank: Client) -> None:
    """A PC that knows no company says so."""
    with pytest.raises(AppError, match=r"hilfe\.not_enrolled"):
        prepare_request(blank, COMMAND)


def test_the_conversation_starts_with_the_request(client: Client) -> None:
    """The request's text and files are its first message."""
    command = replace(COMMAND, files=(NewFile("Foto.png", b"pixels"),))
    request_id = send_request(client, prepare_request(client, command)).result
    (message,) = open_request(client, request_id).messages
    assert message.is_mine
    assert message.text.startswith("Seit heute früh")
    assert [(one.name, one.size) for one in message.files] == [("Foto.png", 6)]


def test_titles_fit_a_line() -> None:
    """A title is the first line with content, cut at a word."""
    assert title_of("\n  Hallo \nWelt") == "Hallo"
    long = title_of("Wort " * 40)
    assert len(long) <= 80
    assert long.endswith("Wort…")
