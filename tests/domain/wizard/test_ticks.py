"""Ticking: who and when stay for good, the diagnosis ticks and gives way, and a kept list comes back the same."""

from __future__ import annotations

import itertools
import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.domain.snapshot import Finding, FindingState, Severity
from desktop.domain.wizard import ticking
from desktop.domain.wizard.definition import Wording
from desktop.domain.wizard.ticking import Diagnosis
from desktop.domain.wizard.ticks import Evidence, Tick, TickList, TickState, from_document, progress, to_document
from tests.domain.wizard.list_samples import LIST_HEAD, sample_list
from tests.domain.wizard.samples import AT, later, sample

ITEMS = ("backup", "encrypted", "signed", "cable")


def fresh() -> TickList:
    return ticking.attach(sample_list(), run_id="r1", who="Karin Vogt", at=AT)


def facts(taken_at: datetime = AT, device: str = "PC-1", **states: str) -> Diagnosis:
    found = (Finding(name.replace("__", "."), FindingState(one), Severity.WARN) for name, one in states.items())
    return Diagnosis(device, taken_at, tuple(found))


def ticked(*items: str) -> TickList:
    ticks = fresh()
    for one in items:
        ticks = ticking.tick(ticks, one, who="Karin Vogt", at=later(1))
    return ticks


def test_list_keeps_its_own_copy_of_the_texts() -> None:
    ticks = fresh()
    assert (ticks.wizard, ticks.version, ticks.title) == ("handout", 2, Wording("Gerät ausgeben", "Hand out a device"))
    assert from_document(to_document(ticks)).items == tuple(sample_list().items.values())


def test_only_lists_can_be_attached() -> None:
    with pytest.raises(AppError, match=r"wizard\.is_no_list"):
        ticking.attach(sample(), run_id="r", who="K", at=AT)


def test_tick_says_who_and_when_and_the_first_one_stays() -> None:
    ticks = ticking.tick(ticked("signed"), "signed", who="Max", at=later(9))
    assert ticks.last("signed") == Tick("signed", TickState.DONE, later(1), "Karin Vogt")


def test_taking_back_keeps_the_history() -> None:
    ticks = ticking.untick(ticked("signed"), "signed", who="Max", at=later(2))
    assert ticks.state("signed") is TickState.OPEN
    assert [(one.state, one.who) for one in ticks.log] == [(TickState.DONE, "Karin Vogt"), (TickState.OPEN, "Max")]


def test_not_needed_wants_a_reason() -> None:
    with pytest.raises(AppError, match=r"wizard\.reason_missing"):
        ticking.set_not_needed(fresh(), "cable", "  \n ", who="K", at=AT)
    ticks = ticking.set_not_needed(fresh(), "cable", " Liegt\nschon dort ", who="K", at=AT)
    assert ticks.last("cable") == Tick("cable", TickState.NOT_NEEDED, AT, "K", "Liegt schon dort")


def test_unknown_items_are_refused() -> None:
    for act in (ticking.tick, ticking.untick):
        with pytest.raises(AppError, match=r"wizard\.item_unknown"):
            act(fresh(), "elsewhere", who="K", at=AT)
    with pytest.raises(AppError, match=r"wizard\.item_unknown"):
        ticking.write_note(fresh(), "elsewhere", "x", who="K", at=AT)


def test_progress_waits_only_for_what_is_required() -> None:
    assert (progress(fresh()).done, progress(fresh()).total, progress(fresh()).missing) == (0, 4, 3)
    ticks = ticking.set_not_needed(ticked("backup", "signed"), "encrypted", "Leihgerät", who="K", at=AT)
    assert (progress(ticks).done, progress(ticks).is_complete, ticks.blocks) == (3, True, False)
    assert ticking.untick(ticks, "signed", who="K", at=AT).blocks


def test_list_that_is_not_mandatory_never_blocks() -> None:
    free = sample_list(head=LIST_HEAD.replace("mandatory = true\n", ""))
    assert not ticking.attach(free, run_id="r", who="K", at=AT).blocks


def test_diagnosis_ticks_what_it_says_and_nothing_else() -> None:
    at = later(60)
    ticks = ticking.confirm(fresh(), facts(backup__stale="absent", sec__encrypted="unknown", other="present"), at=at)
    evidence = Evidence("backup.stale", FindingState.ABSENT, AT, "PC-1")
    assert ticks.log == (Tick("backup", TickState.DONE, at, evidence=evidence),)
    assert ticking.confirm(fresh(), facts(backup__stale="present"), at=at).log == ()


def test_old_diagnosis_ticks_only_what_lasts() -> None:
    at = AT + timedelta(days=29)
    ticks = ticking.confirm(fresh(), facts(backup__stale="absent", sec__encrypted="present"), at=at)
    assert [one.item for one in ticks.log] == ["encrypted"]
    assert ticking.confirm(fresh(), facts(sec__encrypted="present"), at=AT + timedelta(days=31)).log == ()


def test_newer_diagnosis_takes_its_own_tick_back_and_an_older_one_does_not() -> None:
    ticks = ticking.confirm(fresh(), facts(later(10), backup__stale="absent"), at=later(11))
    assert ticking.confirm(ticks, facts(later(9), backup__stale="present"), at=later(12)) == ticks
    assert ticking.confirm(ticks, facts(later(12), backup__stale="absent"), at=later(13)) == ticks
    assert ticking.confirm(ticks, facts(later(12), backup__stale="unknown"), at=later(13)) == ticks
    opened = ticking.confirm(ticks, facts(later(12), backup__stale="present"), at=later(13))
    assert opened.state("backup") is TickState.OPEN
    again = ticking.confirm(opened, facts(later(14), backup__stale="absent"), at=later(15))
    assert again.state("backup") is TickState.DONE


