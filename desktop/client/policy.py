"""What the company wants its PCs' diagnoses to ask and judge by, as the newest message of the Desk says."""

from __future__ import annotations

import json
import sqlite3
from enum import Enum
from typing import TYPE_CHECKING

from desktop.client.context import Client
from desktop.client.identity import write_fact
from desktop.domain.payloads import FROM_DESK, Policy, from_document, to_document

if TYPE_CHECKING:  # read without loading rules or targets
    from desktop.diagnostics.findings import Rule
    from desktop.diagnostics.overrides import Overrides
    from desktop.diagnostics.targets import Targets

_KEY = "policy"


class Depth(Enum):
    """How much is sent at all: everything, what comes at once, or nothing."""

    FULL = "full"
    BASIC = "basic"
    NONE = "none"


def load_policy(client: Client) -> Policy | None:
    """Return the policy in force, or None where the program's own values hold."""
    with client.store.read() as db:
        return _stored(db)


def offered_depth(client: Client) -> Depth:
    """Return how much of a diagnosis a request offers to send at first; the employee still chooses."""
    policy = load_policy(client)
    known = {one.value: one for one in Depth}
    return known.get(policy.level, Depth.FULL) if policy else Depth.FULL


def targets_in_force(client: Client) -> Targets:
    """Return whom a diagnosis asks: as the company says, or the program's own targets."""
    from desktop.diagnostics.targets import DEFAULT_TARGETS, read_targets

    policy = load_policy(client)
    try:
        return read_targets(policy.targets) if policy and policy.targets is not None else DEFAULT_TARGETS
    except ValueError:  # of a Desk that writes them in a way we cannot read
        return DEFAULT_TARGETS


def rules_in_force(client: Client) -> tuple[Rule, ...]:
    """Return what findings are judged by: with the company's own thresholds, without what it switched off."""
    from desktop.diagnostics.rules import load_rules, with_limits

    return with_limits(load_rules(), own_thresholds(client))


def own_thresholds(client: Client) -> Overrides:
    """Return what the company set differently, by finding; empty where everything is as shipped."""
    from desktop.diagnostics.overrides import read_overrides

    policy = load_policy(client)
    try:
        return read_overrides(policy.findings) if policy and policy.findings is not None else {}
    except ValueError:  # of a Desk that writes them in a way we cannot read
        return {}


def store_policy(db: sqlite3.Connection, payload: Policy) -> None:
    """Take a policy in, inside the caller's transaction; an older one that arrives late changes nothing.

    It is newer by its version, or by its time where the Desk counts on from a copy of its database: then its version
    is smaller than what this PC has.
    """
    before = _stored(db)
    if before is None or before.version < payload.version or before.created_at < payload.created_at:
        write_fact(db, _KEY, json.dumps(to_document(payload), ensure_ascii=False))


def forget_policy(db: sqlite3.Connection) -> None:
    """Go back to the program's own values, inside the caller's transaction, as where another company takes over."""
    db.execute("DELETE FROM facts WHERE key = ?", (_KEY,))


def _stored(db: sqlite3.Connection) -> Policy | None:
    row = db.execute("SELECT value FROM facts WHERE key = ?", (_KEY,)).fetchone()
    found = from_document(json.loads(row["value"]), FROM_DESK) if row else None
    return found if isinstance(found, Policy) else None
