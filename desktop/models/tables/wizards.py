"""Checklists: how far each run came and by which steps, and the files the company wrote itself."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from desktop.models.tables.common import key, link, metadata, moment, number, version, words

wizard_runs = Table(
    "wizard_runs",
    metadata,
    key(),
    link("ticket_id", "tickets.id"),  # none: solved on the PC without a request
    link("device_id", "devices.id"),
    words("wizard"),
    words("audience"),
    words("state"),
    words("outcome"),
    moment("started_at"),
    moment("changed_at"),
    words("actor"),
    Column("document", Text, nullable=False),
    version(),
    words("mode"),  # read-do or do-confirm; empty in rows of before there were two
    number("blocks"),  # 1 while a list that has to be done keeps its ticket from being closed
    words("last_wizard"),  # where it stands: the checklist and its step, an outcome where it came to an end
    words("last_step"),
    words("platform"),  # windows, macos or linux: the system it was about; empty where nobody knows
    Index("ix_wizard_runs_ticket_id", "ticket_id"),
    Index("ix_wizard_runs_wizard", "wizard", "started_at"),
)

wizard_steps = Table(
    "wizard_steps",
    metadata,
    Column("run_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    words("step"),
    words("answer"),
    words("source"),
    words("at"),  # when it was left
    words("wizard"),  # whose step it is: a run may go on in another wizard; empty in rows of before this was kept
    number("wizard_version"),
    words("entered_at"),
    words("exit"),
    words("verify_before"),
    words("verify_after"),
    Index("ix_wizard_steps_run_id", "run_id", "position", unique=True),
    Index("ix_wizard_steps_wizard", "wizard", "step"),
)

wizard_files = Table(
    "wizard_files",
    metadata,
    key(),
    Column("wizard", Text, nullable=False),
    number("number"),  # counts the published ones of a wizard; 0 is the draft
    words("state"),  # draft, published (the one in force), earlier or withdrawn
    Column("content", Text, nullable=False),  # the TOML file
    number("base_version"),  # the built-in wizard's version it was copied from; 0 where it is the company's own
    words("base_hash"),  # SHA-256 of that built-in file, so that a moved original shows
    words("note"),  # what was changed, in the author's words
    words("actor_id"),
    words("actor"),
    moment("created_at"),
    moment("changed_at"),
    version(),
    Index("ix_wizard_files_wizard", "wizard", "number", unique=True),
)
