"""What a use case changed, as a value that every open page can look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from desktop.base.messages import Message

Result = TypeVar("Result")


class Subject(Enum):
    """What kind of thing changed; a `WIZARD` is one checklist with its drafts, the `LIBRARY` all of those in force."""

    TICKET = "ticket"
    MESSAGE = "message"
    DEVICE = "device"
    PERSON = "person"
    SNAPSHOT = "snapshot"
    WIZARD = "wizard"
    LIBRARY = "library"
    WIZARD_RUN = "wizard_run"
    PARTNER = "partner"
    SETTING = "setting"
    MAILBOX = "mailbox"
    DRAFT = "draft"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Changes:
    """The kinds and ids that a use case touched."""

    items: frozenset[tuple[Subject, str]] = frozenset()

    @classmethod
    def of(cls, subject: Subject, *ids: str) -> Changes:
        """Name changed things of one kind."""
        return cls(frozenset((subject, one) for one in ids))

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.items | other.items)

    def ids(self, subject: Subject) -> frozenset[str]:
        """Return the ids of one kind that changed."""
        return frozenset(one for kind, one in self.items if kind is subject)

    def touches(self, *subjects: Subject) -> bool:
        """Tell whether anything of these kinds changed."""
        return any(kind in subjects for kind, _ in self.items)


def merged(changes: Iterable[Changes]) -> Changes:
    """Return everything that any of `changes` touched."""
    return Changes(frozenset(item for one in changes for item in one.items))


@dataclass(frozen=True, slots=True)
class Undo:
    """A ready opposite command: `run(work)` takes it back and itself returns a `Done`; `label` says what it undoes."""

    label: Message
    run: Callable[[Any], Done[Any]]


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """What a use case did: its result, what it changed and how to take it back."""

    result: Result
    changes: Changes = field(default_factory=Changes)
    undo: Undo | None = None
