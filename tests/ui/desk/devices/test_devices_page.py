from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from desktop.base.changes import Changes, Subject
from desktop.base.clock import to_text, utc_now
from desktop.base.ids import new_id
from desktop.domain.snapshot import Finding, FindingState, ProbeResult, ProbeStatus, Severity, Snapshot
from desktop.models import tables
from desktop.services.devices import add_snapshot, show_device
from desktop.services.lists import list_tickets
from desktop.services.people import SavePerson, save_person
from desktop.services.tickets import CreateTicket, create_ticket
from desktop.services.work import Work
from desktop.ui.common.look import Look
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.devices.checklist_ticket import ticket_for
from desktop.ui.desk.devices.device_list import DEVICE
from desktop.ui.desk.devices.fact_words import FactWords
from desktop.ui.desk.devices.health import Health, health_of
from desktop.ui.desk.devices.page import DevicesPage
from desktop.ui.desk.devices.raw_tab import MOST, RawTab
from desktop.ui.desk.empty_state import EmptyState
from desktop.ui.desk.questions import Question

LEFT = Qt.MouseButton.LeftButton
GB = 2**30
FULL = {
    "mount": "D", "filesystem": "NTFS", "free_bytes": 8 * GB, "total_bytes": 237 * GB, "free_percent": 3.3,
    "is_system": False, "is_read_only": False,
}  # fmt: skip


def snapshot(*findings: Finding, days: int = 0, host: str = "AHB-PC-014") -> Snapshot:
    """Return a diagnosis of a PC whose second drive is nearly full; `findings` are those of a newer program."""
    probes = {
        "os": ProbeResult(ProbeStatus.OK, {"family": "linux", "name": "Debian", "host": host}),
        "disks": ProbeResult(ProbeStatus.OK, {"volumes": [FULL]}),
        "processes": ProbeResult(ProbeStatus.WITHHELD),
        "printers": ProbeResult(ProbeStatus.TIMEOUT),
    }
    return Snapshot(to_text(utc_now() - timedelta(days=days)), "basic", probes, findings)


def add_device(work: Work, name: str, *, status: str = "approved", person_id: str | None = None) -> str:
    device_id = new_id()
    values = {"id": device_id, "name": name, "status": status, "person_id": person_id, "created_at": to_text(utc_now())}
    key = {"verify_key": device_id.encode()[:32], "box_key": b"b" * 32, "device_id": device_id}
    with work.store.writing() as connection:
        connection.execute(insert(tables.devices).values(**values, platform="Debian 12"))
        connection.execute(insert(tables.device_keys).values(**key, created_at=to_text(utc_now())))
    return device_id


@pytest.fixture
def device(work: Work) -> str:
    person = save_person(work, SavePerson("Sabine Oswald")).result
    return add_device(work, "AHB-PC-014", person_id=person.id)


def opened(
    qtbot: QtBot, context: DeskContext, device: str, *, wizards: tuple[str, ...] = ("disk-full",)
) -> DevicesPage:
    page = DevicesPage(context, lambda: dict.fromkeys(wizards))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.open_device(device)
    qtbot.waitUntil(lambda: page.view is not None and page.view.page.row.id == device)
    return page


def texts(page: DevicesPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page))


def test_findings_come_with_reason_rule_and_checklist(
    qtbot: QtBot, context: DeskContext, work: Work, device: str
) -> None:
    add_snapshot(work, device, snapshot())
    page = opened(qtbot, context, device)
    qtbot.waitUntil(lambda: "Laufende Programme" in texts(page))
    shown = texts(page)
    assert "Laufwerk fast voll" in shown
    assert "8 GB von 237 GB frei" in shown
    assert "Regel: Weniger als 10" in shown
    assert re.search(r"\d+ weitere Prüfung(en)? ohne Auffälligkeit", shown)
    assert "Systemlaufwerk voll" not in shown
    assert re.search(r"\d+ Prüfungen ohne Ergebnis", shown)
    assert "Ohne Antwort: Drucker" in shown
    start = button(page, "Checkliste starten: Laufwerk fast voll")
    with qtbot.waitSignal(page.checklist_wanted) as caught:
        qtbot.mouseClick(start, LEFT)
    assert caught.args == [device, "disk-full"]


def button(page: DevicesPage, name: str) -> QAbstractButton:
    return next(one for one in page.findChildren(QAbstractButton) if one.accessibleName() == name)


def menu_action(page: DevicesPage, text: str) -> QAction:
    return next(one for one in page.findChildren(QAction) if one.text() == text)


def test_a_checklist_that_does_not_exist_is_not_offered(
    qtbot: QtBot, context: DeskContext, work: Work, device: str
) -> None:
    add_snapshot(work, device, snapshot())
    page = opened(qtbot, context, device, wizards=())
    assert not [one for one in page.findChildren(QAbstractButton) if "Checkliste" in one.accessibleName()]


