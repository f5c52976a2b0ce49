from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.clock import to_text, utc_now
from desktop.diagnostics.findings import judged
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.services.comparing import Compare, compare_device
from desktop.services.devices import add_snapshot
from desktop.services.diagnosis import list_asks
from desktop.services.people import SavePerson, save_person
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.devices.ask_dialog import AskDialog
from desktop.ui.desk.devices.compare_dialog import CompareDialog
from desktop.ui.desk.devices.history_tab import HistoryTab
from desktop.ui.desk.devices.page import DevicesPage
from desktop.ui.desk.devices.programs_tab import ProgramsTab
from desktop.ui.desk.devices.series_card import SeriesTable
from desktop.ui.desk.devices.sparkline import Sparkline
from tests.ui.desk.devices.test_devices_page import add_device, button, menu_action, opened, texts

LEFT = Qt.MouseButton.LeftButton
GB = 2**30


def taken(*, days: float, free_gb: float = 60, driver: str = "6.3.0.118", firefox: str = "144.0") -> Snapshot:
    """Return a diagnosis of some days ago, judged by our rules."""
    volume = {
        "mount": "C:\\", "filesystem": "NTFS", "total_bytes": 237 * GB, "free_bytes": int(free_gb * GB),
        "free_percent": round(100 * free_gb / 237, 1), "is_system": True, "is_read_only": False,
    }  # fmt: skip
    printer = {"name": "Versand", "driver": "ZDesigner", "driver_version": driver}
    programs = [{"name": "Mozilla Firefox", "version": firefox, "publisher": "Mozilla", "source": "system"}]
    probes = {
        "disks": ProbeResult(ProbeStatus.OK, {"volumes": [volume]}),
        "printers": ProbeResult(ProbeStatus.OK, {"is_spooler_running": True, "printers": [printer]}),
        "software": ProbeResult(ProbeStatus.OK, {"programs": programs, "total": 1}),
    }
    return judged(Snapshot(to_text(utc_now() - timedelta(days=days)), "full", probes), load_rules())


@pytest.fixture
def device(work: Work) -> str:
    person = save_person(work, SavePerson("Sabine Oswald")).result
    device = add_device(work, "AHB-PC-014", person_id=person.id)
    add_snapshot(work, device, taken(days=3))
    add_snapshot(work, device, taken(days=0.1, free_gb=7.8, driver="6.4.0.2", firefox="145.0"))
    return device


def shown(qtbot: QtBot, context: DeskContext, device: str, tab: str = "") -> DevicesPage:
    page = opened(qtbot, context, device)
    qtbot.waitUntil(lambda: page.view is not None and page.view.detail is not None)
    assert page.view is not None
    page.view.tabs.show_key(tab)
    return page


def said(widget: QWidget) -> str:
    return "\n".join(one.accessibleName() or "" for one in widget.findChildren(QWidget))


def dialog(qtbot: QtBot, kind: type[QWidget]) -> QWidget:
    found: list[QWidget] = []

    def is_there() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_there)
    return found[0]


def test_the_first_tab_says_what_changed_since_it_was_well(qtbot: QtBot, context: DeskContext, device: str) -> None:
    page = shown(qtbot, context, device)
    spoken = said(page)
    assert "Laufwerk fast voll" in texts(page)
    assert "Versand" in spoken
    assert "C: Freier Anteil: vorher" in spoken
    assert "vorher 6.3.0.118, jetzt 6.4.0.2" in spoken
    assert "vorher 144.0, jetzt 145.0" in spoken
    assert "gegenüber dem letzten guten Stand" in spoken


