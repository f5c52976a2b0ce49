"""The views as SQL conditions, written once: for the first page, for the lists and for the partial indexes.

SQLite uses a partial index only where the query repeats its condition word for word; hence plain text and no Core.
"""

from __future__ import annotations

from typing import NamedTuple

from desktop.domain.views import VIEWS

ACTIVE = "state_type IN ('new', 'open', 'waiting')"
RUNNING = "state_type IN ('new', 'open')"
WAITING = "state_type = 'waiting'"
DONE = "state_type IN ('solved', 'closed', 'merged')"
INBOX = "(state_type = 'new' OR has_news = 1)"
HANDED_OVER = "state_type IN ('new', 'open', 'waiting') AND level > 1"


class ViewQuery(NamedTuple):
    """How one view selects and sorts; `condition` may use :me and :now."""

    condition: str
    index_name: str
    is_descending: bool = False
    is_by_arrival: bool = False


QUERIES = {
    "inbox": ViewQuery(INBOX, "ix_tickets_inbox"),
    "mine": ViewQuery(f"{ACTIVE} AND assignee_id = :me", "ix_tickets_assigned"),
    "unassigned": ViewQuery(f"{ACTIVE} AND assignee_id IS NULL", "ix_tickets_assigned"),
    "overdue": ViewQuery(f"{RUNNING} AND sort_at < :now", "ix_tickets_running"),
    "waiting": ViewQuery(WAITING, "ix_tickets_waiting"),
    "handed_over": ViewQuery(HANDED_OVER, "ix_tickets_handed_over"),
    "done": ViewQuery(DONE, "ix_tickets_done", is_descending=True),
    "active": ViewQuery(ACTIVE, "ix_tickets_active"),
    "all": ViewQuery("state_type <> ''", "", is_descending=True, is_by_arrival=True),
}
"""`active` and `all` are no entries of the navigation; the command line and the palette use them."""

COUNTED = tuple(one.id for one in VIEWS if one.has_count)
"""The views with a badge, in the order of the navigation."""

_COUNTS = (f"(SELECT count(*) FROM tickets WHERE {QUERIES[view].condition}) AS {view}" for view in COUNTED)  # noqa: S608 - from our own table of views

COUNT_VIEWS = f"SELECT {', '.join(_COUNTS)}"
