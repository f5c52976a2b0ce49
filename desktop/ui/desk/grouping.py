"""Puts the rows of a ticket list under headers by their date; pure, so that it can be tested without a window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from desktop.domain.list_rows import TicketRow
from desktop.domain.ticket_state import StateType


class Header(NamedTuple):
    """The start of a group: its text is `list.group.<group>`; `size` is 0 while the group's end is not loaded."""

    group: str
    size: int = 0


Entry = Header | TicketRow


def group_of(row: TicketRow, now: datetime) -> str:
    """Return the group of a row; `now` carries the reader's time zone, because days are the reader's days."""
    if not row.state_type.is_active:
        return _past_group(row.changed_at, now)
    moment = row.wake_at if row.state_type is StateType.WAITING else row.due_at
    if moment is None:
        return "undated"
    if moment < now and row.state_type is not StateType.WAITING:
        return "overdue"
    days = (moment.astimezone(now.tzinfo).date() - now.date()).days
    if days <= 1:
        return "today" if days <= 0 else "tomorrow"
    left = 7 - now.weekday()
    if days < left:
        return "week"
    return "next_week" if days < left + 7 else "later"


def _past_group(moment: datetime, now: datetime) -> str:
    day = moment.astimezone(now.tzinfo).date()
    if day == now.date():
        return "done_today"
    return "done_week" if now.date() - day < timedelta(days=7) else "done_earlier"


def with_headers(rows: Sequence[TicketRow], now: datetime, *, is_complete: bool) -> tuple[Entry, ...]:
    """Return rows and headers in the order of the rows; a group that comes back later gets no second header."""
    groups = [group_of(row, now) for row in rows]
    open_group = groups[-1] if groups and not is_complete else ""
    entries: list[Entry] = []
    seen: set[str] = set()
    for row, group in zip(rows, groups, strict=True):
        if group not in seen:
            seen.add(group)
            entries.append(Header(group, 0 if group == open_group else groups.count(group)))
        entries.append(row)
    return tuple(entries)
