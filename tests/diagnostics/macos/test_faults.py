"""Every probe with every tool and file of a Mac missing, silent, failing, late, spoilt or in another language.

Whatever happens, there is an answer, nobody raises, and no fact is other than on the same machine in good order.
"""

from __future__ import annotations

import json
import os
import plistlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from desktop.diagnostics.probe import Probe
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.runner import guarded
from tests.diagnostics.macos.macbook_air import MACBOOK_AIR
from tests.diagnostics.macos.recording import HOME, PatientMachine, Recording, set_up
from tests.diagnostics.macos.test_healthy import with_account

AIR = with_account(MACBOOK_AIR)
ANSWERS = {"ok", "partial", "denied", "unsupported"}
OTHERS = {"cpu_load", "memory", "disk_io", "uptime", "sessions", "app", "net_resolve", "net_reach", "net_portal",
          "time_drift", "net_quality", "shares", "printers", "printer_jobs", "printer_port"}  # fmt: skip
"""What is measured, asked of the network or told by CUPS, and so differs from run to run."""
GERMAN = {
    "csrutil": "Status des Systemintegritätsschutzes: aktiviert.\n",
    "spctl": "Bewertungen aktiviert\n",
    "fdesetup": "FileVault ist aktiviert.\n",
    "socketfilterfw": "Firewall ist aktiviert. (Status = 1)\n",
    "profiles": "Über DEP registriert: Nein\nMDM-Registrierung: Ja\n",
    "networksetup": "WLAN-Stromversorgung (en0): Ein\n",
    "scutil": "Netzwerkinformationen\n\nNetzwerkschnittstellen: en0\n",
    "pmset": "Hinweis: Es wurde keine Warnstufe aufgezeichnet\n",
    "route": "Route zu: Standard\n   Gateway: 192.168.4.1\n",
    "osascript": "Ausgabelautstärke:44, stumm:falsch\n",
    "launchctl": "Der Dienst wurde nicht gefunden\n",
    "arp": "? (192.168.4.1) bei (unvollständig) auf en0\n",
    "netstat": "Routing-Tabellen\n\nZiel   Gateway\nStandard 192.168.4.1\n",
    "ifconfig": "en0: Schalter=8863\n\tStatus: aktiv\n",
    "ps": "  PID BENUTZER\n",
}


def without_first_choice(tool: str) -> Recording:
    """Return the recording in which this tool is needed."""
    first = SECOND[tool][1] if tool in SECOND else ""
    files = {name: content for name, content in AIR.files.items() if name != first}
    return replace(AIR, tools={key: out for key, out in AIR.tools.items() if key[0] != first}, files=files)


def _outputs(change: Callable[[str, str], str]) -> Callable[[Recording, str], Recording]:
    def changed(recording: Recording, tool: str) -> Recording:
        tools = {
            (name, arguments): change(tool, output) if name == tool else output
            for (name, arguments), output in recording.tools.items()
        }
        return replace(recording, tools=tools)

    return changed


def _missing(recording: Recording, tool: str) -> Recording:
    return replace(recording, tools={key: out for key, out in recording.tools.items() if key[0] != tool})


def _failing(recording: Recording, tool: str) -> Recording:
    """It complains about every argument and ends with a code, as it does without the right to ask."""
    return replace(recording, tools={**_missing(recording, tool).tools, (tool, "nobody asks this"): ""})


def _garbage(tool: str, _output: str) -> str:
    dice = random.Random(tool)
    return bytes(dice.randrange(256) for _ in range(4000)).decode("utf-8", "surrogateescape")


def _german(tool: str, _output: str) -> str:
    return GERMAN.get(tool.rpartition("/")[2], "Das Programm kann nicht geöffnet werden\n")


def _spoilt(_tool: str, output: str) -> str:
    """Return JSON or a property list of the same keys with values of other kinds; other text loses its end."""
    for read, write in ((json.loads, json.dumps), (_load, _dump)):
        try:
            return write(_swapped(read(output)))
        except (ValueError, plistlib.InvalidFileException):
            continue
    return output[: len(output) // 3]


def _load(text: str) -> object:
    return plistlib.loads(text.encode())


def _dump(value: object) -> str:
    return plistlib.dumps(value).decode()


def _swapped(value: Any, depth: int = 0) -> Any:
    if isinstance(value, dict):
        return {name: _swapped(one, depth + 1) for name, one in value.items()} if depth < 2 else [1, "x"]
    if isinstance(value, list):
        return [_swapped(one, depth + 1) for one in value] if depth < 2 else {"a": "b"}
    return {"n": -1} if isinstance(value, str) else "-7"


TOOL_FAULTS: Mapping[str, Callable[[Recording, str], Recording]] = {
    "missing": _missing,
    "failing": _failing,
    "empty": _outputs(lambda _tool, _output: ""),
    "blank": _outputs(lambda _tool, _output: " \n\n"),
    "garbage": _outputs(_garbage),
    "german": _outputs(_german),
    "spoilt": _outputs(_spoilt),
}
TELLING = {"missing", "failing", "empty", "blank", "garbage", "german"}
"""Faults after which nothing may differ; half an output may lack what the other half says."""


SECOND = {
    "netstat": ("net_route", "route"),
    "tmutil": ("backup", "/Library/Preferences/com.apple.TimeMachine.plist"),
    "arp": ("net_reach", ""),
}
"""Tools that are asked where another tool or file is silent, or when the network is: by whom, and instead of what."""
Answers = dict[str, dict[str, Any]]


@dataclass
class Truth:
    """What is known of the machine in good order, and which tools and files each probe asks for it."""

    answers: Answers = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)

    def needs(self, name: str) -> Callable[[Probe], bool]:
        """Tell which probes ask this tool or file."""
        users = {probe for probe, asked in self.asked.items() if name in asked}
        users |= {SECOND[name][0]} if name in SECOND else set()
        assert users, f"nobody asks {name}"
        return lambda probe: probe.id in users


