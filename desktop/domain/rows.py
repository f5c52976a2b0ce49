"""Frozen rows that queries return and pages show; nothing here knows where they came from.

Times are aware datetimes in UTC, enums come as enums, and every text is foreign until shown as plain text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.domain.list_rows import TechnicianRow, TicketRow, ViewCount
from desktop.domain.snapshot import Finding
from desktop.domain.ticket import Channel, Impact, Kind, Level, Priority, Urgency, WaitingReason

__all__ = [
    "DELIVERY_STATES",
    "AttachmentRow",
    "DeviceRow",
    "EventRow",
    "MessageRow",
    "PartnerRow",
    "PersonRow",
    "SearchHit",
    "SnapshotRow",
    "TechnicianRow",
    "TicketPage",
    "TicketRow",
    "ViewCount",
    "WizardRunRow",
]


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file on a message; its name is display text only."""

    id: str
    name: str
    size: int
    sha256: str


DELIVERY_STATES = ("queued", "delivered", "acknowledged", "failed")
"""How far a reply to a PC has come, as in `MessageRow.delivery`; each has the text `delivery.<state>`."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message of a conversation; `kind` is request, reply or note, `author_role` employee or technician."""

    id: str
    kind: str
    author: str
    author_role: str
    text: str
    at: datetime
    attachments: tuple[AttachmentRow, ...] = ()
    delivery: str = ""

    @property
    def is_ours(self) -> bool:
        """Tell whether IT wrote it: a person's follow-up is a reply too, so the kind alone does not say."""
        return self.author_role != "employee"


@dataclass(frozen=True, slots=True)
class EventRow:
    """One entry of the history; `kind` and `detail` fill the text `event.<kind>`."""

    id: str
    kind: str
    actor: str
    at: datetime
    detail: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the company."""

    id: str
    name: str
    department: str
    room: str
    phone: str
    email: str
    open_tickets: int = 0
    earlier_tickets: int = 0


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A PC; `status` is waiting, approved or revoked; `worst` is the severity of its worst present finding or empty.

    `seen_at` is when anything last came from it, None where nothing ever did.
    """

    id: str
    name: str
    status: str
    platform: str
    person_id: str
    person_name: str
    last_snapshot_at: datetime | None
    hints: int
    worst: str
    words: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A stored snapshot: who, when, and its findings."""

    id: str
    device_id: str
    taken_at: datetime
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class WizardRunRow:
    """A run of a checklist on a ticket, with the engine's own document for going on with it."""

    id: str
    wizard: str
    audience: str
    state: str
    outcome: str
    started_at: datetime
    actor: str
    document: dict[str, Any]
    mode: str = "read-do"
    """read-do, or do-confirm for a list of ticks."""
    blocks: bool = False
    """Whether the ticket must stay open for it."""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A second or third level: colleague, department or vendor."""

    id: str
    name: str
    level: Level
    kind: str
    channel: str
    address: str
    topics: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Everything the ticket page shows in one read; `version` guards against a colleague's change in between."""

    row: TicketRow
    version: int
    kind: Kind
    channel: Channel
    impact: Impact
    urgency: Urgency
    proposed_priority: Priority
    priority_reason: str
    waiting_reason: WaitingReason | None
    request_reference: str
    person: PersonRow | None
    device: DeviceRow | None
    assignee_id: str
    snapshot: SnapshotRow | None
    messages: tuple[MessageRow, ...]
    events: tuple[EventRow, ...]
    runs: tuple[WizardRunRow, ...]
    rating: int = 0
    reply_draft: str = ""
    note_draft: str = ""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A hit; `context` marks the found words between U+0001 and U+0002 so that no markup is needed."""

    kind: str
    id: str
    title: str
    context: str
    at: datetime
