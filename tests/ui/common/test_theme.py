"""Switching colours and text size while windows are open; every control has its words."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.errors import AppError
from desktop.ui.common.avatar import initials
from desktop.ui.common.buttons import Button, ChoiceButton, IconButton
from desktop.ui.common.controls import SegmentedControl
from desktop.ui.common.errors import ErrorPanel
from desktop.ui.common.labels import ElidedLabel, plain_label
from desktop.ui.common.layouts import column
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import CheckBox, Switch
from desktop.ui.common.tokens import DARK, LIGHT


def test_a_switch_of_scheme_reaches_the_palette_and_tells_everybody(
    look: Look, qapp: QApplication, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(look.theme.changed):
        look.theme.apply(qapp, "dark", 100)
    window = qapp.palette().color(QPalette.ColorRole.Window).name().upper()
    assert window == DARK["win"]
    assert look.theme.is_dark
    assert LIGHT["win"] not in qapp.styleSheet()


def test_large_text_reaches_open_widgets(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    label = plain_label(look, "Text", size="title")
    qtbot.addWidget(label)
    look.theme.apply(qapp, "light", 150)
    assert label.font().pixelSize() == 30
    assert look.theme.font().pixelSize() == 20


def test_no_text_of_a_button_is_clipped(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    for size in (90, 100, 150):
        look.theme.apply(qapp, "light", size)
        button = Button(look, "Arbeitsplätze einladen", icon_name="laptop")
        qtbot.addWidget(button)
        assert button.sizeHint().width() > button.fontMetrics().horizontalAdvance(button.text()) + 16
        assert button.accessibleName() == "Arbeitsplätze einladen"


def test_controls_answer_to_keys_and_clicks(look: Look, qtbot: QtBot) -> None:
    host = QWidget()
    switch, box = Switch(look, "An"), CheckBox(look, "Auch")
    parts = SegmentedControl(look, "Art", [("a", "Eins", ""), ("b", "Zwei", "")])
    choice = ChoiceButton(look, "Status", [("x", "Neu"), ("y", "Offen")], value="x")
    host.setLayout(column(switch, box, parts, choice))
    qtbot.addWidget(host)
    switch.click()
    box.click()
    assert (switch.isChecked(), box.isChecked()) == (True, True)
    with qtbot.waitSignal(parts.chosen) as seen:
        parts.button("b").click()
    assert seen.args == ["b"]
    with qtbot.waitSignal(choice.chosen):
        choice.menu().actions()[1].trigger()
    assert choice.value == "y"
    assert choice.accessibleName() == "Status: Offen"
    assert IconButton(look, "x", "Schließen").toolTip() == "Schließen"


def test_a_fault_says_what_data_and_do_and_copies_its_detail(look: Look, qtbot: QtBot, qapp: QApplication) -> None:
    panel = ErrorPanel(look, AppError("ticket.transition", detail="open -> merged"))
    qtbot.addWidget(panel)
    panel._fold.click()
    panel._copy.click()
    assert qapp.clipboard().text() == "ticket.transition: open -> merged"
    assert "Status des Tickets" in panel.accessibleName()


def test_initials() -> None:
    assert [initials(one) for one in ("Katrin Velden", "Heike Brandt-Loos", "Cher", "", "<b>")] == [
        "KV", "HB", "C", "?", "?",
    ]  # fmt: skip


def test_a_long_title_ends_in_dots_and_keeps_its_whole_text(look: Look, qtbot: QtBot) -> None:
    label = ElidedLabel(look, "Ein sehr langer Titel " * 10)
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    qtbot.waitUntil(lambda: bool(label.toolTip()))
    assert label.text.startswith("Ein sehr")
