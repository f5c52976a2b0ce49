"""Single lines can be left out: they leave the bytes, and no finding that rests on them is judged by the rest."""

from __future__ import annotations

import pytest

from desktop.base.texts import load_texts
from desktop.diagnostics.findings import judged
from desktop.diagnostics.lines import LEFT_OUT, Line, basic_part, headings, without_lines
from desktop.diagnostics.privacy import GROUPS, preview
from desktop.diagnostics.probe import Lane
from desktop.diagnostics.registry import PROBES
from desktop.diagnostics.rules import load_rules
from desktop.domain.snapshot import FindingState, ProbeResult, ProbeStatus, Snapshot

GIB = 2**30
SIZE = {"total_bytes": 100 * GIB, "is_read_only": False}
FULL_DRIVE = {**SIZE, "mount": "/", "free_bytes": 1, "free_percent": 0.0, "is_system": True}
ROOMY = {**SIZE, "mount": "/daten", "free_bytes": 60 * GIB, "free_percent": 60.0, "is_system": False}
TAKEN = Snapshot(
    "2026-11-23T09:00:00.000000Z",
    "full",
    {
        "disks": ProbeResult(ProbeStatus.OK, {"volumes": [FULL_DRIVE, ROOMY]}),
        "memory": ProbeResult(ProbeStatus.OK, {"available_bytes": 5 * GIB, "available_percent": 60.0}),
        "software": ProbeResult(ProbeStatus.OK, {"programs": [{"name": "Tetris"}, {"name": "Warenwirtschaft"}]}),
    },
)


@pytest.fixture
def taken() -> Snapshot:
    """Return a judged snapshot with a full drive."""
    snapshot = judged(TAKEN, load_rules())
    assert snapshot.finding("disk.full") is FindingState.PRESENT
    return snapshot


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_line_has_words(taken: Snapshot, language: str) -> None:
    probes = {one for group in GROUPS for one in group.probes}
    found = {one.probe: one for one in headings(taken, probes, load_texts(language))}
    assert found.keys() == taken.probes.keys()
    assert [line for line, _ in found["disks"].lines] == [Line("disks", "volumes", 0), Line("disks", "volumes", 1)]
    assert "Tetris" in found["software"].lines[0][1]
    assert all(words.strip() for one in found.values() for _, words in one.lines)


def test_what_was_not_answered_says_why() -> None:
    silent = Snapshot(TAKEN.taken_at, "basic", {"memory": ProbeResult(ProbeStatus.TIMEOUT)})
    (found,) = headings(silent, {"memory"}, load_texts("de"))
    assert (found.lines, found.note) == ((), "Dieser PC hat nicht rechtzeitig geantwortet.")


def test_a_row_leaves_the_bytes_and_the_finding_is_unknown(taken: Snapshot) -> None:
    """Without the full drive the roomy one would say that all is well: nobody knows, so the finding is unknown."""
    found = without_lines(taken, {Line("disks", "volumes", 0)})
    assert found.probes["disks"].facts == {"volumes": [ROOMY]}
    assert (found.probes["disks"].status, found.probes["disks"].reason) == (ProbeStatus.PARTIAL, LEFT_OUT)
    assert found.finding("disk.full") is FindingState.UNKNOWN
    assert found.finding("mem.low") is taken.finding("mem.low") is FindingState.ABSENT
    assert found.probes["memory"] == taken.probes["memory"]


def test_a_field_leaves_the_bytes(taken: Snapshot) -> None:
    found = without_lines(taken, {Line("memory", "available_percent"), Line("software", "programs", 0)})
    assert found.probes["memory"].facts == {"available_bytes": 5 * GIB}
    assert b"Tetris" not in preview(found)
    assert b"Warenwirtschaft" in preview(found)
    assert found.finding("mem.low") is FindingState.UNKNOWN


def test_nothing_left_out_changes_nothing(taken: Snapshot) -> None:
    assert without_lines(taken, ()) is taken
    assert without_lines(taken, {Line("no_such_probe", "x")}) is taken


def test_the_basic_part_has_no_slow_probe(taken: Snapshot) -> None:
    found = basic_part(taken)
    slow = {one.id for one in PROBES if one.lane is Lane.SLOW}
    assert (found.level, found.probes.keys() & slow) == ("basic", set())
    assert found.finding("disk.full") is FindingState.PRESENT
