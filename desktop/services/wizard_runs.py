"""Keeps the checklists gone through on a ticket, by employees and technicians, so that they can be continued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import is_id, new_id
from desktop.base.messages import Message
from desktop.domain.rows import WizardRunRow
from desktop.domain.wizard import events
from desktop.domain.wizard.definition import Audience, Mode
from desktop.domain.wizard.engine import advance
from desktop.domain.wizard.foreign_run import run_of_pc
from desktop.domain.wizard.run import Answer, Phase, RunState, from_document, goes_on, signed, to_document
from desktop.domain.wizard.scene import Scene
from desktop.domain.wizard.suggest import PastEnd
from desktop.models import history_queries, page_queries
from desktop.models.tables import devices, wizard_runs, wizard_steps
from desktop.services.recording import record_event
from desktop.services.tickets.changing import load
from desktop.services.wizard_library import read_library
from desktop.services.work import Actor, Work

_MEMORY = timedelta(days=365)  # our judgement: what helped longer ago was another machine and another system


@dataclass(frozen=True, slots=True)
class SaveRun:
    """A run as the engine's own document (`domain.wizard.run.to_document`) on a ticket; its run id says which."""

    ticket: str
    document: Mapping[str, Any]
    device_id: str = ""


def save_run(work: Work, command: SaveRun) -> Done[WizardRunRow]:
    """Keep how far a checklist has come; the first time and the end are written into the history.

    Raises AppError `ticket.unknown`, `wizard.run_unreadable`, `wizard.run_moved` where somebody else has gone on.
    """
    return _save(work, command.ticket, from_document(command.document), device_id=command.device_id)


def _save(work: Work, number_or_id: str, run: RunState, *, device_id: str = "") -> Done[WizardRunRow]:
    with work.store.writing() as connection:
        ticket = load(connection, number_or_id)
        device_id = device_id or ticket.device_id or ""
        row = write_run(work, connection, run, ticket_id=ticket.id, device_id=device_id, actor=work.actor)
    return Done(row, Changes.of(Subject.WIZARD_RUN, row.id) | Changes.of(Subject.TICKET, ticket.id))


@dataclass(frozen=True, slots=True)
class PutAway:
    """A run on a ticket that leads nowhere, and why."""

    ticket: str
    run: str
    reason: str


def put_away(work: Work, command: PutAway) -> Done[WizardRunRow]:
    """End a run that was left in the middle. Raises AppError `wizard.run_unknown`, `wizard.event`, `wizard.reason`."""
    before = from_document(_find(work, command.ticket, command.run).document)
    ours = replace(before, audience=Audience.TECHNICIAN)
    after = advance(Scene({}), ours, events.Abandoned(command.reason, work.clock()))
    done = _save(work, command.ticket, after)
    label = Message("undo.wizard_abandoned")
    return replace(done, undo=Undo(label, lambda later: _take_up(later, command.ticket, before)))


def _take_up(work: Work, ticket: str, before: RunState) -> Done[WizardRunRow]:
    """Put a run back as it was, unless somebody has gone on with it since. Raises AppError `wizard.event`."""
    if _find(work, ticket, before.run_id).state != Phase.ABANDONED.value:
        raise AppError("wizard.event")
    return _save(work, ticket, before)


@dataclass(frozen=True, slots=True)
class FillField:
    """What a hand-over wanted to know of a run; None is "I do not know"."""

    ticket: str
    run: str
    field: str
    value: Answer


def fill_field(work: Work, command: FillField) -> Done[WizardRunRow]:
    """Keep an answer with its run, however that ended. Raises AppError `wizard.run_unknown`, `wizard.event`."""
    before = from_document(_find(work, command.ticket, command.run).document)
    scene = Scene(read_library(work).wizards)
    after = advance(scene, before, events.Filled(command.field, command.value, work.clock()))
    return _save(work, command.ticket, after)


def _find(work: Work, ticket: str, run: str) -> WizardRunRow:
    found = next((one for one in list_runs(work, ticket) if one.id == run), None)
    if found is None:
        raise AppError("wizard.run_unknown", kind=ErrorKind.USAGE)
    return found


def list_runs(work: Work, ticket: str) -> tuple[WizardRunRow, ...]:
    """Return the runs on a ticket, oldest first. Raises AppError `ticket.unknown`."""
    with work.store.reading() as connection:
        return page_queries.list_runs(connection, load(connection, ticket).id)


def list_past_ends(work: Work, ticket: str) -> tuple[PastEnd, ...]:
    """Return how checklists ended in the last year on tickets like this one. Raises AppError `ticket.unknown`."""
    since = to_text(work.clock() - _MEMORY)
    with work.store.reading() as connection:
        return history_queries.list_past_ends(connection, load(connection, ticket).id, since=since)


