"""What an employee adds to a request that was sent: further messages, and the answer to "solved?"."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from json import dumps

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import from_text
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.client.context import Client
from desktop.client.drafts import discard_within
from desktop.client.files import check_all, described
from desktop.client.identity import enrolled_identity, next_sequence
from desktop.client.outgoing import queue
from desktop.client.rows import Answer, NewFile
from desktop.domain.payloads import MAX_TEXT, FollowUp, Verdict

QUIET_TIME = timedelta(minutes=10)  # at most one notification per request in this time


@dataclass(frozen=True, slots=True)
class Rate:
    """The answer to "Is your problem solved?"; `rating` from 1 (very satisfied) to 4, 0 = none given."""

    request_id: str
    solved: bool
    rating: int = 0
    comment: str = ""


def reply(client: Client, request_id: str, text: str, *, files: Sequence[NewFile] = ()) -> Done[str]:
    """Add a message to a request; returns the message's id. The reply's draft ends with it.

    Raises AppError `request.empty`, `request.too_long`, `request.unknown` or `my_file.*`.
    """
    if not text.strip() and not files:
        raise AppError("request.empty")
    if len(text) > MAX_TEXT:
        raise AppError("request.too_long", parameters={"limit": MAX_TEXT})
    check_all(files)
    author = enrolled_identity(client).person_name
    message = FollowUp(
        request_id=request_id,
        message_id=new_id(client.clock),
        text=text.strip(),
        created_at=client.now(),
        attachments=described(files),
        device_seq=next_sequence(client),
    )
    with client.store.write() as db:
        _touch(db, request_id, message.created_at)
        names = dumps([[one.name, one.size] for one in message.attachments], ensure_ascii=False)
        row = (message.message_id, request_id, author, message.text, message.created_at, names)
        db.execute("INSERT INTO messages VALUES (?, ?, ?, 1, ?, ?, ?)", row)
        parts = [one.content for one in files]
        queue(db, message, message_id=message.message_id, request_id=request_id, parts=parts, at=message.created_at)
        discard_within(db, request_id)
    client.at_step("stored")
    return Done(message.message_id, Changes.of(Subject.REQUEST, request_id))


def rate(client: Client, command: Rate) -> Done[str]:
    """Send the verdict; returns the request's id. Raises AppError `request.unknown` or `request.rating`."""
    if command.rating not in range(5):
        raise AppError("request.rating", parameters={"rating": command.rating})
    enrolled_identity(client)
    verdict = Verdict(
        request_id=command.request_id,
        solved=command.solved,
        created_at=client.now(),
        rating=command.rating,
        comment=command.comment.strip(),
        device_seq=next_sequence(client),
    )
    answer = Answer.SOLVED if command.solved else Answer.NOT_YET
    with client.store.write() as db:
        _touch(db, command.request_id, verdict.created_at)
        db.execute(
            "UPDATE requests SET verdict = ?, rating = max(rating * (? = 0), ?) WHERE id = ?",
            (answer.value, command.rating, command.rating, command.request_id),
        )
        message_id = new_id(client.clock)
        queue(db, verdict, message_id=message_id, request_id=command.request_id, parts=(), at=verdict.created_at)
    client.at_step("stored")
    return Done(command.request_id, Changes.of(Subject.REQUEST, command.request_id))


def mark_seen(client: Client, request_id: str) -> Done[None]:
    """Note that the employee has looked at the newest message."""
    with client.store.write() as db:
        db.execute("UPDATE requests SET has_news = 0 WHERE id = ?", (request_id,))
    return Done(None, Changes.of(Subject.REQUEST, request_id))


def may_notify(client: Client, request_id: str) -> bool:
    """Claim the right to one notification about a request; refused for ten minutes after the last."""
    now: datetime = client.clock()
    with client.store.write() as db:
        row = db.execute("SELECT notified_at FROM requests WHERE id = ?", (request_id,)).fetchone()
        if row is None or (row["notified_at"] and abs(now - from_text(row["notified_at"])) < QUIET_TIME):
            return False
        db.execute("UPDATE requests SET notified_at = ? WHERE id = ?", (client.now(), request_id))
    return True


def find_request(client: Client, name: str) -> str:
    """Return the id of the request with this id, reference or ticket number. Raises AppError `request.unknown`."""
    with client.store.read() as db:
        query = "SELECT id FROM requests WHERE id = lower(:n) OR reference = upper(:n) OR ticket = upper(:n)"
        row = db.execute(query, {"n": name.strip()}).fetchone()
    if row is None:
        raise AppError("request.unknown", parameters={"name": name})
    return str(row["id"])


def _touch(db: sqlite3.Connection, request_id: str, at: str) -> None:
    changed = db.execute("UPDATE requests SET changed_at = ?, has_news = 0 WHERE id = ?", (at, request_id))
    if changed.rowcount == 0:
        raise AppError("request.unknown", parameters={"name": request_id})
