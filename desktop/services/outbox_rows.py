"""Puts messages for PCs into the outbox, in the same transaction as what they tell."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from desktop.base.clock import to_text
from desktop.base.ids import new_id
from desktop.domain.payloads import Payload, Status, to_document
from desktop.models.tables import outbox, technicians
from desktop.services.work import Work


def queue_payload(
    work: Work, connection: Connection, payload: Payload, *, device_id: str, ticket_id: str | None = None
) -> str:
    """Queue a message for one PC; returns its id, under which it is sealed and acknowledged."""
    message_id = new_id(work.clock)
    connection.execute(
        insert(outbox).values(
            id=message_id,
            device_id=device_id,
            ticket_id=ticket_id,
            kind=payload.kind,
            payload=json.dumps(to_document(payload), ensure_ascii=False),
            created_at=to_text(work.clock()),
        )
    )
    return message_id


def queue_status(work: Work, connection: Connection, ticket: Row[Any]) -> None:
    """Tell the PC behind a request where its ticket stands; nothing to do for calls and walk-ins."""
    if not ticket.request_id or not ticket.request_device_id:
        return
    query = select(technicians.c.name).where(technicians.c.id == ticket.assignee_id)
    status = Status(
        request_id=ticket.request_id,
        ticket=ticket.number,
        state=ticket.state_type,
        assignee=connection.execute(query).scalar() or "",
        created_at=to_text(work.clock()),
        title=ticket.title,
    )
    queue_payload(work, connection, status, device_id=ticket.request_device_id, ticket_id=ticket.id)
