"""The way of a message out of the store: written with its request in one transaction, sealed afterwards.

A message is first a row (stage stored). `hand_over` seals every such row under the row's own id, so a process that
ended in between only repeats the sealing of the same message, and the outbox keeps one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from desktop.client.context import Client
from desktop.client.post import Post
from desktop.client.rows import Stage
from desktop.domain.payloads import FROM_DEVICE, Payload, from_document, to_document


def queue(
    db: sqlite3.Connection, payload: Payload, *, message_id: str, request_id: str, parts: Sequence[bytes], at: str
) -> None:
    """Write a message that has to go out, inside the caller's transaction."""
    document = json.dumps(to_document(payload), ensure_ascii=False)
    db.execute(
        "INSERT INTO outgoing VALUES (?, ?, ?, ?, ?, ?)",
        (message_id, request_id, payload.kind, document, Stage.STORED.value, at),
    )
    db.executemany("INSERT INTO parts VALUES (?, ?, ?)", [(message_id, place, one) for place, one in enumerate(parts)])


def hand_over(client: Client, post: Post) -> list[str]:
    """Seal what is only stored; returns the ids. Raises AppError where outbox or keychain cannot be used."""
    with client.store.read() as db:
        query = "SELECT id, document FROM outgoing WHERE stage = ? ORDER BY queued_at, id"
        rows = db.execute(query, (Stage.STORED.value,)).fetchall()
    for row in rows:
        payload = from_document(json.loads(row["document"]), FROM_DEVICE)
        client.at_step("before_sealing")
        post.send(payload, _parts(client, row["id"]), message_id=row["id"])
        client.at_step("sealed")
        mark(client, [row["id"]], Stage.SEALED)
        client.at_step("marked_sealed")
    return [row["id"] for row in rows]


def mark(client: Client, ids: Iterable[str], stage: Stage) -> set[str]:
    """Note how far messages have come; returns the ids of the requests that changed. No message ever goes back."""
    wanted = list(ids)
    if not wanted:
        return set()
    with client.store.write() as db:
        return {request for one in wanted for request in mark_within(db, one, stage)}


def mark_within(db: sqlite3.Connection, message_id: str, stage: Stage) -> set[str]:
    """Note how far one message has come, inside the caller's transaction."""
    row = db.execute("SELECT request_id, stage FROM outgoing WHERE id = ?", (message_id,)).fetchone()
    if row is None or not _is_further(stage, Stage(row["stage"])):
        return set()
    db.execute("UPDATE outgoing SET stage = ? WHERE id = ?", (stage.value, message_id))
    db.execute("DELETE FROM parts WHERE message_id = ?", (message_id,))  # the outbox has the sealed copy now
    return {row["request_id"]}


def give_up_sealed(db: sqlite3.Connection) -> None:
    """Say of all messages sealed but not acknowledged that the Desk will not take them, inside the transaction."""
    done = (Stage.STORED.value, Stage.ACKNOWLEDGED.value)
    db.execute("UPDATE outgoing SET stage = ? WHERE stage NOT IN (?, ?)", (Stage.REFUSED.value, *done))


def waiting_ids(client: Client) -> list[str]:
    """Return messages the Desk has not answered for, oldest first."""
    with client.store.read() as db:
        query = "SELECT id FROM outgoing WHERE stage NOT IN (?, ?) ORDER BY queued_at, id"
        return [row["id"] for row in db.execute(query, (Stage.ACKNOWLEDGED.value, Stage.REFUSED.value))]


def _is_further(stage: Stage, than: Stage) -> bool:
    order = list(Stage)
    return order.index(stage) > order.index(than)


def _parts(client: Client, message_id: str) -> list[bytes]:
    with client.store.read() as db:
        query = "SELECT content FROM parts WHERE message_id = ? ORDER BY place"
        return [row["content"] for row in db.execute(query, (message_id,))]
