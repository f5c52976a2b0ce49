"""What can be asked of a ticket, one frozen command each.

`ticket` is an id or a number. `version` is the one the caller saw; where it is given and somebody changed the ticket
since, AppError `ticket.conflict` names them and nothing is changed. None changes without asking.
They are values without a database, so that pages can name them before the store is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.ticket import (
    Channel,
    Impact,
    Kind,
    Level,
    Priority,
    StateType,
    Urgency,
    WaitingReason,
)


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A file to be put on a message; its name is display text only."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CreateTicket:
    """A new ticket, from a call or a walk-in; the priority follows from impact and urgency unless one is given.

    `person_name` makes a new person where `person_id` is empty; `minutes` is the time spent so far;
    a `solution` records what helped and solves the ticket at once.
    """

    title: str
    text: str = ""
    person_id: str = ""
    person_name: str = ""
    device_id: str = ""
    category: str = "other"
    kind: Kind = Kind.FAULT
    impact: Impact = Impact.ME
    urgency: Urgency = Urgency.LIMITED
    channel: Channel = Channel.PHONE
    priority: Priority | None = None
    priority_reason: str = ""
    assignee_id: str = ""
    minutes: int = 0
    solution: str = ""
    attachments: tuple[NewAttachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """A public reply; `after` says where the ticket stands then, `wake_at` when it comes back from waiting."""

    ticket: str
    text: str
    attachments: tuple[NewAttachment, ...] = ()
    after: StateType = StateType.OPEN
    wake_at: datetime | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class AddNote:
    """An internal note, never seen by employees."""

    ticket: str
    text: str
    attachments: tuple[NewAttachment, ...] = ()
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Assign:
    """Give the ticket to a technician; an empty id gives it back to nobody."""

    ticket: str
    technician_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SetPriority:
    """Override the proposed priority, with a reason; None goes back to the proposal."""

    ticket: str
    priority: Priority | None
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SetImpact:
    """Correct impact and urgency; the proposed priority follows, an overridden one stays."""

    ticket: str
    impact: Impact
    urgency: Urgency
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SetCategory:
    """Correct the category."""

    ticket: str
    category: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SetLevel:
    """Move the ticket to another level of support; a hand-over does so too."""

    ticket: str
    level: Level
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SetTitle:
    """Give the ticket a better title."""

    ticket: str
    title: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SetPerson:
    """Say whose ticket it is; an empty id takes the person off."""

    ticket: str
    person_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SetDevice:
    """Say which device it is about; an empty id takes the device off."""

    ticket: str
    device_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Let the ticket rest for a reason until a moment at which it comes back by itself."""

    ticket: str
    reason: WaitingReason
    wake_at: datetime
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """Take up a waiting ticket again, or start on a new one."""

    ticket: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Solve:
    """The work is done; `text` goes to the person as the last reply where it is not empty."""

    ticket: str
    text: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """Close the ticket for good."""

    ticket: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """Take a solved or closed ticket up again, with the reason."""

    ticket: str
    reason: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class MarkSeen:
    """Somebody has looked at the newest message."""

    ticket: str


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep an unsent text; an empty one removes the draft."""

    ticket: str
    text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class LogTime:
    """Write down minutes of work, with what they were for."""

    ticket: str
    minutes: int
    text: str = ""
    version: int | None = None
