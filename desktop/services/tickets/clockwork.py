"""What a change of state does to a ticket's dates: due date, pauses and the key lists are sorted by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from desktop.base.clock import from_text, to_text
from desktop.domain.due import solution_due, working_time
from desktop.domain.ticket import Priority, StateType


def due_date(created_at: datetime, priority: Priority, paused_seconds: int) -> datetime:
    """Return until when a ticket should be solved: the priority's hours, later by the working time it waited."""
    return solution_due(created_at, priority, paused=timedelta(seconds=paused_seconds))


def enter_state(before: Row[Any], after: StateType, now: datetime, given: Mapping[str, object]) -> dict[str, object]:
    """Return the dates of a ticket that goes into `after`; `given` holds a new wake-up date where there is one."""
    values = _leave_waiting(before, now) if before.waiting_since else {}
    due = str(values.get("due_at", before.due_at))
    if after is StateType.WAITING:
        wake_at = str(given.get("wake_at", ""))
        return {**values, "waiting_since": to_text(now), "wake_at": wake_at, "sort_at": wake_at}
    cleared = {**values, "waiting_reason": "", "waiting_since": None, "wake_at": None}
    if after.is_active:
        return {**cleared, "sort_at": due, "solved_at": None, "closed_at": None}
    solved_at = before.solved_at or to_text(now)
    closed_at = to_text(now) if after is StateType.CLOSED else None
    return {**cleared, "sort_at": solved_at, "solved_at": solved_at, "closed_at": closed_at}


def _leave_waiting(before: Row[Any], now: datetime) -> dict[str, object]:
    paused = before.paused_seconds + int(working_time(from_text(before.waiting_since), now).total_seconds())
    due = due_date(from_text(before.created_at), Priority(before.priority), paused)
    return {"paused_seconds": paused, "due_at": to_text(due)}
