"""A run at a glance, for panel, menu and conversation: how far it is, in which state, whose it is, what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop.base.errors import AppError
from desktop.domain.rows import WizardRunRow
from desktop.domain.wizard import ticks
from desktop.domain.wizard.definition import Jump, Outcome, Result, Wizard
from desktop.domain.wizard.engine import can_take_over
from desktop.domain.wizard.outlook import expected, steps_ahead
from desktop.domain.wizard.run import Phase, RunState, from_document, step_of
from desktop.domain.wizard.scene import Scene

_SHOWN, _AHEAD = 6, 2  # lines of what was done, and of what comes


class RunMark(Enum):
    """In which state a run is; each has the text `checklist.state.<value>`."""

    BEGUN = "begun"
    PAUSED = "paused"
    SOLVED = "solved"
    PASSED_ON = "passed_on"
    ENDED = "ended"
    AWAY = "away"
    COMPLETE = "complete"
    GONE = "gone"
    """Its checklist is no longer there."""

    @property
    def is_open(self) -> bool:
        """Tell whether something is left to do in it."""
        return self in (RunMark.BEGUN, RunMark.PAUSED)


_RESULTS = {Result.RESOLVED: RunMark.SOLVED, Result.ESCALATE: RunMark.PASSED_ON}


@dataclass(frozen=True, slots=True)
class RunStep:
    """One line of the list."""

    title: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class RunSketch:
    """A run at a glance.

    `number` of `count` steps or items are behind one; both are 0 where nobody knows. `result` and `end` are a value of
    `Result` and the outcome's title; empty while it runs.
    """

    run: str
    title: str
    mark: RunMark
    who: str
    when: datetime
    number: int = 0
    count: int = 0
    steps: tuple[RunStep, ...] = ()
    result: str = ""
    end: str = ""
    is_self_help: bool = False
    is_list: bool = False
    blocks: bool = False
    can_go_on: bool = False
    can_show: bool = False
    reason: str = ""

    @property
    def is_over(self) -> bool:
        """Tell whether nothing is left to do in it."""
        return not self.mark.is_open

    @property
    def shall_go_on(self) -> bool:
        """Tell whether opening it means going on with it, not looking at what was done."""
        return self.can_go_on and self.mark not in (RunMark.SOLVED, RunMark.COMPLETE)


def sketches_of(runs: Iterable[WizardRunRow], wizards: Mapping[str, Wizard], language: str) -> tuple[RunSketch, ...]:
    """Return all runs, those with something to do first, among equals the one changed last first."""
    found = [sketch_of(one, wizards, language) for one in runs]
    found.sort(key=lambda one: one.when, reverse=True)
    return tuple(sorted(found, key=_rank))


def _rank(sketch: RunSketch) -> int:
    """Return the place of a run: what is open, self-help to go on with, what is over, what was put away."""
    if sketch.mark is RunMark.AWAY:
        return 3
    return 0 if not sketch.is_over else 1 if sketch.shall_go_on else 2


def sketch_of(run: WizardRunRow, wizards: Mapping[str, Wizard], language: str) -> RunSketch:
    """Return a run at a glance; a run of a wizard that is gone keeps its id as title and has no steps."""
    try:
        if ticks.is_ticks(run.document):
            return _of_list(run, ticks.from_document(run.document), language)
        return _of_run(run, from_document(run.document), wizards, language)
    except AppError:
        return RunSketch(run.id, run.wizard, RunMark.GONE, run.actor, run.changed_at or run.started_at)


def _of_list(run: WizardRunRow, state: ticks.TickList, language: str) -> RunSketch:
    at = ticks.progress(state)
    return RunSketch(
        run=run.id,
        title=state.title.say(language),
        mark=RunMark.COMPLETE if at.is_complete else RunMark.BEGUN,
        who=run.actor,
        when=run.changed_at or run.started_at,
        number=at.done,
        count=at.total,
        is_list=True,
        blocks=state.blocks,
        can_go_on=True,
        can_show=True,
    )


def _of_run(run: WizardRunRow, state: RunState, wizards: Mapping[str, Wizard], language: str) -> RunSketch:
    first, scene = wizards.get(state.first), Scene(wizards, None)
    present = step_of(wizards, state.wizard, state.step)
    mark = _mark(state, present) if present is not None else RunMark.GONE
    at = expected(scene, state) if present is not None and mark.is_open else None
    is_end = isinstance(present, Outcome) and state.phase is Phase.FINISHED
    return RunSketch(
        run=run.id,
        title=first.title.say(language) if first else run.wizard,
        mark=mark,
        who=run.actor,
        when=run.changed_at or run.started_at,
        number=at.number - 1 if at else 0,
        count=at.count if at else 0,
        steps=_steps(state, wizards, language),
        result=present.result.value if is_end and isinstance(present, Outcome) else "",
        end=present.heading(language) if is_end and present is not None else "",
        is_self_help=run.audience == "employee",
        can_go_on=present is not None and first is not None and can_take_over(scene, state),
        can_show=present is not None and first is not None,
        reason=state.reason,
    )


def _mark(state: RunState, present: object) -> RunMark:
    if state.phase is Phase.ABANDONED:
        return RunMark.AWAY
    if state.phase is Phase.HANDED_OVER:
        return RunMark.PASSED_ON
    if state.phase is Phase.FINISHED:
        return _RESULTS.get(present.result, RunMark.ENDED) if isinstance(present, Outcome) else RunMark.ENDED
    return RunMark.PAUSED if state.is_paused else RunMark.BEGUN


def _steps(state: RunState, wizards: Mapping[str, Wizard], language: str) -> tuple[RunStep, ...]:
    done: list[RunStep] = []
    for record in state.path:
        step = step_of(wizards, record.wizard, record.step)
        if step is not None and not isinstance(step, Jump):
            done.append(RunStep(step.heading(language), is_done=True, is_current=False))
    present = step_of(wizards, state.wizard, state.step)
    if present is not None:
        done.append(RunStep(present.heading(language), is_done=state.phase.is_over, is_current=not state.phase.is_over))
    ahead = () if state.phase.is_over or present is None else steps_ahead(Scene(wizards, None), state)
    coming = [step_of(wizards, state.wizard, one) for one in ahead[:_AHEAD]]
    return tuple(done[-_SHOWN:]) + tuple(
        RunStep(one.heading(language), is_done=False, is_current=False) for one in coming if one is not None
    )
