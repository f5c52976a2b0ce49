"""Takes in a diagnosis that a PC sent on its own: asked for or not, or declined."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, update

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.domain.asking import AskState
from desktop.domain.payloads import Diagnosis, Fate
from desktop.domain.snapshot import Severity, Snapshot
from desktop.exchange.reports import Arrival
from desktop.models.tables import asks, people
from desktop.services.intake.report import Outcome
from desktop.services.intake.taking import Sender, written_at
from desktop.services.judging import take_snapshot
from desktop.services.recording import record_act
from desktop.services.snapshots import store_snapshot
from desktop.services.tickets.changing import TicketChange, load
from desktop.services.work import Actor, Work


def take_diagnosis(work: Work, connection: Connection, arrival: Arrival, payload: Diagnosis, sender: Sender) -> Outcome:
    """Keep what came for the device and the ticket it was asked for; late answers count as well.

    Raises AppError `payload.invalid` where neither facts nor a refusal are in it.
    """
    written_at(payload.created_at)
    ask = _ask_of(connection, payload, sender)
    snapshot = None if payload.is_declined else take_snapshot(connection, payload.snapshot, sender.id)
    if snapshot is None and not payload.is_declined:
        raise AppError("payload.invalid", parameters={"key": "snapshot"})
    ticket_id = str(ask.ticket_id or "") if ask is not None else ""
    snapshot_id = ""
    if snapshot is not None:
        snapshot_id = store_snapshot(work, connection, snapshot, device_id=sender.id, ticket_id=ticket_id or None)
    if ask is not None:
        _settle(work, connection, payload, ask_id=ask.id, snapshot_id=snapshot_id)
    if not ticket_id:
        what = "declined" if snapshot is None else "came"
        record_act(work, connection, f"device.diagnosis_{what}", sender.id, ask=payload.answers, snapshot=snapshot_id)
        return Outcome(arrival, Fate.IMPORTED, device_id=sender.id)
    number = _tell_ticket(work, connection, payload, sender, ticket_id=ticket_id, found=(snapshot_id, snapshot))
    return Outcome(arrival, Fate.IMPORTED, ticket_id, number, sender.id)


def _ask_of(connection: Connection, payload: Diagnosis, sender: Sender) -> Row[Any] | None:
    """Find what is answered; only the PC that was asked may answer."""
    own = (asks.c.id == payload.answers, asks.c.device_id == sender.id)
    return connection.execute(select(asks).where(*own)).first() if payload.answers else None


def _settle(work: Work, connection: Connection, payload: Diagnosis, *, ask_id: str, snapshot_id: str) -> None:
    state = AskState.DECLINED if payload.is_declined else AskState.ANSWERED
    values = {"state": state.value, "answered_at": to_text(work.clock()), "comment": payload.comment.strip()}
    connection.execute(update(asks).where(asks.c.id == ask_id).values(**values, snapshot_id=snapshot_id or None))


def _tell_ticket(
    work: Work,
    connection: Connection,
    payload: Diagnosis,
    sender: Sender,
    *,
    ticket_id: str,
    found: tuple[str, Snapshot | None],
) -> str:
    """Show on the ticket what came, as news; returns its number."""
    ticket = load(connection, ticket_id)
    name = connection.execute(select(people.c.name).where(people.c.id == sender.person_id)).scalar()
    change = TicketChange(work, connection, ticket, actor=Actor(sender.person_id, name or sender.name))
    snapshot_id, snapshot = found
    comment = " ".join(payload.comment.split())[:300]
    if snapshot is None:
        change.record("diagnosis_declined", device=sender.name, reason=comment)
    else:
        hints = sum(one.severity is not Severity.INFO for one in snapshot.present)
        change.set(snapshot_id=snapshot_id)
        change.record("diagnosis_came", device=sender.name, hints=hints, snapshot=snapshot_id, reason=comment)
    change.set(has_news=1)
    change.save()
    return str(ticket.number)
