"""Tells the PCs the policy: every PC that is let in and has not heard of the newest version gets one message.

Done right before delivering, so that ten changes in a row become one message, and a PC let in later gets it as well.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Connection, update

from desktop.domain.payloads import Policy
from desktop.models.tables import devices
from desktop.services.outbox_rows import queue_payload
from desktop.services.policy_rows import changed_at, is_untold, lacking, read_policy, version_of
from desktop.services.work import Work


def queue_policy(work: Work) -> int:
    """Queue the policy for every PC that lacks it; returns how many there were."""
    with work.store.reading() as connection:
        if not is_policy_untold(connection):
            return 0
    with work.store.writing() as connection:
        version = version_of(connection)
        found = list(connection.execute(lacking(devices.c.policy_version, version)).scalars())
        payload = _payload(work, connection, version)
        for device_id in found:
            queue_payload(work, connection, payload, device_id=device_id)
            told = update(devices).where(devices.c.id == device_id)
            connection.execute(told.values(policy_version=version))
    return len(found)


def is_policy_untold(connection: Connection) -> bool:
    """Tell whether a PC that is let in lacks the newest policy."""
    return is_untold(connection, devices.c.policy_version)


def _payload(work: Work, connection: Connection, version: int) -> Policy:
    document = read_policy(connection)
    return Policy(
        version=version,
        created_at=changed_at(work, connection),
        targets=_object(document.get("targets")),
        findings=_object(document.get("findings")),
        level=str(document.get("level", "")),
    )


def _object(found: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None
