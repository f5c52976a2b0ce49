"""Runs that a let-in PC in hostile hands sends: none stops the intake or fills the database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from desktop.base.errors import AppError
from desktop.base.ids import is_id, new_id
from desktop.domain.payloads import SelfHelp
from desktop.domain.wizard.run import from_document
from desktop.models.tables import wizard_runs, wizard_steps
from desktop.services.intake import import_mailbox
from desktop.services.intake.taking_self_help import MOST_A_DAY
from desktop.services.lists import list_tickets, open_ticket
from desktop.services.wizard_figures import read_figures

if TYPE_CHECKING:
    from tests.services.conftest import Desk, Pc

AT = "2026-11-23T08:30:00.000000Z"
RECORD: dict[str, Any] = {
    "wizard": "disk-full", "version": 1, "step": "i_bin", "entered": AT, "left": AT, "source": "human", "exit": "fixed",
    "answer": None, "verify_before": "", "verify_after": "", "note": "", "evidence": "", "audience": "", "actor": "",
}  # fmt: skip
RUN: dict[str, Any] = {
    "format": 1, "run": "", "audience": "employee", "started": AT, "first": "disk-full", "wizard": "disk-full",
    "version": 1, "step": "o_ok", "entered": AT, "phase": "finished", "paused": False, "log": [RECORD], "trail": [0],
    "known": {}, "disputed": [], "filled": {}, "note": "", "before": "", "after": "",
}  # fmt: skip
UNTIDY: dict[str, dict[str, Any]] = {
    "a version beyond 64 bits": {"version": 2**80},
    "a step's version beyond 64 bits": {"log": [{**RECORD, "version": 10**300}]},
    "a place that is none": {"trail": [7]},
    "a moment before the calendar": {"started": "0001-01-01T00:00:00.000000+14:00"},
    "a step after the calendar": {"log": [{**RECORD, "left": "9999-12-31T23:59:59.999999-14:00"}]},
    "markup for a checklist": {"first": "<b>x</b>", "wizard": "<b>x</b>"},
    "a name that fills a page": {"log": [{**RECORD, "step": "x" * 5000}]},
    "words for a field": {"filled": {"Mein Chef": "ist schuld"}},
    "a finding that fills a page": {"known": {"x" * 5000: "present"}},
    "findings without end": {"known": {f"disk.{number}": "present" for number in range(2000)}},
    "words for an exit": {"log": [{**RECORD, "exit": "Mein Chef ist schuld"}]},
    "a way without an end": {"log": [RECORD] * 2500, "trail": []},
}


@pytest.mark.parametrize("key", ["version", "trail", "note", "run"])
def test_a_number_beyond_all_numbers_or_a_text_that_is_none_is_no_run(key: str) -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    wrong: dict[str, Any] = {"version": float("inf"), "trail": [float("inf")], "note": deep, "run": deep}
    with pytest.raises(AppError) as caught:
        from_document({**RUN, key: wrong[key]})
    assert caught.value.code == "wizard.run_unreadable"


@pytest.fixture
def pc(desk: Desk) -> Pc:
    made = desk.pc()
    made.enrol()
    import_mailbox(desk.work, desk.open.post)
    return made


def fates(desk: Desk) -> list[str]:
    return [one.fate.value for one in import_mailbox(desk.work, desk.open.post).result.messages]


def count(desk: Desk, table: Any) -> int:
    with desk.work.store.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.mark.parametrize("faults", UNTIDY.values(), ids=UNTIDY.keys())
def test_a_run_of_nobodys_making_is_not_counted_and_not_kept_for_later(
    desk: Desk, pc: Pc, faults: dict[str, Any]
) -> None:
    pc.post.send(SelfHelp({**RUN, "run": new_id(desk.clock), **faults}, "linux"))
    pc.post.sync()
    assert fates(desk) == ["quarantined"]
    assert count(desk, wizard_runs) == count(desk, wizard_steps) == 0


@pytest.mark.parametrize("faults", UNTIDY.values(), ids=UNTIDY.keys())
def test_the_request_that_brings_it_counts_without_it(desk: Desk, pc: Pc, faults: dict[str, Any]) -> None:
    pc.ask("Die Platte ist voll", wizard_runs=[{**RUN, "run": new_id(desk.clock), **faults}])
    assert fates(desk) == ["imported"]
    assert len(list_tickets(desk.work, "all").rows) == 1
    assert count(desk, wizard_runs) == count(desk, wizard_steps) == 0


def test_a_run_never_gets_an_id_of_the_pcs_choice_that_is_none(desk: Desk, pc: Pc) -> None:
    pc.ask("Die Platte ist voll", wizard_runs=[{**RUN, "run": "x" * 100_000}, {**RUN, "run": ""}])
    assert fates(desk) == ["imported"]
    (row,) = list_tickets(desk.work, "all").rows
    assert [is_id(one.id) for one in open_ticket(desk.work, row.id).runs] == [True, True]
    pc.post.send(SelfHelp({**RUN, "run": "x" * 100_000}, "linux"))
    pc.post.sync()
    assert fates(desk) == ["quarantined"]


def test_what_did_not_solve_anything_is_no_success(desk: Desk, pc: Pc) -> None:
    pc.post.send(SelfHelp({**RUN, "run": new_id(desk.clock), "step": "o_escalate"}, "linux"))
    pc.post.sync()
    assert fates(desk) == ["imported"]
    assert count(desk, wizard_runs) == 0


def test_the_log_of_steps_keeps_no_words_of_the_person(desk: Desk, pc: Pc) -> None:
    """Whether it helped and since when are asked of it; everything else stands in the ticket's own run."""
    said = ("Mein Chef ist schuld", ["a", "b"], "yes", "2026-11-20", "2026-11-20 sagt der Chef", 5)
    log = [{**RECORD, "answer": one} for one in said]
    pc.ask("Die Platte ist voll", wizard_runs=[{**RUN, "run": new_id(desk.clock), "log": log, "trail": []}])
    assert fates(desk) == ["imported"]
    with desk.work.store.reading() as connection:
        found = connection.execute(select(wizard_steps.c.answer).order_by(wizard_steps.c.position)).scalars().all()
    assert [json.loads(one) for one in found] == [None, None, "yes", "2026-11-20", None, None]
    (row,) = list_tickets(desk.work, "all").rows
    (run,) = open_ticket(desk.work, row.id).runs
    assert [one["answer"] for one in run.document["log"]] == list(said)
    assert read_figures(desk.work, {}).wizards["disk-full"].runs == 1


