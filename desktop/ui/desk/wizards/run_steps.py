"""A checklist's run as a short list: what is done, where one stands, what probably follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.base.errors import AppError
from desktop.domain.rows import WizardRunRow
from desktop.domain.wizard.definition import Jump, Outcome, Wizard
from desktop.domain.wizard.outlook import expected, steps_ahead
from desktop.domain.wizard.run import RunState, from_document, step_of
from desktop.domain.wizard.scene import Scene

_SHOWN, _AHEAD = 6, 2  # lines of what was done, and of what comes


@dataclass(frozen=True, slots=True)
class RunStep:
    """One line of the list."""

    title: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class RunSketch:
    """A run at a glance."""

    title: str
    steps: tuple[RunStep, ...]
    is_over: bool
    number: int = 0
    count: int = 0
    """Steps behind one, and how many there are in all if every fix helps."""
    result: str = ""
    end: str = ""
    """How it ended: a value of `Result` and the outcome's title; empty while it runs."""


def sketch_of(run: WizardRunRow, wizards: Mapping[str, Wizard], language: str) -> RunSketch:
    """Return a run at a glance; a run of a wizard that is gone keeps its id as title and has no steps."""
    try:
        state = from_document(run.document)
    except AppError:
        return RunSketch(run.wizard, (), is_over=True)
    first = wizards.get(state.first)
    title = first.title.say(language) if first else run.wizard
    steps = _steps(state, wizards, language)
    present = step_of(wizards, state.wizard, state.step)
    if present is None:
        return RunSketch(title, steps, state.phase.is_over)
    if state.phase.is_over:
        result = present.result.value if isinstance(present, Outcome) else ""
        return RunSketch(title, steps, is_over=True, result=result, end=present.heading(language))
    at = expected(Scene(wizards, None), state)
    return RunSketch(title, steps, is_over=False, number=at.number - 1, count=at.count)


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
