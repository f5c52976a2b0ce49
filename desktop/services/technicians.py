"""Who works with the Desk."""

from __future__ import annotations

from sqlalchemy import insert, update

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.domain.rows import TechnicianRow
from desktop.models import technician_queries
from desktop.models.tables import technicians
from desktop.services.recording import record_act
from desktop.services.work import Work


def list_technicians(work: Work) -> tuple[TechnicianRow, ...]:
    """Return everybody tickets can be assigned to, by name; `is_me` marks the acting one."""
    with work.store.reading() as connection:
        return technician_queries.list_technicians(connection, work.actor.id)


def add_technician(work: Work, name: str, *, email: str = "") -> Done[TechnicianRow]:
    """Let somebody be assigned to tickets. Raises AppError `person.name` where the name is empty."""
    cleaned = " ".join(name.split())[:120]
    if not cleaned:
        raise AppError("person.name", kind=ErrorKind.USAGE)
    technician_id = new_id(work.clock)
    values = {"id": technician_id, "name": cleaned, "email": email[:200], "created_at": to_text(work.clock())}
    with work.store.writing() as connection:
        connection.execute(insert(technicians).values(**values))
        record_act(work, connection, "technician.added", technician_id, name=cleaned)
    row = TechnicianRow(technician_id, cleaned, is_me=technician_id == work.actor.id)
    return Done(row, Changes.of(Subject.SETTING, "technicians"))


def rename_technician(work: Work, technician_id: str, name: str) -> Done[TechnicianRow]:
    """Give a technician another name; replies written before keep the old one.

    Raises AppError `person.name` where the name is empty, `technician.unknown`.
    """
    cleaned = " ".join(name.split())[:120]
    if not cleaned:
        raise AppError("person.name", kind=ErrorKind.USAGE)
    with work.store.writing() as connection:
        changed = update(technicians).where(technicians.c.id == technician_id)
        if not connection.execute(changed.values(name=cleaned, version=technicians.c.version + 1)).rowcount:
            raise AppError("technician.unknown", kind=ErrorKind.USAGE, parameters={"name": technician_id[:60]})
        record_act(work, connection, "technician.renamed", technician_id, name=cleaned)
    row = TechnicianRow(technician_id, cleaned, is_me=technician_id == work.actor.id)
    return Done(row, Changes.of(Subject.SETTING, "technicians"))
