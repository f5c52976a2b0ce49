"""A company to try things out: 40 people, their PCs and a year of tickets, the same on every machine on the same day.

Everything goes through the real use cases with a clock that is set back, inside one transaction, so that history, audit
chain and search are as if it had happened, and either all of it is there or nothing.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, func, insert, select, update

from desktop.base.changes import Changes, Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError, ErrorKind
from desktop.base.ids import new_id
from desktop.diagnostics.rules import load_rules
from desktop.models.engine import Store
from desktop.models.tables import devices, outbox, tickets
from desktop.services.demo_assets import write_assets
from desktop.services.demo_checklists import live_checklists
from desktop.services.demo_data import DemoData, load_demo
from desktop.services.demo_lists import live_lists
from desktop.services.demo_lives import Cast, Machine, live_tickets
from desktop.services.demo_machines import TROUBLES
from desktop.services.demo_stories import Past, Story
from desktop.services.partners import add_partner
from desktop.services.people import SavePerson, save_person
from desktop.services.snapshots import store_snapshot
from desktop.services.technicians import add_technician, list_technicians
from desktop.services.work import Work

SPARE_DEVICES = 3  # PCs at machines and in meeting rooms, nobody's own
TICKETS = 300
YEAR = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class DemoReport:
    """How much was made."""

    people: int
    devices: int
    tickets: int


class MovingClock:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class _OneTransaction(Store):
    """Lends out one connection, so that many use cases become one transaction: a thousand fsyncs fewer."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection_in_use = connection
        self.path = path

    @contextmanager
    def reading(self) -> Generator[Connection]:
        yield self._connection_in_use

    @contextmanager
    def writing(self) -> Generator[Connection]:
        yield self._connection_in_use


def fill_demo(work: Work, *, seed: int = 1, count: int = TICKETS) -> Done[DemoReport]:
    """Fill an empty company. Raises AppError `demo.not_empty` where there are tickets already."""
    data, now = load_demo(), work.clock()
    chance = random.Random(f"{seed} {now:%Y-%m-%d}")  # noqa: S311 - invented data, the same every time
    clock = MovingClock(now - YEAR)
    with work.store.writing() as connection:
        if connection.execute(select(func.count()).select_from(tickets)).scalar_one():
            raise AppError("demo.not_empty", kind=ErrorKind.REFUSED)
        acting = replace(work, store=_OneTransaction(connection, work.store.path), clock=clock)
        for name in data.technicians:  # with the real clock: whoever was first stays the first
            add_technician(replace(acting, clock=work.clock), name)
        cast = _cast(acting, connection, data, now)
        made = live_tickets(acting, connection, cast, clock=clock, now=now, chance=chance, count=count)
        live_lists(acting, connection, now=now)
        live_checklists(acting, connection, now=now, chance=random.Random(seed))  # noqa: S311 - as above
        connection.execute(update(outbox).values(delivered_at=outbox.c.created_at, acknowledged_at=outbox.c.created_at))
    report = DemoReport(len(cast.machines) - SPARE_DEVICES, len(cast.machines), made)
    return Done(report, Changes.of(Subject.TICKET, "all") | Changes.of(Subject.PERSON, "all"))


def _cast(work: Work, connection: Connection, data: DemoData, now: datetime) -> Cast:
    """Bring in partners, people and their PCs, each with the diagnosis of the last days."""
    partners = {one.name: add_partner(work, one).result for one in data.partners}
    machines: list[Machine] = []
    for place, one in enumerate(data.people):
        command = SavePerson(one.name, department=one.department, room=one.room, phone=one.phone, email=one.email)
        person = save_person(work, command).result
        name = "AHB-PC-014" if one.name == "Sabine Oswald" else f"AHB-PC-{100 + place:03d}"
        past = Past(name, place, now)
        device = _add_device(work, connection, past, person.id)
        machines.append(Machine(device, name, person.id, person.name, past))
    for place in range(SPARE_DEVICES):
        name = f"AHB-HALLE-{place + 1:02d}"
        past = Past(name, len(data.people) + place, now)
        machines.append(Machine(_add_device(work, connection, past, ""), name, "", "", past))
    _diagnose(work, connection, machines)
    write_assets(work, machines, now)
    return Cast(data, tuple(list_technicians(work)), tuple(machines), partners, load_rules())


def _add_device(work: Work, connection: Connection, past: Past, person_id: str) -> str:
    device_id, at = new_id(work.clock), to_text(work.clock())
    connection.execute(
        insert(devices).values(
            id=device_id,
            name=past.name,
            person_id=person_id or None,
            platform=past.platform,
            program_version="0.1.0",
            status="approved",
            decided_at=at,
            created_at=at,
            seen_at=at,
        )
    )
    return device_id


def _diagnose(work: Work, connection: Connection, machines: list[Machine]) -> None:
    """Give each PC a past; in its newest diagnosis every fourth has something to show."""
    rules = load_rules()
    for place, one in enumerate(machines):
        *earlier, newest = one.past.moments()
        trouble = TROUBLES[1 + place // 4 % (len(TROUBLES) - 1)] if place % 4 == 0 else ""
        if one.past.story is Story.NEW_DRIVER:
            trouble = "printer.offline"
        taken = [*((at, one.past.snapshot(at, rules)) for at in earlier)]
        taken.append((newest, one.past.snapshot(newest, rules, trouble=trouble)))
        for at, snapshot in taken:  # each comes in when it is taken
            store_snapshot(replace(work, clock=MovingClock(at)), connection, snapshot, device_id=one.id)
