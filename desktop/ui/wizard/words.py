"""The words of a run for the screen: facts with their evidence, names of exits, what stands where in the list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from desktop.diagnostics.evidence import readable
from desktop.domain.snapshot import Finding, FindingState
from desktop.domain.wizard.definition import (
    Action,
    Audience,
    Check,
    Instruction,
    Jump,
    Question,
    Step,
    Wording,
    verify_of,
)
from desktop.domain.wizard.exits import CANNOT, DECLINED, DONE, FAILED, FIXED, SKIPPED, UNSURE
from desktop.domain.wizard.run import Answer, Phase, RunState, Source, StepRecord, answers, step_of
from desktop.domain.wizard.scene import Scene
from desktop.ui.common.look import Look
from desktop.ui.common.safe_text import one_line

_FACT_LENGTH = 160  # characters of foreign evidence in one line


class Mark(Enum):
    """How a line of the list looks: shape and colour together."""

    GOOD = "good"
    WARN = "warn"
    UNKNOWN = "unknown"
    DONE = "done"
    SKIPPED = "skipped"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what was done: the step, its mark, its title and what came out."""

    step: str
    mark: Mark
    title: str
    hint: str
    can_dispute: bool = False
    wizard: str = ""
    has_evidence: bool = True


def say(look: Look, wording: Wording) -> str:
    """Return a wizard's text in the reader's language."""
    return wording.say(look.texts.language)


def heading(look: Look, step: Step) -> str:
    """Return a step's title."""
    return step.heading(look.texts.language)


def ahead(look: Look, scene: Scene, step: Step) -> str:
    """Return what a step is called before anybody comes to it: one that goes on in another checklist by its title."""
    other = scene.wizards.get(step.wizard) if isinstance(step, Jump) else None
    return heading(look, step) if other is None else look.text("wizard.list_named", title=say(look, other.title))


def lines_done(look: Look, scene: Scene, state: RunState) -> tuple[Line, ...]:
    """Return what happened on the way taken, jumps between wizards left out."""
    return tuple(line for line, _ in lines_with_records(look, scene, state))


def lines_with_records(look: Look, scene: Scene, state: RunState) -> tuple[tuple[Line, StepRecord], ...]:
    """Return the same, each with what the log says about it."""
    found: list[tuple[Line, StepRecord]] = []
    for record in state.path:
        step = step_of(scene.wizards, record.wizard, record.step)
        if step is not None and not isinstance(step, Jump):
            found.append((_as_of(look, state, record, _line(look, scene, state, record, step)), record))
    return tuple(found)


def _as_of(look: Look, state: RunState, record: StepRecord, line: Line) -> Line:
    """To technicians an employee's own steps are told as such."""
    is_theirs = state.audience is Audience.TECHNICIAN and state.audience_of(record) is Audience.EMPLOYEE
    if not is_theirs or record.source is Source.AUTO:
        return line
    return replace(line, hint=look.text("wizard.hint.self_help", result=line.hint))


def facts(look: Look, scene: Scene, state: RunState) -> tuple[Line, ...]:
    """Return what the machine found out by itself and somebody may contradict, as it is now."""
    found = {_subject(scene, one): one for one in lines_done(look, scene, state) if one.can_dispute}
    return tuple(_as_of_now(look, scene, state, one) for one in found.values())


def _subject(scene: Scene, line: Line) -> str:
    """Return what a fact is about: two checklists on one way may ask for the same finding."""
    step = step_of(scene.wizards, line.wizard, line.step)
    return step.finding if isinstance(step, Check) else f"{line.wizard}.{line.step}"


def _as_of_now(look: Look, scene: Scene, state: RunState, line: Line) -> Line:
    """A fault that a step has mended since is a fault no more; the list of what was done still tells of it."""
    step = step_of(scene.wizards, line.wizard, line.step)
    is_mended = isinstance(step, Check) and state.known.get(step.finding) is FindingState.ABSENT
    if not is_mended or line.mark is not Mark.WARN or not isinstance(step, Check):
        return line
    hint = look.text("wizard.hint.mended")
    return replace(line, mark=Mark.GOOD, title=say(look, step.absent) or line.title, hint=hint, has_evidence=True)


def answer_text(look: Look, step: Question, answer: Answer) -> str:
    """Return an answer as people read it."""
    if answer is None:
        return look.text("wizard.unsure")
    given = answer if isinstance(answer, list) else [str(answer)]
    named = {one.id: say(look, one.text) for one in step.answers}
    named |= {"yes": look.text("wizard.yes"), "no": look.text("wizard.no")} if not step.answers else {}
    return one_line(", ".join(named.get(one) or look.formats.given(one) for one in given), _FACT_LENGTH)


def answer_lines(look: Look, scene: Scene, state: RunState) -> tuple[str, ...]:
    """Return every question that was answered, with its answer, one line each."""
    return tuple(_answer_line(look, scene, state, *one) for one in answers(scene.wizards, state).items())


def _answer_line(look: Look, scene: Scene, state: RunState, field: str, answer: Answer) -> str:
    step = _asked_last(scene, state, field)
    if step is not None:
        return look.text("wizard.answer_line", question=_asked(look, step), answer=answer_text(look, step, answer))
    declared = scene.wizard(state).fields.get(field)
    name = say(look, declared.text) if declared else field
    named = {one.id: say(look, one.text) for one in declared.answers} if declared else {}
    shown = look.text("wizard.unsure") if answer is None else named.get(str(answer)) or look.formats.given(str(answer))
    return look.text("wizard.answer_line", question=name, answer=one_line(shown, _FACT_LENGTH))


