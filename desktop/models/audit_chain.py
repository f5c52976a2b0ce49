"""The audit chain: every act is hashed together with the one before, over ids that name nobody.

What people could recognise lies beside it under a salted hash, so that erasing it leaves the chain valid.
Honest limit: whoever may write the database file can rewrite the whole chain.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from desktop.models.fetching import fetch, fetch_one
from desktop.models.tables import audit, audit_details

_DOMAIN = b"ersthelfer audit 1\n"
_HASHED = ("seq", "at", "actor_id", "action", "object_id", "detail_hash")
_APPEND = """INSERT INTO audit (seq, at, actor_id, action, object_id, detail_hash, prev, hash)
VALUES (:seq, :at, :actor_id, :action, :object_id, :detail_hash, :prev, :hash)"""
_APPEND_DETAIL = "INSERT INTO audit_details (seq, salt, detail) VALUES (:seq, :salt, :detail)"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: who (an id), what, on what (an id), and details that may be erased one day."""

    at: str
    actor_id: str
    action: str
    object_id: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What checking the chain found; `broken_at` is the first entry that does not fit, 0 where all do."""

    entries: int
    head: str
    broken_at: int = 0


def append(connection: Connection, entry: AuditEntry) -> None:
    """Add an act to the chain, in the same transaction as the act itself."""
    last = fetch_one(connection, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    seq, prev = (last[0] + 1, last[1]) if last else (1, "")
    detail, salt = _canonical(entry.detail), secrets.token_hex(16)
    values = {
        "seq": seq,
        "at": entry.at,
        "actor_id": entry.actor_id,
        "action": entry.action,
        "object_id": entry.object_id,
        "detail_hash": _detail_hash(salt, detail),
    }
    fetch(connection, _APPEND, {**values, "prev": prev, "hash": _hash(prev, values)})
    fetch(connection, _APPEND_DETAIL, {"seq": seq, "salt": salt, "detail": detail})


def verify(connection: Connection) -> ChainReport:
    """Walk the whole chain; an erased detail is no fault, a changed one is."""
    details = {one.seq: one for one in connection.execute(select(audit_details))}
    prev, count = "", 0
    for one in connection.execute(select(audit).order_by(audit.c.seq)):
        count += 1
        values = {name: getattr(one, name) for name in _HASHED}
        detail = details.pop(one.seq, None)
        if one.seq != count or one.prev != prev or one.hash != _hash(prev, values):
            return ChainReport(count, prev, one.seq)
        if detail is not None and _detail_hash(detail.salt, detail.detail) != one.detail_hash:
            return ChainReport(count, prev, one.seq)
        prev = one.hash
    stray = min(details, default=0)  # a detail without its act: the end of the chain was cut off
    return ChainReport(count, prev, stray)


def _hash(prev: str, values: Mapping[str, Any]) -> str:
    return sha256(_DOMAIN + prev.encode() + _canonical(values).encode()).hexdigest()


def _detail_hash(salt: str, detail: str) -> str:
    return sha256(f"{salt}\n{detail}".encode()).hexdigest()


def _canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
