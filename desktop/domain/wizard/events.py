"""What can happen in a run; every event carries its time, so that the engine needs no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from desktop.domain.snapshot import FindingState
from desktop.domain.wizard.run import Answer


class Try(Enum):
    """How doing an instruction or action went; DONE still leaves the check whether it helped."""

    DONE = "done"
    FAILED = "failed"
    CANNOT = "cannot"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered; None means "I do not know"."""

    value: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """An instruction or action was done, or not; `evidence` is what the system said about an action (foreign text)."""

    result: Try
    at: datetime
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """An action was begun; the log says so even where nobody waits for its end."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Verified:
    """The finding behind a fix was looked at again."""

    state: FindingState
    at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """The machine could not tell, so the person says whether it helped."""

    has_helped: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class WentBack:
    """One step of the person back; what was answered is offered again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Disputed:
    """The person says that a step which answered itself is wrong; the run goes on from there without that fact."""

    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """A technician passes a step by; the reason is asked for and never empty."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A technician goes on at another step of the same wizard."""

    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """The note to the present step was changed; it goes into the log when the step is left."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of the present step was changed, without being given as its answer yet."""

    value: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Filled:
    """A field asked for at the end was filled; None means "I do not know"."""

    field: str
    value: Answer
    at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """The run is put aside; any other event takes it up again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Abandoned:
    """A technician puts a run away that leads nowhere; the reason is asked for and never empty."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """The person would rather have somebody from IT; the run ends here and goes along with the request."""

    at: datetime


Event: TypeAlias = (
    Answered
    | Tried
    | Begun
    | Verified
    | Judged
    | WentBack
    | Disputed
    | Skipped
    | Moved
    | Noted
    | Typed
    | Filled
    | Paused
    | Abandoned
    | HelpWanted
)
