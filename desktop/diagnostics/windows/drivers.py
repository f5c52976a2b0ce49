"""The drivers of a class of devices, as the registry lists them."""

from __future__ import annotations

from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.windows.keys import Registry

CLASSES = r"HKLM\SYSTEM\CurrentControlSet\Control\Class"
DISPLAY, SOUND = "{4d36e968-e325-11ce-bfc1-08002be10318}", "{4d36e96c-e325-11ce-bfc1-08002be10318}"
"""Setup classes of graphics adapters and sound devices."""


class Driver:
    """A driver: the device it is for, who made it, its version and date as its maker writes it."""

    __slots__ = ("date", "name", "provider", "version")

    def __init__(self, name: str, *, provider: str, version: str, date: str) -> None:
        self.name = name
        self.provider = provider
        self.version = version
        self.date = date


def installed_drivers(registry: Registry, device_class: str) -> list[Driver]:
    """List the drivers of a class; none where this user may not see them. Devices that went away keep theirs."""
    try:
        numbers = [one for one in registry.names(rf"{CLASSES}\{device_class}") if one.isdecimal()]
        found = [_driver(registry, rf"{CLASSES}\{device_class}\{number}") for number in numbers]
    except (PermissionError, Unanswered):
        return []
    unique = {(one.name, one.version): one for one in found if one is not None}
    return list(unique.values())


def _driver(registry: Registry, path: str) -> Driver | None:
    name = registry.text(path, "DriverDesc")
    if name is None:
        return None
    return Driver(
        name,
        provider=registry.text(path, "ProviderName") or "",
        version=registry.text(path, "DriverVersion") or "",
        date=registry.text(path, "DriverDate") or "",
    )
