"""Printers as a real CUPS has them: read by the collector, judged by the rules, helped by the actions."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from desktop.diagnostics.collect import collect_snapshot
from desktop.diagnostics.findings import evaluate
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probes import printing
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.runner import guarded
from desktop.diagnostics.targets import NO_TARGETS
from desktop.domain.snapshot import FindingState, ProbeResult, ProbeStatus, Snapshot
from desktop.domain.wizard.events import Try
from desktop.system.actions.performing import foresee, perform
from desktop.system.programs import collector_command
from tests.diagnostics.print_service import PrintService, print_service, why_not
from tests.diagnostics.servers import closed_port, connections

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "runs here")

PROBES = ("printers", "printer_jobs", "printer_port")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintService]:
    """A print service that this process and the collector ask instead of the system's."""
    with print_service() as running:
        monkeypatch.setenv("CUPS_SERVER", running.server)
        yield running


def collect() -> Snapshot:
    return collect_snapshot(collector_command(), probes=PROBES, targets=NO_TARGETS)


def present(snapshot: Snapshot) -> set[str]:
    return {one.id for one in snapshot.findings if one.state is FindingState.PRESENT}


def test_a_service_without_queues_is_healthy(service: PrintService) -> None:
    """lpstat itself fails then ("No destinations added"); that is not a fault of this machine."""
    found = collect()
    assert {one.status for one in found.probes.values()} == {ProbeStatus.OK}
    assert found.probes["printers"].facts["printers"] == []
    assert found.finding("printer.spooler_stopped") is FindingState.ABSENT


def test_queues_as_they_are(service: PrintService) -> None:
    """A standard printer that makes files, a paused one with a job, a reachable and an unreachable one, an umlaut."""
    gone = closed_port()
    with connections() as port:
        service.add("Datei", "file:///tmp/ersthelfer-never-written.prn", "In eine Datei")
        service.add("Büro-Süd", f"ipp://127.0.0.1:{port}/ipp/print", "Drucker: Büro 2. Stock")
        service.add("Papier", "ipp://127.0.0.1:1/ipp/print")
        service.add("Weg", f"ipp://localhost:{gone}/ipp/print")
        service.ask("lpadmin", "-d", "Datei")
        service.ask("cupsdisable", "-r", "Alerts: klemmt", "Papier")
        service.ask("lp", "-d", "Papier", "-t", "Kündigung")
        found = collect()
    rows = {row["name"]: row for row in table(found, "printers", "printers")}
    assert found.probes["printers"].facts["default"] == "Datei"
    assert [name for name, row in rows.items() if row["is_virtual"]] == ["Datei"]
    assert [name for name, row in rows.items() if row["is_paused"]] == ["Papier"]
    assert (rows["Papier"]["state"], rows["Papier"]["alerts"]) == ("stopped", ["paused"])
    assert rows["Büro-Süd"]["state"] == "idle"
    assert (rows["Büro-Süd"]["connection"], rows["Datei"]["connection"]) == ("network", "file")
    assert {row["driver"] for row in rows.values()} == {"Local Raw Printer"}, "by CUPS' own words over IPP"
    answers = {row["printer"]: row["answers"] for row in table(found, "printer_port", "ports")}
    assert (answers["Büro-Süd"], "Datei" in answers) == (True, False)
    assert found.probes["printer_jobs"].facts["own"] == 1
    assert {"printer.paused", "printer.virtual_selected"} <= present(found)
    assert "Kündigung" not in str(found.to_document()), "a document's name is never read"


