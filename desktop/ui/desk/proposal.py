"""What a finished checklist proposes for its ticket: done, passed on, or only that its note stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.rows import TicketPage, WizardRunRow
from desktop.ui.common.buttons import Button
from desktop.ui.common.controls import Banner
from desktop.ui.common.errors import announce
from desktop.ui.common.layouts import clear, column
from desktop.ui.common.look import Look

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard

_TONES = {"resolved": "grn", "escalate": "vio"}
_ENDS = ("wizard_finished", "wizard_handed_over")
_ANSWERED_BY = frozenset(
    {
        "solved",
        "closed",
        "reopened",
        "rejected",
        "handed_over",
        "answered",
        "waiting",
        "wizard_started",
        "wizard_continued",
    }
)
"""Events that say what became of a proposal, so that it is not made again."""


def undecided_run(page: TicketPage) -> WizardRunRow | None:
    """Return the technician's checklist whose end is the newest thing that happened to a ticket, or None."""
    if not page.row.state_type.is_active or not page.runs:
        return None
    telling = [one for one in page.events if one.kind in _ENDS or one.kind in _ANSWERED_BY]
    if not telling or telling[-1].kind not in _ENDS:
        return None
    ended = telling[-1].detail.get("run", page.runs[-1].id)  # events of before runs had names mean the last one
    return next((one for one in page.runs if one.id == ended and one.audience == "technician"), None)


class Proposal(QWidget):
    """A quiet strip above the composer, without height while there is nothing to propose."""

    solve_wanted = Signal()
    command_wanted = Signal(str)

    def __init__(self, look: Look, wizards: Callable[[], Mapping[str, Wizard]]) -> None:
        super().__init__()
        self._look, self._wizards = look, wizards
        self._dismissed: set[str] = set()
        self._shown = ""
        self.button: Button | None = None
        self._lines = column(margins=(14, 0, 16, 8))
        self.setLayout(self._lines)
        self.hide()

    def show_ticket(self, page: TicketPage) -> None:
        """Propose what the ticket's last checklist came to, unless somebody has decided since."""
        run = undecided_run(page)
        if run is None or run.id in self._dismissed:
            self._take_away()
            return
        if run.id == self._shown:
            return
        from desktop.ui.desk.wizards.sketch import sketch_of  # reads checklists, which most tickets do not have

        sketch = sketch_of(run, self._wizards(), self._look.texts.language)
        if not sketch.result:
            self._take_away()
            return
        self._show(run.id, sketch.title, sketch.end, sketch.result)

    def _show(self, run: str, title: str, end: str, result: str) -> None:
        self._take_away()
        look = self._look
        self.button = self._button(result)
        later = Button(look, look.text("proposal.later"), small=True, clicked=lambda: self._dismiss(run))
        banner = Banner(
            look,
            look.text("proposal.title", wizard=title, end=end),
            look.text(f"proposal.{result}"),
            tone=_TONES.get(result, "acc"),
            buttons=(self.button, later) if self.button else (later,),
        )
        self._lines.addWidget(banner)
        self._shown = run
        self.show()
        announce(self, look.text("proposal.title", wizard=title, end=end))

    def _button(self, result: str) -> Button | None:
        look = self._look
        if result == "resolved":
            return Button(
                look, look.text("proposal.solve"), icon_name="check", kind="primary", small=True,
                clicked=self.solve_wanted.emit,
            )  # fmt: skip
        if result == "escalate":
            return Button(
                look, look.text("proposal.hand_over"), icon_name="arrow-bend-up-right", kind="primary", small=True,
                clicked=lambda: self.command_wanted.emit("ticket.handover"),
            )  # fmt: skip
        return None

    def _dismiss(self, run: str) -> None:
        self._dismissed.add(run)
        self._take_away()

    def _take_away(self) -> None:
        clear(self._lines)
        self._shown, self.button = "", None
        self.hide()
