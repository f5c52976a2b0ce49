"""Tells the PCs the company's own checklists: every PC that lacks the newest state gets all of them in one message.

What PCs need is kept as the row `wizards` beside the policy when something is published or withdrawn; it is queued
right before delivering, so that ten changes in a row become one message, and a PC let in later gets it as well.
"""

from __future__ import annotations

import json
from typing import cast

from sqlalchemy import Connection, delete, select, update

from desktop.base.errors import AppError
from desktop.domain.payloads import Wizards
from desktop.domain.wizard.definition import Audience
from desktop.domain.wizard.overlay import Overlay
from desktop.domain.wizard.validator import jump_targets
from desktop.models.tables import devices, outbox, policy
from desktop.services.outbox_rows import queue_payload
from desktop.services.policy_rows import changed_at, is_untold, lacking, version_of, write_policy
from desktop.services.wizard_library import published_files
from desktop.services.work import Work

ROW = "wizards"
MAX_BYTES = 1_500_000  # of the message; a manifest may have 2 MiB (docs/exchange.md)


def keep_for_pcs(work: Work, connection: Connection, overlay: Overlay) -> None:
    """Keep what PCs need of what holds now; where that is as before they are told nothing.

    Raises AppError `own_wizard.too_much` where it does not fit into one message.
    """
    files = _files_for_pcs(connection, overlay)
    document = json.dumps(files, ensure_ascii=False, sort_keys=True)
    if len(json.dumps(files)) > MAX_BYTES:
        raise AppError("own_wizard.too_much", parameters={"limit": MAX_BYTES // 1000})
    before = connection.execute(select(policy.c.document).where(policy.c.id == ROW)).scalar()
    if document != (before or "{}"):
        write_policy(work, connection, files, row=ROW)


def queue_wizards(work: Work) -> int:
    """Queue them for every PC that lacks the newest state; returns how many there were."""
    with work.store.reading() as connection:
        if not are_wizards_untold(connection):
            return 0
    with work.store.writing() as connection:
        version = version_of(connection, ROW)
        found = list(connection.execute(lacking(devices.c.wizards_version, version)).scalars())
        payload = _payload(work, connection, version)
        for device_id in found:
            _forget_older(connection, device_id)
            queue_payload(work, connection, payload, device_id=device_id)
            connection.execute(update(devices).where(devices.c.id == device_id).values(wizards_version=version))
    return len(found)


def are_wizards_untold(connection: Connection) -> bool:
    """Tell whether a PC that is let in lacks the newest state."""
    return is_untold(connection, devices.c.wizards_version, ROW)


def _files_for_pcs(connection: Connection, overlay: Overlay) -> dict[str, str]:
    """Return the company's own that employees may start, and those that any of theirs goes on in."""
    wizards = overlay.library.wizards
    needed: set[str] = set()
    ahead = [name for name, one in wizards.items() if one.audience is Audience.EMPLOYEE]
    while ahead:
        name = ahead.pop()
        if name not in needed and name in wizards:
            needed.add(name)
            ahead += jump_targets(wizards[name])
    own = published_files(connection).keys() - overlay.left_out.keys()
    return {name: overlay.files[name].decode("utf-8") for name in sorted(own & needed)}


def _forget_older(connection: Connection, device_id: str) -> None:
    """Drop the messages this one takes the place of: they are long, and an acknowledged one is never read again."""
    is_over = outbox.c.delivered_at.is_(None) | outbox.c.acknowledged_at.is_not(None)
    older = (outbox.c.device_id == device_id) & (outbox.c.kind == Wizards.kind)
    connection.execute(delete(outbox).where(older, is_over))


def _payload(work: Work, connection: Connection, version: int) -> Wizards:
    document = connection.execute(select(policy.c.document).where(policy.c.id == ROW)).scalar_one()
    files = cast("dict[str, str]", json.loads(document))
    return Wizards(version=version, created_at=changed_at(work, connection, ROW), files=files)
