"""Programs, start-up, events, backups and what the one PowerShell process tells, on recorded Windows PCs."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from desktop.diagnostics.windows import powershell
from tests.diagnostics.windows import recordings
from tests.diagnostics.windows.asking import answer, facts
from tests.diagnostics.windows.dlls import RecordedLibraries, recorded_machine
from tests.diagnostics.windows.pc import FakeWinreg, stand_in, windows_machine
from tests.diagnostics.windows.recorded import Logged

SHELL = "WindowsPowerShell/v1.0/powershell.exe"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the recorded PCs live at the time of their recordings."""
    monkeypatch.setattr(time, "time", lambda: float(recordings.NOW))


def test_programs_that_windows_shows() -> None:
    machine = recorded_machine(recordings.notebook())
    status, found = answer("software", machine)
    assert status == "ok"
    assert [(row["name"], row["version"], row["source"], row["installed_on"]) for row in found["programs"]] == [
        ("Microsoft 365 Apps for Business - de-de", "16.0.18827.20164", "system", None),
        ("Microsoft Edge", "138.0.3351.95", "system_32", "2026-01-10"),
        ("Mozilla Firefox (x64 de)", "140.0", "system", "2026-01-14"),
        ("Zoom Workplace", "6.4.6", "user", None),
    ]
    chosen = answer("browsers_office", machine)[1]["programs"]
    assert {(row["role"], row["name"], row["channel"], row["is_default"]) for row in chosen} == {
        ("office", "Microsoft 365 Apps for Business - de-de", "current", None),
        ("browser", "Microsoft Edge", None, False),
        ("browser", "Mozilla Firefox (x64 de)", None, True),
        ("mail", "Outlook (classic)", "current", True),
        ("meeting", "Zoom Workplace", None, None),
        ("meeting", "Microsoft Teams", "store", None),
    }
    assert next(row["version"] for row in chosen if row["channel"] == "store") == "25163.3611.3774.6315"


def test_a_list_of_programs_that_may_not_be_read_has_no_total() -> None:
    pc = recordings.notebook()
    machine = windows_machine(
        winreg=FakeWinreg(pc.registry, denied=(recordings.UNINSTALL_32.lower(),)),
        libraries=RecordedLibraries(pc).libraries,
    )
    status, found = answer("software", machine)
    assert status == "partial registry"
    assert len(found["programs"]) == 3
    assert "total" not in found


def test_what_starts_by_itself_without_arguments(tmp_path: Path) -> None:
    folder = tmp_path / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup"
    folder.mkdir(parents=True)
    for name in ("Notizen.lnk", "desktop.ini", "Alt.LNK"):
        (folder / name).touch()
    pc = recordings.notebook()
    pc.environment["APPDATA"] = str(tmp_path)
    pc.registry[rf"{recordings.APPROVED}\StartupFolder"] = {"alt.lnk": b"\x07\0\0\0"}
    found = facts("startup", pc)["items"]
    assert {(row["name"], row["kind"], row["scope"], row["is_enabled"]) for row in found} == {
        ("OneDrive", "run_key", "user", True),
        ("Teams", "run_key", "user", False),
        ("SecurityHealth", "run_key", "system", True),
        ("Notizen", "folder", "user", True),
        ("Alt", "folder", "user", False),
    }
    assert "geheim" not in json.dumps(found)


@pytest.mark.usefixtures("clock")
def test_events_by_source_and_number(tmp_path: Path) -> None:
    pc = recordings.faulty_pc()
    libraries = RecordedLibraries(pc)
    machine = windows_machine(winreg=FakeWinreg(pc.registry), libraries=libraries.libraries)
    status, found = answer("events", machine)
    assert status == "ok"
    assert (found["system_crashes"], found["power_losses"], found["disk_errors"]) == (1, 1, 41)
    assert found["app_crashes"] == [
        {"app": "OUTLOOK.EXE", "version": "16.0.18827.20164", "count": 3, "last_at": recordings.NOW},
        {"app": "Tool Ä.exe", "version": "1.0", "count": 1, "last_at": recordings.NOW - 7},
    ]
    rows = {(row["kind"], row["source"], row["code"]): row["count"] for row in found["events"]}
    assert rows["disk", "disk", 153] == 40
    assert rows["print", "Microsoft-Windows-PrintService", 372] == 1
    assert rows["hardware", "Microsoft-Windows-WHEA-Logger", 18] == 1
    assert rows["other", "Microsoft-Windows-Ntfs", 98] == 1
    assert libraries.left_open() == 0
    said = json.dumps(found, ensure_ascii=False)
    assert not [word for word in ("Kündigung", "carla", "MEMORY.DMP", "mso.dll") if word in said]


