"""How well the checklists do: figures of each, better orders to propose, what was passed on though fixable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.figures import WizardFigures, figures_of
from desktop.domain.wizard.missed import Missed, Subject, missed, subjects
from desktop.domain.wizard.ordering import OrderProposal, cases_changed, proposals
from desktop.domain.wizard.uses import by_run, ways_taken
from desktop.models import wizard_queries
from desktop.services.work import Work

DAYS = 90  # a quarter: long enough for rates in a small company, short enough that changes show


@dataclass(frozen=True, slots=True)
class ChecklistFigures:
    """The figures since a day; `wizards` only those that were used."""

    since: datetime
    wizards: Mapping[str, WizardFigures]
    proposals: tuple[OrderProposal, ...]
    missed: tuple[Missed, ...]
    subjects: tuple[Subject, ...]

    @property
    def solve_rate(self) -> float | None:
        """Return the share of faults that a checklist solved, over all of them; None where there were none."""
        ended = [one for one in self.wizards.values() if one.solve_rate is not None]
        faults = sum(one.resolved + one.escalated + one.handed_over for one in ended)
        return sum(one.resolved for one in ended) / faults if faults else None


def read_figures(work: Work, wizards: Mapping[str, Wizard], *, days: int = DAYS) -> ChecklistFigures:
    """Return the figures of the last `days` days for the checklists in force."""
    now = work.clock()
    since = now - timedelta(days=days)
    with work.store.reading() as connection:
        runs = wizard_queries.list_run_uses(connection, since=since, now=now)
        log = by_run(wizard_queries.list_step_uses(connection, since=since))
        departments = wizard_queries.departments_by_ticket(connection, since=since)
    passages = ways_taken(wizards, runs, log)
    figures = figures_of(wizards, runs, passages)
    found = missed(wizards, runs, passages)
    better = tuple(
        replace(one, cases=cases_changed(wizards, one))
        for wizard in figures
        if wizard in wizards
        for one in proposals(wizards[wizard], figures[wizard].steps)
    )
    return ChecklistFigures(since, figures, better, found, subjects(figures, found, department_of=departments))
