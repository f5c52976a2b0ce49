"""Wizards without any fault, made by hypothesis: ways that only go on, so that whatever happens on them must end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from desktop.domain.wizard.definition import (
    WORKS_NOW,
    Action,
    Answer,
    AnswerType,
    Audience,
    Auto,
    AutoMode,
    Check,
    HandoverField,
    Instruction,
    Jump,
    Mode,
    Outcome,
    Question,
    Result,
    Step,
    Wizard,
    Wording,
)
from desktop.domain.wizard.graph import graph_of, reached_from

TEXT = Wording("Text", "Text")
FINDINGS = ("a.one", "a.two", "a.three")
FIELDS = ("colour", "size", "since")
ANSWERS = tuple(Answer(one, TEXT) for one in ("red", "green", "blue"))
_AUDIENCES = st.sampled_from([None, None, Audience.TECHNICIAN])


@dataclass(frozen=True)
class Ahead:
    """What a step may lead to: the steps after it, and the question that comes after a fix."""

    draw: st.DrawFn
    later: tuple[str, ...]

    def any_of(self, *ways: str) -> dict[str, str]:
        """Return each exit with some later step, most often the next one, so that ways become long."""
        likely = (self.later[0],) * 5 + self.later
        return {way: self.draw(st.sampled_from(likely)) for way in ways}


@st.composite
def wizards(draw: st.DrawFn, name: str = "made", jumps_to: tuple[str, ...] = ()) -> Wizard:
    """Return a wizard of up to nine steps and the questions after its fixes; it may jump to those named."""
    count = draw(st.integers(3, 9))
    ends = ("o_ok", "o_help")
    steps: dict[str, Step] = {}
    for number in reversed(range(count)):
        later = (*(f"s_{one}" for one in range(number + 1, count)), *ends)
        for step in draw(_steps(f"s_{number}", Ahead(draw, later), jumps_to)):
            steps[step.id] = step
    steps["o_ok"] = Outcome(id="o_ok", text=TEXT, result=Result.RESOLVED)
    required = tuple(draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=2)))
    steps["o_help"] = Outcome(id="o_help", text=TEXT, result=Result.ESCALATE, required=required)
    fields = {one: HandoverField(one, AnswerType.TEXT, TEXT) for one in FIELDS}
    made = Wizard(
        id=name, version=1, category="other", mode=Mode.READ_DO, audience=Audience.EMPLOYEE, minutes=3, start="s_0",
        title=TEXT, steps=steps, fields=fields,
    )  # fmt: skip
    reached = reached_from(graph_of(made), ["s_0"])
    return replace(made, steps={key: step for key, step in steps.items() if key in reached})


@st.composite
def families(draw: st.DrawFn) -> dict[str, Wizard]:
    """Return two wizards, the first of which may jump to the second."""
    second = draw(wizards("second"))
    return {"made": draw(wizards("made", ("second",))), "second": second}


def _steps(name: str, ahead: Ahead, jumps_to: tuple[str, ...]) -> st.SearchStrategy[list[Step]]:
    kinds = [_question, _text, _check, _instruction, _action]
    return st.sampled_from(kinds if not jumps_to else [*kinds, _jump]).map(lambda kind: kind(name, ahead))


def _question(name: str, ahead: Ahead) -> list[Step]:
    kind = ahead.draw(st.sampled_from([AnswerType.CHOICE, AnswerType.MULTI]))
    ways = (
        ("any", "unsure")
        if kind is AnswerType.MULTI or ahead.draw(st.booleans())
        else ("red", "green", "blue", "unsure")
    )
    auto = Auto(ahead.draw(st.sampled_from(AutoMode)), "green", ahead.draw(st.sampled_from(FINDINGS)))
    given = (auto,) if kind is AnswerType.CHOICE and ahead.draw(st.booleans()) else ()
    field = ahead.draw(st.sampled_from(FIELDS[:2]))
    asked = Question(
        id=name, text=TEXT, go=ahead.any_of(*ways), type=kind, field=field, answers=ANSWERS, auto=given,
        audience=ahead.draw(_AUDIENCES),
    )  # fmt: skip
    return [asked]


def _text(name: str, ahead: Ahead) -> list[Step]:
    return [Question(id=name, text=TEXT, go=ahead.any_of("any", "unsure"), type=AnswerType.TEXT, field="since")]


def _check(name: str, ahead: Ahead) -> list[Step]:
    finding = ahead.draw(st.sampled_from(FINDINGS))
    return [Check(id=name, text=TEXT, go=ahead.any_of("present", "absent", "unknown"), finding=finding)]


def _instruction(name: str, ahead: Ahead) -> list[Step]:
    verify, ways, asked = _fix(name, ahead)
    go = {**ways, **ahead.any_of("failed", "cannot", "skipped")}
    return [asked, Instruction(id=name, text=TEXT, go=go, verify=verify, audience=ahead.draw(_AUDIENCES))]


def _action(name: str, ahead: Ahead) -> list[Step]:
    verify, ways, asked = _fix(name, ahead)
    go = {**ways, **ahead.any_of("failed", "declined", "skipped")}
    made = Action(id=name, text=TEXT, go=go, action="a.do", verify=verify, audience=ahead.draw(_AUDIENCES))
    return [asked, made]


def _fix(name: str, ahead: Ahead) -> tuple[str, dict[str, str], Step]:
    """Return the finding to verify, the exit after success, and the question it leads to."""
    verify = ahead.draw(st.sampled_from(["", *FINDINGS]))
    asked = Question(
        id=f"w{name}",
        text=TEXT,
        go={"yes": "o_ok", **ahead.any_of("no", "unsure")},
        type=AnswerType.YESNO,
        field=WORKS_NOW,
    )
    return verify, {"fixed" if verify else "done": asked.id}, asked


def _jump(name: str, _: Ahead) -> list[Step]:
    return [Jump(id=name, text=TEXT, wizard="second")]
