"""Keeps a ticket open while a list that has to be done is not."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from desktop.base.errors import AppError
from desktop.domain.ticket import StateType
from desktop.domain.wizard.definition import Wording
from desktop.domain.wizard.ticks import from_document, progress
from desktop.models.tables import wizard_runs

ENDED = frozenset({StateType.SOLVED.value, StateType.CLOSED.value})


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list that keeps its ticket open, and how many of its items are missing."""

    run: str
    title: Wording
    missing: int


def find_open_list(connection: Connection, ticket_id: str) -> OpenList | None:
    """Return the oldest list that keeps a ticket open, or None."""
    query = select(wizard_runs.c.id, wizard_runs.c.document).where(
        wizard_runs.c.ticket_id == ticket_id, wizard_runs.c.blocks == 1
    )
    found = connection.execute(query.order_by(wizard_runs.c.started_at, wizard_runs.c.id)).first()
    if found is None:
        return None
    ticks = from_document(json.loads(found.document))
    return OpenList(str(found.id), ticks.title, progress(ticks).missing)


def check_lists_done(connection: Connection, ticket_id: str) -> None:
    """Raise AppError `wizard.list_open`, which names the list and its id, where a list keeps the ticket open."""
    found = find_open_list(connection, ticket_id)
    if found is not None:
        parameters = {"list": found.title.both, "count": found.missing, "ticket": ticket_id, "run": found.run}
        raise AppError("wizard.list_open", parameters=parameters)
