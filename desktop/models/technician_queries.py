"""Reads technicians as rows."""

from __future__ import annotations

from sqlalchemy import Connection, select

from desktop.domain.list_rows import TechnicianRow
from desktop.models.tables import technicians


def find_technician(connection: Connection, technician_id: str = "") -> TechnicianRow | None:
    """Return one technician, or the first active one where no id is given; None where there is none."""
    query = select(technicians.c.id, technicians.c.name).order_by(technicians.c.id).limit(1)
    chosen = technicians.c.id == technician_id if technician_id else technicians.c.is_active == 1
    row = connection.execute(query.where(chosen)).first()
    return TechnicianRow(row.id, row.name) if row else None


def list_technicians(connection: Connection, me: str) -> tuple[TechnicianRow, ...]:
    """Return everybody tickets can be assigned to, by name."""
    query = select(technicians.c.id, technicians.c.name).where(technicians.c.is_active == 1)
    rows = connection.execute(query.order_by(technicians.c.name, technicians.c.id))
    return tuple(TechnicianRow(row.id, row.name, is_me=row.id == me) for row in rows)
