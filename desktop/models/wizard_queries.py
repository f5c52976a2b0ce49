"""Reads the log of checklists for their figures: runs and the steps they went through, without anybody's texts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from desktop.base.clock import from_text, to_text
from desktop.domain.wizard.run import Source
from desktop.domain.wizard.uses import RunUse, StepUse
from desktop.models.fetching import fetch

STALE = timedelta(days=14)  # our judgement: whoever left a checklist that long ago does not come back to it

_RUNS = """
SELECT r.id, r.wizard, r.audience, r.state, r.last_wizard,
  CASE WHEN r.last_step = '' AND r.state = 'finished' THEN r.outcome ELSE r.last_step END, r.started_at, r.platform,
  coalesce(t.number, ''), r.changed_at,
  EXISTS (SELECT 1 FROM events AS e WHERE e.ticket_id = r.ticket_id AND e.kind = 'wizard_handed_over'
    AND json_extract(e.detail, '$.run') = r.id)
FROM wizard_runs AS r LEFT JOIN tickets AS t ON t.id = r.ticket_id
WHERE r.started_at >= :since AND r.mode <> 'do-confirm' ORDER BY r.started_at, r.id"""
_STEPS = """
SELECT s.run_id, CASE s.wizard WHEN '' THEN r.wizard ELSE s.wizard END, s.step, s.entered_at, s.at, s.source, s.exit,
  CASE s.answer WHEN '"yes"' THEN 1 WHEN '"no"' THEN 0 END
FROM wizard_steps AS s JOIN wizard_runs AS r ON r.id = s.run_id
WHERE r.started_at >= :since AND r.mode <> 'do-confirm' AND s.exit <> '' AND s.exit <> 'jump'
ORDER BY s.run_id, s.position"""
_DEPARTMENTS = """
SELECT t.number, d.name FROM tickets AS t JOIN people AS p ON p.id = t.person_id
JOIN departments AS d ON d.id = p.department_id
WHERE t.id IN (SELECT ticket_id FROM wizard_runs WHERE started_at >= :since)"""


def list_run_uses(connection: Connection, *, since: datetime, now: datetime) -> tuple[RunUse, ...]:
    """Return the runs begun since a moment, oldest first."""
    lines = fetch(connection, _RUNS, {"since": to_text(since)})
    stale = to_text(now - STALE)
    return tuple(
        RunUse(
            id_, wizard, audience, state, last_wizard or wizard, last_step, from_text(started), platform, ticket,
            is_stale=changed < stale, was_passed_on=bool(passed),
        )
        for id_, wizard, audience, state, last_wizard, last_step, started, platform, ticket, changed, passed in lines
    )  # fmt: skip


def list_step_uses(connection: Connection, *, since: datetime) -> tuple[StepUse, ...]:
    """Return the steps of these runs, run by run in the order of their log."""
    known = {one.value: one for one in Source}
    return tuple(
        StepUse(run, wizard, step, _seconds(entered, left), known.get(source, Source.HUMAN), way,
                None if yes is None else bool(yes))
        for run, wizard, step, entered, left, source, way, yes in fetch(connection, _STEPS, {"since": to_text(since)})
    )  # fmt: skip


def departments_by_ticket(connection: Connection, *, since: datetime) -> dict[str, str]:
    """Return the department of whoever a ticket is about, by the ticket's number."""
    return {str(number): str(name) for number, name in fetch(connection, _DEPARTMENTS, {"since": to_text(since)})}


def _seconds(entered: str, left: str) -> float:
    """A PC's clock may have been set in between: no step took less than no time."""
    return max(0.0, (from_text(left) - from_text(entered)).total_seconds()) if entered and left else 0.0
