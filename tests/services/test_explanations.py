"""Why a stored finding is what it is, by the company's own thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.base.clock import to_text
from desktop.base.errors import AppError
from desktop.domain.snapshot import FindingState, ProbeResult, ProbeStatus, Snapshot
from desktop.services.devices import add_snapshot, list_devices
from desktop.services.explanations import explain_finding
from desktop.services.finding_limits import change_finding
from desktop.services.intake import import_mailbox
from desktop.services.work import Work

if TYPE_CHECKING:
    from tests.services.conftest import Desk

GB = 2**30


@pytest.fixture
def snapshot(desk: Desk) -> str:
    """Return the id of a stored diagnosis of a PC whose drive is nearly full."""
    desk.pc().enrol()
    import_mailbox(desk.work, desk.open.post)
    volume = {
        "mount": "C", "free_bytes": 8 * GB, "total_bytes": 237 * GB, "free_percent": 3.4, "is_system": True,
        "is_read_only": False,
    }  # fmt: skip
    probes = {"disks": ProbeResult(ProbeStatus.OK, {"volumes": [volume]})}
    taken = Snapshot(to_text(desk.clock()), "basic", probes)
    return add_snapshot(desk.work, list_devices(desk.work)[0].id, taken).result


def test_an_explanation_names_the_threshold_in_force_and_the_usual_one(work: Work, snapshot: str) -> None:
    change_finding(work, "disk.low", {"free_percent": 3})
    found = explain_finding(work, snapshot, "disk.low")
    assert found is not None
    assert found.finding.state is FindingState.ABSENT
    limit = next(one for one in found.limits if one.name == "free_percent")
    assert (limit.value, limit.usual) == (3, 10)
    assert found.rows[0].condition.parts


def test_a_finding_that_is_switched_off_or_of_another_version_has_no_explanation(work: Work, snapshot: str) -> None:
    change_finding(work, "disk.low", {}, is_on=False)
    assert explain_finding(work, snapshot, "disk.low") is None
    assert explain_finding(work, snapshot, "new.kind") is None


def test_an_unknown_snapshot_is_named(work: Work) -> None:
    with pytest.raises(AppError) as caught:
        explain_finding(work, "nothing", "disk.low")
    assert caught.value.code == "snapshot.unknown"
