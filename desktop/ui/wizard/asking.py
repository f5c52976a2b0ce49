"""What to ask at the present place of a run, and what an answer sets in motion; the same for both players."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from desktop.domain.wizard.definition import (
    Action,
    AnswerType,
    HandoverField,
    Instruction,
    Outcome,
    Question,
    Step,
    verify_of,
)
from desktop.domain.wizard.definition import (
    Answer as AnswerChoice,
)
from desktop.domain.wizard.events import Try
from desktop.domain.wizard.exits import CANNOT, DECLINED, DONE, FAILED, FIXED, UNSURE, exit_of_answer
from desktop.domain.wizard.outlook import next_of
from desktop.domain.wizard.run import Answer, Phase
from desktop.domain.wizard.scene import choices, handover_field, missing_fields, suggested_answer
from desktop.ui.common.look import Look
from desktop.ui.wizard.ask import Ask
from desktop.ui.wizard.session import RunSession
from desktop.ui.wizard.words import ahead, exit_text, heading, say

_MORNING = 8  # o'clock: when an office day begins
PERFORM, HELPED, NOT_HELPED = "perform", "helped", "not_helped"
_ICONS: Mapping[str, tuple[str, str]] = {
    "done": ("check-circle", "grn"),
    "failed": ("arrow-right", "acc"),
    "cannot": ("question", "t2"),
    "declined": ("x-circle", "t2"),
    PERFORM: ("play", "acc"),
    HELPED: ("check-circle", "grn"),
    NOT_HELPED: ("x-circle", "t2"),
    "yes": ("check-circle", "grn"),
    "no": ("x-circle", "t2"),
    UNSURE: ("question", "t2"),
}


def ask_of(look: Look, session: RunSession, *, is_instant: bool) -> Ask | None:
    """Return what the run wants to know now; None at an end or while something runs.

    With `is_instant` one click answers (employees); without, rows say where they lead (technicians). What was typed
    before the run was left stands there again.
    """
    ask, typed = _ask_of(look, session, is_instant=is_instant), session.state.typed
    return ask if ask is None or typed is None else replace(ask, value=typed)


def _ask_of(look: Look, session: RunSession, *, is_instant: bool) -> Ask | None:
    state, step = session.state, session.step
    if session.is_busy or state.phase.is_over:
        return None
    if state.phase is Phase.COLLECTING:
        field = handover_field(session.scene, state, missing_fields(session.scene, state)[0])
        return field_ask(look, field, is_instant=is_instant)
    if state.phase is Phase.JUDGING:
        ways = [HELPED, NOT_HELPED, UNSURE] if is_instant else [HELPED, NOT_HELPED]
        return _rows(look, session, look.text("wizard.judge"), ways, is_instant=is_instant)
    if isinstance(step, Question):
        return _question_ask(look, session, step, is_instant=is_instant)
    if isinstance(step, Action) and session.can_perform(step):
        ways = [PERFORM, DECLINED, UNSURE] if is_instant else [PERFORM, DECLINED]
        return _rows(look, session, look.text("wizard.agree"), ways, is_instant=is_instant)
    ways = [DONE, FAILED, DECLINED if isinstance(step, Action) else CANNOT]
    return _rows(look, session, look.text("wizard.result"), ways, is_instant=is_instant)


def take(session: RunSession, value: Answer) -> None:
    """Set in motion what an answer means; who does not know whether to let an action run does not agree to it."""
    state, step = session.state, session.step
    given = None if value == UNSURE else value
    if state.phase is Phase.COLLECTING:
        session.fill(missing_fields(session.scene, state)[0], given)
    elif state.phase is Phase.JUDGING:
        session.judge(has_helped=value == HELPED)
    elif isinstance(step, Question):
        session.answer(given)
    elif value == PERFORM:
        session.perform()
    elif isinstance(step, Action) and value == UNSURE:
        session.tried(Try.DECLINED)
    elif isinstance(step, Instruction | Action):
        session.tried(Try(str(value)))


def has_unsure_row(ask: Ask) -> bool:
    """Tell whether "I do not know" already is one of the rows."""
    return any(one == UNSURE for one, _ in ask.choices)


def _question_ask(look: Look, session: RunSession, step: Question, *, is_instant: bool) -> Ask:
    scene, state = session.scene, session.state
    listed = _choices(look, step.type, step.answers)
    if step.type is AnswerType.PICK:
        listed = [(one, one) for one in choices(scene, step)]
    if step.type is AnswerType.DATETIME:
        listed = moments(look)
    if listed:
        listed.append((UNSURE, look.text("wizard.unsure")))
    earlier = state.earlier_answer(step.id)
    return Ask(
        name=heading(look, step),
        type=step.type,
        choices=tuple(listed),
        hints={}
        if is_instant
        else {one: _leads_to(look, session, exit_of_answer(step, _value(one))) for one, _ in listed},
        icons=_icons([one for one, _ in listed]) if is_instant else {},
        value=earlier if earlier is not None else suggested_answer(scene, state),
        maximum=step.maximum,
        is_instant=is_instant,
    )


def field_ask(look: Look, field: HandoverField, *, is_instant: bool) -> Ask:
    """Return how a field is asked that nobody was asked on the way."""
    listed = _choices(look, field.type, field.answers)
    if field.type is AnswerType.DATETIME:
        listed = moments(look)
    if listed:
        listed.append((UNSURE, look.text("wizard.unsure")))
    return Ask(
        name=say(look, field.text),
        type=field.type,
        choices=tuple(listed),
        icons=_icons([one for one, _ in listed]) if is_instant else {},
        maximum=field.maximum,
        is_instant=is_instant,
    )


def _rows(look: Look, session: RunSession, name: str, ways: list[str], *, is_instant: bool) -> Ask:
    step = session.step
    is_by_hand = isinstance(step, Action) and DONE in ways
    listed = tuple(
        (one, _hand_text(look, step, one) if is_by_hand else _row_text(look, step, one, is_instant=is_instant))
        for one in ways
    )
    hints = {} if is_instant else {one: _row_hint(look, session, one) for one in ways}
    return Ask(name, AnswerType.CHOICE, listed, hints, _icons(ways) if is_instant else {}, is_instant=is_instant)


def _row_text(look: Look, step: Step, way: str, *, is_instant: bool) -> str:
    if way in (PERFORM, HELPED, NOT_HELPED):
        return look.text(f"wizard.row.{way}")
    if way == UNSURE:
        return look.text("wizard.unsure")
    if way == CANNOT and is_instant and CANNOT not in step.say:
        return look.text("wizard.row.cannot")
    if way == DONE and verify_of(step) and FIXED not in step.say:
        return look.text("wizard.row.done_check" if is_instant else "wizard.row.done_check_short")
    return exit_text(look, step, FIXED if way == DONE and FIXED in step.say else way)


def _hand_text(look: Look, step: Step, way: str) -> str:
    """Return how an action went that a technician did by hand."""
    return exit_text(look, step, way) if way in step.say else look.text(f"wizard.row.hand_{way}")


def _row_hint(look: Look, session: RunSession, way: str) -> str:
    step = session.step
    if way == PERFORM or (way == DONE and verify_of(step)):
        return look.text("wizard.row.checked_after" if verify_of(step) else "wizard.row.runs_now")
    return _leads_to(look, session, {HELPED: FIXED, NOT_HELPED: "failed"}.get(way, way))


def _leads_to(look: Look, session: RunSession, way: str) -> str:
    following = next_of(session.scene.wizard(session.state), session.step, way)
    if following is None:
        return ""
    code = "wizard.leads_to_end" if isinstance(following, Outcome) else "wizard.leads_to"
    return look.text(code, title=ahead(look, session.scene, following))


def moments(look: Look) -> list[tuple[str, str]]:
    """Return the usual answers to "since when?", each with its moment: nobody knows the minute a fault began."""
    now = look.formats.now().replace(second=0, microsecond=0)
    morning = now.replace(hour=min(now.hour, _MORNING), minute=0)
    found = (
        ("wizard.since.now", now),
        ("wizard.since.today", morning),
        ("wizard.since.yesterday", morning - timedelta(days=1)),
        ("wizard.since.days", morning - timedelta(days=3)),
        ("wizard.since.week", morning - timedelta(days=7)),
    )
    return [(one.strftime("%Y-%m-%dT%H:%M"), look.text(code)) for code, one in found]


def _choices(look: Look, kind: AnswerType, answers: tuple[AnswerChoice, ...]) -> list[tuple[str, str]]:
    if kind is AnswerType.YESNO and not answers:
        return [(one, look.text(f"wizard.{one}")) for one in ("yes", "no")]
    return [(one.id, say(look, one.text)) for one in answers]


def _icons(ways: list[str]) -> dict[str, tuple[str, str]]:
    return {one: _ICONS[one] for one in ways if one in _ICONS}


def _value(choice: str) -> Answer:
    return None if choice == UNSURE else choice
