"""Gathers what is searchable of a ticket and hands it to the index."""

from __future__ import annotations

from sqlalchemy import Connection, select

from desktop.base.ids import reference
from desktop.models.fulltext import TicketTexts, index_ticket
from desktop.models.tables import attachments, devices, messages, people, tickets


def reindex(connection: Connection, ticket_id: str) -> None:
    """Renew a ticket's entry from the tables; cheap enough for one ticket, not for all at once on a click."""
    query = (
        select(tickets.c.seq, tickets.c.number, tickets.c.title, tickets.c.request_id, people.c.name, devices.c.name)
        .select_from(
            tickets.outerjoin(people, people.c.id == tickets.c.person_id).outerjoin(
                devices, devices.c.id == tickets.c.device_id
            )
        )
        .where(tickets.c.id == ticket_id)
    )
    seq, number, title, request_id, person, device = connection.execute(query).one()
    files = select(attachments.c.name).where(attachments.c.ticket_id == ticket_id)
    body = select(messages.c.text).where(messages.c.ticket_id == ticket_id).order_by(messages.c.seq)
    head = [number, title, person or "", device or "", reference(request_id) if request_id else ""]
    head += connection.execute(files).scalars()
    index_ticket(connection, TicketTexts(seq, head, list(connection.execute(body).scalars())))


def reindex_tickets_of(connection: Connection, *, person_id: str = "", device_id: str = "") -> None:
    """Renew the entries of all tickets of a person or device whose name changed."""
    column, wanted = (tickets.c.person_id, person_id) if person_id else (tickets.c.device_id, device_id)
    for ticket_id in connection.execute(select(tickets.c.id).where(column == wanted)).scalars().all():
        reindex(connection, ticket_id)