def test_a_log_that_may_not_be_read_leaves_its_facts_out() -> None:
    status, found = answer("events", recorded_machine(recordings.domain_pc()))
    assert status == "partial log"
    assert "system_crashes" not in found
    assert found["app_crashes"] == []
    pc = recordings.domain_pc()
    pc.logs = {"System": 5, "Application": 5}
    assert answer("events", recorded_machine(pc)) == ("denied log", {})
    pc.logs = {}
    assert answer("events", recorded_machine(pc)) == ("unsupported no_log", {})


@pytest.mark.usefixtures("clock")
def test_backups_by_what_they_say_themselves() -> None:
    assert facts("backup", recordings.notebook()) == {
        "backups": [{"kind": "file_history", "last_success_at": recordings.NOW - 3600, "days_since": 0}],
        "newest_days": 0,
    }
    found = facts("backup", recordings.faulty_pc())
    assert {(row["kind"], row["days_since"]) for row in found["backups"]} == {("veeam", None), ("windows_backup", 9)}
    assert found["newest_days"] == 9
    pc = recordings.old_pc()
    pc.logs = {"Microsoft-Windows-Backup": [], "Veeam Agent": []}
    assert [row["kind"] for row in facts("backup", pc)["backups"]] == ["veeam"], "Windows has that log everywhere"
    pc.logs = {"Microsoft-Windows-Backup": [Logged(source="Microsoft-Windows-Backup", number=5, level=2, at=1)]}
    assert [(row["kind"], row["days_since"]) for row in facts("backup", pc)["backups"]] == [("windows_backup", None)]
    pc.logs = {"Veeam Agent": 5}
    assert answer("backup", recorded_machine(pc))[0] == "partial log"


def test_cloud_folders_by_their_being_there() -> None:
    found = facts("cloud_sync", recordings.notebook())["folders"]
    assert found == [{"kind": "onedrive", "is_business": True, "is_running": False, "free_bytes": 120 << 30}]
    pc = recordings.notebook()
    pc.registry[r"HKCU\Software\Microsoft\OneDrive\Accounts\Business1"]["UserFolder"] = r"\\files01\onedrive"
    assert facts("cloud_sync", pc)["folders"][0]["free_bytes"] is None, "a server is never asked for its space"


@pytest.mark.usefixtures("clock")
def test_one_powershell_answers_for_all_slow_probes(tmp_path: Path) -> None:
    lines = recordings.powershell_lines(disks=recordings.DISKS, updates=recordings.UPDATES, wear=recordings.WEAR)
    stand_in(tmp_path, SHELL, "\ufeff" + lines)
    machine = recorded_machine(recordings.old_pc(), system_folder=tmp_path)
    disks = answer("disk_health", machine)[1]["disks"]
    assert [(row["model"], row["kind"], row["bus"], row["health"], row["size_bytes"]) for row in disks] == [
        ("SAMSUNG MZVL2512HDJD-00BL7", "ssd", "nvme", "healthy", 512110190592),
        ("WDC WD10EZEX", "hdd", "sata", "bad", 1000204886016),
        (None, None, None, None, None),
    ]
    assert (disks[0]["worn_percent"], disks[0]["temperature_celsius"], disks[1]["worn_percent"]) == (7.0, 41.0, None)
    assert answer("updates", machine) == (
        "ok",
        {"last_success_at": recordings.NOW - 31 * recordings.DAY, "days_since": 31, "failed": 1,
         "last_title": "2026-08 Kumulatives Update für Windows 11 (KB5050001)", "is_automatic": False},
    )  # fmt: skip
    assert (tmp_path / f"{SHELL}.started").read_text() == "once\n"


def test_a_powershell_that_hangs_keeps_what_it_has_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(powershell, "PATIENCE", 0.5)
    stand_in(tmp_path, SHELL, recordings.powershell_lines(disks=recordings.DISKS) + "updates eyJv", hangs=True)
    machine = recorded_machine(recordings.notebook(), system_folder=tmp_path)
    assert answer("disk_health", machine)[0] == "ok"
    assert answer("updates", machine) == ("unsupported powershell", {})


def test_refused_counters_leave_the_health_and_a_refused_health_says_so(tmp_path: Path) -> None:
    denied = -2147024891  # E_ACCESSDENIED as .NET gives it
    stand_in(tmp_path, SHELL, recordings.powershell_lines(disks=recordings.DISKS, wear=denied, updates=denied))
    machine = recorded_machine(recordings.notebook(), system_folder=tmp_path)
    status, found = answer("disk_health", machine)
    assert (status, found["disks"][0]["worn_percent"]) == ("ok", None)
    assert answer("updates", machine) == ("denied wmi", {})


def test_a_restricted_powershell_that_cannot_encode_is_read_too(tmp_path: Path) -> None:
    stand_in(tmp_path, SHELL, b'disks {"ok":[{"DeviceId":"0","FriendlyName":"K\x81hn","HealthStatus":0}]}\r\n')
    status, found = answer("disk_health", recorded_machine(recordings.notebook(), system_folder=tmp_path))
    assert (status, found["disks"][0]["health"]) == ("ok", "healthy")
