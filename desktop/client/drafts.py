"""Drafts that survive a crash: what was typed, chosen and attached, one draft per window."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from desktop.base.clock import from_text
from desktop.base.errors import AppError
from desktop.base.file_names import safe_name
from desktop.base.ids import new_id
from desktop.client.context import Client
from desktop.client.files import MAX_FILES, check_size
from desktop.client.rows import Draft, DraftFile, NewFile

NEW_REQUEST = "request"
"""The key of the help window's draft; a reply's draft has the request's id as its key."""


def save_draft(client: Client, key: str, document: dict[str, Any]) -> None:
    """Keep what the employee has typed so far."""
    with client.store.write() as db:
        db.execute(
            "INSERT INTO drafts VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE"
            " SET document = excluded.document, saved_at = excluded.saved_at",
            (key, json.dumps(document, ensure_ascii=False), client.now()),
        )


def load_draft(client: Client, key: str) -> Draft:
    """Return a draft with the names of its files; an empty one where there is none."""
    with client.store.read() as db:
        row = db.execute("SELECT document, saved_at FROM drafts WHERE key = ?", (key,)).fetchone()
        query = "SELECT id, name, is_screenshot, length(content) AS size FROM draft_files WHERE draft = ? ORDER BY id"
        files = tuple(
            DraftFile(one["id"], one["name"], one["size"], bool(one["is_screenshot"]))
            for one in db.execute(query, (key,))
        )
    if row is None:
        return Draft(key, files=files)
    return Draft(key, json.loads(row["document"]), files, from_text(row["saved_at"]))


def has_open_guide(client: Client) -> bool:
    """Tell whether the employee was in the middle of a guide, as after restarting the PC because it said so."""
    document = load_draft(client, NEW_REQUEST).document
    return document.get("page") == "self_help" and bool(document.get("run"))


def attach(client: Client, key: str, file: NewFile) -> DraftFile:
    """Add a file to a draft. Raises AppError `my_file.too_large` or `my_file.too_many`."""
    with client.store.write() as db:
        rows = db.execute("SELECT name, length(content) AS size FROM draft_files WHERE draft = ?", (key,)).fetchall()
        if len(rows) >= MAX_FILES:
            raise AppError("my_file.too_many", parameters={"limit": MAX_FILES})
        check_size(file.name, len(file.content), already=sum(row["size"] for row in rows))
        name = safe_name(file.name, [row["name"] for row in rows])
        added = DraftFile(new_id(client.clock), name, len(file.content), file.is_screenshot)
        db.execute(
            "INSERT INTO draft_files VALUES (?, ?, ?, ?, ?)",
            (added.id, key, added.name, int(added.is_screenshot), file.content),
        )
    return added


def detach(client: Client, file_id: str) -> None:
    """Take a file out of its draft."""
    with client.store.write() as db:
        db.execute("DELETE FROM draft_files WHERE id = ?", (file_id,))


def files_of(client: Client, key: str) -> list[NewFile]:
    """Return a draft's files with their content, in the order they were attached."""
    with client.store.read() as db:
        query = "SELECT name, content, is_screenshot FROM draft_files WHERE draft = ? ORDER BY id"
        rows = db.execute(query, (key,)).fetchall()
    return [NewFile(row["name"], row["content"], bool(row["is_screenshot"])) for row in rows]


def discard_draft(client: Client, key: str) -> None:
    """Forget a draft and its files."""
    with client.store.write() as db:
        discard_within(db, key)


def discard_within(db: sqlite3.Connection, key: str) -> None:
    """Forget a draft inside the caller's transaction, as sending does."""
    db.execute("DELETE FROM drafts WHERE key = ?", (key,))
    db.execute("DELETE FROM draft_files WHERE draft = ?", (key,))
