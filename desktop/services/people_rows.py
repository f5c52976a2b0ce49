"""Writes people into the table; used by tickets, enrolment and the people's own use cases."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from desktop.base.clock import to_text
from desktop.base.ids import new_id
from desktop.models.device_queries import find_person_by_name
from desktop.models.tables import departments, people
from desktop.services.recording import record_act
from desktop.services.work import Work


def find_or_make_person(work: Work, connection: Connection, name: str, *, phone: str = "", department: str = "") -> str:
    """Return the id of the person of this name; a name not known yet becomes a new person."""
    cleaned = " ".join(name.split())[:120]
    found = find_person_by_name(connection, cleaned)
    if found:
        return found
    person_id = new_id(work.clock)
    values = {"id": person_id, "name": cleaned, "phone": phone[:60], "created_at": to_text(work.clock())}
    connection.execute(insert(people).values(**values, department_id=department_of(work, connection, department)))
    record_act(work, connection, "person.added", person_id, name=cleaned)
    return person_id


def department_of(work: Work, connection: Connection, name: str) -> str | None:
    """Return the id of a department, which is made where it is new; None for an empty name."""
    cleaned = " ".join(name.split())[:120]
    if not cleaned:
        return None
    found = connection.execute(select(departments.c.id).where(departments.c.name == cleaned)).scalar()
    if found:
        return str(found)
    department_id = new_id(work.clock)
    connection.execute(insert(departments).values(id=department_id, name=cleaned))
    return department_id
