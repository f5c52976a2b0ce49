"""What the checklists achieve, printed for people and for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.base.clock import utc_now
from desktop.base.ids import new_id
from desktop.base.paths import Home, resources
from desktop.domain.commands import CreateTicket
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.run import to_document
from desktop.services.tickets import create_ticket
from desktop.services.wizard_runs import SaveRun, save_run
from desktop.services.work import open_work
from tests.cli.desk.conftest import Runner
from tests.services.checklist_walks import HELP, walk


@pytest.fixture
def used(company: Runner, tmp_path: Path) -> Runner:
    """Return the runner on a company in which disk-full solved two of three faults."""
    wizards = load_library(resources() / "wizards").wizards
    work = open_work(Home.under(tmp_path / "home"))
    number = create_ticket(work, CreateTicket("Platte voll", "Voll")).result.number
    for said in ("fixed", "fixed", HELP):
        run = walk(
            wizards,
            "disk-full",
            new_id(),
            utc_now(),
            {"a_bin": "failed", "i_bin": "failed", "i_temporary": said},
            findings=("disk.low",),
        )
        save_run(work, SaveRun(number, to_document(run)))
    work.store.close()
    return company


def test_nothing_used_is_said_and_ends_with_one(company: Runner) -> None:
    done = company("wizard", "figures")
    assert (done.code, done.out.strip()) == (1, "In diesem Zeitraum hat niemand eine Checkliste benutzt.")
    assert company("wizard", "figures", "gibt-es-nicht").code == 4


def test_figures_of_all_and_of_one_with_its_steps(used: Runner) -> None:
    found = used("wizard", "figures", "--json").json
    (wizard,) = found["wizards"]
    assert (wizard["id"], wizard["runs"], wizard["resolved"], wizard["handed_over"]) == ("disk-full", 3, 2, 1)
    assert round(found["solve_rate"], 2) == 0.67
    steps = {one["id"]: one for one in wizard["steps"]}
    assert (steps["i_temporary"]["helped"], steps["i_temporary"]["dropped"]) == (2, 1)
    assert "67 %" in used("wizard", "figures").out.replace("\N{NO-BREAK SPACE}", " ")
    assert "Besucht" in used("wizard", "figures", "disk-full").out


def test_an_earlier_day_is_not_counted(used: Runner) -> None:
    assert used("wizard", "figures", "disk-full", "--days", "1").code == 0
    assert used("wizard", "figures", "printer-no-print").code == 1
