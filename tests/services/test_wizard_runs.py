"""Runs on a ticket: who did which step, taken over, put away and taken back, filled in, and never another ticket's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.paths import Home, resources
from desktop.domain.rows import WizardRunRow
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Audience, Outcome, Result
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.owed import owed_fields
from desktop.domain.wizard.run import Phase, RunState, from_document, to_document
from desktop.domain.wizard.scene import Scene
from desktop.domain.wizard.suggest import helped_by, suggest
from desktop.services import tickets
from desktop.services.lists import open_ticket
from desktop.services.technicians import add_technician
from desktop.services.wizard_runs import (
    FillField,
    PutAway,
    SaveRun,
    fill_field,
    list_past_ends,
    list_runs,
    put_away,
    readable_runs,
    save_run,
    write_run,
)
from desktop.services.work import Actor, Work, open_work

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
STAGE = Scene(load_library(resources() / "wizards").wizards)
RUN = "019ab3c0-0000-7000-8000-000000000001"
SABINE = Actor("p1", "Sabine Oswald")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    """Return an open store in which Katrin Velden acts."""
    first = open_work(Home.under(tmp_path / "home"))
    add_technician(first, "Katrin Velden")
    first.store.close()
    opened = open_work(Home.under(tmp_path / "home"))
    yield opened
    opened.store.close()


@pytest.fixture
def ticket(work: Work) -> str:
    """Return the id of a ticket about the internet."""
    return tickets.create_ticket(work, tickets.CreateTicket("Kein Internet", category="network")).result.id


def self_help(run_id: str = RUN) -> RunState:
    state = engine.start(STAGE, "no-internet", run_id=run_id, audience=Audience.EMPLOYEE, at=AT)
    state = engine.advance(STAGE, state, events.Answered("wifi", AT))
    return engine.advance(STAGE, state, events.HelpWanted(AT))


def bring(work: Work, ticket: str, run: RunState, actor: Actor = SABINE) -> WizardRunRow:
    """Write a run as a request from a PC does."""
    (read,) = readable_runs(work, [to_document(run)])
    with work.store.writing() as connection:
        return write_run(work, connection, read, ticket_id=ticket, device_id="", actor=actor)


def kinds(work: Work, ticket: str) -> list[str]:
    return [one.kind for one in open_ticket(work, ticket).events if one.kind.startswith("wizard")]


def test_a_technician_goes_on_with_self_help_and_each_step_says_who_did_it(work: Work, ticket: str) -> None:
    row = bring(work, ticket, self_help())
    state = engine.take_over(STAGE, from_document(row.document), at=AT)
    state = engine.advance(STAGE, state, events.Skipped("Gerät ist im Lager", AT))
    after = save_run(work, SaveRun(ticket, to_document(state))).result
    actors = [(one.step, one.actor) for one in from_document(after.document).path if one.audience]
    assert ("q_medium", "Sabine Oswald") in actors
    assert actors[-1] == (state.path[-1].step, "Katrin Velden")
    assert kinds(work, ticket) == ["wizard_handed_over", "wizard_continued"]
    assert len(list_runs(work, ticket)) == 1


def test_what_a_pc_claims_about_itself_is_not_believed(work: Work, ticket: str) -> None:
    forged = replace(self_help(), audience=Audience.TECHNICIAN)
    forged = replace(forged, log=tuple(replace(one, actor="Katrin Velden") for one in forged.log))
    forged = replace(forged, log=tuple(replace(one, audience=Audience.TECHNICIAN) for one in forged.log))
    row = bring(work, ticket, forged)
    assert row.audience == "employee"
    found = from_document(row.document).log
    assert {(one.actor, one.audience) for one in found} == {("Sabine Oswald", Audience.EMPLOYEE)}


def test_two_who_go_on_with_the_same_run_do_not_write_over_each_other(work: Work, ticket: str) -> None:
    begun = engine.take_over(STAGE, from_document(bring(work, ticket, self_help()).document), at=AT)
    mine = engine.advance(STAGE, begun, events.Skipped("Gerät ist im Lager", AT))
    theirs = engine.advance(STAGE, begun, events.Skipped("Geht hier nicht", AT + timedelta(minutes=1)))
    kept = save_run(work, SaveRun(ticket, to_document(mine))).result
    for late in (begun, theirs):
        with pytest.raises(AppError) as caught:
            save_run(work, SaveRun(ticket, to_document(late)))
        assert caught.value.code == "wizard.run_moved"
    assert list_runs(work, ticket) == (kept,)
    on = engine.advance(STAGE, mine, events.WentBack(AT))
    assert save_run(work, SaveRun(ticket, to_document(on))).result.id == kept.id


def test_a_pc_cannot_reach_a_run_on_another_ticket(work: Work, ticket: str) -> None:
    first = bring(work, ticket, self_help())
    other = tickets.create_ticket(work, tickets.CreateTicket("Etwas anderes")).result.id
    second = bring(work, other, self_help(), Actor("p2", "Fremd"))
    assert second.id != first.id
    assert list_runs(work, ticket) == (first,)
    assert [one.id for one in list_runs(work, other)] == [second.id]


def test_putting_away_asks_why_and_can_be_taken_back(work: Work, ticket: str) -> None:
    state = engine.start(STAGE, "no-internet", run_id="run", audience=Audience.TECHNICIAN, at=AT)
    before = save_run(work, SaveRun(ticket, to_document(state))).result
    with pytest.raises(AppError) as caught:
        put_away(work, PutAway(ticket, "run", "  "))
    assert caught.value.code == "wizard.reason"
    done = put_away(work, PutAway(ticket, "run", "War der falsche Anschluss"))
    assert (done.result.state, from_document(done.result.document).reason) == ("abandoned", "War der falsche Anschluss")
    assert done.undo is not None
    back = done.undo.run(work).result
    assert (back.state, back.document) == ("asking", before.document)
    assert kinds(work, ticket) == ["wizard_started", "wizard_abandoned", "wizard_continued"]
    with pytest.raises(AppError):  # there is nothing left to take back
        done.undo.run(work)


def test_what_a_hand_over_asks_is_kept_with_the_run(work: Work, ticket: str) -> None:
    row = bring(work, ticket, self_help())
    state = from_document(row.document)
    for one in owed_fields(STAGE, state):
        fill_field(work, FillField(ticket, RUN, one.id, None))
    after = from_document(list_runs(work, ticket)[0].document)
    assert (after.phase, owed_fields(STAGE, after)) == (Phase.HANDED_OVER, ())
    with pytest.raises(AppError):
        fill_field(work, FillField(ticket, "elsewhere", "since", None))


def solved(work: Work, category: str, wizard: str = "no-internet", end: str = "o_ok") -> str:
    """Keep a ticket on which a checklist came to an end."""
    number = tickets.create_ticket(work, tickets.CreateTicket("Früher", category=category)).result.id
    state = engine.start(STAGE, wizard, run_id=f"run-{number}", audience=Audience.TECHNICIAN, at=work.clock())
    state = engine.advance(STAGE, state, events.Moved(end, work.clock()))
    for one in owed_fields(STAGE, state):
        state = engine.advance(STAGE, state, events.Filled(one.id, None, work.clock()))
    save_run(work, SaveRun(number, to_document(state)))
    return number


def test_what_solved_similar_tickets_is_counted(work: Work, ticket: str) -> None:
    escalation = next(
        one.id
        for one in STAGE.wizards["no-internet"].steps.values()
        if isinstance(one, Outcome) and one.result is Result.ESCALATE
    )
    for category in ("network", "network", "printer"):
        solved(work, category)
    solved(work, "network", end=escalation)
    helped = helped_by(STAGE.wizards, list_past_ends(work, ticket))
    assert helped == {"no-internet": 2}
    (best, *_) = suggest(STAGE.wizards, None, words="", helped=helped)
    assert (best.wizard, best.helped) == ("no-internet", 2)


def test_a_ticket_about_anything_is_like_no_other(work: Work) -> None:
    solved(work, "other")
    lonely = tickets.create_ticket(work, tickets.CreateTicket("Irgendwas", category="other")).result.id
    assert list_past_ends(work, lonely) == ()
