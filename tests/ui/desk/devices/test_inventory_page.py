from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.fleet import EditAsset
from desktop.services.devices import add_snapshot
from desktop.services.fleet import edit_asset, show_asset
from desktop.services.people import SavePerson, save_person
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.devices.asset_dialog import AssetDialog
from desktop.ui.desk.devices.inventory_page import InventoryPage
from tests.ui.desk.devices.test_device_over_time import taken
from tests.ui.desk.devices.test_devices_page import add_device

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def devices(work: Work) -> tuple[str, str]:
    person = save_person(work, SavePerson("Sabine Oswald")).result
    full, fine = add_device(work, "AHB-PC-014", person_id=person.id), add_device(work, "AHB-PC-022")
    add_snapshot(work, full, taken(days=1, free_gb=7.8))
    add_snapshot(work, fine, taken(days=1))
    edit_asset(work, EditAsset(fine, inventory_number="4711", location="Halle 2"))
    return full, fine


@pytest.fixture
def page(qtbot: QtBot, context: DeskContext, devices: tuple[str, str]) -> InventoryPage:
    made = InventoryPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    qtbot.waitUntil(lambda: made.table.found.rowCount() == 2)
    return made


def names(page: InventoryPage) -> list[str]:
    return [page.table.found.index(place, 0).data() for place in range(page.table.found.rowCount())]


def editing(qtbot: QtBot, page: InventoryPage) -> AssetDialog:
    qtbot.mouseClick(page.edit, LEFT)
    found: list[AssetDialog] = []

    def is_open() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, AssetDialog) and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_open)
    return found[0]


def test_a_question_leaves_the_devices_it_is_true_for(qtbot: QtBot, page: InventoryPage) -> None:
    page.filter.set_value("disk_full")
    page.filter.chosen.emit("disk_full")
    qtbot.waitUntil(lambda: names(page) == ["AHB-PC-014"])
    labels = [one.text() for one in page.findChildren(QLabel)]
    assert "1 Gerät" in labels


def test_words_are_looked_for_in_numbers_and_places_too(qtbot: QtBot, page: InventoryPage) -> None:
    qtbot.keyClicks(page.search, "halle 2")
    qtbot.waitUntil(lambda: names(page) == ["AHB-PC-022"])


def test_amounts_are_sorted_by_their_size(qtbot: QtBot, page: InventoryPage) -> None:
    page.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    assert names(page) == ["AHB-PC-014", "AHB-PC-022"]
    page.table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    assert names(page) == ["AHB-PC-022", "AHB-PC-014"]


def test_enter_opens_the_picked_device(qtbot: QtBot, page: InventoryPage, devices: tuple[str, str]) -> None:
    page.table.selectRow(0)
    page.table.setFocus()
    with qtbot.waitSignal(page.device_wanted) as caught:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert caught.args == [devices[0]]


def test_details_are_written_and_shown_without_a_reload_of_ones_own(
    qtbot: QtBot, page: InventoryPage, work: Work, devices: tuple[str, str]
) -> None:
    page.table.selectRow(0)
    dialog = editing(qtbot, page)
    qtbot.keyClicks(dialog.fields["inventory_number"].edit, "4812")
    qtbot.keyClicks(dialog.fields["warranty_until"].edit, "31.03.2027")
    qtbot.mouseClick(dialog.save_button, LEFT)
    qtbot.waitUntil(lambda: page.table.found.index(0, 9).data() == "4812")
    assert show_asset(work, devices[0]).asset.warranty_until == date(2027, 3, 31)
    assert page.picked is not None
    assert page.picked.device.id == devices[0]


def test_a_wrong_day_is_said_beside_its_field_and_nothing_is_lost(qtbot: QtBot, page: InventoryPage) -> None:
    page.table.selectRow(0)
    dialog = editing(qtbot, page)
    qtbot.keyClicks(dialog.fields["supplier"].edit, "Bechtle")
    qtbot.keyClicks(dialog.fields["purchased_on"].edit, "31.02.2025")
    qtbot.mouseClick(dialog.save_button, LEFT)
    field = dialog.fields["purchased_on"]
    qtbot.waitUntil(lambda: bool(field.error))
    assert dialog.isVisible()
    assert dialog.fields["supplier"].text == "Bechtle"
    assert dialog.save_button.isEnabled()
    dialog.reject()


def test_a_number_that_another_device_has_is_refused(qtbot: QtBot, page: InventoryPage) -> None:
    page.table.selectRow(0)
    dialog = editing(qtbot, page)
    qtbot.keyClicks(dialog.fields["inventory_number"].edit, "4711")
    qtbot.mouseClick(dialog.save_button, LEFT)
    qtbot.waitUntil(lambda: "AHB-PC-022" in dialog.fields["inventory_number"].error)
    dialog.reject()


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("glpi", b"PK")])
def test_what_is_seen_is_written(qtbot: QtBot, page: InventoryPage, tmp_path: Path, kind: str, start: bytes) -> None:
    path = tmp_path / "bestand"
    page.export.write(kind, page.shown, path)
    qtbot.waitUntil(lambda: any("2 Geräte sind gespeichert." in one.text() for one in page.findChildren(QLabel)))
    assert path.read_bytes().startswith(start)


def test_a_folder_that_cannot_be_written_to_is_named(qtbot: QtBot, page: InventoryPage, tmp_path: Path) -> None:
    page.export.write("csv", page.shown, tmp_path / "fehlt" / "bestand.csv")
    qtbot.waitUntil(lambda: any("ließ sich nicht schreiben" in one.text() for one in page.findChildren(QLabel)))
