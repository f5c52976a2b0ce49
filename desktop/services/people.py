"""The people of the company: who they are, how to reach them and what they asked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, update

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.domain.folding import folded
from desktop.domain.rows import PersonRow, TicketRow
from desktop.models import device_queries
from desktop.models.page_queries import read_rows
from desktop.models.tables import people
from desktop.services.people_rows import department_of
from desktop.services.recording import record_act
from desktop.services.search_index import reindex_tickets_of
from desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class SavePerson:
    """A person as the form shows them; an empty id makes a new one."""

    name: str
    id: str = ""
    department: str = ""
    room: str = ""
    phone: str = ""
    email: str = ""


def list_people(work: Work, query: str = "") -> tuple[PersonRow, ...]:
    """Return the people whose name, department, room, phone or address contains all words of `query`, by name."""
    with work.store.reading() as connection:
        found = device_queries.list_people(connection)
    words = folded(query).split()
    return tuple(one for one in found if _contains(one, words)) if words else found


def _contains(one: PersonRow, words: list[str]) -> bool:
    text = folded(f"{one.name} {one.department} {one.room} {one.phone} {one.email}")
    return all(word in text for word in words)


def show_person(work: Work, person_id: str) -> PersonRow:
    """Return one person. Raises AppError `person.unknown`."""
    with work.store.reading() as connection:
        found = device_queries.find_person(connection, person_id)
    if found is None:
        raise AppError("person.unknown", kind=ErrorKind.USAGE, parameters={"name": person_id[:60]})
    return found


def tickets_of_person(work: Work, person_id: str, *, limit: int = 20) -> tuple[TicketRow, ...]:
    """Return a person's tickets, newest first."""
    condition = "t.person_id = :person ORDER BY t.seq DESC LIMIT :limit"
    with work.store.reading() as connection:
        return read_rows(connection, condition, {"person": person_id, "limit": limit})


def save_person(work: Work, command: SavePerson) -> Done[PersonRow]:
    """Make or correct a person; their tickets are found under the new name at once.

    Raises AppError `person.name`, `person.unknown`.
    """
    name = " ".join(command.name.split())[:120]
    if not name:
        raise AppError("person.name", kind=ErrorKind.USAGE)
    before = show_person(work, command.id) if command.id else None
    person_id = command.id or new_id(work.clock)
    with work.store.writing() as connection:
        values = {
            "name": name,
            "department_id": department_of(work, connection, command.department),
            "room": command.room.strip()[:60],
            "phone": command.phone.strip()[:60],
            "email": command.email.strip()[:200],
        }
        if before is None:
            connection.execute(insert(people).values(id=person_id, created_at=to_text(work.clock()), **values))
        else:
            changed = update(people).where(people.c.id == person_id)
            connection.execute(changed.values(**values, version=people.c.version + 1))
        record_act(work, connection, "person.saved", person_id, name=name)
        if before is not None and before.name != name:
            reindex_tickets_of(connection, person_id=person_id)
    return Done(show_person(work, person_id), Changes.of(Subject.PERSON, person_id))
