"""Asking a PC for a new diagnosis: who asks for what and why, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

VALID_FOR = timedelta(days=14)
"""How long the Desk waits for an answer; later nobody remembers what it was for (our judgement)."""
MAX_REASON = 300  # characters: one sentence that an employee reads before deciding


class AskLevel(Enum):
    """How much the Desk wishes for; what is sent is the employee's choice."""

    BASIC = "basic"
    FULL = "full"


class AskState(Enum):
    """What became of an ask; an open one past its date has expired."""

    OPEN = "open"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class AskDiagnosis:
    """Ask a PC (id or name), perhaps for a ticket (id or number), and say in one sentence why."""

    device: str
    ticket: str = ""
    level: AskLevel = AskLevel.BASIC
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AskRow:
    """One ask as the Desk knows it; `comment` is what the employee wrote, `snapshot_id` what they sent."""

    id: str
    device_id: str
    device_name: str
    ticket_id: str
    ticket: str
    level: AskLevel
    reason: str
    actor: str
    created_at: datetime
    expires_at: datetime
    state: AskState
    answered_at: datetime | None = None
    comment: str = ""
    snapshot_id: str = ""
