"""Why a stored finding is what it is, by the thresholds that this company has now."""

from __future__ import annotations

from desktop.base.errors import AppError, ErrorKind
from desktop.diagnostics.explaining import explain
from desktop.diagnostics.explanation import Explanation
from desktop.models import device_queries
from desktop.services.judging import read_earlier, rules_in_force, shipped_rules
from desktop.services.work import Work


def explain_finding(work: Work, snapshot_id: str, finding: str) -> Explanation | None:
    """Return the rule, its thresholds and what it found; None where no rule of that name is in force.

    Raises AppError `snapshot.unknown`.
    """
    with work.store.reading() as connection:
        snapshot = device_queries.read_snapshot(connection, snapshot_id)
        row = device_queries.read_snapshot_row(connection, snapshot_id, "")
        if snapshot is None or row is None:
            raise AppError("snapshot.unknown", kind=ErrorKind.USAGE, parameters={"id": snapshot_id[:60]})
        rule = next((one for one in rules_in_force(connection) if one.id == finding), None)
        if rule is None:
            return None
        history = read_earlier(connection, snapshot, row.device_id, (rule,))
    usual = next((one.limits for one in shipped_rules() if one.id == finding), None)
    return explain(rule, snapshot, history, usual=usual)
