"""What machines said and what was agreed with them: snapshots with findings, asked diagnoses, the policy."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table, Text

from desktop.models.tables.common import key, link, metadata, moment, number, version, words

snapshots = Table(
    "snapshots",
    metadata,
    key(),
    link("device_id", "devices.id", required=True),
    link("ticket_id", "tickets.id"),
    moment("taken_at"),
    moment("received_at"),
    words("level"),
    number("size"),  # bytes of the document before compression
    Column("document", LargeBinary, nullable=False),  # zlib of its JSON
    number("hints"),  # present findings that are worse than a remark: none makes a baseline
    Index("ix_snapshots_device_id", "device_id", "taken_at"),
    Index("ix_snapshots_ticket_id", "ticket_id"),
)

findings = Table(
    "findings",
    metadata,
    link("snapshot_id", "snapshots.id", required=True),
    number("position"),
    Column("finding", Text, nullable=False),
    words("state"),
    words("severity"),
    Column("evidence", Text, nullable=False, server_default="{}"),
    words("wizard"),
    Index("ix_findings_snapshot_id", "snapshot_id", "position", unique=True),
    Index("ix_findings_finding", "finding", "state"),
)

asks = Table(
    "asks",
    metadata,
    key(),
    link("device_id", "devices.id", required=True),
    link("ticket_id", "tickets.id"),
    words("level"),
    words("reason"),
    words("actor_id"),
    words("actor"),
    moment("created_at"),
    moment("expires_at"),
    words("state"),  # open, answered, declined, withdrawn or replaced; an open one past its date has expired
    moment("answered_at", required=False),
    words("comment"),
    Column("snapshot_id", Text),
    Index("ix_asks_device_id", "device_id", "created_at"),
    Index("ix_asks_ticket_id", "ticket_id"),
)

policy = Table(
    "policy",
    metadata,
    key(),
    Column("document", Text, nullable=False, server_default="{}"),
    moment("changed_at"),
    version(),
)
