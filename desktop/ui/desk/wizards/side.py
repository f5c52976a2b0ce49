"""The left side of a checklist: name, progress, the list of steps, and how much the diagnosis answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from desktop.base.clock import Clock
from desktop.domain.wizard.outlook import answered_by_machine, expected
from desktop.domain.wizard.run import RunState
from desktop.ui.common.buttons import Button
from desktop.ui.common.fonts import BOLD
from desktop.ui.common.labels import plain_label
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.all_steps import AllSteps
from desktop.ui.desk.wizards.side_parts import be_side, thin_bar, way_back
from desktop.ui.wizard.rail import StepRail
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.words import say


class ChecklistSide(QFrame):
    """Shows where a run stands.

    `rail` and `all_steps` say which step was clicked, `left` is called to go back to the ticket.
    """

    diagnosis_wanted = Signal()

    def __init__(
        self, look: Look, ticket_number: str, *, clock: Clock, left: Callable[[], object], is_review: bool = False
    ) -> None:
        super().__init__()
        self._look, self._clock, self._is_review = look, clock, is_review
        be_side(self, look)
        back = way_back(look, ticket_number, left)
        self._name = plain_label(look, size="pane", weight=BOLD, wrap=True)
        self._count = plain_label(look, size="meta", tone="t2")
        self._running = plain_label(look, size="meta", tone="t2")
        self._bar = thin_bar()
        self._bar.setAccessibleName(look.text("wizard.progress"))
        self.rail = StepRail(look, is_review=is_review)
        self.all_steps = AllSteps(look)
        self._answered = plain_label(look, size="meta", tone="t2", wrap=True)
        self.ask = Button(look, look.text("checklist.ask"), icon_name="first-aid-kit", small=True)
        self.ask.clicked.connect(self.diagnosis_wanted)
        head = column(
            row(back, None), self._name, row(self._count, None, self._running), self._bar,
            spacing=6, margins=(16, 12, 16, 14),
        )  # fmt: skip
        foot = pane(column(self._answered, row(self.ask, None), spacing=8, margins=(16, 12, 16, 12)), edge="top")
        steps = pane(column(self.rail, self.all_steps, None, spacing=0), ground="surface")
        self._area = scrolling(steps)
        self.all_steps.unfolded.connect(lambda: QTimer.singleShot(0, self, self._go_to_all))
        layout = column(pane(head, edge="bottom"), self._area, foot, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_run(
        self,
        session: RunSession,
        diagnosed_at: datetime | None,
        *,
        is_new: bool = False,
        can_ask: bool = False,
        has_asked: bool = False,
    ) -> None:
        """Draw the run's present state; `can_ask` offers to ask the PC for what it did not send yet."""
        look = self._look
        at = expected(session.scene, session.state)
        self._name.setText(say(look, session.scene.wizard(session.state).title))
        self._count.setText(look.text("wizard.step_of", number=at.number, count=at.count))
        self._running.setText(self._look.text("checklist.not_begun") if is_new else self._time_text(session.state))
        self._bar.setRange(0, max(1, at.count))
        self._bar.setValue(at.count if session.state.phase.is_over else max(0, at.number - 1))
        self.rail.show_run(session)
        self.all_steps.show_run(session)
        self.all_steps.setVisible(not self._is_review and not session.state.phase.is_over)
        self.ask.setVisible(can_ask and diagnosed_at is None and not has_asked)
        known, shown = answered_by_machine(session.scene, session.state)
        if diagnosed_at is None:
            self._answered.setText(look.text("checklist.asked" if has_asked else "wizard.no_diagnosis"))
        else:
            clock = look.formats.moment(diagnosed_at)
            self._answered.setText(look.text("wizard.answered_by_diagnosis", known=known, shown=shown, clock=clock))

    def _go_to_all(self) -> None:
        """Bring the unfolded list up, once it has its height."""
        self._area.verticalScrollBar().setValue(self.all_steps.y())

    def _time_text(self, state: RunState) -> str:
        formats = self._look.formats
        if state.is_paused:
            return self._look.text("checklist.side.paused")
        if self._is_review:
            ended = state.log[-1].left if state.log else state.started
            return self._look.text("wizard.ended", moment=formats.moment(ended))
        return self._look.text("wizard.running", duration=formats.duration(self._clock() - state.started))
