"""Lists of ticks on a ticket: put on, ticked item by item, taken off.

Each act reads the newest state and names its item: two windows on one list cannot overwrite each other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from desktop.base.changes import Changes, Done, Subject, Undo
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.base.messages import Message
from desktop.domain.rows import WizardRunRow
from desktop.domain.ticket import StateType
from desktop.domain.wizard import ticking
from desktop.domain.wizard.definition import Mode
from desktop.domain.wizard.run import Phase
from desktop.domain.wizard.tick_commands import AttachList, DetachList, NoteItem, SetItem
from desktop.domain.wizard.ticks import ListOnTicket, Tick, TickList, TickState
from desktop.models.page_queries import list_runs, read_run
from desktop.services.recording import record_event
from desktop.services.tick_rows import (
    StoredList,
    confirm_stored,
    delete_list,
    find_unfinished,
    insert_list,
    load_list,
    restore_list,
    update_list,
)
from desktop.services.tickets.changing import load
from desktop.services.wizard_library import read_library
from desktop.services.work import Work

_EVENTS = {
    TickState.DONE: "wizard_item_done",
    TickState.OPEN: "wizard_item_open",
    TickState.NOT_NEEDED: "wizard_item_not_needed",
}


def attach_list(work: Work, command: AttachList) -> Done[WizardRunRow]:
    """Put a list on a ticket; where the same one is on it and not done yet, that one is returned.

    The newest diagnosis ticks at once what it knows. Raises AppError `ticket.unknown`, `wizard.unknown`,
    `wizard.is_no_list`, `wizard.ticket_over`.
    """
    wizard = read_library(work).wizards.get(command.wizard)
    if wizard is None:
        raise AppError("wizard.unknown", parameters={"id": command.wizard})
    with work.store.writing() as connection:
        ticket = load(connection, command.ticket)
        earlier = find_unfinished(connection, ticket.id, wizard.id)
        if earlier:
            return Done(read_run(connection, earlier))
        if not StateType(ticket.state_type).is_active:
            raise AppError("wizard.ticket_over", parameters={"number": ticket.number})
        ticks = ticking.attach(wizard, run_id=new_id(work.clock), who=work.actor.name, at=work.clock())
        stored = insert_list(connection, ticks, ticket)
        record_event(
            work, connection, ticket.id, "wizard_list_added", detail={"list": ticks.title.both, "run": ticks.run_id}
        )
        confirm_stored(work, connection, stored)
        row = read_run(connection, ticks.run_id)
    undo = Undo(
        Message("undo.list_added", {"list": ticks.title.both}), lambda w: _take_off(w, row.id, stored.ticket_id)
    )
    return Done(row, _changes(row.id, stored.ticket_id), undo)


def detach_list(work: Work, command: DetachList) -> Done[None]:
    """Take a list off its ticket; the history keeps that it was there, and why it went.

    Raises AppError `wizard.list_gone`, `wizard.remove_reason` where it keeps the ticket open and no reason is given.
    """
    reason = " ".join(command.reason.split())[: ticking.MAX_WORDS]
    with work.store.writing() as connection:
        stored = load_list(connection, command.run)
        if stored.ticks.blocks and not reason:
            raise AppError("wizard.remove_reason", kind=ErrorKind.USAGE, parameters={"list": stored.ticks.title.both})
        rows = delete_list(connection, command.run)
        detail = {"list": stored.ticks.title.both, "run": command.run, "reason": reason}
        record_event(work, connection, stored.ticket_id, "wizard_list_removed", detail=detail)

    def put_on_again(again: Work) -> Done[None]:
        with again.store.writing() as connection:
            restore_list(connection, rows)
            detail = {"list": stored.ticks.title.both, "run": command.run}
            record_event(again, connection, stored.ticket_id, "wizard_list_added", detail=detail)
        return Done(None, _changes(command.run, stored.ticket_id))

    label = Message("undo.list_removed", {"list": stored.ticks.title.both})
    return Done(None, _changes(command.run, stored.ticket_id), Undo(label, put_on_again))


def _take_off(work: Work, run: str, ticket_id: str) -> Done[None]:
    """Take back that a list was put on a ticket: nobody has to say why something that was a slip goes again.

    Raises AppError `wizard.list_begun` where somebody has ticked or written on it since.
    """
    with work.store.writing() as connection:
        stored = load_list(connection, run)
        if stored.ticks.notes or any(one.evidence is None for one in stored.ticks.log):
            raise AppError("wizard.list_begun", parameters={"list": stored.ticks.title.both})
        delete_list(connection, run)
        detail = {"list": stored.ticks.title.both, "run": run, "reason": ""}
        record_event(work, connection, ticket_id, "wizard_list_removed", detail=detail)
    return Done(None, _changes(run, ticket_id))


def set_item(work: Work, command: SetItem) -> Done[WizardRunRow]:
    """Tick an item, open it again or leave it out; what already is so stays as it was first.

    Raises AppError `wizard.list_gone`, `wizard.item_unknown`, `wizard.reason_missing`, `wizard.ticket_over`.
    """

    def act(ticks: TickList, at: datetime) -> TickList:
        who = work.actor.name
        if command.state is TickState.NOT_NEEDED:
            return ticking.set_not_needed(ticks, command.item, command.reason, who=who, at=at)
        change = ticking.tick if command.state is TickState.DONE else ticking.untick
        return change(ticks, command.item, who=who, at=at)

    with work.store.writing() as connection:
        before = load_list(connection, command.run)
        after = _change(work, connection, before, command.item, act)
        row = read_run(connection, command.run)
    if after.ticks == before.ticks:
        return Done(row)
    label = Message(f"undo.item_{command.state.value}", {"item": after.ticks.item(command.item).name.both})
    undo = Undo(label, lambda w: _take_back(w, command, before.ticks.last(command.item), after.ticks.log[-1]))
    return Done(row, _changes(row.id, before.ticket_id), undo)


def note_item(work: Work, command: NoteItem) -> Done[WizardRunRow]:
    """Write beside an item. Raises AppError `wizard.list_gone`, `wizard.item_unknown`, `wizard.ticket_over`."""
    with work.store.writing() as connection:
        stored = _open(load_list(connection, command.run))
        at = work.clock()
        ticks = ticking.write_note(stored.ticks, command.item, command.text, who=work.actor.name, at=at)
        if ticks != stored.ticks:
            update_list(work, connection, ticks)
            item = ticks.item(command.item)
            written = ticks.notes.get(command.item)
            detail = {
                "list": ticks.title.both,
                "run": ticks.run_id,
                "item": item.name.both,
                "text": written.text if written else "",
            }
            record_event(work, connection, stored.ticket_id, "wizard_item_noted", detail=detail)
        row = read_run(connection, command.run)
    return Done(row, _changes(row.id, stored.ticket_id) if ticks != stored.ticks else Changes())


def open_list(work: Work, run: str) -> ListOnTicket:
    """Return a list as its page shows it. Raises AppError `wizard.list_gone`."""
    with work.store.reading() as connection:
        stored = load_list(connection, run)
    return ListOnTicket(stored.ticks, stored.ticket_id, stored.number, stored.state is not StateType.CLOSED)


def find_list(work: Work, ticket: str, wanted: str) -> str:
    """Return the list on a ticket meant by its own id or its wizard's: the one not done, else the newest.

    Raises AppError `ticket.unknown`, `wizard.list_gone`.
    """
    with work.store.reading() as connection:
        runs = [
            one
            for one in list_runs(connection, load(connection, ticket).id)
            if one.mode == Mode.DO_CONFIRM.value and wanted in (one.id, one.wizard)
        ]
    if not runs:
        raise AppError("wizard.list_gone")
    return next((one.id for one in runs if one.state != Phase.FINISHED.value), runs[-1].id)


def look_at_diagnosis(work: Work, run: str) -> Done[WizardRunRow]:
    """Let the newest diagnosis of the ticket's PC tick what it knows. Raises AppError `wizard.list_gone`."""
    with work.store.writing() as connection:
        stored = load_list(connection, run)
        is_changed = confirm_stored(work, connection, stored)
        row = read_run(connection, run)
    return Done(row, _changes(run, stored.ticket_id) if is_changed else Changes())


