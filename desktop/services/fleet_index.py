"""What all devices' newest snapshots say, read once each: the memory behind the fleet as witness."""

from __future__ import annotations

from threading import Lock

from sqlalchemy import Connection

from desktop.diagnostics.fact_index import FactIndex, places
from desktop.diagnostics.flat import flatten
from desktop.domain.change import Change, ChangeAct
from desktop.models.device_queries import read_snapshot
from desktop.models.fetching import fetch

_NEWEST = """
SELECT id, name, snapshot_id FROM devices WHERE status = 'approved' AND snapshot_id IS NOT NULL ORDER BY id"""
_FINDINGS = """
SELECT d.id, f.finding, f.state FROM devices AS d JOIN findings AS f ON f.snapshot_id = d.snapshot_id
WHERE d.status = 'approved' AND f.state <> 'absent'"""
_ABSENT = """
SELECT d.id FROM devices AS d JOIN findings AS f ON f.snapshot_id = d.snapshot_id
WHERE d.status = 'approved' AND f.finding = :finding AND f.state = 'absent'"""


class FleetIndex:
    """The facts of every approved device; a snapshot is opened only when it has become the newest.

    May be used from several threads. 250 devices with 2,000 programs each take some megabytes.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._facts = FactIndex()
        self._read: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self._names: dict[int, str] = {}

    def refreshed(self, connection: Connection) -> FactIndex:
        """Read the snapshots that have become the newest, forget devices that are gone, and return the facts."""
        with self._lock:
            lines = fetch(connection, _NEWEST)
            for gone in self._read.keys() - {line[0] for line in lines}:
                del self._read[gone]
                self._facts.remove(self._places[gone])
            for device_id, name, snapshot_id in lines:
                self._names[self._place(device_id)] = name
                if self._read.get(device_id) != snapshot_id:
                    self._put(connection, device_id, snapshot_id)
            return self._facts

    def _put(self, connection: Connection, device_id: str, snapshot_id: str) -> None:
        snapshot = read_snapshot(connection, snapshot_id)
        if snapshot is not None:
            self._facts.put(self._place(device_id), flatten(snapshot))
        self._read[device_id] = snapshot_id

    def _place(self, device_id: str) -> int:
        return self._places.setdefault(device_id, len(self._places))

    def everybody(self) -> int:
        """Return all devices of which a snapshot was read."""
        return sum(1 << self._places[one] for one in self._read)

    def bits(self, device_ids: set[str]) -> int:
        """Return a set of devices."""
        return sum(1 << self._places[one] for one in device_ids & self._read.keys())

    def names(self, bits: int) -> tuple[str, ...]:
        """Return the names of a set of devices."""
        return tuple(sorted(self._names[one] for one in places(bits)))


def like(facts: FactIndex, change: Change) -> int:
    """Return the devices that are as one is after a change."""
    row = change.path._replace(field="")
    if change.act is ChangeAct.REMOVED:
        return facts.answered(change.probe) & ~facts.having(row, None)
    return facts.having(row, None) if change.act is ChangeAct.ADDED else facts.having(change.path, change.after)


def present_findings(connection: Connection) -> dict[str, set[str]]:
    """Return the ids of the devices by the finding that is present on them now."""
    found: dict[str, set[str]] = {}
    for device_id, finding, state in fetch(connection, _FINDINGS):
        if state == "present":
            found.setdefault(finding, set()).add(device_id)
    return found


def absent_on(connection: Connection, finding: str) -> set[str]:
    """Return the ids of the devices of which it is known that they do not have a finding."""
    return {str(line[0]) for line in fetch(connection, _ABSENT, {"finding": finding})}
