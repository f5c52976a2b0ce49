"""A list of ticks in the middle of its work, so that the demo has one to look at and to go on with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from desktop.base.clock import to_text
from desktop.domain.ticket import StateType
from desktop.domain.wizard.tick_commands import AttachList, NoteItem, SetItem
from desktop.domain.wizard.ticks import TickState
from desktop.models.tables import technicians, tickets
from desktop.services.wizard_ticks import attach_list, note_item, set_item
from desktop.services.work import Actor, Work

LIST = "device-replacement"
_DONE = ("agreed", "data", "tested", "old_key")


def live_lists(work: Work, connection: Connection, *, now: datetime) -> None:
    """Have a technician replace a slow PC: the data is safe, the new device is still to come."""
    at = now - timedelta(minutes=95)
    query = (
        select(tickets.c.id, technicians.c.id.label("technician"), technicians.c.name)
        .join(technicians, technicians.c.id == tickets.c.assignee_id)
        .where(
            tickets.c.state_type == StateType.OPEN.value,
            tickets.c.category == "hardware",
            tickets.c.device_id.is_not(None),
            tickets.c.created_at < to_text(at),
        )
        .order_by(tickets.c.created_at.desc(), tickets.c.id)
    )
    found = connection.execute(query).first()
    if found is None:
        return
    acting = _at(work.acting_as(Actor(found.technician, found.name)), at)
    run = attach_list(acting, AttachList(found.id, LIST)).result.id
    for place, item in enumerate(_DONE, start=1):
        acting = _at(acting, at + place * timedelta(minutes=14))
        set_item(acting, SetItem(run, item, TickState.DONE))
    set_item(
        acting, SetItem(run, "image", TickState.NOT_NEEDED, "Das Laufwerk ist gesund, nur der Rechner ist zu alt.")
    )
    note_item(acting, NoteItem(run, "inventory", "CAD-Lizenz hängt an diesem Gerät, vor dem Tausch abmelden."))


def _at(work: Work, moment: datetime) -> Work:
    return replace(work, clock=lambda: moment)
