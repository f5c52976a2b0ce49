"""Corrects what a ticket says about itself: who, what, how pressing."""

from __future__ import annotations

from sqlalchemy import Table, select

from desktop.base.changes import Done
from desktop.base.clock import from_text, to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.commands import (
    Assign,
    SetCategory,
    SetDevice,
    SetImpact,
    SetLevel,
    SetPerson,
    SetPriority,
    SetTitle,
)
from desktop.domain.rows import TicketRow
from desktop.domain.ticket import CATEGORIES, Priority, StateType, priority_for
from desktop.models.tables import devices, people, technicians
from desktop.services.tickets.changing import TicketChange, change_ticket
from desktop.services.tickets.clockwork import due_date
from desktop.services.work import Work


def assign(work: Work, command: Assign) -> Done[TicketRow]:
    """Give a ticket to a technician or back to nobody; a new one is open then. Raises AppError `technician.unknown`."""

    def act(change: TicketChange) -> None:
        name = _name_of(change, technicians, command.technician_id, "technician.unknown")
        change.set(assignee_id=command.technician_id or None)
        if "assignee_id" not in change.values:
            return
        if command.technician_id and change.before.state_type == StateType.NEW.value:
            change.enter(StateType.OPEN)
        change.record("assigned" if name else "unassigned", **({"name": name} if name else {}))

    return change_ticket(work, command.ticket, act, version=command.version)


def set_priority(work: Work, command: SetPriority) -> Done[TicketRow]:
    """Override the proposed priority with a reason, or go back to the proposal."""

    def act(change: TicketChange) -> None:
        chosen = command.priority or Priority(change.before.proposed_priority)
        is_own = command.priority is not None
        change.set(priority_reason=command.reason.strip()[:500] if is_own else "")
        change.set(priority_by=(change.actor.id or None) if is_own else None)
        set_pressing(change, chosen)
        if change.values:
            kind = "priority" if is_own else "priority_reset"
            change.record(kind, priority=chosen.code, reason=change.get("priority_reason"))

    return change_ticket(work, command.ticket, act, version=command.version)


def set_impact(work: Work, command: SetImpact) -> Done[TicketRow]:
    """Correct impact and urgency; the priority follows unless somebody has overridden it."""

    def act(change: TicketChange) -> None:
        proposed = priority_for(command.impact, command.urgency)
        is_overridden = change.before.priority != change.before.proposed_priority
        change.set(impact=command.impact.value, urgency=command.urgency.value, proposed_priority=int(proposed))
        if not is_overridden:
            set_pressing(change, proposed)
        if change.values:
            change.record("impact", impact=command.impact.value, urgency=command.urgency.value)

    return change_ticket(work, command.ticket, act, version=command.version)


def set_pressing(change: TicketChange, priority: Priority) -> None:
    """Set the priority and the due date that follows from it."""
    due = to_text(due_date(from_text(change.before.created_at), priority, change.before.paused_seconds))
    change.set(priority=int(priority), due_at=due)
    if StateType(change.before.state_type) in (StateType.NEW, StateType.OPEN):
        change.set(sort_at=due)


def set_category(work: Work, command: SetCategory) -> Done[TicketRow]:
    """Correct the category. Raises AppError `ticket.category`."""
    if command.category not in CATEGORIES:
        raise AppError("ticket.category", kind=ErrorKind.USAGE, parameters={"category": command.category[:60]})
    return _set_one(work, command, "category", command.category)


def set_level(work: Work, command: SetLevel) -> Done[TicketRow]:
    """Move the ticket to another level of support."""
    return _set_one(work, command, "level", int(command.level))


def set_title(work: Work, command: SetTitle) -> Done[TicketRow]:
    """Give the ticket a better title. Raises AppError `ticket.title` where it is empty."""
    title = " ".join(command.title.split())[:200]
    if not title:
        raise AppError("ticket.title", kind=ErrorKind.USAGE)
    return _set_one(work, command, "title", title)


def _set_one(work: Work, command: SetCategory | SetLevel | SetTitle, column: str, value: object) -> Done[TicketRow]:
    def act(change: TicketChange) -> None:
        change.set(**{column: value})
        if change.values:
            change.record(column, **{column: value, "before": getattr(change.before, column)})

    return change_ticket(work, command.ticket, act, version=command.version)


def set_person(work: Work, command: SetPerson) -> Done[TicketRow]:
    """Say whose ticket it is. Raises AppError `person.unknown`."""

    def act(change: TicketChange) -> None:
        name = _name_of(change, people, command.person_id, "person.unknown")
        change.set(person_id=command.person_id or None)
        if change.values:
            change.record("person", name=name)

    return change_ticket(work, command.ticket, act, version=command.version)


def set_device(work: Work, command: SetDevice) -> Done[TicketRow]:
    """Say which device it is about. Raises AppError `device.unknown`."""

    def act(change: TicketChange) -> None:
        name = _name_of(change, devices, command.device_id, "device.unknown")
        change.set(device_id=command.device_id or None)
        if change.values:
            change.record("device", name=name)

    return change_ticket(work, command.ticket, act, version=command.version)


def _name_of(change: TicketChange, table: Table, wanted: str, code: str) -> str:
    if not wanted:
        return ""
    name = change.connection.execute(select(table.c.name).where(table.c.id == wanted)).scalar()
    if name is None:
        raise AppError(code, kind=ErrorKind.USAGE, parameters={"name": wanted[:60]})
    return str(name)
