"""Who this PC is for the Desk: the invitation it accepted, the person, and whether it was let in."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass, fields
from enum import Enum

from desktop.base.errors import AppError, ErrorKind
from desktop.client.context import Client


class AdmissionState(Enum):
    """How far enrolment has come; a refused PC may be enrolled again."""

    NONE = ""
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks for help on this PC."""

    name: str
    phone: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """This PC as the Desk knows it, and the company's public keys (base64) as pinned when it was enrolled.

    `post_folder` names the folder of sealed messages where this PC was enrolled anew under other keys.
    """

    admission: str = ""
    company: str = ""
    org_id: str = ""
    org_box: str = ""
    org_sign: str = ""
    org_recovery: str = ""
    mailbox: str = ""
    person_name: str = ""
    phone: str = ""
    department: str = ""
    host: str = ""
    device_id: str = ""
    device_folder: str = ""
    help_phone: str = ""
    post_folder: str = ""

    @property
    def state(self) -> AdmissionState:
        """Return how far enrolment has come."""
        return AdmissionState(self.admission)


_PREFIX = "identity."


def load_identity(client: Client) -> Identity:
    """Return this PC's identity; an empty one where it was never enrolled."""
    with client.store.read() as db:
        rows = db.execute("SELECT key, value FROM facts WHERE key LIKE 'identity.%'").fetchall()
    known = {one.name for one in fields(Identity)}
    return Identity(
        **{key: value for row in rows if (key := row["key"][len(_PREFIX) :]) in known for value in (row["value"],)}
    )


def enrolled_identity(client: Client) -> Identity:
    """Return the identity, or raise AppError `hilfe.not_enrolled` where there is none."""
    identity = load_identity(client)
    if identity.state is AdmissionState.NONE:
        raise AppError("hilfe.not_enrolled", kind=ErrorKind.ENVIRONMENT)
    return identity


def write_identity(db: sqlite3.Connection, identity: Identity) -> None:
    """Store an identity inside the caller's transaction."""
    pairs = [(_PREFIX + key, value) for key, value in asdict(identity).items()]
    db.executemany("INSERT INTO facts VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", pairs)


def write_fact(db: sqlite3.Connection, key: str, value: str) -> None:
    """Store one fact inside the caller's transaction."""
    db.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))


def set_phone_within(db: sqlite3.Connection, phone: str) -> None:
    """Remember where the person is reached, inside the caller's transaction, so that nobody types it twice."""
    write_fact(db, f"{_PREFIX}phone", phone)


def next_sequence(client: Client) -> int:
    """Return the next number of this PC's messages; a number that is never used leaves a harmless gap."""
    with client.store.write() as db:
        row = db.execute("SELECT value FROM facts WHERE key = 'sequence'").fetchone()
        number = int(row["value"]) + 1 if row else 1
        write_fact(db, "sequence", str(number))
    return number
