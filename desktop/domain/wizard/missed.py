"""What could have gone better: faults passed on though a step of the same checklist solved them, and what to train.

Nobody is judged by this: subjects name checklists, steps and departments, never a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain.wizard.definition import Audience, Outcome, Result, Wizard
from desktop.domain.wizard.figures import WizardFigures
from desktop.domain.wizard.run import step_of
from desktop.domain.wizard.uses import RunUse, StepUse, helping_step

FEWEST = 5  # our judgement: visits before a step that people leave out is worth a remark
OFTEN = 0.3  # our judgement: the share of people who cannot do a step from which it is the step's fault


@dataclass(frozen=True, slots=True)
class Missed:
    """One ticket that was passed on and then solved by `step` of the same checklist."""

    ticket: str
    wizard: str
    step: str
    by_employee: bool
    """Whether the employee could have done the step as well."""


class Lesson(Enum):
    """Why something is a subject for training, or for a better text."""

    COULD_HAVE = "could_have"
    CANNOT = "cannot"
    DROPS_OUT = "drops_out"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject for training: where, why, how often, on which tickets and in which departments."""

    lesson: Lesson
    wizard: str
    step: str
    count: int
    tickets: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


def missed(
    wizards: Mapping[str, Wizard], runs: Iterable[RunUse], passages: Mapping[str, Sequence[StepUse]]
) -> tuple[Missed, ...]:
    """Return each ticket whose checklist was ended by asking for help or passing on, and which the same one solved."""
    by_ticket: dict[str, list[RunUse]] = {}
    for one in sorted(runs, key=lambda one: one.started):
        if one.ticket:
            by_ticket.setdefault(one.ticket, []).append(one)
    found: dict[tuple[str, str], Missed] = {}
    for ticket, within in by_ticket.items():
        for place, given_up in enumerate(within):
            if not (given_up.was_passed_on or _is_passed_on(wizards, given_up)):
                continue
            for later in within[place:]:  # itself included: somebody may have gone on with it
                step = _solving(wizards, given_up, later, passages)
                if step:
                    found.setdefault((ticket, step[0]), _missed(wizards, ticket, step))
    return tuple(found.values())


def subjects(
    figures: Mapping[str, WizardFigures],
    found: Sequence[Missed],
    *,
    department_of: Mapping[str, str],
) -> tuple[Subject, ...]:
    """Return what is worth a training or a clearer text, the most frequent first; `department_of` goes by ticket."""
    subjects_: list[Subject] = []
    could = {(one.wizard, one.step) for one in found if one.by_employee}
    for wizard, step in could:
        tickets = tuple(one.ticket for one in found if (one.wizard, one.step) == (wizard, step))
        departments = tuple(sorted({department_of[one] for one in tickets if department_of.get(one)}))
        subjects_.append(Subject(Lesson.COULD_HAVE, wizard, step, len(tickets), tickets, departments))
    for wizard, one in figures.items():
        for step, here in one.steps.items():
            if here.visits >= FEWEST and here.cannot >= OFTEN * here.visits:
                subjects_.append(Subject(Lesson.CANNOT, wizard, step, here.cannot))
            if here.visits >= FEWEST and here.dropped >= OFTEN * here.visits:
                subjects_.append(Subject(Lesson.DROPS_OUT, wizard, step, here.dropped))
    return tuple(sorted(subjects_, key=lambda one: (-one.count, one.wizard, one.step)))


def _is_passed_on(wizards: Mapping[str, Wizard], run: RunUse) -> bool:
    end = step_of(wizards, run.last_wizard, run.last_step)
    is_escalated = isinstance(end, Outcome) and end.result is Result.ESCALATE
    return run.state == "handed_over" or (run.state == "finished" and is_escalated)


def _solving(
    wizards: Mapping[str, Wizard], given_up: RunUse, later: RunUse, passages: Mapping[str, Sequence[StepUse]]
) -> tuple[str, str] | None:
    """Return the checklist and step that solved it in a later run, where it is one of the checklist given up."""
    end = step_of(wizards, later.last_wizard, later.last_step)
    if later.state != "finished" or not isinstance(end, Outcome) or end.result is not Result.RESOLVED:
        return None
    step = helping_step(passages.get(later.id, ()))
    return step if step and step[0] in (given_up.wizard, given_up.last_wizard) else None


def _missed(wizards: Mapping[str, Wizard], ticket: str, step: tuple[str, str]) -> Missed:
    definition = step_of(wizards, *step)
    may = definition is not None and wizards[step[0]].audience_of(definition) is Audience.EMPLOYEE
    return Missed(ticket, step[0], step[1], may)
