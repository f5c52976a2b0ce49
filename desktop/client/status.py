"""What is known on this PC about its requests: lists, and conversations."""

from __future__ import annotations

import json
import sqlite3

from desktop.base.clock import from_text
from desktop.base.errors import AppError
from desktop.client.context import Client
from desktop.client.rows import Answer, ChatFile, ChatMessage, Conversation, RequestRow, Stage

_REQUESTS = """
SELECT r.*, coalesce(o.stage, 'acknowledged') AS stage,
    exists(SELECT 1 FROM messages m WHERE m.request_id = r.id AND NOT m.is_mine) AS is_answered,
    (SELECT NOT m.is_mine FROM messages m WHERE m.request_id = r.id ORDER BY m.at DESC, m.id DESC LIMIT 1) AS asks_me
FROM requests r LEFT JOIN outgoing o ON o.id = r.id
"""
_MESSAGES = """
SELECT m.*, coalesce(o.stage, 'acknowledged') AS stage
FROM messages m LEFT JOIN outgoing o ON o.id = m.id WHERE m.request_id = ? ORDER BY m.at, m.id
"""


def list_requests(client: Client) -> tuple[RequestRow, ...]:
    """Return my requests, the one changed last first."""
    with client.store.read() as db:
        return tuple(_request(row) for row in db.execute(_REQUESTS + "ORDER BY r.changed_at DESC, r.id DESC"))


def open_request(client: Client, request_id: str) -> Conversation:
    """Return a request with its messages. Raises AppError `request.unknown`."""
    with client.store.read() as db:
        row = db.execute(_REQUESTS + "WHERE r.id = ?", (request_id,)).fetchone()
        if row is None:
            raise AppError("request.unknown", parameters={"name": request_id})
        messages = tuple(_message(one) for one in db.execute(_MESSAGES, (request_id,)))
    return Conversation(_request(row), messages)


def _request(row: sqlite3.Row) -> RequestRow:
    return RequestRow(
        id=row["id"],
        reference=row["reference"],
        title=row["title"],
        category=row["category"],
        created_at=from_text(row["created_at"]),
        changed_at=from_text(row["changed_at"]),
        ticket=row["ticket"],
        state=row["state"],
        assignee=row["assignee"],
        has_news=bool(row["has_news"]),
        answer=Answer(row["verdict"]),
        rating=row["rating"],
        stage=Stage(row["stage"]),
        is_answered=bool(row["is_answered"]),
        asks_me=bool(row["asks_me"]),
    )


def _message(row: sqlite3.Row) -> ChatMessage:
    return ChatMessage(
        id=row["id"],
        author=row["author"],
        is_mine=bool(row["is_mine"]),
        text=row["text"],
        at=from_text(row["at"]),
        files=tuple(ChatFile(name, size) for name, size in json.loads(row["files"])),
        stage=Stage(row["stage"]) if row["is_mine"] else None,
    )
