"""What lists need of a snapshot, from facts as probes give them."""

from __future__ import annotations

from desktop.diagnostics.inventory import inventory_of
from desktop.domain.snapshot import ProbeResult, ProbeStatus, Snapshot


def test_virus_scanners_are_a_list_and_stand_side_by_side() -> None:
    """A PC may have two; one that tells none has no name."""
    for told, name in ((["Microsoft Defender", "ESET"], "Microsoft Defender, ESET"), ([], ""), (None, "")):
        security = ProbeResult(ProbeStatus.OK, {"antivirus": told})
        assert inventory_of(Snapshot("2026-11-20T08:00:00Z", "basic", {"security": security})).antivirus == name
