"""The doors to what the device page shows and does; SQLAlchemy is loaded when the first one is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base.errors import AppError
from desktop.base.texts import Texts
from desktop.domain.device_rows import Series
from desktop.domain.fleet import EditAsset, FleetFilter, FleetRow
from desktop.domain.rows import DeviceRow
from desktop.domain.snapshot import Snapshot

if TYPE_CHECKING:
    from desktop.base.changes import Done
    from desktop.domain.asking import AskDiagnosis, AskRow
    from desktop.services.comparing import Comparison
    from desktop.services.devices import DevicePage
    from desktop.services.fleet import FleetList
    from desktop.services.work import Work

_NOTHING_TO_COMPARE = ("snapshot.none", "snapshot.only")


_SAID = 2  # lines of an explanation that stand above it already: the title and the rule


@dataclass(frozen=True, slots=True)
class DeviceDetail:
    """What a device page shows once it is up: the whole snapshot, what changed, how it went on, what it is asked."""

    snapshot: Snapshot
    comparison: Comparison | None
    series: tuple[Series, ...]
    known: FleetRow


def list_devices(work: Work) -> tuple[DeviceRow, ...]:
    """Return all devices."""
    from desktop.services import devices

    return devices.list_devices(work)


def showing(device_id: str, language: str) -> Callable[[Work], tuple[DevicePage, AskRow | None]]:
    """Return the reading of a device's page and of what it is asked right now."""

    def read(work: Work) -> tuple[DevicePage, AskRow | None]:
        from desktop.services import devices, diagnosis

        return devices.show_device(work, device_id, language=language), diagnosis.find_open_ask(work, device_id)

    return read


def detailing(device_id: str, snapshot_id: str) -> Callable[[Work], DeviceDetail]:
    """Return the reading of a device's newest snapshot, its differences and its series."""

    def read(work: Work) -> DeviceDetail:
        from desktop.services import devices, fleet, series

        return DeviceDetail(
            devices.read_snapshot(work, snapshot_id),
            _comparison(work, device_id),
            series.list_series(work, device_id),
            fleet.show_asset(work, device_id),
        )

    return read


def _comparison(work: Work, device_id: str) -> Comparison | None:
    from desktop.services.comparing import Compare, compare_device

    try:
        return compare_device(work, Compare(device_id))
    except AppError as error:
        if error.code not in _NOTHING_TO_COMPARE:
            raise
        return None


def asking(command: AskDiagnosis) -> Callable[[Work], Done[AskRow]]:
    """Return the use case that asks a PC for a new diagnosis."""

    def act(work: Work) -> Done[AskRow]:
        from desktop.services import diagnosis

        return diagnosis.ask_diagnosis(work, command)

    return act


def withdrawing(ask_id: str) -> Callable[[Work], Done[AskRow]]:
    """Return the use case that takes an ask back."""

    def act(work: Work) -> Done[AskRow]:
        from desktop.services import diagnosis

        return diagnosis.withdraw_ask(work, ask_id)

    return act


def pinning(device_id: str, snapshot_id: str) -> Callable[[Work], Done[DeviceRow]]:
    """Return the use case that compares with this snapshot from now on; with the healthy one where it is empty."""

    def act(work: Work) -> Done[DeviceRow]:
        from desktop.services import baselines

        if not snapshot_id:
            return baselines.unpin_baseline(work, device_id)
        return baselines.pin_baseline(work, device_id, snapshot_id)

    return act


def knowing(device_id: str) -> Callable[[Work], FleetRow]:
    """Return the reading of what an administrator wrote about a device."""

    def read(work: Work) -> FleetRow:
        from desktop.services import fleet

        return fleet.show_asset(work, device_id)

    return read


def writing_down(command: EditAsset) -> Callable[[Work], Done[FleetRow]]:
    """Return the use case that writes down what an administrator knows of a device."""

    def act(work: Work) -> Done[FleetRow]:
        from desktop.services import fleet

        return fleet.edit_asset(work, command)

    return act


def listing_fleet(only: FleetFilter | None, query: str) -> Callable[[Work], FleetList]:
    """Return the reading of the inventory."""

    def read(work: Work) -> FleetList:
        from desktop.services import fleet

        return fleet.list_fleet(work, only, query=query)

    return read


def explaining(snapshot_id: str, finding: str, texts: Texts) -> Callable[[Work], tuple[str, ...]]:
    """Return the reading of why a finding of a snapshot is what it is, in words; nothing where no rule knows it."""

    def read(work: Work) -> tuple[str, ...]:
        from desktop.diagnostics.explanation_lines import explanation_lines
        from desktop.services import explanations

        found = explanations.explain_finding(work, snapshot_id, finding)
        return tuple(explanation_lines(found, texts))[_SAID:] if found else ()

    return read


def witnessing(device: str, finding: str, texts: Texts) -> Callable[[Work], tuple[str, ...]]:
    """Return the reading of what the other devices say about a finding of `device` (its name), in words."""

    def read(work: Work) -> tuple[str, ...]:
        from desktop.services import witness
        from desktop.ui.desk.devices.witness_words import witness_lines

        return witness_lines(witness.witness_finding(work, finding), device, texts)

    return read
