"""What a Windows PC answers, as data that was written by hand from the published documentation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Nic:
    """A network adapter."""

    name: str
    description: str
    type: int = 6
    is_up: bool = True
    speed: int = 1_000_000_000
    mac: str = "3c:52:82:01:02:03"
    addresses: tuple[str, ...] = ()
    gateways: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    suffix: str = ""
    metric: int = 25
    index: int = 12


@dataclass(frozen=True, kw_only=True)
class Printer:
    """A print queue of the PC itself."""

    name: str
    port: str
    driver: str
    status: int = 0
    attributes: int = 0x40


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A present device."""

    name: str
    class_name: str
    ids: tuple[str, ...] = ()
    service: str = ""
    problem: int = 0
    description: str = ""
    """What its driver calls it where `name` is what somebody or its maker calls it."""


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A screen."""

    name: str
    width: int = 1920
    height: int = 1080
    rate: int = 60
    dpi: int = 96
    is_primary: bool = False
    technology: int = 10


@dataclass(frozen=True, kw_only=True)
class Logged:
    """An event of a log; `at` in seconds since 1970."""

    source: str
    number: int
    level: int = 2
    at: int = 1_790_000_000
    values: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Recorded:
    """What a PC answers. None or a number in place of a list is the error code that its function returns."""

    registry: dict[str, dict[str, object]] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=lambda: {"SYSTEMDRIVE": "C:"})
    drives: dict[str, tuple[int, str, int, int, int]] = field(default_factory=dict)
    """Letter: GetDriveTypeW, file system, flags, free bytes, all bytes (0 where it is locked)."""
    commit: tuple[int, int] = (20 << 30, 12 << 30)
    role: int = 2
    firmware: bytes = b""
    """SMBIOS structures."""
    windows: list[tuple[int, bool, bool, int]] = field(default_factory=list)
    """Window, is it visible, is it hung, process."""
    is_remote: bool = False
    is_admin: bool = False
    elevation: int = 1
    things: list[Thing] = field(default_factory=list)
    batteries: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Capabilities, designed, full, cycles."""
    nics: list[Nic] = field(default_factory=list)
    routes: list[tuple[int, int, str, int]] = field(default_factory=list)
    """Prefix length, adapter, next hop, metric."""
    neighbours: list[tuple[str, int]] = field(default_factory=list)
    wifi: int | dict[str, Any] = 1062
    ras: tuple[int, int] = (0, 0)
    printers: int | list[Printer] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)
    default_printer: str = ""
    jobs: dict[str, list[tuple[str, tuple[int, ...]]]] = field(default_factory=dict)
    """Queue: user and time of submission (year, month, weekday, day, hour, minute, second, ms)."""
    health: dict[int, tuple[int, int]] = field(default_factory=dict)
    bitlocker: dict[str, int] = field(default_factory=dict)
    user: str = "PC\\anna"
    computer: str = "PC"
    account: int | tuple[int, int, int] = (40 * 86400, 0x201, 0)
    longest_age: int = 0xFFFFFFFF
    domain: tuple[int, str] = (2, "WORKGROUP")
    shares: int | list[tuple[str, str]] = field(default_factory=list)
    logs: dict[str, int | list[Logged]] = field(default_factory=dict)
    screens: list[Screen] = field(default_factory=list)
    sound: dict[str, Any] | None = None