def test_tick_of_one_pc_proves_nothing_about_another() -> None:
    ticks = ticking.confirm(fresh(), facts(later(10), backup__stale="absent"), at=later(11))
    for other in (
        facts(later(5), "PC-2", backup__stale="present"),
        facts(later(5), "PC-2", backup__stale="unknown"),
        Diagnosis("", later(12)),
    ):
        assert ticking.confirm(ticks, other, at=later(12)).state("backup") is TickState.OPEN
    good = ticking.confirm(ticks, facts(later(5), "PC-2", backup__stale="absent"), at=later(12))
    last = good.last("backup")
    assert last is not None
    assert (last.state, last.evidence) == (
        TickState.DONE,
        Evidence("backup.stale", FindingState.ABSENT, later(5), "PC-2"),
    )


def test_person_has_the_last_word_over_the_diagnosis() -> None:
    ticks = ticking.confirm(fresh(), facts(backup__stale="absent"), at=later(1))
    ticks = ticking.untick(ticks, "backup", who="K", at=later(2))
    assert (
        ticking.confirm(ticks, facts(later(5), backup__stale="absent"), at=later(6)).state("backup") is TickState.OPEN
    )
    own = ticking.tick(fresh(), "backup", who="K", at=later(2))
    assert ticking.confirm(own, facts(later(5), backup__stale="present"), at=later(6)) == own


def test_putting_back_brings_reason_and_evidence_again() -> None:
    ticks = ticking.confirm(fresh(), facts(backup__stale="absent"), at=later(1))
    ticks = ticking.set_not_needed(ticks, "cable", "Liegt dort", who="K", at=later(1))
    for item in ("backup", "cable"):
        former = ticks.last(item)
        opened = ticking.untick(ticks, item, who="K", at=later(2))
        back = ticking.put_back(opened, item, former, who="Max", at=later(3)).last(item)
        assert back is not None
        assert former is not None
        assert (back.state, back.reason, back.evidence) == (former.state, former.reason, former.evidence)
        assert back.who == ("Max" if item == "cable" else "")
    assert ticking.put_back(ticks, "cable", None, who="K", at=later(4)).state("cable") is TickState.OPEN


def test_note_stands_beside_an_item_until_it_is_emptied() -> None:
    ticks = ticking.write_note(fresh(), "signed", "  Kopie im Ordner ", who="K", at=AT)
    assert ticks.notes["signed"].text == "Kopie im Ordner"
    assert ticking.write_note(ticks, "signed", "Kopie im Ordner", who="Max", at=later(1)) == ticks
    assert ticking.write_note(ticks, "signed", " ", who="K", at=AT).notes == {}


words = st.text(max_size=20)
acts = st.lists(
    st.tuples(
        st.sampled_from(["tick", "untick", "skip", "note", "facts"]),
        st.sampled_from(ITEMS),
        words,
        st.sampled_from(FindingState),
    ),
    max_size=25,
)


def played(steps: list[tuple[str, str, str, FindingState]]) -> list[TickList]:
    lists = [fresh()]
    for minute, (act, item, text, state) in enumerate(steps, start=1):
        now, at = lists[-1], later(minute)
        if act == "tick":
            now = ticking.tick(now, item, who=text, at=at)
        elif act == "untick":
            now = ticking.untick(now, item, who=text, at=at)
        elif act == "skip":
            now = ticking.set_not_needed(now, item, text + "x", who=text, at=at)
        elif act == "note":
            now = ticking.write_note(now, item, text, who=text, at=at)
        else:
            now = ticking.confirm(now, facts(at, backup__stale=state.value), at=at)
        lists.append(now)
    return lists


@given(acts)
def test_log_only_grows_and_a_kept_list_comes_back_the_same(steps: list[tuple[str, str, str, FindingState]]) -> None:
    lists = played(steps)
    for before, after in itertools.pairwise(lists):
        assert after.log[: len(before.log)] == before.log
        assert after.items == before.items
    last = lists[-1]
    assert from_document(json.loads(json.dumps(to_document(last)))) == last


@given(acts)
def test_progress_counts_what_the_last_entries_say(steps: list[tuple[str, str, str, FindingState]]) -> None:
    ticks = played(steps)[-1]
    last = {one.item: one.state for one in ticks.log}
    is_open = {one: last.get(one, TickState.OPEN) is TickState.OPEN for one in ITEMS}
    found = progress(ticks)
    assert found.done == sum(not one for one in is_open.values())
    assert found.is_complete == (not any(is_open[one] for one in ITEMS if one != "cable"))
    assert ticks.blocks is not found.is_complete


@given(acts, st.sampled_from(ITEMS))
def test_what_a_person_said_last_stays_against_every_diagnosis(
    steps: list[tuple[str, str, str, FindingState]], item: str
) -> None:
    ticks = ticking.untick(ticking.tick(played(steps)[-1], item, who="K", at=later(50)), item, who="K", at=later(51))
    for state in FindingState:
        after = ticking.confirm(ticks, facts(later(60), backup__stale=state.value), at=later(61))
        assert after.state(item) is TickState.OPEN


broken = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(to_document(fresh()))), broken)
def test_damaged_document_is_refused_or_read_but_never_crashes(key: str, value: object) -> None:
    document = {**to_document(ticked("signed")), key: value}
    try:
        from_document(document)
    except AppError as error:
        assert error.code == "wizard.run_unreadable"  # noqa: PT017 - both ways are right
