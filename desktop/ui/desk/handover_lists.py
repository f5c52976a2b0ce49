"""Lists of ticks on paper: every item with its state, who and when, in the words of the list."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base.texts import Texts
from desktop.domain.wizard.definition import Item
from desktop.domain.wizard.ticks import Tick, TickList, TickState
from desktop.ui.common.formats import Formats

Line = tuple[str, str]
"""A line and the token of its colour."""


def list_lines(ticks: TickList, texts: Texts, formats: Formats) -> Iterator[Line]:
    """Yield the lines of a list, with the headings of its sections."""
    for item in ticks.items:
        if not item.section.is_empty:
            yield item.section.say(texts.language), "t3"
        yield _line(ticks, item, texts, formats), "t1"
        note = ticks.notes.get(item.id)
        if note is not None:
            yield texts.text("handover.list.note", text=note.text), "t2"


def _line(ticks: TickList, item: Item, texts: Texts, formats: Formats) -> str:
    last, words = ticks.last(item.id), item.heading(texts.language)
    state = ticks.state(item.id)
    if last is None or state is TickState.OPEN:
        return texts.text("handover.list.open", item=words)
    by = _by(last, texts, formats)
    if state is TickState.NOT_NEEDED:
        return texts.text("handover.list.not_needed", item=words, reason=last.reason, by=by)
    return texts.text("handover.list.done", item=words, by=by)


def _by(last: Tick, texts: Texts, formats: Formats) -> str:
    seen = last.evidence
    if seen is None:
        return texts.text("ticks.by", who=last.who or texts.text("ticks.nobody"), when=formats.date_time(last.at))
    return texts.text("handover.list.diagnosis", device=seen.device, when=formats.date_time(seen.taken_at))
