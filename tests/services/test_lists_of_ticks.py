"""Lists of ticks on a ticket: put on, ticked by people and by the diagnosis, taken back, and what they keep open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from desktop.base.changes import Done, Subject
from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.base.ids import new_id
from desktop.domain.commands import Close, CreateTicket, Reopen, Reply, SetDevice, Solve
from desktop.domain.payloads import Verdict
from desktop.domain.rows import WizardRunRow
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.domain.ticket import StateType
from desktop.domain.wizard.tick_commands import AttachList, DetachList, NoteItem, SetItem
from desktop.domain.wizard.ticks import TickList, TickState, from_document, progress
from desktop.models.fetching import fetch
from desktop.models.tables import wizard_runs
from desktop.services import tickets, wizard_ticks
from desktop.services.devices import add_snapshot, list_devices, list_snapshots
from desktop.services.intake import import_mailbox
from desktop.services.lists import open_ticket
from desktop.services.work import Actor, Work
from tests.services.conftest import Desk

LIST = "device-replacement"


@pytest.fixture
def ticket(work: Work) -> str:
    """Return a ticket without a PC."""
    return tickets.create_ticket(work, CreateTicket("Notebook von Sabine ersetzen")).result.id


def attached(work: Work, ticket: str, wizard: str = LIST) -> str:
    return wizard_ticks.attach_list(work, AttachList(ticket, wizard)).result.id


def ticks_of(work: Work, ticket: str) -> TickList:
    (run,) = open_ticket(work, ticket).runs
    return from_document(run.document)


def set_item(
    work: Work, run: str, item: str, state: TickState = TickState.DONE, reason: str = ""
) -> Done[WizardRunRow]:
    return wizard_ticks.set_item(work, SetItem(run, item, state, reason))


def finish(work: Work, ticket: str) -> None:
    ticks = ticks_of(work, ticket)
    for one in ticks.items:
        if one.is_required:
            set_item(work, ticks.run_id, one.id)


def kinds(work: Work, ticket: str) -> list[str]:
    return [one.kind for one in open_ticket(work, ticket).events if one.kind.startswith("wizard_")]


def snapshot(desk: Desk, *, days: float) -> Snapshot:
    """Return a diagnosis of now whose last backup is `days` old."""
    probe = ProbeResult(ProbeStatus.OK, {"newest_days": days})
    return Snapshot(to_text(desk.clock()), "basic", {"backup": probe})


def pc_with_ticket(desk: Desk, name: str = "AHB-PC-014") -> tuple[str, str]:
    """Return the device and the ticket of a PC that is let in and has asked for help."""
    pc = desk.pc(name)
    pc.enrol()
    pc.ask("Der Akku hält nicht mehr")
    report = import_mailbox(desk.work, desk.open.post).result
    device = next(one for one in list_devices(desk.work) if one.name == name)
    return device.id, open_ticket(desk.work, report.messages[-1].ticket).row.id


def test_mandatory_list_goes_only_with_a_reason_until_it_is_done(work: Work, ticket: str) -> None:
    run = attached(work, ticket)
    with pytest.raises(AppError, match=r"wizard\.remove_reason"):
        wizard_ticks.detach_list(work, DetachList(run, "  "))
    finish(work, ticket)
    wizard_ticks.detach_list(work, DetachList(run))
    assert open_ticket(work, ticket).runs == ()


def test_putting_on_can_be_taken_back_without_a_reason(work: Work, ticket: str) -> None:
    done = wizard_ticks.attach_list(work, AttachList(ticket, LIST))
    assert done.undo is not None
    done.undo.run(work)
    assert open_ticket(work, ticket).runs == ()


def test_list_stands_on_the_ticket_with_mode_and_mandate(work: Work, ticket: str) -> None:
    done = wizard_ticks.attach_list(work, AttachList(ticket, LIST))
    (run,) = open_ticket(work, ticket).runs
    assert (run.mode, run.blocks, run.wizard, run.audience, run.state) == (
        "do-confirm", True, LIST, "technician", "asking",
    )  # fmt: skip
    assert done.changes.ids(Subject.WIZARD_RUN) == {run.id}
    assert done.changes.ids(Subject.TICKET) == {ticket}
    assert kinds(work, ticket) == ["wizard_list_added"]


def test_each_tick_is_written_with_who_and_when(work: Work, ticket: str) -> None:
    run = attached(work, ticket)
    set_item(work.acting_as(Actor("x", "Max Muster")), run, "agreed")
    set_item(work, run, "image", TickState.NOT_NEEDED, "nur Büroprogramme")
    ticks = ticks_of(work, ticket)
    last = ticks.last("agreed")
    assert last is not None
    assert (last.who, progress(ticks).done) == ("Max Muster", 2)
    events = open_ticket(work, ticket).events
    assert [(one.kind, one.actor) for one in events if one.kind.startswith("wizard_item")] == [
        ("wizard_item_done", "Max Muster"),
        ("wizard_item_not_needed", "Katrin Velden"),
    ]
    assert events[-1].detail["reason"] == "nur Büroprogramme"
    assert events[-1].detail["item"]["en"] == "A whole image of the old drive is on another drive"


def test_second_tick_changes_nothing(work: Work, ticket: str) -> None:
    run = attached(work, ticket)
    set_item(work, run, "agreed")
    again = set_item(work.acting_as(Actor("x", "Max")), run, "agreed")
    assert (again.changes.items, again.undo) == (frozenset(), None)
    assert kinds(work, ticket).count("wizard_item_done") == 1


def test_two_windows_lose_no_tick(work: Work, ticket: str) -> None:
    """Both saw the list empty; each names only its own item."""
    run = attached(work, ticket)
    other = work.acting_as(Actor("x", "Max"))
    set_item(work, run, "agreed")
    set_item(other, run, "data")
    ticks = ticks_of(work, ticket)
    assert [ticks.state(one) for one in ("agreed", "data")] == [TickState.DONE, TickState.DONE]


@pytest.mark.parametrize("state", [TickState.DONE, TickState.NOT_NEEDED])
def test_undo_puts_an_item_back(work: Work, ticket: str, state: TickState) -> None:
    run = attached(work, ticket)
    set_item(work, run, "agreed", TickState.NOT_NEEDED, "kein Termin nötig")
    done = set_item(work, run, "agreed", state, "aus anderem Grund")
    assert done.undo is not None
    done.undo.run(work)
    last = ticks_of(work, ticket).last("agreed")
    assert last is not None
    assert (last.state, last.reason) == (TickState.NOT_NEEDED, "kein Termin nötig")


def test_undo_does_not_run_over_somebody_else(work: Work, ticket: str) -> None:
    run = attached(work, ticket)
    done = set_item(work, run, "agreed")
    set_item(work.acting_as(Actor("x", "Max")), run, "agreed", TickState.OPEN)
    assert done.undo is not None
    with pytest.raises(AppError) as caught:
        done.undo.run(work)
    assert (caught.value.code, caught.value.parameters["name"]) == ("wizard.item_moved", "Max")


def test_note_is_kept_and_told(work: Work, ticket: str) -> None:
    run = attached(work, ticket)
    wizard_ticks.note_item(work, NoteItem(run, "old_key", "liegt im Tresor"))
    assert ticks_of(work, ticket).notes["old_key"].text == "liegt im Tresor"
    again = wizard_ticks.note_item(work, NoteItem(run, "old_key", "liegt im Tresor"))
    assert again.changes.items == frozenset()
    wizard_ticks.note_item(work, NoteItem(run, "old_key", ""))
    assert ticks_of(work, ticket).notes == {}
    assert kinds(work, ticket).count("wizard_item_noted") == 2


def test_same_list_is_put_on_once_until_it_is_done(work: Work, ticket: str) -> None:
    run = attached(work, ticket)
    assert attached(work, ticket) == run
    assert attached(work, ticket, "lost-device") != run
    assert len(open_ticket(work, ticket).runs) == 2


def test_taking_off_and_putting_on_again_keeps_every_tick(work: Work, ticket: str) -> None:
    run = attached(work, ticket)
    set_item(work, run, "agreed")
    done = wizard_ticks.detach_list(work, DetachList(run, "falsche Liste"))
    assert open_ticket(work, ticket).runs == ()
    with pytest.raises(AppError, match=r"wizard\.list_gone"):
        set_item(work, run, "data")
    assert done.undo is not None
    done.undo.run(work)
    done.undo.run(work)
    assert ticks_of(work, ticket).state("agreed") is TickState.DONE
    with work.store.reading() as connection:
        assert fetch(connection, "SELECT step, exit FROM wizard_steps") == [("agreed", "done")]


def solve(work: Work, ticket: str) -> object:
    return tickets.solve(work, Solve(ticket))


def close(work: Work, ticket: str) -> object:
    return tickets.close(work, Close(ticket))


@pytest.mark.parametrize("act", [solve, close])
def test_ticket_with_an_open_mandatory_list_stays_open(
    work: Work, ticket: str, act: Callable[[Work, str], object]
) -> None:
    run = attached(work, ticket)
    with pytest.raises(AppError) as caught:
        act(work, ticket)
    said = caught.value.parameters
    assert (caught.value.code, said["run"], said["list"]) == (
        "wizard.list_open", run, {"de": "Gerät ersetzen", "en": "Replace a device"},
    )  # fmt: skip
    assert open_ticket(work, ticket).row.state_type.is_active
    finish(work, ticket)
    assert not open_ticket(work, ticket).runs[0].blocks
    act(work, ticket)


def test_reply_that_solves_is_not_sent_while_a_list_is_open(work: Work, ticket: str) -> None:
    attached(work, ticket)
    with pytest.raises(AppError, match=r"wizard\.list_open"):
        tickets.reply(work, Reply(ticket, "Fertig", after=StateType.SOLVED))
    assert open_ticket(work, ticket).messages == ()


def test_taking_the_list_off_lets_the_ticket_go(work: Work, ticket: str) -> None:
    wizard_ticks.detach_list(work, DetachList(attached(work, ticket), "falsche Liste"))
    assert tickets.solve(work, Solve(ticket)).result.state_type is StateType.SOLVED


def test_no_undo_ends_a_ticket_around_the_list(work: Work, ticket: str) -> None:
    tickets.solve(work, Solve(ticket))
    reopened = tickets.reopen(work, Reopen(ticket))
    attached(work, ticket)
    assert reopened.undo is not None
    with pytest.raises(AppError, match=r"wizard\.list_open"):
        reopened.undo.run(work)


def test_ended_tickets_get_no_list_and_closed_ones_no_tick(work: Work, ticket: str) -> None:
    run = attached(work, ticket)
    finish(work, ticket)
    tickets.solve(work, Solve(ticket))
    set_item(work, run, "image")
    tickets.close(work, Close(ticket))
    for act in (
        lambda: set_item(work, run, "image", TickState.OPEN),
        lambda: wizard_ticks.note_item(work, NoteItem(run, "image", "x")),
        lambda: attached(work, ticket, "onboarding"),
    ):
        with pytest.raises(AppError, match=r"wizard\.ticket_over"):
            act()


def test_person_who_says_solved_does_not_close_over_an_open_list(desk: Desk) -> None:
    pc = desk.pc()
    pc.enrol()
    request = pc.ask("Neues Notebook bitte")
    import_mailbox(desk.work, desk.open.post)
    attached(desk.work, "A-2026-0001")
    pc.post.send(Verdict(request, solved=True, created_at=to_text(desk.clock()), rating=4, device_seq=2))
    pc.post.sync()
    import_mailbox(desk.work, desk.open.post)
    page = open_ticket(desk.work, "A-2026-0001")
    assert page.row.state_type.is_active
    assert page.row.has_news
    assert page.events[-1].kind == "confirmed_open"


def test_what_has_steps_cannot_be_ticked(work: Work, ticket: str) -> None:
    with pytest.raises(AppError, match=r"wizard\.is_no_list"):
        attached(work, ticket, "no-internet")
    with pytest.raises(AppError, match=r"wizard\.unknown"):
        attached(work, ticket, "nothing")


def test_diagnosis_ticks_when_the_list_is_put_on_and_when_it_comes(desk: Desk) -> None:
    device, ticket = pc_with_ticket(desk)
    add_snapshot(desk.work, device, snapshot(desk, days=1))
    run = attached(desk.work, ticket)
    last = ticks_of(desk.work, ticket).last("backup_recent")
    assert last is not None
    assert last.evidence is not None
    assert (last.who, last.evidence.finding, last.evidence.device) == ("", "backup.stale", "AHB-PC-014")
    desk.clock.forward(hours=1)
    add_snapshot(desk.work, device, snapshot(desk, days=20))
    assert ticks_of(desk.work, ticket).state("backup_recent") is TickState.OPEN
    assert kinds(desk.work, ticket) == ["wizard_list_added", "wizard_item_confirmed", "wizard_item_denied"]
    assert wizard_ticks.look_at_diagnosis(desk.work, run).changes.items == frozenset()


def test_person_takes_back_what_the_diagnosis_ticked(desk: Desk) -> None:
    device, ticket = pc_with_ticket(desk)
    add_snapshot(desk.work, device, snapshot(desk, days=1))
    run = attached(desk.work, ticket)
    set_item(desk.work, run, "backup_recent", TickState.OPEN)
    desk.clock.forward(hours=1)
    add_snapshot(desk.work, device, snapshot(desk, days=1))
    assert ticks_of(desk.work, ticket).state("backup_recent") is TickState.OPEN


def test_another_pc_on_the_ticket_takes_the_ticks_of_the_first_back(desk: Desk) -> None:
    first, ticket = pc_with_ticket(desk)
    second, _ = pc_with_ticket(desk, "AHB-NB-007")
    add_snapshot(desk.work, first, snapshot(desk, days=1))
    attached(desk.work, ticket)
    tickets.set_device(desk.work, SetDevice(ticket, second))
    assert ticks_of(desk.work, ticket).state("backup_recent") is TickState.OPEN
    add_snapshot(desk.work, second, snapshot(desk, days=1))
    assert ticks_of(desk.work, ticket).state("backup_recent") is TickState.DONE


def test_diagnosis_that_is_days_old_ticks_nothing(desk: Desk) -> None:
    device, ticket = pc_with_ticket(desk)
    add_snapshot(desk.work, device, snapshot(desk, days=1))
    desk.clock.forward(days=3)
    attached(desk.work, ticket)
    assert ticks_of(desk.work, ticket).state("backup_recent") is TickState.OPEN


def test_list_from_a_request_is_refused(desk: Desk) -> None:
    """Only technicians put lists on a ticket; a PC that sends one as its self-help brings nothing."""
    _, ticket = pc_with_ticket(desk)
    attached(desk.work, ticket)
    foreign = open_ticket(desk.work, ticket).runs[0].document
    pc = replace_run(foreign)
    other = desk.pc("AHB-PC-020")
    other.enrol()
    other.ask("Hilfe", wizard_runs=[pc])
    report = import_mailbox(desk.work, desk.open.post).result
    assert open_ticket(desk.work, report.messages[-1].ticket).runs == ()


def replace_run(document: dict[str, object]) -> dict[str, object]:
    return {**document, "run": new_id(lambda: from_document(document).attached)}


def test_taking_back_the_putting_on_spares_what_a_colleague_ticked(work: Work, ticket: str) -> None:
    done = wizard_ticks.attach_list(work, AttachList(ticket, LIST))
    run = done.result.id
    set_item(work, run, ticks_of(work, ticket).items[0].id)
    assert done.undo is not None
    with pytest.raises(AppError) as found:
        done.undo.run(work)
    assert found.value.code == "wizard.list_begun"
    assert progress(ticks_of(work, ticket)).done == 1


def test_a_list_that_cannot_be_read_costs_the_others_nothing(desk: Desk) -> None:
    """A diagnosis comes in all the same, and ticks what it can."""
    device, ticket = pc_with_ticket(desk)
    broken, sound = attached(desk.work, ticket), attached(desk.work, ticket, "onboarding")
    with desk.work.store.writing() as connection:
        connection.execute(update(wizard_runs).where(wizard_runs.c.id == broken).values(document='{"kind": "ticks"}'))
    add_snapshot(desk.work, device, snapshot(desk, days=1))
    assert wizard_ticks.open_list(desk.work, sound).ticks.run_id == sound


def test_lists_on_closed_tickets_are_not_even_read_when_a_diagnosis_comes(desk: Desk) -> None:
    device, ticket = pc_with_ticket(desk)
    run = attached(desk.work, ticket)
    finish(desk.work, ticket)
    tickets.close(desk.work, Close(ticket))
    with desk.work.store.writing() as connection:
        connection.execute(update(wizard_runs).where(wizard_runs.c.id == run).values(document="no document"))
    add_snapshot(desk.work, device, snapshot(desk, days=1))
    assert len(list_snapshots(desk.work, device)) == 1  # it came in, past a list that nobody could have read
