"""A checklist about the PC in front of the technician: its actions run there, really and off the main thread."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.client.store import store_path
from desktop.domain.commands import CreateTicket
from desktop.domain.snapshot import Finding, FindingState
from desktop.domain.wizard.doing import Deed, Prospect
from desktop.domain.wizard.events import Try
from desktop.services.people import SavePerson, save_person
from desktop.services.tickets import create_ticket
from desktop.services.work import Work
from desktop.ui.desk.context import DeskContext
from desktop.ui.desk.wizards.own_pc import is_own_pc, own_tools
from desktop.ui.desk.wizards.reading import reading_stage
from desktop.ui.wizard.here import Here
from tests.ui.desk.devices.test_devices_page import add_device


@pytest.fixture
def hilfe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the folders of Hilfe where this test may write; returns where its store lies."""
    monkeypatch.setenv("ERSTHELFER_HOME", str(tmp_path / "hilfe"))
    return store_path(Home.under(tmp_path / "hilfe").ensure())


def test_a_device_is_this_pc_only_where_its_hilfe_says_so(hilfe: Path) -> None:
    assert not is_own_pc("pc-17")
    with sqlite3.connect(hilfe) as db:
        db.execute("CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT)")
        db.execute("INSERT INTO facts VALUES ('identity.device_id', 'pc-17')")
    db.close()
    assert is_own_pc("pc-17")
    assert not is_own_pc("pc-18")
    assert not is_own_pc("")


def test_a_checklist_on_the_ticket_of_this_pc_is_here(hilfe: Path, work: Work) -> None:
    person = save_person(work, SavePerson("Sabine Oswald")).result
    device = add_device(work, "AHB-PC-014", person_id=person.id)
    ticket = create_ticket(work, CreateTicket("Druckt nicht", person_id=person.id, device_id=device)).result
    assert not reading_stage(ticket.id)(work).is_here
    with sqlite3.connect(hilfe) as db:
        db.execute("CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT)")
        db.execute("INSERT INTO facts VALUES ('identity.device_id', ?)", (device,))
    db.close()
    assert reading_stage(ticket.id)(work).is_here


@pytest.fixture
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one file in its bin."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "Trash/files").mkdir(parents=True)
    (tmp_path / "Trash/files/alt.txt").write_text("alt")
    return tmp_path / "Trash/files"


def test_an_action_is_foreseen_and_done_and_the_window_goes_on(qtbot: QtBot, context: DeskContext, trash: Path) -> None:
    owner = QObject()
    tools = own_tools(context, owner)
    assert (tools.is_here, tools.can_perform("spooler.restart"), tools.can_perform("policy.update")) == (
        True,
        True,
        False,
    )
    seen: list[Prospect] = []
    tools.foresee("trash.empty", {}, seen.append)
    assert seen == []  # nothing comes before the event loop has its turn
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert dict(seen[0].facts) == {"count": 1, "size": 3}
    done: list[Deed] = []
    tools.perform("trash.empty", {}, seen[0].agreed, done.append)
    qtbot.waitUntil(lambda: len(done) == 1)
    assert done == [Deed(Try.DONE, "bin: 1 entries deleted")]
    assert list(trash.iterdir()) == []


def test_employees_get_nothing_that_needs_an_administrator(context: DeskContext) -> None:
    def look_again(finding: str) -> Finding:
        raise AssertionError(finding)

    tools = Here(context.clock, context.run_io, QObject(), look_again).tools()
    assert not tools.can_perform("spooler.restart")
    assert tools.can_perform("trash.empty")


def test_secrets_do_not_go_along(qtbot: QtBot, context: DeskContext, monkeypatch: pytest.MonkeyPatch) -> None:
    said = Deed(Try.FAILED, "nmcli: exit 4 · password=geheim123 for anna@firma.example in /home/anna")
    monkeypatch.setattr("desktop.system.actions.performing.perform", lambda *_args, **_more: said)
    owner, done = QObject(), list[Deed]()
    own_tools(context, owner).perform("vpn.connect", {}, "x", done.append)
    qtbot.waitUntil(lambda: len(done) == 1)
    assert done[0].result is Try.FAILED
    assert done[0].evidence.startswith("nmcli: exit 4 · ")
    assert not {one for one in ("geheim123", "anna@", "/home/anna") if one in done[0].evidence}


def test_a_fault_while_looking_or_acting_is_no_way_on(
    qtbot: QtBot, context: DeskContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.base.errors import AppError

    def fail(*_args: object, **_more: object) -> None:
        raise AppError("home.unusable", parameters={"path": "x"})

    for door in ("perform", "foresee"):
        monkeypatch.setattr(f"desktop.system.actions.performing.{door}", fail)
    owner, found = QObject(), list[object]()
    tools = Here(context.clock, context.run_io, owner, fail).tools()  # type: ignore[arg-type]
    tools.foresee("trash.empty", {}, found.append)
    tools.perform("trash.empty", {}, "x", found.append)
    tools.verify("disk.full", found.append)
    qtbot.waitUntil(lambda: len(found) == 3)
    assert Prospect(is_possible=False) in found
    assert Deed(Try.FAILED) in found
    assert [one.state for one in found if isinstance(one, Finding)] == [FindingState.UNKNOWN]
