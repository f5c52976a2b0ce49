"""The views of the navigation: one declaration for the list, the badge, the command line and the keys 1 to 7."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.ticket_state import Level, StateType

if TYPE_CHECKING:
    from desktop.domain.list_rows import TicketRow


class View(NamedTuple):
    """A named selection of tickets; its title is the text `view.<id>`. Counting one that only grows tells nothing."""

    id: str
    icon: str
    has_count: bool = True


VIEWS = (
    View("inbox", "tray"),
    View("mine", "user"),
    View("unassigned", "users"),
    View("overdue", "timer"),
    View("waiting", "hourglass"),
    View("handed_over", "arrow-bend-up-right"),
    View("done", "check-circle", has_count=False),
)
"""inbox: new or with news, nobody has looked yet; mine: active and assigned to me; done: solved and closed."""


def fitting_views(row: TicketRow, *, is_mine: bool, now: datetime) -> tuple[str, ...]:
    """Return the views that show a ticket, the most telling one first; `active` and `all` always come last.

    Says the same as the conditions in `models.view_sql`; a test compares both.
    """
    state = row.state_type
    is_running = state in (StateType.NEW, StateType.OPEN)
    shown = {
        "mine": state.is_active and is_mine,
        "unassigned": state.is_active and not row.assignee_name,
        "handed_over": state.is_active and row.level > Level.FIRST,
        "waiting": state is StateType.WAITING,
        "overdue": is_running and row.due_at is not None and row.due_at < now,
        "inbox": state is StateType.NEW or row.has_news,
        "done": not state.is_active,
        "active": state.is_active,
        "all": True,
    }
    return tuple(view for view, is_shown in shown.items() if is_shown)
