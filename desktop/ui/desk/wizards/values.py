"""What a checklist's page is given, and what it hands back at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.wizard.definition import Outcome
from desktop.domain.wizard.run import Answer, RunState
from desktop.domain.wizard.scene import Scene
from desktop.ui.wizard.tools import WizardTools


@dataclass(frozen=True, slots=True)
class ChecklistRun:
    """What the page needs: whose ticket, the run and its stage, and what can be done from here."""

    ticket_number: str
    scene: Scene
    state: RunState
    tools: WizardTools
    diagnosed_at: datetime | None = None
    can_reply: bool = True
    is_review: bool = False
    """Whether a run that is over is only looked at."""
    is_new: bool = False
    """Whether nobody has done anything in it yet, so that it is not kept either."""
    can_ask: bool = False
    """Whether the ticket's PC can be asked for a diagnosis."""


@dataclass(frozen=True, slots=True)
class ChecklistEnd:
    """How a run ended: its outcome, all answers by field, and the run as it is kept."""

    outcome: Outcome
    answers: dict[str, Answer]
    document: dict[str, object]
