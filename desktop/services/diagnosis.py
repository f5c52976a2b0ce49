"""Asks PCs for new diagnoses: one open ask per PC, answered by its employee, withdrawn, or expired after 14 days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.base.messages import Message
from desktop.domain.asking import MAX_REASON, VALID_FOR, AskDiagnosis, AskLevel, AskRow, AskState
from desktop.domain.payloads import Ask, Withdrawal
from desktop.domain.rows import DeviceRow
from desktop.models import ask_queries, device_queries
from desktop.models.tables import asks, device_keys
from desktop.services.outbox_rows import queue_payload
from desktop.services.recording import record_act, record_event
from desktop.services.tickets.changing import load
from desktop.services.work import Work


def ask_diagnosis(work: Work, command: AskDiagnosis) -> Done[AskRow]:
    """Ask a PC for its facts; its employee sees who asks and why, and decides. An open ask of this PC is replaced.

    Raises AppError `device.unknown`, `ticket.unknown`, `ask.not_let_in`, `ask.no_key`, `ask.reason` (too long).
    """
    reason = " ".join(command.reason.split())
    if len(reason) > MAX_REASON:
        raise AppError("ask.reason", kind=ErrorKind.USAGE, parameters={"limit": MAX_REASON})
    with work.store.writing() as connection:
        device = _addressee(connection, command.device)
        ticket = load(connection, command.ticket) if command.ticket else None
        replaced = _close_open(work, connection, device.id)
        ask_id = _insert(work, connection, device, ticket, level=command.level, reason=reason)
        row = ask_queries.find_ask(connection, ask_id, work.clock())
        assert row is not None  # noqa: S101 - written above, in this very transaction
        _note(work, connection, row, "diagnosis_asked", device=device.name, reason=reason)
    changes = Changes.of(Subject.DEVICE, device.id) | _touched(row, *replaced)
    return Done(row, changes, Undo(Message("undo.diagnosis_asked", {"name": device.name}), _withdrawing(ask_id)))


def withdraw_ask(work: Work, ask_id: str) -> Done[AskRow]:
    """Take an ask back and tell the PC. Raises AppError `ask.unknown`, `ask.over` where it is not open any more."""
    with work.store.writing() as connection:
        row = ask_queries.find_ask(connection, ask_id, work.clock())
        if row is None:
            raise AppError("ask.unknown", kind=ErrorKind.USAGE, parameters={"id": ask_id[:60]})
        if row.state is not AskState.OPEN:
            raise AppError("ask.over", parameters={"name": row.device_name})
        _end(connection, ask_id, AskState.WITHDRAWN)
        payload = Withdrawal(ask_id)
        queue_payload(work, connection, payload, device_id=row.device_id, ticket_id=row.ticket_id or None)
        _note(work, connection, row, "diagnosis_withdrawn", device=row.device_name)
        after = ask_queries.find_ask(connection, ask_id, work.clock()) or row
    again = AskDiagnosis(row.device_id, row.ticket_id, row.level, row.reason)
    label = Message("undo.diagnosis_withdrawn", {"name": row.device_name})
    changes = Changes.of(Subject.DEVICE, row.device_id) | _touched(row)
    return Done(after, changes, Undo(label, lambda later: ask_diagnosis(later, again)))


def list_asks(work: Work, device: str = "", *, ticket_id: str = "") -> tuple[AskRow, ...]:
    """Return what PCs were asked, newest first; of one device (id or name) or ticket where given.

    Raises AppError `device.unknown`.
    """
    with work.store.reading() as connection:
        device_id = _known(connection, device).id if device else ""
        return ask_queries.list_asks(connection, work.clock(), device_id=device_id, ticket_id=ticket_id)


def find_open_ask(work: Work, device: str) -> AskRow | None:
    """Return what a PC (id or name) is asked right now, or None. Raises AppError `device.unknown`."""
    return next((one for one in list_asks(work, device) if one.state is AskState.OPEN), None)


def _insert(
    work: Work, connection: Connection, device: DeviceRow, ticket: Row[Any] | None, *, level: AskLevel, reason: str
) -> str:
    now, ask_id = work.clock(), new_id(work.clock)
    ticket_id = ticket.id if ticket is not None else None
    payload = Ask(
        ask_id=ask_id,
        author=work.actor.name,
        created_at=to_text(now),
        expires_at=to_text(now + VALID_FOR),
        level=level.value,
        reason=reason,
        ticket=ticket.number if ticket is not None else "",
        title=_title_for(ticket, device.id),
        about=ticket.request_id if ticket is not None and ticket.request_device_id == device.id else "",
    )
    values = {"id": ask_id, "device_id": device.id, "ticket_id": ticket_id, "level": level.value, "reason": reason}
    values |= {"actor_id": work.actor.id, "actor": work.actor.name, "state": AskState.OPEN.value}
    connection.execute(insert(asks).values(**values, created_at=payload.created_at, expires_at=payload.expires_at))
    queue_payload(work, connection, payload, device_id=device.id, ticket_id=ticket_id)
    return ask_id


def _title_for(ticket: Row[Any] | None, device_id: str) -> str:
    """Return the ticket's title where the ticket is this PC's: nobody reads on a PC what another one reported."""
    is_own = ticket is not None and device_id in (ticket.device_id, ticket.request_device_id)
    return str(ticket.title) if ticket is not None and is_own else ""


def _close_open(work: Work, connection: Connection, device_id: str) -> list[AskRow]:
    """End the open asks of a PC, which learns of it by the new one; other tickets are told in their history."""
    found = ask_queries.list_asks(connection, work.clock(), device_id=device_id)
    replaced = [one for one in found if one.state is AskState.OPEN]
    for one in replaced:
        _end(connection, one.id, AskState.REPLACED)
        _note(work, connection, one, "diagnosis_replaced", device=one.device_name)
    return replaced


def _end(connection: Connection, ask_id: str, state: AskState) -> None:
    connection.execute(update(asks).where(asks.c.id == ask_id).values(state=state.value))


def _note(work: Work, connection: Connection, row: AskRow, what: str, **detail: str) -> None:
    """Write what happened into the ticket's history, or where there is no ticket into the audit chain alone."""
    if row.ticket_id:
        record_event(work, connection, row.ticket_id, what, detail={**detail, "ask": row.id})
    else:
        record_act(work, connection, f"device.{what}", row.device_id, **detail, ask=row.id)


def _addressee(connection: Connection, name: str) -> DeviceRow:
    device = _known(connection, name)
    key = select(device_keys.c.device_id).where(
        device_keys.c.device_id == device.id, device_keys.c.revoked_at.is_(None)
    )
    if device.status != "approved":
        raise AppError("ask.not_let_in", parameters={"name": device.name})
    if connection.execute(key).first() is None:  # an invented one, of the demo
        raise AppError("ask.no_key", parameters={"name": device.name})
    return device


def _known(connection: Connection, name: str) -> DeviceRow:
    device = device_queries.find_device(connection, name)
    if device is None:
        raise AppError("device.unknown", kind=ErrorKind.USAGE, parameters={"name": name[:60]})
    return device


def _touched(*rows: AskRow) -> Changes:
    return Changes.of(Subject.TICKET, *(one.ticket_id for one in rows if one.ticket_id))


def _withdrawing(ask_id: str) -> Callable[[Work], Done[AskRow]]:
    return lambda work: withdraw_ask(work, ask_id)
