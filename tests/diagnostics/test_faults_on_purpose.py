"""Faults made for real, one at a time: the collector and the rules see exactly that one, and nothing else besides.

"Nothing else" is said against the same machine while it was well. What other programs of this machine may cause at any
moment counts for nothing here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.snapshot import Finding, FindingState, ProbeStatus, Snapshot
from tests.diagnostics import print_service as printing
from tests.diagnostics import private_machine as private
from tests.diagnostics.print_service import PrintService
from tests.diagnostics.private_machine import NOBODY, ROUTER, SERVER, PrivateMachine

REASON = private.why_not() or printing.why_not()
needs_root = pytest.mark.skipif(bool(REASON), reason=REASON or "runs here")
RESTLESS = frozenset({"cpu.busy", "mem.low", "mem.swapping", "disk.slow", "net.dns_slow", "proc.hung", "temp.high"})
QUEUE = "Etiketten"


@pytest.fixture(scope="module")
def printer() -> Iterator[PrintService]:
    """A print service with one queue."""
    with printing.print_service() as service:
        service.add(QUEUE, "file:/dev/null")
        yield service


@pytest.fixture(scope="module")
def machine(printer: PrintService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateMachine]:
    """A machine that is well."""
    with private.private_machine(tmp_path_factory.mktemp("machine")) as one:
        one.variables["CUPS_SERVER"] = printer.server
        yield one


@pytest.fixture(scope="module")
def well(machine: PrivateMachine) -> frozenset[str]:
    """What is wrong with this machine anyway, before anything was broken."""
    snapshot = machine.collect()
    states = {one.id: one.state for one in snapshot.findings}
    broken_later = {"net.dns_failing", "net.gateway_unreachable", "net.proxy_unreachable", "time.drift_large",
                    "share.unreachable", "printer.spooler_stopped", "printer.paused"}  # fmt: skip
    assert {states[one] for one in broken_later} == {FindingState.ABSENT}, states
    return present(snapshot)


def present(snapshot: Snapshot) -> frozenset[str]:
    """The findings that are there."""
    return frozenset(one.id for one in snapshot.present)


def only(snapshot: Snapshot, well: frozenset[str], finding: str) -> Finding:
    """Check that this one came and no other, and return it."""
    assert present(snapshot) - well - RESTLESS == {finding}, [one.id for one in snapshot.present]
    return next(one for one in snapshot.findings if one.id == finding)


def test_these_faults_are_made_wherever_checks_must_not_be_missing() -> None:
    """A developer's machine may lack root or a print service; the one that decides must not."""
    assert not (os.environ.get("CI") and REASON)


@needs_root
def test_a_full_drive(machine: PrivateMachine, well: frozenset[str]) -> None:
    """A small drive is filled to the last block."""
    drive = machine.folder / "drive"
    machine.near("dd", "if=/dev/zero", f"of={drive / 'fill'}", "bs=64k", accepted=(1,))
    try:
        snapshot = machine.collect()
    finally:
        machine.near("rm", str(drive / "fill"))
    assert present(snapshot) - well - RESTLESS <= {"disk.low"}
    found = next(one for one in snapshot.present if one.id == "disk.low")
    assert found.evidence["mount"] == str(drive)


@needs_root
def test_a_print_queue_on_hold(machine: PrivateMachine, printer: PrintService, well: frozenset[str]) -> None:
    """The queue is stopped as an operator does it."""
    printer.ask("cupsdisable", QUEUE)
    try:
        snapshot = machine.collect()
    finally:
        printer.ask("cupsenable", QUEUE)
    assert only(snapshot, well, "printer.paused").evidence["printer"] == QUEUE


@needs_root
def test_a_print_service_that_ended(machine: PrivateMachine, printer: PrintService, well: frozenset[str]) -> None:
    """The service is killed; its socket stays behind."""
    printer.stop()
    try:
        snapshot = machine.collect()
    finally:
        printer.start()
    only(snapshot, well, "printer.spooler_stopped")


@needs_root
def test_a_wrong_name_server(machine: PrivateMachine, well: frozenset[str]) -> None:
    """The name server that is set answers nothing; addresses can be reached all the same."""
    machine.write_over("/etc/resolv.conf", f"nameserver {ROUTER}\n")
    try:
        snapshot = machine.collect()
    finally:
        machine.write_over("/etc/resolv.conf", f"nameserver {SERVER}\n")
    assert only(snapshot, well, "net.dns_failing").evidence["servers_answering"] == 0


@needs_root
def test_a_dead_router(machine: PrivateMachine, well: frozenset[str]) -> None:
    """The router is gone from the cable; what hangs on the same cable still answers."""
    machine.far("ip", "address", "del", f"{ROUTER}/24", "dev", "eth0")
    machine.near("ip", "neighbour", "flush", "dev", "eth0")
    try:
        snapshot = machine.collect()
    finally:
        machine.far("ip", "address", "add", f"{ROUTER}/24", "dev", "eth0")
        machine.near("ip", "neighbour", "flush", "dev", "eth0")
    assert only(snapshot, well, "net.gateway_unreachable").evidence["gateway"] == ROUTER


@needs_root
def test_a_closed_proxy(machine: PrivateMachine, well: frozenset[str]) -> None:
    """The proxy that is set takes no connection any more."""
    with ended(machine, "proxy", "connections", f"{SERVER}:{private.PROXY_PORT}"):
        found = only(machine.collect(), well, "net.proxy_unreachable")
    assert (found.evidence["host"], found.evidence["port"]) == (SERVER, private.PROXY_PORT)


@needs_root
def test_a_clock_that_is_wrong(machine: PrivateMachine, well: frozenset[str]) -> None:
    """The time server says that it is nearly seven minutes later."""
    with ended(machine, "time", "time", SERVER, "0"):
        machine.serve("later", "time", SERVER, "400")
        snapshot = machine.collect()
        machine.end("later")
    assert only(snapshot, well, "time.drift_large").evidence["offset_s"] == pytest.approx(400, abs=5)


@needs_root
def test_a_file_server_that_refuses(machine: PrivateMachine, well: frozenset[str]) -> None:
    """The drive in fstab leads to a server whose port is closed."""
    with ended(machine, "smb", "connections", f"{SERVER}:{private.SMB_PORT}"):
        found = only(machine.collect(), well, "share.unreachable")
    assert (found.evidence["mount"], found.evidence["host"]) == ("/mnt/daten", SERVER)


@needs_root
def test_a_mount_whose_server_is_dead(machine: PrivateMachine, well: frozenset[str], tmp_path: Path) -> None:
    """Touching it hangs; the collector does not, and every probe about drives has its answer."""
    machine.hang_mount("dead", f"anna@{NOBODY}:/daten", tmp_path)
    try:
        machine.near("timeout", "--signal=KILL", "0.2", "stat", str(tmp_path), accepted=(137, -9))
        snapshot = machine.collect()
    finally:
        machine.near("umount", "--lazy", str(tmp_path))
        machine.end("dead")
    assert only(snapshot, well, "share.unreachable").evidence["mount"] == str(tmp_path)
    assert snapshot.probes["disks"].status is ProbeStatus.OK
    assert not [name for name, one in snapshot.probes.items() if one.status is ProbeStatus.TIMEOUT]


@contextmanager
def ended(machine: PrivateMachine, name: str, *again: str) -> Iterator[None]:
    """End a server, and start it again afterwards."""
    machine.end(name)
    try:
        yield
    finally:
        machine.serve(name, *again)
