"""What can be done to a list of ticks: pure steps from one list to the next; nothing in the log ever goes away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.base.errors import AppError, ErrorKind
from desktop.domain.snapshot import Finding, FindingState
from desktop.domain.wizard.definition import Confirm, Wizard
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


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a PC's newest diagnosis says, and when it was made; without findings where there is none."""

    device: str
    taken_at: datetime
    findings: tuple[Finding, ...] = ()

    def state(self, finding: str) -> FindingState:
        """Return what it says about a finding."""
        return next((one.state for one in self.findings if one.id == finding), FindingState.UNKNOWN)


def confirm(ticks: TickList, diagnosis: Diagnosis, *, at: datetime) -> TickList:
    """Tick what a diagnosis says, and open what an earlier one, or one of another PC, ticked and this one does not.

    It keeps out of every item that a person ticked or took back, and says nothing with what it does not know.
    """
    for item in ticks.items:
        own = [one for one in ticks.log if one.item == item.id]
        if item.confirm is None or any(one.evidence is None for one in own):
            continue
        state = _judged(item.confirm, own[-1].evidence if own else None, diagnosis, at)
        if state is not None:
            found = diagnosis.state(item.confirm.finding)
            seen = Evidence(item.confirm.finding, found, diagnosis.taken_at, diagnosis.device)
            ticks = _enter(ticks, Tick(item.id, state, at, evidence=seen))
    return ticks


def _judged(wanted: Confirm, seen: Evidence | None, diagnosis: Diagnosis, at: datetime) -> TickState | None:
    """Return what the diagnosis makes of an item that so far was left to it, if anything."""
    is_other = seen is not None and seen.device != diagnosis.device
    if seen is not None and not is_other and seen.taken_at >= diagnosis.taken_at:
        return None
    found = diagnosis.state(wanted.finding)
    if found is wanted.state and at - diagnosis.taken_at <= timedelta(days=wanted.days):
        return TickState.DONE
    is_denied = found not in (wanted.state, FindingState.UNKNOWN)
    return TickState.OPEN if is_other or is_denied else None


def _enter(ticks: TickList, entry: Tick) -> TickList:
    ticks.item(entry.item)
    return ticks if _is_said(ticks.last(entry.item), entry) else replace(ticks, log=(*ticks.log, entry))


def _is_said(last: Tick | None, entry: Tick) -> bool:
    """Tell whether an entry would only repeat the last one; the same tick for another PC is not the same."""
    if last is None:
        return entry.state is TickState.OPEN
    is_elsewhere = last.evidence and entry.evidence and last.evidence.device != entry.evidence.device
    is_new_proof = entry.state is TickState.DONE and is_elsewhere
    return (last.state, last.reason) == (entry.state, entry.reason) and not is_new_proof
