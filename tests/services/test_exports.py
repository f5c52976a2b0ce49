"""The inventory outside: typed for Excel, harmless whatever people write, and in GLPI's own words."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.base.texts import load_texts
from desktop.diagnostics.rules import load_rules
from desktop.domain.device_rows import Asset, Inventory
from desktop.domain.fleet import FleetRow
from desktop.domain.inventory_table import COLUMNS, is_formula
from desktop.domain.rows import DeviceRow
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.models.fetching import fetch
from desktop.services.demo_machines import make_snapshot
from desktop.services.devices import add_snapshot
from desktop.services.exports.exporting import ExportFormat, export_inventory
from desktop.services.exports.glpi import glpi_document
from desktop.services.exports.table import to_csv, to_xlsx
from desktop.services.fleet import list_fleet
from desktop.services.snapshots import read_document
from tests.services.test_poison import POISON

if TYPE_CHECKING:
    from tests.services.conftest import Desk

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
GIB = 1024**3
HOSTILE = [
    "=1+1",
    "+49 7",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20A",
    "\u200b=1",
]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def row(name: str = "AHB-PC-014", **asset: Any) -> FleetRow:
    device = DeviceRow("id-1", name, "approved", "Windows", "", "Sabine Oswald", NOW, 2, "warn")
    facts = Inventory(
        os_name="Windows 11 Pro", memory_bytes=16 * GIB, disk_free_bytes=int(7.8 * GIB), is_encrypted=True
    )
    return FleetRow(device, Asset(**asset), facts, NOW, support_ends=date(2026, 10, 13))


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def column(name: str) -> int:
    return [one.id for one in COLUMNS].index(name)


def test_csv_is_what_a_german_excel_opens() -> None:
    content = to_csv([row(purchased_on=date(2025, 1, 15), note='a;b\n"c"')], load_texts("de"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    heading, first = table(content)
    assert heading[column("memory_gb")] == "Speicher (GB)"
    assert first[column("disk_free_gb")] == "7,8"
    assert first[column("purchased_on")] == "2025-01-15"
    assert first[column("encrypted")] == "ja"
    assert first[column("antivirus_on")] == ""
    assert first[column("note")] == 'a;b "c"'
    assert table(to_csv([row()], load_texts("en")))[1][column("disk_free_gb")] == "7.8"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text: str) -> None:
    assert is_formula(text)
    rows = [row(text, supplier=text)]
    _, first = table(to_csv(rows, load_texts("de")))
    assert first[column("name")].startswith("'")
    assert first[column("supplier")].startswith("'")
    sheet, styles = sheet_of(to_xlsx(rows, load_texts("de"), made_at=NOW))
    assert not list(sheet.iter(f"{SHEET}f"))
    cell = cells_of(sheet)[1][column("supplier")]
    assert cell.get("t") == "s"
    assert styles[int(cell.get("s", "0"))].get("quotePrefix") == "1"


@pytest.mark.parametrize("text", ["AHB-PC-014", "Büro 2", "Meyer & Co", "3 Jahre"])
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert not is_formula(text)


def sheet_of(content: bytes) -> tuple[ElementTree.Element, list[ElementTree.Element]]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        styles = ElementTree.fromstring(book.read("xl/styles.xml"))
    formats = styles.find(f"{SHEET}cellXfs")
    assert formats is not None
    return sheet, list(formats)


def cells_of(sheet: ElementTree.Element) -> list[dict[int, ElementTree.Element]]:
    """Return the cells by column, line by line."""
    found: list[dict[int, ElementTree.Element]] = []
    for line in sheet.iter(f"{SHEET}row"):
        places: dict[int, ElementTree.Element] = {}
        for cell in line:
            place = 0
            for letter in re.sub(r"\d", "", cell.get("r", "")):
                place = 26 * place + ord(letter) - 64
            places[place - 1] = cell
        found.append(places)
    return found


def test_a_workbook_has_numbers_and_days() -> None:
    sheet, styles = sheet_of(to_xlsx([row(warranty_until=date(2027, 1, 14))], load_texts("de"), made_at=NOW))
    first = cells_of(sheet)[1]
    memory, until = first[column("memory_gb")], first[column("warranty_until")]
    assert (memory.get("t", "n"), memory.findtext(f"{SHEET}v")) == ("n", "16")
    assert date(1899, 12, 30) + timedelta(days=int(until.findtext(f"{SHEET}v") or 0)) == date(2027, 1, 14)
    assert styles[int(until.get("s", "0"))].get("numFmtId") not in (None, "0")
    assert column("purchased_on") not in first
    assert sheet.find(f"{SHEET}autoFilter") is not None


def rich(device: str = "PC", **more: dict[str, Any]) -> Snapshot:
    """A snapshot with something in every section that GLPI knows."""
    snapshot = make_snapshot(device, NOW, load_rules())
    facts: dict[str, dict[str, Any]] = {
        "software": {"programs": [
            {"name": "Firefox", "version": "128.0", "publisher": "Mozilla", "source": "registry",
             "installed_on": "2026-05-01"},
            {"name": "Ohne Datum", "version": None, "publisher": None, "source": None, "installed_on": "20260501"},
        ]},
        "encryption": {"is_system_encrypted": True, "method": "BitLocker"},
        "security": {"antivirus": ["Defender"], "is_antivirus_on": True, "is_antivirus_current": False,
                     "is_firewall_on": True},
        "disk_health": {"disks": [{"name": "0", "model": "Samsung", "bus": "nvme", "size_bytes": 512 * 10**9},
                                  {"name": "1", "model": "WD", "bus": "sata", "size_bytes": 10**12}]},
        "battery": {"is_present": True, "design_capacity_wh": 57.0, "full_capacity_wh": 48.5},
        "usb": {"devices": [{"vendor_id": "046d", "product_id": "c52b", "name": "Receiver", "is_hub": False}]},
        "displays": {"displays": [{"name": "DELL U2722D"}], "adapters": [{"name": "Intel Iris Xe"}]},
        "time_drift": {"zone": "+0100", "offset_s": 0.1},
        "uptime": {"restarted_at": 1_795_000_000, "uptime_s": 3600},
        "cpu_load": {"model": "Intel Core i5-1335U", "cores": 10, "logical_cores": 12, "frequency_mhz": 1300.4},
        **more,
    }  # fmt: skip
    probes = {name: ProbeResult(ProbeStatus.OK, values) for name, values in facts.items()}
    return replace(snapshot, probes={**snapshot.probes, **probes})


def test_glpi_gets_its_own_units_types_and_words() -> None:
    document = glpi_document(row(inventory_number="INV-7", serial="5CG1"), rich())
    content = document["content"]
    assert (document["itemtype"], document["action"], document["deviceid"]) == (
        "Computer", "inventory", "ersthelfer-id-1",
    )  # fmt: skip
    assert content["versionclient"].startswith("Ersthelfer-")
    assert content["hardware"]["memory"] * 1024**2 == rich().probes["memory"].facts["total_bytes"]
    assert content["bios"] == {**content["bios"], "assettag": "INV-7", "ssn": "5CG1"}
    assert content["operatingsystem"]["name"] == "Windows"
    assert content["operatingsystem"]["arch"] == "x86_64"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", content["operatingsystem"]["boot_time"])
    assert content["operatingsystem"]["timezone"] == {"name": "UTC+01:00", "offset": "+0100"}
    assert content["cpus"] == [
        {"name": "Intel Core i5-1335U", "core": 10, "thread": 1, "speed": 1300, "arch": "x86_64"}
    ]
    assert content["drives"][0]["letter"] == "C:"
    assert (content["drives"][0]["encrypt_status"], content["drives"][0]["encrypt_name"]) == ("Yes", "BitLocker")
    assert [one.get("interface") for one in content["storages"]] == [None, "SATA"]
    assert content["networks"][0]["status"] == "up"
    assert content["networks"][0]["speed"] == "1000"
    assert content["softwares"][1] == {"name": "Ohne Datum"}
    assert content["antivirus"] == [{"name": "Defender", "enabled": True, "uptodate": False}]
    assert content["firewalls"] == [{"status": "on"}]
    assert content["batteries"] == [{"capacity": 57000, "real_capacity": 48500}]


@pytest.mark.parametrize("name", [one for one in POISON if "snapshot" in POISON[one]])
def test_glpi_is_written_whatever_a_pc_says(name: str) -> None:
    """Numbers no machine can have and facts of another kind are left out; the others' export goes on."""
    found = read_document(POISON[name]["snapshot"])
    if found is None:
        pytest.skip("never taken in")
    document = glpi_document(row(), found)
    assert json.loads(json.dumps(document)) == document
    rows = [one for section in document["content"].values() if isinstance(section, list) for one in section]
    rows += [one for one in document["content"].values() if isinstance(one, dict)]
    assert not [value for one in rows for value in one.values() if isinstance(value, int) and abs(value) >= 2**63]


