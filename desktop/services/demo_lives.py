"""The lives of invented tickets: asked, taken up, answered, passed on, solved and rated, in a year's working hours."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, update

from desktop.base.ids import new_id
from desktop.diagnostics.findings import Rule
from desktop.domain.commands import AddNote, Assign, Close, LogTime, Reply, SetLevel, Solve, Wait
from desktop.domain.due import ZONE
from desktop.domain.rows import PartnerRow, TechnicianRow
from desktop.domain.ticket import Channel, Level, StateType, WaitingReason
from desktop.models.tables import tickets as ticket_table
from desktop.services import tickets
from desktop.services.demo_data import Case, DemoData
from desktop.services.demo_runs import self_help
from desktop.services.demo_stories import Past, Story
from desktop.services.recording import record_event
from desktop.services.snapshots import store_snapshot
from desktop.services.tickets.changing import TicketChange, load
from desktop.services.tickets.creating import NewTicket, insert_ticket
from desktop.services.tickets.messages import NewMessage, write_message
from desktop.services.wizard_runs import write_run
from desktop.services.work import Actor, Work

RECENT = timedelta(days=6)
"""Tickets younger than this may still be open, in every state there is."""
_CHANNELS = (Channel.TRAY,) * 6 + (Channel.PHONE,) * 3 + (Channel.WALK_IN,)
_QUIET = (Story.AWAY, Story.NEW_DRIVER)  # their story is in their own diagnoses, which a ticket's would cover up
_LIVES = ("new", "open", "open", "talking", "waiting", "partner", "solved", "solved")


@dataclass(frozen=True, slots=True)
class Machine:
    """A PC with its past, and whose it is; the person is empty for PCs at machines."""

    id: str
    name: str
    person_id: str
    person_name: str
    past: Past


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what takes part."""

    data: DemoData
    technicians: tuple[TechnicianRow, ...]
    machines: tuple[Machine, ...]
    partners: Mapping[str, PartnerRow]
    rules: Sequence[Rule]


class SettableClock(Protocol):
    """A clock the story can put forward."""

    now: datetime


@dataclass(frozen=True, slots=True)
class _Story:
    """One ticket being told: everything its chapters need."""

    work: Work
    connection: Connection
    cast: Cast
    clock: SettableClock
    chance: random.Random
    now: datetime
    case: Case
    machine: Machine
    ticket_id: str = ""

    @property
    def person(self) -> Actor:
        return Actor(self.machine.person_id, self.machine.person_name)

    def later(self, low: int, high: int) -> bool:
        """Put the clock forward by some minutes; False where the story would reach the future."""
        after = self.clock.now + timedelta(minutes=self.chance.randint(low, high))
        if after >= self.now:
            return False
        self.clock.now = after
        return True


def live_tickets(
    work: Work,
    connection: Connection,
    cast: Cast,
    *,
    clock: SettableClock,
    now: datetime,
    chance: random.Random,
    count: int,
) -> int:
    """Tell `count` tickets of the past year, the last as in the example everybody knows; returns how many."""
    owners = [one for one in cast.machines if one.person_id and one.past.story not in _QUIET]
    weights = [one.weight for one in cast.data.cases]
    for moment in _moments(now, chance, count - 1):
        clock.now = moment
        case = chance.choices(cast.data.cases, weights)[0]
        _tell(_Story(work, connection, cast, clock, chance, now, case, chance.choice(owners)))
    clock.now = max(now - timedelta(minutes=130), clock.now)
    sabine = next(one for one in owners if one.person_name == "Sabine Oswald")
    story = _Story(work, connection, cast, clock, chance, now, _labels(cast.data), sabine)
    story = _begin(story, Channel.TRAY)
    _take_up(story)
    return count


def _labels(data: DemoData) -> Case:
    """Return the case of the label printer in its most pressing form."""
    found = next(one for one in data.cases if one.title.startswith("Etiketten"))
    text = (
        "Seit heute früh druckt der Etikettendrucker im Versand nur leere Seiten. Neue Rolle ist drin. "
        "Die Spedition kommt um 12 Uhr und braucht die Lieferscheine."
    )
    title = "Etikettendrucker druckt leere Seiten"
    return replace(found, title=title, text=text, urgency=type(found.urgency).BLOCKED, finding="disk.low")


