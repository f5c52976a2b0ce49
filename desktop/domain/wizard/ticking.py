"""What can be done to a list of ticks: pure steps from one list to the next; nothing in the log ever goes away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.base.errors import AppError, ErrorKind
from desktop.domain.snapshot import Finding, FindingState
from desktop.domain.wizard.definition import Item, Wizard
from desktop.domain.wizard.ticks import Evidence, Note, Tick, TickList, TickState

MAX_WORDS = 500  # characters of a reason or a note


def attach(wizard: Wizard, *, run_id: str, who: str, at: datetime) -> TickList:
    """Return a fresh list with its own copy of the wizard's items. Raises AppError `wizard.is_no_list`."""
    if not wizard.is_list:
        raise AppError("wizard.is_no_list", kind=ErrorKind.USAGE, parameters={"id": wizard.id})
    return TickList(
        run_id=run_id,
        wizard=wizard.id,
        version=wizard.version,
        title=wizard.title,
        is_mandatory=wizard.is_mandatory,
        attached=at,
        attached_by=who,
        items=tuple(wizard.items.values()),
    )


def tick(ticks: TickList, item: str, *, who: str, at: datetime) -> TickList:
    """Confirm an item; where it already is, whoever was first stays. Raises AppError `wizard.item_unknown`."""
    return _enter(ticks, Tick(item, TickState.DONE, at, who))


def untick(ticks: TickList, item: str, *, who: str, at: datetime) -> TickList:
    """Open an item again, also one that the diagnosis ticked. Raises AppError `wizard.item_unknown`."""
    return _enter(ticks, Tick(item, TickState.OPEN, at, who))


def set_not_needed(ticks: TickList, item: str, reason: str, *, who: str, at: datetime) -> TickList:
    """Leave an item out with a reason. Raises AppError `wizard.item_unknown`, `wizard.reason_missing`."""
    said = " ".join(reason.split())[:MAX_WORDS]
    if not said:
        raise AppError("wizard.reason_missing", kind=ErrorKind.USAGE)
    return _enter(ticks, Tick(item, TickState.NOT_NEEDED, at, who, said))


def write_note(ticks: TickList, item: str, text: str, *, who: str, at: datetime) -> TickList:
    """Write beside an item, or take away what stood there. Raises AppError `wizard.item_unknown`."""
    ticks.item(item)
    said = text.strip()[:MAX_WORDS]
    before = ticks.notes.get(item)
    if said == (before.text if before else ""):
        return ticks
    notes = {name: one for name, one in ticks.notes.items() if name != item}
    return replace(ticks, notes={**notes, item: Note(said, at, who)} if said else notes)


def put_back(ticks: TickList, item: str, former: Tick | None, *, who: str, at: datetime) -> TickList:
    """Bring an item back to what it was before, as a further entry of the log."""
    if former is None:
        return untick(ticks, item, who=who, at=at)
    return _enter(ticks, replace(former, at=at, who=who if former.who else ""))


def confirm(ticks: TickList, findings: Iterable[Finding], *, taken_at: datetime, at: datetime) -> TickList:
    """Tick what a diagnosis says, and open what an earlier one ticked and this one denies.

    It keeps out of every item that a person ticked or took back, and says nothing with what it does not know.
    """
    states = {one.id: one.state for one in findings}
    for item in ticks.items:
        entry = _judged(ticks, item, states.get(item.confirm.finding if item.confirm else ""), taken_at, at)
        ticks = _enter(ticks, entry) if entry else ticks
    return ticks


def _judged(ticks: TickList, item: Item, found: FindingState | None, taken_at: datetime, at: datetime) -> Tick | None:
    """Return what the diagnosis has to say about one item, if anything."""
    wanted, own = item.confirm, [one for one in ticks.log if one.item == item.id]
    if wanted is None or found in (None, FindingState.UNKNOWN) or any(one.evidence is None for one in own):
        return None
    if own and own[-1].evidence and own[-1].evidence.taken_at >= taken_at:
        return None
    is_recent = at - taken_at <= timedelta(days=wanted.days)
    state = TickState.DONE if found is wanted.state else TickState.OPEN
    if state is TickState.DONE and not is_recent:
        return None
    return Tick(item.id, state, at, evidence=Evidence(wanted.finding, found, taken_at))


def _enter(ticks: TickList, entry: Tick) -> TickList:
    ticks.item(entry.item)
    last = ticks.last(entry.item)
    is_same = ticks.state(entry.item) is entry.state and (last.reason if last else "") == entry.reason
    return ticks if is_same else replace(ticks, log=(*ticks.log, entry))
