"""Second and third level: partners and what was handed over to them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from desktop.models.tables.common import key, link, metadata, moment, number, version, words

partners = Table(
    "partners",
    metadata,
    key(),
    words("name"),
    number("level", 2),
    words("kind"),
    words("channel"),
    words("address"),
    words("topics"),
    words("note"),
    number("is_active", 1),
    moment("created_at"),
    version(),
)

handovers = Table(
    "handovers",
    metadata,
    key(),
    link("ticket_id", "tickets.id", required=True),
    link("partner_id", "partners.id"),
    words("partner_name"),
    number("level", 2),
    words("actor_id"),
    words("actor"),
    moment("at"),
    words("task"),
    words("language"),
    words("reason"),  # why it left although something was missing
    words("path"),
    Column("files", Text, nullable=False, server_default="[]"),
    Column("missing", Text, nullable=False, server_default="[]"),
    moment("answered_at", required=False),
    words("answer"),
    Index("ix_handovers_ticket_id", "ticket_id"),
)
