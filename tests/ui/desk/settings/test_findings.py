"""The findings in the settings: listed by subject, changed at once, checked, taken back, switched off and found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.diagnostics.rules import CompanyRule, load_rules
from desktop.services.finding_limits import change_finding, list_rules
from desktop.services.work import Work
from desktop.ui.common.toggles import Switch
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.settings.entry import SECTIONS
from desktop.ui.desk.settings.finding_entry import FindingEntry, TopicHead
from desktop.ui.desk.settings.limit_units import from_shown, shown_unit, to_shown
from desktop.ui.desk.settings.page import SettingsPage

LEFT = Qt.MouseButton.LeftButton
TypeIn = Callable[[QWidget, str], None]
NUMBER = len(load_rules())
PLACE = [section for section, _ in SECTIONS].index("findings")


@pytest.fixture
def page(qtbot: QtBot, company_context: DeskContext) -> SettingsPage:
    """The settings with the findings open."""
    one = SettingsPage(company_context)
    qtbot.addWidget(one)
    one.resize(1100, 700)
    one.show()
    one.sections.setCurrentRow(PLACE)
    qtbot.waitUntil(lambda: len(one.findings.entries) == NUMBER, timeout=30_000)
    qtbot.waitUntil(lambda: bool(one.my_name.text()))
    return one


def words(widget: QWidget, page: QWidget) -> list[str]:
    """What is to be read in a part of the page."""
    return [one.text() for one in widget.findChildren(QLabel) if one.text() and one.isVisibleTo(page)]


def stored(work: Work, finding: str = "disk.full") -> CompanyRule:
    """What the company has."""
    return next(one for one in list_rules(work) if one.rule.id == finding)


def type_value(qtbot: QtBot, entry: FindingEntry, limit: str, text: str, type_in: TypeIn) -> None:
    """Type a value into a threshold and press Enter."""
    edit = entry.fields[limit].edit
    edit.setFocus()
    edit.selectAll()
    type_in(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_every_finding_stands_under_its_subject_with_its_rule(page: SettingsPage) -> None:
    """In words, with severity, source and whose judgement it is."""
    assert isinstance(page.findings.lines[0], TopicHead)
    entry = page.findings.entries["disk.full"]
    said = words(entry, page)
    assert "Systemlaufwerk mit weniger als 1 GB oder 2 % frei" in said
    assert any(one.startswith("Unsere Einschätzung: Windows warnt") for one in said)
    assert "Dringendes Problem" in said
    assert "nur für die IT" in words(page.findings.entries["backup.stale"], page)
    low = words(page.findings.entries["disk.low"], page)
    assert low.count("unsere Einschätzung") == 2
    assert not page.findings.entries["net.link_down"].fields


def test_a_threshold_is_saved_at_once_and_taken_back(
    qtbot: QtBot, page: SettingsPage, work: Work, type_in: TypeIn
) -> None:
    """In the unit that people think in; the rule's sentence follows."""
    entry = page.findings.entries["disk.full"]
    assert entry.fields["free_bytes"].edit.text() == "1"
    type_value(qtbot, entry, "free_bytes", "5,5", type_in)
    qtbot.waitUntil(lambda: stored(work).rule.limits["free_bytes"] == 5.5 * 2**30)
    qtbot.waitUntil(lambda: "Systemlaufwerk mit weniger als 5,5 GB oder 2 % frei" in words(entry, page))
    assert entry.reset.isVisible()
    assert "Gespeichert: Systemlaufwerk voll." in words(page, page)
    qtbot.mouseClick(page.undo, LEFT)
    qtbot.waitUntil(lambda: stored(work).override.is_empty)
    qtbot.waitUntil(lambda: entry.fields["free_bytes"].edit.text() == "1")
    assert not entry.reset.isVisible()


