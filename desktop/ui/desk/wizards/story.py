"""What a run came to, for the conversation: a sentence, and behind it each step with answer, evidence, note, who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.base.errors import AppError
from desktop.domain.rows import SnapshotRow, WizardRunRow
from desktop.domain.wizard import ticks
from desktop.domain.wizard.definition import Audience, Wizard
from desktop.domain.wizard.outlook import answered_by_machine
from desktop.domain.wizard.run import RunState, Source, StepRecord, from_document
from desktop.domain.wizard.scene import Scene
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line
from desktop.ui.desk.wizards.run_words import MARKS, state_text
from desktop.ui.desk.wizards.sketch import RunSketch, sketch_of
from desktop.ui.wizard.words import Line, Mark, lines_with_records

_TICK_MARKS = {ticks.TickState.DONE: Mark.DONE, ticks.TickState.NOT_NEEDED: Mark.SKIPPED}


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One step that was done: what came out, what was measured, what was written beside it, who and when."""

    mark: Mark
    title: str
    result: str = ""
    evidence: str = ""
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A run in the conversation; `said` is its sentence, `icon` its mark and `tone` the colour of that."""

    run: str
    said: str
    icon: str
    tone: str
    is_filled: bool
    steps: tuple[StoryStep, ...] = ()


def story_of(look: Look, run: WizardRunRow, wizards: Mapping[str, Wizard], snapshot: SnapshotRow | None) -> Story:
    """Return what a run came to; the evidence of checks is that of the newest diagnosis."""
    sketch = sketch_of(run, wizards, look.texts.language)
    icon, tone, is_filled = MARKS[sketch.mark]
    try:
        if sketch.is_list:
            steps, counted = _of_list(look, ticks.from_document(run.document)), ""
        else:
            state = from_document(run.document)
            scene = Scene(wizards, None, evidence={one.id: one for one in snapshot.findings} if snapshot else {})
            steps, counted = _of_run(look, scene, state), _counted(look, scene, state)
    except AppError:
        steps, counted = (), ""
    return Story(run.id, _said(look, sketch, counted), icon, tone, is_filled, steps)


def _said(look: Look, sketch: RunSketch, counted: str) -> str:
    kind = "list" if sketch.is_list else "self_help" if sketch.is_self_help else "checklist"
    title = one_line(sketch.title, 120)
    facts = (look.text(f"checklist.story.{kind}", title=title), state_text(look, sketch), one_line(sketch.end), counted)
    return " · ".join(one for one in facts if one)


def _counted(look: Look, scene: Scene, state: RunState) -> str:
    known, shown = answered_by_machine(scene, state)
    if not shown:
        return ""
    steps = look.texts.plural("checklist.story.steps", shown)
    return look.texts.plural("checklist.story.known", known, steps=steps) if known else steps


def _of_run(look: Look, scene: Scene, state: RunState) -> tuple[StoryStep, ...]:
    done = [_step(look, state, line, record) for line, record in lines_with_records(look, scene, state)]
    if state.reason:
        done.append(StoryStep(Mark.SKIPPED, look.text("checklist.state.away"), one_line(state.reason, 500)))
    return tuple(done)


def _step(look: Look, state: RunState, line: Line, record: StepRecord) -> StoryStep:
    is_told = record.source is Source.SKIPPED  # its reason is the result already
    return StoryStep(
        mark=line.mark,
        title=line.title,
        result=line.hint,
        evidence=one_line(record.evidence, 400),
        note="" if is_told else record.note.strip()[:2000],
        by=_by(look, state, record),
    )


def _by(look: Look, state: RunState, record: StepRecord) -> str:
    moment = look.formats.moment(record.left)
    if record.source is Source.AUTO or not record.actor:
        return moment
    is_self_help = state.audience_of(record) is Audience.EMPLOYEE
    code = "checklist.self_help_by" if is_self_help else "checklist.by"
    return look.text(code, who=one_line(record.actor, 60), moment=moment)


def _of_list(look: Look, state: ticks.TickList) -> tuple[StoryStep, ...]:
    found: list[StoryStep] = []
    for item in state.items:
        last, written = state.last(item.id), state.notes.get(item.id)
        title, note = item.heading(look.texts.language), written.text.strip()[:2000] if written else ""
        if last is None or last.state is ticks.TickState.OPEN:
            found.append(StoryStep(Mark.AHEAD, title, look.text("checklist.story.open"), note=note))
            continue
        said = last.reason or (item.fact.say(look.texts.language) if last.evidence else "")
        moment = look.formats.moment(last.at)
        by = look.text("checklist.by", who=one_line(last.who, 60), moment=moment) if last.who else moment
        found.append(StoryStep(_TICK_MARKS[last.state], title, one_line(said, 500), note=note, by=by))
    return tuple(found)
