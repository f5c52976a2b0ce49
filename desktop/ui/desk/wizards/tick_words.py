"""The words of a list of ticks: who did what to an item and when, what the diagnosis found, and how far the list is."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.wizard.definition import Item
from desktop.domain.wizard.ticks import Evidence, Tick, TickList, TickState, progress
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

_NAME = 60  # letters of a person's or PC's name
_WORDS = 500


def heading(look: Look, item: Item) -> str:
    """Return the name of an item."""
    return one_line(item.heading(look.texts.language), _WORDS)


def status(look: Look, ticks: TickList, item: Item) -> str:
    """Return the line below an item: "Karin Vogt, heute 10:42", what a diagnosis found, or why it is not needed."""
    last = ticks.last(item.id)
    if last is None:
        return "" if item.is_required else look.text("ticks.optional")
    if last.evidence is not None:
        return _found(look, item, last, last.evidence)
    who = look.text("ticks.by", who=one_line(last.who, _NAME) or look.text("ticks.nobody"), when=when(look, last.at))
    if last.state is TickState.NOT_NEEDED:
        return look.text("ticks.not_needed_by", reason=one_line(last.reason, _WORDS), by=who)
    return who if last.state is TickState.DONE else look.text("ticks.opened_by", by=who)


def _found(look: Look, item: Item, last: Tick, seen: Evidence) -> str:
    device, moment = one_line(seen.device, _NAME), when(look, seen.taken_at)
    if last.state is not TickState.DONE:
        return look.text("ticks.denied", device=device, when=moment) if device else look.text("ticks.no_diagnosis")
    fact = one_line(item.fact.say(look.texts.language), _WORDS) or look.text("ticks.confirmed")
    return look.text("ticks.found", device=device, when=moment, fact=fact)


def note_line(look: Look, ticks: TickList, item: Item) -> str:
    """Return the note beside an item with who wrote it; empty where there is none."""
    note = ticks.notes.get(item.id)
    if note is None:
        return ""
    by = look.text("ticks.by", who=one_line(note.who, _NAME) or look.text("ticks.nobody"), when=when(look, note.at))
    return look.text("ticks.note_by", text=one_line(note.text, _WORDS), by=by)


def spoken(look: Look, ticks: TickList, item: Item) -> str:
    """Return an item as a screen reader says it: its state, then its name."""
    state = ticks.state(item.id)
    code = f"ticks.spoken.{state.value}" if item.is_required else f"ticks.spoken.{state.value}_optional"
    return look.text(code, item=heading(look, item))


def count(look: Look, ticks: TickList) -> str:
    """Return how far a list is: "5 von 12"."""
    at = progress(ticks)
    return look.text("ticks.count", done=at.done, total=at.total)


def remaining(look: Look, ticks: TickList) -> str:
    """Return what is missing, in words."""
    at = progress(ticks)
    return look.text("ticks.all_done") if at.is_complete else look.texts.plural("ticks.missing", at.missing)


def by_diagnosis(look: Look, ticks: TickList) -> str:
    """Return how many items the diagnosis has ticked, and how many it could."""
    last = [ticks.last(one.id) for one in ticks.items if one.confirm is not None]
    if not last:
        return look.text("ticks.diagnosis_none")
    done = sum(one is not None and one.evidence is not None and one.state is TickState.DONE for one in last)
    return look.text("ticks.diagnosis", done=done, count=len(last))


def when(look: Look, moment: datetime) -> str:
    """Return a moment as people say it: "heute 10:42", "gestern 10:42", else the date."""
    formats = look.formats
    if formats.local(moment).date() == formats.now().date():
        return look.text("ticks.today", clock=formats.clock(moment))
    return formats.moment(moment)
