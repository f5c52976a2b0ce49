"""Every word is found however it is typed, and nothing typed does harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base.errors import AppError
from desktop.domain.commands import AddNote, CreateTicket, NewAttachment, SetTitle
from desktop.domain.folding import folded_words
from desktop.domain.highlighting import END, START, highlighted
from desktop.services import people, tickets
from desktop.services.lists import list_tickets
from desktop.services.people import SavePerson
from desktop.services.search import search

if TYPE_CHECKING:
    from desktop.services.work import Work

TEXT = "Der Etikettendrucker im Versand hat seit der Prüfung auf der Straße Größe A4 verloren, Déjà-vu"


@pytest.fixture
def number(work: Work) -> str:
    """Return the number of a ticket with German words in its conversation."""
    tickets.create_ticket(work, CreateTicket("Bildschirm flackert", "Nichts weiter"))
    files = (NewAttachment("Lieferschein_März.pdf", b"x"),)
    command = CreateTicket("Zugriff fehlt", TEXT, person_name="Jürgen Weiß", attachments=files)
    return tickets.create_ticket(work, command).result.number


@pytest.mark.parametrize(
    "query",
    [
        "prüfung", "Pruefung", "PRUFUNG", "prüf", "strasse", "Straße", "stras", "größe", "groesse", "grosse",
        "drucker", "etikett", "DRUCKER versand", "deja", "déjà", "weiss", "Weiß", "jurgen", "lieferschein", "marz",
        "A-2026-0002", "2026-0002", "0002", "zugriff prüfung weiß", "2",
    ],
)  # fmt: skip
def test_a_word_is_found_in_every_spelling(work: Work, number: str, query: str) -> None:
    assert number in [one.number for one in list_tickets(work, "all", query=query).rows]
    assert number in [one.id for one in search(work, query, where="tickets").hits]


@pytest.mark.parametrize("query", ["drucker bildschirm", "prüfungen", "xyz", "straßenbahn", '"', "***", "", "-"])
def test_other_words_do_not_find_it(work: Work, number: str, query: str) -> None:
    assert number not in [one.id for one in search(work, query).hits]


@pytest.mark.parametrize(
    "query",
    ['"', "a OR b", "NEAR(a b, 3)", "head: x", "a*", "^a", "(", "')--", "\0", "a\0b", "x" * 1_000_000, "{a b}: c",
     "-a", "a AND", "ß" * 5000, "\ud800", "💥 🖨", "ａｂ", "%_", "\x01\x02"],
)  # fmt: skip
def test_hostile_queries_are_only_words(work: Work, number: str, query: str) -> None:
    found = search(work, query, where="tickets")
    assert {one.id for one in found.hits} <= {one.number for one in list_tickets(work, "all").rows}
    assert len(list_tickets(work, "all", query=query).rows) <= list_tickets(work, "all").total
    assert number in [one.id for one in search(work, number).hits]


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_may_be_searched(work: Work, query: str) -> None:
    assert not search(work, query).hits, "nothing is kept yet"


def test_new_words_are_found_at_once(work: Work, number: str) -> None:
    tickets.add_note(work, AddNote(number, "Treiber von Zebra"))
    tickets.set_title(work, SetTitle(number, "Rollenhalter klemmt"))
    for query in ("zebra", "halter", "zebra prüfung"):
        assert [one.id for one in search(work, query, where="tickets").hits] == [number]
    person = people.list_people(work, "weiß")[0]
    people.save_person(work, SavePerson("Jürgen Schwarz", id=person.id))
    assert search(work, "schwarz", where="tickets").total == 1
    assert search(work, "weiss", where="tickets").total == 0


def test_many_words_that_begin_alike_hide_neither_rare_nor_new_ones(work: Work) -> None:
    for first in range(0, 150, 50):
        endings = " ".join(f"druckerfehler{number}x" for number in range(first, first + 50))
        tickets.create_ticket(work, CreateTicket("Sammlung", endings))
    rare = tickets.create_ticket(work, CreateTicket("Anderes", "druckerfehler75x")).result.number
    inside = tickets.create_ticket(work, CreateTicket("Etikettendruckerfehler", "")).result.number
    found = [one.id for one in search(work, "druckerfehler", where="tickets").hits]
    assert len(found) == 5
    assert found[0] == inside
    assert rare in found
    assert search(work, "druckerfehler sammlung", where="tickets").total == 3


def test_the_context_shows_the_hit_far_behind(work: Work) -> None:
    text = "Nichts davon. " * 60 + "Ein ä, dann steht die Prüfung hier. " + "Danach nichts mehr. " * 60
    tickets.create_ticket(work, CreateTicket("Lang", text))
    for query in ("pruefung", "prüfung"):
        (hit,) = search(work, query, where="tickets").hits
        assert f"{START}Prüfung{END}" in hit.context
        assert hit.context.startswith("…")
        assert len(hit.context) < 200


def test_titles_come_before_conversations_and_new_before_old(work: Work) -> None:
    made = [
        tickets.create_ticket(work, CreateTicket(title, text)).result.number
        for title, text in (("Drucker alt", ""), ("Anderes", "mit Drucker"), ("Drucker neu", ""), ("Mehr", "Drucker"))
    ]
    assert [one.id for one in search(work, "drucker", where="tickets").hits] == [made[2], made[0], made[3], made[1]]


def test_people_are_found_with_their_tickets(work: Work, number: str) -> None:
    assert [one.kind for one in search(work, "jürgen").hits] == ["person", "ticket"]
    with pytest.raises(AppError, match=r"search\.place"):
        search(work, "x", where="nowhere")
    assert number


def test_hits_are_marked_without_markup() -> None:
    found = highlighted("Die Prüfung <b>der</b> Etikettendrucker", ["pruef", "drucker"])
    assert found == f"Die {START}Prüfung{END} <b>der</b> {START}Etikettendrucker{END}"
    assert highlighted(f"{START}böse{END}", ["x"]) == "böse"


@given(st.text(max_size=300), st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_marking_keeps_the_text(text: str, query: str) -> None:
    found = highlighted(text, folded_words(query))
    assert found.count(START) == found.count(END)
