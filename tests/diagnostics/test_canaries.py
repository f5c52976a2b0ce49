"""No probe of any system returns a command line, the value of a variable or the name of a document.

Each is seeded where a probe could come by it: in processes, start-up items, logs, crash reports, print jobs and what
tools print. On Linux also for real, with a program that runs beside the collector.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from desktop.diagnostics.collect import collect_snapshot
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.privacy import PERSONAL_ONLY, preview, pseudonymise
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.runner import guarded
from desktop.diagnostics.scrubber import OwnNames
from desktop.diagnostics.targets import NO_TARGETS
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot
from desktop.system.programs import collector_command
from tests.diagnostics.macos.imac import IMAC
from tests.diagnostics.macos.macbook_air import MACBOOK_AIR
from tests.diagnostics.macos.recording import set_up
from tests.diagnostics.recordings import HOME, RecordedMachine
from tests.diagnostics.windows.dlls import recorded_machine
from tests.diagnostics.windows.office_dlls import DOCUMENT as PRINTED
from tests.diagnostics.windows.recorded import Logged
from tests.diagnostics.windows.recordings import VERSION, faulty_pc, notebook

ARGUMENT, VARIABLE, DOCUMENT = "canary-argument", "canary-environment", "Canary-Gehaelter"
SEEDS = (ARGUMENT, VARIABLE, DOCUMENT)
KEY = bytes(range(32))
TEXT = f"{DOCUMENT}.odt --password {ARGUMENT} TOKEN={VARIABLE}"


@pytest.fixture(autouse=True)
def seeded_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that collects has a secret variable itself, and a proxy with a password."""
    monkeypatch.setenv("CANARY", VARIABLE)
    monkeypatch.setenv("https_proxy", f"http://anna:{VARIABLE}@127.0.0.1:9")


def everything(machine: Machine) -> Snapshot:
    """Return what all probes say of a machine; those that ask others are left out."""
    found: dict[str, ProbeResult] = {}
    for probe in (one for one in PROBES if one.lane.value != "network" or one.id == "shares"):
        answer = guarded(probe, machine)
        facts: Any = answer["facts"]
        found[probe.id] = ProbeResult(ProbeStatus(str(answer["status"])), facts, reason=str(answer["reason"]))
    return Snapshot("2026-11-29T00:00:00.000000Z", "full", found)


def leaked(snapshot: Snapshot, words: tuple[str, ...] = SEEDS) -> list[str]:
    """Return the probes that tell one of the words."""
    said = {name: json.dumps(dict(one.facts), ensure_ascii=False) + one.reason for name, one in snapshot.probes.items()}
    return [f"{name}: {word}" for name, text in said.items() for word in words if word.lower() in text.lower()]


def told(snapshot: Snapshot) -> int:
    """Count the probes with facts, so that silence is not taken for discretion."""
    return sum(any(value not in (None, [], {}) for value in one.facts.values()) for one in snapshot.probes.values())


