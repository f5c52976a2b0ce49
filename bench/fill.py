"""Fills a database with the corpus in bulk, through the program's own tables and its own folding of words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, text

from bench.corpus import CorpusTicket, tickets
from desktop.base.clock import to_text
from desktop.base.ids import new_id
from desktop.base.paths import Home
from desktop.domain.due import solution_due
from desktop.domain.folding import folded_words, second_forms
from desktop.domain.ticket import CATEGORIES, Priority, ticket_number
from desktop.models import tables
from desktop.services.work import open_store

NEWEST = datetime(2026, 6, 1, 12, tzinfo=UTC)
EVERY = timedelta(minutes=37)  # a company of 250 with 40 tickets a day; 100,000 are seven years
ACTIVE = 400  # only the newest tickets are still open: more than that nobody could bear, however long the past is
STATES = ("open", "new", "open", "waiting")
BATCH = 500


def fill(home: Path, count: int) -> None:
    """Put the first `count` tickets of the corpus into the company at `home`."""
    store = open_store(Home.under(home))
    known: set[str] = set()
    try:
        with store.writing() as connection:
            me = str(connection.execute(select(tables.technicians.c.id)).scalars().first())
            people = list(_make_people(connection))
            for batch in _batches(tickets(count)):
                _write(connection, batch, count, me=me, people=people, known=known)
            _learn(connection, known)
            _count(connection, count)
        with store.writing() as connection:
            connection.execute(text("ANALYZE"))
    finally:
        store.close()


def _batches(source: Iterable[CorpusTicket]) -> Iterator[list[CorpusTicket]]:
    rest = iter(source)
    while batch := list(itertools.islice(rest, BATCH)):
        yield batch


def _make_people(connection: Connection) -> Iterator[tuple[str, str]]:
    for number in range(250):
        person, device = new_id(), new_id()
        at = to_text(NEWEST - timedelta(days=3000))
        connection.execute(
            insert(tables.people),
            {"id": person, "name": f"Person {number:03d}", "phone": f"{number}", "created_at": at},
        )
        row = {
            "id": device,
            "name": f"AHB-PC-{number:03d}",
            "person_id": person,
            "status": "approved",
            "created_at": at,
        }
        connection.execute(insert(tables.devices), row)
        yield person, device


def _write(
    connection: Connection,
    batch: list[CorpusTicket],
    count: int,
    *,
    me: str,
    people: list[tuple[str, str]],
    known: set[str],
) -> None:
    rows: dict[str, list[dict[str, Any]]] = {"tickets": [], "messages": [], "events": [], "index": []}
    for one in batch:
        _add(rows, one, count, me=me, people=people, known=known)
    connection.execute(insert(tables.tickets), rows["tickets"])
    connection.execute(insert(tables.messages), rows["messages"])
    connection.execute(insert(tables.events), rows["events"])
    statement = "INSERT INTO search_tickets (rowid, head, body, also) VALUES (:seq, :head, :body, :also)"
    connection.execute(text(statement), rows["index"])


def _add(
    rows: dict[str, list[dict[str, Any]]],
    one: CorpusTicket,
    count: int,
    *,
    me: str,
    people: list[tuple[str, str]],
    known: set[str],
) -> None:
    at = NEWEST - EVERY * (count - one.serial)
    moment = to_text(at)
    state = STATES[one.serial % len(STATES)] if one.serial > count - ACTIVE else "closed"
    person, device = people[one.person]
    priority = Priority(one.priority)
    due = to_text(solution_due(at, priority))
    ticket_id, number = new_id(lambda: at), ticket_number(2026, one.serial)
    rows["tickets"].append(
        {
            "seq": one.serial, "id": ticket_id, "number": number, "kind": "fault", "title": one.title,
            "state_id": state, "state_type": state, "impact": "me", "urgency": "limited", "priority": one.priority,
            "category": CATEGORIES[one.category], "person_id": person, "device_id": device,
            "assignee_id": None if state == "new" or one.serial % 5 == 0 else me, "channel": "tray",
            "created_at": moment, "changed_at": moment, "due_at": due,
            "sort_at": moment if state in ("solved", "closed") else due,
            "wake_at": due if state == "waiting" else None,
        }
    )  # fmt: skip
    for place, words in enumerate(one.texts):
        is_ours = place % 2 == 1
        when = to_text(at + timedelta(minutes=place))
        rows["messages"].append(
            {
                "id": new_id(lambda: at), "ticket_id": ticket_id, "kind": "reply" if is_ours else "request",
                "author": "IT" if is_ours else f"Person {one.person:03d}",
                "author_role": "technician" if is_ours else "employee", "text": words, "at": when, "received_at": when,
            }
        )  # fmt: skip
    for kind in ("created", "closed") if state == "closed" else ("created",):
        rows["events"].append(
            {"id": new_id(lambda: at), "ticket_id": ticket_id, "kind": kind, "actor": "IT", "at": moment}
        )
    rows["index"].append(_entry(one, number, known))


def _entry(one: CorpusTicket, number: str, known: set[str]) -> dict[str, Any]:
    head = [*folded_words(number), *folded_words(one.title), *folded_words(f"Person {one.person:03d}")]
    body = [word for words in one.texts for word in folded_words(words)]
    also = sorted({form for words in (one.title, *one.texts) for form in second_forms(words)})
    known.update(head, body, also)
    return {"seq": one.serial, "head": " ".join(head), "body": " ".join(body), "also": " ".join(also)}


def _learn(connection: Connection, known: set[str]) -> None:
    words = [{"word": one} for one in sorted(known) if 4 < len(one) <= 64]
    connection.execute(text("INSERT OR IGNORE INTO search_words (word) VALUES (:word)"), words)
    connection.execute(text("INSERT INTO search_parts (search_parts) VALUES ('rebuild')"))


def _count(connection: Connection, count: int) -> None:
    connection.execute(insert(tables.counters), {"name": "tickets-2026", "value": count})