def test_a_checklist_published_meanwhile_is_offered(
    qtbot: QtBot, context: DeskContext, work: Work, device: str
) -> None:
    add_snapshot(work, device, snapshot())
    known: dict[str, object] = {}
    page = DevicesPage(context, lambda: known)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.open_device(device)
    qtbot.waitUntil(lambda: page.view is not None)
    assert not [one for one in page.findChildren(QAbstractButton) if "Checkliste" in one.accessibleName()]
    known["disk-full"] = None
    context.bus.publish(Changes.of(Subject.LIBRARY, "wizards"))
    qtbot.waitUntil(
        lambda: bool([one for one in page.findChildren(QAbstractButton) if "Checkliste" in one.accessibleName()])
    )


def test_quiet_checks_unfold(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    add_snapshot(work, device, snapshot())
    page = opened(qtbot, context, device)
    qtbot.mouseClick(button(page, "Alle zeigen"), LEFT)
    assert "Systemlaufwerk voll" in texts(page)


def test_a_device_without_a_diagnosis_says_how_one_comes(qtbot: QtBot, context: DeskContext, device: str) -> None:
    page = opened(qtbot, context, device)
    assert "Noch keine Diagnose von AHB-PC-014" in texts(page)


def test_an_old_diagnosis_says_how_old_it_is(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    add_snapshot(work, device, snapshot(days=9))
    page = opened(qtbot, context, device)
    assert "Diese Diagnose ist 9 Tage alt" in texts(page)


def test_facts_and_raw_data_show_what_was_sent(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    sent = snapshot(host="<img src=file:///etc/passwd>")
    add_snapshot(work, device, sent)
    page = opened(qtbot, context, device)
    view = page.view
    assert view is not None
    qtbot.waitUntil(lambda: view.detail is not None)
    view.tabs.show_key("system")
    assert "<img src" in texts(page)
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in page.findChildren(QLabel) if "<img" in one.text())
    view.tabs.show_key("raw")
    qtbot.mouseClick(button(page, "Kopieren"), LEFT)
    copied = json.loads(QApplication.clipboard().text())
    assert copied["probes"] == sent.to_document()["probes"]


def test_a_finding_of_another_version_is_named_and_does_no_harm(
    qtbot: QtBot, context: DeskContext, work: Work, device: str
) -> None:
    add_snapshot(work, device, snapshot(Finding("new.kind", FindingState.PRESENT, Severity.ERROR)))
    page = opened(qtbot, context, device)
    assert "new.kind" in texts(page)
    assert "Laufwerk fast voll" in texts(page)
    assert "{" not in texts(page)


def test_a_waiting_pc_shows_its_words_and_is_let_in(qtbot: QtBot, context: DeskContext, work: Work) -> None:
    device = add_device(work, "AHB-NB-015", status="waiting")
    page = opened(qtbot, context, device)
    words = show_device(work, device).words
    assert " · ".join(words) in texts(page)
    qtbot.mouseClick(button(page, "Freigeben"), LEFT)
    qtbot.waitUntil(lambda: page.view is not None and page.view.page.row.status == "approved")


def test_shutting_out_asks_first(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    page = opened(qtbot, context, device)

    def answer() -> None:
        question = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Question))
        qtbot.mouseClick(question.yes, LEFT)

    QTimer.singleShot(0, page, answer)
    menu_action(page, "Gerät sperren …").trigger()
    qtbot.waitUntil(lambda: show_device(work, device).row.status == "revoked")


def test_the_list_filters_and_speaks_whole_sentences(
    qtbot: QtBot, context: DeskContext, work: Work, device: str
) -> None:
    add_snapshot(work, device, snapshot())
    add_device(work, "AHB-PC-022")
    page = opened(qtbot, context, device)
    assert page.model.rowCount() == 2
    qtbot.mouseClick(button(page, "1 Hinweis"), LEFT)
    assert [page.model.index(0, 0).data(DEVICE).name] == ["AHB-PC-014"]
    spoken = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "AHB-PC-014, Sabine Oswald, 1 Hinweis"


def test_a_device_that_was_well_and_is_silent_is_not_called_well(
    qtbot: QtBot, context: DeskContext, work: Work, device: str, look: Look
) -> None:
    """What was well a month ago may be anything now; a fault that was there is still the first thing to say."""
    calm = replace(snapshot(days=31), probes={"os": snapshot().probes["os"]})
    add_snapshot(work, device, calm)
    young = add_device(work, "AHB-PC-015")
    add_snapshot(work, young, replace(calm, taken_at=to_text(utc_now() - timedelta(days=29))))
    faulty = add_device(work, "AHB-PC-016")
    add_snapshot(work, faulty, snapshot(days=31))
    add_device(work, "AHB-PC-017")
    page = opened(qtbot, context, device)
    states = {one.name[-3:]: health_of(look, one) for one in page.model.devices}
    assert states == {"014": Health.SILENT, "015": Health.GOOD, "016": Health.HINT, "017": Health.UNKNOWN}
    spoken = str(page.model.data(page.model.index(page.model.row_of(device), 0), Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "AHB-PC-014, Sabine Oswald, 31 Tage still"
    chips = [one for one in page.chips.findChildren(QAbstractButton) if one.accessibleName() == "1 still"]
    qtbot.mouseClick(chips[0], LEFT)
    assert [one.id for one in page.model.devices] == [device]


def test_no_devices_offer_an_invitation(qtbot: QtBot, context: DeskContext) -> None:
    page = DevicesPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: any(one.text() == "Arbeitsplätze einladen …" for one in page.findChildren(QAbstractButton)))
    assert isinstance(page.detail.currentWidget(), EmptyState)
    with qtbot.waitSignal(page.invite_wanted):
        qtbot.mouseClick(button(page, "Arbeitsplätze einladen …"), LEFT)


def test_a_change_elsewhere_reaches_the_page(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    page = opened(qtbot, context, device)
    done = add_snapshot(work, device, snapshot())
    context.bus.publish(done.changes)
    qtbot.waitUntil(lambda: page.view is not None and page.view.page.snapshot is not None)


def test_a_checklist_runs_on_the_open_ticket_or_a_new_one(work: Work, device: str) -> None:
    made = ticket_for(device, lambda name: f"Diagnose {name}")(work).result
    assert made.row.title == "Diagnose AHB-PC-014"
    again = ticket_for(device, lambda name: name)(work).result
    assert again.row.id == made.row.id
    assert len(list_tickets(work, "all").rows) == 1
    other = create_ticket(work, CreateTicket("Neueres", device_id=device)).result
    assert ticket_for(device, lambda name: name)(work).result.row.id == other.id


def test_every_control_has_a_name(qtbot: QtBot, context: DeskContext, work: Work, device: str) -> None:
    add_snapshot(work, device, snapshot())
    page = opened(qtbot, context, device)
    assert not [one for one in page.findChildren(QAbstractButton) if not one.accessibleName() and one.isVisible()]


def test_raw_data_can_be_searched(qtbot: QtBot, look: Look) -> None:
    volumes = [{"mount": "C:", "free_bytes": 5}, {"mount": "D:", "free_bytes": 7}]
    disks = ProbeResult(ProbeStatus.OK, {"volumes": volumes}, source="psutil, /proc/self/mounts")
    tab = RawTab(look, Snapshot(to_text(utc_now()), "basic", {"disks": disks}))
    qtbot.addWidget(tab)
    tab.show()

    def shown(parent: QModelIndex | None = None) -> set[str]:
        model, found = tab.found, set[str]()
        for row in range(model.rowCount(parent or QModelIndex())):
            name, value = (model.index(row, column, parent or QModelIndex()) for column in (0, 1))
            found |= {value.data() or name.data()} | shown(name)
        return found

    assert {"C:", "D:", "5", "7"} <= shown()
    tab.search.setText("mount d:")
    assert "D:" in shown()
    assert not {"C:", "5", "7"} & shown()
    tab.search.setText("volumes")
    assert {"C:", "D:"} <= shown()
    tab.search.setText("source self/mounts")
    assert "psutil, /proc/self/mounts" in shown()
    tab.search.setText("laufwerk")  # as people call it
    assert "C:" in shown()
    tab.search.clear()
    assert "C:" in shown()


def test_a_huge_snapshot_stays_usable(qtbot: QtBot, look: Look) -> None:
    facts = {"rows": [{"a": 1, "b": 2}] * (MOST + 10)}
    tab = RawTab(look, Snapshot(to_text(utc_now()), "basic", {"x": ProbeResult(ProbeStatus.OK, facts)}))
    qtbot.addWidget(tab)
    qtbot.keyClicks(tab.search, "rows")
    assert tab.found.rowCount() == 1


@pytest.mark.parametrize(
    ("probe", "name", "value", "expected"),
    [
        ("cpu_load", "percent_lowest", 2.2, "2,2 %"),
        ("cpu_load", "frequency_mhz", 3200, "3 200"),
        ("uptime", "restarted_at", 0, "nicht bekannt"),
        ("net_link", "interfaces", [{"name": "eth0", "speed_mbit": 1000}], "1 000"),
        ("disks", "volumes", [{"mount": "C:", "free_bytes": 8 * GB}], "8 GB"),
        ("of_tomorrow", "thing", True, "ja"),
    ],
)
def test_facts_have_their_unit(look: Look, probe: str, name: str, value: object, expected: str) -> None:
    assert expected.casefold() in FactWords(look).value(probe, name, value).casefold()


def test_facts_come_in_the_order_of_their_probe(look: Look) -> None:
    facts: dict[str, object] = {"unheard_of": 1, "version": "24H2", "name": "Windows"}
    names = [name for name, _ in FactWords(look).facts_in_order("os", facts)]
    assert names == ["name", "version", "unheard_of"]
