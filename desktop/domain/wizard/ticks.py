"""A list of ticks on a ticket: its own copy of the items, who ticked what and when, and the document it is kept as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from desktop.base.clock import from_text, to_text
from desktop.base.errors import AppError
from desktop.domain.snapshot import FindingState
from desktop.domain.wizard.definition import Confirm, Item, Wording

DOCUMENT_FORMAT = 1
KIND = "ticks"


class TickState(Enum):
    """What became of an item; `open` in the log is a tick that was taken back."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What ticked an item instead of a person: a finding's state in the diagnosis that `device` made at `taken_at`."""

    finding: str
    state: FindingState
    taken_at: datetime
    device: str


@dataclass(frozen=True, slots=True)
class Tick:
    """One entry of the append-only log; `reason` says why an item is not needed, `evidence` is the diagnosis' own."""

    item: str
    state: TickState
    at: datetime
    who: str = ""
    reason: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote beside an item."""

    text: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class TickList:
    """A list as it was attached to a ticket, and everything that was ticked since."""

    run_id: str
    wizard: str
    version: int
    title: Wording
    is_mandatory: bool
    attached: datetime
    attached_by: str
    items: tuple[Item, ...]
    log: tuple[Tick, ...] = ()
    notes: Mapping[str, Note] = field(default_factory=dict[str, Note])

    def last(self, item: str) -> Tick | None:
        """Return what happened last to an item, or None."""
        return next((one for one in reversed(self.log) if one.item == item), None)

    def state(self, item: str) -> TickState:
        """Return where an item stands."""
        last = self.last(item)
        return TickState.OPEN if last is None else last.state

    def item(self, wanted: str) -> Item:
        """Return an item. Raises AppError `wizard.item_unknown`."""
        for one in self.items:
            if one.id == wanted:
                return one
        raise AppError("wizard.item_unknown", parameters={"item": wanted[:60]})

    @property
    def blocks(self) -> bool:
        """Tell whether the ticket must stay open for it."""
        return self.is_mandatory and not progress(self).is_complete


@dataclass(frozen=True, slots=True)
class ListOnTicket:
    """A list with the ticket it is on; on a closed one nothing can be changed any more."""

    ticks: TickList
    ticket: str
    number: str
    can_change: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a list is: `done` of `total` items are ticked or not needed, `missing` required ones are open."""

    done: int
    total: int
    missing: int

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is open that has to be done."""
        return self.missing == 0


def progress(ticks: TickList) -> Progress:
    """Return how far a list is; an item that is not required counts in the total, but nobody waits for it."""
    still_open = [one for one in ticks.items if ticks.state(one.id) is TickState.OPEN]
    return Progress(len(ticks.items) - len(still_open), len(ticks.items), sum(one.is_required for one in still_open))


def is_ticks(document: Mapping[str, Any]) -> bool:
    """Tell whether the document of a run is one of ours, without reading all of it."""
    return document.get("kind") == KIND


def to_document(ticks: TickList) -> dict[str, Any]:
    """Return the JSON document of a list."""
    return {
        "format": DOCUMENT_FORMAT,
        "kind": KIND,
        "run": ticks.run_id,
        "wizard": ticks.wizard,
        "version": ticks.version,
        "title": ticks.title.both,
        "mandatory": ticks.is_mandatory,
        "attached": to_text(ticks.attached),
        "attached_by": ticks.attached_by,
        "items": [_item_document(one) for one in ticks.items],
        "log": [_tick_document(one) for one in ticks.log],
        "notes": {name: {"text": one.text, "at": to_text(one.at), "who": one.who} for name, one in ticks.notes.items()},
    }


def from_document(document: Mapping[str, Any]) -> TickList:
    """Read a list. Raises AppError `wizard.run_unreadable` where the document is none of ours."""
    try:
        if (document["format"], document["kind"]) != (DOCUMENT_FORMAT, KIND):
            raise _unreadable()
        return _ticks(document)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _unreadable(str(error)) from error


def readable_lists(documents: Iterable[Mapping[str, Any]]) -> tuple[TickList, ...]:
    """Return the lists among the documents of runs; one that cannot be read is left out."""
    found: list[TickList] = []
    for one in documents:
        try:
            found.extend((from_document(one),) if is_ticks(one) else ())
        except AppError:
            continue
    return tuple(found)


def _unreadable(detail: str = "") -> AppError:
    return AppError("wizard.run_unreadable", detail=detail)


def _ticks(document: Mapping[str, Any]) -> TickList:
    return TickList(
        run_id=str(document["run"]),
        wizard=str(document["wizard"]),
        version=int(document["version"]),
        title=_wording(document["title"]),
        is_mandatory=bool(document["mandatory"]),
        attached=from_text(document["attached"]),
        attached_by=str(document["attached_by"]),
        items=tuple(_item(one) for one in document["items"]),
        log=tuple(_tick(one) for one in document["log"]),
        notes={
            str(name): Note(str(one["text"]), from_text(one["at"]), str(one["who"]))
            for name, one in document["notes"].items()
        },
    )


def _wording(raw: Mapping[str, Any]) -> Wording:
    return Wording(str(raw["de"]), str(raw["en"]))


def _item_document(item: Item) -> dict[str, Any]:
    confirm = item.confirm
    return {
        "id": item.id,
        **{key: getattr(item, key).both for key in ("text", "title", "section", "phone", "fact")},
        "lines": [one.both for one in item.lines],
        "required": item.is_required,
        "confirm": {"finding": confirm.finding, "state": confirm.state.value, "days": confirm.days}
        if confirm
        else None,
    }


def _item(document: Mapping[str, Any]) -> Item:
    confirm = document["confirm"]
    return Item(
        id=str(document["id"]),
        text=_wording(document["text"]),
        title=_wording(document["title"]),
        section=_wording(document["section"]),
        phone=_wording(document["phone"]),
        fact=_wording(document["fact"]),
        lines=tuple(_wording(one) for one in document["lines"]),
        is_required=bool(document["required"]),
        confirm=Confirm(str(confirm["finding"]), FindingState(confirm["state"]), int(confirm["days"]))
        if confirm
        else None,
    )


def _tick_document(tick: Tick) -> dict[str, Any]:
    return {
        "item": tick.item,
        "state": tick.state.value,
        "at": to_text(tick.at),
        "who": tick.who,
        "reason": tick.reason,
        "evidence": _evidence_document(tick.evidence) if tick.evidence else None,
    }


def _tick(document: Mapping[str, Any]) -> Tick:
    seen = document["evidence"]
    return Tick(
        item=str(document["item"]),
        state=TickState(document["state"]),
        at=from_text(document["at"]),
        who=str(document["who"]),
        reason=str(document["reason"]),
        evidence=_evidence(seen) if seen else None,
    )


def _evidence_document(seen: Evidence) -> dict[str, str]:
    return {
        "finding": seen.finding,
        "state": seen.state.value,
        "taken_at": to_text(seen.taken_at),
        "device": seen.device,
    }


def _evidence(document: Mapping[str, Any]) -> Evidence:
    return Evidence(
        finding=str(document["finding"]),
        state=FindingState(document["state"]),
        taken_at=from_text(document["taken_at"]),
        device=str(document["device"]),
    )
