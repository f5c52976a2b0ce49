"""Which snapshots of a device are kept: the healthy one to compare with, the last ones, and one of each month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LAST = 10
"""So many of the newest are kept, whatever they say."""


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """A snapshot as its row says; `taken_at` is ISO 8601 in UTC, `hints` counts findings worse than a remark."""

    id: str
    taken_at: str
    hints: int
    is_on_open_ticket: bool = False


def baseline_of(stored: Sequence[StoredSnapshot], *, pinned: str = "", before: str = "") -> StoredSnapshot | None:
    """Return what to compare with: the pinned snapshot, else the newest healthy one taken earlier than `before`.

    `stored` is newest first. Where `before` is empty, any moment will do.
    """
    chosen = next((one for one in stored if one.id == pinned), None)
    healthy = (one for one in stored if not one.hints and (not before or one.taken_at < before))
    return chosen or next(healthy, None)


def superfluous(stored: Sequence[StoredSnapshot], *, pinned: str = "") -> tuple[str, ...]:
    """Return the ids of the snapshots that need not be kept; `stored` is newest first.

    Kept are the last ten, the baselines of the newest and of now, the newest of each month, and those of tickets that
    are not closed.
    """
    kept = {one.id for one in stored[:LAST]} | {one.id for one in stored if one.is_on_open_ticket}
    newest = stored[0].taken_at if stored else ""
    for before in ("", newest):
        if (found := baseline_of(stored, pinned=pinned, before=before)) is not None:
            kept.add(found.id)
    months: set[str] = set()
    for one in stored:
        month = one.taken_at[:7]
        if month not in months:
            months.add(month)
            kept.add(one.id)
    return tuple(one.id for one in stored if one.id not in kept)
