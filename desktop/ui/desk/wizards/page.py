"""The technician's checklist: steps and evidence on the left, the step to do in the middle, notes for the ticket."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.wizard.definition import Outcome, Result
from desktop.domain.wizard.run import Answer, RunState
from desktop.domain.wizard.scene import Scene
from desktop.ui.common.errors import announce
from desktop.ui.common.layouts import column, pane, row, scrolling
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.footer import Footer, listen
from desktop.ui.desk.wizards.keys import STEPS_KEYS
from desktop.ui.desk.wizards.reason_dialog import ReasonDialog
from desktop.ui.desk.wizards.side import ChecklistSide
from desktop.ui.desk.wizards.step_view import StepView
from desktop.ui.desk.wizards.values import ChecklistEnd, ChecklistRun
from desktop.ui.wizard.ask import AnswerForm, as_answer
from desktop.ui.wizard.asking import take
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.words import heading

_PANEL, _WITH_PANEL = 284, 1080  # pixels: the ticket's panel, and from which width on it has room
_PAUSE = 1000  # milliseconds after the last key until what was typed is kept


class ChecklistPage(QWidget):
    """Leads a technician through a wizard for one ticket."""

    changed = Signal(object)
    """The run's document (a dict) after every step and note, to be kept."""
    noted = Signal(str, str)
    """A note was left at a step: its title and the text, for the ticket."""
    reply_wanted = Signal(str)
    """The phone sentence shall become an answer to the employee."""
    finished = Signal(object)
    """A `ChecklistEnd`."""
    left = Signal()
    """Back to the ticket; the run stays as it is or paused."""
    hand_over_wanted = Signal(object)
    """It ended without a solution: a `ChecklistEnd`, and the hand-over is next."""
    diagnosis_wanted = Signal()
    put_away = Signal()
    """Another page is shown instead, by whatever way, or the window closed; what stood here is kept."""

    def __init__(self, look: Look, run: ChecklistRun) -> None:
        super().__init__()
        self._look, self._run = look, run
        self._diagnosed_at, self._has_asked = run.diagnosed_at, False
        self._panel: QWidget | None = None
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(_PAUSE)
        self._keep.timeout.connect(self._on_kept)
        self.session = RunSession(run.scene, run.state, run.tools, self)
        self._build()
        self.session.changed.connect(self._on_changed)
        self.session.stepped.connect(self._on_stepped)
        self._draw()

    def focus_start(self) -> None:
        """Give the keyboard to the step's heading."""
        if self.view.heading is not None:
            self.view.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def end(self) -> ChecklistEnd | None:
        """Return how the run ended; None while it has not."""
        step = self.session.step
        if not self.session.state.phase.is_over or not isinstance(step, Outcome):
            return None
        return ChecklistEnd(step, self.session.answers(), self.session.document())

    @property
    def is_new(self) -> bool:
        """Tell whether nobody has done anything yet."""
        return self.view.is_new

    def take_diagnosis(self, scene: Scene, state: RunState | None, taken_at: datetime) -> None:
        """Go on with a diagnosis that has just come; with `state` from the start, as long as nothing was done."""
        self._diagnosed_at, self._has_asked = taken_at, False
        self._on_kept()
        self.session.take_stage(scene, state)
        announce(self, self._look.text("checklist.diagnosis_came", moment=self._look.formats.moment(taken_at)))

    def say_asked(self) -> None:
        """Say that the PC was asked for a diagnosis."""
        self._has_asked = True
        self._show_side()

    def show_beside(self, panel: QWidget) -> None:
        """Show what belongs to the ticket on the right, as long as there is room for it."""
        self._panel = panel
        panel.setProperty("edge", "left")
        self._columns.addWidget(panel)
        self._fit_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the step its room first."""
        super().resizeEvent(event)
        self._fit_panel()

    def _fit_panel(self) -> None:
        if self._panel is not None:
            self._panel.setFixedWidth(self._look.theme.px(_PANEL))
            self._panel.setVisible(self.width() >= self._look.theme.px(_WITH_PANEL))

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is being typed when another page comes or the window closes; a minimised window changes nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._on_kept()
            self.put_away.emit()

    def _build(self) -> None:
        self.side = self._build_side()
        self._columns = row(self.side, self._build_middle(), spacing=0)
        self._columns.setStretch(1, 1)
        self.setLayout(self._columns)
        self.footer.listen(self)
        listen(self, STEPS_KEYS, self.side.all_steps.open)

    def _build_side(self) -> ChecklistSide:
        run = self._run
        side = ChecklistSide(
            self._look, run.ticket_number, clock=run.tools.clock, left=self._on_left, is_review=run.is_review
        )
        side.all_steps.wanted.connect(self._on_wanted)
        side.diagnosis_wanted.connect(self.diagnosis_wanted)
        side.rail.wanted.connect(self._on_wanted)
        side.rail.disputed.connect(self._on_disputed)
        return side

    def _build_middle(self) -> QWidget:
        self.view = StepView(self._look, self.session, can_reply=self._run.can_reply)
        self.view.is_new = self._run.is_new
        self.view.answered.connect(self._on_answered)
        self.view.edited.connect(lambda: self._keep.start())
        self.view.reply_wanted.connect(self._on_reply)
        line = row(self.view, None)
        line.setStretch(0, 100)
        holder = pane(line, ground="surface")
        self.footer = Footer(self._look, ticket_number=self._run.ticket_number, is_review=self._run.is_review)
        self.footer.went_on.connect(self._on_next)
        self.footer.went_back.connect(self._on_back)
        self.footer.skipped.connect(self._on_skip)
        self.footer.paused.connect(self._on_pause)
        layout = column(scrolling(holder), self.footer, spacing=0)
        layout.setStretch(0, 1)
        return pane(layout, ground="surface")

    def _on_stepped(self) -> None:
        self._draw()
        self.focus_start()
        if self.view.heading is not None:
            announce(self, self.view.heading.text())

    def _draw(self) -> None:
        self._keep.stop()
        self._show_side()
        self.view.draw()
        self.footer.show_run(self.session)

    def _show_side(self) -> None:
        can_ask = self._run.can_ask and not self._run.is_review
        self.side.show_run(
            self.session, self._diagnosed_at, is_new=self.is_new, can_ask=can_ask, has_asked=self._has_asked
        )

    def _on_changed(self) -> None:
        self.view.is_new = False
        self.changed.emit(self.session.document())

    def _on_answered(self, value: object) -> None:
        self._take(as_answer(value))

    def _take(self, value: Answer) -> None:
        if self.view.form is None:
            return
        self._leave_note()
        take(self.session, value)

    def _leave_note(self) -> None:
        text = self.view.written_note
        self._keep.stop()
        if text:
            self.session.write_note(text)
            self.noted.emit(heading(self._look, self.session.step), text)

    def _on_kept(self) -> None:
        self._keep.stop()
        if self.view.note is not None:
            self.session.write_note(self.view.written_note)
        given = self.view.fresh_answer()
        if given is not None:
            self.session.write_typed(given[0])

    def _on_next(self) -> None:
        end = self.end
        if self.session.is_busy:
            return
        if self._run.is_review:
            self.left.emit()
        elif end is not None:
            (self.hand_over_wanted if end.outcome.result is Result.ESCALATE else self.finished).emit(end)
        elif self.session.state.is_paused:
            self.session.go_on()
        elif self.view.form is not None:
            self._take_form(self.view.form)

    def _take_form(self, form: AnswerForm) -> None:
        value = form.answer()
        if value is None and form.ask.choices:
            form.say_missing()
            return
        self._take(value)

    def _on_back(self) -> None:
        self._leave_note()
        self.session.back()

    def _on_disputed(self, step: str) -> None:
        self._leave_note()  # the way may lead elsewhere from here
        self.session.dispute(step)

    def _on_reply(self, sentence: str) -> None:
        self._on_kept()
        self.reply_wanted.emit(sentence)

    def _on_left(self) -> None:
        self._on_kept()
        self.left.emit()

    def _on_pause(self) -> None:
        """Put the run aside; the page says so, and the ticket is one click away."""
        self._on_kept()
        self.session.pause()
        self._on_stepped()

    def _on_skip(self) -> None:
        dialog = ReasonDialog(self._look, "checklist.skip", self, step=heading(self._look, self.session.step))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._pass_by(dialog.reason))
        dialog.open()

    def _pass_by(self, reason: str) -> None:
        self._leave_note()
        self.session.skip(reason)

    def _on_wanted(self, step: str) -> None:
        self._leave_note()
        self.session.move(step)
