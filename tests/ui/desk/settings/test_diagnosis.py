"""The diagnosis in the settings: whom it asks, checked while typing, tried from this PC, saved at once, taken back."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.diagnostics.targets import CompanyTarget, TargetKind
from desktop.services.diagnosis_policy import DiagnosisPolicy, add_target, read_diagnosis_policy
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.settings.entry import SECTIONS
from desktop.ui.desk.settings.page import SettingsPage

PLACE = [section for section, _ in SECTIONS].index("diagnosis")
TypeIn = Callable[[QWidget, str], None]


@pytest.fixture
def page(qtbot: QtBot, company_context: DeskContext) -> SettingsPage:
    """The settings with the diagnosis open."""
    one = SettingsPage(company_context)
    qtbot.addWidget(one)
    one.resize(1100, 760)
    one.show()
    one.sections.setCurrentRow(PLACE)
    qtbot.waitUntil(lambda: one.diagnosis.level.value != "")
    return one


def stored(context: DeskContext) -> DiagnosisPolicy:
    """What the company has."""
    return read_diagnosis_policy(context.work())


def test_switches_and_amount_are_saved_at_once_and_taken_back(
    page: SettingsPage, company_context: DeskContext, qtbot: QtBot
) -> None:
    """Without foreign servers there is no sign-in page to be tested either."""
    section = page.diagnosis
    qtbot.waitUntil(section.third.isChecked)
    section.third.click()
    qtbot.waitUntil(lambda: not stored(company_context).targets.asks_third_parties)
    qtbot.waitUntil(lambda: not section.portal.isEnabled() and page.undo.isVisible())
    page.undo.click()
    qtbot.waitUntil(lambda: stored(company_context).targets.asks_third_parties and section.third.isChecked())
    section.level.chosen.emit("basic")
    qtbot.waitUntil(lambda: stored(company_context).level == "basic")


def test_a_server_is_typed_saved_tried_and_removed(
    page: SettingsPage, company_context: DeskContext, qtbot: QtBot, type_in: TypeIn
) -> None:
    """With the keyboard; what it answers stands beside it."""
    editor = page.diagnosis.editor
    with socket.create_server(("127.0.0.1", 0)) as server:
        for field, text in (
            (editor.name, "Warenwirtschaft"),
            (editor.host, "127.0.0.1"),
            (editor.port, str(server.getsockname()[1])),
        ):
            field.setFocus()
            type_in(field, text)
        qtbot.keyClick(editor.port, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(editor.lines) == 1)
        assert editor.name.text() == ""
        (line,) = editor.lines.values()
        qtbot.waitUntil(page.diagnosis.test.isEnabled)
        page.diagnosis.test.click()
        qtbot.waitUntil(lambda: not line.chip.isHidden(), timeout=20_000)
    (target,) = stored(company_context).targets.company
    assert (target.name, target.kind) == ("Warenwirtschaft", TargetKind.FILE)
    line.remove.click()
    qtbot.waitUntil(lambda: editor.lines == {} and stored(company_context).targets.company == ())


def test_a_slip_keeps_what_was_typed_and_leads_to_the_field(page: SettingsPage, qtbot: QtBot, type_in: TypeIn) -> None:
    """The fault stands beside the field and in what a screen reader says."""
    editor = page.diagnosis.editor
    editor.name.setText("Dateiserver")
    editor.host.setFocus()
    type_in(editor.host, "http://server/")
    editor.add.click()
    qtbot.waitUntil(lambda: bool(editor.host.accessibleDescription()))
    assert (editor.name.text(), editor.host.text(), editor.lines) == ("Dateiserver", "http://server/", {})
    assert editor.host.property("faulty") == "true"


def test_the_wifi_is_kept_as_a_hash_and_shown_as_a_number(
    page: SettingsPage, company_context: DeskContext, qtbot: QtBot, type_in: TypeIn
) -> None:
    """What was typed is gone from the screen as soon as it is saved."""
    wifi = page.diagnosis.wifi
    wifi.setFocus()
    type_in(wifi, "Ahornblick; Lager")
    qtbot.keyClick(wifi, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(stored(company_context).targets.wifi_marks) == 2)
    qtbot.waitUntil(lambda: wifi.placeholderText() == "2 Netze gespeichert")
    assert wifi.text() == ""


def test_the_wifi_can_be_forgotten_and_remembered_again(
    page: SettingsPage, company_context: DeskContext, qtbot: QtBot, type_in: TypeIn
) -> None:
    """There is something to forget only where something is kept; the keyboard stays where it was needed."""
    section = page.diagnosis
    assert not section.forget.isVisible()
    section.wifi.setFocus()
    type_in(section.wifi, "Ahornblick")
    qtbot.keyClick(section.wifi, Qt.Key.Key_Return)
    qtbot.waitUntil(section.forget.isVisible)
    section.forget.setFocus()
    qtbot.keyClick(section.forget, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: stored(company_context).targets.wifi_marks == () and not section.forget.isVisible())
    assert section.wifi.placeholderText() == "noch keins"
    assert section.wifi.hasFocus()
    qtbot.waitUntil(page.undo.isVisible)
    page.undo.click()
    qtbot.waitUntil(lambda: len(stored(company_context).targets.wifi_marks) == 1 and section.forget.isVisible())


def test_names_are_saved_taken_back_and_a_slip_stays_to_be_mended(
    page: SettingsPage, company_context: DeskContext, qtbot: QtBot, type_in: TypeIn
) -> None:
    """What is in force is shown; what cannot be a name is said beside the field."""
    names = page.diagnosis.names
    names.setFocus()
    type_in(names, "intranet.firma.example; mail.firma.example")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    known = ("intranet.firma.example", "mail.firma.example")
    qtbot.waitUntil(lambda: stored(company_context).targets.company_names == known and page.undo.isVisible())
    page.undo.click()
    qtbot.waitUntil(lambda: stored(company_context).targets.company_names == () and names.text() == "")
    type_in(names, "http://firma/")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "http://firma/" in page.entries["names"].fault)
    assert (names.text(), stored(company_context).targets.company_names) == ("http://firma/", ())


def test_what_the_command_line_changes_shows(page: SettingsPage, company_context: DeskContext, qtbot: QtBot) -> None:
    """Names and addresses of others are shown as plain text."""
    target = CompanyTarget(TargetKind.MAIL, "<b>Post</b>", "mail.example", 993, is_behind_vpn=True)
    done = add_target(company_context.work(), target)
    company_context.bus.publish(done.changes)
    qtbot.waitUntil(lambda: len(page.diagnosis.editor.lines) == 1)
    page.search.setText("Eigene Server")
    assert page.entries["servers"].isVisible()
