"""The changing `ticket` commands: each turns its arguments into one use case and returns the ticket."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import TypeAlias

from desktop.base.errors import AppError, ErrorKind
from desktop.cli.context import Context
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import Channel, Impact, Kind, Level, Priority, StateType, Urgency, WaitingReason
from desktop.services import tickets
from desktop.services.attachments import read_new
from desktop.services.devices import show_device
from desktop.services.lists import open_ticket
from desktop.services.people import list_people
from desktop.services.technicians import list_technicians
from desktop.services.work import Work

Change: TypeAlias = Callable[[Context, Work, Namespace], TicketRow]
MORNING = time(8)
"""When a ticket comes back on a day given without a time."""


def change(context: Context, work: Work, arguments: Namespace) -> TicketRow:
    """Run the named change and return the ticket as it is then."""
    return _CHANGES[arguments.action](context, work, arguments)


def _new(context: Context, work: Work, arguments: Namespace) -> TicketRow:
    command = tickets.CreateTicket(
        title=arguments.title,
        text=context.given(arguments.text),
        person_name=arguments.person,
        device_id=show_device(work, arguments.device).row.id if arguments.device else "",
        category=arguments.category,
        kind=Kind(arguments.kind),
        impact=Impact(arguments.impact),
        urgency=Urgency(arguments.urgency),
        channel=Channel(arguments.channel),
        minutes=arguments.minutes,
        solution=arguments.solution,
        attachments=tuple(map(read_new, arguments.attach)),
    )
    return tickets.create_ticket(work, command).result


def _reply(context: Context, work: Work, arguments: Namespace) -> TicketRow:
    text, files = context.given(arguments.text), tuple(map(read_new, arguments.attach))
    command = tickets.Reply(arguments.number, text, files, after=StateType(arguments.then))
    return tickets.reply(work, command).result


def _note(context: Context, work: Work, arguments: Namespace) -> TicketRow:
    text, files = context.given(arguments.text), tuple(map(read_new, arguments.attach))
    return tickets.add_note(work, tickets.AddNote(arguments.number, text, files)).result


def _assign(_context: Context, work: Work, arguments: Namespace) -> TicketRow:
    technician_id = "" if arguments.nobody else _technician(work, arguments.technician)
    return tickets.assign(work, tickets.Assign(arguments.number, technician_id)).result


def _set(_context: Context, work: Work, arguments: Namespace) -> TicketRow:
    steps = list(_settings(work, arguments))
    if not steps:
        raise AppError("cli.nothing_named", kind=ErrorKind.USAGE)
    return [step() for step in steps][-1]


def _settings(work: Work, arguments: Namespace) -> Iterator[Callable[[], TicketRow]]:
    number = arguments.number
    if arguments.title is not None:
        yield lambda: tickets.set_title(work, tickets.SetTitle(number, arguments.title)).result
    if arguments.category is not None:
        yield lambda: tickets.set_category(work, tickets.SetCategory(number, arguments.category)).result
    if arguments.impact is not None or arguments.urgency is not None:
        yield lambda: tickets.set_impact(work, _impact(work, arguments)).result
    if arguments.priority is not None:
        priority = None if arguments.priority == "proposed" else Priority[arguments.priority.upper()]
        yield lambda: tickets.set_priority(work, tickets.SetPriority(number, priority, arguments.reason)).result
    if arguments.level is not None:
        yield lambda: tickets.set_level(work, tickets.SetLevel(number, Level(arguments.level))).result
    yield from _ownership(work, arguments)


def _ownership(work: Work, arguments: Namespace) -> Iterator[Callable[[], TicketRow]]:
    if arguments.person is not None:
        person_id = _person(work, arguments.person) if arguments.person else ""
        yield lambda: tickets.set_person(work, tickets.SetPerson(arguments.number, person_id)).result
    if arguments.device is not None:
        device_id = show_device(work, arguments.device).row.id if arguments.device else ""
        yield lambda: tickets.set_device(work, tickets.SetDevice(arguments.number, device_id)).result


def _impact(work: Work, arguments: Namespace) -> tickets.SetImpact:
    page = open_ticket(work, arguments.number)
    impact = Impact(arguments.impact) if arguments.impact else page.impact
    urgency = Urgency(arguments.urgency) if arguments.urgency else page.urgency
    return tickets.SetImpact(arguments.number, impact, urgency)


def _wait(context: Context, work: Work, arguments: Namespace) -> TicketRow:
    wake_at = read_moment(arguments.until, context.clock())
    return tickets.wait(work, tickets.Wait(arguments.number, WaitingReason(arguments.reason), wake_at)).result


def _solve(context: Context, work: Work, arguments: Namespace) -> TicketRow:
    return tickets.solve(work, tickets.Solve(arguments.number, context.given(arguments.text))).result


def _close(_context: Context, work: Work, arguments: Namespace) -> TicketRow:
    return tickets.close(work, tickets.Close(arguments.number)).result


def _reopen(_context: Context, work: Work, arguments: Namespace) -> TicketRow:
    return tickets.reopen(work, tickets.Reopen(arguments.number, arguments.reason)).result


def read_moment(text: str, now: datetime) -> datetime:
    """Read "+3" (days from now), "2026-12-01" (that morning) or a full ISO time. Raises AppError `cli.moment`."""
    try:
        if text.startswith("+"):
            return now + timedelta(days=int(text[1:].removesuffix("d")))
        found = datetime.fromisoformat(text)
        if len(text) <= len("2026-12-01"):
            found = datetime.combine(found.date(), MORNING)
        return found.astimezone()
    except (ValueError, OverflowError) as error:
        raise AppError("cli.moment", kind=ErrorKind.USAGE, parameters={"text": text[:60]}) from error


def _technician(work: Work, name: str) -> str:
    if not name:
        return work.actor.id
    wanted = name.casefold()
    found = [one for one in list_technicians(work) if one.id == name or one.name.casefold().startswith(wanted)]
    if len(found) != 1:
        raise AppError("technician.unknown", kind=ErrorKind.USAGE, parameters={"name": name[:60]})
    return found[0].id


def _person(work: Work, name: str) -> str:
    """Return the person meant by a name, or by a part of it that only one has."""
    found = list_people(work, name)
    exact = [one for one in found if one.id == name or one.name.casefold() == name.casefold()]
    if len(exact or found) != 1:
        raise AppError("person.unknown", kind=ErrorKind.USAGE, parameters={"name": name[:60]})
    return (exact or found)[0].id


_CHANGES: Mapping[str, Change] = {
    "new": _new,
    "reply": _reply,
    "note": _note,
    "assign": _assign,
    "set": _set,
    "wait": _wait,
    "solve": _solve,
    "close": _close,
    "reopen": _reopen,
}
