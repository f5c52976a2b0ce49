"""Walks through a wizard in the terminal: from a file of answers, or by asking one line at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from desktop.base.errors import AppError
from desktop.cli.common.program import DONE, NOTHING_TO_DO
from desktop.cli.common.terminal import one_line
from desktop.cli.context import Context
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Action, AnswerType, HandoverField, Outcome, Question, Result
from desktop.domain.wizard.exits import UNSURE, answer_ids
from desktop.domain.wizard.run import Answer, Phase, RunState, answers, step_of, to_document
from desktop.domain.wizard.scene import Scene, choices, handover_field, missing_fields, suggested_answer

if TYPE_CHECKING:
    from desktop.domain.wizard.definition import Step

_HELPED, _NOT_HELPED = "fixed", "failed"


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk; `given` are answers by step or field, None asks on the terminal."""

    context: Context
    scene: Scene
    given: Mapping[str, Any] | None

    def to_the_end(self, state: RunState) -> int:
        """Go on to an end and answer with the run; 0 where it was solved, else 1."""
        while not state.phase.is_over:
            state = engine.advance(self.scene, state, self._event(state))
        outcome = self.scene.step(state)
        self.context.answer(self._document(state), self._lines(state))
        return DONE if isinstance(outcome, Outcome) and outcome.result is Result.RESOLVED else NOTHING_TO_DO

    def _event(self, state: RunState) -> events.Event:
        at = self.context.clock()
        if state.phase is Phase.COLLECTING:
            field = handover_field(self.scene, state, missing_fields(self.scene, state)[0])
            ids = [one.id for one in field.answers]
            return events.Filled(field.id, self._asked(field.id, field.id, self._said(field), ids, None), at)
        step = self.scene.step(state)
        if state.phase in (Phase.VERIFYING, Phase.JUDGING):
            return self._result_of_fix(state, step)
        if isinstance(step, Question):
            ids = list(answer_ids(step) or choices(self.scene, step))
            proposed = suggested_answer(self.scene, state)
            value = self._asked(step.id, step.field, self._heading(step), ids, proposed)
            return events.Answered(_typed(step.type, value), at)
        if isinstance(step, Action) and self.given is None:
            self.context.err.write(self.context.texts.text("cli.wizard.not_run") + "\n")
        ways = ["done", "failed", "declined" if isinstance(step, Action) else "cannot"]
        return events.Tried(events.Try(self._way(step, ways)), at)

    def _result_of_fix(self, state: RunState, step: Step) -> events.Event:
        """Nothing is run again here: what came out is asked, as on the phone."""
        at = self.context.clock()
        if state.phase is Phase.VERIFYING:
            from desktop.domain.snapshot import FindingState

            return events.Verified(FindingState.UNKNOWN, at)
        return events.Judged(self._way(step, [_HELPED, _NOT_HELPED]) == _HELPED, at)

    def _way(self, step: Step, ways: list[str]) -> str:
        """Ask how a step went. In a file "fixed" and "failed" say it all: done, and whether it helped."""
        value = self._asked(step.id, step.id, self._heading(step), ways, None)
        if value in ways:
            return str(value)
        if value in (_HELPED, _NOT_HELPED) and "done" in ways:
            return "done"
        return _HELPED if value == "done" else ways[-1]

    def _asked(self, step: str, field: str, question: str, ids: list[str], proposed: Answer) -> Answer:
        if self.given is None:
            return self._typed_in(question, ids, proposed)
        value: object = self.given.get(step, self.given.get(field, proposed))
        is_given = step in self.given or field in self.given or proposed is not None
        if not is_given or not _fits(value, ids):
            listed = ", ".join([*ids, UNSURE]) or "…"
            parameters = {"step": step, "field": field, "choices": one_line(listed, width=120)}
            raise AppError("wizard.answer_missing", parameters=parameters)
        return None if value == UNSURE else cast("Answer", value)

    def _typed_in(self, question: str, ids: list[str], proposed: Answer) -> Answer:
        listed = "/".join([*ids, UNSURE]) if proposed is None else f"{'/'.join(ids)} = {proposed}"
        prompt = self.context.texts.text("cli.wizard.prompt", question=one_line(question, width=200), choices=listed)
        while True:
            self.context.err.write(prompt)
            self.context.err.flush()
            line = self.context.source.readline()
            if not line:
                raise AppError("wizard.answer_missing", parameters={"step": question, "field": "", "choices": listed})
            said = line.strip() or ("" if proposed is None else str(proposed))
            if not ids or said in ids or said in ("", UNSURE):
                return None if said in ("", UNSURE) else said

    def _heading(self, step: Step) -> str:
        return step.heading(self.context.texts.language)

    def _said(self, field: HandoverField) -> str:
        return field.text.say(self.context.texts.language)

    def _document(self, state: RunState) -> dict[str, object]:
        outcome = self.scene.step(state)
        end = {"step": outcome.id, "title": self._heading(outcome)}
        if isinstance(outcome, Outcome):
            end |= {"result": outcome.result.value, "priority": outcome.priority, "team": outcome.team}
        return {
            "wizard": state.wizard,
            "outcome": end,
            "human_steps": engine.human_steps(state),
            "answers": answers(self.scene.wizards, state),
            "run": to_document(state),
        }

    def _lines(self, state: RunState) -> list[str]:
        text = self.context.texts.text
        lines: list[str] = []
        for number, record in enumerate(state.path, start=1):
            step = step_of(self.scene.wizards, record.wizard, record.step)
            title = one_line(self._heading(step), width=90) if step else record.step
            lines.append(text("cli.wizard.step", number=number, title=title, result=record.exit))
        return [*lines, text("cli.wizard.end", title=self._heading(self.scene.step(state)))]


def _fits(value: object, ids: list[str]) -> bool:
    """Tell whether a file's answer is one of the known ones, or at least of a kind that a run can keep."""
    if value is None or value == UNSURE:
        return True
    if isinstance(value, list):
        return all(isinstance(one, str) and (not ids or one in ids) for one in cast("list[object]", value))
    return isinstance(value, str | int | float) and (not ids or value in (*ids, _HELPED))


def _typed(kind: AnswerType, value: Answer) -> Answer:
    if kind is AnswerType.MULTI and isinstance(value, str):
        return value.split("/")
    if kind is AnswerType.NUMBER and isinstance(value, str):
        try:
            return float(value.replace(",", "."))
        except ValueError:
            return None
    return value