def test_one_pc_alone_does_not_make_the_figures(desk: Desk, pc: Pc) -> None:
    """Nobody solves forty troubles on one day; whoever sends so many wants to be counted, not helped."""
    desk.clock.forward(days=1, hours=1)
    for _ in range(40):
        pc.post.send(SelfHelp({**RUN, "run": new_id(desk.clock)}, "linux"))
    pc.post.sync()
    assert set(fates(desk)) == {"imported"}
    assert count(desk, wizard_runs) == MOST_A_DAY
    assert count(desk, wizard_steps) == MOST_A_DAY
    desk.clock.forward(days=1, hours=1)
    pc.post.send(SelfHelp({**RUN, "run": new_id(desk.clock)}, "linux"))
    pc.post.sync()
    assert fates(desk) == ["imported"]
    pc.post.send(SelfHelp({**RUN, "run": new_id(desk.clock), "log": [RECORD] * 500, "trail": []}, "linux"))
    pc.post.sync()
    assert fates(desk) == ["imported"]
    assert count(desk, wizard_runs) == MOST_A_DAY + 1


def test_a_text_of_a_run_is_no_longer_than_anybody_writes(desk: Desk, pc: Pc) -> None:
    long = "x" * 150_000
    records = [{**RECORD, "note": long, "answer": long}, {**RECORD, "answer": [long] * 3}]
    more = {"log": records, "trail": [], "note": long, "typed": long, "reason": long, "filled": {"since": long}}
    pc.ask("Die Platte ist voll", wizard_runs=[{**RUN, "run": new_id(desk.clock), **more}])
    assert fates(desk) == ["imported"]
    (row,) = list_tickets(desk.work, "all").rows
    (run,) = open_ticket(desk.work, row.id).runs
    assert len(json.dumps(run.document)) < 100_000
    assert run.document["note"] == long[:5000]
