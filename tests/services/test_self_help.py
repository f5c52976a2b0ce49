"""Self-help that worked is counted at the Desk, without anybody's name or words, and only once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.base.ids import new_id
from desktop.base.paths import resources
from desktop.domain.payloads import SelfHelp
from desktop.domain.wizard.definition import Wizard
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import RunState, from_document, to_document, without_words
from desktop.models.tables import wizard_runs, wizard_steps
from desktop.services.intake import import_mailbox
from desktop.services.lists import list_tickets, open_ticket
from desktop.services.wizard_figures import read_figures
from tests.services.checklist_walks import HELP, walk
from tests.services.conftest import Desk, Pc


@pytest.fixture(scope="module")
def wizards() -> Mapping[str, Wizard]:
    return load_library(resources() / "wizards").wizards


@pytest.fixture
def pc(desk: Desk) -> Pc:
    made = desk.pc()
    made.enrol()
    import_mailbox(desk.work, desk.open.post)
    return made


def solved(desk: Desk, wizards: Mapping[str, Wizard]) -> RunState:
    script = {"q_printer": "Geheim", "i_reboot": "fixed"}
    run = walk(wizards, "printer-no-print", new_id(desk.clock), desk.clock(), script, findings=("printer.paused",))
    assert run.step == "o_ok"
    return replace(run, note="Mein Chef ist schuld")


def send(desk: Desk, pc: Pc, run: RunState) -> list[str]:
    pc.post.send(SelfHelp(to_document(run), "linux"))
    pc.post.sync()
    return [one.fate.value for one in import_mailbox(desk.work, desk.open.post).result.messages]


def test_it_is_counted_without_device_person_or_words(desk: Desk, pc: Pc, wizards: Mapping[str, Wizard]) -> None:
    """The Desk takes the words out once more: another program may have sent them."""
    assert send(desk, pc, solved(desk, wizards)) == ["imported"]
    with desk.work.store.reading() as connection:
        row = connection.execute(select(wizard_runs)).one()
        steps = connection.execute(select(wizard_steps)).all()
    assert (row.ticket_id, row.device_id, row.actor, row.platform) == (None, None, "", "linux")
    everything = json.dumps([*map(str, row), *(str(one) for step in steps for one in step)])
    assert "Geheim" not in everything
    assert "Chef" not in everything
    figures = read_figures(desk.work, wizards).wizards["printer-no-print"]
    assert (figures.runs, figures.resolved, figures.by_employees) == (1, 1, 1)
    assert list_tickets(desk.work, "all").rows == ()


def test_the_same_run_counts_once(desk: Desk, pc: Pc, wizards: Mapping[str, Wizard]) -> None:
    run = solved(desk, wizards)
    assert (send(desk, pc, run), send(desk, pc, run)) == (["imported"], ["duplicate"])
    assert read_figures(desk.work, wizards).wizards["printer-no-print"].runs == 1


def test_what_is_not_solved_is_not_counted(desk: Desk, pc: Pc, wizards: Mapping[str, Wizard]) -> None:
    run = walk(wizards, "disk-full", new_id(desk.clock), desk.clock(), {"i_bin": HELP}, findings=("disk.low",))
    assert send(desk, pc, run) == ["imported"]
    assert read_figures(desk.work, wizards).wizards == {}


def test_nonsense_is_put_aside(desk: Desk, pc: Pc) -> None:
    pc.post.send(SelfHelp({"format": 99}, "linux"))
    pc.post.sync()
    assert [one.fate.value for one in import_mailbox(desk.work, desk.open.post).result.messages] == ["quarantined"]


def test_whoever_needs_help_after_all_takes_the_run_along(desk: Desk, pc: Pc, wizards: Mapping[str, Wizard]) -> None:
    run = solved(desk, wizards)
    send(desk, pc, run)
    pc.ask("Druckt doch nicht", wizard_runs=[to_document(run)])
    import_mailbox(desk.work, desk.open.post)
    (row,) = list_tickets(desk.work, "all").rows
    (kept,) = open_ticket(desk.work, row.id).runs
    assert from_document(kept.document).note == "Mein Chef ist schuld"
    assert read_figures(desk.work, wizards).wizards["printer-no-print"].runs == 1


def test_nobody_takes_the_run_of_another_ticket(desk: Desk, pc: Pc, wizards: Mapping[str, Wizard]) -> None:
    run = solved(desk, wizards)
    pc.ask("Der Drucker", wizard_runs=[to_document(run)])
    pc.ask("Noch einmal", wizard_runs=[to_document(replace(run, note="überschrieben"))])
    import_mailbox(desk.work, desk.open.post)
    runs = [open_ticket(desk.work, one.id).runs for one in list_tickets(desk.work, "all").rows]
    notes = sorted(from_document(one.document).note for within in runs for one in within)
    assert notes == ["Mein Chef ist schuld", "überschrieben"]
    assert len({one.id for within in runs for one in within}) == 2


def test_only_yes_and_no_are_left_of_what_was_said(wizards: Mapping[str, Wizard], desk: Desk) -> None:
    plain = without_words(solved(desk, wizards))
    assert {one.answer for one in plain.log} <= {"yes", "no", None}
    assert {one.note for one in plain.log} == {""}
    assert [one.step for one in plain.log] == [one.step for one in solved(desk, wizards).log]
