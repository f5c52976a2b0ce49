"""Handing over on the real store: package, level, event, waiting, the word to the person, and nothing half done."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.base.errors import AppError
from desktop.base.paths import Home, resources
from desktop.domain.handover import Handover, HandoverField, Order, PassOn, is_complete, unanswered
from desktop.domain.handover_fields import answer_of
from desktop.domain.partner import AddPartner, EditPartner, PartnerKind
from desktop.domain.ticket import Level, StateType, WaitingReason
from desktop.domain.wizard import engine, events
from desktop.domain.wizard.definition import Answer as AnswerChoice
from desktop.domain.wizard.definition import AnswerType, Audience, Wording
from desktop.domain.wizard.definition import HandoverField as AskedField
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.scene import Scene
from desktop.services import tickets
from desktop.services.handover import collect_handover, hand_over
from desktop.services.lists import open_ticket
from desktop.services.partners import add_partner, edit_partner, find_partner, list_partners
from desktop.services.technicians import add_technician
from desktop.services.wizard_runs import FillField, fill_field, write_run
from desktop.services.work import Actor, Work, open_work

HOSTILE = "<img src='\\\\evil\\x'><b>fett</b> \u202e" + "x" * 5000
PDF = b"%PDF-1.4 test"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    """Return an open store with one technician and two partners."""
    first = open_work(Home.under(tmp_path / "home"))
    add_technician(first, "Katrin Velden")
    first.store.close()
    opened = open_work(Home.under(tmp_path / "home"))
    add_partner(opened, AddPartner("Sommerfeldt", Level.THIRD))
    add_partner(opened, AddPartner("Timo Asbeck", Level.SECOND, PartnerKind.COLLEAGUE))
    yield opened
    opened.store.close()


def make_ticket(work: Work, *names: str) -> str:
    files = tuple(tickets.NewAttachment(name, f"Inhalt {name}".encode()) for name in names)
    command = tickets.CreateTicket("Drucker", HOSTILE, person_name="Sabine Oswald", attachments=files)
    return tickets.create_ticket(work, command).result.number


def collected(work: Work, number: str, partner: str = "Sommerfeldt") -> Handover:
    order = Order("Tauschen", {HandoverField.SERIAL: "SN-1"}, "eilt")
    return collect_handover(work, number, partner, order)


def test_it_writes_the_package_and_records_the_step(work: Work, tmp_path: Path) -> None:
    number = make_ticket(work)
    done = hand_over(work, PassOn(tmp_path / "out", inform="Der Händler hilft."), collected(work, number), PDF)
    page = open_ticket(work, number)
    assert (page.row.level, page.row.state_type) == (Level.THIRD, StateType.WAITING)
    assert page.waiting_reason is WaitingReason.PARTNER
    event = next(one for one in page.events if one.kind == "handed_over")
    assert (event.detail["partner"], event.detail["reason"]) == ("Sommerfeldt", "eilt")
    assert page.messages[-1].text == "Der Händler hilft."
    assert sorted(one.name for one in done.result.path.iterdir()) == [
        f"Uebergabe-{number}.json",
        f"Uebergabe-{number}.pdf",
    ]
    document = json.loads((done.result.path / f"Uebergabe-{number}.json").read_text(encoding="utf-8"))
    assert document["fault"] == HOSTILE.strip()
    assert document["missing"] == [one.value for one in done.result.missing]
    with work.store.reading() as connection:
        row = connection.execute(text("SELECT partner_name, level, reason, files FROM handovers")).one()
    assert row[:3] == ("Sommerfeldt", 3, "eilt")


def test_undo_brings_level_and_state_back(work: Work, tmp_path: Path) -> None:
    number = make_ticket(work)
    done = hand_over(work, PassOn(tmp_path / "out"), collected(work, number), PDF)
    assert done.undo is not None
    done.undo.run(work)
    row = open_ticket(work, number).row
    assert (row.level, row.state_type) == (Level.FIRST, StateType.NEW)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("CON.txt", "_CON.txt"),
        ("foto\u202egnp.exe", "foto_gnp.exe"),
        ("", "Datei"),
        ("a" * 150 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_hostile_names_stay_inside_the_package(work: Work, tmp_path: Path, name: str, written: str) -> None:
    number = make_ticket(work, name)
    done = hand_over(work, PassOn(tmp_path / "out"), collected(work, number), PDF)
    assert [one.name for one in (done.result.path / "Anhaenge").iterdir()] == [written]
    assert [one.name for one in tmp_path.iterdir() if one.name not in ("home", "out")] == []


def test_files_of_the_same_name_are_all_there_also_in_a_zip(work: Work, tmp_path: Path) -> None:
    number = make_ticket(work, "Foto.png", "foto.PNG", "Foto.png")
    done = hand_over(work, PassOn(tmp_path / "out", as_zip=True), collected(work, number), PDF)
    with zipfile.ZipFile(done.result.path) as archive:
        assert archive.testzip() is None
        assert len({one.casefold() for one in archive.namelist()}) == 5


def test_internal_notes_and_their_files_do_not_leave_the_company(work: Work, tmp_path: Path) -> None:
    number = make_ticket(work)
    secret = tickets.NewAttachment("geheim.txt", b"geheim")
    tickets.add_note(work, tickets.AddNote(number, "nur für uns", (secret,)))
    outside = hand_over(work, PassOn(tmp_path / "a"), collected(work, number), PDF).result
    assert "nur für uns" not in (outside.path / outside.files[1]).read_text(encoding="utf-8")
    assert len(outside.files) == 2
    inside = hand_over(work, PassOn(tmp_path / "b"), collected(work, number, "Timo"), PDF).result
    assert "nur für uns" in (inside.path / inside.files[1]).read_text(encoding="utf-8")
    assert inside.files[2] == "Anhaenge/geheim.txt"


def test_a_change_in_between_leaves_no_package(work: Work, tmp_path: Path) -> None:
    number = make_ticket(work)
    handover = collected(work, number)
    tickets.set_title(work, tickets.SetTitle(number, "anders"))
    with pytest.raises(AppError, match=r"ticket\.conflict"):
        hand_over(work, PassOn(tmp_path / "out"), handover, PDF)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_written_changes_nothing(work: Work, tmp_path: Path) -> None:
    number = make_ticket(work)
    (tmp_path / "file").write_text("hier liegt schon etwas")
    with pytest.raises(AppError, match=r"handover\.unwritable"):
        hand_over(work, PassOn(tmp_path / "file" / "out"), collected(work, number), PDF)
    assert open_ticket(work, number).row.level is Level.FIRST


def test_a_second_hand_over_gets_a_name_of_its_own(work: Work, tmp_path: Path) -> None:
    number = make_ticket(work)
    paths = [hand_over(work, PassOn(tmp_path), collected(work, number), PDF).result.path for _ in range(2)]
    assert paths[0] != paths[1]
    assert all(one.is_dir() for one in paths)


def test_partners_are_found_by_the_beginning_of_their_name(work: Work) -> None:
    assert find_partner(work, "somm").name == "Sommerfeldt"
    add_partner(work, AddPartner("Sommerhaus"))
    with pytest.raises(AppError, match=r"partner\.ambiguous"):
        find_partner(work, "Somm")
    with pytest.raises(AppError, match=r"partner\.unknown"):
        find_partner(work, "")


def test_adding_and_editing_a_partner_can_be_taken_back(work: Work) -> None:
    done = edit_partner(work, EditPartner("Sommerfeldt", name="Neu", level=Level.SECOND))
    assert done.undo is not None
    done.undo.run(work)
    assert find_partner(work, "Sommerfeldt").level is Level.THIRD
    added = add_partner(work, AddPartner("Hagedorn"))
    assert added.undo is not None
    added.undo.run(work)
    assert "Hagedorn" not in {one.name for one in list_partners(work)}


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_partner_needs_a_sensible_name(work: Work, name: str) -> None:
    with pytest.raises(AppError, match=r"partner\.(name|too_long)"):
        add_partner(work, replace(AddPartner("x"), name=name))


def self_help(work: Work, number: str) -> None:
    """Bring a run on the ticket that ended early because somebody wanted help."""
    stage = Scene(load_library(resources() / "wizards").wizards)
    state = engine.start(stage, "no-internet", run_id="run", audience=Audience.EMPLOYEE, at=work.clock())
    state = engine.advance(stage, state, events.HelpWanted(work.clock()))
    with work.store.writing() as connection:
        ticket = open_ticket(work, number).row.id
        write_run(work, connection, state, ticket_id=ticket, device_id="", actor=Actor("p", "Sabine Oswald"))


def test_what_a_checklist_was_not_asked_is_missing_until_somebody_answers(work: Work, tmp_path: Path) -> None:
    number = make_ticket(work)
    self_help(work, number)
    handover = collected(work, number)
    wanted = [one.field.id for one in unanswered(handover)]
    assert "since" in wanted
    assert not is_complete(handover)
    first = unanswered(handover)[0]
    fill_field(work, FillField(handover.page.row.id, first.run, first.field.id, None))
    handover = collected(work, number)
    assert [one.field.id for one in unanswered(handover)] == wanted[1:]
    done = hand_over(work, PassOn(tmp_path / "out"), handover, PDF)
    assert [one.field.id for one in done.result.unanswered] == wanted[1:]
    document = json.loads(next(done.result.path.glob("*.json")).read_text(encoding="utf-8"))
    assert [one["field"] for one in document["unanswered"]] == wanted[1:]
    assert [(one["field"], one["answer"]) for one in document["answers"]] == [(wanted[0], None)]
    event = next(one for one in open_ticket(work, number).events if one.kind == "handed_over")
    assert set(wanted[1:]) <= set(event.detail["missing"])


def test_a_field_is_asked_once_however_many_runs_want_it(work: Work) -> None:
    number = make_ticket(work)
    self_help(work, number)
    once = [one.field.id for one in collected(work, number).fields]
    stage = Scene(load_library(resources() / "wizards").wizards)
    second = engine.start(stage, "no-internet", run_id="again", audience=Audience.EMPLOYEE, at=work.clock())
    second = engine.advance(stage, second, events.HelpWanted(work.clock()))
    second = engine.advance(stage, second, events.Filled("since", "2026-11-23T08:00", work.clock()))
    with work.store.writing() as connection:
        ticket = open_ticket(work, number).row.id
        write_run(work, connection, second, ticket_id=ticket, device_id="", actor=Actor("p", "Sabine Oswald"))
    again = collected(work, number)
    assert sorted(one.field.id for one in again.fields) == sorted(once)
    assert [one.field.id for one in again.fields if one.is_answered] == ["since"]


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        (AnswerType.TEXT, " Halle 2 ", "Halle 2"),
        (AnswerType.TEXT, " ", None),
        (AnswerType.NUMBER, "2,5", 2.5),
        (AnswerType.YESNO, "yes", "yes"),
        (AnswerType.MULTI, "a, b", ["a", "b"]),
    ],
)
def test_a_text_answers_a_field_of_any_kind(kind: AnswerType, text: str, answer: object) -> None:
    choices = tuple(AnswerChoice(one, Wording(one, one)) for one in "ab") if kind is AnswerType.MULTI else ()
    assert answer_of(AskedField("f", kind, Wording("F", "F"), choices), text) == answer


@pytest.mark.parametrize(("kind", "text"), [(AnswerType.NUMBER, "viel"), (AnswerType.YESNO, "vielleicht")])
def test_what_is_no_answer_is_refused(kind: AnswerType, text: str) -> None:
    with pytest.raises(AppError) as caught:
        answer_of(AskedField("f", kind, Wording("F", "F")), text)
    assert caught.value.code == "handover.answer"
