"""When a Linux system was last brought up to date; nobody is asked over the network for it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from desktop.diagnostics.linux.packages import installed_packages
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported

HISTORY = "/var/log/apt/history.log"
UNATTENDED = "/var/lib/apt/periodic/unattended-upgrades-stamp"
SETTINGS = "/etc/apt/apt.conf.d"
DNF_AUTOMATIC = "/etc/dnf/automatic.conf"
OLDER = 3
"""Rotated histories that are looked into, a month each, where the newest has no update."""
FAILED_DAYS = 30
AVAILABLE = "/var/lib/update-notifier/updates-available"
DAY = 86400
_AUTOMATIC = re.compile(r'^\s*APT::Periodic::Unattended-Upgrade\s+"(\d+)"', re.MULTILINE)


class Run:
    """One run of apt: when it ended, the packages it brought up to date, and whether it failed."""

    __slots__ = ("at", "is_failed", "packages")

    def __init__(self, at: float, packages: list[str], *, is_failed: bool) -> None:
        self.at = at
        self.packages = packages
        self.is_failed = is_failed


def read_updates(machine: Machine) -> dict[str, object]:
    """Read when updates were last installed, and what failed or waits."""
    now = time.time()
    if machine.exists("/var/lib/dpkg/status"):
        return _of_apt(machine, now)
    return _of_rpm(machine, now)


def _of_apt(machine: Machine, now: float) -> dict[str, object]:
    runs = _runs(machine)
    good = [one for one in runs if one.packages and not one.is_failed]
    moments = [*(one.at for one in good[-1:]), *filter(None, [machine.modified(UNATTENDED)])]
    last = max(moments, default=None)
    return {
        **_since(last, now),
        "failed": sum(one.is_failed and now - one.at < FAILED_DAYS * DAY for one in runs),
        "waiting": parse_waiting(machine.read(AVAILABLE) or ""),
        "last_title": ", ".join(good[-1].packages[:3]) if good else None,
        "is_automatic": _is_automatic(machine),
    }


def _since(last: float | None, now: float) -> dict[str, object]:
    days = None if last is None else max(0, int((now - last) // DAY))
    return {"last_success_at": None if last is None else int(last), "days_since": days}


def _runs(machine: Machine) -> list[Run]:
    """Return the runs of the newest history, and of older ones until one of them brought an update."""
    runs: list[Run] = []
    for content in _histories(machine):
        runs = [*parse_history(content), *runs]
        if any(one.packages and not one.is_failed for one in runs):
            break
    return runs


def _histories(machine: Machine) -> Iterator[str]:
    yield machine.read(HISTORY, 8 << 20) or ""
    import zlib

    for number in range(1, OLDER + 1):
        packed = machine.read_bytes(f"{HISTORY}.{number}.gz") or b""
        try:
            yield zlib.decompressobj(31).decompress(packed, 8 << 20).decode("utf-8", "replace")
        except zlib.error:
            yield ""


def parse_history(content: str) -> list[Run]:
    """Read apt's history: blocks of "Name: value", of which the command line and who asked are passed over."""
    runs: list[Run] = []
    for block in content.split("\n\n"):
        values = dict(re.findall(r"^(Start-Date|End-Date|Upgrade|Error): (.*)$", block, re.MULTILINE))
        moment = _moment(values.get("End-Date") or values.get("Start-Date", ""))
        if moment is not None:
            packages = re.findall(r"([^\s,:()]+):\w+ \(", values.get("Upgrade", ""))
            runs.append(Run(moment, packages, is_failed="Error" in values))
    return runs


def _moment(words: str) -> float | None:
    numbers = [int(one) for one in re.findall(r"\d+", words)]
    try:
        year, month, day, hour, minute, second = numbers
        return time.mktime((year, month, day, hour, minute, second, 0, 0, -1))
    except (ValueError, OverflowError):
        return None


def parse_waiting(content: str) -> int | None:
    """Read Ubuntu's note ("12 updates can be applied immediately."), written once a day.

    Counting them here instead would cost four seconds of processor time (`apt-get -s dist-upgrade`, Debian 12).
    """
    found = re.search(r"^(\d+) (?:updates?|packages?) can be", content, re.MULTILINE)
    return int(found.group(1)) if found else None


def _is_automatic(machine: Machine) -> bool:
    contents = (machine.read(f"{SETTINGS}/{one}") or "" for one in machine.entries(SETTINGS))
    found = [value for content in contents for value in _AUTOMATIC.findall(content)]
    return bool(found) and found[-1] != "0"


def _of_rpm(machine: Machine, now: float) -> dict[str, object]:
    packages = [one for one in machine.once(installed_packages) if one.source == "rpm" and one.installed is not None]
    if not packages:
        raise unsupported("no_package_system")
    newest = max(packages, key=lambda one: one.installed or 0.0)
    settings = machine.read(DNF_AUTOMATIC) or ""
    is_automatic = re.search(r"^\s*apply_updates\s*=\s*(yes|true|1)", settings, re.MULTILINE) is not None
    return {
        **_since(newest.installed, now),
        "failed": None,
        "waiting": None,
        "last_title": newest.name,
        "is_automatic": is_automatic,
    }
