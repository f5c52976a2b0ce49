"""Reads asks for diagnoses as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from desktop.base.clock import from_text
from desktop.domain.asking import AskLevel, AskRow, AskState
from desktop.models.list_queries import optional_moment
from desktop.models.tables import asks, devices, snapshots, tickets


def list_asks(connection: Connection, now: datetime, *, device_id: str = "", ticket_id: str = "") -> tuple[AskRow, ...]:
    """Return asks newest first, of one device or ticket where given."""
    query = _query()
    if device_id:
        query = query.where(asks.c.device_id == device_id)
    if ticket_id:
        query = query.where(asks.c.ticket_id == ticket_id)
    found = connection.execute(query.order_by(asks.c.created_at.desc(), asks.c.id.desc()))
    return tuple(_row(one, now) for one in found)


def find_ask(connection: Connection, ask_id: str, now: datetime) -> AskRow | None:
    """Return one ask, or None."""
    one = connection.execute(_query().where(asks.c.id == ask_id)).first()
    return _row(one, now) if one else None


def _query() -> Select[*tuple[Any, ...]]:
    names = (devices.c.name.label("device_name"), tickets.c.number.label("ticket"))
    kept = snapshots.c.id.label("kept_id")  # what came may have been thinned out since
    joined = asks.join(devices, devices.c.id == asks.c.device_id).outerjoin(tickets, tickets.c.id == asks.c.ticket_id)
    return select(asks, *names, kept).select_from(joined.outerjoin(snapshots, snapshots.c.id == asks.c.snapshot_id))


def _row(one: Row[*tuple[Any, ...]], now: datetime) -> AskRow:
    state, expires_at = AskState(one.state), from_text(one.expires_at)
    return AskRow(
        id=one.id,
        device_id=one.device_id,
        device_name=one.device_name,
        ticket_id=one.ticket_id or "",
        ticket=one.ticket or "",
        level=AskLevel(one.level),
        reason=one.reason,
        actor=one.actor,
        created_at=from_text(one.created_at),
        expires_at=expires_at,
        state=AskState.EXPIRED if state is AskState.OPEN and expires_at <= now else state,
        answered_at=optional_moment(one.answered_at),
        comment=one.comment,
        snapshot_id=one.kept_id or "",
    )
