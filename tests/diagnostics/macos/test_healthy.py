"""Two recorded Macs, probe by probe: what is known is right, what macOS keeps to itself is said to be unknown."""

from __future__ import annotations

import os
import pwd
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.diagnostics.collect import evaluate
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos import volumes
from desktop.diagnostics.registry import PROBES, find_probe
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.runner import guarded
from desktop.domain.facts import ProbeStatus
from desktop.domain.snapshot import FindingState, ProbeResult
from tests.diagnostics.macos.imac import IMAC
from tests.diagnostics.macos.macbook_air import ACCOUNT_OUTPUT, MACBOOK_AIR
from tests.diagnostics.macos.recording import Recording, set_up

QUESTION = f"-plist . -read /Users/{pwd.getpwuid(os.getuid()).pw_name} accountPolicyData"


def with_account(recording: Recording) -> Recording:
    """Return the recording with the tool's answer about whoever runs the tests."""
    return replace(recording, tools={**recording.tools, ("dscl", QUESTION): ACCOUNT_OUTPUT})


@pytest.fixture
def air(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A notebook in good order."""
    return set_up(with_account(MACBOOK_AIR), tmp_path, monkeypatch)


@pytest.fixture
def imac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """An old desktop machine without a network, hot, with a dying drive."""
    return set_up(IMAC, tmp_path, monkeypatch)


def answer(machine: Machine, probe_id: str) -> tuple[str, dict[str, Any]]:
    """Run one probe as the collector does; returns its status and facts."""
    probe = find_probe(probe_id)
    assert probe is not None
    found = guarded(probe, machine)
    facts = found["facts"]
    assert isinstance(facts, dict)
    return str(found["status"]), facts


def ok(machine: Machine, probe_id: str) -> dict[str, Any]:
    """Run a probe that must know everything."""
    status, facts = answer(machine, probe_id)
    assert status == "ok", (probe_id, facts)
    return facts


def test_what_machine_it_is(air: Machine) -> None:
    """Release, model and processor; the serial number for the company alone."""
    os_facts = ok(air, "os")
    assert (os_facts["name"], os_facts["version"], os_facts["build"]) == ("macOS", "15.1.1", "24B91")
    assert os_facts["architecture"] == "arm64"
    assert ok(air, "hardware") == {
        "manufacturer": "Apple", "model": "Mac14,2", "name": "MacBook Air", "bios_version": "11881.41.5",
        "form": "notebook", "processor": "Apple M2", "cores": 8, "memory_bytes": 17179869184, "serial": "CANARYSER1",
    }  # fmt: skip
    assert ok(air, "cpu_load")["model"] == "Apple M2"
    assert ok(air, "memory")["pressure"] == "normal"


def test_battery_and_heat(air: Machine) -> None:
    """Wear counts in mAh; that "MaxCapacity" is 100 says nothing."""
    battery = ok(air, "battery")
    assert (battery["health_percent"], battery["cycles"], battery["left_s"]) == (90.0, 211, 14000)
    assert ok(air, "temperature") == {"speed_limit_percent": None, "is_throttled": False}


def test_the_network(air: Machine) -> None:
    """Wi-Fi carries, the cable adapter has no cable, the Thunderbolt port is none, and the proxy is named."""
    link = ok(air, "net_link")
    kinds = {row["name"]: (row["medium"], row["is_up"], row["is_virtual"]) for row in link["interfaces"]}
    assert kinds["en0"] == ("wifi", True, False)
    assert kinds["en5"] == ("cable", False, False)
    assert kinds["en1"] == ("thunderbolt", False, False)
    assert all(kinds[name][2] for name in ("ap1", "utun0", "anpi0"))
    assert (link["active"], link["has_cable"], link["is_wifi_on"]) == (1, False, True)
    assert ok(air, "net_route") == {"has_default": True, "gateways": ["192.168.4.1"], "interfaces": ["en0"]}
    dns = ok(air, "net_dns")
    assert (dns["servers"], dns["search"]) == (["192.168.4.1", "fe80::1"], ["moebelwerk.example"])
    proxy = ok(air, "net_proxy")
    assert (proxy["host"], proxy["port"], proxy["has_script"], proxy["has_exceptions"]) == (
        "proxy.moebelwerk.example", 3128, False, True,
    )  # fmt: skip
    assert ok(air, "net_wifi") == {
        "interface": "en0", "signal_dbm": -58.0, "channel": 44, "band": "5 GHz", "rate_mbit": 864.0, "ssid": None,
        "is_company_network": None,
    }  # fmt: skip
    assert ok(air, "net_vpn") == {"interfaces": [], "is_configured": True, "is_up": False}


def test_processes_of_everybody(air: Machine) -> None:
    """ps sees the system's programs too; whose they are is told by class only."""
    found = ok(air, "processes")
    assert (found["count"], found["blocked"]) == (5, 1)
    largest = [(row["name"], row["memory_bytes"]) for row in found["top_memory"]]
    assert largest[0] == ("Microsoft Teams", 912384 * 1024)
    assert {row["user"] for row in found["top_memory"]} <= {"self", "system", "other"}


def test_the_room_on_the_data_volume_is_the_systems(air: Machine) -> None:
    """The sealed volume is read-only and full of nothing: measured is what people fill, and no label is told."""
    found = ok(air, "disks")
    assert [(row["mount"], row["is_system"], row["is_read_only"]) for row in found["volumes"]] == [
        ("/", True, False), ("/Volumes/<volume>", False, False),
    ]  # fmt: skip
    assert found["volumes"][0]["free_bytes"] == 14000000000
    assert found["network_mounts"] == 1


def test_services_and_drives(air: Machine) -> None:
    """A service that waits to be needed is idle; the drive's own numbers are plausible ones."""
    states = {row["name"]: row["state"] for row in ok(air, "services")["services"]}
    assert states["org.cups.cupsd"] == "idle"
    assert states["com.apple.configd"] == "running"
    assert ok(air, "disk_health")["disks"] == [
        {
            "name": "disk0", "model": "APPLE SSD AP0512Z", "kind": "ssd", "bus": "apple_fabric",
            "size_bytes": 500277792768, "health": "healthy", "uncorrectable": 0, "worn_percent": 3.0,
            "temperature_celsius": 31.0,
        }
    ]  # fmt: skip


def test_copies_and_clouds(air: Machine) -> None:
    """When, and of which kind; never whose or where."""
    backup = ok(air, "backup")
    assert backup["backups"][0]["last_success_at"] == 1795161600
    assert backup["newest_days"] == backup["backups"][0]["days_since"] >= 0
    clouds = ok(air, "cloud_sync")["folders"]
    assert [(row["kind"], row["is_business"]) for row in clouds] == [
        ("google_drive", None), ("onedrive", True), ("icloud", None),
    ]  # fmt: skip
    assert clouds[0]["free_bytes"] == 14000000000


def test_updates_are_those_of_the_system(air: Machine) -> None:
    """Lists of malware that come by themselves are no update, nor is a program that somebody installed."""
    found = ok(air, "updates")
    assert (found["last_title"], found["waiting"], found["is_automatic"]) == ("macOS 15.1.1", 1, True)
    assert found["last_success_at"] == 1794466800


def test_crashes_are_counted(air: Machine) -> None:
    """Names of programs, numbers, and the panic; the machine's name in a file's name stays there."""
    found = ok(air, "events")
    apps = {row["app"]: (row["version"], row["count"]) for row in found["app_crashes"]}
    assert apps == {"Numbers": ("14.3", 2), "Finder": (None, 1)}
    assert found["system_crashes"] == 1
    assert {(row["kind"], row["code"], row["count"]) for row in found["events"]} == {
        ("app_crash", 309, 2), ("app_hang", None, 1), ("system_crash", 210, 1),
    }  # fmt: skip
    assert (found["power_losses"], found["disk_errors"]) == (None, None)


def test_protection(air: Machine) -> None:
    """Firewall, system protection, FileVault, management and the age of the own password."""
    assert ok(air, "security") == {
        "is_antivirus_on": True, "is_antivirus_current": None, "antivirus": ["XProtect"], "is_firewall_on": True,
        "firewall": ["Application Firewall"], "is_integrity_on": True,
    }  # fmt: skip
    assert ok(air, "encryption")["is_system_encrypted"] is True
    assert ok(air, "join") == {"is_managed": True, "is_domain_joined": False, "domain": None, "kind": "other"}
    account = ok(air, "accounts")
    assert account["password_age_days"] == int(time.time() - 1732000000.5) // 86400
    assert account["expires_in_days"] is None


def test_what_is_attached(air: Machine) -> None:
    """Screens by what programs see of them; a device that bears a person's name loses it."""
    found = ok(air, "displays")
    assert [(row["name"], row["width_px"], row["scale_percent"], row["refresh_hz"]) for row in found["displays"]] == [
        ("Farb-LCD", 2940, 200.0, 60.0), ("DELL U2723QE", 3840, 200.0, 60.0),
    ]  # fmt: skip
    assert [row["is_builtin"] for row in found["displays"]] == [True, None]
    sound = ok(air, "audio_camera")
    assert (sound["output"], sound["input"], sound["cameras"]) == ("MacBook Air-Lautsprecher", "bluetooth", 1)
    assert (sound["volume_percent"], sound["is_muted"]) == (44.0, False)
    assert "is_microphone_allowed" not in sound
    devices = [(row["vendor_id"], row["product_id"], row["is_hub"]) for row in ok(air, "usb")["devices"]]
    assert devices == [("2109", "0822", True), ("046d", "085e", None), ("05ac", "12a8", None)]
    assert answer(air, "devices_bad")[0] == "unsupported"


def test_programs(air: Machine) -> None:
    """Names and versions from the bundles; a spoilt one costs its version only."""
    found = {row["name"]: (row["version"], row["source"]) for row in ok(air, "software")["programs"]}
    assert found["Numbers"] == ("14.3", "app_store")
    assert found["Zeiterfassung"] == ("3.2", "system")
    assert found["Spiel"] == (None, "user")
    known = {row["name"]: (row["role"], row["is_default"]) for row in ok(air, "browsers_office")["programs"]}
    assert known["Google Chrome"] == ("browser", True)
    assert known["Safari"] == ("browser", False)
    assert known["Mail"] == ("mail", True)
    assert known["Microsoft Teams"] == ("meeting", None)


def test_start_up_items_are_not_all(air: Machine) -> None:
    """What launchd starts is known; that people's own items are kept from us is said."""
    status, facts = answer(air, "startup")
    assert status == "partial"
    assert {row["name"]: (row["kind"], row["scope"], row["is_enabled"]) for row in facts["items"]} == {
        "de.example.zeit": ("agent", "user", True), "com.example.off": ("agent", "system", False),
        "com.example.old": ("daemon", "system", False),
    }  # fmt: skip


def test_shares_without_touching_them(air: Machine) -> None:
    """The server is asked at its port; the account in the address is dropped."""
    found = ok(air, "shares")
    assert [(row["host"], row["share"], row["mount"], row["protocol"]) for row in found["shares"]] == [
        ("127.0.0.1", "Canary Vertrieb", "/Volumes/<volume>", "smb")
    ]
    assert found["unreachable"] == sum(row["is_reachable"] is False for row in found["shares"])


def test_the_old_imac(imac: Machine) -> None:
    """No network, heat, a dying drive, protection off: each is told, and no address of a script."""
    assert (ok(imac, "os")["version"], ok(imac, "hardware")["model"]) == ("12.7.6", "iMac17,1")
    assert ok(imac, "hardware")["form"] == "desktop"
    assert ok(imac, "memory")["pressure"] == "critical"
    assert ok(imac, "battery") == {"is_present": False}
    assert ok(imac, "temperature") == {"speed_limit_percent": 64, "is_throttled": True}
    assert ok(imac, "net_route") == {"has_default": False, "gateways": [], "interfaces": []}
    assert ok(imac, "net_dns")["servers"] == []
    assert answer(imac, "net_wifi")[0] == "unsupported"
    assert ok(imac, "net_vpn") == {"interfaces": [], "is_configured": None, "is_up": None}
    link = ok(imac, "net_link")
    assert (link["active"], link["has_cable"], link["is_wifi_on"]) == (1, True, False)
    proxy = ok(imac, "net_proxy")
    assert (proxy["is_configured"], proxy["has_script"]) == (False, True)
    assert [row["health"] for row in ok(imac, "disk_health")["disks"]] == ["bad", "healthy"]
    assert ok(imac, "security")["is_integrity_on"] is False
    assert ok(imac, "security")["is_firewall_on"] is False
    assert ok(imac, "encryption")["is_system_encrypted"] is False
    assert ok(imac, "join")["domain"] == "moebelwerk.example"
    assert ok(imac, "updates")["is_automatic"] is False


def test_findings_of_the_old_imac(imac: Machine) -> None:
    """The rules read a Mac's facts as they read the others'."""
    probes = {
        one.id: ProbeResult(ProbeStatus(status), facts)
        for one in PROBES
        for status, facts in [answer(imac, one.id)]
        if one.lane.value != "network"
    }
    states = {one.id: one.state for one in evaluate(probes, load_rules())}
    assert states["net.no_address"] is FindingState.PRESENT
    assert states["net.wifi_off"] is FindingState.PRESENT
    assert states["disk.low"] is FindingState.ABSENT
    assert states["net.vpn_down"] is FindingState.UNKNOWN


@pytest.mark.parametrize(
    ("device", "kind", "host", "port", "share"),
    [
        ("//anna:secret@Server._smb._tcp.local/Daten%20Alt", "smbfs", "Server.local", 445, "Daten Alt"),
        ("//;firma:anna@192.168.4.2:1445/x", "smbfs", "192.168.4.2", 1445, "x"),
        ("nas:/export/daten", "nfs", "nas", 2049, "/export/daten"),
        ("[fe80::2]:/export", "nfs", "fe80::2", 2049, "/export"),
        ("https://cloud.example/dav/", "webdav", "cloud.example", 443, "dav"),
        ("http://cloud.example/dav", "webdav", "cloud.example", 80, "dav"),
        ("afp://alt.example/Home", "afpfs", "alt.example", 548, "Home"),
    ],
)
def test_addresses_of_shares(device: str, kind: str, host: str, port: int, share: str) -> None:
    """Each kind of address gives a server, a port and a share, and never an account."""
    from desktop.diagnostics.macos.shares import _share

    found = _share((device, "/Volumes/x", kind, False))
    assert found is not None
    assert (found.host, found.port, found.share) == (host, port, share)


def test_local_volumes_leave_the_systems_own_out() -> None:
    """Snapshots of Time Machine, the hidden parts of the system and disk images of its own are nobody's room."""
    mounts = [
        ("/dev/disk3s1", "/", "apfs", False),
        ("com.apple.TimeMachine.2026@/dev/disk3s5", "/Volumes/com.apple.TimeMachine.localsnapshots/x", "apfs", True),
        ("/dev/disk5s1", "/System/Volumes/Preboot", "apfs", False),
        ("map auto_home", "/System/Volumes/Data/home", "autofs", False),
    ]
    assert [(one.shown, one.is_read_only) for one in volumes.local_volumes(mounts)] == [("/", False)]
