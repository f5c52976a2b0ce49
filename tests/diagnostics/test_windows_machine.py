"""What a recorded Windows PC is and how it stands: release, model, drives, programs that hang, devices."""

from __future__ import annotations

import psutil
import pytest

from desktop.diagnostics.windows import firmware
from tests.diagnostics.windows import recordings
from tests.diagnostics.windows.asking import Charge, answer, facts
from tests.diagnostics.windows.dlls import recorded_machine


def test_the_release_is_windows_11_although_it_calls_itself_10() -> None:
    found = facts("os", recordings.notebook())
    assert {name: found[name] for name in ("name", "version", "build", "edition", "architecture", "installed_at")} == {
        "name": "Windows 11 Pro", "version": "25H2", "build": "26200.4652", "edition": "Professional",
        "architecture": "AMD64", "installed_at": 1_735_000_000,
    }  # fmt: skip
    old = facts("os", recordings.old_pc())
    assert (old["name"], old["version"], old["build"]) == ("Windows 10 Home", "22H2", "19045.6456")


def test_a_model_is_called_what_people_call_it() -> None:
    found = facts("hardware", recordings.notebook())
    assert found["model"] == "ThinkPad T14 Gen 4 (21HDCTO1WW)"
    assert found["form"] == "notebook"
    assert (found["serial"], found["memory_bytes"]) == ("PF4XYZ12", 16 << 30)
    assert found["processor"] == "13th Gen Intel(R) Core(TM) i5-1335U"
    old = facts("hardware", recordings.old_pc())
    assert (old["manufacturer"], old["model"], old["form"]) == ("ASRock", "B450M Pro4", "desktop")


def test_processor_and_promised_memory() -> None:
    machine = recorded_machine(recordings.notebook())
    assert answer("cpu_load", machine)[1]["model"] == "13th Gen Intel(R) Core(TM) i5-1335U"
    memory = answer("memory", machine)[1]
    assert (memory["committed_bytes"], memory["commit_limit_bytes"]) == (14 << 30, 24 << 30)


def test_only_fixed_drives_are_touched_and_a_locked_one_has_no_size() -> None:
    found = facts("disks", recordings.notebook())
    assert [(row["mount"], row["filesystem"], row["is_system"]) for row in found["volumes"]] == [("C:\\", "ntfs", True)]
    assert found["volumes"][0]["free_percent"] == 25.3
    assert facts("disks", recordings.domain_pc())["network_mounts"] == 2


def test_hung_windows_are_counted_by_program_and_hidden_ones_do_not_count() -> None:
    assert facts("processes", recordings.notebook())["hung_count"] == 0
    own = psutil.Process()
    pc = recordings.faulty_pc()
    pc.windows.append((recordings.HIGH + 10, True, True, own.pid))
    found = facts("processes", pc)
    assert found["hung_count"] == 3
    assert {row["name"] for row in found["hung"]} == {None, own.name()}


def test_the_system_battery_tells_its_wear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", Charge)
    found = facts("battery", recordings.notebook())
    assert (found["health_percent"], found["cycles"], found["left_s"]) == (90.0, 112, None)
    assert (found["design_capacity_wh"], found["full_capacity_wh"]) == (52.0, 46.8)
    worn = facts("battery", recordings.faulty_pc())
    assert (worn["health_percent"], worn["cycles"]) == (44.4, None)
    assert facts("battery", recordings.old_pc())["health_percent"] is None


def test_services_that_should_run(monkeypatch: pytest.MonkeyPatch) -> None:
    states = {
        "Spooler": ("stopped", "automatic"), "W32Time": ("stopped", "manual"), "Dnscache": ("running", "automatic"),
        "Dhcp": ("running", "automatic"), "wuauserv": ("stopped", "automatic"), "WlanSvc": ("running", "automatic"),
        "Audiosrv": ("stopped", "disabled"), "BITS": ("start_pending", "automatic"),
    }  # fmt: skip

    class Service:
        def __init__(self, name: str) -> None:
            if name == "WinDefend":
                raise psutil.AccessDenied(name=name)
            if name not in states:
                raise psutil.NoSuchProcess(0, name)
            self.name = name

        def status(self) -> str:
            return states[self.name][0]

        def start_type(self) -> str:
            return states[self.name][1]

    monkeypatch.setattr(psutil, "win_service_get", Service, raising=False)
    found = facts("services", recordings.notebook())
    assert {row["name"]: row["state"] for row in found["services"]} == {
        "Spooler": "failed", "W32Time": "stopped", "Dnscache": "running", "Dhcp": "running", "wuauserv": "stopped",
        "WlanSvc": "running", "LanmanWorkstation": "missing", "Audiosrv": "stopped", "BITS": "start_pending",
        "WinDefend": "unknown",
    }  # fmt: skip
    assert found["failed"] == 1


