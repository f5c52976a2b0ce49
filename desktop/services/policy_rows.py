"""The policy's row: what every PC's diagnosis asks and judges by, as one document with a version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, insert, select, update

from desktop.base.clock import from_text, to_text
from desktop.models.tables import policy
from desktop.services.work import Work

ROW = "policy"
"""The id of its one row."""


def read_policy(connection: Connection) -> dict[str, Any]:
    """Return the document; empty where the program's own values hold, or where it cannot be read."""
    text = connection.execute(select(policy.c.document).where(policy.c.id == ROW)).scalar()
    try:
        found: object = json.loads(text) if text else {}
    except ValueError:
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _later(work: Work, connection: Connection, row: str) -> datetime:
    """Return the time of a change: never before that of the last one, also where the clock was set back."""
    before = connection.execute(select(policy.c.changed_at).where(policy.c.id == row)).scalar()
    now = work.clock()
    return max(now, from_text(before) + timedelta(microseconds=1)) if before else now


def write_policy(work: Work, connection: Connection, document: Mapping[str, Any], *, row: str = ROW) -> int:
    """Keep the document and return its new version; a PC that was told another one lacks it.

    `row` is another one where something else is told to all PCs in the same way.
    """
    values = {
        "document": json.dumps(document, ensure_ascii=False, sort_keys=True),
        "changed_at": to_text(_later(work, connection, row)),
    }
    changed = connection.execute(
        update(policy).where(policy.c.id == row).values(**values, version=policy.c.version + 1)
    )
    if not changed.rowcount:
        connection.execute(insert(policy).values(id=row, **values))
    return int(connection.execute(select(policy.c.version).where(policy.c.id == row)).scalar_one())
