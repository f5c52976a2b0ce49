"""The doors to the use cases of lists of ticks, for their page: SQLAlchemy is loaded when the first one is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from desktop.domain.wizard.tick_commands import AttachList, DetachList, NoteItem, SetItem

if TYPE_CHECKING:
    from desktop.base.changes import Done
    from desktop.domain.rows import WizardRunRow
    from desktop.domain.wizard.ticks import ListOnTicket
    from desktop.services.work import Work

Act = DetachList | NoteItem | SetItem


def attaching(command: AttachList) -> Callable[[Work], Done[WizardRunRow]]:
    """Return what puts a list on a ticket."""

    def act(work: Work) -> Done[WizardRunRow]:
        from desktop.services import wizard_ticks  # loads SQLAlchemy

        return wizard_ticks.attach_list(work, command)

    return act


def doing(command: Act) -> Callable[[Work], Done[Any]]:
    """Return what carries out a command on a list."""

    def act(work: Work) -> Done[Any]:
        from desktop.services import wizard_ticks  # loads SQLAlchemy

        if isinstance(command, DetachList):
            return wizard_ticks.detach_list(work, command)
        if isinstance(command, NoteItem):
            return wizard_ticks.note_item(work, command)
        return wizard_ticks.set_item(work, command)

    return act


def reading_list(run: str) -> Callable[[Work], ListOnTicket]:
    """Return what reads a list as it is now."""

    def act(work: Work) -> ListOnTicket:
        from desktop.services import wizard_ticks  # loads SQLAlchemy

        return wizard_ticks.open_list(work, run)

    return act


def looking_at_diagnosis(run: str) -> Callable[[Work], Done[WizardRunRow]]:
    """Return what lets the newest diagnosis tick a list."""

    def act(work: Work) -> Done[WizardRunRow]:
        from desktop.services import wizard_ticks  # loads SQLAlchemy

        return wizard_ticks.look_at_diagnosis(work, run)

    return act
