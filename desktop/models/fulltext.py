"""The full-text index on SQLite: what is indexed, how a query becomes safe FTS5, how hits are found.

This module is the seam to another database: PostgreSQL answers the same three functions with tsvector and pg_trgm.
Words are folded here, before the database sees them (docs/decisions/010-full-text-search.md).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from desktop.domain.folding import folded_words, second_forms
from desktop.models.fetching import fetch

MAX_EXPANSIONS = 48  # longer words that contain a searched one; beyond that the word is too common to help
MIN_PART = 4  # letters from which a word is also searched inside compounds; the trigram index needs three
CANDIDATES = 400  # newest hits that are ranked
INDEXED_PREFIX = 5  # letters up to which FTS5 keeps an index of prefixes (the migration's prefix='2 3 4 5')
MAX_ENDINGS = 64  # words that begin with a longer searched one and are looked up one by one, each some 0.02 ms

_FIND = "SELECT rowid FROM search_tickets WHERE search_tickets MATCH :match ORDER BY rowid DESC LIMIT :limit"
_IN_HEADS = "SELECT rowid FROM search_tickets WHERE search_tickets MATCH :match AND rowid BETWEEN :oldest AND :newest"
_ENDINGS = "SELECT id, word FROM search_words WHERE word > :start AND word < :end LIMIT :limit"
_APPEND = """UPDATE search_tickets SET head = head || :head, body = body || :body, also = also || :also
WHERE rowid = :seq"""
_LEARN = """INSERT INTO search_words (word)
SELECT value FROM json_each(:words) WHERE value NOT IN (SELECT word FROM search_words) RETURNING id, word"""
_PARTS = """SELECT word FROM (SELECT word FROM search_parts WHERE search_parts MATCH :part LIMIT 10 * :limit)
WHERE substr(word, 1, length(:start)) <> :start LIMIT :limit"""


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
    values = {"seq": texts.seq, "head": " ".join(head), "body": " ".join(body), "also": " ".join(also)}
    fetch(connection, "DELETE FROM search_tickets WHERE rowid = :seq", values)
    fetch(connection, "INSERT INTO search_tickets (rowid, head, body, also) VALUES (:seq, :head, :body, :also)", values)
    _learn(connection, {*head, *body, *also})


def append_text(connection: Connection, seq: int, *, head: str = "", body: str = "") -> None:
    """Add a new message or file name to a ticket's entry."""
    words, names = folded_words(body), folded_words(head)
    also = sorted({*second_forms(body), *second_forms(head)})
    fetch(connection, _APPEND, {"seq": seq, "head": _tail(names), "body": _tail(words), "also": _tail(also)})
    _learn(connection, {*words, *names, *also})


def find_tickets(connection: Connection, query: str, *, limit: int = CANDIDATES) -> tuple[int, ...]:
    """Return the arrival numbers of the newest tickets that contain all words of `query`; any text is safe."""
    terms = query_terms(query)
    quick, is_all = _expression(connection, terms, is_whole=False)
    found = _match(connection, quick, limit)
    if is_all or len(found) >= limit:
        return found
    return _match(connection, _expression(connection, terms, is_whole=True)[0], limit)


def find_in_heads(connection: Connection, query: str, seqs: Sequence[int]) -> frozenset[int]:
    """Return those of `seqs`, the newest first, whose number, title or names contain all words of `query`."""
    expression = match_expression(connection, query)
    if not expression or not seqs:
        return frozenset()
    values = {"match": f"{{head}} : ({expression})", "newest": seqs[0], "oldest": seqs[-1]}
    return frozenset(line[0] for line in fetch(connection, _IN_HEADS, values)) & frozenset(seqs)


def match_expression(connection: Connection, query: str) -> str:
    """Return an FTS5 expression built from nothing but letters and digits; empty where the query has none."""
    return _expression(connection, query_terms(query), is_whole=False)[0]


def _match(connection: Connection, expression: str, limit: int) -> tuple[int, ...]:
    if not expression:
        return ()
    return tuple(line[0] for line in fetch(connection, _FIND, {"match": expression, "limit": limit}))


def _expression(connection: Connection, terms: list[list[str]], *, is_whole: bool) -> tuple[str, bool]:
    """Return the expression for all words, and whether it finds everything."""
    groups = [_group(connection, pieces, is_whole=is_whole) for pieces in terms]
    return " AND ".join(forms for forms, _ in groups), all(is_all for _, is_all in groups)


def query_terms(query: str) -> list[list[str]]:
    """Return the query's words, each as the folded pieces it falls into; at most eight words of 200 characters."""
    shortened = query.replace("\0", " ")[:400]
    return [pieces for word in shortened.split()[:8] if (pieces := folded_words(word[:200]))]


def _group(connection: Connection, pieces: list[str], *, is_whole: bool) -> tuple[str, bool]:
    """Return one searched word as a prefix, and inside longer words where it is long enough; and if that is all.

    FTS5 walks single words and indexed prefixes from the newest hit and stops; for a longer prefix it first gathers
    every hit there is, which costs 28 ms at 100,000 tickets. So the endings come from the vocabulary.
    """
    phrase = " ".join(pieces)
    if len(pieces) > 1 or len(phrase) < MIN_PART:
        return f'("{phrase}" *)', True
    inside = _containing(connection, phrase)
    if is_whole or len(phrase) <= INDEXED_PREFIX:
        return _any_of(f'"{phrase}" *', inside), True
    endings, is_all = _beginning_with(connection, phrase)
    return _any_of(f'"{phrase}"', [*endings, *inside]), is_all


def _any_of(first: str, words: Sequence[str]) -> str:
    return f"({' OR '.join([first, *(_quoted(word) for word in words)])})"


def _quoted(word: str) -> str:
    return f'"{word}"'


def _beginning_with(connection: Connection, start: str) -> tuple[list[str], bool]:
    """Return the longer words that begin so, and whether these are all.

    Of too many the first and the last learned ones: common words were met early, and today's tickets have the newest.
    """
    values = {"start": start, "end": start + "\U0010ffff", "limit": 20 * MAX_ENDINGS}
    found = [word for _, word in sorted(fetch(connection, _ENDINGS, values))]
    if len(found) <= MAX_ENDINGS:
        return found, True
    half = MAX_ENDINGS // 2
    return [*found[:half], *found[-half:]], False


def _containing(connection: Connection, part: str) -> list[str]:
    values = {"part": _quoted(part), "start": part, "limit": MAX_EXPANSIONS}
    return [line[0] for line in fetch(connection, _PARTS, values)]


def _learn(connection: Connection, words: set[str]) -> None:
    """Add new words to the vocabulary in which parts of compounds are looked up."""
    wanted = json.dumps(sorted(word for word in words if MIN_PART < len(word) <= 64))
    for id_, word in fetch(connection, _LEARN, {"words": wanted}):
        fetch(connection, "INSERT INTO search_parts (rowid, word) VALUES (:id, :word)", {"id": id_, "word": word})


def check_index(connection: Connection) -> str:
    """Return what is wrong with the index, or an empty text."""
    connection.exec_driver_sql("INSERT INTO search_tickets (search_tickets) VALUES ('integrity-check')")
    connection.exec_driver_sql("INSERT INTO search_parts (search_parts) VALUES ('integrity-check')")
    statement = "SELECT (SELECT count(*) FROM tickets), (SELECT count(*) FROM search_tickets)"
    there, indexed = connection.exec_driver_sql(statement).one()
    return "" if there == indexed else f"{indexed}/{there}"


def _tail(words: Sequence[str]) -> str:
    return "".join(f" {word}" for word in words)
