"""The doors to the figures of checklists; SQLAlchemy is loaded when the first one is opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop.base.changes import Done

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard
    from desktop.domain.wizard.ordering import OrderProposal
    from desktop.services.wizard_figures import ChecklistFigures
    from desktop.services.work import Work


def reading_figures(days: int) -> Callable[[Work], tuple[ChecklistFigures, Mapping[str, Wizard]]]:
    """Return what reads the figures of the last days, and the checklists in force."""

    def act(work: Work) -> tuple[ChecklistFigures, Mapping[str, Wizard]]:
        from desktop.services.wizard_figures import read_figures  # loads SQLAlchemy
        from desktop.services.wizard_library import read_library

        wizards = read_library(work).wizards
        return read_figures(work, wizards, days=days), wizards

    return act


def taking_order(proposal: OrderProposal) -> Callable[[Work], Done[str]]:
    """Return what puts a proposed order into a draft; its result is the checklist's id."""

    def act(work: Work) -> Done[str]:
        from desktop.services.wizard_orders import take_order  # loads SQLAlchemy

        done = take_order(work, proposal)
        return Done(done.result.id, done.changes, done.undo)

    return act
