"""One round of the exchange: seal what is stored, deliver, fetch, store what came, and only then confirm it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError
from desktop.base.ids import reference
from desktop.client.asks import forget_old_asks, store_ask, store_withdrawal
from desktop.client.context import Client
from desktop.client.identity import AdmissionState, load_identity, write_identity
from desktop.client.outgoing import hand_over, mark, mark_within, waiting_ids
from desktop.client.policy import store_policy
from desktop.client.post import Post
from desktop.client.rows import Stage
from desktop.client.wizards import store_wizards
from desktop.domain.payloads import Admission, Ask, Payload, Policy, Reply, Status, Withdrawal, Wizards
from desktop.exchange.mailbox import MailboxFolder

_OVER = ("solved", "closed", "merged")  # states of a ticket nobody works on


@dataclass(frozen=True, slots=True)
class News:
    """Something an employee may be told: kind is reply, solved, received, rejected (a message), admitted, refused, ask.

    Of an ask `request_id` is the request it belongs to, and `ask_id` its own.
    """

    kind: str
    request_id: str = ""
    author: str = ""
    title: str = ""
    text: str = ""
    ticket: str = ""
    ask_id: str = ""


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What a round brought; `waiting` counts messages the Desk does not have yet."""

    changes: Changes
    news: tuple[News, ...]
    waiting: int
    problem: AppError | None
    has_received: bool = False

    @classmethod
    def nothing(cls, problem: AppError | None = None) -> SyncOutcome:
        """Return the outcome of a round that was not needed or not possible."""
        return cls(Changes(), (), 0, problem)


@dataclass(frozen=True, slots=True)
class Glance:
    """A look from outside: is a round worth loading keychain and sealing for?"""

    is_worthwhile: bool
    problem: AppError | None = None


def glance(client: Client) -> Glance:
    """Look whether something waits here or lies ready in the folder, without opening any secret."""
    identity = load_identity(client)
    if identity.state is AdmissionState.NONE:
        return Glance(is_worthwhile=False)
    if waiting_ids(client):
        return Glance(is_worthwhile=True)
    mailbox = Path(identity.mailbox)
    problem = MailboxFolder(mailbox).problem()
    if problem is not None:
        return Glance(is_worthwhile=False, problem=problem)
    return Glance(is_worthwhile=_has_files(mailbox / "out" / identity.device_folder))


def _has_files(folder: Path) -> bool:
    try:
        return any(not one.name.startswith((".", "~")) for one in folder.iterdir())
    except OSError:
        return False  # nobody has written to this PC yet


def sync(client: Client, post: Post) -> SyncOutcome:
    """Run one round; repeating it after a crash at any point loses and doubles nothing.

    Where something came, a second look takes the receipts for it to the folder at once.
    """
    hand_over(client, post)
    client.at_step("handed_over")
    first = _round(client, post)
    if not first.has_received or first.problem is not None:
        return first
    second = _round(client, post)
    changes, news = first.changes | second.changes, first.news + second.news
    return SyncOutcome(changes, news, second.waiting, second.problem)


def _round(client: Client, post: Post) -> SyncOutcome:
    report = post.sync()
    client.at_step("fetched")
    touched = mark(client, report.delivered, Stage.DELIVERED)
    news = [one for item in report.received for one in _store(client, *item)]
    news += _told(client, report.acknowledged, Stage.ACKNOWLEDGED, "received")
    news += _told(client, report.refused, Stage.REFUSED, "rejected")
    client.at_step("stored_received")
    post.confirm([*(message_id for message_id, _ in report.received), *report.acknowledged, *report.refused])
    client.at_step("confirmed")
    ids = touched | {one.request_id for one in news} | {_request_of(payload) for _, payload in report.received}
    changes = Changes.of(Subject.REQUEST, *(one for one in ids if one))
    if any(isinstance(payload, Admission | Ask | Withdrawal) for _, payload in report.received):
        changes |= Changes.of(Subject.DEVICE, "self")
    if any(isinstance(payload, Policy) for _, payload in report.received):
        changes |= Changes.of(Subject.SETTING, "policy")
    if any(isinstance(payload, Wizards) for _, payload in report.received):
        changes |= Changes.of(Subject.LIBRARY, "wizards")
    return SyncOutcome(changes, tuple(news), report.waiting, report.problem, bool(report.received))


def _told(client: Client, ids: Sequence[str], stage: Stage, kind: str) -> list[News]:
    """Note what the Desk said of our messages; of requests it is news, of everything else it is only kept."""
    touched = mark(client, ids, stage)
    with client.store.read() as db:
        rows = [
            db.execute("SELECT id, title, ticket FROM requests WHERE id = ?", (one,)).fetchone()
            for one in touched
            if one in ids
        ]
    return [News(kind, row["id"], title=row["title"], ticket=row["ticket"]) for row in rows if row]