def readable_runs(work: Work, documents: list[dict[str, Any]]) -> tuple[RunState, ...]:
    """Return the runs a request brought along; one that cannot be read is left out, the request still counts."""
    found: dict[str, RunState] = {}
    for one in documents[:20]:
        try:
            run = run_of_pc(one)
        except AppError:
            continue
        run = run if is_id(run.run_id) else replace(run, run_id=new_id(work.clock))
        found[run.run_id] = run
    return tuple(found.values())


def write_run(
    work: Work, connection: Connection, run: RunState, *, ticket_id: str, device_id: str, actor: Actor
) -> WizardRunRow:
    """Write a run and its steps, new or renewed, with an event when it begins, ends or goes on after its end.

    A run that stands on another ticket stays there: a PC that names it gets one of its own. Raises AppError
    `wizard.run_moved` where somebody else has taken further steps.
    """
    before = connection.execute(select(wizard_runs).where(wizard_runs.c.id == run.run_id)).first()
    if before is not None and before.ticket_id not in (ticket_id, None):  # without a ticket it was only counted
        run, before = replace(run, run_id=new_id(work.clock)), None
    known = from_document(json.loads(before.document)) if before else None
    if known is not None and before is not None and before.ticket_id is not None and not goes_on(run, known):
        raise AppError("wizard.run_moved")
    run = signed(run, known, actor.name)
    values = {
        **_values(work, run),
        "ticket_id": ticket_id,
        "device_id": device_id or None,
        "platform": _platform(connection, device_id),
        "actor": actor.name,
    }
    if before is None:
        connection.execute(insert(wizard_runs).values(id=run.run_id, **values))
    else:
        changed = update(wizard_runs).where(wizard_runs.c.id == run.run_id)
        connection.execute(changed.values(**values, version=before.version + 1))
    _write_steps(connection, run)
    kind = _event(run, before.state if before else "")
    if kind:
        detail = {"wizard": run.first, "steps": len(run.path), "phase": run.phase.value, "run": run.run_id}
        record_event(work, connection, ticket_id, kind, detail=detail, actor=actor)
    return page_queries.read_run(connection, run.run_id)


def write_counted(work: Work, connection: Connection, run: RunState, *, platform: str) -> None:
    """Write a run that belongs to no ticket, no PC and no person: it is there for the figures."""
    connection.execute(insert(wizard_runs).values(id=run.run_id, **_values(work, run), platform=platform))
    _write_steps(connection, run)


def _values(work: Work, run: RunState) -> dict[str, object]:
    """Return the columns that follow from the run alone; a PC's clock that is ahead does not put it in the future."""
    now = work.clock()
    return {
        "wizard": run.first,
        "audience": run.audience.value,
        "state": run.phase.value,
        "outcome": run.step if run.phase is Phase.FINISHED else "",
        "last_wizard": run.wizard,
        "last_step": run.step,
        "started_at": to_text(min(run.started, now)),
        "changed_at": to_text(now),
        "document": json.dumps(to_document(run), ensure_ascii=False),
        "mode": Mode.READ_DO.value,
    }


def _platform(connection: Connection, device_id: str) -> str:
    found = connection.execute(select(devices.c.platform).where(devices.c.id == device_id)).scalar()
    return str(found or "")


_ENDS = {
    Phase.FINISHED.value: "wizard_finished",
    Phase.HANDED_OVER.value: "wizard_handed_over",
    Phase.ABANDONED.value: "wizard_abandoned",
}


def _event(run: RunState, before: str) -> str:
    """Return what a change of phase is called in the history; empty where it says nothing."""
    if run.phase.value == before:
        return ""
    if run.phase.is_over:
        return _ENDS[run.phase.value]
    return "wizard_continued" if before in _ENDS else "" if before else "wizard_started"


def _counted(answer: Answer) -> Answer:
    """Return what the log of steps keeps of an answer: whether it helped, and since when. No words of a person.

    All answers stand in the run's document, which goes with its ticket.
    """
    if answer in ("yes", "no"):
        return answer
    try:
        return datetime.fromisoformat(answer) and answer if isinstance(answer, str) else None
    except ValueError:
        return None


def _write_steps(connection: Connection, run: RunState) -> None:
    connection.execute(delete(wizard_steps).where(wizard_steps.c.run_id == run.run_id))
    rows = [
        {
            "run_id": run.run_id,
            "position": position,
            "step": one.step,
            "answer": json.dumps(_counted(one.answer)),
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
