"""Reads a run that a PC sent: its names must be such as files give, its way no longer than a person can go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop.base.errors import AppError
from desktop.domain.wizard.definition import Audience
from desktop.domain.wizard.reader import is_name
from desktop.domain.wizard.run import Answer, RunState, StepRecord, from_document

MOST_RECORDS = 1000  # our judgement: forty times the longest way, so that going back all day still fits
MOST_LETTERS = 5000  # of a text: what the longest field of a checklist takes
_MOST_CHOSEN = 60  # answers of a list; no question has more
_MOST_FINDINGS, _LONGEST_FINDING = 1000, 80


def run_of_pc(document: Mapping[str, Any]) -> RunState:
    """Return the run, its texts cut; whatever the PC says, an employee went through it.

    Raises AppError `wizard.run_unreadable`.
    """
    for key in ("log", "trail"):
        found: object = document.get(key)
        if not isinstance(found, list) or len(found) > MOST_RECORDS:  # pyright: ignore[reportUnknownArgumentType]
            raise AppError("wizard.run_unreadable", detail=key)
    run = from_document(document)
    findings = [*run.known, *run.disputed]
    if len(findings) > _MOST_FINDINGS or any(len(one) > _LONGEST_FINDING for one in findings):
        raise AppError("wizard.run_unreadable", detail="findings")
    if not all(map(is_name, _names(run))):
        raise AppError("wizard.run_unreadable", detail="names")
    return replace(
        run,
        audience=Audience.EMPLOYEE,
        log=tuple(_record(one) for one in run.log),
        filled={name: _short(one) for name, one in run.filled.items()},
        typed=_short(run.typed),
        note=run.note[:MOST_LETTERS],
        reason=run.reason[:MOST_LETTERS],
    )


def _record(one: StepRecord) -> StepRecord:
    return replace(one, audience=Audience.EMPLOYEE, answer=_short(one.answer), note=one.note[:MOST_LETTERS])


def _short(answer: Answer) -> Answer:
    if isinstance(answer, list):
        return [one[:MOST_LETTERS] for one in answer[:_MOST_CHOSEN]]
    return answer[:MOST_LETTERS] if isinstance(answer, str) else answer


def _names(run: RunState) -> set[str]:
    found = {run.first, run.wizard, run.step, *run.filled}
    for one in run.log:
        found |= {one.wizard, one.step, one.exit}
    return found
