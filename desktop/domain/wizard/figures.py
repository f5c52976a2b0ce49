"""What the log of steps tells about checklists: where they help, where people give up, which step costs what.

Counts only; no text of a person is looked at. WIZARDS of this kind are improved by these figures (Heckerman, Breese and
Rommelse 1995: probability of a fix over its cost), so they say of each step how often it helped and how long it took.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from desktop.domain.wizard.definition import Question, Step, Wizard, is_human
from desktop.domain.wizard.exits import CANNOT, DECLINED, DONE, FAILED, FIXED, SKIPPED
from desktop.domain.wizard.run import Source, step_of
from desktop.domain.wizard.systems import system_of
from desktop.domain.wizard.uses import RunUse, StepUse, have_helped

LONGEST = 3600.0  # seconds: whoever took longer for a step was away from it, a restart of the PC included
_TRIED = frozenset({FIXED, DONE, FAILED})
_LEFT_OUT = frozenset({CANNOT, DECLINED})


@dataclass(frozen=True, slots=True)
class StepFigures:
    """What one step came to; seconds are those of people, `helped` of `tried` the fixes, `unknown` by system."""

    step: str
    visits: int = 0
    seconds: float = 0.0
    seconds_p90: float = 0.0
    tried: int = 0
    helped: int = 0
    cannot: int = 0
    dropped: int = 0
    suggested: int = 0
    kept: int = 0
    unknown: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])

    @property
    def fix_rate(self) -> float | None:
        """Return the share of tries that helped; None where nobody tried."""
        return self.helped / self.tried if self.tried else None


@dataclass(frozen=True, slots=True)
class WizardFigures:
    """What one checklist came to. Ended are all runs that are over; those given up count as neither."""

    wizard: str
    runs: int
    by_employees: int
    resolved: int
    escalated: int
    handed_over: int
    requested: int
    given_up: int
    human_steps: float
    seconds: float
    ends: Mapping[str, int]
    steps: Mapping[str, StepFigures]

    @property
    def solve_rate(self) -> float | None:
        """Return the share of faults that were solved; wishes and pure information are no faults."""
        faults = self.resolved + self.escalated + self.handed_over
        return self.resolved / faults if faults else None


def figures_of(
    wizards: Mapping[str, Wizard], runs: Iterable[RunUse], passages: Mapping[str, Sequence[StepUse]]
) -> dict[str, WizardFigures]:
    """Return the figures of every checklist that was used; `passages` are the steps of each run (`ways_taken`)."""
    known = {one.id: one for one in runs}
    begun: dict[str, list[RunUse]] = {}
    for one in known.values():
        begun.setdefault(one.wizard, []).append(one)
    steps = _steps(wizards, known, passages)
    return {
        wizard: _wizard_figures(wizards, wizard, begun.get(wizard, []), passages, steps.get(wizard, {}))
        for wizard in sorted(begun.keys() | steps.keys())
    }


def _wizard_figures(
    wizards: Mapping[str, Wizard],
    wizard: str,
    runs: Sequence[RunUse],
    passages: Mapping[str, Sequence[StepUse]],
    steps: Mapping[str, StepFigures],
) -> WizardFigures:
    ends = [_end(wizards, one) for one in runs]
    finished = [one for one, end in zip(runs, ends, strict=True) if end not in ("", "given_up")]
    people = [[use for use in passages[one.id] if _is_by_person(use)] for one in finished if one.id in passages]
    places = [_place(one) for one, end in zip(runs, ends, strict=True) if end not in ("", "given_up", "handed_over")]
    return WizardFigures(
        wizard,
        runs=len(runs),
        by_employees=sum(one.audience == "employee" for one in runs),
        resolved=ends.count("resolved"),
        escalated=ends.count("escalate"),
        handed_over=ends.count("handed_over"),
        requested=ends.count("request"),
        given_up=ends.count("given_up"),
        human_steps=_mean([len(one) for one in people]),
        seconds=_mean([sum(min(use.seconds, LONGEST) for use in one) for one in people]),
        ends={one: places.count(one) for one in sorted(set(places))},
        steps=steps,
    )


def _place(run: RunUse) -> str:
    """Return where a run ended: its step, with the checklist in front where that is another one."""
    return run.last_step if run.last_wizard == run.wizard else f"{run.last_wizard}.{run.last_step}"


def _end(wizards: Mapping[str, Wizard], run: RunUse) -> str:
    """Return how a run ended: its outcome's result, handed_over, given_up, or nothing while it goes on."""
    if run.state == "handed_over":
        return "handed_over"
    if run.state != "finished":
        return "given_up" if _is_left(run) else ""
    step = step_of(wizards, run.last_wizard, run.last_step)
    return getattr(getattr(step, "result", None), "value", "unknown")


