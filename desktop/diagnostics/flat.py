"""A snapshot as flat `path -> value` with keys that stay: names and ids, never positions in a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_interface
from typing import Any, cast

from desktop.base.clock import from_text
from desktop.diagnostics.findings import ANSWERED
from desktop.diagnostics.watched import WATCHED, Watched
from desktop.domain.change import FactPath
from desktop.domain.facts import ProbeStatus
from desktop.domain.snapshot import Snapshot

SEPARATOR = "\x1f"
"""Between the parts of a row's key; the first is what people call it."""
_NETWORK_BITS = {4: 24, 6: 64}
"""A new lease out of the same subnet is no change; snapshots do not say how long the prefix is."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A snapshot's facts by path; `tables` are those that were read, so that a missing row is known to be gone."""

    taken_at: datetime
    facts: Mapping[FactPath, Any]
    tables: frozenset[tuple[str, str]]
    status: Mapping[str, ProbeStatus]
    titles: Mapping[FactPath, str]
    dates: Mapping[FactPath, str]

    def has_answered(self, probe: str) -> bool:
        """Tell whether the probe gave facts, all or some."""
        return self.status.get(probe) in ANSWERED


def flatten(snapshot: Snapshot) -> Flat:
    """Return the facts that are compared. A value that is not known has no path."""
    facts: dict[FactPath, Any] = {}
    titles: dict[FactPath, str] = {}
    dates: dict[FactPath, str] = {}
    tables: set[tuple[str, str]] = set()
    for watched in WATCHED:
        result = snapshot.probes.get(watched.probe)
        if result is None or result.status not in ANSWERED:
            continue
        if not watched.table:
            _add_fields(facts, watched, result.facts)
            continue
        rows = result.facts.get(watched.table)
        if isinstance(rows, list):
            tables.add((watched.probe, watched.table))
            for row, subject, title in _keyed(watched, _rows(watched, cast("list[object]", rows))):
                path = FactPath(watched.probe, watched.table, subject, "")
                _add_row(facts, watched, row, path)
                titles.setdefault(path, title)
                if watched.dated and row.get(watched.dated):
                    dates[path] = str(row[watched.dated])
    status = {name: one.status for name, one in snapshot.probes.items()}
    return Flat(from_text(snapshot.taken_at), facts, frozenset(tables), status, titles, dates)


def _add_fields(facts: dict[FactPath, Any], watched: Watched, found: Mapping[str, Any]) -> None:
    for name in watched.fields:
        value = _value(found.get(name))
        if value is not None:
            facts[FactPath(watched.probe, "", "", name)] = value


def _add_row(facts: dict[FactPath, Any], watched: Watched, row: Mapping[str, Any], path: FactPath) -> None:
    probe, table, subject, _ = path
    if watched.has_rows:
        facts[path] = _value(row.get(watched.shown)) if watched.shown else ""
    for name in watched.fields:
        value = _value(row.get(name))
        if value is not None:
            facts[FactPath(probe, table, subject, name)] = value


def _value(value: object) -> Any:
    """Return something that can be compared: texts without blanks around them, lists as sets in order."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, list):
        return tuple(sorted({str(one) for one in cast("list[object]", value)}))
    return value if isinstance(value, bool | int | float) else None


def _rows(watched: Watched, rows: Iterable[object]) -> Iterator[Mapping[str, Any]]:
    """Return the rows that count."""
    for one in rows:
        if not isinstance(one, dict):
            continue
        row = cast("dict[str, Any]", one)
        if watched.without and row.get(watched.without):
            continue
        if "subnet" in watched.key:
            subnet = subnet_of(row)
            if not subnet:
                continue
            row = {**row, "subnet": subnet}
        yield row


def _keyed(watched: Watched, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    """Give each row its key and its name; of two of the same kind the second gets a number."""
    seen: dict[str, int] = {}
    order = sorted(rows, key=lambda row: str(row.get(watched.shown) or "")) if watched.shown else rows
    for row in order:
        parts = [_name(row) if column == "name" else str(row.get(column) or "") for column in watched.key]
        key = SEPARATOR.join(parts)
        if not key.strip(SEPARATOR):
            continue
        seen[key] = seen.get(key, 0) + 1
        subject = key if seen[key] == 1 else f"{key}{SEPARATOR}{seen[key]}"
        yield row, subject, parts[0] or " ".join(filter(None, parts))


def _name(row: Mapping[str, Any]) -> str:
    """Return a row's name without its version, which some makers put into it: an update is no new program."""
    name, version = str(row.get("name") or ""), row.get("version")
    if isinstance(version, str) and "." in version and version in name:
        return " ".join(name.replace(version, "").split())
    return name


def subnet_of(row: Mapping[str, Any]) -> str:
    """Return the network that a usable address of `net_ip` lies in; empty for others and for what is no address."""
    if row.get("scope") not in (None, "usable"):
        return ""
    try:
        address = ip_interface(str(row.get("address") or "").partition("%")[0]).ip
    except ValueError:
        return ""
    if address.is_link_local or address.is_loopback:
        return ""
    return str(ip_interface(f"{address}/{_NETWORK_BITS[address.version]}").network)
