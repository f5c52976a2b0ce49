"""Brings the table `outbox` to the PCs: sealed under the row's own id, so that twice is once, until acknowledged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.domain.payloads import FROM_DESK, from_document
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.keys import DevicePublic
from desktop.exchange.reports import Step, no_step
from desktop.models.tables import device_keys, outbox
from desktop.services.policy_post import is_policy_untold, queue_policy
from desktop.services.wizard_post import are_wizards_untold, queue_wizards
from desktop.services.work import Work

GIVEN_UP_AFTER = timedelta(days=90)  # an answer nobody fetched that long is not sent again
BATCH = 200


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one round did: how many messages went into the mailbox, how many PCs acknowledged, how many still wait."""

    delivered: int = 0
    acknowledged: int = 0
    waiting: int = 0
    problem: AppError | None = None


def deliver(work: Work, post: DeskPost, *, step: Step = no_step) -> Done[DeliveryReport]:
    """Seal what is new, put it into the mailbox, take in acknowledgements; what fails is tried again next time.

    `step` is called with `deliver.policy`, `.wizards`, `.sealed`, `.delivered`, `.stored`, `.acknowledged`.
    Raises AppError `store.*`.
    """
    acknowledged = _take_receipts(work, post, step)
    queue_policy(work)
    step("deliver.policy")
    queue_wizards(work)
    step("deliver.wizards")
    problem = None
    for row in _open_rows(work):
        payload = from_document(json.loads(row.payload), FROM_DESK)
        try:
            post.send(DevicePublic(row.verify_key, row.box_key), payload, row.id)
        except AppError as error:
            problem = error
            break
        step("deliver.sealed")
    try:
        delivered = post.deliver()
    except AppError as error:
        delivered, problem = (), error
    step("deliver.delivered")
    tickets = _store(work, delivered, "delivered_at")
    step("deliver.stored")
    with work.store.reading() as connection:
        open_rows = select(func.count()).select_from(outbox).where(outbox.c.acknowledged_at.is_(None))
        waiting = int(connection.execute(open_rows).scalar_one())
    touched = {*tickets, *acknowledged[1]}
    report = DeliveryReport(len(delivered), acknowledged[0], waiting, problem)
    return Done(report, Changes.of(Subject.MESSAGE, *touched))


def count_undelivered(work: Work) -> int:
    """Return how many messages for PCs have not been put into the mailbox yet.

    The policy that some lack counts as one, and so do the company's own checklists.
    """
    with work.store.reading() as connection:
        query = select(func.count()).select_from(outbox).where(outbox.c.delivered_at.is_(None))
        untold = int(is_policy_untold(connection)) + int(are_wizards_untold(connection))
        return int(connection.execute(query).scalar_one()) + untold


def _take_receipts(work: Work, post: DeskPost, step: Step) -> tuple[int, set[str]]:
    """Store what PCs acknowledged before anything forgets it."""
    ids = post.collect_receipts()
    tickets = _store(work, ids, "acknowledged_at")
    step("deliver.acknowledged")
    post.forget(ids)
    return len(ids), tickets


def _open_rows(work: Work) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what is not acknowledged, of PCs that are not shut out; the post knows which of it is sealed already."""
    limit = to_text(work.clock() - GIVEN_UP_AFTER)
    query = (
        select(outbox.c.id, outbox.c.payload, device_keys.c.verify_key, device_keys.c.box_key)
        .join(device_keys, device_keys.c.device_id == outbox.c.device_id)
        .where(outbox.c.acknowledged_at.is_(None), outbox.c.created_at > limit)
        .where(device_keys.c.revoked_at.is_(None) | (outbox.c.kind == "admission"))
        .order_by(outbox.c.id)
    )
    with work.store.reading() as connection:
        return connection.execute(query).all()


def _store(work: Work, ids: Iterable[str], column: str) -> set[str]:
    """Note the moment on the rows that do not have it yet; returns the tickets they belong to."""
    wanted = list(ids)
    tickets: set[str] = set()
    for start in range(0, len(wanted), BATCH):
        part = {"ids": wanted[start : start + BATCH]}
        chosen = outbox.c.id.in_(bindparam("ids", expanding=True)) & outbox.c[column].is_(None)
        with work.store.writing() as connection:
            found = connection.execute(select(outbox.c.ticket_id).where(chosen), part).scalars()
            tickets |= {one for one in found if one}
            now = {column: to_text(work.clock())}
            connection.execute(update(outbox).where(chosen).values(**now), part)
    return tickets