def _store(client: Client, message_id: str, payload: Payload) -> list[News]:
    """Store one received message with its id in one transaction; an id seen before changes nothing."""
    with client.store.write() as db:
        if db.execute("SELECT 1 FROM received WHERE id = ?", (message_id,)).fetchone():
            return []
        db.execute("INSERT INTO received VALUES (?)", (message_id,))
        if isinstance(payload, Reply):
            return _store_reply(db, payload)
        if isinstance(payload, Status):
            return _store_status(db, payload)
        return _store_for_pc(client, db, payload)


def _store_for_pc(client: Client, db: sqlite3.Connection, payload: Payload) -> list[News]:
    """Store what belongs to no request."""
    if isinstance(payload, Ask):
        forget_old_asks(db, client.clock())
        news = News("ask", payload.about, payload.author, payload.title, payload.reason, payload.ticket, payload.ask_id)
        return [news] if store_ask(db, payload) else []
    if isinstance(payload, Withdrawal):
        store_withdrawal(db, payload)
    if isinstance(payload, Policy):
        store_policy(db, payload)
    if isinstance(payload, Wizards):
        store_wizards(db, payload)
    return _store_admission(client, db, payload) if isinstance(payload, Admission) else []


def _store_reply(db: sqlite3.Connection, payload: Reply) -> list[News]:
    title = _ensure_request(db, payload.request_id, payload.created_at)
    row = (payload.message_id, payload.request_id, payload.author, payload.text, payload.created_at)
    added = db.execute("INSERT OR IGNORE INTO messages VALUES (?, ?, ?, 0, ?, ?, '[]')", row)
    if added.rowcount == 0:
        return []
    mark_within(db, payload.request_id, Stage.ACKNOWLEDGED)
    db.execute(
        "UPDATE requests SET has_news = 1, changed_at = max(changed_at, ?) WHERE id = ?",
        (payload.created_at, payload.request_id),
    )
    return [News("reply", payload.request_id, payload.author, title, payload.text)]


def _store_status(db: sqlite3.Connection, payload: Status) -> list[News]:
    title = _ensure_request(db, payload.request_id, payload.created_at)
    before = db.execute("SELECT state, state_at FROM requests WHERE id = ?", (payload.request_id,)).fetchone()
    if before["state_at"] > payload.created_at:
        return []  # an older message that arrived late
    mark_within(db, payload.request_id, Stage.ACKNOWLEDGED)
    is_solved = payload.state == "solved" and before["state"] != "solved"
    is_reopened = payload.state not in _OVER and before["state"] in _OVER
    db.execute(
        "UPDATE requests SET ticket = ?, state = ?, state_at = ?, assignee = ?, has_news = has_news OR ?,"
        " title = coalesce(nullif(?, ''), title), changed_at = max(changed_at, ?),"
        " verdict = CASE WHEN ? THEN '' ELSE verdict END WHERE id = ?",
        (
            payload.ticket,
            payload.state,
            payload.created_at,
            payload.assignee,
            is_solved,
            payload.title,
            payload.created_at,
            is_reopened or is_solved,
            payload.request_id,
        ),
    )
    if not is_solved:
        return []
    return [News("solved", payload.request_id, payload.assignee, payload.title or title, ticket=payload.ticket)]


def _store_admission(client: Client, db: sqlite3.Connection, payload: Admission) -> list[News]:
    identity = load_identity(client)
    state = AdmissionState.APPROVED if payload.approved else AdmissionState.REFUSED
    changed = replace(
        identity,
        admission=state.value,
        device_id=payload.device_id,
        company=payload.company or identity.company,
        help_phone=payload.help_phone if payload.approved else payload.help_phone or identity.help_phone,
    )
    write_identity(db, changed)
    if identity.state is state:
        return []
    return [News("admitted" if payload.approved else "refused", title=changed.company)]


def _ensure_request(db: sqlite3.Connection, request_id: str, at: str) -> str:
    """Return the title of a request; one that this PC does not know, as after a new set-up, is taken up."""
    row = db.execute("SELECT title FROM requests WHERE id = ?", (request_id,)).fetchone()
    if row:
        return str(row["title"])
    name = reference(request_id)
    db.execute(
        "INSERT INTO requests (id, reference, title, category, created_at, changed_at) VALUES (?, ?, ?, 'other', ?, ?)",
        (request_id, name, name, at, at),
    )
    return name


def _request_of(payload: Payload) -> str:
    return payload.request_id if isinstance(payload, Reply | Status) else ""
