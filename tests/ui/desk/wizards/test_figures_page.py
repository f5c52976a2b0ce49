"""The figures on the screen: what was counted, the way to a ticket, and an order taken into a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.clock import utc_now
from desktop.base.ids import new_id
from desktop.base.paths import resources
from desktop.domain.commands import CreateTicket
from desktop.domain.wizard.definition import Audience, Wizard
from desktop.domain.wizard.library import load_library
from desktop.domain.wizard.reader import read_wizard
from desktop.domain.wizard.run import to_document
from desktop.services.own_wizards import open_wizard
from desktop.services.tickets import create_ticket
from desktop.services.wizard_runs import SaveRun, save_run
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.wizards.figures_page import FiguresPage
from tests.services.checklist_walks import HELP, walk


@pytest.fixture(scope="module")
def wizards() -> Mapping[str, Wizard]:
    return load_library(resources() / "wizards").wizards


def keep(work: Work, wizards: Mapping[str, Wizard], ticket: str, script: Mapping[str, str], **more: object) -> None:
    at = utc_now() - timedelta(hours=2)
    run = walk(wizards, "disk-full", new_id(), at, script, findings=("disk.low",), **more)  # type: ignore[arg-type]
    save_run(work, SaveRun(ticket, to_document(run)))


@pytest.fixture
def ticket(work: Work, wizards: Mapping[str, Wizard]) -> str:
    """Return a ticket with runs by which the cloud helps far more than what is tried before it."""
    number = create_ticket(work, CreateTicket("Platte voll", "Voll")).result.number
    for _ in range(10):
        some = {"i_bin": "failed", "i_temporary": "failed", "i_cloud": "fixed"}
        keep(work, wizards, number, some, seconds={"i_bin": 300.0, "i_temporary": 300.0})
    return number


@pytest.fixture
def page(qtbot: QtBot, context: DeskContext) -> FiguresPage:
    made = FiguresPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    return made


def said(root: QWidget) -> list[str]:
    return [one.text() for one in root.findChildren(QLabel) if one.isVisible()]


def button(root: QWidget, text: str) -> QAbstractButton:
    return next(one for one in root.findChildren(QAbstractButton) if one.text().strip() == text)


def test_an_empty_quarter_says_so(page: FiguresPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "niemand" in page.summary.text())
    assert not page.edit.isEnabled()
    assert "Nichts fällt auf." in said(page)


def test_figures_of_the_checklist_and_its_steps(ticket: str, page: FiguresPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.table.found.rowCount() == 1)
    assert page.summary.text() == "100 % der Störungen haben Checklisten gelöst, bei 10 Durchgängen."
    row = [page.table.found.index(0, place).data() for place in range(4)]
    assert row == ["Kein Speicherplatz mehr", "100 % von 10", "10", "10"]
    assert page.picked == "disk-full"
    steps = {page.steps.found.index(one, 0).data(): one for one in range(page.steps.found.rowCount())}
    bin_ = steps["Den Papierkorb leeren"]
    assert [page.steps.found.index(bin_, place).data() for place in (1, 2, 4)] == ["10", "5 min", "0 % von 10"]


def test_an_order_is_taken_into_a_draft(ticket: str, page: FiguresPage, work: Work, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.table.found.rowCount() == 1)
    wanted: list[str] = []
    page.wizard_wanted.connect(wanted.append)
    button(page, "Als Entwurf übernehmen").click()
    qtbot.waitUntil(lambda: wanted == ["disk-full"])
    kept = open_wizard(work, "disk-full")
    assert kept.draft is not None
    assert kept.published is None
    draft = read_wizard(kept.draft)
    assert draft.steps["i_cloud"].go["failed"] == "i_temporary"
    assert draft.steps["i_temporary"].go["failed"] == "i_downloads"


def test_a_lesson_leads_to_its_ticket(
    work: Work, wizards: Mapping[str, Wizard], page: FiguresPage, context: DeskContext, qtbot: QtBot
) -> None:
    number = create_ticket(work, CreateTicket("Platte voll", "Voll")).result.number
    keep(work, wizards, number, {"i_bin": HELP})
    keep(work, wizards, number, {"i_bin": "fixed"}, audience=Audience.TECHNICIAN)
    page.reload()
    qtbot.waitUntil(lambda: "Kein Speicherplatz mehr: Den Papierkorb leeren" in said(page))
    where: list[tuple[str, str]] = []
    context.bus.navigated.connect(lambda kind, id_: where.append((kind, id_)))
    button(page, number).click()
    assert where == [("ticket", number)]
