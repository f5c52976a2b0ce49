"""The hand-over on the screen: gaps, entries, the reason, the pages, partners, and a whole one by keyboard alone."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.texts import load_texts
from desktop.domain.commands import CreateTicket
from desktop.domain.handover import Handover, HandoverField, Order, PassOn
from desktop.domain.partner import AddPartner
from desktop.domain.ticket import Level, StateType
from desktop.services import tickets
from desktop.services.handover import collect_handover
from desktop.services.lists import open_ticket
from desktop.services.partners import add_partner, list_partners
from desktop.services.work import Work
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.handover_dialog import HandoverDialog
from desktop.ui.desk.handover_flow import HandoverFlow
from desktop.ui.desk.handover_sheet import make_sheet
from desktop.ui.desk.partner_dialog import PartnerDialog
from desktop.ui.desk.questions import Question

HOSTILE = "<img src='//evil/x'><table>" + "\u202e" + "\ufdd0\ufdd1\ufffc" + "<b>fett</b> " + "x" * 2_000_000


@pytest.fixture
def handover(work: Work) -> Handover:
    """Return a hand-over to a vendor that lacks device, steps, contact and serial number."""
    add_partner(work, AddPartner("Sommerfeldt", Level.THIRD, topics="Etiketten"))
    made = tickets.create_ticket(work, CreateTicket("Drucker druckt leer", "Seit heute.", person_name="Sabine Oswald"))
    return collect_handover(work, made.result.number, "Sommerfeldt", Order())


@pytest.fixture
def dialog(qtbot: QtBot, look: Look, work: Work, handover: Handover, tmp_path: Path) -> HandoverDialog:
    """Return the open dialog; it writes to `tmp_path` without asking."""
    made = HandoverDialog(look, handover, list_partners(work), choose_folder=lambda: tmp_path / "out")
    qtbot.addWidget(made, before_close_func=lambda one: one.done(0))  # closing asks about what was typed
    made.resize(1000, 700)
    made.show()
    return made


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_with_gaps_it_cannot_be_sent_without_a_reason(dialog: HandoverDialog, qtbot: QtBot, type_in: Any) -> None:
    assert not dialog.pass_on.isEnabled()
    dialog.anyway.click()
    assert dialog.reason.edit.hasFocus()
    type_in(dialog.reason.edit, "Kein PC daran")
    qtbot.waitUntil(dialog.pass_on.isEnabled)
    with qtbot.waitSignal(dialog.pass_on_wanted) as sent:
        dialog.pass_on.click()
    command, carried, pdf = sent.args
    assert isinstance(command, PassOn)
    assert carried.order.reason == "Kein PC daran"
    assert "Kein PC daran" in text_of(pdf)


def test_entries_close_the_gaps_one_by_one(dialog: HandoverDialog, qtbot: QtBot, type_in: Any) -> None:
    type_in(dialog.task.edit, "Bitte tauschen")
    for field in (HandoverField.DEVICE, HandoverField.STEPS, HandoverField.CONTACT, HandoverField.SERIAL):
        line = dialog.checks.line(field)
        line.enter.click()
        type_in(line.edit, "von Hand")
        qtbot.keyClick(line.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.pass_on.isEnabled)
    assert dialog.anyway.isHidden()
    assert dialog.handover.order.entries[HandoverField.SERIAL] == "von Hand"
    assert dialog.handover.order.task == "Bitte tauschen"


def test_the_pages_follow_the_language(dialog: HandoverDialog) -> None:
    dialog.preview.language_chosen.emit("en")
    assert dialog.windowTitle().startswith("A-")
    pdf = make_sheet(dialog.handover, load_texts("en")).to_pdf("x")
    assert "Hand-over A-" in text_of(pdf)
    assert "Serial number: missing" in text_of(pdf)


def test_hostile_text_stays_text_and_the_pages_stay_few(handover: Handover) -> None:
    first = replace(handover.page.messages[0], text=HOSTILE)
    spoiled = replace(handover, page=replace(handover.page, messages=(first,)))
    sheet = make_sheet(spoiled, load_texts("de"))
    said = text_of(sheet.to_pdf(HOSTILE[:200]))
    assert "<img src='//evil/x'><table>" in said
    assert "<b>fett</b>" in said
    assert "\u202e" not in said
    assert 1 < sheet.pages < 20
    assert not sheet.page_image(0, 400).isNull()


def test_the_pdf_carries_its_font(handover: Handover) -> None:
    pdf = make_sheet(handover, load_texts("de")).to_pdf("x")
    assert b"Inter" in pdf
    assert b"/FontFile2" in pdf


def test_everything_has_a_name_for_screen_readers(dialog: HandoverDialog) -> None:
    nameless = [one for one in dialog.findChildren(QAbstractButton) if one.isVisible() and not one.accessibleName()]
    assert not nameless


def test_a_whole_one_from_the_flow_to_the_store(
    qtbot: QtBot, context: DeskContext, work: Work, handover: Handover, tmp_path: Path, type_in: Any
) -> None:
    window, shown = QWidget(), list[Path]()
    qtbot.addWidget(window)
    window.show()
    flow = HandoverFlow(context, window, handover.page.row.id, show_folder=shown.append)
    flow.start()
    qtbot.waitUntil(lambda: flow.dialog is not None)
    dialog = flow.dialog
    assert dialog is not None
    dialog._choose_folder = lambda: tmp_path / "out"
    dialog.anyway.click()
    type_in(dialog.reason.edit, "eilt")
    dialog.pass_on.click()
    qtbot.waitUntil(lambda: bool(shown))
    row = open_ticket(work, handover.page.row.id).row
    assert (row.level, row.state_type) == (Level.THIRD, StateType.WAITING)
    assert {one.suffix for one in shown[0].iterdir()} == {".pdf", ".json"}


def test_without_partners_the_first_one_is_asked_for(
    qtbot: QtBot, context: DeskContext, work: Work, type_in: Any
) -> None:
    number = tickets.create_ticket(work, CreateTicket("Drucker", "leer")).result.id
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    flow = HandoverFlow(context, window, number)
    flow.start()
    qtbot.waitUntil(lambda: bool(window.findChildren(PartnerDialog)))
    asked = window.findChildren(PartnerDialog)[0]
    asked.add.click()
    assert asked.name.error
    type_in(asked.name.edit, "Händler")
    asked.add.click()
    qtbot.waitUntil(lambda: flow.dialog is not None)
    assert [one.name for one in list_partners(work)] == ["Händler"]
    assert flow.dialog is not None
    flow.dialog.reject()


@pytest.mark.parametrize("is_yes", [True, False])
def test_esc_asks_before_what_was_written_is_thrown_away(
    dialog: HandoverDialog,
    qtbot: QtBot,
    is_yes: bool,
) -> None:
    def answer() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, Question)
        (question.yes if is_yes else question.no).click()

    dialog.task.set_text("Bitte die Walze tauschen, sie quietscht seit Montag.")
    QTimer.singleShot(50, answer)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() is not is_yes


def test_what_is_on_its_way_is_passed_on_once(dialog: HandoverDialog, qtbot: QtBot) -> None:
    """A letter typed while the package is written does not open the button again."""
    dialog._on_anyway()
    dialog.reason.set_text("Der Rest folgt.")
    dialog.redraw()
    wanted: list[object] = []
    dialog.pass_on_wanted.connect(lambda *given: wanted.append(given))
    dialog.pass_on.click()
    dialog.redraw()
    dialog.pass_on.click()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(wanted) == 1
    assert dialog.isVisible()


def test_nothing_is_cut_off_on_a_small_screen(
    dialog: HandoverDialog, qtbot: QtBot, qapp: QApplication, look: Look
) -> None:
    """The pages give way; every button of the form stays in reach."""
    look.theme.apply(qapp, "light", 100)
    dialog.partner.set_value(dialog.partner.value, "Etikettentechnik Sommerfeldt und Söhne")
    dialog.resize(800, 560)

    def are_in_reach() -> bool:
        shown = [dialog.add, *(line.enter for line in dialog.checks._lines.values() if line.enter.isVisible())]
        area = next(area for area in dialog.findChildren(QScrollArea) if area.isAncestorOf(dialog.add))
        room = area.viewport().width()
        return all(one.mapTo(area, one.rect().bottomRight()).x() <= room for one in shown)

    qtbot.waitUntil(are_in_reach)
