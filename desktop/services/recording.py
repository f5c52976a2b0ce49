"""Writes down what happened: the event people read and the audit entry, always together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desktop.base.clock import to_text
from desktop.base.ids import new_id
from desktop.models.audit_chain import AuditEntry, append
from desktop.models.fetching import fetch
from desktop.services.work import Actor, Work

_EVENT = """INSERT INTO events (id, ticket_id, kind, actor_id, actor, at, detail)
VALUES (:id, :ticket_id, :kind, :actor_id, :actor, :at, :detail)"""


def record_event(
    work: Work,
    connection: Connection,
    ticket_id: str,
    kind: str,
    *,
    detail: Mapping[str, Any] | None = None,
    actor: Actor | None = None,
    at: datetime | None = None,
) -> None:
    """Add one entry to a ticket's history and to the audit chain; `actor` where it is not the technician."""
    who = work.actor if actor is None else actor
    moment = to_text(at or work.clock())
    values = dict(detail or {})
    event = {
        "id": new_id(work.clock),
        "ticket_id": ticket_id,
        "kind": kind,
        "actor_id": who.id,
        "actor": who.name,
        "at": moment,
        "detail": json.dumps(values, ensure_ascii=False, sort_keys=True),
    }
    fetch(connection, _EVENT, event)
    append(connection, AuditEntry(moment, who.id, f"ticket.{kind}", ticket_id, values))


def record_act(work: Work, connection: Connection, action: str, object_id: str, **detail: object) -> None:
    """Add an act that belongs to no ticket to the audit chain."""
    append(connection, AuditEntry(to_text(work.clock()), work.actor.id, action, object_id, detail))
