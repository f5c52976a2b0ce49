"""Buttons by keyboard, and names of foreign origin that stay letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QDialog
from pytestqt.qtbot import QtBot

from desktop.ui.common.buttons import Button, ChoiceButton, IconButton
from desktop.ui.common.layouts import column
from desktop.ui.common.look import Look
from desktop.ui.common.toggles import CheckBox, OptionCard
from desktop.ui.wizard.choice_card import ChoiceCard

KINDS: dict[str, Callable[[Look], QAbstractButton]] = {
    "button": lambda look: Button(look, "Anlegen"),
    "option": lambda look: OptionCard(look, "Drucker"),
    "choice": lambda look: ChoiceCard(look, "Ja"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_what_has_the_keyboard(qtbot: QtBot, look: Look, kind: str, key: Qt.Key) -> None:
    """Also in a dialog whose default button is another one."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    default, one = Button(look, "Standard"), KINDS[kind](look)
    default.setDefault(True)
    dialog.setLayout(column(one, default))
    dialog.show()
    one.setFocus()
    pressed: list[str] = []
    one.clicked.connect(lambda: pressed.append("one"))
    default.clicked.connect(lambda: pressed.append("default"))
    qtbot.keyClick(one, key)
    assert pressed == ["one"]


def test_enter_opens_a_menu_and_leaves_a_tick_alone(qtbot: QtBot, look: Look) -> None:
    """A choice opens; a tick belongs to Space, because Enter is the dialog's."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    choice, tick = ChoiceButton(look, "Art", [("a", "A"), ("b", "B")]), CheckBox(look, "Mit")
    dialog.setLayout(column(choice, tick))
    dialog.show()
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Return)
    menu = choice.menu()
    qtbot.waitUntil(menu.isVisible)
    menu.close()
    qtbot.keyClick(tick, Qt.Key.Key_Return)
    assert not tick.isChecked()


def test_enter_on_a_choice_is_the_dialogs_where_it_has_a_default(qtbot: QtBot, look: Look) -> None:
    """As with a combo box: whoever has nothing to change goes on with one key."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    choice, default = ChoiceButton(look, "Art", [("a", "A"), ("b", "B")]), Button(look, "Weiter")
    default.setDefault(True)
    dialog.setLayout(column(choice, default))
    dialog.show()
    choice.setFocus()
    with qtbot.waitSignal(default.clicked):
        qtbot.keyClick(choice, Qt.Key.Key_Return)
    assert not choice.menu().isVisible()


def test_a_name_in_a_tooltip_stays_letters(qtbot: QtBot, look: Look) -> None:
    """A file may be called like markup; a tooltip must not load what it names."""
    name = '<img src="//fremd/x.png"> & <b>Rechnung</b>'
    button = IconButton(look, "x", name)
    qtbot.addWidget(button)
    document = QTextDocument()
    document.setHtml(button.toolTip())
    assert document.toPlainText() == name
