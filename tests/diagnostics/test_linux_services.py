"""Services and pending restarts of recorded Linux machines."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.diagnostics.linux import services
from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.probes.services import read_pending_reboot, read_services
from desktop.diagnostics.probes.time_server import read_time_drift
from desktop.diagnostics.targets import Targets
from tests.diagnostics.recordings import RecordedMachine
from tests.diagnostics.servers import LOOPBACK, closed_port

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="tools of Linux")
UNITS = """\
proc-sys-fs.automount     loaded    active   running Arbitrary
● media-backup.mount      loaded    failed   failed  /media/backup
cups.service              loaded    active   running CUPS Scheduler
sssd.service              not-found inactive dead    sssd.service
NetworkManager.service    loaded    inactive dead    Network Manager
● apt-daily.service       loaded    failed   failed  Daily apt download
ssh.service               loaded    active   running OpenBSD Secure Shell server
broken
"""


@pytest.fixture
def pc(tmp_path: Path) -> RecordedMachine:
    """A machine without anything."""
    return RecordedMachine(tmp_path)


def test_failed_units_and_those_that_matter(pc: RecordedMachine) -> None:
    """Failed ones of every kind; of the others the few that people ask about, where they are installed."""
    pc.folder("/run/systemd/system")
    pc.tool("systemctl", UNITS, when="list-units --all")
    found = pc.facts(read_services)
    assert [(one["name"], one["state"]) for one in found["services"]] == [
        ("media-<user>.mount", "failed"), ("cups", "running"), ("NetworkManager", "stopped"), ("apt-daily", "failed"),
    ]  # fmt: skip
    assert found["failed"] == 2


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("home-anna-nas.mount", "home-<user>.mount"),
        ("run-media-anna-Annas\\x20Stick.mount", "run-media-<user>.mount"),
        ("syncthing@anna.service", "syncthing@.service"),
        ("user@1000.service", "user@1000.service"),
        ("home-assistant.service", "home-assistant.service"),
        ("boot-efi.mount", "boot-efi.mount"),
    ],
)
def test_names_of_units_tell_no_persons(unit: str, told: str) -> None:
    """Mounts are called after their place, instances after whom they are for."""
    assert services.without_person(unit) == told


def test_a_machine_without_systemd_or_rights(pc: RecordedMachine) -> None:
    """Each with its own answer."""
    assert pc.answer(read_services)["reason"] == "no_systemd"
    pc.folder("/run/systemd/system")
    pc.tool("systemctl", "", code=1)
    assert pc.answer(read_services)["status"] == "denied"


NEEDED = """\
Core libraries or services have been updated since boot-up:
  * glibc
  * kernel

Reboot is required to fully utilize these updates.
More information: https://access.redhat.com/solutions/27943
"""


@pytest.mark.parametrize(
    ("output", "code", "reasons"),
    [
        (NEEDED, 1, ["glibc", "kernel"]),
        ("Reboot is required\n", 1, ["reboot-required"]),
        ("No core libraries or services have been updated.\nReboot should not be necessary.\n", 0, []),
    ],
)
def test_restarts_that_dnf_wants(pc: RecordedMachine, output: str, code: int, reasons: list[str]) -> None:
    """The tool's exit code says yes or no, its words name the packages."""
    pc.tool("needs-restarting", output, code=code, when="-r")
    assert pc.facts(read_pending_reboot) == {"is_pending": bool(reasons), "reasons": reasons}


def test_restarts_that_nobody_knows_of(pc: RecordedMachine) -> None:
    """Neither mark nor tool is no all-clear; Debian without its mark is."""
    assert pc.answer(read_pending_reboot)["status"] == "unsupported"
    pc.file("/etc/debian_version", "12.5\n")
    assert pc.facts(read_pending_reboot)["is_pending"] is False


@pytest.mark.parametrize(("word", "known"), [("yes", True), ("no", False), ("", None)])
def test_whether_something_keeps_the_clock(pc: RecordedMachine, word: str, known: bool | None) -> None:
    """As systemd says it; without systemd nobody does."""
    pc.folder("/run/systemd/system")
    pc.tool("timedatectl", f"{word}\n", when="NTPSynchronized")
    machine = pc.machine
    machine.targets = Targets(time_servers=((LOOPBACK, closed_port()),))
    with pytest.raises(Unanswered) as answer:
        read_time_drift.read(machine)
    assert answer.value.facts["is_synchronised"] is known
    assert services.parse_units("") == []
