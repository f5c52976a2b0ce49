"""Compares two snapshots: what was added, went away or changed, without what moves by itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.diagnostics.flat import Flat, flatten
from desktop.diagnostics.ranking import NOTHING_KNOWN, Concern, ranked
from desktop.diagnostics.watched import PARTS, WATCHED, Scale, Watched
from desktop.domain.change import Change, ChangeAct, ChangeKind, Differences, FactPath, NotCompared
from desktop.domain.facts import ProbeStatus
from desktop.domain.snapshot import Snapshot

_MISSING = object()
_MOST = 1e300


def compare(before: Snapshot, after: Snapshot, concern: Concern = NOTHING_KNOWN) -> Differences:
    """Return what differs, ranked for a `concern`: what is wrong, since when, and how the other devices are."""
    return compare_flat(flatten(before), flatten(after), concern)


def compare_flat(
    before: Flat, after: Flat, concern: Concern = NOTHING_KNOWN, between: Sequence[Flat] = ()
) -> Differences:
    """Compare two flattened snapshots; those `between` them, oldest first, tell when each change came."""
    found = [_dated(one, before, after, between) for one in _without_doubles(_changes(before, after))]
    important, minor = ranked(found, concern)
    return Differences(before.taken_at, after.taken_at, important, minor, tuple(_gaps(before, after)))


def _changes(before: Flat, after: Flat) -> Iterator[Change]:
    old, new = before.facts, after.facts
    for path, value in new.items():
        known = old.get(path, _MISSING)
        if known is _MISSING:
            if _came(path, there=after, missing=before):
                yield _change(path, ChangeAct.ADDED, None, value, after)
        elif known != value and (path.field or not path.table) and _has_changed(path, known, value):
            yield _change(path, ChangeAct.CHANGED, known, value, after)
    for path in old.keys() - new.keys():
        if _came(path, there=before, missing=after):
            yield _change(path, ChangeAct.REMOVED, old[path], None, before)


def _came(path: FactPath, *, there: Flat, missing: Flat) -> bool:
    """Tell whether a row is really new: the other side read the whole table. A plain field would only be unknown."""
    is_row = bool(path.table) and not path.field and path in there.facts
    is_whole = missing.status.get(path.probe) is ProbeStatus.OK and (path.probe, path.table) in missing.tables
    return is_row and is_whole


def _has_changed(path: FactPath, known: object, value: object) -> bool:
    scale = WATCHED_AT[_place(path)].scales.get(path.field)
    if scale is None or not isinstance(known, int | float) or not isinstance(value, int | float):
        return True
    return not is_same(known, value, scale)


def is_same(known: float, value: float, scale: Scale) -> bool:
    """Tell whether two numbers are the same but for noise: less than the share apart, or in one class."""
    known, value = (max(-_MOST, min(_MOST, one)) for one in (known, value))  # a PC may say numbers that no float holds
    is_close = abs(value - known) < scale.share * max(abs(known), abs(value))
    is_one_class = bool(scale.bounds) and bisect_right(scale.bounds, known) == bisect_right(scale.bounds, value)
    return is_close or is_one_class


def _place(path: FactPath) -> tuple[str, str, str]:
    return path.probe, path.table, path.field


def _by_place(watched: Iterable[Watched]) -> dict[tuple[str, str, str], Watched]:
    found: dict[tuple[str, str, str], Watched] = {}
    for one in watched:
        if one.has_rows and one.table:
            found[one.probe, one.table, ""] = one
        found |= {(one.probe, one.table, name): one for name in one.fields}
    return found


WATCHED_AT: Mapping[tuple[str, str, str], Watched] = _by_place(WATCHED)
"""The declaration behind a path, by probe, table and field."""


def _change(path: FactPath, act: ChangeAct, before: Any, after: Any, flat: Flat) -> Change:
    watched = WATCHED_AT[_place(path)]
    row = path._replace(field="")
    subject = flat.titles.get(row, "")
    return Change(
        kind=watched.kind,
        act=act,
        path=path,
        subject=subject,
        field=path.field or watched.shown,
        before=before or None if act is ChangeAct.REMOVED else before,
        after=after or None if act is ChangeAct.ADDED else after,
        is_minor=watched.is_minor or (watched.kind is ChangeKind.SOFTWARE and PARTS.match(subject) is not None),
        happened_on=flat.dates.get(row, "") if act is not ChangeAct.REMOVED else "",
    )


def _without_doubles(changes: Iterable[Change]) -> Iterator[Change]:
    """Leave out an update in the list of programs that browsers and office, which know more about it, name too."""
    found = list(changes)
    known = {(one.subject, one.after) for one in found if one.probe == "browsers_office"}
    for one in found:
        if one.probe != "software" or (one.subject, one.after) not in known:
            yield one


def _dated(change: Change, before: Flat, after: Flat, between: Sequence[Flat]) -> Change:
    """Say between which two snapshots it happened."""
    seen_after, seen_by = before.taken_at, after.taken_at
    for one in between:
        if not one.has_answered(change.probe):
            continue
        if _is_done(change, one):
            seen_by = one.taken_at
            break
        seen_after = one.taken_at
    return replace(change, seen_after=seen_after, seen_by=seen_by)


def _is_done(change: Change, flat: Flat) -> bool:
    if change.act is ChangeAct.REMOVED:
        return change.path not in flat.facts
    value = flat.facts.get(change.path, _MISSING)
    if change.act is ChangeAct.ADDED:
        return value is not _MISSING
    return value == change.after or (value is not _MISSING and not _has_changed(change.path, value, change.after))


def _gaps(before: Flat, after: Flat) -> Iterator[NotCompared]:
    """Name the probes that one side answered and the other did not."""
    for probe in dict.fromkeys(one.probe for one in WATCHED):
        if before.has_answered(probe) != after.has_answered(probe):
            yield NotCompared(probe, before.status.get(probe), after.status.get(probe))
