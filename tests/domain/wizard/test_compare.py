"""What differs between two versions: each change is named once, and the same wizard differs in nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from desktop.base.paths import resources
from desktop.domain.wizard import editing, editing_answers, editing_fields, editing_head, editing_texts
from desktop.domain.wizard.compare import Changed, Difference, compare
from desktop.domain.wizard.definition import Case, Check, Kind, Wizard, Wording
from desktop.domain.wizard.editing_texts import Owner, Part, TextPlace
from desktop.domain.wizard.reader import read_wizard
from tests.domain.wizard.drafts import drafts
from tests.domain.wizard.list_samples import sample_list
from tests.domain.wizard.samples import sample

SHIPPED = sorted((resources() / "wizards").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED[:6], ids=lambda one: one.stem)
def test_the_same_one_differs_in_nothing(path: Path) -> None:
    wizard = read_wizard(path.read_bytes())
    assert compare(wizard, read_wizard(path.read_bytes())) == ()


def test_a_text_differs_by_language() -> None:
    place = TextPlace(Owner.STEP, "o_ok", Part.TEXT)
    new = editing_texts.with_text(sample(), place, "en", "Fine")
    text = Changed(Difference.TEXT, Owner.STEP, "o_ok", "", place, "en", "Step o_ok", "Fine")
    assert compare(sample(), new) == (text,)
    assert compare(new, sample()) == (replace(text, before="Fine", after="Step o_ok"),)


def test_a_new_line_is_one_change() -> None:
    old = editing_texts.with_lines(sample(), Owner.STEP, "i_fix", "de", "eins\nzwei")
    new = editing_texts.with_lines(old, Owner.STEP, "i_fix", "de", "null\neins\nzwei")
    (found,) = compare(old, new)
    assert (found.before, found.after) == ("eins\nzwei", "null\neins\nzwei")
    assert found.place == TextPlace(Owner.STEP, "i_fix", Part.LINE)


def test_steps_that_came_went_and_lead_elsewhere() -> None:
    new = editing.add_step(sample(), "i_new", Kind.INSTRUCTION, after="c_one")
    assert compare(sample(), new) == (
        Changed(Difference.EXIT, Owner.STEP, "c_one", "present", before="i_fix", after="i_new"),
        Changed(Difference.ADDED, Owner.STEP, "i_new", after="i_new"),
    )
    assert {(one.what, one.id) for one in compare(new, sample())} == {
        (Difference.EXIT, "c_one"),
        (Difference.REMOVED, "i_new"),
    }


def test_another_id_is_no_new_step() -> None:
    new = editing.rename_step(sample(), "i_fix", "i_mended")
    renamed = Changed(Difference.RENAMED, Owner.STEP, "i_mended", before="i_fix", after="i_mended")
    assert compare(sample(), new) == (renamed,)
    kept = editing.set_target(new, "i_mended", "failed", "o_help")
    assert [one.what for one in compare(sample(), kept)] == [Difference.RENAMED, Difference.EXIT]


def test_settings_order_and_start() -> None:
    check = sample().steps["c_one"]
    assert isinstance(check, Check)
    new = editing.with_step(sample(), replace(check, finding="a.red"))
    new = editing_head.with_head(new, replace(editing_head.head_of(new), minutes=9, keywords={"de": ("neu",)}))
    new = editing.set_start(editing.move_step(new, "o_ok", 0), "i_fix")
    found = {(one.what, one.id, one.key, one.before, one.after) for one in compare(sample(), new)}
    order = ", ".join(sample().steps)
    assert found == {
        (Difference.SETTING, "", "minutes", "3", "9"),
        (Difference.SETTING, "", "keywords.de", "lampe, glühbirne", "neu"),
        (Difference.SETTING, "", "keywords.en", "lamp", ""),
        (Difference.SETTING, "c_one", "finding", "a.broken", "a.red"),
        (Difference.ORDER, "", "", order, ", ".join(["o_ok", *(one for one in sample().steps if one != "o_ok")])),
        (Difference.START, "", "", "c_one", "i_fix"),
    }


def test_answers_kinds_items_fields_and_scenarios() -> None:
    new = editing_answers.add_answer(sample(), "q_what", "green", Wording("Grün", "Green"))
    found = {(one.what, one.key, one.after) for one in compare(sample(), new)}
    assert found == {
        (Difference.EXIT, "green", "o_help"),
        (Difference.SETTING, "answers", "red, blue, green"),
        (Difference.TEXT, "green", "Grün"),
        (Difference.TEXT, "green", "Green"),
    }
    kind = compare(sample(), editing.change_kind(sample(), "i_fix", Kind.ACTION))
    assert Changed(Difference.KIND, Owner.STEP, "i_fix", before="instruction", after="action") in kind
    items = compare(sample_list(), editing_fields.remove_item(sample_list(), "cable"))
    assert items == (Changed(Difference.REMOVED, Owner.ITEM, "cable", before="cable"),)
    assert [one.what for one in compare(sample(), editing_fields.add_field(sample(), "who"))] == [Difference.ADDED]
    first, second = (replace(sample(), cases=(Case("one", end), Case("one", "o_ok"))) for end in ("o_ok", "o_help"))
    (case,) = compare(first, second)
    assert case == Changed(Difference.CASE_CHANGED, key="one", before="o_ok", after="o_help")


@given(old=drafts(), new=drafts())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
def test_any_two_drafts_can_be_compared(old: Wizard, new: Wizard) -> None:
    assert compare(old, old) == ()
    found = compare(old, new)
    added = {one.id for one in found if one.what is Difference.ADDED and one.owner is Owner.STEP}
    assert added <= set(new.steps) - set(old.steps)
    if old.title != new.title:
        assert any(one.what is Difference.TEXT and one.owner is Owner.HEAD for one in found)