def test_glpi_gets_no_adapter_whose_state_is_not_known() -> None:
    """An adapter needs one of two states there, and neither would be true."""
    rows = [{"name": "en0", "is_up": None}, {"name": "en1", "is_up": False}, {"name": "en2", "is_up": True}]
    facts = {"net_link": ProbeResult(ProbeStatus.OK, {"interfaces": rows})}
    networks = glpi_document(row(), Snapshot("2026-11-23T09:00:00Z", "basic", facts))["content"]["networks"]
    assert [(one["description"], one["status"]) for one in networks] == [("en1", "down"), ("en2", "up")]


def test_glpi_gets_nothing_that_was_withheld() -> None:
    snapshot = rich()
    gone = {name: ProbeResult(ProbeStatus.WITHHELD) for name in snapshot.probes}
    content = glpi_document(row(), replace(snapshot, probes=gone))["content"]
    assert content.keys() == {"versionclient", "hardware"}
    assert content["hardware"] == {"name": "AHB-PC-014"}


def _store(desk: Desk, *names: str) -> None:
    for name in names:
        with desk.work.store.writing() as connection:
            values = {"id": f"id-{name}", "name": name, "at": to_text(desk.clock())}
            fetch(connection, "INSERT INTO devices (id, name, status, created_at) "
                              "VALUES (:id, :name, 'approved', :at)", values)  # fmt: skip
        if not name.startswith("neu"):
            add_snapshot(desk.work, f"id-{name}", rich(name))