@pytest.mark.parametrize(
    ("limit", "text", "why"),
    [
        ("free_percent", "101", "Freier Anteil: bitte eine Zahl von 0 bis 100."),
        ("free_percent", "viel", "Freier Anteil: bitte eine Zahl von 0 bis 100."),
        ("free_bytes", "-1", "Freier Platz: bitte eine Zahl von 0 bis"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_the_field(
    qtbot: QtBot, page: SettingsPage, work: Work, type_in: TypeIn, limit: str, text: str, why: str
) -> None:
    """Nothing is saved, what was typed stays, and a good value takes the words away."""
    entry = page.findings.entries["disk.full"]
    type_value(qtbot, entry, limit, text, type_in)
    assert any(one.startswith(why) for one in words(entry, page))
    assert entry.fields[limit].edit.text() == text
    assert stored(work).override.is_empty
    type_value(qtbot, entry, limit, "3", type_in)
    qtbot.waitUntil(lambda: not stored(work).override.is_empty)
    assert not any(one.startswith(why) for one in words(entry, page))


def test_a_finding_is_switched_off_and_reset(qtbot: QtBot, page: SettingsPage, work: Work) -> None:
    """Its thresholds cannot be typed into then."""
    entry = page.findings.entries["disk.full"]
    assert isinstance(entry.switch, Switch)
    qtbot.mouseClick(entry.switch, LEFT)
    qtbot.waitUntil(lambda: stored(work).override.is_off)
    qtbot.waitUntil(lambda: not entry.fields["free_bytes"].isEnabled())
    qtbot.mouseClick(entry.reset, LEFT)
    qtbot.waitUntil(lambda: stored(work).override.is_empty)
    qtbot.waitUntil(lambda: entry.fields["free_bytes"].isEnabled())
    assert entry.switch.isChecked()


def test_what_another_changes_is_shown(
    qtbot: QtBot, page: SettingsPage, work: Work, company_context: DeskContext
) -> None:
    """A script or another window; the page hears of it by the bus."""
    done = change_finding(work, "net.dns_slow", {"answer_ms": 750})
    company_context.bus.publish(done.changes)
    entry = page.findings.entries["net.dns_slow"]
    qtbot.waitUntil(lambda: entry.fields["answer_ms"].edit.text() == "750")


def test_a_screenful_comes_first_and_then_all_of_them(qtbot: QtBot, company_context: DeskContext) -> None:
    """What is searched for is found as soon as it is there, and every line stands once in the section."""
    one = SettingsPage(company_context)
    qtbot.addWidget(one)
    one.show()
    one.search.setText("Mikrofon gesperrt")
    qtbot.waitUntil(lambda: len(one.findings.entries) == NUMBER, timeout=30_000)
    assert one.findings.entries["mic.blocked"].isVisible()
    one.sections.setCurrentRow(PLACE)
    shown = [line for line in one.findings.lines if line.isVisibleTo(one)]
    assert shown == one.findings.lines
    assert sum(isinstance(line, FindingEntry) for line in shown) == NUMBER


def test_the_search_finds_findings(qtbot: QtBot, page: SettingsPage) -> None:
    """By words of title and rule, without the headings."""
    page.search.setText("Systemlaufwerk voll")
    assert page.findings.entries["disk.full"].isVisible()
    assert not page.findings.entries["cpu.busy"].isVisible()
    assert not page.findings.lines[0].isVisible()


@pytest.mark.parametrize(
    ("limit", "usual", "code", "shown"),
    [
        ("free_bytes", 1 << 30, "gb", "1"),
        ("available_bytes", 500 << 20, "mb", "500"),
        ("uptime_s", 14 * 86400, "days", "14"),
        ("age_s", 600, "minutes", "10"),
        ("offset_s", 30, "s", "30"),
        ("free_percent", 2.5, "percent", "2,5"),
        ("samples", 3, "", "3"),
        ("signal_dbm", -75, "dbm", "-75"),
    ],
)
def test_units_that_people_think_in(limit: str, usual: float, code: str, shown: str) -> None:
    """There and back without a difference."""
    unit = shown_unit(limit, usual)
    assert unit.code == code
    assert to_shown(usual, unit, "de") == shown
    assert from_shown(shown, unit) == usual
    assert from_shown("drei", unit) is None
