"""Looks for the checklists that fit the ticket on screen, off the main thread and only when something has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.base.changes import Changes, Subject
from desktop.base.errors import AppError
from desktop.domain.rows import TicketPage
from desktop.ui.desk.context import DeskContext

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard
    from desktop.domain.wizard.suggest import PastEnd


@dataclass(slots=True)
class _Finding:
    """What comes on two lanes at once: the checklists there are, and what helped tickets like this one."""

    page: TicketPage
    wizards: Mapping[str, Wizard] | None = None
    past: tuple[PastEnd, ...] | None = None


class FitsReader(QObject):
    """Belongs to the ticket page; what comes for a ticket that is no longer on screen is dropped."""

    found = Signal(object)
    """A tuple of `Fit` for the ticket that was asked for last; empty where none shall be offered."""

    def __init__(self, context: DeskContext, wizards: Callable[[], Mapping[str, Wizard]], owner: QObject) -> None:
        super().__init__(owner)
        self._context, self._wizards = context, wizards
        self._asked: tuple[object, ...] = ()
        context.bus.changed.connect(self._on_changed)

    def look_up(self, page: TicketPage) -> None:
        """Find what fits a ticket, unless it was found already."""
        is_active = page.row.state_type.is_active
        runs = tuple(one.wizard for one in page.runs)
        asked = (page.row.id, page.row.title, page.snapshot.id if page.snapshot else "", runs, is_active)
        if asked == self._asked:
            return
        self._asked = asked
        if not is_active:
            self.found.emit(())
            return
        from desktop.ui.desk.wizards.reading import reading_past_ends

        finding = _Finding(page)
        self._context.run_io(self._wizards, owner=self, done=lambda wizards: self._on_wizards(asked, finding, wizards))
        self._context.read(
            reading_past_ends(page.row.id),
            owner=self,
            done=lambda past: self._on_past(asked, finding, past),
            failed=self._on_failed,
        )

    def _on_wizards(self, asked: tuple[object, ...], finding: _Finding, wizards: Mapping[str, Wizard]) -> None:
        finding.wizards = wizards
        self._tell(asked, finding)

    def _on_past(self, asked: tuple[object, ...], finding: _Finding, past: tuple[PastEnd, ...]) -> None:
        finding.past = past
        self._tell(asked, finding)

    def _tell(self, asked: tuple[object, ...], finding: _Finding) -> None:
        if asked != self._asked or finding.wizards is None or finding.past is None:
            return
        from desktop.ui.desk.wizards.fits import fits_of

        begun = {one.wizard for one in finding.page.runs}
        fits = fits_of(self._context.look, finding.page, finding.wizards, finding.past)
        self.found.emit(tuple(one for one in fits if one.why and one.wizard not in begun))

    def _on_changed(self, changes: Changes) -> None:
        """Find anew with the next reading of the ticket where other checklists hold now."""
        if changes.touches(Subject.LIBRARY):
            self._asked = ()

    def _on_failed(self, _error: AppError) -> None:
        """Nothing is offered this time: what the ticket page itself cannot read, it says itself."""
        self._asked = ()
