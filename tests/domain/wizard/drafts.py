"""Wizards as an editor may hold them, finished or not, made by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from desktop.domain.snapshot import FindingState
from desktop.domain.wizard.definition import (
    Action,
    Answer,
    AnswerType,
    Audience,
    Auto,
    AutoMode,
    Case,
    Check,
    Confirm,
    HandoverField,
    Instruction,
    Item,
    Jump,
    Mode,
    Outcome,
    Question,
    Result,
    Step,
    Wizard,
    Wording,
)

NAMES = ("a", "b", "c_three", "d-four", "o_end", "", "Ä 1", 'q"uote', "with.dot")
names = st.sampled_from(NAMES)
texts = st.one_of(
    st.text(max_size=12), st.sampled_from(['"""', "\\", "zwei\r\nZeilen\t", "\x00\x1f\x7f", "’ „Größe“ 😀"])
)
wordings = st.builds(Wording, texts, texts)
listed = st.lists(texts, max_size=3).map(tuple)
ways = st.dictionaries(st.sampled_from(["yes", "no", "any", "unsure", "done", "failed", "x y"]), names, max_size=4)
answers = st.lists(st.builds(Answer, names, wordings), max_size=3).map(tuple)
autos = st.lists(st.builds(Auto, st.sampled_from(AutoMode), texts, texts, texts), max_size=2).map(tuple)
COMMON = {
    "text": wordings,
    "title": wordings,
    "phone": wordings,
    "lines": st.lists(wordings, max_size=2).map(tuple),
    "audience": st.sampled_from([None, *Audience]),
    "go": ways,
    "say": st.dictionaries(st.sampled_from(["yes", "x y"]), wordings, max_size=2),
    "text_on": st.dictionaries(st.sampled_from(["windows", "macos", "linux"]), wordings, max_size=2),
}


def steps_called(name: str) -> st.SearchStrategy[Step]:
    """Return steps of every kind with this id."""
    common = {"id": st.just(name), **COMMON}
    numbers = st.integers(0, 999)
    types = st.sampled_from(AnswerType)
    question = {"type": types, "field": names, "answers": answers, "auto": autos, "maximum": numbers, "source": texts}
    outcome = {
        "result": st.sampled_from(Result), "priority": texts, "team": texts, "required": listed, "attach": listed,
        "link": texts, "offline": st.booleans(),
    }  # fmt: skip
    return st.one_of(
        st.builds(Question, **common, **question),
        st.builds(Check, **common, finding=texts, present=wordings, absent=wordings),
        st.builds(Instruction, **common, open=texts, verify=texts),
        st.builds(Action, **common, action=texts, admin=st.booleans(), verify=texts),
        st.builds(Jump, **common, wizard=names),
        st.builds(Outcome, **common, **outcome),
    )


def items_called(name: str) -> st.SearchStrategy[Item]:
    """Return items of a list with this id."""
    confirms = st.builds(
        Confirm, st.text(min_size=1), st.sampled_from([FindingState.PRESENT, FindingState.ABSENT]), st.integers(1, 90)
    )
    lines = COMMON["lines"]
    parts = {
        "title": wordings,
        "section": wordings,
        "phone": wordings,
        "lines": lines,
        "fact": wordings,
        "is_required": st.booleans(),
    }
    return st.builds(Item, id=st.just(name), text=wordings, confirm=st.none() | confirms, **parts)


def _fields(name: str) -> st.SearchStrategy[HandoverField]:
    return st.builds(HandoverField, st.just(name), st.sampled_from(AnswerType), wordings, answers, st.integers(0, 999))


@st.composite
def drafts(draw: st.DrawFn) -> Wizard:
    """Return a wizard whose every part may be wrong, but has the right type."""
    order = draw(st.permutations(NAMES).flatmap(lambda all_: st.integers(0, 6).map(lambda count: all_[:count])))
    cases = st.builds(
        Case, texts, texts, listed, listed, listed, st.dictionaries(names, texts, max_size=2), st.integers(0, 20),
        st.sampled_from(Audience), listed,
    )  # fmt: skip
    return Wizard(
        id=draw(names),
        version=draw(st.integers(0, 99)),
        category=draw(texts),
        mode=draw(st.sampled_from(Mode)),
        audience=draw(st.sampled_from(Audience)),
        minutes=draw(st.integers(0, 99)),
        start=draw(names),
        title=draw(wordings),
        steps={name: draw(steps_called(name)) for name in order},
        probes=draw(listed),
        findings=draw(listed),
        keywords={"de": draw(listed), "en": draw(listed)},
        fields={name: draw(_fields(name)) for name in order[:2]},
        items={name: draw(items_called(name)) for name in order[:3]},
        is_mandatory=draw(st.booleans()),
        cases=tuple(draw(st.lists(cases, max_size=2))),
    )
