"""What checklists want a hand-over to say: fields answered at their ends, and those nobody has answered yet.

A field is asked once per ticket, however many runs want it. "I do not know" is an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop.base.errors import AppError, ErrorKind
from desktop.domain.handover import Handover, RunField
from desktop.domain.rows import WizardRunRow
from desktop.domain.wizard.definition import AnswerType, Outcome, Question, Result, Wizard
from desktop.domain.wizard.definition import HandoverField as AskedField
from desktop.domain.wizard.owed import owed_fields
from desktop.domain.wizard.run import Answer, Phase, RunState, answers, from_document, step_of
from desktop.domain.wizard.scene import Scene, find_field


def run_fields(runs: Iterable[WizardRunRow], wizards: Mapping[str, Wizard]) -> tuple[RunField, ...]:
    """Return the fields of all runs, oldest run first: what was filled in, then what is still wanted."""
    scene, states = Scene(wizards), list[RunState]()
    for one in sorted(runs, key=lambda one: one.started_at):
        try:
            states.append(from_document(one.document))
        except AppError:
            continue  # a list of ticks, or a run nobody can read any more
    found: dict[str, RunField] = {}
    for state in states:
        found |= {one.field.id: one for one in _filled(scene, state)}
    known = {name for state in states for name in answers(wizards, state)}
    for state in reversed(states):
        for field in owed_fields(scene, state) if _wants(scene, state) else ():
            if field.id not in known and field.id not in found:
                found[field.id] = RunField(state.run_id, field)
    return tuple(found.values())


def answer_of(field: AskedField, text: str) -> Answer:
    """Return the answer that a text gives to a field; an empty one is "I do not know".

    Choices are named by their ids, several with commas. Raises AppError `handover.answer`.
    """
    text = text.strip()[: field.maximum]
    if not text:
        return None
    if field.type is AnswerType.NUMBER:
        try:
            return float(text.replace(",", "."))
        except ValueError as error:
            raise _no_answer(field, text) from error
    known = ("yes", "no") if field.type is AnswerType.YESNO else tuple(one.id for one in field.answers)
    given = [one.strip() for one in text.split(",")] if field.type is AnswerType.MULTI else [text]
    if known and not set(given) <= set(known):
        raise _no_answer(field, text)
    return given if field.type is AnswerType.MULTI else text


def _no_answer(field: AskedField, text: str) -> AppError:
    known = "yes, no" if field.type is AnswerType.YESNO else ", ".join(one.id for one in field.answers)
    parameters = {"name": field.id, "text": text[:60], "known": known or field.type.value}
    return AppError("handover.answer", kind=ErrorKind.USAGE, parameters=parameters)


def answered(handover: Handover, run: str, field: str, answer: Answer) -> Handover:
    """Return the hand-over with an answer to one of its fields."""
    fields = tuple(
        replace(one, is_answered=True, answer=answer) if (one.run, one.field.id) == (run, field) else one
        for one in handover.fields
    )
    return replace(handover, fields=fields)


def renewed(handover: Handover, run: WizardRunRow) -> Handover:
    """Return the hand-over with a run as it is kept now."""
    runs = tuple(run if one.id == run.id else one for one in handover.page.runs)
    return replace(handover, page=replace(handover.page, runs=runs))


def _filled(scene: Scene, state: RunState) -> list[RunField]:
    visited = dict.fromkeys([state.wizard, state.first, *(one.wizard for one in state.path)])
    wizards = [scene.wizards[one] for one in visited if one in scene.wizards]
    found: list[RunField] = []
    for name, answer in state.filled.items():
        if any(name in one.fields or name in _asked_in(one) for one in wizards):
            found.append(RunField(state.run_id, find_field(wizards, name), is_answered=True, answer=answer))
    return found


def _asked_in(wizard: Wizard) -> set[str]:
    return {one.field for one in wizard.steps.values() if isinstance(one, Question)}


def _wants(scene: Scene, state: RunState) -> bool:
    """Tell whether a run ended without a solution before all was asked; one still under way does not count."""
    step = step_of(scene.wizards, state.wizard, state.step)
    is_escalation = isinstance(step, Outcome) and step.result is Result.ESCALATE
    return state.phase is Phase.HANDED_OVER or (state.phase is Phase.COLLECTING and is_escalation)
