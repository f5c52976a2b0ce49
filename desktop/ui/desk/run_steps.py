"""A checklist's run as a short list: what is done, where one stands, what probably follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.base.errors import AppError
from desktop.domain.rows import WizardRunRow
from desktop.domain.wizard.definition import Jump, Wizard
from desktop.domain.wizard.run import RunState, from_document, step_of

_SHOWN = 8


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


def sketch_of(run: WizardRunRow, wizards: Mapping[str, Wizard], language: str) -> RunSketch:
    """Return a run at a glance; a run of a wizard that is gone keeps its id as title and has no steps."""
    try:
        state = from_document(run.document)
    except AppError:
        return RunSketch(run.wizard, (), is_over=True)
    first = wizards.get(state.first)
    title = first.title.say(language) if first else run.wizard
    return RunSketch(title, _steps(state, wizards, language), state.phase.is_over)


def _steps(state: RunState, wizards: Mapping[str, Wizard], language: str) -> tuple[RunStep, ...]:
    done: list[RunStep] = []
    for record in state.path:
        step = step_of(wizards, record.wizard, record.step)
        if step is not None and not isinstance(step, Jump):
            done.append(RunStep(step.heading(language), is_done=True, is_current=False))
    present = step_of(wizards, state.wizard, state.step)
    if present is not None:
        done.append(RunStep(present.heading(language), is_done=state.phase.is_over, is_current=not state.phase.is_over))
    return tuple(done[-_SHOWN:])
