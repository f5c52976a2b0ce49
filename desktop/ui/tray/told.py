"""What an employee already said in a guide, as the beginning of the description: nobody is asked twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop.base.errors import AppError
from desktop.domain.ticket import Urgency
from desktop.domain.wizard.definition import AnswerType, Question, Wizard
from desktop.domain.wizard.run import Answer, RunState, answers, from_document, step_of
from desktop.ui.tray.draft import RequestDraft

_OPEN = "other"  # the category whose title says nothing about the matter
_IMPACT, _CALLBACK = "impact", "callback"  # fields of the shipped guides that the description asks for, too
_URGENCY = {"low": Urgency.MINOR.value, "medium": Urgency.LIMITED.value, "high": Urgency.BLOCKED.value}
_NUMBER_LENGTH = 60  # characters: as many as the field takes


def with_told(
    draft: RequestDraft, run: Mapping[str, Any], wizards: Mapping[str, Wizard], language: str
) -> RequestDraft:
    """Return the draft with a run, and with what was said in it where the employee has not said otherwise here."""
    draft = replace(draft, run=dict(run))
    try:
        state = from_document(run)
    except AppError:
        return draft
    given = answers(wizards, state)
    urgency = _URGENCY.get(str(given.get(_IMPACT)), draft.urgency)
    is_open = draft.urgency == RequestDraft().urgency
    return replace(
        draft,
        text=draft.text or _described(state, wizards, language),
        urgency=urgency if is_open else draft.urgency,
        phone=draft.phone or _number(given.get(_CALLBACK)),
    )


def _described(state: RunState, wizards: Mapping[str, Wizard], language: str) -> str:
    """Return the title of the guide and what was typed on its way."""
    guide, typed = wizards.get(state.first), _typed(state, wizards)
    if guide is None or (typed and guide.category == _OPEN):
        return "\n".join(typed)
    return "\n".join([guide.title.say(language), *typed])


def _number(answer: Answer) -> str:
    """Return where somebody can be reached, if the answer names a number."""
    said = answer.strip() if isinstance(answer, str) else ""
    return said if len(said) <= _NUMBER_LENGTH and any(one.isdigit() for one in said) else ""


def _typed(state: RunState, wizards: Mapping[str, Wizard]) -> list[str]:
    found: list[str] = []
    for record in state.path:
        step = step_of(wizards, record.wizard, record.step)
        is_text = isinstance(step, Question) and step.type is AnswerType.TEXT
        said = record.answer.strip() if is_text and isinstance(record.answer, str) else ""
        if any(one.isalnum() for one in said):  # a dash says that there is nothing to say
            found.append(said)
    return found
