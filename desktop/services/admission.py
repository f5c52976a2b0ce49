"""Lets PCs in: by an invitation's token up to its number of PCs, else by a person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from desktop.base.clock import to_text
from desktop.base.ids import new_id
from desktop.domain.payloads import Admission, Enrol
from desktop.exchange.enrolment import enrolled_device, matching_token
from desktop.exchange.keys import DevicePublic
from desktop.models.tables import company, device_keys, devices, invitations, waiting_room
from desktop.services.outbox_rows import queue_payload
from desktop.services.people_rows import find_or_make_person
from desktop.services.recording import record_act
from desktop.services.work import Work

MAX_WAITING = 20  # unknown PCs in the waiting room; a flood stops there


@dataclass(frozen=True, slots=True)
class Signer:
    """The device behind a signature; `status` is waiting, approved or revoked."""

    device_id: str
    status: str
    name: str
    person_id: str

    @property
    def is_approved(self) -> bool:
        """Tell whether its messages may be taken in."""
        return self.status == "approved"


def find_signer(connection: Connection, verify_key: bytes) -> Signer | None:
    """Return the device that signs with this key, or None for a stranger."""
    query = (
        select(devices.c.id, devices.c.status, devices.c.name, devices.c.person_id)
        .join(device_keys, device_keys.c.device_id == devices.c.id)
        .where(device_keys.c.verify_key == verify_key)
    )
    one = connection.execute(query).first()
    return Signer(one.id, one.status, one.name, one.person_id or "") if one else None


def is_room_full(connection: Connection, verify_key: bytes) -> bool:
    """Tell whether one more unknown PC would be too many."""
    waiting = select(devices.c.id).where(devices.c.status == "waiting")
    known = connection.execute(select(func.count()).select_from(waiting.subquery())).scalar_one()
    strangers = select(waiting_room.c.verify_key).where(
        waiting_room.c.verify_key.not_in(select(device_keys.c.verify_key)), waiting_room.c.verify_key != verify_key
    )
    unknown = select(func.count()).select_from(strangers.distinct().subquery())
    return int(known) + int(connection.execute(unknown).scalar_one()) >= MAX_WAITING


def enrol(work: Work, connection: Connection, payload: Enrol, signer: DevicePublic) -> str:
    """Make a device of an enrolment, let in at once where a token with room proves the invitation; returns its id.

    A PC that enrols again gets its answer again. Raises AppError `payload.invalid` on a useless key.
    """
    known = find_signer(connection, signer.verify_key)
    if known is not None:
        if known.is_approved:
            _answer(work, connection, known.device_id, approved=True)
        return known.device_id
    device = enrolled_device(payload, signer.verify_key)
    device_id = _insert_device(work, connection, payload, device)
    invitation = invitation_of(work, connection, payload, device)
    if invitation:
        used = update(invitations).where(invitations.c.id == invitation)
        connection.execute(used.values(used=invitations.c.used + 1))
        admit(work, connection, device_id)
    record_act(work, connection, "device.enrolled", device_id, name=payload.host[:120], by_token=bool(invitation))
    return device_id


def _insert_device(work: Work, connection: Connection, payload: Enrol, device: DevicePublic) -> str:
    now, device_id = to_text(work.clock()), new_id(work.clock)
    person_id = None
    if payload.person_name.strip():
        person_id = find_or_make_person(
            work, connection, payload.person_name, phone=payload.phone, department=payload.department
        )
    connection.execute(
        insert(devices).values(
            id=device_id,
            name=payload.host[:120],
            person_id=person_id,
            os_user=payload.user[:120],
            platform=payload.platform[:120],
            program_version=payload.version[:40],
            status="waiting",
            created_at=now,
            seen_at=now,
        )
    )
    keys = {"verify_key": device.verify_key, "box_key": device.box_key, "device_id": device_id}
    connection.execute(insert(device_keys).values(**keys, created_at=now))
    return device_id


def invitation_of(work: Work, connection: Connection, payload: Enrol, device: DevicePublic) -> str:
    """Return the invitation whose token proves this enrolment and still has room; empty where none does."""
    now = to_text(work.clock())
    query = select(invitations).where(invitations.c.used < invitations.c.devices, invitations.c.expires_at > now)
    tokens = {bytes(one.token): str(one.id) for one in connection.execute(query)}
    org_id = str(connection.execute(select(company.c.id)).scalar() or "")
    token = matching_token(payload, device, tokens, org_id)
    return tokens[token] if token else ""


def admit(work: Work, connection: Connection, device_id: str) -> None:
    """Mark a PC as let in and answer it."""
    values = {"status": "approved", "decided_at": to_text(work.clock()), "version": devices.c.version + 1}
    connection.execute(update(devices).where(devices.c.id == device_id).values(**values))
    _answer(work, connection, device_id, approved=True)


def tell_all(work: Work, connection: Connection) -> None:
    """Send every PC that was let in its admission again, with what has changed about the company."""
    for one in connection.execute(select(devices.c.id).where(devices.c.status == "approved")).scalars().all():
        _answer(work, connection, one, approved=True)


def refuse(work: Work, connection: Connection, device_id: str) -> None:
    """Mark a PC as shut out, tell it, and empty its place in the waiting room.

    One that was let in knows the token of an invitation: from now on the open ones let nobody in unasked.
    """
    _answer(work, connection, device_id, approved=False)
    if connection.execute(select(devices.c.status).where(devices.c.id == device_id)).scalar() == "approved":
        connection.execute(update(invitations).values(devices=invitations.c.used))
    now = to_text(work.clock())
    values = {"status": "revoked", "decided_at": now, "version": devices.c.version + 1}
    connection.execute(update(devices).where(devices.c.id == device_id).values(**values))
    keys = select(device_keys.c.verify_key).where(device_keys.c.device_id == device_id)
    connection.execute(delete(waiting_room).where(waiting_room.c.verify_key.in_(keys)))
    revoked = update(device_keys).where(device_keys.c.device_id == device_id)
    connection.execute(revoked.values(revoked_at=now))


def _answer(work: Work, connection: Connection, device_id: str, *, approved: bool) -> None:
    found = connection.execute(select(company.c.name, company.c.help_phone)).first()
    name, phone = (found[0], found[1]) if found else ("", "")
    payload = Admission(approved=approved, device_id=device_id, company=name, help_phone=phone)
    queue_payload(work, connection, payload, device_id=device_id)
