"""The words of a ticket and its rules: kinds, impact, urgency and the priority that follows; states and levels too."""

from __future__ import annotations

from enum import Enum

from desktop.base.errors import AppError
from desktop.domain.ticket_state import Level, Priority, StateType

__all__ = [
    "CATEGORIES",
    "Channel",
    "Impact",
    "Kind",
    "Level",
    "Priority",
    "StateType",
    "Urgency",
    "WaitingReason",
    "check_transition",
    "priority_for",
    "ticket_number",
]


class Kind(Enum):
    """ITIL's split of what people ask for."""

    FAULT = "fault"
    REQUEST = "request"
    QUESTION = "question"


class WaitingReason(Enum):
    """What a waiting ticket waits for."""

    ANSWER = "answer"
    PARTNER = "partner"
    DELIVERY = "delivery"
    APPOINTMENT = "appointment"


class Impact(Enum):
    """How many are affected."""

    ME = "me"
    TEAM = "team"
    COMPANY = "company"


class Urgency(Enum):
    """How much it hinders the work, in the employee's three sentences."""

    BLOCKED = "blocked"
    LIMITED = "limited"
    MINOR = "minor"


class Channel(Enum):
    """How a request reached us."""

    TRAY = "tray"
    PHONE = "phone"
    WALK_IN = "walk_in"
    MAIL = "mail"
    COMMAND_LINE = "command_line"


CATEGORIES = (
    "printer",
    "sign-in",
    "email",
    "network",
    "software",
    "hardware",
    "files",
    "telephone",
    "security",
    "other",
)
"""The first categories of a small company; texts stand under `category.<id>`."""

# ITIL's impact x urgency matrix, with plain words in both directions.
_MATRIX = {
    (Impact.COMPANY, Urgency.BLOCKED): Priority.URGENT,
    (Impact.COMPANY, Urgency.LIMITED): Priority.URGENT,
    (Impact.COMPANY, Urgency.MINOR): Priority.NORMAL,
    (Impact.TEAM, Urgency.BLOCKED): Priority.URGENT,
    (Impact.TEAM, Urgency.LIMITED): Priority.HIGH,
    (Impact.TEAM, Urgency.MINOR): Priority.NORMAL,
    (Impact.ME, Urgency.BLOCKED): Priority.HIGH,
    (Impact.ME, Urgency.LIMITED): Priority.NORMAL,
    (Impact.ME, Urgency.MINOR): Priority.LOW,
}

_NEXT = {
    StateType.NEW: {StateType.OPEN, StateType.WAITING, StateType.SOLVED, StateType.CLOSED, StateType.MERGED},
    StateType.OPEN: {StateType.WAITING, StateType.SOLVED, StateType.CLOSED, StateType.MERGED},
    StateType.WAITING: {StateType.OPEN, StateType.WAITING, StateType.SOLVED, StateType.CLOSED, StateType.MERGED},
    StateType.SOLVED: {StateType.OPEN, StateType.CLOSED},
    StateType.CLOSED: {StateType.OPEN},
    StateType.MERGED: set[StateType](),
}


def priority_for(impact: Impact, urgency: Urgency) -> Priority:
    """Return the proposed priority; a person may override it with a reason."""
    return _MATRIX[impact, urgency]


def check_transition(before: StateType, after: StateType) -> None:
    """Raise AppError `ticket.transition` where a ticket may not go from `before` to `after`."""
    if before is not after and after not in _NEXT[before]:
        raise AppError("ticket.transition", parameters={"before": before.value, "after": after.value})


def ticket_number(year: int, serial: int) -> str:
    """Return the number people read: gapless per year, at least four digits, as in A-2026-0412."""
    return f"A-{year}-{serial:04d}"
