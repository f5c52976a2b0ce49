"""What an employee already said in a guide, as the beginning of the description: nobody is asked twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.base.errors import AppError
from desktop.domain.wizard.definition import AnswerType, Question, Wizard
from desktop.domain.wizard.run import RunState, from_document, step_of

_OPEN = "other"  # the category whose title says nothing about the matter


def told_in(run: Mapping[str, Any], wizards: Mapping[str, Wizard], language: str) -> str:
    """Return the title of the guide and what was typed on its way; empty where the run is none of these guides'."""
    try:
        state = from_document(run)
    except AppError:
        return ""
    guide, typed = wizards.get(state.first), _typed(state, wizards)
    if guide is None or (typed and guide.category == _OPEN):
        return "\n".join(typed)
    return "\n".join([guide.title.say(language), *typed])


def _typed(state: RunState, wizards: Mapping[str, Wizard]) -> list[str]:
    found: list[str] = []
    for record in state.path:
        step = step_of(wizards, record.wizard, record.step)
        is_text = isinstance(step, Question) and step.type is AnswerType.TEXT
        if is_text and isinstance(record.answer, str) and record.answer.strip():
            found.append(record.answer.strip())
    return found
