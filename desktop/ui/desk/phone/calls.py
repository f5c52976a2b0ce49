"""What the form asks of the store: who can call, what they asked before, and the commands that keep the call.

Every function here runs on the database lane. Services are imported inside, because they bring SQLAlchemy, and the
form is imported before the first window is painted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from desktop.base.changes import Done
from desktop.domain.commands import AddNote, Close, CreateTicket, LogTime
from desktop.domain.rows import DeviceRow, PersonRow, TicketRow
from desktop.domain.snapshot import Snapshot

if TYPE_CHECKING:
    from desktop.services.work import Work

Keep: TypeAlias = "Callable[[Work], Done[TicketRow]]"
"""Keeps a call; the result is the ticket that holds it."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Who can call and what they work with."""

    people: tuple[PersonRow, ...] = ()
    devices: tuple[DeviceRow, ...] = ()

    def devices_of(self, person: PersonRow | None) -> list[DeviceRow]:
        """Return the devices of a person that are in use."""
        return [one for one in self.devices if person and one.person_id == person.id and one.status != "revoked"]


def read_directory(work: Work) -> Directory:
    """Read everybody and every device; a company has 250 of them, not 250,000."""
    from desktop.services.devices import list_devices
    from desktop.services.people import list_people

    return Directory(list_people(work), list_devices(work))


def read_tickets(work: Work, person_id: str) -> tuple[TicketRow, ...]:
    """Read what a person asked before, newest first."""
    from desktop.services.people import tickets_of_person

    return tickets_of_person(work, person_id)


def read_device_snapshot(device_id: str) -> Callable[[Work], Snapshot | None]:
    """Return what reads the newest diagnosis of a device, None where there is none."""

    def read(work: Work) -> Snapshot | None:
        from desktop.services.devices import read_snapshot, show_device

        newest = show_device(work, device_id, limit=1).snapshot
        return read_snapshot(work, newest.id) if newest else None

    return read


def creating(command: CreateTicket) -> Keep:
    """Return what makes the ticket and leaves it open."""

    def run(work: Work) -> Done[TicketRow]:
        from desktop.services.tickets import create_ticket

        return create_ticket(work, command)

    return run


def solving(command: CreateTicket) -> Keep:
    """Return what makes the ticket with its solution and closes it; undo opens it again."""

    def run(work: Work) -> Done[TicketRow]:
        from desktop.services.tickets import close, create_ticket

        made = create_ticket(work, command)
        closed = close(work, Close(made.result.id))
        return Done(made.result, made.changes | closed.changes, closed.undo)

    return run


def adding(ticket: TicketRow, text: str, minutes: int) -> Keep:
    """Return what puts the notes and the minutes of the call on an open ticket."""

    def run(work: Work) -> Done[TicketRow]:
        from desktop.services.tickets import add_note, log_time

        logged = log_time(work, LogTime(ticket.id, minutes))
        if not text:
            return Done(ticket, logged.changes)
        noted = add_note(work, AddNote(ticket.id, text))
        return Done(ticket, logged.changes | noted.changes)

    return run