def _moments(now: datetime, chance: random.Random, count: int) -> list[datetime]:
    """Return moments in working hours, denser in the last week, so that the lists have something of today."""
    recent = min(28, count // 6)
    days = [chance.randint(int(RECENT.days) + 1, 363) for _ in range(count - recent)]
    found = [_in_hours(now - timedelta(days=one), chance) for one in days]
    last = [now - timedelta(minutes=chance.randint(200, int(RECENT.total_seconds() // 60))) for _ in range(recent)]
    settled = [_in_hours(one, chance) if now - one > timedelta(days=2) else one for one in last]
    return sorted([*found, *settled])


def _in_hours(day: datetime, chance: random.Random) -> datetime:
    local = day.astimezone(ZONE)
    while local.weekday() > 4:
        local -= timedelta(days=1)
    return local.replace(hour=chance.randint(7, 15), minute=chance.randint(0, 59), second=chance.randint(0, 59))


def _tell(story: _Story) -> None:
    chance = story.chance
    story = _begin(story, chance.choice(_CHANNELS))
    if story.now - story.clock.now > RECENT:
        _whole_life(story)
        return
    life = chance.choice(_LIVES)
    if life == "new" or not story.later(4, 50):
        return
    _take_up(story)
    for chapter in _chapters(story, life):
        if not story.later(5, 120) or not chapter:
            return


def _chapters(story: _Story, life: str) -> Iterator[bool]:
    """Tell on; each chapter says whether there is a next one."""
    if life == "open":
        yield _note(story)
        return
    yield _reply(story)
    if life == "waiting":
        until = story.now + timedelta(days=story.chance.randint(1, 4))
        tickets.wait(story.work, Wait(story.ticket_id, WaitingReason.ANSWER, until))
        return
    if life == "partner":
        _escalate(story)
        return
    yield _answer(story)
    if life == "solved":
        tickets.solve(story.work, Solve(story.ticket_id, story.case.solution))


def _whole_life(story: _Story) -> None:
    """Tell a ticket of long ago to its end."""
    chance = story.chance
    story.later(3, 90)
    _take_up(story)
    if story.case.note and chance.random() < 0.6:
        story.later(5, 60)
        _note(story)
    story.later(5, 180)
    _reply(story)
    if story.case.escalate and chance.random() < 0.5:
        story.later(10, 60)
        _escalate(story)
        story.later(300, 1500)
    if chance.random() < 0.7:
        story.later(10, 240)
        _answer(story)
    story.later(3, 60)
    tickets.log_time(story.work, LogTime(story.ticket_id, chance.randint(3, 45), ""))
    tickets.solve(story.work, Solve(story.ticket_id, story.case.solution))
    story.later(30, 2800)
    _finish(story)


def _begin(story: _Story, channel: Channel) -> _Story:
    """Write the ticket as it came; from the tray with diagnosis and sometimes the self-help that did not do."""
    case, is_tray = story.case, channel is Channel.TRAY
    new = NewTicket(
        title=case.title,
        text=case.text,
        author=story.person if is_tray else story.work.actor,
        author_role="employee" if is_tray else "technician",
        channel=channel,
        category=case.category,
        kind=case.kind,
        impact=case.impact,
        urgency=case.urgency,
        person_id=story.machine.person_id,
        device_id=story.machine.id,
        request_id=new_id(story.work.clock) if is_tray else "",
        has_news=is_tray,
    )
    story = replace(story, ticket_id=str(insert_ticket(story.work, story.connection, new).id))
    if is_tray:
        _add_facts(story)
    return story


def _add_facts(story: _Story) -> None:
    work, connection, case = story.work, story.connection, story.case
    snapshot = story.machine.past.snapshot(story.clock.now, story.cast.rules, trouble=case.finding)
    snapshot_id = store_snapshot(work, connection, snapshot, device_id=story.machine.id, ticket_id=story.ticket_id)
    values = update(ticket_table).where(ticket_table.c.id == story.ticket_id).values(snapshot_id=snapshot_id)
    connection.execute(values)
    detail = {"hints": len(snapshot.present), "snapshot": snapshot_id}
    record_event(work, connection, story.ticket_id, "snapshot", detail=detail, actor=story.person)
    if case.wizard and story.chance.random() < 0.8:
        run = self_help(case.wizard, snapshot, run_id=new_id(work.clock), at=story.clock.now)
        device = story.machine.id
        write_run(work, connection, run, ticket_id=story.ticket_id, device_id=device, actor=story.person)


def _take_up(story: _Story) -> None:
    technicians = story.cast.technicians
    me = story.work.actor.id
    other = next((one.id for one in technicians if one.id != me), me)
    chosen = me if story.chance.random() < 0.75 else other
    tickets.assign(story.work, Assign(story.ticket_id, chosen))


def _note(story: _Story) -> bool:
    if story.case.note:
        tickets.add_note(story.work, AddNote(story.ticket_id, story.case.note))
    return True


def _reply(story: _Story) -> bool:
    first = story.machine.person_name.removeprefix("Dr. ").split()[-1]
    greeting = f"Guten Tag {story.machine.person_name},\n\n" if first else ""
    tickets.reply(story.work, Reply(story.ticket_id, greeting + story.case.reply))
    return True


def _answer(story: _Story) -> bool:
    """Let the person write back; where the ticket came by phone they call and it is noted down just the same."""
    change = TicketChange(story.work, story.connection, load(story.connection, story.ticket_id), actor=story.person)
    write_message(change, NewMessage("reply", story.case.answer, author_role="employee"))
    change.record("followed_up")
    change.set(has_news=int(story.now - story.clock.now < RECENT))
    if change.before.state_type == StateType.WAITING.value:
        change.enter(StateType.OPEN)
        change.record("resumed")
    change.save()
    return True


def _escalate(story: _Story) -> None:
    partner = story.cast.partners.get(story.case.escalate) or next(iter(story.cast.partners.values()))
    tickets.set_level(story.work, SetLevel(story.ticket_id, Level(partner.level)))
    change = TicketChange(story.work, story.connection, load(story.connection, story.ticket_id))
    change.record("handed_over", partner=partner.name, level=int(partner.level), missing=[], reason="")
    change.save()
    until = max(story.clock.now, story.now if story.now - story.clock.now < RECENT else story.clock.now)
    wait = Wait(story.ticket_id, WaitingReason.PARTNER, until + timedelta(days=story.chance.randint(1, 3)))
    tickets.wait(story.work, wait)


def _finish(story: _Story) -> None:
    """Close a solved ticket: the person confirms, mostly with a rating, or it is closed after a while."""
    if story.chance.random() < 0.35:
        tickets.close(story.work, Close(story.ticket_id))
        return
    change = TicketChange(story.work, story.connection, load(story.connection, story.ticket_id), actor=story.person)
    rating = story.chance.choices((0, 1, 2, 3, 4), (20, 46, 24, 7, 3))[0]
    if rating:
        change.set(rating=rating)
        change.record("rated", rating=rating)
    change.enter(StateType.CLOSED)
    change.record("confirmed")
    change.save()
