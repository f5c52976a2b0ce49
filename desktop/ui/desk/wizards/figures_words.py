"""The figures of checklists in words: rates, times, the cells of both tables."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.wizard.definition import Step, Wizard
from desktop.domain.wizard.figures import StepFigures, WizardFigures
from desktop.domain.wizard.run import step_of
from desktop.ui.common.fact_table import Cell, Column
from desktop.ui.common.look import Look
from desktop.ui.wizard.words import heading, say

LOW = 0.5  # our judgement: a checklist that solves fewer than half of its faults deserves a look
_FEW = 5  # below this a rate says little and is not coloured


def wizard_columns(look: Look) -> tuple[Column, ...]:
    """Return the columns of the table of checklists."""
    text = look.text
    return (
        Column(text("figures.checklist"), 1),
        Column(text("figures.solved"), is_number=True),
        Column(text("figures.runs"), is_number=True),
        Column(text("figures.by_employees"), is_number=True),
        Column(text("figures.people_steps"), is_number=True),
        Column(text("figures.time"), is_number=True),
        Column(text("figures.passed_on"), is_number=True),
        Column(text("figures.given_up"), is_number=True),
    )


def wizard_cells(look: Look, wizards: Mapping[str, Wizard], one: WizardFigures) -> tuple[Cell, ...]:
    """Return the row of a checklist."""
    faults = one.resolved + one.escalated + one.handed_over
    return (
        Cell(wizard_title(look, wizards, one.wizard)),
        _rate(look, one.solve_rate, faults),
        _count(look, one.runs),
        _count(look, one.by_employees),
        Cell(look.formats.number(one.human_steps, decimals=1), one.human_steps),
        Cell(seconds(look, one.seconds), one.seconds),
        _count(look, one.escalated + one.handed_over),
        _count(look, one.given_up),
    )


def step_columns(look: Look) -> tuple[Column, ...]:
    """Return the columns of the table of steps."""
    text = look.text
    return (
        Column(text("figures.step"), 1),
        Column(text("figures.visits"), is_number=True),
        Column(text("figures.usual_time"), is_number=True),
        Column(text("figures.slow_time"), is_number=True),
        Column(text("figures.helped"), is_number=True),
        Column(text("figures.cannot"), is_number=True),
        Column(text("figures.dropped"), is_number=True),
        Column(text("figures.kept"), is_number=True),
        Column(text("figures.unknown")),
    )


def step_cells(look: Look, wizards: Mapping[str, Wizard], wizard: str, one: StepFigures) -> tuple[Cell, ...]:
    """Return the row of a step."""
    kept = one.kept / one.suggested if one.suggested else None
    return (
        Cell(step_title(look, wizards, wizard, one.step)),
        _count(look, one.visits),
        Cell(seconds(look, one.seconds), one.seconds),
        Cell(seconds(look, one.seconds_p90), one.seconds_p90),
        _rate(look, one.fix_rate, one.tried),
        _count(look, one.cannot),
        _count(look, one.dropped, tone="amb" if one.visits >= _FEW and one.dropped > 0.3 * one.visits else ""),
        Cell("" if kept is None else look.formats.percent(kept), -1.0 if kept is None else kept),
        Cell(_unknown(look, one)),
    )


def wizard_title(look: Look, wizards: Mapping[str, Wizard], wizard: str) -> str:
    """Return a checklist's title; its id where it is gone."""
    return say(look, wizards[wizard].title) if wizard in wizards else wizard


def step_title(look: Look, wizards: Mapping[str, Wizard], wizard: str, step: str) -> str:
    """Return a step's heading; its id where it is gone."""
    found: Step | None = step_of(wizards, wizard, step)
    return heading(look, found) if found is not None else step


def seconds(look: Look, value: float) -> str:
    """Return a time as people say it: seconds below two minutes, then minutes; nothing where nobody did it."""
    if value <= 0:
        return ""
    if value < 120:
        return look.text("figures.seconds", n=look.formats.number(value))
    return look.text("figures.minutes", n=look.formats.number(value / 60))


def _rate(look: Look, rate: float | None, of: int) -> Cell:
    if rate is None:
        return Cell("", -1.0)
    tone = "red" if of >= _FEW and rate < LOW else ""
    return Cell(look.text("figures.rate", rate=look.formats.percent(rate), of=look.formats.number(of)), rate, tone)


def _count(look: Look, value: int, *, tone: str = "") -> Cell:
    return Cell(look.formats.number(value) if value else "", value, tone)


def _unknown(look: Look, one: StepFigures) -> str:
    """Name the systems whose diagnosis often does not answer a check."""
    parts = [
        look.text("figures.unknown_on", system=look.text(f"figures.system.{name or 'other'}"),
                  rate=look.formats.percent(unknown / asked))
        for name, (unknown, asked) in one.unknown.items()
        if unknown
    ]  # fmt: skip
    return ", ".join(parts)
