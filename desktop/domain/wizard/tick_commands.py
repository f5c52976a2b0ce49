"""What can be asked of the lists on a ticket, one frozen command each.

They are values without a database, so that pages can name them before the store is loaded.
`run` is the id of the list on its ticket (`WizardRunRow.id`).
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.wizard.ticks import TickState


@dataclass(frozen=True, slots=True)
class AttachList:
    """Put a list of ticks on a ticket, by id or number."""

    ticket: str
    wizard: str


@dataclass(frozen=True, slots=True)
class DetachList:
    """Take a list off its ticket, with everything ticked on it; one that keeps it open needs a reason."""

    run: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetItem:
    """Tick an item, open it again, or leave it out with a reason."""

    run: str
    item: str
    state: TickState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteItem:
    """Write beside an item; an empty text takes the note away."""

    run: str
    item: str
    text: str
