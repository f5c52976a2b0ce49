"""When a ticket is due: working hours per priority, counted Monday to Friday from 8 to 17 o'clock in Germany.

The hours are our default for a company with one technician; holidays are not known here.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.ticket import Priority

ZONE = ZoneInfo("Europe/Berlin")
OPENS = time(8)
CLOSES = time(17)
FRIDAY = 4


SOLUTION_HOURS = {Priority.URGENT: 4, Priority.HIGH: 9, Priority.NORMAL: 18, Priority.LOW: 45}
"""Working hours. A working day has nine hours here, so normal means two days and low a week."""


def solution_due(start: datetime, priority: Priority, *, paused: timedelta = timedelta()) -> datetime:
    """Return until when a ticket of this priority should be solved, in UTC; later by the working time it waited."""
    return add_working_time(start, timedelta(hours=SOLUTION_HOURS[priority]) + paused)


def add_working_time(start: datetime, span: timedelta) -> datetime:
    """Return the moment in UTC at which `span` of working time has passed since `start`."""
    day = start.astimezone(ZONE).date()
    left = span
    while True:
        opens, closes = _day(day)
        begin = max(start.astimezone(UTC), opens)
        if begin + left <= closes:
            return begin + left
        left -= max(closes - begin, timedelta())
        day += timedelta(days=1)


def working_time(start: datetime, end: datetime) -> timedelta:
    """Return the working time between two moments; nothing where `end` is not after `start`."""
    total = timedelta()
    day = start.astimezone(ZONE).date()
    last = end.astimezone(ZONE).date()
    while day <= last:
        opens, closes = _day(day)
        total += max(min(end, closes) - max(start, opens), timedelta())
        day += timedelta(days=1)
    return total


def _day(day: date) -> tuple[datetime, datetime]:
    """Return opening and closing time in UTC; both the same where nobody works."""
    opens = datetime.combine(day, OPENS, ZONE).astimezone(UTC)
    closes = datetime.combine(day, CLOSES, ZONE).astimezone(UTC)
    return (opens, closes) if day.weekday() <= FRIDAY else (opens, opens)
