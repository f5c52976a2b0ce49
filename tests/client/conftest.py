"""A client with a real store, and a small post that keeps its promises in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.client.context import Client
from desktop.client.identity import Identity, write_identity
from desktop.client.store import ClientStore
from desktop.domain.payloads import Payload
from desktop.exchange.reports import SyncReport


class Ticking:
    """A clock that goes on by a second at every look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class MemoryPost:
    """An outbox that keeps one message per id, and an inbox that repeats what was not confirmed."""

    outbox: dict[str, tuple[Payload, tuple[bytes, ...]]] = field(default_factory=dict)
    delivered: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    inbox: dict[str, Payload] = field(default_factory=dict)
    problem: AppError | None = None
    sealed: int = 0
    hurried: int = 0

    def send(self, payload: Payload, parts: Sequence[bytes] = (), *, message_id: str = "") -> str:
        self.sealed += 1
        self.outbox.setdefault(message_id, (payload, tuple(parts)))
        return message_id

    def sync(self) -> SyncReport:
        if self.problem:
            return SyncReport(waiting=len(self.outbox), problem=self.problem)
        fresh = tuple(one for one in self.outbox if one not in self.delivered)
        self.delivered += fresh
        return SyncReport(
            tuple(self.inbox.items()), tuple(self.acknowledged), tuple(self.refused), fresh, len(self.outbox)
        )

    def retry_now(self) -> None:
        self.hurried += 1

    def confirm(self, ids: Iterable[str]) -> None:
        for one in list(ids):
            self.inbox.pop(one, None)
            self.outbox.pop(one, None)
            if one in self.acknowledged:
                self.acknowledged.remove(one)
            if one in self.refused:
                self.refused.remove(one)

    def export(self, message_id: str) -> bytes:
        return message_id.encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ClientStore]:
    """Open a real store in a fresh folder."""
    opened = ClientStore(tmp_path / "hilfe.db")
    yield opened
    opened.close()


@pytest.fixture
def blank(store: ClientStore) -> Client:
    """Return a client that was never enrolled."""
    return Client(store, Ticking())


@pytest.fixture
def client(blank: Client) -> Client:
    """Return a client whose PC was let in."""
    identity = Identity(admission="approved", company="Möbelwerk Ahornblick", person_name="Anna Oswald", host="ANNA-PC")
    with blank.store.write() as db:
        write_identity(db, identity)
    return blank


@pytest.fixture
def post() -> MemoryPost:
    """Return an empty post."""
    return MemoryPost()
