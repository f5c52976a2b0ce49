"""What a checklist at the Desk can do about a PC elsewhere: look into what it has sent since, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject

from desktop.domain.rows import TicketPage
from desktop.domain.snapshot import Finding, FindingState, Severity
from desktop.domain.wizard.doing import Deed
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.run import Answer
from desktop.ui.desk import use_cases
from desktop.ui.desk.context import DeskContext
from desktop.ui.wizard.tools import WizardTools


@dataclass(frozen=True, slots=True)
class RemoteTools:
    """Answers for one ticket while `owner` lives; `known` is when the diagnosis was taken that the run knows."""

    context: DeskContext
    owner: QObject
    ticket: str
    known: datetime | None

    def tools(self) -> WizardTools:
        """Return what the page's session calls."""
        return WizardTools(
            clock=self.context.clock,
            verify=self._verify,
            perform=self._perform,
            open_page=lambda _page: False,
            can_open=lambda _page: False,
            can_perform=lambda _action: False,
            is_here=False,
        )

    def _verify(self, finding: str, done: Callable[[Finding], None]) -> None:
        """Look into the newest diagnosis the PC has sent; without a newer one the step asks the person."""
        unknown = Finding(finding, FindingState.UNKNOWN, Severity.INFO)

        def on_page(page: TicketPage) -> None:
            is_newer = page.snapshot and self.known and page.snapshot.taken_at > self.known
            found = page.snapshot.findings if page.snapshot and is_newer else ()
            done(next((one for one in found if one.id == finding), unknown))

        self.context.read(
            use_cases.opening(self.ticket), owner=self.owner, done=on_page, failed=lambda _error: done(unknown)
        )

    def _perform(
        self, _action: str, _answers: Mapping[str, Answer], _agreed: str, done: Callable[[Deed], None]
    ) -> None:
        """Nothing is done on somebody else's PC from here: the step says how it is done by hand."""
        done(Deed(Try.CANNOT))