def test_a_pending_restart_and_a_mere_hint() -> None:
    assert facts("pending_reboot", recordings.faulty_pc()) == {
        "is_pending": True, "reasons": ["component_servicing", "windows_update"], "has_pending_renames": False,
    }  # fmt: skip
    hint = facts("pending_reboot", recordings.old_pc())
    assert (hint["is_pending"], hint["has_pending_renames"]) == (False, True)


def test_fast_start_up_and_rights() -> None:
    assert facts("uptime", recordings.notebook())["has_fast_startup"] is True
    assert facts("uptime", recordings.old_pc())["has_fast_startup"] is False
    assert facts("uptime", recordings.domain_pc())["has_fast_startup"] is None
    plain, remote = facts("sessions", recordings.notebook()), facts("sessions", recordings.domain_pc())
    assert (plain["is_admin"], plain["is_remote"]) == (False, False)
    assert (remote["is_admin"], remote["is_remote"]) == (True, True), "an administrator whom Windows asks first"


def test_the_own_account_is_none_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """psutil names the own process's user with the domain and the sessions' without."""

    class Session:
        def __init__(self, name: str) -> None:
            self.name = name

    monkeypatch.setattr(psutil.Process, "username", lambda _: "NB-07\\Anna")
    monkeypatch.setattr(psutil, "users", lambda: [Session("anna"), Session("bert"), Session("bert")])
    found = facts("sessions", recordings.notebook())
    assert (found["user"], found["other_users"]) == ("Anna", 1)


def test_screens_and_graphics_drivers() -> None:
    found = facts("displays", recordings.notebook())
    assert found["displays"] == [
        {"name": "DISPLAY1", "width_px": 1920, "height_px": 1200, "refresh_hz": 60.0, "scale_percent": 125.0,
         "is_primary": True, "is_builtin": True},
        {"name": "DELL P2723D", "width_px": 2560, "height_px": 1440, "refresh_hz": 75.0, "scale_percent": 100.0,
         "is_primary": False, "is_builtin": False},
    ]  # fmt: skip
    assert found["adapters"] == [
        {"name": "Intel(R) Iris(R) Xe Graphics", "driver": "Intel Corporation", "driver_version": "32.0.101.6881",
         "driver_date": "5-29-2025"}
    ]  # fmt: skip


def test_sound_and_the_switches_of_the_privacy_settings() -> None:
    found = facts("audio_camera", recordings.notebook())
    assert (found["output"], found["input"]) == ("Lautsprecher (Realtek(R) Audio)", "Mikrofonarray (Realtek(R) Audio)")
    assert (found["volume_percent"], found["is_muted"], found["is_microphone_muted"]) == (35.0, False, False)
    assert (found["is_microphone_allowed"], found["is_camera_allowed"]) == (True, False)
    assert found["cameras"] == 1, "a scanner is none"
    assert {(row["direction"], row["driver_version"]) for row in found["devices"]} == {
        ("output", "6.0.9614.1"),
        ("input", "6.0.9614.1"),
    }
    silent = facts("audio_camera", recordings.old_pc())
    assert (silent["output"], silent["is_muted"], silent["is_microphone_allowed"]) == (None, None, None)


def test_usb_devices_once_and_devices_with_a_mark() -> None:
    found = facts("usb", recordings.notebook())["devices"]
    assert [(row["vendor_id"], row["product_id"], row["class_name"]) for row in found] == [("046d", "c52b", "USB")]
    bad = facts("devices_bad", recordings.faulty_pc())
    assert [(row["code"], row["problem"]) for row in bad["devices"]] == [
        (28, "no_driver"),
        (43, "stopped_with_error"),
        (222, "other"),
    ]
    assert facts("devices_bad", recordings.notebook()) == {"devices": [], "count": 0}


@pytest.mark.parametrize(
    "tables", [b"", b"\1", b"\1\2\0\0", b"\1\x1b\0\0" + bytes(10), b"\1\x08\0\0\0\0\0\5A\0\0", b"\0" * 64]
)
def test_broken_firmware_has_no_serial_number(tables: bytes) -> None:
    assert firmware.parse_serial(tables) is None
