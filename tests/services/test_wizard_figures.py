"""The figures of checklists, from runs that the real engine walked and the real database kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import insert

from desktop.base.clock import to_text
from desktop.base.ids import new_id
from desktop.base.paths import resources
from desktop.domain.commands import CreateTicket
from desktop.domain.snapshot import FindingState
from desktop.domain.wizard import events
from desktop.domain.wizard.cases import check_cases
from desktop.domain.wizard.definition import Audience, Question, Wizard
from desktop.domain.wizard.engine import advance, take_over
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.missed import Lesson
from desktop.domain.wizard.ordering import OrderProposal, cases_changed, chains, proposals, reordered
from desktop.domain.wizard.run import Phase, from_document, to_document
from desktop.domain.wizard.scene import Scene
from desktop.domain.wizard.validator import check
from desktop.models.tables import wizard_runs
from desktop.services.tickets import create_ticket
from desktop.services.wizard_figures import read_figures
from desktop.services.wizard_runs import SaveRun, list_runs, save_run
from tests.services.checklist_walks import HELP, walk
from tests.services.conftest import Desk

CHAIN = ("i_temporary", "i_cloud", "i_downloads")
FULL = ("disk.low",)


@pytest.fixture(scope="module")
def wizards() -> Mapping[str, Wizard]:
    return load_library(resources() / "wizards").wizards


def new_ticket(desk: Desk) -> str:
    return create_ticket(desk.work, CreateTicket("Platte voll", "Die Platte ist voll")).result.number


def keep(desk: Desk, wizards: Mapping[str, Wizard], ticket: str, script: Mapping[str, str], **more: object) -> None:
    """Walk disk-full on a ticket, a few minutes later than the last one."""
    desk.clock.forward(minutes=10)
    at = desk.clock()
    run = walk(wizards, "disk-full", new_id(desk.clock), at, script, findings=FULL, **more)  # type: ignore[arg-type]
    save_run(desk.work, SaveRun(ticket, to_document(run)))


def test_rates_times_and_ends_of_a_checklist(desk: Desk, wizards: Mapping[str, Wizard]) -> None:
    ticket = new_ticket(desk)
    for took in (30.0, 60.0, 90.0):
        keep(desk, wizards, ticket, {"i_bin": "fixed"}, seconds={"i_bin": took})
    keep(desk, wizards, ticket, {"i_bin": "failed", "i_temporary": "fixed"}, seconds={"i_bin": 40.0})
    keep(desk, wizards, ticket, {"i_bin": "fixed", "q_result": "no", "i_temporary": HELP}, seconds={"i_bin": 50.0})
    found = read_figures(desk.work, wizards).wizards["disk-full"]
    bin_ = found.steps["i_bin"]
    assert (bin_.visits, bin_.tried, bin_.helped, bin_.seconds, bin_.seconds_p90) == (5, 5, 3, 50.0, 90.0)
    assert (found.runs, found.resolved) == (5, 4)
    assert found.ends["o_ok"] == 4
    assert sum((found.escalated, found.handed_over)) == 1
    assert found.solve_rate == 0.8
    assert found.steps["c_full"].unknown == {"": (0, 5)}


def test_whoever_asks_for_help_drops_out_where_they_stood(desk: Desk, wizards: Mapping[str, Wizard]) -> None:
    keep(desk, wizards, new_ticket(desk), {"i_bin": "failed", "i_temporary": HELP})
    found = read_figures(desk.work, wizards).wizards["disk-full"]
    assert (found.handed_over, found.steps["i_temporary"].dropped, found.steps["i_bin"].dropped) == (1, 1, 0)


def test_only_the_days_asked_for_count(desk: Desk, wizards: Mapping[str, Wizard]) -> None:
    keep(desk, wizards, new_ticket(desk), {"i_bin": "fixed"})
    desk.clock.forward(days=91)
    assert read_figures(desk.work, wizards).wizards == {}
    assert read_figures(desk.work, wizards, days=92).wizards["disk-full"].runs == 1


def test_a_better_order_is_proposed_and_can_be_taken(desk: Desk, wizards: Mapping[str, Wizard]) -> None:
    """Temporary files take five minutes and never help, the cloud takes ten seconds and nearly always does."""
    ticket = new_ticket(desk)
    took = {"i_temporary": 300.0, "i_cloud": 10.0, "i_downloads": 60.0}
    for number in range(16):
        last = ("fixed", "failed")[number % 2]
        nothing = {"a_bin": "failed", "i_temporary": "failed", "i_cloud": "failed", "i_downloads": last}
        keep(desk, wizards, ticket, nothing, seconds=took)
    for _ in range(30):
        some = {"a_bin": "failed", "i_temporary": "failed", "i_cloud": "fixed"}
        keep(desk, wizards, ticket, some, seconds=took)
    (better,) = read_figures(desk.work, wizards).proposals
    assert better.cases == ("temporary files of the system",)
    assert (better.wizard, better.now) == ("disk-full", CHAIN)
    assert better.better == ("i_cloud", "i_downloads", "i_temporary")
    assert better.seconds_better < better.seconds_now / 2
    changed = reordered(wizards["disk-full"], better.now, better.better)
    assert [one for one in check(changed) if one.is_error] == []
    assert changed.steps["i_bin"].go != wizards["disk-full"].steps["i_bin"].go
    assert proposals(changed, read_figures(desk.work, {"disk-full": changed}).wizards["disk-full"].steps) == ()


def test_few_tries_prove_nothing(desk: Desk, wizards: Mapping[str, Wizard]) -> None:
    ticket = new_ticket(desk)
    for _ in range(3):
        keep(desk, wizards, ticket, {"i_bin": "failed", "i_temporary": "fixed"}, seconds={"i_bin": 300.0})
    assert read_figures(desk.work, wizards).proposals == ()


def test_every_chain_can_be_turned_round_and_back(wizards: Mapping[str, Wizard]) -> None:
    found = [(one, chain) for one in wizards.values() for chain in chains(one)]
    assert len(found) > 5
    for wizard, chain in found:
        turned = reordered(wizard, chain, chain[::-1])
        assert turned != wizard
        assert [one for one in check(turned) if one.is_error] == []
        assert reordered(turned, chain[::-1], chain) == wizard


def test_a_fix_whose_ways_part_stays_the_last_of_its_chain(wizards: Mapping[str, Wizard]) -> None:
    """With another behind it nobody could say where it leads on to."""
    disk = wizards["disk-full"]
    last = disk.steps[CHAIN[-1]]
    parted = replace(disk, steps={**disk.steps, last.id: replace(last, go={**last.go, "cannot": "o_escalate_full"})})
    found = next(one for one in chains(parted) if CHAIN[0] in one)
    assert found == CHAIN[:-1]
    for chain in chains(parted):
        turned = reordered(parted, chain, chain[::-1])
        assert [one for one in check(turned) if one.is_error] == []


def test_every_order_keeps_the_scenarios_or_names_those_it_changes(wizards: Mapping[str, Wizard]) -> None:
    named = 0
    for wizard in wizards.values():
        for chain in chains(wizard):
            for better in permutations(chain):
                turned = reordered(wizard, chain, better)
                changed = cases_changed(wizards, OrderProposal(wizard.id, chain, better, 2.0, 1.0))
                left = replace(turned, cases=tuple(one for one in turned.cases if one.name not in changed))
                assert [one for one in check(turned) if one.is_error] == []
                assert check_cases(wizards, left) == ()
                named += len(changed)
    assert named > 5


def test_what_was_passed_on_though_a_step_solved_it_is_a_lesson(desk: Desk, wizards: Mapping[str, Wizard]) -> None:
    ticket = new_ticket(desk)
    keep(desk, wizards, ticket, {"i_bin": HELP})
    assert read_figures(desk.work, wizards).missed == ()
    technician = Audience.TECHNICIAN
    keep(desk, wizards, ticket, {"i_bin": "failed", "i_temporary": "fixed"}, audience=technician)
    found = read_figures(desk.work, wizards)
    assert [(one.ticket, one.step, one.by_employee) for one in found.missed] == [(ticket, "i_temporary", True)]
    assert [(one.lesson, one.step, one.tickets) for one in found.subjects] == [
        (Lesson.COULD_HAVE, "i_temporary", (ticket,))
    ]


def test_a_run_left_alone_for_weeks_is_given_up(desk: Desk, wizards: Mapping[str, Wizard]) -> None:
    desk.clock.forward(minutes=10)
    run = walk(wizards, "disk-full", new_id(desk.clock), desk.clock(), {"i_bin": "fixed"}, findings=FULL)
    document = to_document(run) | {"phase": "asking", "step": "q_result"}
    save_run(desk.work, SaveRun(new_ticket(desk), document))
    assert read_figures(desk.work, wizards).wizards["disk-full"].given_up == 0
    desk.clock.now += timedelta(days=15)
    found = read_figures(desk.work, wizards).wizards["disk-full"]
    assert (found.given_up, found.steps["q_result"].dropped) == (1, 1)


def test_runs_of_before_the_last_step_was_kept_count_by_their_outcome(
    desk: Desk, wizards: Mapping[str, Wizard]
) -> None:
    """Nothing else is known of them: no step, no time, and not where somebody asked for help."""
    with desk.work.store.writing() as connection:
        for state, outcome in (("finished", "o_ok"), ("handed_over", "failed")):
            connection.execute(
                insert(wizard_runs).values(
                    id=new_id(desk.clock),
                    wizard="disk-full",
                    audience="employee",
                    state=state,
                    outcome=outcome,
                    started_at=to_text(desk.clock()),
                    changed_at=to_text(desk.clock()),
                    document="{}",
                )
            )
    found = read_figures(desk.work, wizards).wizards["disk-full"]
    assert (found.runs, found.resolved, found.handed_over, dict(found.ends)) == (2, 1, 1, {"o_ok": 1})
    assert found.steps == {}


def test_a_run_that_a_technician_goes_on_with_and_solves_is_a_lesson_too(
    desk: Desk, wizards: Mapping[str, Wizard]
) -> None:
    """Nobody begins anew where the ticket offers to go on."""
    ticket = new_ticket(desk)
    keep(desk, wizards, ticket, {"i_bin": HELP})
    scene = Scene(wizards)
    (row,) = list_runs(desk.work, ticket)
    desk.clock.forward(minutes=10)
    state = take_over(scene, from_document(row.document), at=desk.clock())
    state = advance(scene, state, events.Tried(events.Try.DONE, desk.clock()))
    while state.phase is not Phase.FINISHED:
        is_asked = isinstance(scene.step(state), Question)
        seen = events.Verified(FindingState.ABSENT, desk.clock())
        state = advance(scene, state, events.Answered("yes", desk.clock()) if is_asked else seen)
    assert state.step == "o_ok"
    save_run(desk.work, SaveRun(ticket, to_document(state)))
    found = read_figures(desk.work, wizards)
    assert [(one.ticket, one.step, one.by_employee) for one in found.missed] == [(ticket, "i_bin", True)]
    assert [one.lesson for one in found.subjects] == [Lesson.COULD_HAVE]
