"""Whole recorded Windows PCs through all probes: declared facts, nothing left open, nobody named."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.diagnostics.findings import evaluate
from desktop.diagnostics.probe import LINUX, WINDOWS, Lane, Probe
from desktop.diagnostics.registry import PROBES, load_readers
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.runner import guarded
from desktop.diagnostics.windows import job, readers
from desktop.domain.snapshot import FindingState, Privacy, ProbeResult, ProbeStatus
from tests.diagnostics.declared import check_row
from tests.diagnostics.servers import connections
from tests.diagnostics.windows import recordings
from tests.diagnostics.windows.asking import Charge, facts
from tests.diagnostics.windows.dlls import RecordedLibraries, recorded_machine
from tests.diagnostics.windows.pc import FakeWinreg, stand_in, windows_machine
from tests.diagnostics.windows.recorded import Thing

PCS = (recordings.notebook, recordings.old_pc, recordings.domain_pc, recordings.faulty_pc)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the recorded PCs live at the time of their recordings."""
    monkeypatch.setattr(time, "time", lambda: float(recordings.NOW))


def test_every_module_is_loaded_before_the_deadlines_begin() -> None:
    """On Windows; here a fresh collector has nothing of the package."""
    folder = Path(readers.__file__).parent
    names = {one.stem for one in folder.glob("*.py")} - {"__init__", "readers"}
    assert {one.__name__.rpartition(".")[2] for one in readers.READERS} == names
    assert load_readers(WINDOWS) == readers.READERS
    assert load_readers(LINUX) == ()
    code = "import desktop.entry.collector, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout
    assert "diagnostics.windows" not in loaded


@pytest.mark.parametrize("pc", PCS, ids=lambda one: one.__name__)
def test_whole_pcs_keep_their_declarations_and_tell_no_names(pc: Any, tmp_path: Path) -> None:
    """Every probe of every recorded PC is declared, leaves nothing open, and names nobody outside hidden fields."""
    recorded = pc()
    libraries = RecordedLibraries(recorded)
    machine = windows_machine(
        winreg=FakeWinreg(recorded.registry), libraries=libraries.libraries, environment=recorded.environment
    )
    public: list[Any] = []
    for one in PROBES:
        result = guarded(one, machine)
        if one.id == "services":
            continue  # psutil's list of services exists on Windows only
        assert result["status"] in {"ok", "partial", "denied", "unsupported"}, (one.id, result["reason"])
        assert result["source"] or not any(result["facts"].values()) or one.id == "app", one.id
        found = json.loads(json.dumps(result["facts"]))
        check_row(one.fields, found)
        public.append(_public(one, found))
    assert libraries.left_open() == 0
    said = json.dumps(public, ensure_ascii=False).lower()
    people = ("anna", "bert", "carla", "kunze", "villa", "geheim", "aa123", "files01", "druck01")
    assert not [name for name in people if name in said]


def _public(probe: Probe, found: dict[str, Any]) -> list[Any]:
    values: list[Any] = []
    for one in probe.fields:
        if one.columns:
            columns = [column.name for column in one.columns if column.privacy is Privacy.PUBLIC]
            values += [[row.get(name) for name in columns] for row in found.get(one.name) or []]
        elif one.privacy is Privacy.PUBLIC:
            values.append(found.get(one.name))
    return values


def _result(answer: dict[str, Any]) -> ProbeResult:
    return ProbeResult(ProbeStatus(answer["status"]), answer["facts"], reason=answer["reason"])


