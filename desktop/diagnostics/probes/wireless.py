"""How strong the Wi-Fi is, and whether a VPN carries us."""

from __future__ import annotations

import re

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import LINUX, WINDOWS, Lane, boolean, number, probe, table, text, unsupported

TUNNEL = re.compile(r"(tun|tap|wg|ppp|ipsec|vpn|cscotun|gpd|nordlynx|proton)", re.IGNORECASE)


@probe(
    "net_wifi",
    lane=Lane.FAST,
    deadline=1.0,
    platforms=(LINUX, WINDOWS),
    fields=(text("interface"), number("signal_dbm", "dbm"), number("quality_percent", "percent")),
)
def read_net_wifi(machine: Machine) -> dict[str, object]:
    """Read the signal of the first Wi-Fi adapter that has one; the network's name is never read."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import wireless as windows

        return windows.read_net_wifi(machine)
    found = parse_wireless(machine.read("/proc/net/wireless") or "")
    if found is None:
        raise unsupported("no_wifi")
    interface, quality, signal = found
    return {"interface": interface, "quality_percent": quality, "signal_dbm": signal}


def parse_wireless(content: str) -> tuple[str, float, float | None] | None:
    """Read /proc/net/wireless: quality of 70 and level in dBm; adapters that count otherwise give no negative level."""
    for line in content.splitlines()[2:]:
        words = line.replace(":", " ", 1).split()
        if len(words) >= 4:
            quality, signal = float(words[2].rstrip(".")), float(words[3].rstrip("."))
            return words[0], round(min(100.0, quality / 0.7), 1), signal if signal < 0 else None
    return None


@probe(
    "net_vpn",
    lane=Lane.FAST,
    deadline=1.0,
    platforms=(LINUX, WINDOWS),
    fields=(table("interfaces", text("interface"), boolean("is_up")), boolean("is_configured"), boolean("is_up")),
)
def read_net_vpn(machine: Machine) -> dict[str, object]:
    """Read the tunnels; without one it is not known whether there should be one."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import wireless as windows

        return windows.read_net_vpn(machine)
    rows = [
        {"interface": name, "is_up": bool(one.isup)}
        for name, one in sorted(psutil.net_if_stats().items())
        if TUNNEL.match(name)
    ]
    return {
        "interfaces": rows,
        "is_configured": True if rows else None,
        "is_up": any(row["is_up"] for row in rows) if rows else None,
    }