def test_a_network_printer_that_is_gone(service: PrintService, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody takes a connection at its own port, nor (as a stand-in: port 1) at those that printers have."""
    monkeypatch.setattr("desktop.diagnostics.cups.doors", lambda port: (port,))
    service.add("Weg", f"ipp://127.0.0.1:{closed_port()}/ipp/print")
    assert "printer.unreachable" in judged("printer_port", printing.read_printer_port)


def test_a_job_that_waits_for_eleven_minutes(service: PrintService, monkeypatch: pytest.MonkeyPatch) -> None:
    """The age is counted from when CUPS took the job; the clock goes on, CUPS' job stays as it is."""
    service.add("Papier", "ipp://127.0.0.1:1/ipp/print")
    service.ask("cupsdisable", "Papier")
    service.ask("lp", "-d", "Papier")
    assert "printer.queue_stuck" not in judged("printer_jobs", printing.read_printer_jobs)
    monkeypatch.setattr(printing, "time", SimpleNamespace(time=lambda: time.time() + 660))
    assert "printer.queue_stuck" in judged("printer_jobs", printing.read_printer_jobs)


def test_a_service_that_is_down(service: PrintService) -> None:
    """Its socket's file is left behind, its tools are there: the finding says so, the jobs are not guessed."""
    service.stop()
    Path(service.server).touch()
    found = collect()
    assert found.probes["printers"].facts == {"is_spooler_running": False}
    assert present(found) == {"printer.spooler_stopped"}
    assert found.finding("printer.queue_stuck") is FindingState.UNKNOWN


def test_a_service_that_hangs(service: PrintService) -> None:
    """It takes connections and never answers: what is known is said, the rest is unknown, no tool is left behind."""
    service.hang()
    found = collect()
    service.go_on()
    printers = found.probes["printers"]
    assert (printers.status, printers.facts) == (ProbeStatus.PARTIAL, {"is_spooler_running": True})
    assert found.finding("printer.paused") is FindingState.UNKNOWN
    assert not [one for one in psutil.process_iter() if one.name() == "lpstat"]


def test_clients_alone_are_not_a_stopped_service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With lpstat only, and no server named, there is no print service that could be down."""
    monkeypatch.delenv("CUPS_SERVER", raising=False)
    (tmp_path / "lpstat").symlink_to("/usr/bin/lpstat")
    machine = Machine(root=str(tmp_path), tool_folders=(str(tmp_path),))
    assert guarded(printing.read_printers, machine)["reason"] == "no_cups"


def cancel(**answers: str) -> tuple[object, Try]:
    """Cancel own jobs as the wizard does: look first, then do what that found."""
    prospect = foresee("printer.cancel_own_jobs", answers)
    done = perform("printer.cancel_own_jobs", answers, agreed=prospect.agreed)
    return prospect.facts.get("count"), done.result


def test_own_jobs_are_cancelled_and_a_test_page_is_printed(service: PrintService) -> None:
    """The actions of the printer wizard do what they say, on the chosen queue only."""
    for name in ("Papier", "Flur"):
        service.add(name, "ipp://127.0.0.1:1/ipp/print")
        service.ask("cupsdisable", name)
        service.ask("lp", "-d", name)
    assert cancel(printer_name="Papier") == (1, Try.DONE)
    assert [row["printer"] for row in table(collect(), "printer_jobs", "jobs")] == ["Flur"]
    assert perform("printer.test_page", {"printer_name": "Papier"}).result is Try.DONE
    assert {row["printer"] for row in table(collect(), "printer_jobs", "jobs")} == {"Flur", "Papier"}
    assert cancel() == (2, Try.DONE)
    assert collect().probes["printer_jobs"].facts["own"] == 0
    assert not foresee("printer.cancel_own_jobs", {}).is_possible
    failed = perform("printer.test_page", {"printer_name": "Keiner"})
    assert (failed.result, failed.evidence[:12]) == (Try.FAILED, "lp: exit 1 ·")


def test_a_paused_queue_goes_on_and_another_becomes_the_standard_one(
    service: PrintService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root, which CUPS takes for its administrator; the standard printer is one user's own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("Papier", "Flur"):
        service.add(name, "file:///tmp/ersthelfer-never-written.prn")
    service.ask("cupsdisable", "Papier")
    assert "printer.paused" in judged("printers", printing.read_printers)
    assert perform("printer.resume", {"printer_name": "Papier"}).result is Try.DONE
    assert "printer.paused" not in judged("printers", printing.read_printers)
    answers = {"printer_name": "Flur"}
    agreed = foresee("printer.set_default", answers).agreed
    assert perform("printer.set_default", answers, agreed=agreed).result is Try.DONE
    assert (tmp_path / ".cups/lpoptions").read_text() == "Default Flur\n"
    assert judged_default() == "Flur"
    assert foresee("printer.set_default", answers).reason == "the standard printer already"


def judged_default() -> object:
    """Return the standard printer as the diagnosis reads it."""
    return guarded(printing.read_printers, Machine())["facts"]["default"]


def judged(name: str, probe: Any) -> set[str]:
    """Run one probe in this process and return the findings that are present."""
    result = guarded(probe, Machine())
    assert result["status"] == "ok", os.fspath(str(result["reason"]))
    found = evaluate({name: ProbeResult(ProbeStatus.OK, dict(result["facts"]))}, load_rules())  # type: ignore[call-overload]
    return {one.id for one in found if one.state is FindingState.PRESENT}


def table(snapshot: Snapshot, probe: str, field: str) -> list[dict[str, Any]]:
    """Return the rows of a table of facts."""
    return list(snapshot.probes[probe].facts[field])
