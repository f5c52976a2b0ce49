"""What was tried on a ticket, read from its wizard runs: each step with its title, its result and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from desktop.base.errors import AppError
from desktop.domain.handover import TriedStep
from desktop.domain.rows import WizardRunRow
from desktop.domain.wizard.definition import Check, Question, Step, Wizard, Wording
from desktop.domain.wizard.run import Source, StepRecord, from_document, step_of

RESULTS = (
    "fixed",
    "done",
    "failed",
    "cannot",
    "declined",
    "skipped",
    "present",
    "absent",
    "unknown",
    "unsure",
    "answered",
)
"""Every result a step can have; texts stand under `handover.result.<result>`."""


def tried_steps(runs: Iterable[WizardRunRow], wizards: Mapping[str, Wizard]) -> tuple[TriedStep, ...]:
    """Return the steps of all runs, oldest first; a run nobody can read any more still goes along as JSON."""
    ordered = sorted(runs, key=lambda one: one.started_at)
    return tuple(chain.from_iterable(_steps(one, wizards) for one in ordered))


def _steps(run: WizardRunRow, wizards: Mapping[str, Wizard]) -> tuple[TriedStep, ...]:
    try:
        path = from_document(run.document).path
    except AppError:
        return ()
    return tuple(_tried(one, step_of(wizards, one.wizard, one.step)) for one in path)


def _tried(record: StepRecord, step: Step | None) -> TriedStep:
    title = Wording(step.heading("de"), step.heading("en")) if step else Wording(record.step, record.step)
    if record.source is Source.SKIPPED:
        return TriedStep(title, "skipped", record.left, Wording(record.note, record.note))
    if isinstance(step, Question):
        value = _answered(step, record)
        return TriedStep(title, "unsure" if value.is_empty else "answered", record.left, value)
    if isinstance(step, Check):
        found = {"present": step.present, "absent": step.absent}.get(record.exit, Wording())
        return TriedStep(title, _known(record.exit), record.left, found)
    return TriedStep(title, _known(record.exit), record.left, Wording(record.note, record.note))


def _known(result: str) -> str:
    return result if result in RESULTS else "done"


def _answered(step: Question, record: StepRecord) -> Wording:
    if record.exit == "unsure" or record.answer is None:
        return Wording()
    given = [str(one) for one in record.answer] if isinstance(record.answer, list) else [str(record.answer)]
    words = {one.id: one.text for one in step.answers}
    if step.type.value == "yesno":
        words = {"yes": Wording("Ja", "Yes"), "no": Wording("Nein", "No"), **words}
    texts = [words.get(one, Wording(one, one)) for one in given]
    return Wording(", ".join(one.de for one in texts), ", ".join(one.en for one in texts))
