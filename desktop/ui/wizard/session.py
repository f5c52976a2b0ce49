"""A run on the screen: passes what people do to the engine, and checks and acts on their behalf in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from desktop.domain.snapshot import Finding, FindingState
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Action, Audience, Step, verify_of
from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.run import Answer, Phase, RunState, answers, to_document
from desktop.domain.wizard.scene import Scene
from desktop.ui.wizard.tools import WizardTools


@dataclass(frozen=True, slots=True)
class Notice:
    """What just came out of a check or an action: the step it belongs to and whether it went well."""

    code: str
    step: Step
    is_good: bool


class RunSession(QObject):
    """Holds the state of one run; widgets call its methods and redraw on `changed`."""

    changed = Signal()
    stepped = Signal()
    """Another step, or another phase of it: the page is drawn anew and its heading gets the focus."""

    def __init__(self, scene: Scene, state: RunState, tools: WizardTools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scene = scene
        # A stored run may be paused, or wait for a check that nobody runs any more.
        self.state = engine.resume(scene, state, audience=state.audience, at=tools.clock())
        self.notice: Notice | None = None
        self.is_acting = self.is_looking = False
        self.prospect: Prospect | None = None
        self._tools = tools
        self._turn = 0
        self._pass_impossible()

    @property
    def step(self) -> Step:
        """Return the step the run stands on."""
        return self.scene.step(self.state)

    @property
    def is_busy(self) -> bool:
        """Tell whether a check, an action, or the look at what it would do runs."""
        return self.is_acting or self.is_looking or self.state.phase is Phase.VERIFYING

    @property
    def is_here(self) -> bool:
        """Tell whether the run is about the PC that this program runs on."""
        return self._tools.is_here

    def document(self) -> dict[str, Any]:
        """Return the run as it is kept."""
        return to_document(self.state)

    def answers(self) -> dict[str, Answer]:
        """Return the answers by field."""
        return answers(self.scene.wizards, self.state)

    def answer(self, value: Answer) -> None:
        """Answer the question; None is "I do not know"."""
        self._apply(events.Answered(value, self._tools.clock()))

    def fill(self, field: str, value: Answer) -> None:
        """Fill a field asked for at the end."""
        self._apply(events.Filled(field, value, self._tools.clock()))

    def tried(self, result: events.Try) -> None:
        """Say how doing the step went; done with a check behind it starts that check."""
        self._try(result)

    def perform(self) -> None:
        """Do the action the person agreed to; the log says at once that it was begun."""
        step = self.step
        if not isinstance(step, Action) or self.is_busy:
            return
        self.is_acting, self.notice = True, None
        self._turn += 1
        self.state = engine.advance(self.scene, self.state, events.Begun(self._tools.clock()))
        self.changed.emit()
        self.stepped.emit()
        agreed = self.prospect.agreed if self.prospect else ""
        self._tools.perform(step.action, self.answers(), agreed, self._in_time(self._on_performed))

    def judge(self, *, has_helped: bool) -> None:
        """Say whether it helped, where the machine cannot tell."""
        self._apply(events.Judged(has_helped, self._tools.clock()))

    def back(self) -> None:
        """Go one step back; a running check or action is no longer waited for, which ends only the waiting."""
        if self.is_acting:
            self.is_acting = False
            self._turn += 1
            self.notice = Notice("wizard.notice.not_waited", self.step, is_good=False)
            self.stepped.emit()
            return
        self._apply(events.WentBack(self._tools.clock()))

    def dispute(self, step: str) -> None:
        """Say that a step which answered itself is wrong."""
        self._apply(events.Disputed(step, self._tools.clock()))

    def skip(self, reason: str) -> None:
        """Pass the step by."""
        self._apply(events.Skipped(reason, self._tools.clock()))

    def move(self, step: str) -> None:
        """Go on at another step (technicians)."""
        self._apply(events.Moved(step, self._tools.clock()))

    def write_note(self, text: str) -> None:
        """Keep the note to the present step."""
        if text != self.state.note and not self.state.phase.is_over:
            self.state = engine.advance(self.scene, self.state, events.Noted(text, self._tools.clock()))
            self.changed.emit()

    def write_typed(self, value: Answer) -> None:
        """Keep what stands in the form of the present step and is not given yet."""
        if value != self.state.typed and not self.state.phase.is_over:
            self.state = engine.advance(self.scene, self.state, events.Typed(value, self._tools.clock()))
            self.changed.emit()

    def pause(self) -> None:
        """Put the run aside."""
        self.state = engine.advance(self.scene, self.state, events.Paused(self._tools.clock()))
        self.changed.emit()

    def go_on(self) -> None:
        """Take a run up that was put aside."""
        self.take_stage(self.scene)

    def take_stage(self, scene: Scene, state: RunState | None = None) -> None:
        """Go on with other facts, as when a new diagnosis came; with `state` as another beginning."""
        self.scene, self.notice = scene, None
        before = state or self.state
        self.state = engine.resume(scene, before, audience=before.audience, at=self._tools.clock())
        self._turn += 1
        if state is None:
            self.changed.emit()
        self.stepped.emit()

    def want_help(self) -> None:
        """End here and let somebody from IT go on."""
        if not self.state.phase.is_over:
            self._apply(events.HelpWanted(self._tools.clock()))

    def open_page(self, page: str) -> None:
        """Open a settings page of the system."""
        self._tools.open_page(page)

    def can_open(self, page: str) -> bool:
        """Tell whether this system has a page to open."""
        return bool(page) and self._tools.can_open(page)

    def can_perform(self, step: Action) -> bool:
        """Tell whether the program can do an action from here, as far as is known."""
        is_possible = self.prospect is None or self.prospect.is_possible
        return is_possible and self._tools.can_perform(step.action)

    def can_go_back(self) -> bool:
        """Tell whether there is something to take back."""
        is_waiting = self.is_acting or self.state.phase in (Phase.VERIFYING, Phase.JUDGING)
        return is_waiting or engine.can_go_back(self.scene, self.state)

    def _apply(self, event: events.Event, notice: Notice | None = None) -> None:
        self.notice = notice
        self._turn += 1
        self.is_acting = self.is_looking = False
        self.prospect = None
        self.state = engine.advance(self.scene, self.state, event)
        self._pass_impossible()
        self.changed.emit()
        self.stepped.emit()

    def _pass_impossible(self) -> None:
        """Employees are not shown actions that this system cannot do; technicians do them by hand."""
        while self.state.phase is Phase.ASKING:
            step = self.step
            if not isinstance(step, Action):
                return
            if self.can_perform(step):
                self._look_first(step)
                return
            if self.state.audience is not Audience.EMPLOYEE:
                return
            self.state = engine.advance(self.scene, self.state, events.Tried(events.Try.CANNOT, self._tools.clock()))

    def _look_first(self, step: Action) -> None:
        """Find out what the action would do, so that the person agrees to exactly that."""
        if self._tools.looks_first(step.action):
            self.is_looking = True
            self._tools.foresee(step.action, self.answers(), self._in_time(self._on_foreseen))

    def _on_foreseen(self, prospect: Prospect) -> None:
        self.is_looking = False
        if not prospect.is_possible and self.state.audience is Audience.EMPLOYEE:
            self._apply(events.Tried(events.Try.CANNOT, self._tools.clock(), prospect.reason), self.notice)
            return
        self.prospect = prospect
        self.stepped.emit()

    def _in_time(self, done: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return `done` for as long as nothing else happened: a late answer to an old question is dropped.

        So is one that comes after the page has gone.
        """
        turn = self._turn
        return lambda result: done(result) if turn == self._turn and shiboken6.isValid(self) else None

    def _on_verified(self, finding: Finding) -> None:
        self.scene = replace(self.scene, evidence={**self.scene.evidence, finding.id: finding})
        is_good = finding.state is FindingState.ABSENT
        notice = Notice("wizard.notice.fixed" if is_good else "wizard.notice.not_fixed", self.step, is_good)
        is_known = finding.state is not FindingState.UNKNOWN
        self._apply(events.Verified(finding.state, self._tools.clock()), notice if is_known else None)

    def _on_performed(self, deed: Deed) -> None:
        if deed.result is events.Try.DONE:
            notice = None if verify_of(self.step) else Notice("wizard.notice.action_done", self.step, is_good=True)
        else:
            is_failed = deed.result is events.Try.FAILED
            code = "wizard.notice.action_failed" if is_failed else "wizard.notice.action_cannot"
            notice = Notice(code, self.step, is_good=False)
        self._try(deed.result, notice, evidence=deed.evidence)

    def _try(self, result: events.Try, notice: Notice | None = None, *, evidence: str = "") -> None:
        self._apply(events.Tried(result, self._tools.clock(), evidence), notice)
        if self.state.phase is Phase.VERIFYING:
            self._tools.verify(verify_of(self.step), self._in_time(self._on_verified))
