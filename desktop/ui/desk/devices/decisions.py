"""Letting PCs in and shutting them out, for the pages that offer it; runs on the database lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop.base.changes import Done, merged
from desktop.domain.rows import DeviceRow

if TYPE_CHECKING:
    from desktop.services.work import Work


def approving(device_id: str) -> Callable[[Work], Done[DeviceRow]]:
    """Return what lets a PC in."""

    def act(work: Work) -> Done[DeviceRow]:
        from desktop.services.devices import approve_device  # loads SQLAlchemy

        return approve_device(work, device_id)

    return act


def approving_all(device_ids: Sequence[str]) -> Callable[[Work], Done[None]]:
    """Return what lets several PCs in."""

    def act(work: Work) -> Done[None]:
        from desktop.services.devices import approve_device  # loads SQLAlchemy

        return Done(None, merged(approve_device(work, one).changes for one in device_ids))

    return act


def revoking(device_id: str) -> Callable[[Work], Done[DeviceRow]]:
    """Return what shuts a PC out, or refuses one that waits."""

    def act(work: Work) -> Done[DeviceRow]:
        from desktop.services.devices import revoke_device  # loads SQLAlchemy

        return revoke_device(work, device_id)

    return act
