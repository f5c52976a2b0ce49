"""docs/snapshot.schema.json is what the declarations say, and what probes really return keeps to it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.base.texts import load_texts
from desktop.diagnostics.collect import collect_snapshot
from desktop.diagnostics.privacy import preview, pseudonymise, withhold
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.runner import guarded
from desktop.diagnostics.schema import snapshot_schema
from desktop.diagnostics.targets import NO_TARGETS
from desktop.domain.snapshot import Snapshot
from desktop.system.programs import collector_command
from tests.diagnostics.macos.imac import IMAC
from tests.diagnostics.macos.macbook_air import MACBOOK_AIR
from tests.diagnostics.macos.recording import Recording, set_up
from tests.diagnostics.macos.test_healthy import with_account
from tests.diagnostics.schema_check import faults

FILE = Path(__file__).resolve().parents[2] / "docs" / "snapshot.schema.json"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema as people find it."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """A full snapshot of this machine; nobody outside is asked."""
    return collect_snapshot(collector_command(), "full", targets=NO_TARGETS)


def test_the_file_is_what_the_declarations_say(schema: dict[str, Any]) -> None:
    """After a change of probes, rules or their English names: python packaging/write_schema.py."""
    assert schema == snapshot_schema(load_rules(), load_texts("en")), "run: python packaging/write_schema.py"


def test_a_real_snapshot_keeps_to_it(schema: dict[str, Any], snapshot: Snapshot) -> None:
    """As collected, as sent to one's own IT, with groups withheld, and as sent to anybody else."""
    key = bytes(32)
    for one in (snapshot, pseudonymise(snapshot, key), withhold(snapshot, {"network", "programs"})):
        assert list(faults(json.loads(preview(one)), schema)) == []


@pytest.mark.parametrize("recording", [with_account(MACBOOK_AIR), IMAC], ids=["macbook_air", "imac"])
def test_the_recorded_macs_keep_to_it(
    recording: Recording, schema: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kinds of values that this machine never has."""
    machine = set_up(recording, tmp_path, monkeypatch)
    probes = {one.id: guarded(one, machine) for one in PROBES if one.lane.value != "network"}
    document = {
        "schema": 1, "taken_at": "2026-11-29T00:00:00.000000Z", "level": "full", "probes": probes, "findings": [],
    }  # fmt: skip
    assert list(faults(json.loads(json.dumps(document)), schema)) == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("schema",), 2, "is not 1"),
        (("taken_at",), "yesterday", "does not match"),
        (("level",), "all", "none of"),
        (("probes", "weather"), {}, "not declared"),
        (("probes", "os", "status"), "fine", "none of"),
        (("probes", "os", "ms"), -1, "too small"),
        (("probes", "os", "facts", "user_name"), "anna", "not declared"),
        (("probes", "os", "facts", "name"), 7, "is no"),
        (("probes", "memory", "facts", "total_bytes"), 1.5, "is no"),
        (("probes", "disks", "facts", "volumes"), [{"mount": "/", "label": "x"}], "not declared"),
        (("findings",), [{"id": "disk.low"}], "missing"),
    ],
)
def test_another_document_does_not(
    path: tuple[str, ...], value: object, fault: str, schema: dict[str, Any], snapshot: Snapshot
) -> None:
    """The check can fail: a wrong value, an undeclared field, a missing key."""
    document = copy.deepcopy(json.loads(preview(snapshot)))
    inside = document
    for name in path[:-1]:
        inside = inside[name]
    inside[path[-1]] = value
    assert any(fault in one for one in faults(document, schema))
