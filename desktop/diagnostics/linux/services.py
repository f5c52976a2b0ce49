"""Services of Linux that failed, those a help desk asks about, and whether updates wait for a restart."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import denied, unsupported

ASKED_ABOUT = (
    "cups", "NetworkManager", "wpa_supplicant", "systemd-resolved", "systemd-timesyncd", "chronyd", "bluetooth",
    "avahi-daemon", "sssd", "winbind", "smbd", "udisks2", "firewalld", "ufw",
)  # fmt: skip
STATES = {"active": "running", "activating": "running", "reloading": "running", "inactive": "stopped"}
PATIENCE = 1.5
RESTARTING = 0.8
_PLACE = re.compile(r"^(home|media|run-media)-.+(?=\.(?:mount|automount|swap)$)")
_INSTANCE = re.compile(r"@.*[^\d.].*(?=\.\w+$)")


def read_services(machine: Machine) -> list[dict[str, object]]:
    """List failed units of every kind, and the services that a help desk asks about where they are installed."""
    path = machine.tool("systemctl")
    if path is None or not machine.exists("/run/systemd/system"):
        raise unsupported("no_systemd")
    output = machine.run(path, "list-units", "--all", "--plain", "--no-legend", "--no-pager", deadline=PATIENCE)
    if output is None:
        raise denied("systemctl")
    return parse_units(output)


def parse_units(output: str) -> list[dict[str, object]]:
    """Read `systemctl list-units`: unit, whether it is loaded, whether it is active, more; a dot may stand before."""
    rows = [line.replace("●", " ").split() for line in output.splitlines()]
    wanted = {f"{one}.service" for one in ASKED_ABOUT}
    return [
        {"name": without_person(row[0]).removesuffix(".service"), "state": STATES.get(row[2], row[2])}
        for row in rows
        if len(row) >= 4 and (row[2] == "failed" or (row[0] in wanted and row[1] == "loaded"))
    ]


def without_person(unit: str) -> str:
    """Take out of a unit's name what may be a person's: a place below the homes, and whom a template is for."""
    return _INSTANCE.sub("@", _PLACE.sub(r"\1-<user>", unit))


def restart_reasons(machine: Machine) -> list[str]:
    """Return the packages that want a restart, by Debian's mark or by the tool of dnf."""
    if machine.exists("/run/reboot-required"):
        packages = (machine.read("/run/reboot-required.pkgs") or "").split()
        return sorted(set(packages)) or ["reboot-required"]
    if machine.exists("/etc/debian_version"):
        return []
    tool = machine.tool("needs-restarting")
    output = machine.run(tool, "-r", deadline=RESTARTING, accepted=(0, 1)) if tool else None
    if output is None:
        raise unsupported("no_marker")
    return parse_needs_restarting(output)


def parse_needs_restarting(output: str) -> list[str]:
    """Read `needs-restarting -r`: packages with a star before each, or a line that says there is no need."""
    packages = re.findall(r"^\s+\* (\S+)", output, re.MULTILINE)
    return packages or (["reboot-required"] if "Reboot is required" in output else [])
