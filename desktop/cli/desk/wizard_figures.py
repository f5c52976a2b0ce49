"""`ersthelfer wizard figures`: what the checklists achieve, for scripts and for people without a window."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.cli.common.arguments import Actions
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line, table
from desktop.cli.context import Context
from desktop.cli.desk.opening import opened

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Wizard
    from desktop.domain.wizard.figures import StepFigures, WizardFigures
    from desktop.services.wizard_figures import ChecklistFigures

_MOST_DAYS = 3650


def declare_figures(actions: Actions) -> None:
    """Add `wizard figures`."""
    figures = actions.add("figures", "cli.wizard.figures")
    text = figures.texts.text
    figures.add_argument("id", nargs="?", default="", metavar="ID", help=text("cli.wizard.figures.id"))
    figures.add_argument("--days", type=int, default=90, metavar="N", help=text("cli.wizard.figures.days"))


def run_figures(context: Context, arguments: Namespace) -> int:
    """Print the figures of all checklists that were used, or of one with its steps; code 1 where none was used."""
    from desktop.services.wizard_figures import read_figures
    from desktop.services.wizard_library import read_library

    with opened(context) as work:
        wizards = read_library(work).wizards
        if arguments.id and arguments.id not in wizards:
            raise AppError("wizard.unknown", parameters={"id": arguments.id})
        found = read_figures(work, wizards, days=min(max(1, arguments.days), _MOST_DAYS))
    shown = {name: one for name, one in found.wizards.items() if arguments.id in ("", name)}
    lines = _lines(context, shown, wizards) if not arguments.id else _step_lines(context, shown, wizards)
    context.answer(_document(found, shown), lines)
    return DONE if shown else NOTHING_TO_DO


def _document(found: ChecklistFigures, shown: Mapping[str, WizardFigures]) -> dict[str, object]:
    return {
        "since": to_text(found.since),
        "solve_rate": found.solve_rate,
        "wizards": [_wizard_document(one) for one in shown.values()],
        "proposals": [
            {"wizard": one.wizard, "now": list(one.now), "better": list(one.better),
             "seconds_now": round(one.seconds_now, 1), "seconds_better": round(one.seconds_better, 1)}
            for one in found.proposals if one.wizard in shown
        ],
        "subjects": [
            {"lesson": one.lesson.value, "wizard": one.wizard, "step": one.step, "count": one.count,
             "tickets": list(one.tickets), "departments": list(one.departments)}
            for one in found.subjects if one.wizard in shown
        ],
    }  # fmt: skip


def _wizard_document(one: WizardFigures) -> dict[str, object]:
    return {
        "id": one.wizard, "runs": one.runs, "by_employees": one.by_employees, "solve_rate": one.solve_rate,
        "resolved": one.resolved, "escalated": one.escalated, "handed_over": one.handed_over,
        "requested": one.requested, "given_up": one.given_up, "human_steps": round(one.human_steps, 2),
        "seconds": round(one.seconds, 1), "ends": dict(one.ends),
        "steps": [_step_document(step) for step in one.steps.values()],
    }  # fmt: skip


def _step_document(one: StepFigures) -> dict[str, object]:
    return {
        "id": one.step, "visits": one.visits, "seconds_median": round(one.seconds, 1),
        "seconds_p90": round(one.seconds_p90, 1), "tried": one.tried, "helped": one.helped, "fix_rate": one.fix_rate,
        "cannot": one.cannot, "dropped": one.dropped, "suggested": one.suggested, "kept": one.kept,
        "unknown": {system: {"unknown": part, "of": whole} for system, (part, whole) in one.unknown.items()},
    }  # fmt: skip


def _lines(context: Context, shown: Mapping[str, WizardFigures], wizards: Mapping[str, Wizard]) -> list[str]:
    text, language = context.texts.text, context.texts.language
    if not shown:
        return [text("figures.none")]
    head = (text("figures.checklist"), text("figures.solved"), text("figures.runs"), text("figures.given_up"))
    rows = [
        (one_line(wizards[name].title.say(language) if name in wizards else name, width=48),
         _percent(context, one.solve_rate), str(one.runs), str(one.given_up))
        for name, one in shown.items()
    ]  # fmt: skip
    return table([head, *rows])


def _step_lines(context: Context, shown: Mapping[str, WizardFigures], wizards: Mapping[str, Wizard]) -> list[str]:
    text, language = context.texts.text, context.texts.language
    if not shown:
        return [text("figures.none")]
    ((name, figures),) = shown.items()
    steps = wizards[name].steps
    head = (text("figures.step"), text("figures.visits"), text("figures.usual_time"), text("figures.helped"))
    rows = [
        (one_line(steps[one.step].heading(language) if one.step in steps else one.step, width=56), str(one.visits),
         text("figures.seconds", n=round(one.seconds)) if one.seconds else "", _percent(context, one.fix_rate))
        for one in figures.steps.values()
    ]  # fmt: skip
    return table([head, *rows])


def _percent(context: Context, rate: float | None) -> str:
    return "" if rate is None else context.texts.text("number.percent", value=round(100 * rate))