EXPECTED = {
    "notebook": {"net.cable_absent"},
    "old_pc": {"disk.full", "disk.low", "net.no_address", "os.unsupported", "sec.av_old", "account.expiring"},
    "domain_pc": {"share.unreachable", "os.unsupported"},
    "faulty_pc": {
        "disk.full", "disk.low", "disk.health_bad", "disk.errors", "backup.stale", "proc.hung", "crash.app",
        "crash.bugcheck", "crash.power", "net.link_down", "net.wifi_off", "net.no_address", "printer.spooler_stopped",
        "update.reboot_pending", "os.unsupported", "sec.av_old", "sec.fw_off", "account.expiring", "battery.worn",
        "device.error",
    },
}  # fmt: skip
OF_THIS_MACHINE = ("cpu.", "mem.", "uptime.", "disk.slow")
"""Found by psutil on the machine that runs the test, whatever was recorded."""


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("pc", PCS, ids=lambda one: one.__name__)
def test_the_rules_find_what_is_wrong_and_nothing_else(
    pc: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way from registry and structures to findings; of a well PC only that its cable is not plugged in."""
    monkeypatch.setattr(psutil, "sensors_battery", Charge)
    lines = recordings.powershell_lines(
        disks=recordings.DISKS if pc is recordings.faulty_pc else recordings.DISKS[:1],
        updates=recordings.UPDATES,
        wear=recordings.WEAR,
    )
    stand_in(tmp_path, "WindowsPowerShell/v1.0/powershell.exe", lines)
    recorded = pc()
    with connections() as port:
        recorded.registry[rf"{recordings.TCP_PORTS}\192.0.2.40"] = {"HostName": "127.0.0.1", "PortNumber": port}
        machine = recorded_machine(recorded, system_folder=tmp_path)
        asked = [one for one in PROBES if one.lane is not Lane.NETWORK or one.id in ("shares", "printer_port")]
        found = {one.id: _result(guarded(one, machine)) for one in asked}
    present = {one.id for one in evaluate(found, load_rules()) if one.state is FindingState.PRESENT}
    assert {one for one in present if not one.startswith(OF_THIS_MACHINE)} == EXPECTED[pc.__name__]


def test_every_stand_in_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that no probe asks would prove nothing."""
    monkeypatch.setattr(psutil, "sensors_battery", Charge)
    used: set[str] = set()
    for make in PCS:
        pc = make()
        libraries = RecordedLibraries(pc)
        machine = windows_machine(winreg=FakeWinreg(pc.registry), libraries=libraries.libraries)
        for one in PROBES:
            guarded(one, machine)
        assert job.hold_tools(libraries.libraries)
        used |= {name for _, name in libraries.asked}
    assert set(RecordedLibraries(recordings.notebook()).functions) - used == set()


def test_what_people_call_their_devices_is_not_told() -> None:
    """Headphones, telephones and sticks have their owners' names in Windows; they are told by their kind."""
    pc = recordings.notebook()
    name = "{44444444-dddd-4444-8888-000000000004}"
    pc.registry[rf"{recordings.SOUND}\Render\{name}"] = {"DeviceState": 1}
    pc.registry[rf"{recordings.SOUND}\Render\{name}\Properties"] = {
        recordings.LABEL: "Kopfhörer", recordings.MAKER: "AirPods von Sabine",
        "{a45c254e-df1c-4efd-8020-67d146a850e0},24": "BTHENUM",
    }  # fmt: skip
    pc.things += [
        Thing(name="Galaxy von Sabine", class_name="WPD", ids=(r"USB\VID_04E8&PID_6860",), description="MTP-USB-Gerät"),
        Thing(
            name="Sabines Headset",
            class_name="MEDIA",
            ids=(r"BTHHFENUM\BthHFPAudio",),
            problem=10,
            description="Freisprechen",
        ),
        Thing(name="Sabines iPhone", class_name="Bluetooth", ids=("BTHENUM",), problem=28, description="Telefon"),
    ]
    found = [facts(one, pc) for one in ("audio_camera", "usb", "devices_bad")]
    assert "Sabine" not in str(found)
    assert {"name": "Bluetooth", "direction": "output", "driver_version": None} in found[0]["devices"]
    assert "MTP-USB-Gerät" in [row["name"] for row in found[1]["devices"]]
    assert {"Telefon", "Freisprechen"} <= {row["name"] for row in found[2]["devices"]}
