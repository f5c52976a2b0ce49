"""The order of the intake: scan, store in one transaction, acknowledge, delete."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from desktop.base.changes import Changes, Done, Subject
from desktop.base.errors import AppError
from desktop.domain.payloads import Enrol, Fate
from desktop.exchange.desk_post import DeskPost
from desktop.exchange.keys import DevicePublic
from desktop.exchange.observations import FAULT
from desktop.exchange.reports import Arrival, Step, no_step
from desktop.models.tables import waiting_room
from desktop.services.intake.deciding import decide
from desktop.services.intake.report import ImportedMessage, ImportReport, Outcome
from desktop.services.work import Work

BATCH = 50
BATCH_BYTES = 64 * 1024 * 1024
_SETTLED = (Fate.IMPORTED, Fate.DUPLICATE)
_FINISHED = (*_SETTLED, Fate.QUARANTINED)


def import_mailbox(work: Work, post: DeskPost, *, step: Step = no_step) -> Done[ImportReport]:
    """Take in everything that waits; the report has a line per message with its fate.

    `step` is called with a name between all steps: `import.scanned`, `.message`, `.before_commit`, `.committed`,
    `.acknowledged`, `.removed`. Raises AppError `mailbox.*` where the folder fails, `store.*` where the database does;
    what was stored before stays stored.
    """
    lines: dict[str, ImportedMessage] = {}
    changes, problem = Changes(), None
    while problem is None:
        arrivals = _batch(work, post)
        step("import.scanned")
        outcomes = _store(work, arrivals, step)
        problem = _settle(post, outcomes, step)
        changes |= _changes(outcomes)
        is_moving = any(one.fate in _FINISHED and one.arrival.file not in lines for one in outcomes)
        lines |= {one.arrival.file: one.message for one in outcomes}
        if not is_moving:
            break
    return Done(ImportReport(tuple(lines.values()), problem), changes)


def _batch(work: Work, post: DeskPost) -> list[Arrival]:
    """Read the next messages: enrolments first, then each PC's in the order in which it sent them.

    What rests in the waiting room is read again every time, so it must not use up the batch.
    """
    with work.store.reading() as connection:
        resting = connection.execute(select(func.count()).select_from(waiting_room)).scalar_one()
    found: list[Arrival] = []
    size = 0
    for one in post.scan(BATCH + int(resting)):
        found.append(one)
        size += sum(len(part) for part in one.parts)
        if size >= BATCH_BYTES:
            break
    return sorted(found, key=_order)


def _order(arrival: Arrival) -> tuple[bool, str, int, str]:
    if isinstance(arrival.payload, Enrol):
        return False, "", 0, arrival.id
    sequence = getattr(arrival.payload, "device_seq", 0)
    return True, arrival.signer.id8 if arrival.signer else "", int(sequence), arrival.id


def _store(work: Work, arrivals: Sequence[Arrival], step: Step) -> list[Outcome]:
    if not arrivals:
        return []
    outcomes: list[Outcome] = []
    with work.store.writing() as connection:
        for arrival in arrivals:
            outcomes.append(decide(work, connection, arrival))
            step("import.message")
        step("import.before_commit")
    step("import.committed")
    return outcomes


def _settle(post: DeskPost, outcomes: Sequence[Outcome], step: Step) -> AppError | None:
    """Acknowledge and delete what is safe, put the rest aside; returns why the mailbox refused, if it did."""
    by_device: dict[bytes, tuple[DevicePublic, list[str], list[str]]] = {}
    for one in outcomes:
        if one.arrival.signer is not None and (one.fate in _SETTLED or one.is_refused):
            _, safe, refused = by_device.setdefault(one.arrival.signer.verify_key, (one.arrival.signer, [], []))
            (refused if one.is_refused else safe).append(one.arrival.id)
    try:
        for device, safe, refused in by_device.values():
            post.acknowledge(device, safe, refused=refused)
            step("import.acknowledged")
    except AppError as error:
        return error  # nothing is deleted unacknowledged: the files come again as duplicates
    for one in outcomes:
        if one.fate in _SETTLED:
            post.remove(one.arrival)
            step("import.removed")
        elif one.fate is Fate.QUARANTINED:
            post.quarantine(one.arrival, one.reason)
        elif one.reason == FAULT:
            post.leave(one.arrival, FAULT)
    return None


def _changes(outcomes: Sequence[Outcome]) -> Changes:
    done = [one for one in outcomes if one.fate in (Fate.IMPORTED, Fate.WAITING)]
    found = Changes.of(Subject.TICKET, *(one.ticket_id for one in done if one.ticket_id))
    found |= Changes.of(Subject.DEVICE, *(one.device_id for one in done if one.device_id))
    return found | Changes.of(Subject.MAILBOX, "in") if outcomes else found
