"""Tells the PCs the policy: every PC that is let in and has not heard of the newest version gets one message.

Done right before delivering, so that ten changes in a row become one message, and a PC let in later gets it as well.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Connection, Select, select, update

from desktop.base.clock import from_text, to_text
from desktop.domain.payloads import Policy
from desktop.models.tables import device_keys, devices, policy
from desktop.services.outbox_rows import queue_payload
from desktop.services.policy_rows import ROW, read_policy
from desktop.services.work import Work


def queue_policy(work: Work) -> int:
    """Queue the policy for every PC that lacks it; returns how many there were."""
    with work.store.reading() as connection:
        if not is_policy_untold(connection):
            return 0
    with work.store.writing() as connection:
        version = _version(connection)
        found = list(connection.execute(_lacking(version)).scalars())
        payload = _payload(work, connection, version)
        for device_id in found:
            queue_payload(work, connection, payload, device_id=device_id)
            told = update(devices).where(devices.c.id == device_id)
            connection.execute(told.values(policy_version=version))
    return len(found)


def is_policy_untold(connection: Connection) -> bool:
    """Tell whether a PC that is let in lacks the newest policy."""
    version = _version(connection)
    return version > 0 and connection.execute(_lacking(version).limit(1)).first() is not None


def _version(connection: Connection) -> int:
    return int(connection.execute(select(policy.c.version).where(policy.c.id == ROW)).scalar() or 0)


def _lacking(version: int) -> Select[Any]:
    keys = select(device_keys.c.device_id).where(device_keys.c.revoked_at.is_(None))
    is_let_in = (devices.c.status == "approved") & devices.c.id.in_(keys)
    return select(devices.c.id).where(is_let_in, devices.c.policy_version != version).order_by(devices.c.id)


def _payload(work: Work, connection: Connection, version: int) -> Policy:
    document = read_policy(connection)
    changed_at = connection.execute(select(policy.c.changed_at).where(policy.c.id == ROW)).scalar()
    return Policy(
        version=version,
        created_at=to_text(from_text(changed_at)) if changed_at else to_text(work.clock()),
        targets=_object(document.get("targets")),
        findings=_object(document.get("findings")),
        level=str(document.get("level", "")),
    )


def _object(found: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", found) if isinstance(found, dict) else None
