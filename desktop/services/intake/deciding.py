"""Decides the fate of one message, inside the batch's transaction."""

from __future__ import annotations

import json
import logging

from sqlalchemy import Connection, delete, insert, select, update

from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.payloads import Diagnosis, Enrol, Fate, FollowUp, Payload, Request, Resend, SelfHelp, Verdict
from desktop.exchange.keys import DevicePublic, device_id8
from desktop.exchange.observations import FAULT
from desktop.exchange.reports import Arrival
from desktop.models.engine import is_under_way
from desktop.models.faults import store_fault
from desktop.models.tables import device_keys, devices, outbox, seen, waiting_room
from desktop.services.admission import enrol, find_signer, invitation_of, is_room_full
from desktop.services.intake.report import Outcome
from desktop.services.intake.taking import Sender, take_follow_up, take_request, take_verdict
from desktop.services.intake.taking_diagnosis import take_diagnosis
from desktop.services.intake.taking_self_help import take_self_help
from desktop.services.outbox_rows import queue_payload
from desktop.services.work import Work

_log = logging.getLogger(__name__)
EXCERPT = 2000  # characters shown of a request in the waiting room


def decide(work: Work, connection: Connection, arrival: Arrival) -> Outcome:
    """Store one message or say why not; a fault of the program leaves this one for later and none of it behind.

    Raises AppError of kind ENVIRONMENT, or the database's own error behind one, which stop the whole batch.
    """
    try:
        with connection.begin_nested():
            return _decided(work, connection, arrival)
    except AppError as error:
        if error.kind is ErrorKind.ENVIRONMENT:
            raise
        return Outcome(arrival, Fate.QUARANTINED, reason="payload", is_refused=True)
    except Exception as error:  # every message is a job of its own, and this is the job's runner
        if store_fault(error, work.store.path) is not None or not is_under_way(connection):
            raise
        _log.error("message %s could not be taken in", arrival.id or arrival.claimed_id, exc_info=error)
        return Outcome(arrival, Fate.LATER, reason=FAULT)


def _decided(work: Work, connection: Connection, arrival: Arrival) -> Outcome:
    if arrival.fate_hint is Fate.QUARANTINED:
        _ask_again(work, connection, arrival)
        return Outcome(arrival, Fate.QUARANTINED, reason=arrival.reason)
    if arrival.fate_hint is not Fate.IMPORTED or arrival.payload is None or arrival.signer is None:
        return Outcome(arrival, arrival.fate_hint, reason=arrival.reason)
    earlier = connection.execute(select(seen).where(seen.c.id == arrival.id)).first()
    if earlier is not None:
        return Outcome(arrival, Fate.DUPLICATE)
    outcome = _by_sender(work, connection, arrival, arrival.payload, arrival.signer)
    if outcome.fate in (Fate.IMPORTED, Fate.DUPLICATE):
        _mark_seen(work, connection, outcome)
    return outcome


def _by_sender(work: Work, connection: Connection, arrival: Arrival, payload: Payload, signer: DevicePublic) -> Outcome:
    known = find_signer(connection, signer.verify_key)
    if known is not None and known.status == "revoked":
        return Outcome(arrival, Fate.QUARANTINED, reason="revoked", device_id=known.device_id, is_refused=True)
    if known is None and is_room_full(connection, signer.verify_key):
        is_invited = isinstance(payload, Enrol) and invitation_of(work, connection, payload, signer)
        if not is_invited:
            return Outcome(arrival, Fate.LATER, reason="waiting_room_full")
    if isinstance(payload, Enrol):
        device_id = enrol(work, connection, payload, signer)
        return Outcome(arrival, Fate.IMPORTED, device_id=device_id)
    if known is None or not known.is_approved:
        _let_wait(work, connection, arrival, payload)
        return Outcome(arrival, Fate.WAITING, reason="unapproved", device_id=known.device_id if known else "")
    connection.execute(update(devices).where(devices.c.id == known.device_id).values(seen_at=to_text(work.clock())))
    return _take(work, connection, arrival, payload, Sender(known.device_id, known.name, known.person_id))


def _take(work: Work, connection: Connection, arrival: Arrival, payload: Payload, sender: Sender) -> Outcome:
    if isinstance(payload, Request):
        return take_request(work, connection, arrival, payload, sender)
    if isinstance(payload, FollowUp):
        return take_follow_up(work, connection, arrival, payload, sender)
    if isinstance(payload, Verdict):
        return take_verdict(work, connection, arrival, payload, sender)
    if isinstance(payload, Diagnosis):
        return take_diagnosis(work, connection, arrival, payload, sender)
    if isinstance(payload, SelfHelp):
        return take_self_help(work, connection, arrival, payload, sender)
    raise AppError("payload.invalid", parameters={"key": "kind"})


def _mark_seen(work: Work, connection: Connection, outcome: Outcome) -> None:
    arrival = outcome.arrival
    connection.execute(
        insert(seen).values(
            id=arrival.id,
            fate=outcome.fate.value,
            at=to_text(work.clock()),
            sha256=arrival.sha256,
            device_id=outcome.device_id or None,
            ticket_id=outcome.ticket_id or None,
        )
    )
    connection.execute(delete(waiting_room).where(waiting_room.c.id == arrival.id))


def _let_wait(work: Work, connection: Connection, arrival: Arrival, payload: Payload) -> None:
    """Show the message in the waiting room; the file itself stays where it is until the PC is let in."""
    if (
        arrival.signer is None
        or connection.execute(select(waiting_room.c.id).where(waiting_room.c.id == arrival.id)).first()
    ):
        return
    connection.execute(
        insert(waiting_room).values(
            id=arrival.id,
            verify_key=arrival.signer.verify_key,
            kind=payload.kind,
            person_name=str(getattr(payload, "person_name", ""))[:120],
            host=str(getattr(payload, "host", ""))[:120],
            text=str(getattr(payload, "text", ""))[:EXCERPT],
            at=to_text(work.clock()),
        )
    )


def _ask_again(work: Work, connection: Connection, arrival: Arrival) -> None:
    """Ask a known PC once for a message that arrived damaged; a message that is wrong in itself stays wrong."""
    wanted = arrival.claimed_id
    device_id = _device_of_folder(connection, arrival)
    if not wanted or not device_id:
        return
    asked = select(outbox.c.payload).where(outbox.c.kind == Resend.kind, outbox.c.device_id == device_id)
    if any(wanted in json.loads(one)["ids"] for one in connection.execute(asked).scalars()):
        return
    queue_payload(work, connection, Resend([wanted]), device_id=device_id)


def _device_of_folder(connection: Connection, arrival: Arrival) -> str:
    if arrival.signer is not None:
        known = find_signer(connection, arrival.signer.verify_key)
        return known.device_id if known is not None and known.is_approved else ""
    query = select(device_keys.c.verify_key, device_keys.c.device_id).where(device_keys.c.revoked_at.is_(None))
    found = (str(one.device_id) for one in connection.execute(query) if device_id8(one.verify_key) == arrival.folder)
    return next(found, "") if arrival.folder else ""
