"""Frozen rows of Hilfe's store, as pages and commands show them; every text is foreign until shown as plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any


class Stage(Enum):
    """How far a message of this PC has come; acknowledged: the Desk has it safely; refused: never taken."""

    STORED = "stored"
    SEALED = "sealed"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"

    @property
    def word(self) -> str:
        """Return the word scripts see: a stored message is queued as much as a sealed one."""
        return "queued" if self in (Stage.STORED, Stage.SEALED) else self.value


class Answer(Enum):
    """What the employee said to "Is your problem solved?"."""

    NONE = ""
    SOLVED = "solved"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One of my requests; `state` is the ticket's state type or empty before the Desk has answered."""

    id: str
    reference: str
    title: str
    category: str
    created_at: datetime
    changed_at: datetime
    ticket: str
    state: str
    assignee: str
    has_news: bool
    answer: Answer
    rating: int
    stage: Stage
    is_answered: bool = False
    """The IT wrote at least once."""
    asks_me: bool = False
    """The IT wrote last."""

    @property
    def state_word(self) -> str:
        """Return the word scripts see: the ticket's state where known, else how far the request has come."""
        return self.state or self.stage.word


@dataclass(frozen=True, slots=True)
class ChatFile:
    """A file that went along with a message; the name is display text only."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of the conversation about a request; `stage` is None for messages of the IT."""

    id: str
    author: str
    is_mine: bool
    text: str
    at: datetime
    files: tuple[ChatFile, ...] = ()
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A request with everything said about it, oldest first."""

    request: RequestRow
    messages: tuple[ChatMessage, ...]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file the employee attaches, read once when it is attached: what is previewed is what is sent."""

    name: str
    content: bytes
    is_screenshot: bool = False


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft without its content; `size` in bytes."""

    id: str
    name: str
    size: int
    is_screenshot: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What the employee was about to write; `document` belongs to the page that saved it."""

    key: str
    document: dict[str, Any] = field(default_factory=dict[str, Any])
    files: tuple[DraftFile, ...] = ()
    saved_at: datetime | None = None
