"""What lies ahead of a run: the likely next steps for the list beside the step, and how many there can be at most."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.wizard.definition import Check, Jump, Outcome, Question, Step, Wizard, is_human
from desktop.domain.wizard.exits import ANY, DONE, FIXED, SKIPPED, UNSURE, exit_of_answer
from desktop.domain.wizard.graph import graph_of, longest_human_path
from desktop.domain.wizard.run import RunState, Source, step_of
from desktop.domain.wizard.scene import Scene, is_for, suggested_answer

MAX_AHEAD = 30


@dataclass(frozen=True, slots=True)
class Progress:
    """The number of the present step, and of how many."""

    number: int
    count: int


def progress(scene: Scene, state: RunState) -> Progress:
    """Return how far a run is, counting only steps that need a person; `count` is the most there can be."""
    done = sum(1 for one in state.path if one.source is not Source.AUTO)
    wizard = scene.wizard(state)
    ahead = longest_human_path(wizard, graph_of(wizard), state.step)
    number = done + (1 if is_human(scene.step(state)) else 0)
    return Progress(number, max(number, done + ahead))


def expected(scene: Scene, state: RunState) -> Progress:
    """Return how far a run is, counting every step of the list: what was done and what likely comes."""
    done = [one for one in state.path if not isinstance(step_of(scene.wizards, one.wizard, one.step), Jump)]
    ahead = () if state.phase.is_over else steps_ahead(scene, state)
    return Progress(len(done) + 1, len(done) + 1 + len(ahead))


def steps_ahead(scene: Scene, state: RunState) -> tuple[str, ...]:
    """Return the steps that probably come after the present one, if each fix helps and each guess is right."""
    wizard = scene.wizard(state)
    found: list[str] = []
    name = _likely_next(scene, state, wizard.steps[state.step])
    while name in wizard.steps and len(found) < MAX_AHEAD:
        step = wizard.steps[name]
        if (is_human(step) and is_for(scene, state, step)) or isinstance(step, Outcome | Jump):
            found.append(name)
        name = _likely_next(scene, state, step)
    return tuple(found)


def next_of(wizard: Wizard, step: Step, way: str) -> Step | None:
    """Return the step an exit leads to."""
    return wizard.steps.get(step.go.get(way, ""))


def answered_by_machine(scene: Scene, state: RunState) -> tuple[int, int]:
    """Return how many steps of the way taken the diagnosis answered, and how many steps there were."""
    shown = [one for one in state.path if not isinstance(step_of(scene.wizards, one.wizard, one.step), Jump)]
    known = [one for one in shown if one.source is Source.AUTO and one.exit not in ("unknown", SKIPPED)]
    return len(known), len(shown)


def _likely_next(scene: Scene, state: RunState, step: Step) -> str:
    if isinstance(step, Check):
        return step.go.get(scene.finding(state, step.finding).value, "")
    if isinstance(step, Question):
        proposed = suggested_answer(scene, state) if step.id == state.step else None
        likely = [exit_of_answer(step, proposed)] if proposed is not None else []
        return _first(step, [*likely, "yes", *step.go])
    if is_human(step) and not is_for(scene, state, step):
        return step.go.get(SKIPPED, "")
    return _first(step, [FIXED, DONE])


def _first(step: Step, ways: list[str]) -> str:
    return next((step.go[one] for one in ways if one in step.go and one != UNSURE), step.go.get(ANY, ""))