def test_files_are_written_whole(desk: Desk, tmp_path: Path) -> None:
    _store(desk, "PC/1", "PC:2", "neu-3")
    rows, texts = list_fleet(desk.work).rows, load_texts("de")
    for kind, start in ((ExportFormat.CSV, b"\xef\xbb\xbf"), (ExportFormat.XLSX, b"PK")):
        target = tmp_path / f"inventar.{kind.value}"
        done = export_inventory(desk.work, rows, texts, kind=kind, target=target)
        assert (done.devices, done.left_out) == (3, ())
        assert target.read_bytes().startswith(start)
    done = export_inventory(desk.work, rows, texts, kind=ExportFormat.GLPI, target=tmp_path / "glpi.zip")
    assert (done.devices, done.left_out) == (2, ("neu-3",))
    with zipfile.ZipFile(tmp_path / "glpi.zip") as archive:
        names = archive.namelist()
        documents = [json.loads(archive.read(one)) for one in names]
    assert not [one for one in names if "/" in one or ":" in one]
    assert sorted(one["content"]["hardware"]["name"] for one in documents) == ["PC/1", "PC:2"]
    export_inventory(desk.work, rows[1:2], texts, kind=ExportFormat.GLPI, target=tmp_path / "eins.json")
    assert json.loads((tmp_path / "eins.json").read_text())["itemtype"] == "Computer"
    assert sorted(one.name for one in tmp_path.glob(".*")) == []


def test_what_cannot_be_written_says_so_and_leaves_the_old_file(desk: Desk, tmp_path: Path) -> None:
    _store(desk, "neu-3")
    rows, texts = list_fleet(desk.work).rows, load_texts("de")
    with pytest.raises(AppError, match=r"inventory\.nothing"):
        export_inventory(desk.work, rows, texts, kind=ExportFormat.GLPI, target=tmp_path / "a.json")
    with pytest.raises(AppError, match=r"inventory\.unwritable"):
        export_inventory(desk.work, rows, texts, kind=ExportFormat.CSV, target=tmp_path / "fehlt" / "a.csv")
    assert list(tmp_path.glob("a.*")) == []