def _asked_last(scene: Scene, state: RunState, field: str) -> Question | None:
    """Return the question whose answer a field holds: "works now" is asked after every fix, the last answer counts."""
    found: Question | None = None
    for record in state.path:
        step = step_of(scene.wizards, record.wizard, record.step)
        if isinstance(step, Question) and step.field == field and (found is None or record.exit != UNSURE):
            found = step
    return found


def _asked(look: Look, step: Question) -> str:
    """Return what was asked: the title may say what to do first, and the question stand at the end of the text."""
    title, text = heading(look, step), say(look, step.text)
    if "?" in title or not text.endswith("?"):
        return title
    return re.split(r"(?<=[.!?])\s+", text)[-1]


def quoted(look: Look, sentence: str) -> str:
    """Return a sentence to read out in quotation marks; what it quotes itself gets the inner ones."""
    inner = sentence.replace("„", "‚").replace("“", "‘").replace("”", "’")
    return look.text("wizard.quoted", text=inner)


def exit_text(look: Look, step: Step, way: str) -> str:
    """Return the name of an exit: as the file says it, else the usual words."""
    own = step.say.get(way)
    if own is not None:
        return say(look, own)
    if way == DONE and verify_of(step):
        way = FIXED
    return look.text(f"wizard.exit.{way}")


def evidence(look: Look, state: RunState, finding: Finding | None) -> str:
    """Return what the machine measured, in the words of the reader's role; empty where there are none."""
    if finding is None or finding.state is not FindingState.PRESENT:
        return ""
    code = f"finding.{finding.id}.{state.audience.value}"
    if not look.texts.has(code):
        return ""
    words = readable(finding.evidence, look.texts)
    try:
        shown = look.text(code, **words)
    except (KeyError, IndexError, ValueError):  # evidence of another version lacks what today's text wants
        return ""
    return "" if "{" in shown and not words else one_line(shown, _FACT_LENGTH)


def _line(look: Look, scene: Scene, state: RunState, record: StepRecord, step: Step) -> Line:
    if isinstance(step, Check):
        return _check_line(look, scene, state, record, step)
    title = heading(look, step)
    if record.source is Source.SKIPPED:
        reason = one_line(record.note, _FACT_LENGTH)
        return Line(step.id, Mark.SKIPPED, title, reason, wizard=record.wizard)
    if record.source is Source.AUTO and record.exit == SKIPPED:
        return Line(step.id, Mark.SKIPPED, title, look.text("wizard.hint.for_technicians"), wizard=record.wizard)
    if isinstance(step, Question):
        is_auto = record.source is Source.AUTO
        said = answer_text(look, step, record.answer)
        hint = look.text("wizard.hint.automatic", result=said) if is_auto else said
        return Line(step.id, Mark.GOOD if is_auto else Mark.DONE, title, hint, is_auto, record.wizard)
    return Line(step.id, _mark(record.exit), title, _tried_hint(look, record), wizard=record.wizard)


def _check_line(look: Look, scene: Scene, state: RunState, record: StepRecord, step: Check) -> Line:
    marks = {"present": Mark.WARN, "absent": Mark.GOOD}
    mark = marks.get(record.exit, Mark.UNKNOWN)
    wording = {"present": step.present, "absent": step.absent}.get(record.exit, Wording())
    title = say(look, wording) or heading(look, step)
    if mark is Mark.UNKNOWN:
        hint = look.text("wizard.hint.disputed" if step.id in state.disputed else "wizard.hint.unknown")
        return Line(step.id, mark, title, hint, wizard=record.wizard)
    # To the person at the machine the wizard's own sentence is the fact; the finding's text would add other advice.
    is_said = state.audience is Audience.EMPLOYEE and not wording.is_empty
    shown = "" if is_said else evidence(look, state, scene.known(step.finding))
    hint = look.text("wizard.hint.automatic", result=shown) if shown else look.text("wizard.hint.checked")
    return Line(step.id, mark, title, hint, can_dispute=True, wizard=record.wizard, has_evidence=bool(shown))


def _mark(way: str) -> Mark:
    return {FAILED: Mark.WARN, SKIPPED: Mark.SKIPPED, CANNOT: Mark.SKIPPED, DECLINED: Mark.SKIPPED}.get(way, Mark.DONE)


def _tried_hint(look: Look, record: StepRecord) -> str:
    hint = look.text(f"wizard.hint.{record.exit}", clock=look.formats.clock(record.left))
    if not record.evidence:
        return hint
    return look.text("wizard.hint.with_evidence", hint=hint, evidence=one_line(record.evidence, _FACT_LENGTH))


def progress_word(look: Look, state: RunState, step: Step, *, is_by_hand: bool = False) -> str:
    """Return how a step is done, for the line above its heading; an action that cannot run is done by hand."""
    if state.phase is Phase.VERIFYING:
        return look.text("wizard.way.checking")
    if isinstance(step, Action) and not is_by_hand:
        return look.text("wizard.way.automatic")
    return look.text("wizard.way.by_hand" if isinstance(step, Instruction | Action) else "wizard.way.question")
