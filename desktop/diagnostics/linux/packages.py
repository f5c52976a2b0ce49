"""Installed packages of Linux: Debian's own list, else rpm's, and what Flatpak and Snap put beside it."""

from __future__ import annotations

import re
import time

from desktop.diagnostics.dialling import ask_all
from desktop.diagnostics.machine import Machine

DPKG_STATUS, DPKG_LISTS = "/var/lib/dpkg/status", "/var/lib/dpkg/info"
MAX_STATUS = 32 << 20
"""Bytes of Debian's list that are read; a desktop has three million."""
PATIENCE = 2.5
_FIELD = re.compile(r"^(Package|Status|Version|Architecture): (.*)$", re.MULTILINE)


class Package:
    """An installed package; `installed` is when this version came, in seconds since 1970."""

    __slots__ = ("id", "installed", "name", "publisher", "source", "version")

    def __init__(
        self, name: str, version: str, source: str, *, identity: str = "", publisher: str = "",
        installed: float | None = None,
    ) -> None:  # fmt: skip
        self.name = name
        self.id = identity or name
        self.version = version
        self.source = source
        self.publisher = publisher
        self.installed = installed


def installed_packages(machine: Machine) -> list[Package]:
    """Return all packages by name; nothing where no package system is known."""
    asked = ask_all(machine.sources.carried(lambda ask: ask(machine)), (_rpm, _flatpak, _snap), deadline=PATIENCE + 0.3)
    found = [*_dpkg(machine), *(one for packages in asked if packages for one in packages)]
    return sorted(found, key=lambda one: (one.name.lower(), one.source))


def date(moment: float | None) -> str | None:
    """Return the day as "2026-11-23", by local time."""
    return None if moment is None else time.strftime("%Y-%m-%d", time.localtime(moment))


def _dpkg(machine: Machine) -> list[Package]:
    content = machine.read(DPKG_STATUS, MAX_STATUS)
    return [] if content is None else [_dated(machine, *one) for one in parse_dpkg(content)]


def parse_dpkg(content: str) -> list[tuple[str, str, str]]:
    """Read name, version and architecture of what is really installed, not of what left only its settings.

    The other fields stand in any order and before these too.
    """
    found: list[tuple[str, str, str]] = []
    for block in content.split("\n\n"):
        values = dict(_FIELD.findall(block))
        if values.get("Status", "").endswith(" installed") and "Package" in values and "Version" in values:
            found.append((values["Package"], values["Version"], values.get("Architecture", "")))
    return found


def _dated(machine: Machine, name: str, version: str, architecture: str) -> Package:
    """A package's list of files is written when this version is unpacked."""
    moment = machine.modified(f"{DPKG_LISTS}/{name}.list")
    if moment is None:
        moment = machine.modified(f"{DPKG_LISTS}/{name}:{architecture}.list")
    return Package(name, version, "dpkg", installed=moment)


def _rpm(machine: Machine) -> list[Package]:
    rpm = machine.tool("rpm")
    if rpm is None or not any(map(machine.exists, ("/var/lib/rpm", "/usr/lib/sysimage/rpm"))):
        return []
    form = r"%{NAME}\t%{VERSION}-%{RELEASE}\t%{VENDOR}\t%{INSTALLTIME}\n"
    return parse_rpm(machine.run(rpm, "-qa", "--queryformat", form, deadline=PATIENCE) or "")


def parse_rpm(output: str) -> list[Package]:
    """Read name, version, maker and time of installation, with tabs between; imported keys are no programs."""
    rows = (line.split("\t") for line in output.splitlines())
    return [
        Package(
            row[0], row[1], "rpm", publisher="" if row[2] == "(none)" else row[2],
            installed=float(row[3]) if row[3].isdigit() else None,
        )
        for row in rows
        if len(row) == 4 and row[0] != "gpg-pubkey"
    ]  # fmt: skip


def _flatpak(machine: Machine) -> list[Package]:
    flatpak = machine.tool("flatpak")
    if flatpak is None:
        return []
    output = machine.run(flatpak, "list", "--app", "--columns=name,application,version,origin", deadline=PATIENCE)
    return parse_flatpak(output or "")


def parse_flatpak(output: str) -> list[Package]:
    """Read name, application, version and origin, with tabs between."""
    rows = (line.split("\t") for line in output.splitlines())
    return [Package(row[0], row[2], "flatpak", identity=row[1], publisher=row[3]) for row in rows if len(row) == 4]


def _snap(machine: Machine) -> list[Package]:
    snap = machine.tool("snap")
    return parse_snap(machine.run(snap, "list", deadline=PATIENCE) or "") if snap else []


def parse_snap(output: str) -> list[Package]:
    """Read the columns name, version, revision, tracking, publisher, notes; bases are parts of the system."""
    rows = (line.split() for line in output.splitlines()[1:])
    return [
        Package(row[0], row[1], "snap", publisher=row[4].rstrip("*✓"))
        for row in rows
        if len(row) >= 6 and row[5] not in ("base", "snapd", "core")
    ]
