"""The full-text index on SQLite: what is indexed, how a query becomes safe FTS5, how hits are found.

This module is the seam to another database: PostgreSQL answers the same three functions with tsvector and pg_trgm.
Words are folded here, before the database sees them (docs/decisions/010-full-text-search.md).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from desktop.domain.folding import folded_words, second_forms

MAX_EXPANSIONS = 48  # longer words that contain a searched one; beyond that the word is too common to help
MIN_PART = 4  # letters from which a word is also searched inside compounds; the trigram index needs three
CANDIDATES = 400  # newest hits that are ranked


@dataclass(frozen=True, slots=True)
class TicketTexts:
    """What is searchable of a ticket: `head` is its number, title and names, `body` the conversation."""

    seq: int
    head: Sequence[str]
    body: Sequence[str]


def index_ticket(connection: Connection, texts: TicketTexts) -> None:
    """Put a ticket into the index, or renew its entry."""
    head = [word for one in texts.head for word in folded_words(one)]
    body = [word for one in texts.body for word in folded_words(one)]
    also = sorted({form for one in (*texts.head, *texts.body) for form in second_forms(one)})
    connection.execute(text("DELETE FROM search_tickets WHERE rowid = :seq"), {"seq": texts.seq})
    connection.execute(
        text("INSERT INTO search_tickets (rowid, head, body, also) VALUES (:seq, :head, :body, :also)"),
        {"seq": texts.seq, "head": " ".join(head), "body": " ".join(body), "also": " ".join(also)},
    )
    _learn(connection, {*head, *body, *also})


def append_text(connection: Connection, seq: int, *, head: str = "", body: str = "") -> None:
    """Add a new message or file name to a ticket's entry."""
    words, names = folded_words(body), folded_words(head)
    also = sorted({*second_forms(body), *second_forms(head)})
    connection.execute(
        text(
            "UPDATE search_tickets SET head = head || :head, body = body || :body, also = also || :also "
            "WHERE rowid = :seq"
        ),
        {"seq": seq, "head": _tail(names), "body": _tail(words), "also": _tail(also)},
    )
    _learn(connection, {*words, *names, *also})


def find_tickets(connection: Connection, query: str, *, limit: int = CANDIDATES) -> tuple[int, ...]:
    """Return the arrival numbers of the newest tickets that contain all words of `query`; any text is safe."""
    match = match_expression(connection, query)
    if not match:
        return ()
    statement = text("SELECT rowid FROM search_tickets WHERE search_tickets MATCH :match ORDER BY rowid DESC LIMIT :n")
    return tuple(row[0] for row in connection.execute(statement, {"match": match, "n": limit}))


def read_heads(connection: Connection, seqs: Sequence[int]) -> dict[int, str]:
    """Return the folded head of each ticket, for ranking."""
    statement = text("SELECT rowid, head FROM search_tickets WHERE rowid IN (SELECT value FROM json_each(:seqs))")
    return {row[0]: row[1] for row in connection.execute(statement, {"seqs": json.dumps(list(seqs))})}


def match_expression(connection: Connection, query: str) -> str:
    """Return an FTS5 expression built from nothing but letters and digits; empty where the query has none."""
    groups = [group for one in query_terms(query) if (group := _group(connection, one))]
    return " AND ".join(groups)


def query_terms(query: str) -> list[list[str]]:
    """Return the query's words, each as the folded pieces it falls into; at most eight words of 200 characters."""
    shortened = query.replace("\0", " ")[:400]
    return [pieces for word in shortened.split()[:8] if (pieces := folded_words(word[:200]))]


def _group(connection: Connection, pieces: list[str]) -> str:
    """Return one searched word: as a prefix, and inside longer words where it is long enough."""
    phrase = " ".join(pieces)
    forms = [f'"{phrase}" *']
    if len(pieces) == 1 and len(phrase) >= MIN_PART:
        forms += [f'"{word}"' for word in _containing(connection, phrase)]
    return f"({' OR '.join(forms)})"


def _containing(connection: Connection, part: str) -> list[str]:
    statement = text("SELECT word FROM search_parts WHERE search_parts MATCH :part LIMIT :n")
    found = connection.execute(statement, {"part": f'"{part}"', "n": MAX_EXPANSIONS})
    return [row[0] for row in found if not row[0].startswith(part)]


def _learn(connection: Connection, words: set[str]) -> None:
    """Add new words to the vocabulary in which parts of compounds are looked up."""
    wanted = json.dumps(sorted(word for word in words if MIN_PART < len(word) <= 64))
    unknown = text("SELECT value FROM json_each(:words) WHERE value NOT IN (SELECT word FROM search_words)")
    for (word,) in connection.execute(unknown, {"words": wanted}).all():
        row = connection.execute(text("INSERT INTO search_words (word) VALUES (:word) RETURNING id"), {"word": word})
        parts = text("INSERT INTO search_parts (rowid, word) VALUES (:id, :word)")
        connection.execute(parts, {"id": row.scalar_one(), "word": word})


def check_index(connection: Connection) -> str:
    """Return what is wrong with the index, or an empty text."""
    connection.exec_driver_sql("INSERT INTO search_tickets (search_tickets) VALUES ('integrity-check')")
    connection.exec_driver_sql("INSERT INTO search_parts (search_parts) VALUES ('integrity-check')")
    statement = "SELECT (SELECT count(*) FROM tickets), (SELECT count(*) FROM search_tickets)"
    there, indexed = connection.exec_driver_sql(statement).one()
    return "" if there == indexed else f"{indexed}/{there}"


def _tail(words: Sequence[str]) -> str:
    return "".join(f" {word}" for word in words)
