"""What the employee chose last time, so that nobody is asked twice: where they are reached, and what stays at home."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from desktop.client.context import Client
from desktop.client.identity import load_identity, set_phone_within, write_fact
from desktop.domain.payloads import Diagnosis, Request

_OFF = "habit.off"


@dataclass(frozen=True, slots=True)
class Habits:
    """`off` names the groups of facts left out last time; None where nobody has chosen yet."""

    phone: str = ""
    off: frozenset[str] | None = None


def load_habits(client: Client) -> Habits:
    """Return what was chosen for the last request or diagnosis."""
    with client.store.read() as db:
        row = db.execute("SELECT value FROM facts WHERE key = ?", (_OFF,)).fetchone()
    off = None if row is None else frozenset(str(one) for one in json.loads(row["value"]))
    return Habits(load_identity(client).phone, off)


def remember_within(db: sqlite3.Connection, sent: Request | Diagnosis) -> None:
    """Keep the choices of a request or diagnosis, inside the transaction that stores it."""
    if isinstance(sent, Request) and sent.phone:
        set_phone_within(db, sent.phone)
    if sent.consent:
        off = sorted(name for name, is_on in sent.consent.items() if not is_on)
        write_fact(db, _OFF, json.dumps(off))
