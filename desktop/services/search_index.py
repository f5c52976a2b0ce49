"""Gathers what is searchable of a ticket and hands it to the index."""

from __future__ import annotations

from sqlalchemy import Connection, select

from desktop.base.ids import reference
from desktop.models.fetching import fetch
from desktop.models.fulltext import TicketTexts, index_ticket
from desktop.models.tables import tickets

_HEAD = """
SELECT t.seq, t.number, t.title, t.request_id, p.name, d.name FROM tickets AS t
LEFT JOIN people AS p ON p.id = t.person_id LEFT JOIN devices AS d ON d.id = t.device_id WHERE t.id = :ticket"""
_FILES = "SELECT name FROM attachments WHERE ticket_id = :ticket ORDER BY id"
_BODY = "SELECT text FROM messages WHERE ticket_id = :ticket ORDER BY seq"


def reindex(connection: Connection, ticket_id: str) -> None:
    """Renew a ticket's entry from the tables; cheap enough for one ticket, not for all at once on a click."""
    values = {"ticket": ticket_id}
    ((seq, number, title, request_id, person, device),) = fetch(connection, _HEAD, values)
    files = [line[0] for line in fetch(connection, _FILES, values)]
    body = [line[0] for line in fetch(connection, _BODY, values)]
    head = [number, title, person or "", device or "", reference(request_id) if request_id else "", *files]
    index_ticket(connection, TicketTexts(seq, head, body))


def reindex_tickets_of(connection: Connection, *, person_id: str = "", device_id: str = "") -> None:
    """Renew the entries of all tickets of a person or device whose name changed."""
    column, wanted = (tickets.c.person_id, person_id) if person_id else (tickets.c.device_id, device_id)
    for ticket_id in connection.execute(select(tickets.c.id).where(column == wanted)).scalars().all():
        reindex(connection, ticket_id)
