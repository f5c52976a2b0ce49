from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.texts import load_texts
from desktop.domain.desk_settings import DESK_SETTINGS
from desktop.services.company import read_company
from desktop.services.technicians import list_technicians
from desktop.services.work import Work
from desktop.ui.common.buttons import ChoiceButton
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.settings.entry import SECTIONS
from desktop.ui.desk.settings.page import SettingsPage

LEFT = Qt.MouseButton.LeftButton
TypeIn = Callable[[QWidget, str], None]


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, company_context: DeskContext) -> Iterator[SettingsPage]:
    one = SettingsPage(company_context)
    qtbot.addWidget(one)
    one.resize(1000, 700)
    one.show()
    qtbot.waitUntil(lambda: bool(one.my_name.text()))
    yield one
    company_context.look.theme.apply(qapp, "light", 100)
    qapp.setStyleSheet("")


def saved(context: DeskContext) -> dict[str, object]:
    return json.loads((context.home.settings / "desk.json").read_text(encoding="utf-8"))


def texts(page: SettingsPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def choose(page: SettingsPage, key: str, value: str) -> None:
    control = page.entries[key].control
    assert isinstance(control, ChoiceButton)
    next(one for one in control.menu().actions() if one.data() == value).trigger()


def test_a_change_is_saved_at_once_takes_effect_and_can_be_taken_back(
    qtbot: QtBot, page: SettingsPage, company_context: DeskContext
) -> None:
    choose(page, "theme", "dark")
    assert saved(company_context)["theme"] == "dark"
    assert company_context.look.theme.is_dark
    assert "Gespeichert: Darstellung." in texts(page)
    qtbot.mouseClick(page.undo, LEFT)
    assert saved(company_context)["theme"] == "system"
    assert not company_context.look.theme.is_dark
    assert "Zurückgenommen: Darstellung." in texts(page)
    assert not page.undo.isVisible()


def test_the_text_size_scales_everything(page: SettingsPage, company_context: DeskContext) -> None:
    choose(page, "text_size", "150")
    assert company_context.look.theme.px(100) == 150


def test_single_keys_can_be_switched_off(qtbot: QtBot, page: SettingsPage, company_context: DeskContext) -> None:
    page.sections.setCurrentRow([section for section, _ in SECTIONS].index("keys"))
    qtbot.mouseClick(page.entries["single_keys"].control, LEFT)
    assert saved(company_context)["single_keys"] is False


def test_the_help_line_is_changed_and_taken_back(qtbot: QtBot, page: SettingsPage, work: Work, type_in: TypeIn) -> None:
    page.sections.setCurrentRow(1)
    page.phone.selectAll()
    page.phone.setFocus()
    type_in(page.phone, "222")
    qtbot.keyClick(page.phone, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: read_company(work).help_phone == "222")
    qtbot.mouseClick(page.undo, LEFT)
    qtbot.waitUntil(lambda: read_company(work).help_phone == "100")


def test_my_name_is_changed(qtbot: QtBot, page: SettingsPage, work: Work, type_in: TypeIn) -> None:
    page.sections.setCurrentRow(1)
    page.my_name.selectAll()
    type_in(page.my_name, "Katrin Öhler")
    qtbot.keyClick(page.my_name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Katrin Öhler" in {one.name for one in list_technicians(work)})


def test_search_finds_settings_of_every_section(qtbot: QtBot, page: SettingsPage, type_in: TypeIn) -> None:
    type_in(page.search, "Durchwahl")
    assert page.entries["help_phone"].isVisible()
    assert not page.entries["theme"].isVisible()
    type_in(page.search, "xyz")
    assert "Nichts gefunden" in texts(page)
    page.search.clear()
    assert page.entries["theme"].isVisible()


def test_the_mailbox_is_tried_out(qtbot: QtBot, page: SettingsPage) -> None:
    page.sections.setCurrentRow(2)
    qtbot.mouseClick(page.check, LEFT)
    qtbot.waitUntil(page.checks.isVisible)
    assert "Ordner erreichbar" in page.checks.accessibleName()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_setting_has_its_texts(page: SettingsPage, language: str) -> None:
    words = load_texts(language)
    codes = [f"setting.{one}.{part}" for one in page.entries for part in ("title", "hint")]
    codes += [f"setting.{one.key}.{choice}" for one in DESK_SETTINGS for choice in one.choices]
    codes += [f"settings.section.{section}{part}" for section, _ in SECTIONS for part in ("", ".lead")]
    assert not [one for one in codes if not words.has(one)]


def test_every_control_has_a_name(page: SettingsPage) -> None:
    assert not [one for one in page.findChildren(QAbstractButton) if not one.accessibleName() and one.isVisible()]


def test_what_cannot_be_saved_says_why(qtbot: QtBot, page: SettingsPage, work: Work, type_in: TypeIn) -> None:
    page.sections.setCurrentRow(1)
    qtbot.waitUntil(lambda: bool(page.phone.text()))
    page.phone.selectAll()
    type_in(page.phone, "zwei")
    qtbot.keyClick(page.phone, Qt.Key.Key_Return)
    assert "Durchwahl oder Telefonnummer" in texts(page)
    page.phone.selectAll()
    type_in(page.phone, "200")
    qtbot.keyClick(page.phone, Qt.Key.Key_Return)
    assert "Durchwahl oder Telefonnummer" not in texts(page)
    qtbot.waitUntil(lambda: read_company(work).help_phone == "200")


def test_a_change_by_the_menu_is_seen_when_the_page_comes_back(
    page: SettingsPage, company_context: DeskContext
) -> None:
    page.hide()
    company_context.settings.set("theme", "dark")
    page.show()
    control = page.entries["theme"].control
    assert isinstance(control, ChoiceButton)
    assert control.value == "dark"


def test_a_setting_that_cannot_be_kept_says_so_and_shows_what_is_in_force(
    page: SettingsPage, company_context: DeskContext
) -> None:
    path = company_context.home.settings / "desk.json"
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)
    choose(page, "theme", "dark")
    control = page.entries["theme"].control
    assert isinstance(control, ChoiceButton)
    assert control.value == "system"
    assert "nicht speichern" in texts(page)


def test_what_was_not_saved_is_not_offered_to_be_taken_back(
    qtbot: QtBot, page: SettingsPage, company_context: DeskContext, work: Work, type_in: TypeIn
) -> None:
    """A database that is busy keeps the name; the page does not say that it was saved."""
    blocker = sqlite3.connect(company_context.home.data / "ersthelfer.db", isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        page.sections.setCurrentRow(1)
        type_in(page.my_name, " Öhler")
        page.my_name.editingFinished.emit()
        qtbot.waitUntil(lambda: bool(page.entries["my_name"].fault), timeout=20_000)
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    assert not page.undo.isVisible()
