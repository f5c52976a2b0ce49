"""What the company wants its PCs' diagnoses to ask and judge by, as the newest message of the Desk says."""

from __future__ import annotations

import json
import sqlite3

from desktop.client.context import Client
from desktop.client.facts import Depth
from desktop.client.identity import write_fact
from desktop.domain.payloads import FROM_DESK, Policy, from_document, to_document

_KEY = "policy"


def load_policy(client: Client) -> Policy | None:
    """Return the policy in force, or None where the program's own values hold."""
    with client.store.read() as db:
        return _stored(db)


def offered_depth(client: Client) -> Depth:
    """Return how much of a diagnosis a request offers to send at first; the employee still chooses."""
    policy = load_policy(client)
    known = {one.value: one for one in Depth}
    return known.get(policy.level, Depth.FULL) if policy else Depth.FULL


def store_policy(db: sqlite3.Connection, payload: Policy) -> None:
    """Take a policy in, inside the caller's transaction; an older one that arrives late changes nothing."""
    before = _stored(db)
    if before is None or before.created_at < payload.created_at:
        write_fact(db, _KEY, json.dumps(to_document(payload), ensure_ascii=False))


def _stored(db: sqlite3.Connection) -> Policy | None:
    row = db.execute("SELECT value FROM facts WHERE key = ?", (_KEY,)).fetchone()
    found = from_document(json.loads(row["value"]), FROM_DESK) if row else None
    return found if isinstance(found, Policy) else None
