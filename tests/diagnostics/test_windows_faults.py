"""Every probe of a Windows PC whose registry, libraries or PowerShell refuse, break or say nothing.

Whatever is wrong with a source, the answer is one of ours, and no rule finds a fault that nobody has.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from desktop.diagnostics.findings import evaluate
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import WINDOWS, Lane, Probe
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.runner import guarded
from desktop.diagnostics.windows import powershell
from desktop.diagnostics.windows.job import hold_tools
from desktop.diagnostics.windows.libraries import Libraries
from desktop.domain.snapshot import FindingState, ProbeResult, ProbeStatus
from tests.diagnostics.windows.pc import Answering, FakeLibraries, FakeWinreg, stand_in, windows_machine

OURS = {"ok", "partial", "denied", "unsupported"}
ASKED = [one for one in PROBES if WINDOWS in one.platforms]
MISSING, DENIED, BROKEN, NOTHING = "missing", "denied", "broken", "nothing"
MODES = (MISSING, DENIED, BROKEN, NOTHING)
ENDLESS = "x" * 100_000


def registry(mode: str) -> FakeWinreg:
    """Return a registry that is empty, forbidden, broken, or full of values of the wrong kind."""
    if mode == DENIED:
        return FakeWinreg({}, denied=("hklm", "hkcu"))
    if mode == BROKEN:
        return FakeWinreg({}, fault=OSError(1009, "Die Konfigurationsregistrierungsdatenbank ist beschädigt"))
    return FakeWinreg({}) if mode == MISSING else FakeWinreg(NONSENSE)


NONSENSE = {
    r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion": {"CurrentBuild": 7, "UBR": "viel", "ProductName": b"\0"},
    r"HKLM\HARDWARE\DESCRIPTION\System\BIOS": {"SystemManufacturer": 5, "SystemProductName": None},
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\x": {"DisplayName": 3, "DisplayVersion": b"1"},
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\y": {"DisplayName": ENDLESS, "InstallDate": "gestern"},
    r"HKCU\Network\Z": {"RemotePath": 4},
    r"HKCU\Network\Y": {"RemotePath": ""},
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings": {"ProxyEnable": "ja", "ProxyServer": 1},
    r"HKLM\SOFTWARE\Microsoft\Security Center\Provider\Av\{1}": {"DISPLAYNAME": 1, "STATE": "an"},
    r"HKCU\Software\Microsoft\OneDrive\Accounts\Business1": {"UserFolder": 1},
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\FileHistory": {"ProtectedUpToTime": "nie"},
    r"HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Power": {"HiberbootEnabled": "1"},
}


def libraries(mode: str) -> Libraries:
    """Return libraries that lack every function, refuse, fail, or succeed without writing anything."""
    if mode == MISSING:
        return FakeLibraries({}).libraries
    code = {DENIED: 5, BROKEN: 31, NOTHING: 259}[mode]  # ERROR_GEN_FAILURE; ERROR_NO_MORE_ITEMS
    return Answering(code=code, is_success=mode == NOTHING).libraries


def lines(answer: Callable[[str], object]) -> str:
    """Print what the one PowerShell process prints."""
    return "".join(
        f"{name} {base64.b64encode(json.dumps(answer(name)).encode()).decode()}\r\n" for name in powershell.QUESTIONS
    )


def system_folder(mode: str, folder: Path) -> Path:
    """Return a system folder whose tools are not there, are refused everything, break, or say nothing."""
    shell, join = "WindowsPowerShell/v1.0/powershell.exe", "dsregcmd.exe"
    if mode == MISSING:
        return folder
    outputs: dict[str, tuple[str | bytes, str]] = {
        DENIED: (lines(lambda _: {"error": -2147217405}), "Zugriff verweigert\r\n"),
        BROKEN: (b"#< CLIXML\r\n\xff\xfe\x00disks %%%\r\nupdates eyJvayI6\r\n" + b"x" * 5000, "AzureAdJoined :\r\n"),
        NOTHING: (lines(lambda _: {"ok": []}), ""),
    }
    stand_in(folder, shell, outputs[mode][0], code=1 if mode == BROKEN else 0)
    stand_in(folder, join, outputs[mode][1], code=1 if mode == DENIED else 0)
    return folder


@pytest.fixture(autouse=True)
def no_windows_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """psutil's list of services, which exists on Windows only, refuses."""

    def refuse(name: str) -> None:
        raise psutil.AccessDenied(name=name)

    monkeypatch.setattr(psutil, "win_service_get", refuse, raising=False)


def results(machine: Machine, *, without: tuple[str, ...]) -> dict[str, ProbeResult]:
    """Run every probe that does not ask other machines."""
    found: dict[str, ProbeResult] = {}
    for one in ASKED:
        if one.id in without or (one.lane is Lane.NETWORK and one.id not in ("shares", "printer_port")):
            continue
        result = guarded(one, machine)
        assert result["status"] in OURS, (one.id, result["status"], result["reason"])
        facts = result["facts"]
        assert isinstance(facts, dict)
        found[one.id] = ProbeResult(ProbeStatus(result["status"]), facts, reason=str(result["reason"]))
    return found


@pytest.mark.parametrize("tools_mode", MODES)
@pytest.mark.parametrize("library_mode", MODES)
@pytest.mark.parametrize("registry_mode", MODES)
def test_no_source_makes_an_exception_or_a_fault(
    registry_mode: str, library_mode: str, tools_mode: str, tmp_path: Path
) -> None:
    """All probes over all sources in all states; what nobody told is unknown and never a finding."""
    machine = windows_machine(
        winreg=registry(registry_mode),
        libraries=libraries(library_mode),
        system_folder=system_folder(tools_mode, tmp_path),
    )
    # The processor is measured for half a second whatever the other sources do.
    is_first = (library_mode, tools_mode) == (MISSING, MISSING)
    found = results(machine, without=() if is_first else ("cpu_load",))
    # The load of the machine that runs the test and its own uptime are real.
    ours = ("cpu.", "mem.", "uptime.", "disk.slow", "temp.", "proc.", "battery.")
    present = [one for one in evaluate(found, load_rules()) if one.state is FindingState.PRESENT]
    assert not [one for one in present if not one.id.startswith(ours)]
    json.dumps({name: one.facts for name, one in found.items()}, allow_nan=False)


@pytest.mark.parametrize("probe", ASKED, ids=lambda one: one.id)
def test_a_machine_that_only_says_it_is_windows_is_unsupported_or_answers_without_it(probe: Probe) -> None:
    """Without registry and libraries no probe raises anything but an answer."""
    result = guarded(probe, Machine(platform="win32", window=0.0))
    assert result["status"] in OURS, result["reason"]


@pytest.mark.parametrize("mode", [MISSING, DENIED, BROKEN])
def test_without_a_job_the_collector_runs_all_the_same(mode: str) -> None:
    assert hold_tools(libraries(mode)) is False


def test_a_refusal_is_told_from_a_lack() -> None:
    """The same probe answers `denied` where Windows refuses and `unsupported` where there is nothing."""
    by_id = {one.id: one for one in ASKED}
    for name in ("net_link", "net_wifi", "usb", "printers", "disks"):
        refused = guarded(by_id[name], windows_machine(libraries=libraries(DENIED)))
        lacking = guarded(by_id[name], windows_machine(libraries=libraries(MISSING)))
        assert (refused["status"], lacking["status"]) == ("denied", "unsupported"), name
    for name in ("hardware", "pending_reboot", "net_proxy"):
        assert guarded(by_id[name], windows_machine(winreg=registry(DENIED)))["status"] == "denied", name
