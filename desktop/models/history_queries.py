"""Reads a device's past: its stored snapshots without their documents, and the points of its series."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop.base.clock import from_text
from desktop.domain.device_rows import Point
from desktop.domain.retention import StoredSnapshot
from desktop.domain.wizard.suggest import PastEnd
from desktop.models.fetching import fetch, fetch_one, storable

_STORED = """
SELECT s.id, s.taken_at, s.hints, EXISTS (
  SELECT 1 FROM tickets AS t WHERE (t.snapshot_id = s.id OR t.id = s.ticket_id) AND t.device_id = s.device_id
  AND t.state_type NOT IN ('closed', 'merged')) OR EXISTS (
  SELECT 1 FROM tickets AS t WHERE t.id = s.ticket_id AND t.state_type NOT IN ('closed', 'merged'))
FROM snapshots AS s WHERE s.device_id = :device ORDER BY s.taken_at DESC, s.id DESC"""
_PINNED = "SELECT coalesce(pinned_snapshot_id, '') FROM devices WHERE id = :device"
_POINTS = """
SELECT at, value FROM series_points WHERE device_id = :device AND series = :series ORDER BY at DESC LIMIT :limit"""

_TROUBLE = "SELECT id, category, created_at FROM tickets WHERE id = :wanted OR number = :number"
_ANSWERS = """
SELECT s.answer FROM wizard_steps AS s JOIN wizard_runs AS r ON r.id = s.run_id
WHERE r.ticket_id = :ticket AND s.answer GLOB '"[0-9][0-9][0-9][0-9]-*'"""
_PAST_ENDS = """
SELECT r.wizard, r.last_wizard, r.last_step, count(DISTINCT r.ticket_id)
FROM wizard_runs AS r JOIN tickets AS t ON t.id = r.ticket_id
LEFT JOIN inventory AS i ON i.device_id = t.device_id
WHERE r.state = 'finished' AND r.mode <> 'do-confirm' AND r.started_at >= :since AND r.ticket_id <> :ticket AND (
  (t.category = :category AND :category NOT IN ('', 'other')) OR (i.model = :model AND :model <> '')
  OR EXISTS (SELECT 1 FROM findings AS f WHERE f.snapshot_id = t.snapshot_id AND f.state = 'present'
    AND f.severity <> 'info' AND f.finding IN (
      SELECT finding FROM findings WHERE snapshot_id = :snapshot AND state = 'present' AND severity <> 'info')))
GROUP BY r.wizard, r.last_wizard, r.last_step"""
_LIKENESS = """
SELECT t.category, coalesce(i.model, ''), coalesce(t.snapshot_id, '')
FROM tickets AS t LEFT JOIN inventory AS i ON i.device_id = t.device_id WHERE t.id = :ticket"""


def list_past_ends(connection: Connection, ticket_id: str, *, since: str) -> tuple[PastEnd, ...]:
    """Return how checklists ended on tickets of the same category, device model or finding since a moment."""
    line = fetch_one(connection, _LIKENESS, {"ticket": ticket_id})
    if line is None:
        return ()
    category, model, snapshot = line
    values = {"ticket": ticket_id, "since": since, "category": category, "model": model, "snapshot": snapshot}
    return tuple(PastEnd(*one) for one in fetch(connection, _PAST_ENDS, values))


def list_stored(connection: Connection, device_id: str) -> tuple[StoredSnapshot, ...]:
    """Return a device's snapshots as their rows say, newest first."""
    lines = fetch(connection, _STORED, {"device": device_id})
    return tuple(StoredSnapshot(id_, taken_at, hints, bool(on_ticket)) for id_, taken_at, hints, on_ticket in lines)


def pinned_of(connection: Connection, device_id: str) -> str:
    """Return the id of the snapshot that an administrator pinned, empty where there is none."""
    line = fetch_one(connection, _PINNED, {"device": device_id})
    return str(line[0]) if line else ""


def list_points(connection: Connection, device_id: str, series: str, limit: int) -> tuple[Point, ...]:
    """Return the newest points of a series, oldest first."""
    lines = fetch(connection, _POINTS, {"device": device_id, "series": series, "limit": limit})
    return tuple(Point(from_text(at), value) for at, value in reversed(lines))


def read_trouble(connection: Connection, number_or_id: str) -> tuple[str, str, tuple[str, ...]] | None:
    """Return a ticket's category, its moment of creation and the answers of its checklists, or None."""
    wanted = storable(number_or_id.strip())
    line = fetch_one(connection, _TROUBLE, {"wanted": wanted, "number": wanted.upper()})
    if line is None:
        return None
    ticket_id, category, created_at = line
    answers = fetch(connection, _ANSWERS, {"ticket": ticket_id})
    return category, created_at, tuple(str(one[0]) for one in answers)
