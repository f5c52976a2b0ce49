"""Finds tickets, people and devices by any of their words, the newest first among equals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, select

from desktop.base.clock import from_text
from desktop.base.errors import AppError, ErrorKind
from desktop.domain.folding import folded, folded_words
from desktop.domain.highlighting import highlighted
from desktop.domain.rows import SearchHit
from desktop.models import device_queries
from desktop.models.fulltext import find_tickets, query_terms, read_heads
from desktop.models.tables import messages, tickets
from desktop.services.work import Work

PLACES = ("all", "tickets", "people", "devices", "knowledge")
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
        found = _ticket_hits(connection, _ranked(connection, seqs, terms)[:room], terms)
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


def _ranked(connection: Connection, seqs: tuple[int, ...], terms: list[str]) -> list[int]:
    """Put hits in a title or name before those in the conversation; within each the newest stay first."""
    heads = read_heads(connection, seqs)
    return sorted(seqs, key=lambda seq: not _is_in_head(heads.get(seq, ""), terms))


def _is_in_head(head: str, terms: list[str]) -> bool:
    return all(term in head for term in terms)


def _ticket_hits(connection: Connection, seqs: list[int], terms: list[str]) -> list[SearchHit]:
    columns = (tickets.c.seq, tickets.c.id, tickets.c.number, tickets.c.title, tickets.c.created_at)
    chosen = tickets.c.seq.in_(bindparam("seqs", expanding=True))
    found = {one.seq: one for one in connection.execute(select(*columns).where(chosen), {"seqs": seqs})}
    texts: dict[str, list[str]] = {}
    query = select(messages.c.ticket_id, messages.c.text).join(tickets, tickets.c.id == messages.c.ticket_id)
    for ticket_id, text in connection.execute(query.where(chosen).order_by(messages.c.seq), {"seqs": seqs}):
        texts.setdefault(ticket_id, []).append(text)
    return [
        SearchHit(
            kind="ticket",
            id=one.number,
            title=one.title,
            context=_best_context(texts.get(one.id, []), terms),
            at=from_text(one.created_at),
        )
        for one in (found[seq] for seq in seqs if seq in found)
    ]


def _best_context(texts: list[str], terms: list[str]) -> str:
    """Show the message that has most of the words; the first one where none has any."""
    if not texts:
        return ""
    return highlighted(max(texts, key=lambda text: _count(text, terms)), terms)


def _count(text: str, terms: list[str]) -> int:
    inside = " ".join(folded_words(text[:20_000]))
    return sum(term in inside for term in terms)
