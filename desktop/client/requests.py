"""Sending a request: prepared once, previewed as it is, and stored before anything else happens."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.base.changes import Changes, Done, Subject
from desktop.base.errors import AppError
from desktop.base.ids import new_id, reference
from desktop.client.context import Client
from desktop.client.drafts import discard_within
from desktop.client.files import check_all, described
from desktop.client.habits import remember_within
from desktop.client.identity import enrolled_identity, next_sequence
from desktop.client.outgoing import queue
from desktop.client.rows import NewFile
from desktop.domain.payloads import MAX_TEXT, Request
from desktop.domain.snapshot import Snapshot
from desktop.domain.ticket import CATEGORIES, Impact, Urgency

MAX_TITLE = 80


@dataclass(frozen=True, slots=True)
class SendRequest:
    """What the employee wants to send; `consent` says which groups of facts they left on.

    `phone` None means the number this PC knows; an empty one means that none is sent.
    """

    text: str
    category: str = "other"
    impact: Impact = Impact.ME
    urgency: Urgency = Urgency.LIMITED
    phone: str | None = None
    reachable: str = ""
    language: str = "de"
    snapshot: Snapshot | None = None
    wizard_runs: tuple[Mapping[str, Any], ...] = ()
    files: tuple[NewFile, ...] = ()
    consent: Mapping[str, bool] = field(default_factory=dict[str, bool])
    draft: str = ""


@dataclass(frozen=True, slots=True)
class PreparedRequest:
    """A request with its id, time and parts fixed: exactly this is previewed and exactly this is sealed."""

    payload: Request
    parts: tuple[bytes, ...]
    draft: str


def prepare_request(client: Client, command: SendRequest, *, before: PreparedRequest | None = None) -> PreparedRequest:
    """Fix what will be sent; `before` keeps id, number and time while the employee goes on choosing.

    Raises AppError `request.empty`, `request.too_long`, `request.category`, `my_file.*` or `hilfe.not_enrolled`.
    """
    _check(command)
    identity = enrolled_identity(client)
    request_id = before.payload.request_id if before else new_id(client.clock)
    payload = Request(
        request_id=request_id,
        reference=reference(request_id),
        text=command.text.strip(),
        category=command.category,
        impact=command.impact.value,
        urgency=command.urgency.value,
        created_at=before.payload.created_at if before else client.now(),
        person_name=identity.person_name,
        phone=identity.phone if command.phone is None else command.phone,
        reachable=command.reachable,
        host=identity.host,
        language=command.language,
        snapshot=command.snapshot.to_document() if command.snapshot else None,
        wizard_runs=[dict(one) for one in command.wizard_runs],
        attachments=described(command.files),
        consent=dict(command.consent),
        device_seq=before.payload.device_seq if before else next_sequence(client),
    )
    return PreparedRequest(payload, tuple(one.content for one in command.files), command.draft)


def send_request(client: Client, prepared: PreparedRequest) -> Done[str]:
    """Store a request and what has to go out for it, in one transaction; returns its id.

    Sealing and delivery follow in `sync`. The draft it came from ends with it. Sending the same one twice is once.
    """
    payload = prepared.payload
    with client.store.write() as db:
        if db.execute("SELECT 1 FROM requests WHERE id = ?", (payload.request_id,)).fetchone() is None:
            _insert(db, payload)
            queue(
                db,
                payload,
                message_id=payload.request_id,
                request_id=payload.request_id,
                parts=prepared.parts,
                at=payload.created_at,
            )
            remember_within(db, payload)
        if prepared.draft:
            discard_within(db, prepared.draft)
        client.at_step("before_storing")
    client.at_step("stored")
    return Done(payload.request_id, Changes.of(Subject.REQUEST, payload.request_id))


def title_of(text: str) -> str:
    """Return the first line of a text, cut at a word to fit one line of a list."""
    line = next((one.strip() for one in text.splitlines() if one.strip()), "")
    if len(line) <= MAX_TITLE:
        return line
    return line[: MAX_TITLE - 1].rsplit(" ", 1)[0][: MAX_TITLE - 1] + "…"


def _check(command: SendRequest) -> None:
    if not command.text.strip():
        raise AppError("request.empty")
    if len(command.text) > MAX_TEXT:
        raise AppError("request.too_long", parameters={"limit": MAX_TEXT})
    if command.category not in CATEGORIES:
        raise AppError("request.category", parameters={"category": command.category})
    check_all(command.files)


def _insert(db: sqlite3.Connection, payload: Request) -> None:
    from json import dumps

    db.execute(
        "INSERT INTO requests (id, reference, title, category, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            payload.request_id,
            payload.reference,
            title_of(payload.text),
            payload.category,
            payload.created_at,
            payload.created_at,
        ),
    )
    files = dumps([[one.name, one.size] for one in payload.attachments], ensure_ascii=False)
    db.execute(
        "INSERT INTO messages VALUES (?, ?, ?, 1, ?, ?, ?)",
        (payload.request_id, payload.request_id, payload.person_name, payload.text, payload.created_at, files),
    )
