"""A list of ticks as others read it: each item with its present state, who, when and why, without the log."""

from __future__ import annotations

from typing import Any

from desktop.base.clock import to_text
from desktop.domain.wizard.definition import Item
from desktop.domain.wizard.ticks import TickList, progress


def list_report(ticks: TickList) -> dict[str, Any]:
    """Return the document of a list: codes, ISO times and texts in both languages."""
    at = progress(ticks)
    return {
        "title": ticks.title.both,
        "mandatory": ticks.is_mandatory,
        "blocks": ticks.blocks,
        "done": at.done,
        "total": at.total,
        "missing": at.missing,
        "items": [_item(ticks, one) for one in ticks.items],
    }


def _item(ticks: TickList, item: Item) -> dict[str, Any]:
    last, note = ticks.last(item.id), ticks.notes.get(item.id)
    seen = last.evidence if last else None
    return {
        "id": item.id,
        "section": None if item.section.is_empty else item.section.both,
        "text": item.text.both,
        "required": item.is_required,
        "state": ticks.state(item.id).value,
        "who": last.who if last else "",
        "at": to_text(last.at) if last else None,
        "reason": last.reason if last else "",
        "note": note.text if note else "",
        "finding": seen.finding if seen else "",
        "diagnosis": {"device": seen.device, "taken_at": to_text(seen.taken_at)} if seen else None,
    }
