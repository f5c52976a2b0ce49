"""Asks the ticket's PC for a diagnosis while a checklist is open, and tells when a newer one has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.base.changes import Changes, Subject
from desktop.domain.rows import TicketPage
from desktop.ui.desk import use_cases
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.wizards.page import ChecklistPage
from desktop.ui.desk.wizards.reading import reading_stage

if TYPE_CHECKING:
    from desktop.services.work import Work

Result = TypeVar("Result")


class DiagnosisWatch(QObject):
    """Belongs to the flow of a checklist; `came` carries a `Stage` with a newer diagnosis than the one before."""

    came = Signal(object)

    def __init__(self, context: DeskContext, page: ChecklistPage, owner: QObject, ticket: TicketPage) -> None:
        super().__init__(owner)
        self._context, self._ticket = context, ticket
        self._known = ticket.snapshot.id if ticket.snapshot else ""
        page.diagnosis_wanted.connect(lambda: self._ask(page))
        context.bus.changed.connect(self._on_changed)

    def _ask(self, page: ChecklistPage) -> None:
        from desktop.ui.desk.devices.ask_dialog import AskDialog
        from desktop.ui.desk.devices.reading import asking

        if self._ticket.device is None:
            return
        dialog = AskDialog(self._context.look, self._ticket.device, (self._ticket.row,), page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def ask() -> None:
            self._context.do(asking(dialog.command), owner=page, done=lambda _row: page.say_asked())

        dialog.accepted.connect(ask)
        dialog.open()

    def _on_changed(self, changes: Changes) -> None:
        """Look into the ticket, but not after each step of the checklist itself."""
        is_ours = changes.touches(Subject.WIZARD_RUN) or changes.touches(Subject.MESSAGE)
        device = self._ticket.device.id if self._ticket.device else ""
        is_named = self._ticket.row.id in changes.ids(Subject.TICKET) or device in changes.ids(Subject.DEVICE)
        if changes.touches(Subject.SNAPSHOT) or (is_named and not is_ours):
            self._read(use_cases.opening(self._ticket.row.id), self._on_ticket)

    def _on_ticket(self, ticket: TicketPage) -> None:
        if ticket.snapshot is not None and ticket.snapshot.id != self._known:
            self._known = ticket.snapshot.id
            self._read(reading_stage(ticket.row.id), self.came.emit)

    def _read(self, query: Callable[[Work], Result], done: Callable[[Result], None]) -> None:
        """Nothing is lost where it fails: the checklist goes on with what it knows."""
        self._context.read(query, owner=self, done=done, failed=lambda _error: None)