@pytest.fixture
def linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A Linux machine on which everything that could tell too much does."""
    pc = RecordedMachine(tmp_path)
    stat = "4711 (soffice.bin) S 1 1 1 0 -1 4194304 1 0 0 0 5 5 0 0 20 0 1 0 100 9999999 4096 " + "0 " * 28
    pc.files(
        "/proc/4711", stat=stat, cmdline=TEXT.replace(" ", "\0"), environ=f"TOKEN={VARIABLE}\0", comm="soffice.bin"
    )
    pc.link("/proc/4711/cwd", f"{HOME}/{DOCUMENT}")
    pc.file("/proc/uptime", "90000.00 1.00")
    pc.file("/etc/os-release", 'PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\nID=debian\n')
    pc.file("/proc/self/mounts", f"//nas/daten /home/anna/daten cifs username=anna,password={VARIABLE} 0 0\n")
    item = f"[Desktop Entry]\nType=Application\nName=Abgleich\nExec=/opt/sync {TEXT}\n"
    pc.file(f"{HOME}/.config/autostart/sync.desktop", item)
    pc.file("/etc/xdg/autostart/other.desktop", item)
    unit = f"[Service]\nExecStart=/bin/x {TEXT}\nEnvironment=TOKEN={VARIABLE}\n"
    pc.file(f"{HOME}/.config/systemd/user/default.target.wants/own.service", unit)
    pc.file("/var/log/apt/history.log", f"Start-Date: 2026-11-20  09:00:00\nCommandline: apt-get -o {TEXT} upgrade\n"
            "Upgrade: curl:amd64 (7.88, 7.89)\nEnd-Date: 2026-11-20  09:01:00\n")  # fmt: skip
    pc.file("/var/crash/_usr_bin_soffice.1000.crash",
            f"ProblemType: Crash\nExecutablePath: /usr/bin/soffice\nProcCmdline: soffice {TEXT}\n"
            f"ProcEnviron:\n TOKEN={VARIABLE}\n"
            f"ProcCwd: {HOME}/{DOCUMENT}\n")  # fmt: skip
    pc.file(f"{HOME}/.local/share/recently-used.xbel", f'<bookmark href="file:///home/anna/{DOCUMENT}.odt"/>')
    pc.folder("/run/systemd/system")
    pc.folder("/var/log/journal")
    line = {"__REALTIME_TIMESTAMP": "1795900000000000", "PRIORITY": "3", "MESSAGE": TEXT, "_CMDLINE": TEXT}
    journal = "\n".join(
        json.dumps(line | more) for more in ({"_TRANSPORT": "kernel", "SYSLOG_IDENTIFIER": "kernel"}, {})
    )
    pc.tool("journalctl", journal)
    dump = {"time": 1795900000000000, "pid": 1, "exe": "/usr/bin/soffice.bin", "sig": 11, "cmdline": TEXT, "uid": 1000}
    pc.tool("coredumpctl", json.dumps([dump]))
    pc.tool("systemctl", f"own.service loaded failed failed {TEXT}\n")
    pc.tool("loginctl", f"1 1000 anna seat0 {TEXT}\n")
    pc.tool("pactl", f"Name: sink\n\tapplication.process.binary = x\n\tmedia.name = {DOCUMENT}\n")
    return pc.machine


def test_linux(linux: Machine) -> None:
    """Programs by name, start-up items by title, faults by kind: none with what was typed, set or opened."""
    found = everything(linux)
    assert leaked(found) == []
    assert told(found) > 10
    assert found.probes["startup"].facts["items"]
    assert found.probes["events"].facts["events"]
    assert [one["name"] for one in found.probes["processes"].facts["top_memory"]] == ["soffice.bin"]


@pytest.fixture
def busy_program(tmp_path: Path) -> Iterator[psutil.Process]:
    """A real program with a secret argument, a secret variable and an open document, in a folder named after it."""
    folder = tmp_path / DOCUMENT
    folder.mkdir()
    document = folder / f"{DOCUMENT}.txt"
    document.write_text("x")
    code = "import sys; held = open(sys.argv[2]); print(flush=True); sys.stdin.read()"
    child = subprocess.Popen(
        [sys.executable, "-c", code, ARGUMENT, str(document)],
        env={**os.environ, "TOKEN": VARIABLE}, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdout.readline()
    yield psutil.Process(child.pid)
    child.communicate()


def test_a_real_program_on_this_machine(busy_program: psutil.Process) -> None:
    """The collector runs beside it, with the variable in its own environment, and tells nothing of either."""
    assert ARGUMENT in busy_program.cmdline(), "the canary must be there"
    found = collect_snapshot(collector_command(), "full", targets=NO_TARGETS)
    assert leaked(found) == []
    assert told(found) > 10


def test_windows() -> None:
    """Start-up items without their arguments, jobs without their documents, faults without their paths."""
    pc = notebook()
    pc.registry[rf"HKCU\{VERSION}\Run"] = {"Teams": rf"C:\Teams.exe {TEXT}", "Notes": f'"C:\\n.exe" "{DOCUMENT}.docx"'}
    pc.registry[r"HKCU\Environment"] = {"TOKEN": VARIABLE}
    pc.registry[rf"HKCU\{VERSION}\Explorer\RecentDocs"] = {"0": f"{DOCUMENT}.docx"}
    pc.environment["TOKEN"] = VARIABLE
    pc.jobs = {"Drucker Büro": [("anna", (2026, 11, 6, 28, 10, 0, 0, 0))]}
    values = ("WINWORD.EXE", "16.0.1", "66a1", rf"C:\Users\anna\{DOCUMENT}.docx", TEXT)
    pc.logs["Application"] = [Logged(source="Application Error", number=1000, values=values)]
    pc.logs["System"] = [Logged(source="disk", number=7, values=(TEXT,))]
    pc.logs["Microsoft-Windows-PrintService/Admin"] = [Logged(source="PrintService", number=372, values=(TEXT, "anna"))]
    found = everything(recorded_machine(pc))
    assert leaked(found, (*SEEDS, PRINTED, "geheim")) == []
    assert told(found) > 15
    assert found.probes["startup"].facts["items"]
    assert found.probes["printer_jobs"].facts["jobs"]


def test_windows_with_faults() -> None:
    """The recording whose logs name documents and people's folders."""
    found = everything(recorded_machine(faulty_pc()))
    assert leaked(found, (PRINTED, "carla")) == []


@pytest.mark.parametrize("recording", [MACBOOK_AIR, IMAC], ids=["macbook_air", "imac"])
def test_macs(recording: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """launchd prints arguments and environments, reports name documents: all of it stays there."""
    machine = set_up(recording, tmp_path, monkeypatch)
    monkeypatch.setenv("https_proxy", f"http://anna:{VARIABLE}@127.0.0.1:9")
    found = everything(machine)
    assert leaked(found, (*SEEDS, "canary-password", "sabine")) == []
    assert told(found) > 12


def test_what_of_a_mac_leaves_the_company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serial numbers of parts, names of volumes, networks, backups and accounts are not read; what is left are tags."""
    found = everything(set_up(MACBOOK_AIR, tmp_path, monkeypatch))
    named = {line.partition(":")[0] for line in leaked(found, ("canary",))}
    assert named == {"hardware", "shares"}, "the serial number and the share, which the own administrator sees"
    own = OwnNames(hosts=("Sabines-MacBook",), users=("sabine",))
    assert b"canary" not in preview(pseudonymise(found, KEY, own=own)).lower()
    inside = preview(pseudonymise(found, KEY, hide=PERSONAL_ONLY, own=own)).lower()
    assert inside.count(b"canary") == 2


def test_the_seeds_are_really_there() -> None:
    """The recordings contain what must not come out; without them the tests above would say nothing."""
    tools = "".join(MACBOOK_AIR.tools.values())
    files = b"".join(MACBOOK_AIR.files.values()).decode("utf-8", "replace")
    assert ARGUMENT in tools
    assert VARIABLE in tools
    assert DOCUMENT in files
