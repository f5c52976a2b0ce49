"""The fleet as witness: three devices with this fault share a driver, seventeen without it do not have it."""

from __future__ import annotations

from desktop.diagnostics.rules import load_rules
from desktop.domain.change import Change
from desktop.domain.witness import ChangeWitness, FindingShares, FindingWitness, Share
from desktop.services.fleet_index import absent_on, like, present_findings
from desktop.services.work import Work

SHOWN = 20
"""So many distinguishing facts are named."""


def witness_finding(work: Work, finding: str) -> FindingWitness:
    """Return which devices have a finding now, and what most of them share that few of the others have.

    Each newest snapshot is opened once in the life of `work`. Devices that do not know are no witnesses.
    """
    own = frozenset(probe for rule in load_rules() if rule.id == finding for probe in rule.judged_by)
    with work.store.reading() as connection:
        facts = work.fleet.refreshed(connection)
        present = work.fleet.bits(present_findings(connection).get(finding, set()))
        absent = work.fleet.bits(absent_on(connection, finding))
    return FindingWitness(
        finding=finding,
        devices=work.fleet.names(present),
        without=absent.bit_count(),
        unknown=(work.fleet.everybody() & ~present & ~absent).bit_count(),
        facts=facts.distinguishing(present, absent, own=own)[:SHOWN],
    )


def witness_change(work: Work, change: Change, device_id: str = "") -> ChangeWitness:
    """Return which devices besides `device_id` are as it is after a change, and which faults go with that."""
    with work.store.reading() as connection:
        facts = work.fleet.refreshed(connection)
        findings = {name: work.fleet.bits(ids) for name, ids in present_findings(connection).items()}
    having = like(facts, change)
    lacking = facts.answered(change.probe) & ~having
    shares = [
        FindingShares(name, _share(bits, having), _share(bits, lacking))
        for name, bits in findings.items()
        if bits & having
    ]
    shares.sort(key=lambda one: (one.lacking.part - one.having.part, one.finding))
    others = having & ~work.fleet.bits({device_id})
    return ChangeWitness(work.fleet.names(others), lacking.bit_count(), tuple(shares))


def _share(bits: int, of: int) -> Share:
    return Share((bits & of).bit_count(), of.bit_count())
