"""Editing a wizard step by step: what follows by itself, what stays open, and that no draft is too wrong for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base.paths import resources
from desktop.domain.wizard import (
    editing,
    editing_answers,
    editing_cases,
    editing_fields,
    editing_head,
    editing_texts,
    editing_ways,
)
from desktop.domain.wizard.definition import (
    Action,
    AnswerType,
    Audience,
    Case,
    Instruction,
    Kind,
    Outcome,
    Question,
    Result,
    Wizard,
    Wording,
)
from desktop.domain.wizard.editing_names import free_answer_id, free_step_id, free_wizard_id
from desktop.domain.wizard.graph import graph_of, loops
from desktop.domain.wizard.problems import Rule
from desktop.domain.wizard.reader import parse_wizard, read_wizard
from desktop.domain.wizard.validator import check
from desktop.domain.wizard.writer import write_wizard
from tests.domain.wizard.drafts import NAMES, drafts
from tests.domain.wizard.samples import sample

WAYS = {Rule.START, Rule.TARGET, Rule.EXITS, Rule.UNKNOWN_EXIT, Rule.LOOP, Rule.DEAD_END}
ENDS = (Kind.OUTCOME, Kind.JUMP)


@pytest.fixture(scope="module")
def wizards() -> list[Wizard]:
    """Return shipped wizards that have every kind of step between them, jumps and steps for technicians too."""
    names = ("printer-no-print", "phishing-suspect", "battery")
    return [read_wizard((resources() / "wizards" / f"{one}.toml").read_bytes()) for one in names]


def rules(wizard: Wizard) -> set[Rule]:
    return {one.rule for one in check(wizard) if one.is_error}


def opened(wizard: Wizard) -> set[tuple[str, str]]:
    """Return the exits that lead nowhere."""
    found = ((name, way) for name, step in wizard.steps.items() for way in editing_ways.ways(wizard, step))
    return {(name, way.exit) for name, way in found if not way.target}


@pytest.mark.parametrize("kind", Kind)
def test_a_step_added_anywhere_leaves_every_way_whole(wizards: list[Wizard], kind: Kind) -> None:
    for wizard in wizards:
        for after in wizard.steps:
            step_id = free_step_id(wizard, kind)
            grown = editing.add_step(wizard, step_id, kind, after=after)
            is_end = wizard.steps[after].kind in ENDS
            has_nowhere_to_lead = is_end and list(grown.steps)[-1] == step_id
            assert has_nowhere_to_lead or rules(grown) & WAYS == set(), (wizard.id, after)
            assert step_id in grown.steps
            assert (Rule.UNREACHABLE in rules(grown)) == (is_end or kind in ENDS)


def test_a_step_added_stands_between_the_two_shown() -> None:
    grown = editing.add_step(sample(), "i_new", Kind.INSTRUCTION, after="c_one")
    assert list(grown.steps)[:3] == ["c_one", "i_new", "i_fix"]
    assert grown.steps["c_one"].go["present"] == "i_new"
    assert grown.steps["c_one"].go["absent"] == "q_what"
    assert dict(grown.steps["i_new"].go) == {"done": "q_works", "failed": "i_fix", "cannot": "i_fix"}


def test_a_step_added_in_front_is_where_it_begins() -> None:
    grown = editing.add_step(sample(), "c_new", Kind.CHECK)
    assert grown.start == "c_new"
    assert set(grown.steps["c_new"].go.values()) == {"c_one"}
    assert next(iter(grown.steps)) == "c_new"


def test_an_end_takes_only_what_was_open() -> None:
    wizard = editing.set_target(sample(), "q_works", "no", "")
    grown = editing.add_step(wizard, "o_new", Kind.OUTCOME, after="q_works")
    assert grown.steps["q_works"].go["no"] == "o_new"
    assert grown.steps["q_works"].go["yes"] == "o_ok"
    assert list(grown.steps)[-1] == "o_new"
    assert isinstance(grown.steps["o_new"], Outcome)
    assert grown.steps["o_new"].result is Result.ESCALATE


def test_a_step_taken_out_is_passed_by(wizards: list[Wizard]) -> None:
    wizard = editing.remove_step(sample(), "i_fix")
    assert wizard.steps["c_one"].go["present"] == "a_try"
    for one in wizards:
        for name, step in one.steps.items():
            left = editing.remove_step(one, name)
            assert rules(left) & {Rule.TARGET, Rule.START, Rule.LOOP} == set(), (one.id, name)
            if step.kind not in ENDS:
                assert opened(left) == set(), (one.id, name)


def test_an_end_taken_out_leaves_its_ways_open_and_the_validator_says_so() -> None:
    left = editing.remove_step(sample(), "o_ok")
    assert opened(left) == {("q_works", "yes"), ("q_after", "yes")}
    assert Rule.EXITS in rules(left)
    assert editing_ways.ways(left, left.steps["q_works"])[0] == editing_ways.Way("yes", "", is_needed=True)


def test_the_last_step_can_go_too() -> None:
    wizard = sample()
    for name in list(wizard.steps):
        wizard = editing.remove_step(wizard, name)
    assert (wizard.start, dict(wizard.steps)) == ("", {})
    assert editing.add_step(wizard, "q_1", Kind.QUESTION).start == "q_1"


def test_renaming_takes_every_reference_along() -> None:
    case = Case("one", "o_help", fix=("i_fix",), cannot=("i_fix",), answers={"i_fix": "x", "what": "red"})
    wizard = editing.rename_step(replace(sample(), cases=(case,)), "i_fix", "i_mended")
    assert wizard.steps["c_one"].go["present"] == "i_mended"
    assert list(wizard.steps)[1] == "i_mended"
    assert wizard.steps["i_mended"].id == "i_mended"
    assert wizard.cases[0] == replace(
        case, fix=("i_mended",), cannot=("i_mended",), answers={"i_mended": "x", "what": "red"}
    )
    wizard = editing.rename_step(editing.rename_step(wizard, "c_one", "c_1"), "o_help", "o_it")
    assert (wizard.start, wizard.cases[0].end) == ("c_1", "o_it")
    assert rules(wizard) == {Rule.CASE_NAME}  # an instruction is no question
    assert editing.rename_step(wizard, "c_1", "o_it") is wizard
    assert editing.rename_step(wizard, "c_1", "Ä") is wizard


def test_moving_changes_the_order_alone() -> None:
    wizard = editing.move_step(sample(), "o_ok", 1)
    assert list(wizard.steps)[:3] == ["c_one", "o_ok", "i_fix"]
    assert wizard == sample()


@pytest.mark.parametrize("kind", Kind)
def test_another_kind_keeps_texts_and_ways(wizards: list[Wizard], kind: Kind) -> None:
    for wizard in wizards:
        for name, step in wizard.steps.items():
            changed = editing.change_kind(wizard, name, kind)
            new = changed.steps[name]
            assert (new.kind, new.text, new.title, new.lines) == (kind, step.text, step.title, step.lines)
            assert rules(changed) & {Rule.TARGET, Rule.UNKNOWN_EXIT, Rule.LOOP} == set()
            if step.kind not in ENDS:
                assert opened(changed) == set(), (wizard.id, name)


def test_another_kind_leads_where_the_likeliest_exit_led() -> None:
    turned = editing.change_kind(sample(), "i_fix", Kind.QUESTION)
    step = turned.steps["i_fix"]
    assert dict(step.go) == {"a1": "q_works", "a2": "q_works", "unsure": "o_help"}
    turned = editing.change_kind(sample(), "c_one", Kind.ACTION)
    assert dict(turned.steps["c_one"].go) == {"done": "i_fix", "failed": "q_what", "declined": "q_what"}
    again = editing.change_kind(sample(), "i_fix", Kind.ACTION).steps["i_fix"]
    assert isinstance(again, Action)
    assert (again.verify, again.go["fixed"]) == ("a.broken", "q_works")


def test_exits_follow_what_the_step_needs() -> None:
    step = sample().steps["i_fix"]
    assert isinstance(step, Instruction)
    unchecked = editing.with_step(sample(), replace(step, verify=""))
    assert dict(unchecked.steps["i_fix"].go) == {"done": "q_works", "failed": "a_try", "cannot": "o_help"}
    narrowed = editing.with_step(sample(), replace(step, audience=Audience.TECHNICIAN))
    assert narrowed.steps["i_fix"].go["skipped"] == "o_help"
    question = sample().steps["q_what"]
    assert isinstance(question, Question)
    text = editing.with_step(sample(), replace(question, type=AnswerType.TEXT, answers=(), auto=()))
    assert dict(text.steps["q_what"].go) == {"any": "i_admin", "unsure": "o_help"}
    yesno = text.steps["q_what"]
    assert isinstance(yesno, Question)
    back = editing.with_step(text, replace(yesno, type=AnswerType.YESNO))
    assert dict(back.steps["q_what"].go) == {"yes": "i_admin", "no": "o_help", "unsure": "o_help"}


def test_an_exit_left_open_on_purpose_stays_open() -> None:
    wizard = editing.set_target(sample(), "i_fix", "failed", "")
    step = wizard.steps["i_fix"]
    wizard = editing.with_step(wizard, replace(step, title=Wording("Titel", "Title")))
    assert opened(wizard) == {("i_fix", "failed")}


def test_a_target_without_a_way_back_is_offered() -> None:
    offered = editing_ways.safe_targets(sample(), "q_after")
    assert set(offered) == {"o_ok", "o_help"}
    for target in editing_ways.safe_targets(sample(), "i_fix"):
        turned = editing.set_target(sample(), "i_fix", "failed", target)
        assert loops(graph_of(turned)) == set()


def test_answers_bring_their_exits_along() -> None:
    wizard = editing_answers.add_answer(sample(), "q_what", "green", Wording("Grün", "Green"))
    step = wizard.steps["q_what"]
    assert list(step.go) == ["red", "blue", "green", "unsure"]
    assert step.go["green"] == "o_help"
    wizard = replace(wizard, cases=(Case("one", "o_ok", answers={"what": "red", "q_after": "red"}),))
    wizard = editing_answers.rename_answer(wizard, "q_what", "red", "rot")
    step = wizard.steps["q_what"]
    assert isinstance(step, Question)
    assert step.go["rot"] == "i_admin"
    assert step.auto[0].answer == "rot"
    assert dict(wizard.cases[0].answers) == {"what": "rot", "q_after": "red"}
    wizard = editing_answers.move_answer(wizard, "q_what", "green", 0)
    step = wizard.steps["q_what"]
    assert list(step.go) == ["green", "rot", "blue", "unsure"]
    wizard = editing_answers.remove_answer(wizard, "q_what", "blue")
    step = wizard.steps["q_what"]
    assert isinstance(step, Question)
    assert list(step.go) == ["green", "rot", "unsure"]
    assert [one.answer for one in step.auto] == ["rot"]
    assert rules(wizard) == {Rule.CASE_NAME}  # "red" is no answer to q_after


def test_a_new_wizard_only_lacks_its_words() -> None:
    title = Wording("Größe des Bildschirms", "Screen size")
    wizard = editing_head.new_wizard(title, {"groesse-des-bildschirms"})
    assert wizard.id == "groesse-des-bildschirms-2"
    assert rules(wizard) == {Rule.LANGUAGE}
    missing = editing_texts.missing_texts(wizard)
    assert {one.place.id for one in missing} == {"i_1", "q_works", "o_ok", "o_help"}
    assert {one.language for one in missing} == {"de", "en"}
    listed = editing_head.new_list(title, ())
    assert rules(listed) == {Rule.LANGUAGE}


def test_a_copy_is_a_wizard_of_its_own(wizards: list[Wizard]) -> None:
    first = wizards[0]
    copy = editing_head.copied(first, Wording("Unser Drucker", "Our printer"), ["printer-no-print"])
    assert (copy.id, copy.version, copy.steps) == ("unser-drucker", 1, first.steps)
    assert parse_wizard(write_wizard(copy)).problems == ()


def test_another_audience_takes_the_way_round_along(wizards: list[Wizard]) -> None:
    wizard = wizards[0]
    head = editing_head.head_of(wizard)
    assert editing_head.with_head(wizard, head) == wizard
    narrow = editing_head.with_head(wizard, replace(head, audience=Audience.TECHNICIAN))
    assert rules(narrow) & WAYS == set()
    wide = editing_head.with_head(editing_head.with_head(narrow, head), head)
    assert rules(wide) & WAYS == set()
    assert "skipped" in wide.steps["a_spooler"].go


def test_fields_follow_their_name() -> None:
    wizard = replace(sample(), cases=(Case("one", "o_ok", answers={"since": "now"}),))
    wizard = editing_fields.rename_field(wizard, "since", "when")
    assert list(wizard.fields) == ["when"]
    assert wizard.fields["when"].id == "when"
    end = wizard.steps["o_help"]
    assert isinstance(end, Outcome)
    assert end.required == ("when",)
    assert dict(wizard.cases[0].answers) == {"when": "now"}
    assert editing_fields.fields_to_ask(wizard) == ("works_now", "what", "when")
    left = editing_fields.remove_field(wizard, "when")
    end = left.steps["o_help"]
    assert isinstance(end, Outcome)
    assert end.required == ()


def test_ids_come_from_words_and_are_free() -> None:
    assert free_wizard_id("3. Drucker: leere Seiten", ()) == "drucker-leere-seiten"
    assert free_wizard_id("!!!", ()) == "checkliste"
    assert free_wizard_id("Принтер", {"checkliste"}) == "checkliste-2"
    assert free_step_id(sample(), Kind.CHECK, "One") == "c_one_2"
    assert free_step_id(sample(), Kind.ACTION) == "a_1"
    assert free_answer_id((), "Ich weiß es nicht genau " * 9) == "ich_weiss_es_nicht_genau_ich_weiss_es_nicht_genau"


NAME = st.sampled_from(NAMES)
TEXT = st.text(max_size=8)
LANGUAGE = st.sampled_from(["de", "en"])
PLACE = st.integers(-2, 9)
EDITS: dict[Callable[..., Wizard], tuple[st.SearchStrategy[Any], ...]] = {
    editing.remove_step: (NAME,),
    editing.move_step: (NAME, PLACE),
    editing.rename_step: (NAME, NAME),
    editing.change_kind: (NAME, st.sampled_from(Kind)),
    editing.set_start: (NAME,),
    editing.set_target: (NAME, NAME, NAME),
    editing_answers.add_answer: (NAME, NAME),
    editing_answers.remove_answer: (NAME, NAME),
    editing_answers.move_answer: (NAME, NAME, PLACE),
    editing_answers.rename_answer: (NAME, NAME, NAME),
    editing_cases.remove_case: (PLACE,),
    editing_fields.add_field: (NAME,),
    editing_fields.remove_field: (NAME,),
    editing_fields.rename_field: (NAME, NAME),
    editing_fields.add_item: (NAME,),
    editing_fields.remove_item: (NAME,),
    editing_fields.move_item: (NAME, PLACE),
    editing_fields.rename_item: (NAME, NAME),
    editing_texts.with_lines: (st.sampled_from(editing_texts.Owner), NAME, LANGUAGE, TEXT),
}


@given(wizard=drafts(), data=st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_draft_is_too_wrong_to_be_edited(wizard: Wizard, data: st.DataObject) -> None:
    """Ids stay the keys they are filed under, and what was edited can be kept and read again."""
    for _ in range(6):
        edit = data.draw(st.sampled_from(list(EDITS)))
        wizard = edit(wizard, *(data.draw(one) for one in EDITS[edit]))
        step = data.draw(st.sampled_from(["c_new", "d_new", *wizard.steps]))
        wizard = editing.add_step(wizard, step, data.draw(st.sampled_from(Kind)), after=data.draw(NAME))
        places = list(editing_texts.texts_of(wizard))
        wizard = editing_texts.with_text(wizard, data.draw(st.sampled_from(places)), "en", data.draw(TEXT))
    assert [one.id for one in wizard.steps.values()] == list(wizard.steps)
    assert [one.id for one in wizard.items.values()] == list(wizard.items)
    assert [one.id for one in wizard.fields.values()] == list(wizard.fields)
    check(wizard)
    editing_texts.missing_texts(wizard)
    assert parse_wizard(write_wizard(wizard)).wizard == wizard