def test_the_changes_have_a_tab_that_counts_them(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    page = shown(qtbot, context, device, "changes")
    assert page.view is not None
    count = len(compare_device(work, Compare(device)).differences.changes)
    bar = page.view.tabs.bar
    assert f"Änderungen {count}" in [bar.tabText(place) for place in range(bar.count())]
    assert page.view.tabs.key == "changes"


def test_numbers_over_time_are_said_in_a_sentence_and_stand_in_a_table(
    qtbot: QtBot, context: DeskContext, device: str
) -> None:
    page = shown(qtbot, context, device)
    lines = [one.accessibleName() for one in page.findChildren(Sparkline)]
    assert any("Freier Platz Systemlaufwerk: 60 GB" in one and "zuletzt 7,8 GB" in one for one in lines)
    qtbot.mouseClick(button(page, "Als Tabelle"), LEFT)
    table = dialog(qtbot, SeriesTable)
    assert isinstance(table, SeriesTable)
    table.accept()


def test_a_diagnosis_is_pinned_and_let_go_again(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    page = shown(qtbot, context, device, "history")
    first = page.view
    assert first is not None
    tab = first.tabs.page("history")
    assert isinstance(tab, HistoryTab)
    tab.table.selectRow(1)
    oldest = tab.picked
    qtbot.mouseClick(tab.pin, LEFT)
    qtbot.waitUntil(lambda: page.view is not first and page.view is not None and page.view.detail is not None)
    assert compare_device(work, Compare(device)).basis.value == "pinned"
    assert compare_device(work, Compare(device)).before_id == oldest
    assert page.view is not None
    assert page.view.tabs.key == "history"


def test_any_two_diagnoses_are_compared(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    other = add_device(work, "AHB-PC-022")
    add_snapshot(work, other, taken(days=1, firefox="99.0"))
    page = shown(qtbot, context, device)
    menu_action(page, "Vergleichen mit …").trigger()
    compare = dialog(qtbot, CompareDialog)
    assert isinstance(compare, CompareDialog)
    qtbot.waitUntil(lambda: "jetzt 145.0" in said(compare))
    compare.other.chosen.emit(other)
    compare.other.set_value(other)
    compare.other.chosen.emit(other)
    qtbot.waitUntil(lambda: "vorher 99.0, jetzt 145.0" in said(compare))
    assert not compare.before.isVisible()
    compare.accept()


def test_a_new_diagnosis_is_asked_for_and_taken_back(
    qtbot: QtBot, context: DeskContext, work: Work, device: str
) -> None:
    page = shown(qtbot, context, device)
    qtbot.mouseClick(button(page, "Neue Diagnose anfordern"), LEFT)
    asking = dialog(qtbot, AskDialog)
    assert isinstance(asking, AskDialog)
    qtbot.keyClicks(asking.reason.edit, "Der Etikettendruck stockt")
    qtbot.mouseClick(asking.ask_button, LEFT)
    qtbot.waitUntil(lambda: "Neue Diagnose angefordert" in texts(page))
    asked = list_asks(work, device)[0]
    assert (asked.reason, asked.level.value) == ("Der Etikettendruck stockt", "full")
    qtbot.mouseClick(button(page, "Zurückziehen"), LEFT)
    qtbot.waitUntil(lambda: "Neue Diagnose angefordert" not in texts(page))
    assert list_asks(work, device)[0].state.value == "withdrawn"


def test_the_report_holds_what_the_page_says(
    qtbot: QtBot, company_context: DeskContext, device: str, tmp_path: Path
) -> None:
    page = shown(qtbot, company_context, device)
    assert page.view is not None
    path = tmp_path / "bericht.pdf"
    page.device_actions.write_report(page.view, path)
    qtbot.waitUntil(lambda: "Der Bericht ist gespeichert." in texts(page))
    content = "\n".join(one.extract_text() for one in PdfReader(path).pages)
    for words in ("Gerätebericht AHB-PC-014", "Laufwerk fast voll", "6.4.0.2", "Sabine Oswald"):
        assert words in content


def test_a_report_that_cannot_be_written_says_so(
    qtbot: QtBot, company_context: DeskContext, device: str, tmp_path: Path
) -> None:
    page = shown(qtbot, company_context, device)
    assert page.view is not None
    page.device_actions.write_report(page.view, tmp_path / "fehlt" / "bericht.pdf")
    qtbot.waitUntil(lambda: "Der Bericht konnte nicht gespeichert werden" in texts(page))
    assert "Wählen Sie einen anderen Ordner" in texts(page)


def test_programs_are_searched(qtbot: QtBot, context: DeskContext, device: str) -> None:
    page = shown(qtbot, context, device, "programs")
    assert page.view is not None
    tab = page.view.tabs.page("programs")
    assert isinstance(tab, ProgramsTab)
    assert tab.table is not None
    qtbot.keyClicks(tab.search, "gibt es nicht")
    assert tab.table.found.rowCount() == 0
    tab.search.clear()
    qtbot.keyClicks(tab.search, "firefox")
    assert tab.table.found.rowCount() == 1
    assert "1 gefunden" in texts(page)


def test_programs_that_were_not_sent_are_asked_for(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    whole = taken(days=0)
    kept = {**whole.probes, "software": ProbeResult(ProbeStatus.WITHHELD)}
    add_snapshot(work, device, replace(whole, probes=kept))
    page = shown(qtbot, context, device, "programs")
    assert "Programme: nicht mitgeschickt" in texts(page)
    tab = page.view.tabs.page("programs") if page.view else None
    assert tab is not None
    ask = next(one for one in tab.findChildren(QAbstractButton) if one.accessibleName() == "Neue Diagnose anfordern")
    qtbot.mouseClick(ask, LEFT)
    dialog(qtbot, AskDialog).close()


def test_every_word_of_a_machine_is_plain(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    hostile = taken(days=0, driver="<b>6.5</b>", firefox="<img src=//host/x>")
    add_snapshot(work, device, hostile)
    page = shown(qtbot, context, device)
    for tab in ("changes", "history", "hardware", "programs", "system", "raw"):
        assert page.view is not None
        page.view.tabs.show_key(tab)
    marked = [one for one in page.findChildren(QLabel) if "<" in one.text()]
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in marked)


def test_a_finding_tells_why_when_it_is_unfolded(qtbot: QtBot, context: DeskContext, device: str) -> None:
    page = shown(qtbot, context, device)
    qtbot.mouseClick(button(page, "Begründung: Laufwerk fast voll"), LEFT)
    qtbot.waitUntil(lambda: "unter 20 GB" in texts(page))


def test_a_narrow_page_shows_list_and_device_in_turn(qtbot: QtBot, context: DeskContext, device: str) -> None:
    page = shown(qtbot, context, device)
    page.resize(600, 640)
    qtbot.waitUntil(lambda: not page.list.isVisible())
    assert page.view is not None
    assert page.view.head.back.isVisible()
    qtbot.mouseClick(page.view.head.back, LEFT)
    assert page.list.isVisible()
    assert not page.detail.isVisible()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.detail.isVisible()


def test_the_other_devices_are_witnesses(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    for name, free, firefox in (("AHB-PC-101", 5, "145.0"), ("AHB-PC-102", 80, "9.0"), ("AHB-PC-103", 90, "9.0")):
        add_snapshot(work, add_device(work, name), taken(days=0.1, free_gb=free, firefox=firefox))
    page = shown(qtbot, context, device)
    qtbot.mouseClick(button(page, "Begründung: Laufwerk fast voll"), LEFT)
    qtbot.waitUntil(lambda: "Auch auf: AHB-PC-101." in texts(page))
    assert "Mozilla Firefox: Version: 145.0 (2 von 2 mit dem Befund, 0 von 2 ohne)" in texts(page)