def _is_left(run: RunUse) -> bool:
    """Tell whether a run was put away or left alone in the middle."""
    return run.state == "abandoned" or (run.is_stale and run.state not in ("finished", "handed_over"))


def _steps(
    wizards: Mapping[str, Wizard], runs: Mapping[str, RunUse], passages: Mapping[str, Sequence[StepUse]]
) -> dict[str, dict[str, StepFigures]]:
    """Return the figures of each step under its own checklist, also where a run came over from another one."""
    found: dict[tuple[str, str], list[tuple[RunUse, StepUse, bool]]] = {}
    for run, within in passages.items():
        for use, helped in zip(within, have_helped(within), strict=True):
            if run in runs:
                found.setdefault((use.wizard, use.step), []).append((runs[run], use, helped))
    dropped = _dropped(runs.values())
    by_wizard: dict[str, dict[str, StepFigures]] = {}
    for wizard, step in {**found, **dropped}:
        definition = step_of(wizards, wizard, step)
        rows = found.get((wizard, step), [])
        by_wizard.setdefault(wizard, {})[step] = _step_figures(step, definition, rows, dropped.get((wizard, step), 0))
    return by_wizard


def _dropped(runs: Iterable[RunUse]) -> dict[tuple[str, str], int]:
    """Return how many runs ended at a step by asking for help or by being left alone."""
    found: dict[tuple[str, str], int] = {}
    for one in runs:
        if one.last_step and (one.state == "handed_over" or _is_left(one)):
            place = (one.last_wizard or one.wizard, one.last_step)
            found[place] = found.get(place, 0) + 1
    return found


def _step_figures(
    step: str, definition: Step | None, rows: Sequence[tuple[RunUse, StepUse, bool]], dropped: int
) -> StepFigures:
    seconds = sorted(min(use.seconds, LONGEST) for _, use, _ in rows if _is_by_person(use))
    is_fix = definition is not None and is_human(definition) and not isinstance(definition, Question)
    tried = [helped for _, use, helped in rows if is_fix and use.exit in _TRIED]
    suggested = [use for _, use, _ in rows if use.source in (Source.SUGGESTED_KEPT, Source.SUGGESTED_CHANGED)]
    return StepFigures(
        step,
        visits=len(rows) + dropped,
        seconds=median(seconds) if seconds else 0.0,
        seconds_p90=seconds[min(len(seconds) - 1, int(len(seconds) * 0.9))] if seconds else 0.0,
        tried=len(tried),
        helped=sum(tried),
        cannot=sum(use.exit in _LEFT_OUT for _, use, _ in rows),
        dropped=dropped,
        suggested=len(suggested),
        kept=sum(one.source is Source.SUGGESTED_KEPT for one in suggested),
        unknown=_unknown(rows),
    )


def _unknown(rows: Sequence[tuple[RunUse, StepUse, bool]]) -> dict[str, tuple[int, int]]:
    """Return for a check how often the diagnosis could not tell, of how often, by system."""
    checks = [
        (system_of(run.platform), use.exit) for run, use, _ in rows if use.exit in ("present", "absent", "unknown")
    ]
    return {
        system: (checks.count((system, "unknown")), sum(one == system for one, _ in checks))
        for system in sorted({one for one, _ in checks})
    }


def _is_by_person(use: StepUse) -> bool:
    return use.source is not Source.AUTO and use.exit != SKIPPED


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
