"""What the log of steps holds of each run, and the way that was taken: what was gone back over is no part of it.

Counts only; no text of a person is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from desktop.domain.wizard.definition import WORKS_NOW, Question, Step, Wizard
from desktop.domain.wizard.exits import DONE, FIXED
from desktop.domain.wizard.run import Source, step_of


@dataclass(frozen=True, slots=True)
class StepUse:
    """One passage through a step; `said_yes` is the answer to a question whether it works now, None elsewhere."""

    run: str
    wizard: str
    step: str
    seconds: float
    source: Source
    exit: str
    said_yes: bool | None = None


@dataclass(frozen=True, slots=True)
class RunUse:
    """One run; `state` is its phase, `wizard` the one it began in, `last_wizard` and `last_step` where it stands."""

    id: str
    wizard: str
    audience: str
    state: str
    last_wizard: str
    last_step: str
    started: datetime
    platform: str = ""
    ticket: str = ""
    is_stale: bool = False
    """Whether nobody has touched it for so long that nobody will."""
    was_passed_on: bool = False
    """Whether help was wanted on it at some time, though somebody may have gone on with it since."""


def have_helped(way: Sequence[StepUse]) -> list[bool]:
    """Tell of each step whether it was a fix that helped: its check said so, or the person then said that it works.

    After a fix that was checked, the steps up to that question only try things out, as a test page does.
    """
    later: list[bool | None] = []
    for use in reversed(way):
        later.append(use.said_yes if use.said_yes is not None or not later else later[-1])
    found: list[bool] = []
    is_trying_out = False
    for place, use in enumerate(way):
        answer = later[-place - 2] if place + 1 < len(way) else None
        is_done = use.exit == DONE and answer is True and not is_trying_out
        found.append(answer is not False if use.exit == FIXED else is_done)
        if use.exit == FIXED or use.said_yes is not None:
            is_trying_out = use.exit == FIXED
    return found


def helping_step(within: Sequence[StepUse]) -> tuple[str, str] | None:
    """Return the last fix of a run that helped, with its checklist; None where nothing did."""
    fixes = [(one.wizard, one.step) for one, has_helped in zip(within, have_helped(within), strict=True) if has_helped]
    return fixes[-1] if fixes else None


def by_run(uses: Iterable[StepUse]) -> dict[str, list[StepUse]]:
    """Return the passages of each run, in the order of its log."""
    return {run: list(within) for run, within in groupby(uses, key=lambda one: one.run)}


def ways_taken(
    wizards: Mapping[str, Wizard], runs: Iterable[RunUse], passages: Mapping[str, Sequence[StepUse]]
) -> dict[str, list[StepUse]]:
    """Return the way of each run without what was gone back over: a step counts once, as it was left last."""
    return {one.id: _way(wizards, one, passages[one.id]) for one in runs if one.id in passages}


def _way(wizards: Mapping[str, Wizard], run: RunUse, log: Iterable[StepUse]) -> list[StepUse]:
    """No way leads in a circle, so whoever comes to a step again, or stands on it, went back to it."""
    way: dict[tuple[str, str], StepUse] = {}
    for one in log:
        before = way.get((one.wizard, one.step))
        _go_back(way, (one.wizard, one.step))
        is_disputed = before is not None and before.exit in ("present", "absent") and one.exit == "unknown"
        use = replace(one, exit=before.exit) if before and is_disputed else one  # the diagnosis could tell
        is_judging = one.said_yes is None or asks_if_it_works(step_of(wizards, one.wizard, one.step))
        way[one.wizard, one.step] = use if is_judging else replace(use, said_yes=None)
    _go_back(way, (run.last_wizard, run.last_step))
    return list(way.values())


def _go_back(way: dict[tuple[str, str], StepUse], place: tuple[str, str]) -> None:
    """Take back a step and everything that was done after it."""
    while place in way:
        way.popitem()


def asks_if_it_works(step: Step | None) -> bool:
    """Tell whether a step is the question that a fix is judged by."""
    return isinstance(step, Question) and step.field == WORKS_NOW
