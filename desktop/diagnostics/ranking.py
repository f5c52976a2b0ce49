"""Which change to look at first: what feeds the fault, what came when the trouble came, what the others do not have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from desktop.diagnostics.findings import Rule
from desktop.domain.change import Change, ChangeAct, ChangeKind, Relevance
from desktop.domain.snapshot import Finding, FindingState

_AREAS: tuple[frozenset[str], ...] = (
    frozenset({"printers", "printer_jobs", "printer_port"}),
    frozenset(
        {"net_link", "net_ip", "net_route", "net_dns", "net_proxy", "net_wifi", "net_vpn", "net_resolve", "net_reach",
         "net_portal", "shares"}
    ),
    frozenset({"disks", "disk_io", "disk_health", "backup", "cloud_sync"}),
    frozenset({"security", "encryption", "join", "accounts", "time_drift"}),
    frozenset({"cpu_load", "memory", "processes", "startup", "uptime"}),
    frozenset({"os", "updates", "pending_reboot"}),
    frozenset({"displays", "audio_camera", "usb", "devices_bad", "battery"}),
    frozenset({"browsers_office", "software", "events"}),
)  # fmt: skip
"""Probes that look at the same thing from different sides: a change in one may explain a fault seen by another."""

CATEGORY_PROBES: Mapping[str, frozenset[str]] = {
    "printer": _AREAS[0],
    "sign-in": frozenset({"join", "accounts", "time_drift", "sessions"}),
    "email": frozenset({"browsers_office", "net_resolve", "net_reach", "net_proxy"}),
    "network": _AREAS[1],
    "software": _AREAS[7],
    "hardware": _AREAS[6] | {"hardware", "disk_health", "memory", "temperature"},
    "files": frozenset({"shares", "net_vpn", "disks", "cloud_sync", "backup"}),
    "telephone": frozenset({"audio_camera", "net_wifi", "net_reach"}),
    "security": frozenset({"security", "encryption", "updates", "accounts"}),
}
"""Where the cause of a ticket of this category is looked for first."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
RARE, COMMON = 0.1, 0.5
"""Shares of the other devices: below the first a change is rare, from the second on everybody has it."""
ENOUGH = 5
"""Fewer other devices than these say nothing about what is common."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a comparison is made for.

    `feeding` names the present findings by the probes they rest on, `wanted` the probes of the ticket's category, and
    `since` is when the trouble began. `elsewhere` counts on how many of `others` further devices a change's outcome is
    found too.
    """

    feeding: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    wanted: frozenset[str] = frozenset()
    since: datetime | None = None
    elsewhere: Callable[[Change], int] | None = None
    others: int = 0


NOTHING_KNOWN = Concern()


def concern_of(
    findings: Sequence[Finding], rules: Sequence[Rule], *, category: str = "", since: datetime | None = None
) -> Concern:
    """Return the concern of a snapshot with these findings and of a ticket's category."""
    present = {one.id for one in findings if one.state is FindingState.PRESENT}
    feeding: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        if rule.id in present:
            for probe in rule.judged_by:
                feeding[probe] = (*feeding.get(probe, ()), rule.id)
    return Concern(feeding, CATEGORY_PROBES.get(category, frozenset()), since)


def ranked(changes: Iterable[Change], concern: Concern) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Return the important changes and the minor ones, each with its rank from 1."""
    near = _near(concern)
    weighed = [_weighed(one, concern, near) for one in changes]
    weighed.sort(key=lambda one: _order(one, concern))
    important = [one for one in weighed if not one.is_minor]
    minor = [one for one in weighed if one.is_minor]
    return _numbered(important), _numbered(minor)


def _numbered(changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(replace(one, rank=place) for place, one in enumerate(changes, 1))


def _near(concern: Concern) -> frozenset[str]:
    return frozenset[str]().union(*(area for area in _AREAS if area & concern.feeding.keys()))


def _weighed(change: Change, concern: Concern, near: frozenset[str]) -> Change:
    feeds = concern.feeding.get(change.probe, ())
    is_direct = bool(feeds) or change.probe in concern.wanted
    relevance = Relevance.DIRECT if is_direct else Relevance.NEAR if change.probe in near else Relevance.NONE
    elsewhere = concern.elsewhere(change) if concern.elsewhere else 0
    is_usual = concern.others >= ENOUGH and elsewhere >= COMMON * concern.others and not is_direct
    return replace(
        change,
        feeds=feeds,
        relevance=relevance,
        elsewhere=elsewhere,
        others=concern.others,
        is_minor=(change.is_minor and not feeds) or is_usual,
    )


def _order(change: Change, concern: Concern) -> tuple[object, ...]:
    return (
        list(Relevance).index(change.relevance),
        _distance(change, concern.since),
        _commonness(change),
        list(ChangeKind).index(change.kind),
        list(ChangeAct).index(change.act),
        change.subject.casefold(),
        str(change.path),
    )


def _distance(change: Change, since: datetime | None) -> int:
    """Return how far from the beginning of the trouble it came: 0 within a day, 1 within a week, 2 further away.

    What came after it cannot have been the cause; half a day is allowed, because nobody knows the hour.
    """
    if since is None or change.seen_by is None or change.seen_after is None:
        return 0
    if change.seen_after > since + _DAY / 2:
        return 2
    gap = max(timedelta(0), since - change.seen_by)
    return 0 if gap <= _DAY else 1 if gap <= _WEEK else 2


def _commonness(change: Change) -> int:
    if change.others < ENOUGH:
        return 0
    share = change.elsewhere / change.others
    return 0 if share < RARE else 1 if share < COMMON else 2
