"""Keeps the checklists gone through on a ticket, by employees and technicians, so that they can be continued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.domain.rows import WizardRunRow
from desktop.domain.wizard.definition import Mode
from desktop.domain.wizard.run import Phase, RunState, from_document, to_document
from desktop.models import page_queries
from desktop.models.tables import devices, wizard_runs, wizard_steps
from desktop.services.recording import record_event
from desktop.services.tickets.changing import load
from desktop.services.work import Actor, Work


@dataclass(frozen=True, slots=True)
class SaveRun:
    """A run as the engine's own document (`domain.wizard.run.to_document`) on a ticket; its run id says which."""

    ticket: str
    document: Mapping[str, Any]
    device_id: str = ""


def save_run(work: Work, command: SaveRun) -> Done[WizardRunRow]:
    """Keep how far a checklist has come; the first time and the end are written into the history.

    Raises AppError `ticket.unknown`, `wizard.run_unreadable`.
    """
    run = from_document(command.document)
    with work.store.writing() as connection:
        ticket = load(connection, command.ticket)
        device_id = command.device_id or ticket.device_id or ""
        row = write_run(work, connection, run, ticket_id=ticket.id, device_id=device_id, actor=work.actor)
    return Done(row, Changes.of(Subject.WIZARD_RUN, row.id) | Changes.of(Subject.TICKET, ticket.id))


def list_runs(work: Work, ticket: str) -> tuple[WizardRunRow, ...]:
    """Return the runs on a ticket, oldest first. Raises AppError `ticket.unknown`."""
    with work.store.reading() as connection:
        return page_queries.list_runs(connection, load(connection, ticket).id)


def readable_runs(documents: list[dict[str, Any]]) -> tuple[RunState, ...]:
    """Return the runs a request brought along; one that cannot be read is left out, the request still counts."""
    found: list[RunState] = []
    for one in documents[:20]:
        try:
            found.append(from_document(one))
        except AppError:
            continue
    return tuple(found)


def write_run(
    work: Work, connection: Connection, run: RunState, *, ticket_id: str, device_id: str, actor: Actor
) -> WizardRunRow:
    """Write a run and its steps, new or renewed, with an event when it begins and when it ends."""
    before = connection.execute(select(wizard_runs).where(wizard_runs.c.id == run.run_id)).first()
    values = {
        "ticket_id": ticket_id,
        "device_id": device_id or None,
        "wizard": run.first,
        "audience": run.audience.value,
        "state": run.phase.value,
        "outcome": run.step if run.phase is Phase.FINISHED else "",
        "last_wizard": run.wizard,
        "last_step": run.step,
        "platform": _platform(connection, device_id),
        "started_at": to_text(run.started),
        "changed_at": to_text(work.clock()),
        "actor": actor.name,
        "document": json.dumps(to_document(run), ensure_ascii=False),
        "mode": Mode.READ_DO.value,
    }
    if before is None:
        connection.execute(insert(wizard_runs).values(id=run.run_id, **values))
    else:
        changed = update(wizard_runs).where(wizard_runs.c.id == run.run_id)
        connection.execute(changed.values(**values, version=before.version + 1))
    _write_steps(connection, run)
    if before is None or before.state != run.phase.value:
        detail = {"wizard": run.first, "steps": len(run.path), "phase": run.phase.value}
        if before is None or run.phase.is_over:
            record_event(work, connection, ticket_id, _event(run), detail=detail, actor=actor)
    return page_queries.read_run(connection, run.run_id)


def _platform(connection: Connection, device_id: str) -> str:
    found = connection.execute(select(devices.c.platform).where(devices.c.id == device_id)).scalar()
    return str(found or "")


def _event(run: RunState) -> str:
    if not run.phase.is_over:
        return "wizard_started"
    return "wizard_handed_over" if run.phase.value == "handed_over" else "wizard_finished"


def _write_steps(connection: Connection, run: RunState) -> None:
    connection.execute(delete(wizard_steps).where(wizard_steps.c.run_id == run.run_id))
    rows = [
        {
            "run_id": run.run_id,
            "position": position,
            "step": one.step,
            "answer": json.dumps(one.answer, ensure_ascii=False),
            "source": one.source.value,
            "at": to_text(one.left),
            "wizard": one.wizard,
            "wizard_version": one.version,
            "entered_at": to_text(one.entered),
            "exit": one.exit,
            "verify_before": one.before.value if one.before else "",
            "verify_after": one.after.value if one.after else "",
        }
        for position, one in enumerate(run.log)
    ]
    if rows:
        connection.execute(insert(wizard_steps), rows)
