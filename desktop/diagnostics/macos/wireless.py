"""How strong the Wi-Fi is and whether a VPN carries us; mostly macOS hides the network's name."""

from __future__ import annotations

import re
import socket

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import inner, profile, rows, said, whole, words
from desktop.diagnostics.probe import Unanswered, partial, unsupported

PATIENCE = 1.7
"""Seconds: the profiler looks around for other networks first."""
HIDDEN = "<redacted>"
"""What macOS calls a network before somebody lets us know where we are."""
_CHANNEL = re.compile(r"(\d+)(?: \((\d)GHz)?")
_BANDS = {"2": "2.4 GHz", "5": "5 GHz", "6": "6 GHz"}
_LEVEL = re.compile(r"(-\d+) ?dBm")
_SERVICE = re.compile(r"^([* ]) \((\w+)\)", re.MULTILINE)


def read_net_wifi(machine: Machine) -> dict[str, object]:
    """Read the level of the network that we are in."""
    found = rows(profile(machine, "SPAirPortDataType", deadline=PATIENCE).get("SPAirPortDataType"))
    ports = [port for one in found for port in rows(one.get("spairport_airport_interfaces"))]
    if not found:
        raise partial("system_profiler", {})
    if not ports:
        raise unsupported("no_wifi")
    now = next((one for one in ports if "spairport_current_network_information" in one), ports[0])
    network = inner(now, "spairport_current_network_information")
    level = _LEVEL.search(str(inner(network, "spairport_signal_noise")))
    channel = _CHANNEL.match(str(inner(network, "spairport_network_channel")))
    rate, name = whole(inner(network, "spairport_network_rate")), words(inner(network, "_name"))
    return {
        "interface": words(now.get("_name")),
        "signal_dbm": float(level.group(1)) if level else None,
        "channel": int(channel.group(1)) if channel else None,
        "band": _BANDS.get(channel.group(2)) if channel else None,
        "rate_mbit": float(rate) if rate else None,
        "ssid": None if name == HIDDEN else name,
    }


def read_net_vpn(machine: Machine) -> dict[str, object]:
    """Read the VPNs of the settings, and the tunnels of others' programs by their address.

    macOS always has tunnels of its own, which have no address of the old kind.
    """
    machine.sources.note("psutil")
    tunnels = [
        name
        for name, addresses in sorted(psutil.net_if_addrs().items())
        if name.startswith(("utun", "ipsec", "ppp")) and any(one.family == socket.AF_INET for one in addresses)
    ]
    rows: list[dict[str, object]] = [{"interface": name, "is_up": True} for name in tunnels]
    try:
        services = _vpn_services(machine)
    except Unanswered as answer:
        up = True if tunnels else None
        raise partial(answer.reason, {"interfaces": rows, "is_configured": up, "is_up": up}) from None
    return {
        "interfaces": rows,
        "is_configured": True if services or tunnels else None,
        "is_up": any(services) or bool(tunnels) if services or tunnels else None,
    }


def _vpn_services(machine: Machine) -> list[bool]:
    """Return of each VPN that is set up and switched on whether it is connected; their names stay there."""
    output = said(machine, "scutil", "--nc", "list", deadline=0.6)
    if "network connection services" not in output:
        raise partial("scutil", {})
    return [state == "Connected" for mark, state in _SERVICE.findall(output) if mark == "*"]
