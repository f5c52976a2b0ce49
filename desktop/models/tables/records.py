"""What the Desk keeps about itself: the company, gapless counters, the audit chain, the search vocabulary."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, Table, Text

from desktop.models.tables.common import metadata, moment, number, version, words

company = Table(
    "company",
    metadata,
    Column("id", Text, primary_key=True),  # the organisation's id
    words("name"),
    words("mailbox"),
    words("help_phone"),
    Column("box_key", LargeBinary, nullable=False),
    Column("sign_key", LargeBinary, nullable=False),
    Column("recovery_key", LargeBinary, nullable=False),
    moment("created_at"),
    version(),
)

counters = Table("counters", metadata, Column("name", Text, primary_key=True), number("value"))

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    moment("at"),
    words("actor_id"),
    words("action"),
    words("object_id"),
    words("detail_hash"),
    words("prev"),
    words("hash"),
)

audit_details = Table(
    "audit_details",
    metadata,
    Column("seq", Integer, primary_key=True),
    words("salt"),
    words("detail"),
)

search_words = Table(
    "search_words",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("word", Text, nullable=False, unique=True),
)
