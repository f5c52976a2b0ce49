"""What happened to the invented PCs in the past months, so that every screen about their past has something to show."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from desktop.diagnostics.findings import Rule
from desktop.diagnostics.support import days_left, supported_by_name
from desktop.domain.snapshot import Snapshot
from desktop.services.demo_machines import Facts, make_facts, snapshot_of
from desktop.services.demo_programs import programs_at

GB = 1024**3


class Story(Enum):
    """What makes a machine worth looking at."""

    NONE = "none"
    FILLING = "filling"
    NEW_DRIVER = "new_driver"
    ANTIVIRUS = "antivirus"
    AWAY = "away"
    MAC = "mac"
    LINUX = "linux"
    OLD_WINDOWS = "old_windows"


STORIES = {
    0: Story.FILLING, 5: Story.MAC, 8: Story.NEW_DRIVER, 18: Story.AWAY, 22: Story.NEW_DRIVER, 26: Story.OLD_WINDOWS,
    28: Story.FILLING, 30: Story.LINUX, 36: Story.NEW_DRIVER, **dict.fromkeys(range(10, 16), Story.ANTIVIRUS),
}  # fmt: skip
"""Which of the machines, by its place, has which story."""
_STEPS = (3, 9, 16, 27, 41, 62, 93, 128, 170)
"""How many days before the newest one the earlier diagnoses were made."""
_UNENCRYPTED, _PROTECTION_OFF = frozenset({7, 26, 31}), frozenset({33})
_AWAY = timedelta(days=41)


@dataclass(frozen=True, slots=True)
class Past:
    """A machine and what becomes of it; `now` is the day on which the company is made."""

    name: str
    place: int
    now: datetime

    @property
    def story(self) -> Story:
        """Return what makes this machine worth looking at."""
        return STORIES.get(self.place, Story.NONE)

    @property
    def platform(self) -> str:
        """Return the system as it enrolled."""
        named = {Story.MAC: "macOS 26", Story.LINUX: "Debian GNU/Linux 13", Story.OLD_WINDOWS: "Windows 10 Pro 22H2"}
        return named.get(self.story, f"Windows 11 Pro {self._windows(self.now)[0]}")

    def moments(self) -> tuple[datetime, ...]:
        """Return when the machine was diagnosed without a request, oldest first; the newest within four days."""
        newest = self.now - timedelta(hours=1 + 5 * (self.place % 19), minutes=7 * self.place % 60)
        if self.story is Story.AWAY:
            newest = self.now - _AWAY
        steps = _STEPS[: 6 + self.place % 4]
        earlier = [newest - timedelta(days=one, hours=self.place % 7) for one in reversed(steps)]
        return (*earlier, newest)

    def snapshot(self, at: datetime, rules: Sequence[Rule], *, trouble: str = "") -> Snapshot:
        """Return the machine's diagnosis at a moment, with something wrong where that is wanted."""
        facts = make_facts(self.name, trouble)
        chance = random.Random(f"{self.name} {at:%Y-%m-%d}")  # noqa: S311 - invented data
        self._add_room(facts, at, chance, trouble)
        self._add_system(facts, at, chance)
        self._add_printer(facts, at)
        self._add_protection(facts, at)
        self._add_line(facts, chance, trouble)
        facts["software"] = programs_at(at, self.story is not Story.LINUX, has_new_driver=self._has_new_driver(at))
        if self.story in (Story.MAC, Story.LINUX):
            self._make_other(facts, at)
        return snapshot_of(facts, at, rules, seed=self.name)

    def _ago(self, at: datetime) -> float:
        """Return the days from `at` to the day on which the company is made."""
        return (self.now - at) / timedelta(days=1)

    def _has_new_driver(self, at: datetime) -> bool:
        """Tell whether the printer's new driver is there: it came between the last two diagnoses."""
        return self.story is Story.NEW_DRIVER and at > self.moments()[-2]

    def _windows(self, at: datetime) -> tuple[str, str]:
        """Return release and build: two of three machines got the yearly update five weeks ago, one after the other."""
        month = at.year * 12 + at.month - 2026 * 12
        if self.story is Story.OLD_WINDOWS:
            return "22H2", f"19045.{6000 + 80 * month}"
        if self.place % 3 != 1 and self._ago(at) < 35 - self.place % 9:
            return "25H2", f"26200.{7000 + 90 * month}"
        return "24H2", f"26100.{6000 + 90 * month}"

    def _add_system(self, facts: Facts, at: datetime, chance: random.Random) -> None:
        release, build = self._windows(at)
        name = "Windows 10 Pro" if self.story is Story.OLD_WINDOWS else "Windows 11 Pro"
        facts["os"] |= {"family": "win32", "name": name, "version": release, "build": build}
        if self.story is Story.OLD_WINDOWS:
            until = supported_by_name(family="win32", name=name, version=release, build=build)
            facts["os"] |= {"supported_until": until, "support_days_left": days_left(until, at.timestamp())}
        year = 2019 if self.story is Story.OLD_WINDOWS else 2021 + self.place % 5
        form = "notebook" if "Book" in str(facts["hardware"]["model"]) else "desktop"
        facts["hardware"] |= {"bios_date": f"{1 + self.place % 12:02d}/15/{year}", "form": form}
        facts["cpu_load"]["model"] = ("Intel Core i5-1335U", "Intel Core i5-13500", "AMD Ryzen 5 7530U")[self.place % 3]
        uptime = chance.randrange(3600, 6 * 86400)
        facts["uptime"] = {"uptime_s": uptime, "restarted_at": int(at.timestamp()) - uptime}

    def _add_room(self, facts: Facts, at: datetime, chance: random.Random, trouble: str) -> None:
        """Let the numbers move a little from day to day; where the drive fills up, a gigabyte a day."""
        (volume,) = facts["disks"]["volumes"]
        steady = random.Random(f"room {self.name}")  # noqa: S311 - invented data
        total = (237 if self.story is Story.FILLING else steady.choice((237, 476, 953))) * GB
        free = total * steady.uniform(0.3, 0.65) * chance.uniform(0.97, 1.03)
        if self.story is Story.FILLING:
            free = min(0.55 * total, (7.8 + 1.1 * max(0.0, self._ago(at) - 0.3)) * GB)
        elif trouble == "disk.low":
            free = 7.8 * GB
        volume |= {"total_bytes": total, "free_bytes": int(free), "free_percent": round(100 * free / total, 1)}
        if trouble != "mem.low":
            memory = facts["memory"]
            share = steady.uniform(0.35, 0.6) * chance.uniform(0.85, 1.15)
            free_memory = int(memory["total_bytes"] * share)
            memory |= {"available_bytes": free_memory, "available_percent": round(100 * share, 1)}

    def _add_printer(self, facts: Facts, at: datetime) -> None:
        label: dict[str, Any] = facts["printers"]["printers"][0]
        version = "10.6.14.28216" if self._has_new_driver(at) else "5.1.17.7424"
        label |= {"driver": "ZDesigner ZD421-203dpi ZPL", "driver_version": version, "is_virtual": False}

    def _add_protection(self, facts: Facts, at: datetime) -> None:
        has_old = self.story is Story.ANTIVIRUS and self._ago(at) > 12
        facts["security"] = {
            "antivirus": ["Sophos Endpoint" if has_old else "Microsoft Defender"],
            "is_antivirus_on": self.place not in _PROTECTION_OFF,
            "is_antivirus_current": True,
            "firewall": ["Windows"],
            "is_firewall_on": True,
        }
        is_encrypted = self.place not in _UNENCRYPTED
        facts["encryption"] = {"is_system_encrypted": is_encrypted, "method": "BitLocker" if is_encrypted else None}

    def _add_line(self, facts: Facts, chance: random.Random, trouble: str) -> None:
        is_up = trouble != "net.cable_absent"
        delay = round(chance.uniform(11, 24), 1) if is_up else None
        outcome = "open" if is_up else "timeout"
        facts["net_reach"] = {
            "gateway": "192.168.20.1" if is_up else None, "gateway_answers": is_up or None,
            "gateway_is_neighbour": is_up or None,
            "is_internet_reachable": is_up, "proxy_answers": None,
            "internet": [{"host": "9.9.9.9", "port": 443, "outcome": outcome, "connect_ms": delay}],
        }  # fmt: skip

    def _make_other(self, facts: Facts, at: datetime) -> None:
        """Turn the machine into the Mac of the marketing, or the Linux box of the workshop."""
        is_mac = self.story is Story.MAC
        facts.pop("pending_reboot", None)
        (volume,) = facts["disks"]["volumes"]
        volume |= {"mount": "/", "filesystem": "apfs" if is_mac else "ext4"}
        if is_mac:
            month = max(0, at.year * 12 + at.month - (2026 * 12 + 4))
            facts["os"] |= {"family": "darwin", "name": "macOS", "version": f"26.{month}", "build": f"25{month}42"}
            facts["hardware"] |= {"manufacturer": "Apple", "model": "MacBook Air (M3)", "form": "notebook"}
            facts["security"] |= {"antivirus": ["XProtect"], "firewall": ["macOS"]}
            facts["encryption"]["method"] = "FileVault"
            facts["cpu_load"]["model"] = "Apple M3"
            return
        version = "12" if self._ago(at) > 60 else "13"
        word = {"12": "bookworm", "13": "trixie"}[version]
        kernel = {"12": "6.1.0-40-amd64", "13": "6.12.48-amd64"}[version]
        name = f"Debian GNU/Linux {version} ({word})"
        facts["os"] |= {"family": "linux", "name": name, "version": version, "build": kernel}
        facts["security"] |= {"antivirus": None, "is_antivirus_on": None, "firewall": ["nftables"]}
        facts["encryption"]["method"] = "LUKS"
