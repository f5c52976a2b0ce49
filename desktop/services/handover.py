"""Hands a ticket over to the second or third level: collects all there is, writes the package, records the step."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.domain.commands import Wait
from desktop.domain.handover import Handover, HandoverField, Order, PassOn, RunField, check_order, missing, unanswered
from desktop.domain.handover_fields import run_fields
from desktop.domain.handover_steps import tried_steps
from desktop.domain.rows import TicketPage, TicketRow
from desktop.domain.ticket import WaitingReason
from desktop.models.tables import company, handovers, snapshots
from desktop.services.attachments import read_attachment
from desktop.services.handover_package import Package, package_files, remove_package, write_package
from desktop.services.lists import open_ticket
from desktop.services.partners import find_partner
from desktop.services.tickets.changing import TicketChange, change_ticket
from desktop.services.tickets.messages import write_reply
from desktop.services.tickets.states import enter_waiting
from desktop.services.wizard_library import read_library
from desktop.services.work import Work

REMIND = timedelta(days=1)
"""When the ticket comes back if its due date has passed or is not to be watched over sooner."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was written and recorded."""

    path: Path
    files: tuple[str, ...]
    missing: tuple[HandoverField, ...]
    unanswered: tuple[RunField, ...]
    ticket: TicketRow


def collect_handover(work: Work, ticket: str, partner: str, order: Order) -> Handover:
    """Return all a hand-over carries. Raises AppError `ticket.unknown`, `partner.unknown`, `handover.too_long`."""
    check_order(order)
    page = open_ticket(work, ticket)
    wizards = read_library(work).wizards
    with work.store.reading() as connection:
        name = connection.execute(select(company.c.name)).scalar() or ""
    return Handover(
        company=name,
        sender=work.actor.name,
        made_at=work.clock(),
        page=page,
        partner=find_partner(work, partner),
        order=order,
        steps=tried_steps(page.runs, wizards),
        fields=run_fields(page.runs, wizards),
        snapshot=_snapshot(work, page),
    )


def hand_over(work: Work, command: PassOn, handover: Handover, pdf: bytes) -> Done[HandedOver]:
    """Write the package and record the hand-over: level, waiting for the partner, history, word to the person.

    `handover` is what `collect_handover` returned and `pdf` its pages. Raises AppError `handover.unwritable`,
    `attachments.lost`, `ticket.conflict`, `ticket.transition`; then neither files nor changes are left.
    """
    files = package_files(handover, pdf, _attachments(work, handover), command.language)
    stem = next(iter(files)).removesuffix(".pdf")
    package = write_package(command.out, stem, files, as_zip=command.as_zip)

    def act(change: TicketChange) -> None:
        _record(change, command, handover, package)

    try:
        done = change_ticket(work, handover.page.row.id, act, version=handover.page.version)
    except BaseException:
        remove_package(package)
        raise
    result = HandedOver(package.path, package.files, missing(handover), unanswered(handover), done.result)
    return Done(result, done.changes | Changes.of(Subject.MESSAGE, done.result.id), done.undo)


def _record(change: TicketChange, command: PassOn, handover: Handover, package: Package) -> None:
    partner = handover.partner
    gaps = [*(one.value for one in missing(handover)), *(one.field.id for one in unanswered(handover))]
    change.set(level=int(partner.level))
    change.record(
        "handed_over",
        partner=partner.name,
        level=int(partner.level),
        missing=gaps,
        reason=handover.order.reason.strip(),
    )
    if command.inform.strip():
        write_reply(change, command.inform)
    wake_at = _wake_at(handover, change.now, watches_due=command.watches_due)
    enter_waiting(change, Wait(change.before.id, WaitingReason.PARTNER, wake_at))
    change.connection.execute(
        insert(handovers).values(
            id=new_id(change.work.clock),
            ticket_id=change.before.id,
            partner_id=partner.id,
            partner_name=partner.name,
            level=int(partner.level),
            actor_id=change.actor.id,
            actor=change.actor.name,
            at=to_text(change.now),
            task=handover.order.task.strip(),
            language=command.language,
            reason=handover.order.reason.strip(),
            path=str(package.path),
            files=json.dumps(package.files, ensure_ascii=False),
            missing=json.dumps(gaps),
        )
    )


def _wake_at(handover: Handover, now: datetime, *, watches_due: bool) -> datetime:
    due = handover.page.row.due_at
    return due if watches_due and due is not None and due > now else now + REMIND


def _attachments(work: Work, handover: Handover) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for message in handover.conversation:
        for one in message.attachments:
            name = one.name if one.name not in found else f"{one.sha256[:8]} {one.name}"
            found[name] = read_attachment(work, one.id)
    return found


def _snapshot(work: Work, page: TicketPage) -> Mapping[str, Any] | None:
    if page.snapshot is None:
        return None
    query = select(snapshots.c.document).where(snapshots.c.id == page.snapshot.id)
    with work.store.reading() as connection:
        packed = connection.execute(query).scalar()
    try:
        return None if packed is None else json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError) as error:
        raise AppError("handover.snapshot", kind=ErrorKind.ENVIRONMENT, detail=str(error)) from error
