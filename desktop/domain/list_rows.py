"""The rows of the first picture: a ticket in a list, a badge, a technician.

Apart from `domain.rows`, which offers them too, and named tuples: frozen classes cost a start four times as much.
"""

from datetime import datetime
from typing import NamedTuple

from desktop.domain.ticket_state import Level, Priority, StateType


class TicketRow(NamedTuple):
    """One line of a ticket list; `has_news` is true while nobody has looked at the newest message from outside."""

    id: str
    number: str
    title: str
    state_type: StateType
    state_name: str
    priority: Priority
    level: Level
    category: str
    person_name: str
    device_name: str
    assignee_name: str
    created_at: datetime
    changed_at: datetime
    due_at: datetime | None
    wake_at: datetime | None
    has_news: bool


class ViewCount(NamedTuple):
    """One entry of the navigation with its badge; `id` is one of `domain.views.VIEWS`."""

    id: str
    number: int


class TechnicianRow(NamedTuple):
    """Somebody tickets can be assigned to."""

    id: str
    name: str
    is_me: bool = False
