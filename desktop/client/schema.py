"""The tables of Hilfe's own store, as plain SQL: one step per version, and none is changed once it was released."""

from __future__ import annotations

_FIRST = """
CREATE TABLE facts (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    category TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    ticket TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    state_at TEXT NOT NULL DEFAULT '',
    assignee TEXT NOT NULL DEFAULT '',
    has_news INTEGER NOT NULL DEFAULT 0,
    verdict TEXT NOT NULL DEFAULT '',
    rating INTEGER NOT NULL DEFAULT 0,
    notified_at TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES requests (id),
    author TEXT NOT NULL,
    is_mine INTEGER NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    files TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE INDEX messages_of_request ON messages (request_id, at);
CREATE TABLE outgoing (
    id TEXT PRIMARY KEY,
    request_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    stage TEXT NOT NULL,
    queued_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE parts (
    message_id TEXT NOT NULL REFERENCES outgoing (id),
    place INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (message_id, place)
) WITHOUT ROWID;
CREATE TABLE received (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE drafts (
    key TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    saved_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE draft_files (
    id TEXT PRIMARY KEY,
    draft TEXT NOT NULL,
    name TEXT NOT NULL,
    is_screenshot INTEGER NOT NULL,
    content BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    wizard TEXT NOT NULL,
    outcome TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    document TEXT NOT NULL
) WITHOUT ROWID;
"""
"""`outgoing.stage`: stored -> sealed (lies in the outbox) -> delivered (in the folder) -> acknowledged or refused."""
_ASKS = """
CREATE TABLE asks (
    id TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    ticket TEXT NOT NULL,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    state TEXT NOT NULL,
    is_told INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""
"""`asks.state`: open, answered, declined, withdrawn or replaced; `is_told` once a message of the system named it."""
STEPS: tuple[str, ...] = (_FIRST, _ASKS)
"""What leads from each version to the next: a new file takes all steps, an older one those it lacks."""
VERSION = len(STEPS)
