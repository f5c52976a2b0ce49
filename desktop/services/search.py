"""Finds tickets, people and devices by any of their words, the newest first among equals."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from desktop.base.clock import from_text
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.folding import folded
from desktop.domain.highlighting import highlighted
from desktop.domain.rows import SearchHit
from desktop.models import device_queries
from desktop.models.fetching import fetch
from desktop.models.fulltext import find_in_heads, find_tickets, query_terms
from desktop.services.work import Work

PLACES = ("all", "tickets", "people", "devices")
_SEQS = "(SELECT value FROM json_each(:seqs))"
_TICKETS = f"SELECT seq, id, number, title, created_at FROM tickets WHERE seq IN {_SEQS}"  # noqa: S608 - our own text
_TEXTS = f"""SELECT m.ticket_id, m.text FROM tickets AS t JOIN messages AS m ON m.ticket_id = t.id
WHERE t.seq IN {_SEQS} ORDER BY m.seq"""  # noqa: S608 - our own text
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # people have no moment of their own


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best hits and how many there are; beyond the newest 400 tickets nobody counts."""

    hits: tuple[SearchHit, ...]
    total: int


def search(work: Work, text: str, *, where: str = "all", limit: int = 50) -> SearchResult:
    """Return what contains all words of `text`: number first, then titles and names, then conversations.

    Any text is safe. Raises AppError `search.place` for an unknown `where`.
    """
    if where not in PLACES:
        raise AppError("search.place", kind=ErrorKind.USAGE, parameters={"place": where[:60]})
    terms = [piece for group in query_terms(text) for piece in group]
    if not terms:
        return SearchResult((), 0)
    with work.store.reading() as connection:
        people = _people(connection, terms) if where in ("all", "people") else []
        devices = _devices(connection, terms) if where in ("all", "devices") else []
        seqs = find_tickets(connection, text) if where in ("all", "tickets") else ()
        names = [*people, *devices]
        room = max(limit - len(names), 0)
        found = _ticket_hits(connection, _ranked(connection, text, seqs)[:room], terms)
    return SearchResult((*names, *found)[:limit], len(names) + len(seqs))


def _people(connection: Connection, terms: list[str]) -> list[SearchHit]:
    return [
        SearchHit("person", one.id, one.name, highlighted(f"{one.department} {one.room} {one.phone}", terms), _NEVER)
        for one in device_queries.list_names(connection)
        if _has_all(f"{one.name} {one.department} {one.room} {one.phone} {one.email}", terms)
    ]


def _devices(connection: Connection, terms: list[str]) -> list[SearchHit]:
    return [
        SearchHit("device", one.id, one.name, highlighted(one.person_name, terms), one.last_snapshot_at or _NEVER)
        for one in device_queries.list_devices(connection)
        if _has_all(f"{one.name} {one.person_name} {one.platform}", terms)
    ]


def _has_all(text: str, terms: list[str]) -> bool:
    inside = folded(text)
    return all(term in inside for term in terms)


def _ranked(connection: Connection, query: str, seqs: tuple[int, ...]) -> list[int]:
    """Put hits in a title or name before those in the conversation; within each the newest stay first."""
    in_heads = find_in_heads(connection, query, seqs)
    return sorted(seqs, key=lambda seq: seq not in in_heads)


def _ticket_hits(connection: Connection, seqs: list[int], terms: list[str]) -> list[SearchHit]:
    values = {"seqs": json.dumps(seqs)}
    found = {line[0]: line[1:] for line in fetch(connection, _TICKETS, values)}
    texts: dict[str, list[str]] = {}
    for ticket_id, text in fetch(connection, _TEXTS, values):
        texts.setdefault(ticket_id, []).append(text)
    return [
        SearchHit("ticket", number, title, _best_context(texts.get(ticket_id, []), terms), from_text(created_at))
        for ticket_id, number, title, created_at in (found[seq] for seq in seqs if seq in found)
    ]


def _best_context(texts: list[str], terms: list[str]) -> str:
    """Show the message that has most of the words; the first one where none has any."""
    best, most = "", -1
    for one in texts:
        count = _count(one, terms)
        if count > most:
            best, most = one, count
        if most == len(terms):
            break
    return highlighted(best, terms if most > 0 else [])


def _count(text: str, terms: list[str]) -> int:
    inside = folded(text[:20_000])
    return sum(term in inside for term in terms)
