"""The system's routing table and neighbours: from /proc, from Windows' libraries, or from the tools of macOS."""

from __future__ import annotations

import socket
import struct

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import MACOS, WINDOWS

COMPLETE = 2
"""Flag of a neighbour whose hardware address answered (linux/if_arp.h ATF_COM)."""


def default_gateways(machine: Machine) -> list[tuple[str, str]]:
    """Return (gateway, interface) of the default routes, the cheapest first; the gateway is empty on a direct link."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import routes as windows

        return windows.default_gateways(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import routes as macos

        return macos.default_gateways(machine)
    return [
        *ipv4_defaults(machine.read("/proc/net/route") or ""),
        *ipv6_defaults(machine.read("/proc/net/ipv6_route") or ""),
    ]


def ipv4_defaults(content: str) -> list[tuple[str, str]]:
    """Read /proc/net/route: addresses are hexadecimal in the machine's own byte order."""
    rows = [line.split() for line in content.splitlines()[1:]]
    found = [
        row for row in rows if len(row) > 7 and row[1] == "00000000" and row[7] == "00000000" and int(row[3], 16) & 1
    ]
    return [(_ipv4(row[2]), row[0]) for row in sorted(found, key=lambda row: int(row[6]))]


def ipv6_defaults(content: str) -> list[tuple[str, str]]:
    """Read /proc/net/ipv6_route; the kernel keeps "unreachable" defaults on lo, which lead nowhere."""
    rows = [line.split() for line in content.splitlines()]
    found = [row for row in rows if len(row) > 9 and row[0] == "0" * 32 and row[1] == "00" and row[9] != "lo"]
    return [(_ipv6(row[4]), row[9]) for row in sorted(found, key=lambda row: int(row[5], 16))]


def neighbour_answered(machine: Machine, address: str) -> bool | None:
    """Tell whether a neighbour's hardware address is known; None where the table does not mention it."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import routes as windows

        return windows.neighbour_answered(machine, address)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import routes as macos

        return macos.neighbour_answered(machine, address)
    rows = [line.split() for line in (machine.read("/proc/net/arp") or "").splitlines()[1:]]
    flags = next((int(row[2], 16) for row in rows if len(row) > 2 and row[0] == address), None)
    return None if flags is None else bool(flags & COMPLETE)


def _ipv4(number: str) -> str:
    value = int(number, 16)
    return socket.inet_ntoa(struct.pack("=L", value)) if value else ""


def _ipv6(number: str) -> str:
    return socket.inet_ntop(socket.AF_INET6, bytes.fromhex(number)) if int(number, 16) else ""