def run_all(machine: PatientMachine, wanted: Callable[[Probe], bool]) -> Answers:
    """Run the probes one by one as the collector does; their tools' deadlines must fit into the probe's own."""
    found: Answers = {}
    for probe in (one for one in PROBES if wanted(one)):
        machine.granted = 0.0
        found[probe.id] = guarded(probe, machine)
        assert machine.granted + 0.1 <= probe.deadline, probe.id
    return found


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    """Ask the machine in good order, one probe after the other."""
    found = Truth()
    with pytest.MonkeyPatch.context() as patch:
        machine = set_up(AIR, tmp_path_factory.mktemp("truth"), patch)
        for probe in (one for one in PROBES if one.id not in OTHERS):
            machine.asked = set()
            found.answers[probe.id] = guarded(probe, machine)
            found.asked[probe.id] = machine.asked
    return found


def contradiction(found: Any, true: Any, *, is_sure: bool) -> str:
    """Return where `found` says something else than `true`; not knowing is no contradiction."""
    if found is None or found == true:
        return ""
    if isinstance(found, dict) and isinstance(true, dict):
        parts = (contradiction(found[name], true.get(name), is_sure=is_sure) for name in found)
        return next((f"{name}: {part}" for name, part in zip(found, parts, strict=True) if part), "")
    if isinstance(found, list) and isinstance(true, list):
        if not found:
            return f"nothing instead of {true}" if is_sure and true else ""
        strange = (one for one in found if all(contradiction(one, each, is_sure=is_sure) for each in true))
        return next((f"{one} is not among {true}" for one in strange), "")
    return f"{found!r} instead of {true!r}"


def check(found: Answers, truth: Truth, *, is_telling: bool = True) -> None:
    """Every answer is one of the four, declared, and says nothing wrong."""
    assert {name: one["status"] for name, one in found.items() if one["status"] not in ANSWERS} == {}
    if not is_telling:
        return
    wrong = {
        name: contradiction(one["facts"], truth.answers[name]["facts"], is_sure=one["status"] == "ok")
        for name, one in found.items()
        if name in truth.answers
    }
    assert {name: what for name, what in wrong.items() if what} == {}


@pytest.mark.parametrize("fault", TOOL_FAULTS)
@pytest.mark.parametrize("tool", AIR.names(), ids=lambda one: one.rpartition("/")[2])
def test_a_tool_that_does_not_do_its_work(
    tool: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, truth: Truth
) -> None:
    """Each tool in each state: the probes that need it say so, and the others are as they were."""
    machine = set_up(TOOL_FAULTS[fault](without_first_choice(tool), tool), tmp_path, monkeypatch)
    check(run_all(machine, truth.needs(tool)), truth, is_telling=fault in TELLING)


@pytest.mark.parametrize("tool", AIR.names(), ids=lambda one: one.rpartition("/")[2])
def test_a_tool_that_never_answers(tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, truth: Truth) -> None:
    """It is ended at its deadline, and nothing is left of it."""
    machine = set_up(without_first_choice(tool), tmp_path, monkeypatch, never=tool.rpartition("/")[2])
    path = tmp_path / tool.lstrip("/") if tool.startswith("/") else tmp_path / "tools" / tool
    path.write_text("#!/bin/sh\nexec sleep 600\n")
    check(run_all(machine, truth.needs(tool)), truth)


