"""The picture of a wizard: the keyboard follows its lines, faults are marked, and a redraw keeps the place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import resources
from desktop.domain.wizard import editing
from desktop.domain.wizard.definition import Kind, Wizard, Wording
from desktop.domain.wizard.reader import read_wizard
from desktop.domain.wizard.validator import check
from desktop.ui.common.look import Look
from desktop.ui.desk.wizards.graph_view import GraphView


@pytest.fixture
def wizard() -> Wizard:
    return read_wizard((resources() / "wizards" / "printer-no-print.toml").read_bytes())


@pytest.fixture
def view(qtbot: QtBot, look: Look, wizard: Wizard) -> GraphView:
    made = GraphView(look, wizard, check(wizard))
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.canvas.setFocus()
    return made


def press(view: GraphView, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(view.canvas, key)


def test_arrows_follow_the_lines_and_enter_opens(qtbot: QtBot, view: GraphView, wizard: Wizard) -> None:
    assert view.step == "c_spooler"
    chosen: list[str] = []
    view.chosen.connect(chosen.append)
    for _ in range(3):
        before = view.step
        press(view, Qt.Key.Key_Down)
        assert view.step in wizard.steps[before].go.values()
    below = view.step
    press(view, Qt.Key.Key_Up)
    assert below in wizard.steps[view.step].go.values()
    row = view.canvas.graph.row_of(view.step)
    press(view, *[Qt.Key.Key_Right] * 9)
    assert view.step == row[-1]
    press(view, *[Qt.Key.Key_Left] * 9)
    assert view.step == row[0]
    press(view, Qt.Key.Key_Home)
    assert view.step == "c_spooler"
    assert chosen[-1] == "c_spooler"
    with qtbot.waitSignal(view.opened) as opened:
        press(view, Qt.Key.Key_Return)
    assert opened.args == ["c_spooler"]


def test_what_is_chosen_stands_in_view_and_in_words(view: GraphView, wizard: Wizard) -> None:
    view.choose("o_supplies")
    card = view.canvas.graph.cards["o_supplies"]
    visible = view.canvas.mapToScene(view.canvas.viewport().rect()).boundingRect()
    assert visible.contains(card.sceneBoundingRect())
    view.choose("q_result")
    said = view.canvas.accessibleDescription()
    assert "Frage: Wird jetzt gedruckt?" in said
    assert "Ja: weiter mit „Es druckt wieder“." in said
    strong = {key for key, line in view.canvas.graph.lines.items() if line.is_strong}
    assert strong == {("q_result", "o_ok"), ("q_result", "q_scope")}


def test_a_click_chooses_and_a_double_click_opens(qtbot: QtBot, view: GraphView) -> None:
    card = view.canvas.graph.cards["a_spooler"]
    view.choose("a_spooler")
    view.choose("c_spooler")
    place = view.canvas.mapFromScene(card.sceneBoundingRect().center())
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["a_spooler"]
    with qtbot.waitSignal(view.opened):
        QTest.mouseDClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.assertNotEmitted(view.chosen):
        QTest.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))


def test_faults_are_marked_and_said(view: GraphView, wizard: Wizard) -> None:
    broken = editing.set_target(wizard, "q_result", "yes", "")
    broken = editing.add_step(broken, "i_more", Kind.INSTRUCTION, after="c_paper")
    view.show_wizard(broken, check(broken))
    view.choose("q_result")
    cards = view.canvas.graph.cards
    assert cards["q_result"].words.mark == "error"
    assert cards["c_paused"].words.mark == ""
    said = view.canvas.accessibleDescription()
    assert "Ja: führt noch nirgends hin." in said
    assert cards["i_more"].words.title == "(noch ohne Text)"


def test_a_redraw_keeps_the_step_and_one_that_went_gives_way_to_the_start(view: GraphView, wizard: Wizard) -> None:
    view.choose("q_result")
    view.canvas.zoom(-2)
    scale = view.canvas.scale_now
    view.show_wizard(replace(wizard, title=Wording("Neu", "New")), ())
    assert view.step == "q_result"
    assert view.canvas.scale_now == scale
    view.show_wizard(editing.remove_step(wizard, "q_result"), ())
    assert view.step == "c_spooler"
    view.show_wizard(replace(wizard, steps={}), ())
    assert view.step == ""
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Home)
    assert view.canvas.accessibleDescription() == ""


def test_it_grows_shrinks_and_fits(view: GraphView) -> None:
    press(view, Qt.Key.Key_Plus)
    assert view.canvas.scale_now == 1.25
    press(view, *[Qt.Key.Key_Minus] * 20)
    assert view.canvas.scale_now == 0.3
    press(view, Qt.Key.Key_0)
    assert 0.3 <= view.canvas.scale_now <= 1.0


def test_another_scheme_and_size_draw_it_anew(view: GraphView, look: Look, qapp: QApplication) -> None:
    width = view.canvas.sceneRect().width()
    look.theme.apply(qapp, "dark", 150)
    assert view.canvas.sceneRect().width() > width
    assert not view.grab().isNull()
    look.theme.apply(qapp, "light", 100)
