"""The policy's row: what every PC's diagnosis asks and judges by, as one document with a version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Column, Connection, Select, insert, select, update

from desktop.base.clock import from_text, to_text
from desktop.models.tables import device_keys, devices, policy
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


def version_of(connection: Connection, row: str = ROW) -> int:
    """Return the version that PCs should know; 0 where there is nothing to tell yet."""
    return int(connection.execute(select(policy.c.version).where(policy.c.id == row)).scalar() or 0)


def changed_at(work: Work, connection: Connection, row: str = ROW) -> str:
    """Return when it was last changed, now where nobody wrote that down."""
    found = connection.execute(select(policy.c.changed_at).where(policy.c.id == row)).scalar()
    return to_text(from_text(found) if found else work.clock())


def lacking(told: Column[Any], version: int) -> Select[Any]:
    """Return the query for the PCs that are let in and were `told` another version."""
    keys = select(device_keys.c.device_id).where(device_keys.c.revoked_at.is_(None))
    is_let_in = (devices.c.status == "approved") & devices.c.id.in_(keys)
    return select(devices.c.id).where(is_let_in, told != version).order_by(devices.c.id)


def is_untold(connection: Connection, told: Column[Any], row: str = ROW) -> bool:
    """Tell whether a PC that is let in lacks the newest version."""
    version = version_of(connection, row)
    return version > 0 and connection.execute(lacking(told, version).limit(1)).first() is not None
