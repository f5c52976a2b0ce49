"""Reads a run that a PC sent: its names must be such as files give, its way no longer than a person can go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop.base.errors import AppError
from desktop.domain.wizard.definition import Audience
from desktop.domain.wizard.reader import is_name
from desktop.domain.wizard.run import RunState, from_document

MOST_RECORDS = 1000  # our judgement: forty times the longest way, so that going back all day still fits


def run_of_pc(document: Mapping[str, Any]) -> RunState:
    """Return the run; whatever the PC says, an employee went through it. Raises AppError `wizard.run_unreadable`."""
    log = document.get("log")
    if not isinstance(log, list) or max(len(log), _length(document.get("trail"))) > MOST_RECORDS:  # pyright: ignore[reportUnknownArgumentType]
        raise AppError("wizard.run_unreadable", detail="log")
    run = from_document(document)
    if not all(map(is_name, _names(run))):
        raise AppError("wizard.run_unreadable", detail="names")
    log = tuple(replace(one, audience=Audience.EMPLOYEE) for one in run.log)
    return replace(run, audience=Audience.EMPLOYEE, log=log)


def _length(found: object) -> int:
    return len(found) if isinstance(found, list) else 0  # pyright: ignore[reportUnknownArgumentType]


def _names(run: RunState) -> set[str]:
    found = {run.first, run.wizard, run.step}
    for one in run.log:
        found |= {one.wizard, one.step, one.exit}
    return found
