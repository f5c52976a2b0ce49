"""The heart: tickets with their states, events, messages, attachments and drafts."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, text

from desktop.models.tables.common import key, link, metadata, moment, number, version, words
from desktop.models.view_sql import ACTIVE, DONE, HANDED_OVER, INBOX, RUNNING, WAITING

ticket_states = Table(
    "ticket_states",
    metadata,
    Column("id", Text, primary_key=True),
    words("type"),
    words("name"),  # empty: the text `state.<type>`; else the admin's own word
    number("position"),
)

tickets = Table(
    "tickets",
    metadata,
    Column("seq", Integer, primary_key=True),  # order of arrival, also the row of the full-text index
    Column("id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    words("kind"),
    words("title"),
    link("state_id", "ticket_states.id", required=True),
    words("state_type"),
    words("waiting_reason"),
    moment("waiting_since", required=False),
    moment("wake_at", required=False),
    number("paused_seconds"),  # working time spent waiting, by which the due date moves
    number("level", 1),
    words("impact"),
    words("urgency"),
    number("priority", 3),
    number("proposed_priority", 3),
    words("priority_reason"),
    link("priority_by", "technicians.id"),
    words("category"),
    link("person_id", "people.id"),
    link("device_id", "devices.id"),
    link("assignee_id", "technicians.id"),
    words("channel"),
    words("request_id"),  # the employee's request behind it; empty for calls
    link("request_device_id", "devices.id"),  # where its answers go, whatever device the ticket is about
    words("reachable"),
    link("parent_id", "tickets.id"),
    link("duplicate_of", "tickets.id"),
    Column("snapshot_id", Text),  # the newest one sent with it; a reference back would close a circle of keys
    number("rating"),
    number("minutes"),
    number("has_news"),
    moment("created_at"),
    moment("changed_at"),
    words("changed_by"),  # the name for "… has just changed this ticket"
    moment("first_reply_at", required=False),
    moment("solved_at", required=False),
    moment("closed_at", required=False),
    moment("due_at"),
    moment("sort_at"),  # due date, wake-up date while waiting, moment of solving afterwards: what lists go by
    version(),
    # What a view's condition names stands in its index as well, so that badges never touch the table.
    *(
        Index(name, *columns, "sort_at", "seq", *more, sqlite_where=text(where), postgresql_where=text(where))
        for name, columns, more, where in (
            ("ix_tickets_inbox", (), ("state_type", "has_news"), INBOX),
            ("ix_tickets_assigned", ("assignee_id",), ("state_type",), ACTIVE),
            ("ix_tickets_active", (), ("state_type",), ACTIVE),
            ("ix_tickets_running", (), ("state_type",), RUNNING),
            ("ix_tickets_waiting", (), ("state_type",), WAITING),
            ("ix_tickets_handed_over", (), ("state_type", "level"), HANDED_OVER),
            ("ix_tickets_done", (), ("state_type",), DONE),
        )
    ),
    Index("ix_tickets_person_id", "person_id", "state_type"),
    Index("ix_tickets_device_id", "device_id"),
    Index("ix_tickets_request_id", "request_id"),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True),  # ids made within one millisecond do not say which came first
    Column("id", Text, nullable=False, unique=True),
    link("ticket_id", "tickets.id", required=True),
    words("kind"),
    words("actor_id"),
    words("actor"),
    moment("at"),
    Column("detail", Text, nullable=False, server_default="{}"),
    Index("ix_events_ticket_id", "ticket_id", "seq"),
)

messages = Table(
    "messages",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    link("ticket_id", "tickets.id", required=True),
    words("kind"),  # request, reply or note
    words("author_id"),
    words("author"),
    words("author_role"),  # employee, technician or partner
    Column("text", Text, nullable=False),
    moment("at"),
    moment("received_at"),
    number("device_seq"),
    Column("outbox_id", Text),
    Index("ix_messages_ticket_id", "ticket_id", "seq"),
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", Text, primary_key=True),
    number("size"),
    Column("content", LargeBinary),  # null: too large for the database, on disk under its hash
)

attachments = Table(
    "attachments",
    metadata,
    key(),
    link("ticket_id", "tickets.id", required=True),
    link("message_id", "messages.id"),
    words("name"),
    number("size"),
    link("sha256", "blobs.sha256", required=True),
    Index("ix_attachments_ticket_id", "ticket_id"),
    Index("ix_attachments_sha256", "sha256"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("ticket_id", Text, primary_key=True),
    Column("author_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),  # reply or note
    Column("text", Text, nullable=False),
    moment("at"),
)
