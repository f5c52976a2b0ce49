"""What technicians do to tickets: every change recorded, guarded and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from desktop.base.errors import AppError
from desktop.base.texts import load_texts
from desktop.domain.commands import (
    AddNote,
    Assign,
    Close,
    CreateTicket,
    LogTime,
    MarkSeen,
    NewAttachment,
    Reopen,
    Reply,
    Resume,
    SaveDraft,
    SetCategory,
    SetImpact,
    SetLevel,
    SetPriority,
    SetTitle,
    Solve,
    Wait,
)
from desktop.domain.history import EVENT_KINDS, event_text
from desktop.domain.ticket import (
    CATEGORIES,
    Channel,
    Impact,
    Kind,
    Level,
    Priority,
    StateType,
    Urgency,
    WaitingReason,
)
from desktop.domain.views import VIEWS, fitting_views
from desktop.models.fetching import fetch
from desktop.services import audit, tickets
from desktop.services.lists import count_views, list_tickets, open_ticket
from desktop.services.people import list_people, show_person

if TYPE_CHECKING:
    from desktop.services.work import Work
    from tests.services.conftest import Desk


def call(work: Work, title: str = "Outlook fragt nach dem Kennwort", **more: object) -> str:
    return tickets.create_ticket(work, CreateTicket(title, "Seit gestern", **more)).result.id


def kinds(work: Work, ticket: str) -> list[str]:
    return [one.kind for one in open_ticket(work, ticket).events]


def test_a_call_is_numbered_proposed_and_recorded(work: Work) -> None:
    first = open_ticket(work, call(work, person_name="Heike Brandt-Loos", impact=Impact.TEAM, urgency=Urgency.BLOCKED))
    second = open_ticket(work, call(work, person_name="heike brandt-loos"))
    assert (first.row.number, second.row.number) == ("A-2026-0001", "A-2026-0002")
    assert (first.row.priority, first.proposed_priority) == (Priority.URGENT, Priority.URGENT)
    assert first.person is not None
    assert second.person is not None
    assert first.person.id == second.person.id
    assert second.person.open_tickets == 2
    assert kinds(work, first.row.id) == ["created"]
    assert audit.verify(work).broken_at == 0


def test_a_one_minute_call_is_solved_in_one_form(work: Work) -> None:
    page = open_ticket(work, call(work, minutes=1, solution="Kennwort zurückgesetzt"))
    assert page.row.state_type is StateType.SOLVED
    assert page.row.assignee_name == "Katrin Velden"
    assert [one.kind for one in page.messages] == ["request", "reply"]
    assert kinds(work, page.row.id) == ["created", "time", "replied", "solved"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (CreateTicket("  "), "ticket.title"),
        (CreateTicket("x", category="none"), "ticket.category"),
        (CreateTicket("x", minutes=-1), "ticket.minutes"),
        (CreateTicket("x", person_id="none"), "person.unknown"),
        (CreateTicket("x", device_id="none"), "device.unknown"),
        (CreateTicket("x", assignee_id="none"), "technician.unknown"),
    ],
)
def test_a_refused_ticket_leaves_no_gap(work: Work, command: CreateTicket, code: str) -> None:
    with pytest.raises(AppError, match=code):
        tickets.create_ticket(work, command)
    assert open_ticket(work, call(work)).row.number == "A-2026-0001"


def test_the_colleague_who_was_faster_is_named(work: Work) -> None:
    ticket = call(work)
    version = open_ticket(work, ticket).version
    tickets.set_title(work, SetTitle(ticket, "Neuer Titel", version=version))
    with pytest.raises(AppError, match=r"ticket\.conflict") as caught:
        tickets.reply(work, Reply(ticket, "Guten Tag", version=version))
    assert caught.value.parameters == {"number": "A-2026-0001", "name": "Katrin Velden"}
    assert len(open_ticket(work, ticket).messages) == 1


def test_undo_puts_back_what_was_and_says_so(work: Work) -> None:
    ticket = call(work)
    before = open_ticket(work, ticket).row
    steps = [
        tickets.set_priority(work, SetPriority(ticket, Priority.URGENT, "Messe morgen")),
        tickets.set_impact(work, SetImpact(ticket, Impact.COMPANY, Urgency.BLOCKED)),
        tickets.set_category(work, SetCategory(ticket, "email")),
        tickets.set_level(work, SetLevel(ticket, Level.SECOND)),
        tickets.assign(work, Assign(ticket, work.actor.id)),
        tickets.wait(work, Wait(ticket, WaitingReason.DELIVERY, work.clock() + timedelta(days=2))),
        tickets.solve(work, Solve(ticket)),
        tickets.close(work, Close(ticket)),
        tickets.reopen(work, Reopen(ticket, "Doch nicht")),
        tickets.log_time(work, LogTime(ticket, 5)),
    ]
    last = steps[-1]
    for number, one in enumerate(reversed(steps)):
        assert one.undo is not None
        assert load_texts("de").render(one.undo.label) != one.undo.label.code
        if number == 0:
            last = one.undo.run(work)
    assert last.undo is not None
    with pytest.raises(AppError, match=r"ticket\.conflict"):
        steps[0].undo.run(work)
    assert kinds(work, ticket)[-1] == "undone"
    assert before.state_type is StateType.NEW


def test_each_undo_alone_restores_the_row(work: Work) -> None:
    ticket = call(work)
    for change in (
        lambda: tickets.set_priority(work, SetPriority(ticket, Priority.URGENT, "Messe")),
        lambda: tickets.assign(work, Assign(ticket, work.actor.id)),
        lambda: tickets.wait(work, Wait(ticket, WaitingReason.PARTNER, work.clock() + timedelta(days=2))),
        lambda: tickets.solve(work, Solve(ticket)),
        lambda: tickets.close(work, Close(ticket)),
    ):
        before = open_ticket(work, ticket).row
        done = change()
        assert done.undo is not None
        after = done.undo.run(work).result
        assert (after.state_type, after.priority, after.due_at, after.wake_at, after.assignee_name) == (
            before.state_type,
            before.priority,
            before.due_at,
            before.wake_at,
            before.assignee_name,
        )


def test_a_waiting_ticket_comes_back_and_its_clock_stood(desk: Desk) -> None:
    work = desk.work
    ticket = call(work)
    due = open_ticket(work, ticket).row.due_at
    wake_at = work.clock() + timedelta(days=1)
    row = tickets.wait(work, Wait(ticket, WaitingReason.ANSWER, wake_at)).result
    assert (row.state_type, row.wake_at) == (StateType.WAITING, wake_at)
    assert tickets.wake_due(work).result == 0
    desk.clock.forward(days=1, minutes=1)
    assert tickets.wake_due(work).result == 1
    page = open_ticket(work, ticket)
    assert page.row.state_type is StateType.OPEN
    assert page.row.has_news
    assert due is not None
    assert page.row.due_at is not None
    assert page.row.due_at > due
    with pytest.raises(AppError, match=r"ticket\.wake_date"):
        tickets.wait(work, Wait(ticket, WaitingReason.ANSWER, work.clock() - timedelta(hours=1)))


def test_a_reply_answers_assigns_and_waits(work: Work) -> None:
    ticket = call(work)
    files = (NewAttachment("plan.pdf", b"%PDF"),)
    tickets.save_draft(work, SaveDraft(ticket, "Guten"))
    assert open_ticket(work, ticket).reply_draft == "Guten"
    row = tickets.reply(work, Reply(ticket, "Guten Tag", files, after=StateType.WAITING)).result
    page = open_ticket(work, ticket)
    assert (row.state_type, row.assignee_name, page.reply_draft) == (StateType.WAITING, "Katrin Velden", "")
    assert page.messages[1].attachments[0].name == "plan.pdf"
    assert page.messages[1].delivery == ""
    assert page.waiting_reason is WaitingReason.ANSWER
    with pytest.raises(AppError, match=r"message\.empty"):
        tickets.add_note(work, AddNote(ticket, "  "))


def test_illegal_ways_are_refused_whole(work: Work) -> None:
    ticket = call(work)
    tickets.close(work, Close(ticket))
    for attempt in (
        lambda: tickets.solve(work, Solve(ticket, "zu spät")),
        lambda: tickets.resume(work, Resume(ticket)),
        lambda: tickets.reply(work, Reply(ticket, "zu spät", after=StateType.SOLVED)),
    ):
        with pytest.raises(AppError, match=r"ticket\.transition"):
            attempt()
    assert len(open_ticket(work, ticket).messages) == 1


def test_the_views_hold_what_they_say(desk: Desk) -> None:
    work = desk.work
    ids = [call(work, f"Ticket {number}") for number in range(6)]
    tickets.assign(work, Assign(ids[0], work.actor.id))
    tickets.set_level(work, SetLevel(ids[1], Level.THIRD))
    tickets.wait(work, Wait(ids[2], WaitingReason.ANSWER, work.clock() + timedelta(days=90)))
    tickets.solve(work, Solve(ids[3]))
    desk.clock.forward(days=30)
    found = {view.id: {one.id for one in list_tickets(work, view.id).rows} for view in VIEWS}
    assert found["mine"] == {ids[0]}
    assert found["inbox"] == {ids[1], ids[4], ids[5]}
    assert found["unassigned"] == {ids[1], ids[2], ids[4], ids[5]}
    assert found["overdue"] == {ids[0], ids[1], ids[4], ids[5]}
    assert found["waiting"] == {ids[2]}
    assert found["handed_over"] == {ids[1]}
    assert found["done"] == {ids[3]}
    assert {one.id: one.number for one in count_views(work)} == {
        view: len(found[view]) for view in found if view != "done"
    }
    for view in (*found, "active", "all"):
        assert list_tickets(work, view).total == len(list_tickets(work, view).rows)


def test_pages_follow_each_other_without_gap_or_double(work: Work) -> None:
    ids = {call(work, f"Ticket {number}") for number in range(23)}
    for view in ("unassigned", "all", "active"):
        seen: list[str] = []
        after = None
        while True:
            page = list_tickets(work, view, after=after, limit=5)
            seen += [one.id for one in page.rows]
            assert page.total == 23
            after = page.next
            if after is None:
                break
        assert len(seen) == 23
        assert set(seen) == ids
    with pytest.raises(AppError, match=r"view\.cursor"):
        list_tickets(work, "all", after="x")
    with pytest.raises(AppError, match=r"view\.unknown"):
        list_tickets(work, "none")


def test_looking_takes_the_news_without_a_conflict(work: Work) -> None:
    ticket = call(work)
    before = open_ticket(work, ticket).version
    assert not tickets.mark_seen(work, MarkSeen(ticket)).changes.items
    assert open_ticket(work, ticket).version == before


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_code_of_a_ticket_has_words(language: str) -> None:
    texts = load_texts(language)
    families = {
        "event": [kind for kind in EVENT_KINDS if kind != "undone"],
        "state": [one.value for one in StateType],
        "category": CATEGORIES,
        "priority": [one.code for one in Priority],
        "view": [one.id for one in VIEWS],
        "level": [int(one) for one in Level],
        "channel": [one.value for one in Channel],
        "urgency": [one.value for one in Urgency],
        "impact": [one.value for one in Impact],
        "waiting": [one.value for one in WaitingReason],
        "kind": [one.value for one in Kind],
        "intake": ["unapproved", "waiting_room_full", "no_request"],
        "check": ["database", "search", "audit", "attachments", "settings"],
    }
    missing = [f"{area}.{one}" for area, ones in families.items() for one in ones if not texts.has(f"{area}.{one}")]
    assert not missing


def test_the_history_reads_as_sentences(work: Work) -> None:
    ticket = call(work)
    tickets.set_priority(work, SetPriority(ticket, Priority.URGENT, "Messe morgen"))
    done = tickets.assign(work, Assign(ticket, work.actor.id))
    assert done.undo is not None
    done.undo.run(work)
    texts = load_texts("de")
    said = [event_text(texts, one.kind, one.detail) for one in open_ticket(work, ticket).events]
    assert said == [
        "Angelegt (Telefon), Priorität Normal",
        "Priorität: Dringend – Messe morgen",
        "Zugewiesen an Katrin Velden",
        "Zurückgenommen: Zuweisung",
    ]


def test_words_and_database_agree_on_the_views(work: Work) -> None:
    made = [call(work) for _ in range(6)]
    tickets.assign(work, Assign(made[1], work.actor.id))
    tickets.solve(work, Solve(made[2]))
    tickets.reply(work, Reply(made[3], "Ich melde mich."))
    tickets.wait(work, Wait(made[4], WaitingReason.ANSWER, work.clock() + timedelta(days=2)))
    tickets.set_level(work, SetLevel(made[5], Level.SECOND))
    for view in (one.id for one in VIEWS):
        listed = {one.id for one in list_tickets(work, view).rows}
        pages = [open_ticket(work, one) for one in made]
        said = {
            one.row.id
            for one in pages
            if view in fitting_views(one.row, is_mine=one.assignee_id == work.actor.id, now=work.clock())
        }
        assert said == listed, view


def test_a_sent_reply_stays_the_first_one_when_solving_is_taken_back(work: Work) -> None:
    ticket = tickets.create_ticket(work, CreateTicket("Monitor bleibt schwarz")).result.number
    done = tickets.solve(work, Solve(ticket, text="Kabel saß lose."))
    assert done.undo is not None
    assert done.undo.run(work).result.state_type is StateType.NEW
    with work.store.reading() as connection:
        query = "SELECT first_reply_at, solved_at FROM tickets WHERE number = :number"
        ((replied, solved),) = fetch(connection, query, {"number": ticket})
    assert replied
    assert solved is None


def test_looking_for_tickets_to_wake_waits_for_nobody(work: Work) -> None:
    with work.store.writing():
        assert tickets.wake_due(work).result == 0
        assert count_views(work)


def test_a_reply_cannot_let_a_ticket_rest_until_yesterday(work: Work) -> None:
    ticket = call(work)
    yesterday = work.clock() - timedelta(days=1)
    with pytest.raises(AppError, match=r"ticket\.wake_date"):
        tickets.reply(work, Reply(ticket, "Melden Sie sich", after=StateType.WAITING, wake_at=yesterday))
    page = open_ticket(work, ticket)
    assert [one.kind for one in page.messages] == ["request"]
    assert page.row.state_type is StateType.NEW


@pytest.mark.parametrize("second", ["Ayşe Özdemir", "ayşe özdemir", "AYŞE ÖZDEMIR", " Ayşe  Özdemir "])
def test_a_name_with_an_umlaut_stays_one_person(work: Work, second: str) -> None:
    for name in ("Ayşe Özdemir", second):
        call(work, person_name=name)
    (person,) = list_people(work)
    assert person.open_tickets == 2
    assert show_person(work, person.id) == person


@pytest.mark.parametrize("wanted", ["A-2026-\ud800", "\0", "x" * 100_000, ""])
def test_no_number_does_harm(work: Work, wanted: str) -> None:
    with pytest.raises(AppError, match=r"ticket\.unknown"):
        open_ticket(work, wanted)


@pytest.mark.parametrize("after", ["x", "2026|", f"2026|{9**40}", "\ud800|1"])
def test_a_foreign_cursor_is_refused(work: Work, after: str) -> None:
    with pytest.raises(AppError, match=r"view\.cursor"):
        list_tickets(work, "mine", after=after)
