"""The rows of lists of ticks: one run per list with its document, one step per entry of its log."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.domain.ticket import StateType
from desktop.domain.wizard import ticking
from desktop.domain.wizard.definition import Audience, Mode
from desktop.domain.wizard.run import Phase, Source
from desktop.domain.wizard.ticks import TickList, TickState, from_document, progress, to_document
from desktop.models.device_queries import read_snapshot_row
from desktop.models.tables import devices, tickets, wizard_runs, wizard_steps
from desktop.services.recording import record_event
from desktop.services.work import Actor, Work

_IS_LIST = wizard_runs.c.mode == Mode.DO_CONFIRM.value


@dataclass(frozen=True, slots=True)
class StoredList:
    """A list with the ticket it is on."""

    ticks: TickList
    ticket_id: str
    number: str
    state: StateType


@dataclass(frozen=True, slots=True)
class ListRows:
    """A list exactly as it was stored, for putting it on again."""

    run: Mapping[str, Any]
    steps: Sequence[Mapping[str, Any]]


def load_list(connection: Connection, run: str) -> StoredList:
    """Return a list as it is now. Raises AppError `wizard.list_gone`, `wizard.run_unreadable`."""
    query = (
        select(wizard_runs.c.document, tickets.c.id, tickets.c.number, tickets.c.state_type)
        .join(tickets, tickets.c.id == wizard_runs.c.ticket_id)
        .where(wizard_runs.c.id == run, _IS_LIST)
    )
    found = connection.execute(query).first()
    if found is None:
        raise AppError("wizard.list_gone")
    ticks = from_document(json.loads(found.document))
    return StoredList(ticks, str(found.id), str(found.number), StateType(found.state_type))


def find_unfinished(connection: Connection, ticket_id: str, wizard: str) -> str:
    """Return the id of a list of this name on the ticket that is not done yet, or nothing."""
    query = select(wizard_runs.c.id).where(
        wizard_runs.c.ticket_id == ticket_id,
        wizard_runs.c.wizard == wizard,
        wizard_runs.c.state != Phase.FINISHED.value,
        _IS_LIST,
    )
    return str(connection.execute(query).scalars().first() or "")


def insert_list(connection: Connection, ticks: TickList, ticket: Row[Any]) -> StoredList:
    """Write a list that has just been put on a ticket."""
    platform = connection.execute(select(devices.c.platform).where(devices.c.id == ticket.device_id)).scalar()
    connection.execute(
        insert(wizard_runs).values(
            id=ticks.run_id,
            ticket_id=ticket.id,
            device_id=ticket.device_id,
            wizard=ticks.wizard,
            audience=Audience.TECHNICIAN.value,
            started_at=to_text(ticks.attached),
            changed_at=to_text(ticks.attached),
            actor=ticks.attached_by,
            mode=Mode.DO_CONFIRM.value,
            platform=platform or "",
            **_columns(ticks),
        )
    )
    return StoredList(ticks, str(ticket.id), str(ticket.number), StateType(ticket.state_type))


def update_list(work: Work, connection: Connection, ticks: TickList) -> None:
    """Write a list that has changed, and its log as steps."""
    own = wizard_runs.c.id == ticks.run_id
    values = {**_columns(ticks), "changed_at": to_text(work.clock()), "version": wizard_runs.c.version + 1}
    connection.execute(update(wizard_runs).where(own).values(**values))
    connection.execute(delete(wizard_steps).where(wizard_steps.c.run_id == ticks.run_id))
    if ticks.log:
        connection.execute(insert(wizard_steps), _steps(ticks))


def _columns(ticks: TickList) -> dict[str, Any]:
    is_complete = progress(ticks).is_complete
    return {
        "state": (Phase.FINISHED if is_complete else Phase.ASKING).value,
        "outcome": "",
        "document": json.dumps(to_document(ticks), ensure_ascii=False),
        "blocks": int(ticks.blocks),
    }


def _steps(ticks: TickList) -> list[dict[str, Any]]:
    return [
        {
            "run_id": ticks.run_id,
            "position": position,
            "step": one.item,
            "answer": "null",
            "source": (Source.AUTO if one.evidence else Source.HUMAN).value,
            "at": to_text(one.at),
            "wizard": ticks.wizard,
            "wizard_version": ticks.version,
            "entered_at": to_text(one.at),
            "exit": one.state.value,
            "verify_before": "",
            "verify_after": one.evidence.state.value if one.evidence else "",
        }
        for position, one in enumerate(ticks.log)
    ]


def delete_list(connection: Connection, run: str) -> ListRows:
    """Take a list out of the database; returns what it takes to put it back."""
    own_run = connection.execute(select(wizard_runs).where(wizard_runs.c.id == run)).mappings().one()
    own_steps = connection.execute(select(wizard_steps).where(wizard_steps.c.run_id == run)).mappings()
    rows = ListRows(dict(own_run), [dict(one) for one in own_steps])
    connection.execute(delete(wizard_steps).where(wizard_steps.c.run_id == run))
    connection.execute(delete(wizard_runs).where(wizard_runs.c.id == run))
    return rows


def restore_list(connection: Connection, rows: ListRows) -> None:
    """Put a list back as it was; where it already is back, nothing happens."""
    if connection.execute(select(wizard_runs.c.id).where(wizard_runs.c.id == rows.run["id"])).first():
        return
    connection.execute(insert(wizard_runs).values(**rows.run))
    if rows.steps:
        connection.execute(insert(wizard_steps), list(rows.steps))


def confirm_stored(work: Work, connection: Connection, stored: StoredList) -> bool:
    """Let the newest diagnosis tick a list; tells whether that changed anything. A closed ticket stays as it is."""
    if stored.state is StateType.CLOSED:
        return False
    before, at = stored.ticks, work.clock()
    ticks = ticking.confirm(before, _diagnosis(connection, stored.ticket_id, at), at=at)
    if ticks == before:
        return False
    update_list(work, connection, ticks)
    for one in ticks.log[len(before.log) :]:
        kind = "wizard_item_confirmed" if one.state is TickState.DONE else "wizard_item_denied"
        detail = {"list": ticks.title.both, "run": ticks.run_id, "item": ticks.item(one.item).name.both}
        record_event(work, connection, stored.ticket_id, kind, detail=detail, actor=Actor())
    return True


def _diagnosis(connection: Connection, ticket_id: str, at: datetime) -> ticking.Diagnosis:
    """Return the newest of the ticket's PC: what it came with need not be true any more."""
    query = (
        select(devices.c.id, devices.c.name)
        .join(tickets, tickets.c.device_id == devices.c.id)
        .where(tickets.c.id == ticket_id)
    )
    device = connection.execute(query).first()
    snapshot = read_snapshot_row(connection, "", device.id) if device else None
    if device is None or snapshot is None:
        return ticking.Diagnosis(device.name if device else "", at)
    return ticking.Diagnosis(device.name, snapshot.taken_at, snapshot.findings)


def confirm_lists_of(work: Work, connection: Connection, *, device_id: str = "", ticket_id: str = "") -> None:
    """Let the newest diagnosis tick all lists on the open tickets of a PC, or those on one ticket."""
    where = tickets.c.id == ticket_id if ticket_id else tickets.c.device_id == device_id
    query = select(wizard_runs.c.id).join(tickets, tickets.c.id == wizard_runs.c.ticket_id)
    is_open = tickets.c.state_type != StateType.CLOSED.value
    for run in connection.execute(query.where(where, is_open, _IS_LIST)).scalars().all():
        try:
            stored = load_list(connection, run)
        except AppError:  # damaged: its own page says so, the others are ticked
            continue
        confirm_stored(work, connection, stored)
