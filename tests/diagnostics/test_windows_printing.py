"""Print queues of recorded Windows PCs, among them a print server that must not be asked."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests.diagnostics.servers import connections
from tests.diagnostics.windows import recordings
from tests.diagnostics.windows.asking import answer, facts
from tests.diagnostics.windows.dlls import recorded_machine
from tests.diagnostics.windows.recorded import Printer


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the recorded PCs live at the time of their recordings."""
    monkeypatch.setattr(time, "time", lambda: float(recordings.NOW))


def test_print_queues_and_their_words() -> None:
    found = facts("printers", recordings.notebook())
    assert (found["default"], found["is_default_virtual"]) == ("Drucker Büro", False)
    first, second = found["printers"]
    assert (first["state"], first["driver"], first["driver_version"]) == (
        "idle", "HP Universal Printing PCL 6", "61.315.1.25959",
    )  # fmt: skip
    assert (first["connection"], second["connection"], second["is_virtual"]) == ("network", "file", True)
    assert facts("printers", recordings.faulty_pc()) == {"is_spooler_running": False}


@pytest.mark.parametrize(
    ("status", "attributes", "expected"),
    [
        (0x0, 0x440, {"is_offline": True, "state": "idle"}),
        (0x80, 0x40, {"is_offline": True, "alerts": []}),
        (0x1, 0x40, {"is_paused": True, "state": "stopped"}),
        (0x400, 0x40, {"state": "printing"}),
        (0x10, 0x40, {"alerts": ["media-empty"]}),
        (0x8 | 0x40, 0x40, {"alerts": ["media-jam"]}),
        (0x40000 | 0x400000, 0x40, {"alerts": ["toner-empty", "door-open"]}),
    ],
)
def test_status_bits_become_words_that_the_rules_know(status: int, attributes: int, expected: dict[str, Any]) -> None:
    pc = recordings.notebook()
    pc.printers = [Printer(name="A", port="p", driver="d", status=status, attributes=attributes)]
    row = facts("printers", pc)["printers"][0]
    assert {name: row[name] for name in expected} == expected


def test_a_print_server_is_named_and_not_asked() -> None:
    found = facts("printers", recordings.domain_pc())
    row = next(one for one in found["printers"] if one["is_default"])
    assert (row["name"], row["state"], row["is_offline"], row["is_virtual"]) == (
        r"\\druck01\Flur 2", "unknown", None, None,
    )  # fmt: skip
    status, jobs = answer("printer_jobs", recorded_machine(recordings.domain_pc()))
    assert status == "partial print_server"
    assert "oldest_own_s" not in jobs, "what waits on the server is not known"


@pytest.mark.usefixtures("clock")
def test_own_jobs_by_age_and_no_document() -> None:
    pc = recordings.notebook()
    # 2026-09-21 14:13:20 UTC is NOW.
    pc.jobs = {"Drucker Büro": [("Anna", (2026, 9, 1, 21, 14, 0, 20, 0)), ("bert", (2026, 9, 1, 20, 14, 0, 0, 0)),
                                ("anna", (0, 0, 0, 0, 0, 0, 0, 0))]}  # fmt: skip
    found = facts("printer_jobs", pc)
    assert (found["own"], found["oldest_own_s"]) == (2, 780)
    assert [(row["age_s"], row["is_own"]) for row in found["jobs"]] == [(780, True), (87200, False), (None, True)]
    assert "Kündigung" not in json.dumps(found, ensure_ascii=False)


def test_network_printers_are_dialled_at_their_port() -> None:
    pc = recordings.notebook()
    with connections() as port:
        pc.registry[rf"{recordings.TCP_PORTS}\192.0.2.40"] = {"HostName": "127.0.0.1", "PortNumber": port}
        row = facts("printer_port", pc)["ports"][0]
    assert (row["printer"], row["host"], row["answers"]) == ("Drucker Büro", "127.0.0.1", True)
    assert answer("printer_port", recorded_machine(recordings.faulty_pc()))[0] == "unsupported no_spooler"
