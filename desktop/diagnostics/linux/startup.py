"""What starts by itself on Linux: the desktops' autostart files and enabled services; names only."""

from __future__ import annotations

import os
import re

from desktop.diagnostics.linux.services import without_person
from desktop.diagnostics.machine import Machine

SYSTEM_FOLDER = "/etc/xdg/autostart"
SYSTEM_UNITS = "/etc/systemd/system"
MAX_FILE = 64 << 10


def read_startup(machine: Machine) -> dict[str, object]:
    """List what starts when the machine starts or somebody signs in; what it is started with stays unread."""
    own, units = f"{machine.home}/.config/autostart", f"{machine.home}/.config/systemd/user"
    own_files = _desktop_files(machine, own)
    system_files = [one for one in _desktop_files(machine, SYSTEM_FOLDER) if one not in own_files]  # the own one wins
    return {
        "items": [
            *(_entry(machine, own, one, scope="user") for one in own_files),
            *(_entry(machine, SYSTEM_FOLDER, one, scope="system") for one in system_files),
            *({"name": one, "kind": "service", "scope": "user", "is_enabled": True} for one in _units(machine, units)),
            *(
                {"name": one, "kind": "service", "scope": "system", "is_enabled": True}
                for one in _units(machine, SYSTEM_UNITS)
            ),
        ]
    }


def _desktop_files(machine: Machine, folder: str) -> list[str]:
    return [one for one in machine.entries(folder) if one.endswith(".desktop")]


def _entry(machine: Machine, folder: str, file: str, *, scope: str) -> dict[str, object]:
    name, is_enabled = parse_desktop(machine.read(f"{folder}/{file}", MAX_FILE) or "", _desktop())
    return {
        "name": name or file.removesuffix(".desktop"),
        "kind": "autostart",
        "scope": scope,
        "is_enabled": is_enabled,
    }


def parse_desktop(content: str, desktops: frozenset[str]) -> tuple[str, bool]:
    """Read an autostart file (Desktop Application Autostart specification): its name, and whether it starts here."""
    section = content.partition("[Desktop Entry]")[2].partition("\n[")[0]
    values = dict(re.findall(r"^([\w-]+) *= *(.*?) *$", section, re.MULTILINE))
    only, never = (set(values.get(one, "").split(";")) - {""} for one in ("OnlyShowIn", "NotShowIn"))
    is_off = values.get("Hidden") == "true" or values.get("X-GNOME-Autostart-enabled") == "false"
    is_elsewhere = bool(desktops) and ((bool(only) and not only & desktops) or bool(never & desktops))
    return values.get("Name", ""), not is_off and not is_elsewhere


def _desktop() -> frozenset[str]:
    return frozenset(filter(None, os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")))


def _units(machine: Machine, folder: str) -> list[str]:
    """Return the services, timers and sockets that were enabled: links below the targets that want them."""
    wanting = [one for one in machine.entries(folder) if one.endswith((".wants", ".requires"))]
    found = {unit for one in wanting for unit in machine.entries(f"{folder}/{one}")}
    kinds = (".service", ".timer", ".socket", ".path")
    return sorted({without_person(one) for one in found if one.endswith(kinds)})
