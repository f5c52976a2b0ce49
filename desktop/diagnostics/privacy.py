"""What leaves the machine: groups that can be withheld, tags instead of names, and the exact bytes to be sent.

The order of redaction: not collecting, each field's declared class, tags by keyed hash, then a scrubber as a net.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from desktop.diagnostics.findings import Rule, evaluate
from desktop.diagnostics.probe import Field, Kind
from desktop.diagnostics.pseudonyms import pseudonym
from desktop.diagnostics.registry import find_probe
from desktop.diagnostics.rules import load_rules
from desktop.diagnostics.scrubber import NOBODY, OwnNames, Scrubber
from desktop.domain.snapshot import Finding, FindingState, Privacy, ProbeResult, ProbeStatus, Snapshot

PERSONAL_ONLY = frozenset({Privacy.PERSONAL})
"""What the company's own IT does not see either."""
PERSONAL_AND_INTERNAL = frozenset({Privacy.PERSONAL, Privacy.INTERNAL})
"""What nobody outside the company sees."""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that are agreed to or withheld together; texts `consent.<id>.title` and `consent.<id>.hint`."""

    id: str
    icon: str
    probes: tuple[str, ...]
    is_on: bool = True


GROUPS: tuple[Group, ...] = (
    Group(
        "system",
        "desktop",
        ("os", "hardware", "cpu_load", "memory", "battery", "temperature", "services", "pending_reboot", "uptime",
         "time_drift", "sessions", "updates", "displays", "audio_camera", "usb", "devices_bad", "app"),
    ),
    Group("protection", "shield-check", ("security", "encryption", "join", "accounts")),
    Group("storage", "hard-drive", ("disks", "disk_io", "disk_health", "backup", "cloud_sync")),
    Group("printers", "printer", ("printers", "printer_jobs", "printer_port")),
    Group(
        "network",
        "wifi-high",
        ("net_link", "net_ip", "net_route", "net_dns", "net_proxy", "net_resolve", "net_reach",
         "net_portal", "net_quality", "net_wifi", "net_vpn", "shares"),
    ),
    Group(
        "programs",
        "squares-four",
        ("software", "browsers_office", "startup", "events", "processes"),
        is_on=False,
    ),
)  # fmt: skip


def default_off() -> frozenset[str]:
    """Return the groups that are withheld until somebody agrees."""
    return frozenset(one.id for one in GROUPS if not one.is_on)


def withhold(snapshot: Snapshot, off: Collection[str], *, rules: tuple[Rule, ...] | None = None) -> Snapshot:
    """Take the facts of the groups in `off` out; findings that rest on them are judged again without.

    So they become unknown, or lose the part of their evidence that came from there. `rules` are those the snapshot was
    judged by, ours where not given.
    """
    gone = {probe for group in GROUPS if group.id in off for probe in group.probes}
    if not gone & snapshot.probes.keys():
        return snapshot
    by_id = {one.id: one for one in rules or load_rules()}
    withheld = ProbeResult(ProbeStatus.WITHHELD)
    probes = {name: withheld if name in gone else one for name, one in snapshot.probes.items()}
    findings = tuple(_without(one, by_id.get(one.id), probes, gone=gone) for one in snapshot.findings)
    return replace(snapshot, probes=probes, findings=findings)


def _without(finding: Finding, rule: Rule | None, probes: Mapping[str, ProbeResult], *, gone: set[str]) -> Finding:
    if rule is None:  # nobody can say what it was made of
        return replace(finding, state=FindingState.UNKNOWN, evidence={})
    return evaluate(probes, (rule,))[0] if rule.rests_on & gone else finding


def pseudonymise(
    snapshot: Snapshot, key: bytes, *, hide: frozenset[Privacy] = PERSONAL_AND_INTERNAL, own: OwnNames = NOBODY
) -> Snapshot:
    """Replace every value of a hidden class by its tag or drop it, and scrub the remaining texts.

    The same value gets the same tag under the same `key` (32 bytes) over all snapshots. A probe or field that is not
    declared is dropped: it has no class. `own` names this machine and its user for the scrubber.
    """
    redaction = _Redaction(key, hide, Scrubber(key, own))
    return replace(
        snapshot,
        probes={name: redaction.result(name, one) for name, one in snapshot.probes.items() if find_probe(name)},
        findings=tuple(redaction.finding(one) for one in snapshot.findings),
    )


def preview(snapshot: Snapshot) -> bytes:
    """Return the canonical bytes of the snapshot, which are the bytes that travel."""
    document = snapshot.to_document()
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "replace")


class _Redaction:
    """One pass over a snapshot; remembers what it replaced, because evidence repeats facts."""

    def __init__(self, key: bytes, hide: frozenset[Privacy], scrubber: Scrubber) -> None:
        self._key = key
        self._hide = hide
        self._scrubber = scrubber
        self._replaced: dict[str, str | None] = {}

    def result(self, probe_id: str, one: ProbeResult) -> ProbeResult:
        probe = find_probe(probe_id)
        facts = self._row(probe.fields, one.facts) if probe else {}
        clean = self._scrubber.clean
        return replace(one, facts=facts, reason=clean(one.reason), source=clean(one.source))

    def finding(self, one: Finding) -> Finding:
        return replace(one, evidence={name: self._evidence(value) for name, value in one.evidence.items()})

    def _row(self, fields: tuple[Field, ...], row: Mapping[str, Any]) -> dict[str, Any]:
        return {one.name: self._value(one, row[one.name]) for one in fields if one.name in row}

    def _value(self, field: Field, value: object) -> object:
        if field.kind is Kind.TABLE:
            rows = cast("list[object]", value) if isinstance(value, list) else []
            return [self._row(field.columns, cast("dict[str, Any]", row)) for row in rows if isinstance(row, dict)]
        if isinstance(value, list):
            return [self._single(field, one) for one in cast("list[object]", value)]
        return self._single(field, value)

    def _single(self, field: Field, value: object) -> object:
        if value is None or isinstance(value, dict):
            return None
        if field.privacy in self._hide:
            return self._hidden(field, value)
        return self._scrubber.clean(value) if isinstance(value, str) else value

    def _hidden(self, field: Field, value: object) -> str | None:
        tag = pseudonym(field.pseudonym, str(value), self._key) if field.pseudonym and value != "" else None
        self._replaced[str(value)] = tag
        return tag

    def _evidence(self, value: object) -> object:
        if isinstance(value, list | tuple):
            return [self._evidence(one) for one in cast("list[object]", value)]
        if isinstance(value, str):
            return self._replaced.get(value, self._scrubber.clean(value))
        return value if isinstance(value, int | float) else None