def _take_back(work: Work, command: SetItem, former: Tick | None, own: Tick) -> Done[WizardRunRow]:
    """Bring an item back to what it was, unless somebody has touched it since. Raises AppError `wizard.item_moved`."""

    def act(ticks: TickList, at: datetime) -> TickList:
        last = ticks.last(command.item)
        if last != own:
            raise AppError("wizard.item_moved", parameters={"name": last.who if last else ""})
        return ticking.put_back(ticks, command.item, former, who=work.actor.name, at=at)

    with work.store.writing() as connection:
        stored = load_list(connection, command.run)
        _change(work, connection, stored, command.item, act)
        row = read_run(connection, command.run)
    return Done(row, _changes(row.id, stored.ticket_id))


def _change(
    work: Work, connection: Connection, stored: StoredList, item: str, act: Callable[[TickList, datetime], TickList]
) -> StoredList:
    """Let `act` change a list, keep it and write what became of the item into the ticket's history."""
    ticks = act(_open(stored).ticks, work.clock())
    if ticks != stored.ticks:
        update_list(work, connection, ticks)
        last = ticks.log[-1]
        detail = {
            "list": ticks.title.both,
            "run": ticks.run_id,
            "item": ticks.item(item).name.both,
            "reason": last.reason,
        }
        record_event(work, connection, stored.ticket_id, _EVENTS[last.state], detail=detail)
    return StoredList(ticks, stored.ticket_id, stored.number, stored.state)


def _open(stored: StoredList) -> StoredList:
    if stored.state is StateType.CLOSED:
        raise AppError("wizard.ticket_over", parameters={"number": stored.number})
    return stored


def _changes(run: str, ticket_id: str) -> Changes:
    return Changes.of(Subject.WIZARD_RUN, run) | Changes.of(Subject.TICKET, ticket_id)
