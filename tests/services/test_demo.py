"""The demo company: complete, sound, and the same again for the same seed and day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.diagnostics.rules import load_rules
from desktop.domain.wizard.ticks import progress, readable_lists
from desktop.services.check import check
from desktop.services.demo import fill_demo
from desktop.services.demo_machines import TROUBLES
from desktop.services.demo_stories import STORIES, Past
from desktop.services.lists import list_tickets, open_ticket
from desktop.services.technicians import add_technician
from desktop.services.wizard_figures import read_figures
from desktop.services.wizard_library import read_library
from desktop.services.work import Work, open_work
from tests.diagnostics.schema_check import faults

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def made(root: Path) -> Work:
    first = open_work(Home.under(root), lambda: NOW)
    add_technician(first, "Katrin Velden")
    first.store.close()
    work = open_work(Home.under(root), lambda: NOW)
    fill_demo(work)
    return work


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    """Return a filled company, for reading only."""
    work = made(tmp_path_factory.mktemp("demo"))
    yield work
    work.store.close()


def content(work: Work) -> list[tuple[object, ...]]:
    query = "SELECT number, title, state_type, priority, level, created_at, rating, minutes FROM tickets ORDER BY seq"
    with work.store.reading() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_it_is_as_large_as_announced_and_sound(demo: Work) -> None:
    with demo.store.reading() as connection:
        counts = {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in ("people", "devices", "tickets", "partners")
        }
    assert counts == {"people": 40, "devices": 43, "tickets": 300, "partners": 4}
    report = check(demo, Home.under(demo.store.path.parent.parent))
    assert report.ok, report


def test_every_view_has_something_to_show(demo: Work) -> None:
    for view in ("inbox", "mine", "waiting", "handed_over", "done"):
        assert list_tickets(demo, view, limit=1).rows, view
    with demo.store.reading() as connection:
        for table in ("snapshots", "findings", "wizard_runs", "messages", "events"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() > 20, table


def test_the_example_everybody_knows_is_there(demo: Work) -> None:
    rows = list_tickets(demo, "active", query="Etikettendrucker").rows
    page = open_ticket(demo, next(one.number for one in rows if one.person_name == "Sabine Oswald"))
    assert page.row.device_name == "AHB-PC-014"
    assert page.person is not None
    assert page.person.phone == "214"
    assert page.snapshot is not None
    assert "disk.low" in {one.id for one in page.snapshot.findings if one.state.value == "present"}


def test_one_list_of_ticks_is_half_done(demo: Work) -> None:
    with demo.store.reading() as connection:
        query = "SELECT ticket_id FROM wizard_runs WHERE mode = 'do-confirm' AND blocks = 1"
        (ticket,) = connection.execute(text(query)).scalars().all()
    page = open_ticket(demo, ticket)
    (ticks,) = readable_lists(one.document for one in page.runs)
    assert page.row.state_type.is_active
    assert 4 < progress(ticks).done < progress(ticks).total
    assert ticks.notes


def test_its_checklists_have_something_to_tell(demo: Work) -> None:
    """A first look at the figures shows rates and an order that would help sooner."""
    found = read_figures(demo, read_library(demo).wizards)
    assert 0.5 < (found.solve_rate or 0) < 1
    assert [one.wizard for one in found.proposals] == ["disk-full"]
    assert sum(one.runs for one in found.wizards.values()) >= 90


@pytest.mark.parametrize("place", [1, *STORIES])
def test_invented_diagnoses_have_the_probes_own_form(place: int) -> None:
    """Whatever reads a diagnosis meets in the demo what a collector would send."""
    schema = json.loads((Path(__file__).parents[2] / "docs/snapshot.schema.json").read_text(encoding="utf-8"))
    rules, past = load_rules(), Past(f"PC-{place}", place, NOW)
    for at in past.moments():
        for trouble in TROUBLES:
            document = past.snapshot(at, rules, trouble=trouble).to_document()
            assert list(faults(document, schema)) == []


@pytest.mark.parametrize("trouble", [one for one in TROUBLES if one])
def test_what_is_made_wrong_is_found(trouble: str) -> None:
    past = Past("PC-1", 1, NOW)
    found = past.snapshot(past.moments()[-1], load_rules(), trouble=trouble)
    assert trouble in [one.id for one in found.present]


def test_nothing_lies_in_the_future_and_nothing_waits_to_be_sent(demo: Work) -> None:
    with demo.store.reading() as connection:
        late = connection.execute(text("SELECT count(*) FROM events WHERE at > '2026-11-23T09:00:01'")).scalar_one()
        waiting = connection.execute(text("SELECT count(*) FROM outbox WHERE acknowledged_at IS NULL")).scalar_one()
    assert (late, waiting) == (0, 0)


def test_the_same_day_gives_the_same_company(demo: Work, tmp_path: Path) -> None:
    other = made(tmp_path)
    try:
        assert content(other) == content(demo)
        with pytest.raises(AppError, match=r"demo\.not_empty"):
            fill_demo(other)
    finally:
        other.store.close()
