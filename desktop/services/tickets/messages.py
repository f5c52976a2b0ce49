"""Writes messages into a conversation; used by everything that talks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.domain.commands import NewAttachment
from desktop.domain.payloads import MAX_TEXT
from desktop.domain.payloads import Reply as ReplyPayload
from desktop.models.fulltext import append_text
from desktop.models.tables import messages
from desktop.services.attachments import store_attachments
from desktop.services.outbox_rows import queue_payload
from desktop.services.tickets.changing import TicketChange

_INSERT = insert(messages)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message about to be kept; `at` is when it was written, where that differs from now."""

    kind: str
    text: str
    author_role: str = "technician"
    attachments: Sequence[NewAttachment] = ()
    at: datetime | None = None
    device_seq: int = 0
    id: str = ""


def write_message(change: TicketChange, message: NewMessage) -> str:
    """Keep a message with its files and make it searchable; returns its id.

    Raises AppError `message.empty`, `message.too_long`: a text is refused, never cut.
    """
    content = message.text.strip()
    if not content and not message.attachments:
        raise AppError("message.empty", kind=ErrorKind.USAGE)
    if len(content) > MAX_TEXT:
        raise AppError("message.too_long", parameters={"limit": MAX_TEXT})
    message_id = message.id or new_id(change.work.clock)
    values = {
        "id": message_id,
        "ticket_id": change.before.id,
        "kind": message.kind,
        "author_id": change.actor.id,
        "author": change.actor.name,
        "author_role": message.author_role,
        "text": content,
        "at": to_text(message.at or change.now),
        "received_at": to_text(change.now),
        "device_seq": message.device_seq,
    }
    change.connection.execute(_INSERT, values)
    store_attachments(
        change.work, change.connection, message.attachments, ticket_id=change.before.id, message_id=message_id
    )
    names = " ".join(one.name for one in message.attachments)
    append_text(change.connection, change.before.seq, head=names, body=content)
    return message_id


def write_reply(change: TicketChange, text: str, attachments: Sequence[NewAttachment] = ()) -> None:
    """Keep a public reply and queue it for the PC of the request, where there is one."""
    before = change.before
    message_id = write_message(change, NewMessage("reply", text, attachments=attachments))
    if before.first_reply_at is None:
        change.set(first_reply_at=to_text(change.now))
    change.set(has_news=0)
    if before.request_id and before.request_device_id:
        payload = ReplyPayload(
            request_id=before.request_id,
            message_id=message_id,
            author=change.actor.name,
            text=text.strip(),
            created_at=to_text(change.now),
        )
        outbox_id = queue_payload(
            change.work, change.connection, payload, device_id=before.request_device_id, ticket_id=before.id
        )
        change.connection.execute(update(messages).where(messages.c.id == message_id).values(outbox_id=outbox_id))
    change.record("replied")
