"""What the Desk reads and writes all day, beside the same by raw sqlite3: lists, badges, search, opening, making."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.measure import Limit, Result, Sample, in_turn, quantile, ratio_limit, timed
from bench.store import Company, Setting

if TYPE_CHECKING:
    from desktop.services.work import Work

WORDS = ("drucker", "kennwort", "server", "netzwerk", "festplatte", "rechnung")
NOW = "2026-06-01T12:00:00.000000Z"


@dataclass(frozen=True, slots=True)
class Both:
    """The same database, open by the program's own means and raw."""

    work: Work
    raw: sqlite3.Connection
    me: str


def list_page(setting: Setting) -> Result:
    """The first 50 rows of a view, beside the same statement on raw sqlite3."""
    from desktop.models.list_queries import list_statement
    from desktop.services.lists import list_tickets

    statement, values = list_statement("mine"), {"limit": 51, "now": NOW}
    with both(setting) as one:
        mine = {**values, "me": one.me}
        return _measured(
            "list",
            setting,
            lambda: list_tickets(one.work, "mine"),
            lambda: one.raw.execute(statement, mine).fetchall(),
            ratio_limit(3),
        )


def badges(setting: Setting) -> Result:
    """All badges of the navigation, beside the same statement on raw sqlite3."""
    from desktop.models.view_sql import COUNT_VIEWS
    from desktop.services.lists import count_views

    with both(setting) as one:
        values = {"me": one.me, "now": NOW}
        return _measured(
            "badges",
            setting,
            lambda: count_views(one.work),
            lambda: one.raw.execute(COUNT_VIEWS, values).fetchone(),
            ratio_limit(3),
        )


def search(setting: Setting) -> Result:
    """The newest 50 tickets with a word, as rows, beside the same full-text match on raw sqlite3."""
    from desktop.models.fulltext import match_expression
    from desktop.models.list_queries import SELECT_ROWS
    from desktop.services.lists import list_tickets

    statement = (
        f"{SELECT_ROWS} WHERE t.seq IN (SELECT rowid FROM search_tickets WHERE search_tickets MATCH ? "
        "ORDER BY rowid DESC LIMIT 400) ORDER BY t.seq DESC LIMIT 51"
    )
    with both(setting) as one:
        with one.work.store.reading() as connection:
            matches = itertools.cycle([match_expression(connection, word) for word in WORDS])
        words = itertools.cycle(WORDS)
        return _measured(
            "search",
            setting,
            lambda: list_tickets(one.work, "all", query=next(words)),
            lambda: one.raw.execute(statement, (next(matches),)).fetchall(),
            ratio_limit(3),
            Limit("ms CPU at p95", 10, lambda result: quantile([each.cpu for each in result.ours.samples], 0.95)),
        )


def open_ticket(setting: Setting) -> Result:
    """Everything a ticket page shows, beside its ticket, messages and events by raw sqlite3."""
    from desktop.services.lists import open_ticket as opened

    with both(setting) as one:
        found = one.raw.execute("SELECT id FROM tickets WHERE seq % 97 = 0 ORDER BY seq DESC LIMIT 50").fetchall()
        ids = [str(row[0]) for row in found] or [str(one.raw.execute("SELECT id FROM tickets").fetchone()[0])]
        ours, theirs = itertools.cycle(ids), itertools.cycle(ids)
        return _measured(
            "open",
            setting,
            lambda: opened(one.work, next(ours)),
            lambda: _raw_ticket(one.raw, next(theirs)),
            ratio_limit(10),
        )


def create(setting: Setting) -> Result:
    """A durable ticket with person, message, event, audit and index, beside the bare inserts, as durable."""
    from desktop.domain.commands import CreateTicket
    from desktop.services.tickets import create_ticket

    numbers = itertools.count(-1, -1)  # below all real ones, which go up from the highest
    command = CreateTicket(title="Etikettendrucker druckt leere Seiten", text="Papier ist drin, Toner auch.")
    with both(setting) as one:
        return _measured(
            "create",
            setting,
            lambda: create_ticket(one.work, command),
            lambda: _raw_create(one.raw, next(numbers)),
            Limit("ms CPU", 3, lambda result: result.ours.cpu),
            repeat=5,
        )


@contextmanager
def both(setting: Setting) -> Iterator[Both]:
    """Open a copy of the company by the program's own means and raw, with the same pragmas."""
    from desktop.base.paths import Home
    from desktop.models.engine import connect
    from desktop.services.work import open_work

    with Company(setting).opened() as company:
        work = open_work(Home.under(company.home))
        raw = connect(company.database)
        try:
            yield Both(work, raw, work.actor.id)
        finally:
            raw.close()
            work.store.close()


def _measured(
    name: str,
    setting: Setting,
    ours: Callable[[], object],
    floor: Callable[[], object],
    *limits: Limit,
    repeat: int = 20,
) -> Result:
    def side(call: Callable[[], object]) -> Callable[[], Sample]:
        return lambda: timed(call, repeat=repeat)

    first, second = in_turn(side(ours), side(floor), rounds=setting.rounds(30))
    return Result(name, setting.size, first, second, limits)


def _raw_ticket(raw: sqlite3.Connection, ticket: str) -> tuple[object, ...]:
    return (
        raw.execute("SELECT * FROM tickets WHERE id = ?", (ticket,)).fetchone(),
        raw.execute("SELECT * FROM messages WHERE ticket_id = ? ORDER BY id", (ticket,)).fetchall(),
        raw.execute("SELECT * FROM events WHERE ticket_id = ? ORDER BY id", (ticket,)).fetchall(),
    )


def _raw_create(raw: sqlite3.Connection, number: int) -> None:
    raw.execute("BEGIN IMMEDIATE")
    values = (
        number,
        f"raw-{number}",
        f"R-{number}",
        "Etikettendrucker druckt leere Seiten",
        "new",
        "new",
        NOW,
        NOW,
        NOW,
        NOW,
    )
    raw.execute(
        "INSERT INTO tickets (seq, id, number, title, state_id, state_type, created_at, changed_at, due_at, sort_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    raw.execute(
        "INSERT INTO messages (id, ticket_id, text, at, received_at) VALUES (?, ?, ?, ?, ?)",
        (f"raw-m-{number}", f"raw-{number}", "Papier ist drin, Toner auch.", NOW, NOW),
    )
    raw.execute(
        "INSERT INTO events (id, ticket_id, kind, at) VALUES (?, ?, 'created', ?)",
        (f"raw-e-{number}", f"raw-{number}", NOW),
    )
    raw.execute(
        "INSERT INTO search_tickets (rowid, head, body, also) VALUES (?, 'etikettendrucker leere', 'papier toner', '')",
        (number,),
    )
    raw.execute("COMMIT")
