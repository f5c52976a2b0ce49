"""Where a probe's facts came from: noted on the way, of the probe that asked, and without anybody's name."""

from __future__ import annotations

import getpass
import re
import socket
import threading
import time
from pathlib import Path

import pytest

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Lane, probe
from desktop.diagnostics.probes.network import read_net_dns, read_net_route
from desktop.diagnostics.probes.programs import read_software
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.runner import guarded, run_probes
from desktop.diagnostics.sources import Sources
from desktop.diagnostics.targets import NO_TARGETS
from desktop.domain.snapshot import ProbeStatus, Snapshot
from tests.diagnostics.recordings import RecordedMachine

SOURCE = re.compile(r"[A-Za-z0-9_.+<>~/ -]{2,60}")


@pytest.fixture
def pc(tmp_path: Path) -> RecordedMachine:
    return RecordedMachine(tmp_path)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("/proc/net/route", "/proc/net/route"),
        ("/proc/self/mounts", "/proc/self/mounts"),
        ("/proc/4711/stat", "/proc/<pid>"),
        ("/sys/class/net/eth0/carrier", "/sys/class"),
        ("/etc/NetworkManager/system-connections/Firma Geheim", "/etc/NetworkManager/system-connections"),
        ("/var/lib/dpkg/status", "/var/lib/dpkg"),
        ("/home/anna/.config/x", "/home"),
        ("/Users/anna/Library/x", "/Users"),
        ("/run/user/1000/gvfs", "/run"),
        ("C:\\Users\\anna", "file"),
    ],
)
def test_a_path_is_told_as_far_as_it_names_nobody(path: str, source: str) -> None:
    sources = Sources()
    sources.begin("x")
    sources.note_path(path)
    assert sources.of("x") == source


def test_files_tools_and_what_is_shared_are_noted(pc: RecordedMachine) -> None:
    """Two probes that share one reading both name where it came from; what was not there gave nothing."""
    pc.file("/proc/net/route", "Iface\tDestination\n")
    pc.file("/etc/resolv.conf", "nameserver 127.0.0.53\n")
    pc.folder("/run/systemd/resolve")
    pc.tool("resolvectl", "Link 2 (eth0): 192.168.4.1\n")
    machine = pc.machine
    first = [guarded(one, machine)["source"] for one in (read_net_route, read_net_dns)]
    assert first == ["/proc/net/route", "/etc/resolv.conf, resolvectl"]

    @probe("again", lane=Lane.FAST, deadline=1.0, fields=read_net_dns.fields)
    def read_again(machine: Machine) -> dict[str, object]:
        return read_net_dns.read(machine)

    assert guarded(read_again, machine)["source"] == "/etc/resolv.conf, resolvectl"


def test_what_is_asked_on_further_threads_is_noted_too(pc: RecordedMachine) -> None:
    """Package systems are asked side by side; each is the probe's source all the same."""
    pc.tool("snap", "Name Version Rev Tracking Publisher Notes\nhello 2.10 42 stable canonical* -\n")
    assert "snap" in pc.answer(read_software)["source"].split(", ")


def test_what_a_probe_hangs_at_is_named() -> None:
    """The reason for a source where there are no facts: somebody has to look there."""
    is_over = threading.Event()

    @probe("stuck", lane=Lane.FAST, deadline=0.2, fields=())
    def stuck(machine: Machine) -> dict[str, object]:
        machine.sources.note("lpstat")
        is_over.wait()
        return {}

    result = run_probes([stuck], Machine(window=0.0))["stuck"]
    is_over.set()
    assert (result["status"], result["source"]) == ("timeout", "lpstat")
    while any(one.name == "stuck" for one in threading.enumerate()):
        time.sleep(0.01)


def test_a_thread_of_no_probe_notes_nothing() -> None:
    sources = Sources()
    sources.note("psutil")
    sources.note_path("/proc/net/route")
    assert sources.of("") == ""


def test_whatever_has_facts_here_has_a_source() -> None:
    """This very machine: each probe with facts says where they came from, in words without people and machines."""
    machine = Machine(targets=NO_TARGETS, window=0.1)
    results = run_probes(PROBES, machine)
    lacking = [name for name, one in results.items() if any(one["facts"].values()) and not one["source"]]
    assert set(lacking) <= {"app", "join"}, lacking
    said = [source for one in results.values() for source in str(one["source"]).split(", ") if source]
    assert not [one for one in said if not SOURCE.fullmatch(one)]
    assert not [one for one in said if getpass.getuser() in one.split("/") or socket.gethostname() in one]


def test_a_source_is_optional_in_a_document() -> None:
    """Snapshots of older programs have none, and read and write without it."""
    document = {
        "schema": 1, "taken_at": "2026-11-23T09:00:00.000000Z", "level": "basic", "findings": [],
        "probes": {"os": {"status": "ok", "ms": 1.0, "cpu_ms": 0.5, "reason": "", "facts": {}}},
    }  # fmt: skip
    snapshot = Snapshot.from_document(document)
    assert (snapshot.probes["os"].status, snapshot.probes["os"].source) == (ProbeStatus.OK, "")
    assert snapshot.to_document() == document
    document["probes"]["os"]["source"] = "psutil"
    assert Snapshot.from_document(document).to_document() == document
