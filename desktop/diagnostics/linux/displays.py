"""Screens and graphics adapters of Linux: connectors from the kernel, the modes that are set from the X server."""

from __future__ import annotations

import os
import re

from desktop.diagnostics.linux.pci import PciNames
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported

DRM = "/sys/class/drm"
PATIENCE = 0.7
_BUILTIN = ("eDP", "LVDS", "DSI")
_OUTPUT = re.compile(r"^(\S+) connected( primary)?(?: (\d+)x(\d+)\+\d+\+\d+)?", re.MULTILINE)
_CURRENT = re.compile(r"(\d+\.\d+)\*")
_CARD = re.compile(r"card\d+")


def read_displays(machine: Machine) -> dict[str, object]:
    """Read the screens and graphics adapters; of a screen's own data (EDID, with its serial) nothing is read.

    The kernel tells which connectors have a screen; which mode is set only the X server says (also Wayland's).
    """
    entries = machine.entries(DRM)
    rows = _from_server(machine) or [
        _row(one.partition("-")[2])
        for one in entries
        if _CARD.match(one) and machine.word(f"{DRM}/{one}/status") == "connected"
    ]
    adapters = _adapters(machine, [one for one in entries if _CARD.fullmatch(one)])
    if not rows and not adapters:
        raise unsupported("no_graphics")
    return {"displays": rows, "count": len(rows), "adapters": adapters}


def _from_server(machine: Machine) -> list[dict[str, object]]:
    xrandr = machine.tool("xrandr") if os.environ.get("DISPLAY") else None
    output = machine.run(xrandr, "--current", deadline=PATIENCE) if xrandr else None
    return parse_xrandr(output or "")


def parse_xrandr(output: str) -> list[dict[str, object]]:
    """Read `xrandr --current`: a line per output, its modes below, the set one with a star."""
    rows: list[dict[str, object]] = []
    for found in _OUTPUT.finditer(output):
        if found.group(3) is None:
            continue  # connected and switched off: nobody sees anything there
        following = output[found.end() :]
        other = re.search(r"^\S", following, re.MULTILINE)
        mode = _CURRENT.search(following[: other.start()] if other else following)
        rows.append(
            {
                **_row(found.group(1)),
                "width_px": int(found.group(3)),
                "height_px": int(found.group(4)),
                "refresh_hz": (float(mode.group(1)) or None) if mode else None,
                "is_primary": found.group(2) is not None,
            }
        )
    return rows


def _row(connector: str) -> dict[str, object]:
    return {"name": connector, "is_builtin": connector.startswith(_BUILTIN)}


def _adapters(machine: Machine, cards: list[str]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    names: PciNames | None = None
    for card in cards:
        folder = f"{DRM}/{card}/device"
        driver = machine.link(f"{folder}/driver")
        vendor, device = machine.word(f"{folder}/vendor"), machine.word(f"{folder}/device")
        if vendor and device:
            names = names or PciNames(machine)
        version = machine.word(f"/sys/module/{driver}/version") if driver else None
        name = names.name(vendor, device) if names and vendor and device else driver or card
        rows.append({"name": name, "driver": driver, "driver_version": version, "driver_date": None})
    return rows
