"""The doors to the use cases of checklists; SQLAlchemy is loaded only when the first one is opened.

Everything here returns a function to be run on the database lane.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.errors import AppError
from desktop.domain.rows import TicketPage, WizardRunRow
from desktop.domain.snapshot import Snapshot
from desktop.domain.wizard.run import Answer
from desktop.domain.wizard.suggest import PastEnd

if TYPE_CHECKING:
    from desktop.base.changes import Done
    from desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class Stage:
    """What a checklist on a ticket starts from: the ticket, its newest diagnosis, what helped tickets like it.

    `is_here` tells whether it is about the very PC in front of the technician, so that actions may run.
    """

    page: TicketPage
    snapshot: Snapshot | None
    past: tuple[PastEnd, ...]
    is_here: bool = False


def reading_stage(ticket: str) -> Callable[[Work], Stage]:
    """Return what reads all of it; a diagnosis that cannot be read counts as none."""

    def act(work: Work) -> Stage:
        from desktop.services import devices, lists, wizard_runs  # loads SQLAlchemy
        from desktop.ui.desk.wizards.own_pc import is_own_pc

        page = lists.open_ticket(work, ticket)
        past = wizard_runs.list_past_ends(work, page.row.id)
        is_here = page.device is not None and is_own_pc(page.device.id)
        if page.snapshot is None:
            return Stage(page, None, past, is_here)
        try:
            return Stage(page, devices.read_snapshot(work, page.snapshot.id), past, is_here)
        except AppError:
            return Stage(page, None, past, is_here)

    return act


def reading_past_ends(ticket: str) -> Callable[[Work], tuple[PastEnd, ...]]:
    """Return what reads how checklists ended on tickets like this one."""

    def act(work: Work) -> tuple[PastEnd, ...]:
        from desktop.services import wizard_runs  # loads SQLAlchemy

        return wizard_runs.list_past_ends(work, ticket)

    return act


def filling_field(ticket: str, run: str, field: str, value: Answer) -> Callable[[Work], Done[WizardRunRow]]:
    """Return what keeps an answer that a hand-over asked for with its run."""

    def act(work: Work) -> Done[WizardRunRow]:
        from desktop.services import wizard_runs  # loads SQLAlchemy

        return wizard_runs.fill_field(work, wizard_runs.FillField(ticket, run, field, value))

    return act


def putting_away(ticket: str, run: str, reason: str) -> Callable[[Work], Done[WizardRunRow]]:
    """Return what ends a run that leads nowhere."""

    def act(work: Work) -> Done[WizardRunRow]:
        from desktop.services import wizard_runs  # loads SQLAlchemy

        return wizard_runs.put_away(work, wizard_runs.PutAway(ticket, run, reason))

    return act
