"""What never answers, for real: servers that keep silent, a collector that is killed or stopped in the middle.

Nothing here measures time: a probe that waited for ever would hang the test, and deadlines are compared as numbers.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from desktop.diagnostics.collect import Collection, collect_snapshot
from desktop.diagnostics.linux import (
    backups,
    disk_health,
    displays,
    events,
    joining,
    packages,
    pc,
    protection,
    shares,
    sound,
)
from desktop.diagnostics.linux import network as linux_network
from desktop.diagnostics.linux import services as linux_services
from desktop.diagnostics.linux import wireless as linux_wireless
from desktop.diagnostics.probe import Lane
from desktop.diagnostics.probes import name_service, portal, printing, quality, reach
from desktop.diagnostics.registry import PROBES, selected
from desktop.diagnostics.targets import NO_TARGETS, Targets
from desktop.domain.snapshot import FindingState, ProbeStatus
from desktop.system.programs import collector_command
from tests.diagnostics import faults

LOOPBACK = "127.0.0.1"
_PROXIES = ("https_proxy", "http_proxy", "all_proxy", "no_proxy")


@contextmanager
def silent_door(port: int = 0) -> Iterator[int]:
    """Take connections and datagrams and never say a word."""
    with socket.create_server((LOOPBACK, port)) as door, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as post:
        chosen = door.getsockname()[1]
        post.bind((LOOPBACK, chosen))
        yield chosen


def test_every_question_is_given_up_before_its_probe_is() -> None:
    """A probe's own patience is shorter than its deadline, so what it learned from the others is not lost."""
    deadlines = {one.id: one.deadline for one in PROBES}
    patience = {
        "net_resolve": name_service.PATIENCE, "net_reach": reach.PATIENCE, "net_portal": portal.PATIENCE,
        "net_quality": quality.LOOK_UP + quality.REQUESTS * quality.PACE + quality.PATIENCE,
        "printers": printing.PATIENCE, "printer_jobs": printing.PATIENCE, "printer_port": printing.PATIENCE,
        "displays": displays.PATIENCE, "security": 2 * protection.PATIENCE, "accounts": protection.PATIENCE,
        "sessions": pc.PATIENCE,
        "net_wifi": linux_wireless.PATIENCE, "net_vpn": linux_wireless.PATIENCE, "net_dns": linux_network.PATIENCE,
        "net_proxy": linux_network.PATIENCE, "services": linux_services.PATIENCE,
        "pending_reboot": linux_services.RESTARTING, "shares": shares.LISTING + shares.PATIENCE + 0.3,
        "disk_health": disk_health.ALL_DRIVES + 0.1, "audio_camera": 3 * sound.PATIENCE, "backup": backups.PATIENCE,
        "software": packages.PATIENCE + 0.3, "join": joining.PATIENCE, "events": events.PATIENCE + events.DUMPING,
    }  # fmt: skip
    assert {name for name, seconds in patience.items() if seconds >= deadlines[name]} == set()


def test_a_page_and_a_time_server_that_never_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are connected to; the probes say that there is no answer, and the fast facts are there."""
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with silent_door() as port:
        targets = Targets(time_servers=((LOOPBACK, port),), portal=f"http://{LOOPBACK}:{port}/success.txt")
        found = collect_snapshot(collector_command(), probes=["os", "net_portal", "time_drift"], targets=targets)
    assert found.probes["os"].status is ProbeStatus.OK
    assert {found.probes[name].reason for name in ("net_portal", "time_drift")} == {"no_answer"}
    assert found.finding("net.captive_portal") is FindingState.UNKNOWN


def test_a_proxy_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the connection, which is all that is asked of it; whatever goes through it is given up in time."""
    with silent_door() as port:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://{LOOPBACK}:{port}")
        targets = Targets(portal=f"http://{LOOPBACK}:{port}/success.txt")
        found = collect_snapshot(collector_command(), probes=["os", "net_reach", "net_portal"], targets=targets)
    assert found.probes["net_reach"].facts["proxy_answers"] is True
    assert found.finding("net.proxy_unreachable") is FindingState.ABSENT
    assert found.probes["net_portal"].status is not ProbeStatus.OK


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="gives the collector a resolv.conf of its own")
def test_a_name_server_that_never_answers(tmp_path: Path) -> None:
    """The system's own resolver waits for it for many seconds; the probe does not."""
    if not _may_have_own_view():
        pytest.skip("may not give a process its own view of /etc here")
    settings = tmp_path / "resolv.conf"
    settings.write_text(f"nameserver {LOOPBACK}\n")
    own_view = ["unshare", "-m", "sh", "-c", f'mount --bind {settings} /etc/resolv.conf && exec "$@"', "sh"]
    try:
        with silent_door(53):
            found = collect_snapshot(
                [*own_view, *collector_command()],
                probes=["os", "net_dns", "net_resolve"],
                targets=Targets(names=("name.invalid.example",)),
            )
    except OSError:
        pytest.skip("something answers names on the loopback interface")
    assert found.probes["net_dns"].facts["servers"] == [LOOPBACK]
    assert found.probes["os"].status is ProbeStatus.OK
    answer = found.probes["net_resolve"]
    assert (answer.status, answer.facts["names_resolved"], answer.facts["servers_answering"]) == (ProbeStatus.OK, 0, 0)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_collector_killed_in_the_middle_owes_every_probe(tmp_path: Path) -> None:
    """kill -9, as the system does when memory is short: every probe is there, with its facts or why there are none."""
    found = collect_snapshot(faults.stopped_probe(tmp_path, "SIGKILL"), targets=NO_TARGETS)
    assert list(found.probes) == [one.id for one in selected("basic")]
    owed = [one for one in found.probes.values() if one.status is ProbeStatus.ERROR]
    assert found.probes["os"] in owed
    assert {one.reason for one in owed} <= {"no_answer", "not_answered"}
    assert found.finding("disk.full") is FindingState.UNKNOWN or found.probes["disks"].facts


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_collector_that_is_stopped_is_ended(tmp_path: Path) -> None:
    """A stopped process keeps no deadline of its own; the caller's ends it."""
    command = faults.stopped_probe(tmp_path, "SIGSTOP")
    found = Collection(command, targets=NO_TARGETS, lanes=[Lane.FAST], start_up=0.2).run()
    assert found.probes["os"].status is ProbeStatus.TIMEOUT
    assert not psutil.Process().children()


def _may_have_own_view() -> bool:
    tool = shutil.which("unshare")
    return bool(tool) and os.geteuid() == 0 and subprocess.run([str(tool), "-m", "true"], check=False).returncode == 0
