"""What travels: messages to PCs, ids already taken in, the waiting room and the invitations."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table, Text, text

from desktop.models.tables.common import key, link, metadata, moment, number, words

outbox = Table(
    "outbox",
    metadata,
    key(),  # also the id of the sealed message, which makes delivering twice harmless
    link("device_id", "devices.id", required=True),
    link("ticket_id", "tickets.id"),
    words("kind"),
    Column("payload", Text, nullable=False),
    moment("created_at"),
    moment("delivered_at", required=False),
    moment("acknowledged_at", required=False),
    number("attempts"),
    words("problem"),
    Index(
        "ix_outbox_open",
        "id",
        sqlite_where=text("acknowledged_at IS NULL"),
        postgresql_where=text("acknowledged_at IS NULL"),
    ),
    Index("ix_outbox_ticket_id", "ticket_id"),
)

seen = Table(
    "seen",
    metadata,
    Column("id", Text, primary_key=True),
    words("fate"),
    moment("at"),
    words("sha256"),
    Column("device_id", Text),
    Column("ticket_id", Text),
    Index("ix_seen_at", "at"),
)

waiting_room = Table(
    "waiting_room",
    metadata,
    Column("id", Text, primary_key=True),
    Column("verify_key", LargeBinary, nullable=False),
    words("kind"),
    words("person_name"),
    words("host"),
    Column("text", Text, nullable=False, server_default=""),
    moment("at"),
    Index("ix_waiting_room_verify_key", "verify_key"),
)

invitations = Table(
    "invitations",
    metadata,
    key(),
    Column("token", LargeBinary, nullable=False),
    number("devices"),
    number("used"),
    moment("created_at"),
    moment("expires_at"),
)