@pytest.mark.parametrize("spoil", ["missing", "empty", "garbage", "other", "denied"])
@pytest.mark.parametrize("name", sorted(MACBOOK_AIR.files), ids=lambda one: one.rpartition("/")[2])
def test_a_file_that_is_not_what_it_was(
    name: str, spoil: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, truth: Truth
) -> None:
    """Each file in each state; where things are counted, a spoilt one may be one less."""
    contents = {"empty": b"", "garbage": bytes(range(256)) * 8, "other": plistlib.dumps([1, {"a": ["x"]}, "b"])}
    files = {**AIR.files, name: contents.get(spoil, AIR.files[name])}
    if spoil == "missing":
        del files[name]
    machine = set_up(replace(AIR, files=files), tmp_path, monkeypatch)
    if spoil == "denied":
        _deny(name, monkeypatch)
    found = run_all(machine, truth.needs(name))
    check(found, truth, is_telling=False)
    counted = {"events", "software", "browsers_office", "startup"}
    check({one: answer for one, answer in found.items() if one not in counted}, truth, is_telling=spoil != "missing")


def test_what_is_denied_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without full disk access the last copy is not known, and that there is one still is."""
    machine = set_up(AIR, tmp_path, monkeypatch)
    _deny("/Library/Preferences/com.apple.TimeMachine.plist", monkeypatch)
    found = run_all(machine, lambda one: one.id == "backup")["backup"]
    assert (found["status"], found["reason"]) == ("partial", "full_disk_access")
    assert found["facts"]["backups"] == [{"kind": "time_machine", "last_success_at": None, "days_since": None}]


def test_a_mac_of_which_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No tool, no file, no value of the kernel: every probe still has an answer."""
    nothing = replace(
        AIR, tools={("true", ""): ""}, files={}, kernel={}, partitions=(), nics={}, addresses={}, paths=()
    )
    found = run_all(set_up(nothing, tmp_path, monkeypatch), lambda one: one.lane.value != "network")
    assert {name: one["status"] for name, one in found.items() if one["status"] not in ANSWERS} == {}


def test_a_kernel_that_answers_nonsense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers of other lengths and unknown levels are not known."""
    kernel = {"hw.model": "", "kern.memorystatus_vm_pressure_level": 3, "hw.optional.arm64": "yes"}
    found = run_all(
        set_up(replace(AIR, kernel=kernel), tmp_path, monkeypatch), lambda one: one.id in ("memory", "hardware", "os")
    )
    assert found["memory"]["facts"]["pressure"] is None
    assert found["hardware"]["facts"]["model"] == "Mac14,2"
    assert {one["status"] for one in found.values()} == {"ok"}


@pytest.mark.parametrize("output", ["", "Mach Virtual Memory Statistics: (page size of 16384 bytes)\nPages free: 9.\n"])
def test_memory_where_psutil_fails(output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest macOS makes psutil raise; the kernel and vm_stat tell then, or the total alone."""
    import psutil

    def failing() -> None:
        raise RuntimeError("host_statistics64(HOST_VM_INFO64) syscall failed")

    machine = set_up(replace(AIR, tools={**AIR.tools, ("vm_stat", ""): output}), tmp_path / "a", monkeypatch)
    monkeypatch.setattr(psutil, "virtual_memory", failing)
    monkeypatch.setattr(psutil, "swap_memory", failing)
    assert run_all(machine, lambda one: one.id == "memory")["memory"]["status"] == "partial"
    good = (
        "Mach Virtual Memory Statistics: (page size of 16384 bytes)\nPages free:                    20000.\n"
        "Pages active:                 300000.\nPages inactive:               280000.\nPages speculative:    9000.\n"
    )
    machine = set_up(replace(AIR, tools={**AIR.tools, ("vm_stat", ""): good}), tmp_path / "b", monkeypatch)
    monkeypatch.setattr(psutil, "virtual_memory", failing)
    monkeypatch.setattr(psutil, "swap_memory", failing)
    facts = run_all(machine, lambda one: one.id == "memory")["memory"]["facts"]
    assert (facts["total_bytes"], facts["available_bytes"]) == (17179869184, 300000 * 16384)


def test_where_carriers_are_not_known_nothing_is_said_to_be_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ifconfig only a port in use is certain, so that no cable is missed and no network invented."""
    recording = _missing(AIR, "ifconfig")
    found = run_all(set_up(recording, tmp_path / "a", monkeypatch), lambda one: one.id == "net_link")["net_link"]
    assert (found["facts"]["active"], found["facts"]["has_cable"]) == (1, None)
    recording = _missing(recording, "scutil")
    found = run_all(set_up(recording, tmp_path / "b", monkeypatch), lambda one: one.id == "net_link")["net_link"]
    assert (found["facts"]["active"], found["facts"]["has_cable"]) == (None, None)


def _deny(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let macOS keep a file from us, which the administrator's account of a test would not notice otherwise."""
    real = os.open

    def guarded_open(path: Any, *arguments: Any, **options: Any) -> int:
        if str(path).endswith(name):
            raise PermissionError(1, "Operation not permitted", name)
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", guarded_open)


def test_home_is_the_recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of whoever runs the tests are not read."""
    from desktop.diagnostics.macos.tools import home

    set_up(AIR, tmp_path, monkeypatch)
    assert home("Library") == f"{HOME}/Library"
