"""How the machine is connected: adapters, addresses, way out, name servers and proxy, as the system has them set."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping, Sequence
from typing import Any

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import (
    LINUX,
    MACOS,
    WINDOWS,
    Lane,
    Unanswered,
    boolean,
    integer,
    partial,
    probe,
    table,
    text,
    texts,
)
from desktop.diagnostics.routes import default_gateways
from desktop.domain.facts import Privacy

NET = "/sys/class/net"
VIRTUAL = re.compile(
    r"(lo\d*|ap\d|docker|veth|br-|virbr|vmnet|vboxnet|tun|tap|wg|tailscale|nordlynx|zt|utun|awdl|llw|bridge|dummy|"
    r"ifb|sit|gif|stf|anpi|loopback pseudo|vethernet|isatap|teredo)",
    re.IGNORECASE,
)
UNKNOWN_SPEED = 4294967295
"""What Windows gives for adapters above 4.29 Gbit/s (psutil #2655)."""


@probe(
    "net_link",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        table(
            "interfaces",
            text("name"),
            text("medium"),
            boolean("is_up"),
            boolean("is_virtual"),
            integer("speed_mbit", "mbit_per_s"),
            integer("max_speed_mbit", "mbit_per_s"),
            text("duplex"),
            integer("mtu", "octets"),
            text("vendor_prefix"),
            text("mac", privacy=Privacy.PERSONAL, pseudonym="mac"),
        ),
        integer("active", "count"),
        boolean("has_cable"),
        boolean("is_wifi_on"),
    ),
)
def read_net_link(machine: Machine) -> dict[str, object]:
    """Read the adapters; `active` counts the real ones that are up and have a carrier."""
    if machine.platform == MACOS:
        return _macos_link(machine)
    rows = _windows_interfaces(machine) if machine.platform == WINDOWS else _interfaces(machine)
    return _link(rows, is_wifi_on=_is_wifi_on(machine))


def _link(rows: list[dict[str, object]], *, is_wifi_on: bool | None) -> dict[str, object]:
    """Sum the adapters up; one whose carrier is not known leaves open what only it could settle."""
    real = [row for row in rows if not row["is_virtual"]]
    cables = [row for row in real if row["medium"] == "cable"]
    return {
        "interfaces": rows,
        "active": sum(1 for row in real if row["is_up"]) or (None if any(row["is_up"] is None for row in real) else 0),
        "has_cable": _any_up(cables) if cables else None,
        "is_wifi_on": is_wifi_on,
    }


def _any_up(rows: list[dict[str, object]]) -> bool | None:
    states = [row["is_up"] for row in rows]
    return True if True in states else None if None in states else False


def _macos_link(machine: Machine) -> dict[str, object]:
    from desktop.diagnostics.macos import network as macos

    rows, reason = macos.corrected(machine, _interfaces(machine))
    facts = _link(rows, is_wifi_on=macos.is_wifi_on(machine, rows))
    if reason:
        raise partial(reason, facts)
    return facts


def _interfaces(machine: Machine) -> list[dict[str, object]]:
    machine.sources.note("psutil")
    addresses = psutil.net_if_addrs()
    return [_interface(machine, name, one, addresses) for name, one in sorted(psutil.net_if_stats().items())]


def _windows_interfaces(machine: Machine) -> list[dict[str, object]]:
    from desktop.diagnostics.windows import network as windows

    return [row | {"vendor_prefix": vendor_prefix(str(row["mac"] or ""))} for row in windows.read_net_link(machine)]


def _is_wifi_on(machine: Machine) -> bool | None:
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import wireless as windows

        return windows.is_wifi_on(machine)
    return wifi_switch(machine) if machine.platform == LINUX else None


def _interface(machine: Machine, name: str, stats: Any, addresses: Mapping[str, Sequence[Any]]) -> dict[str, object]:
    mac = next((str(one.address) for one in addresses.get(name, ()) if one.family == psutil.AF_LINK), "")
    duplex = {psutil.NIC_DUPLEX_FULL: "full", psutil.NIC_DUPLEX_HALF: "half"}.get(stats.duplex)
    carrier = machine.read(f"{NET}/{name}/carrier", 8) if machine.platform == LINUX else None
    medium = _medium(machine, name)
    return {
        "name": name,
        "medium": medium,
        "is_up": bool(stats.isup) and (carrier is None or carrier.strip() == "1"),
        "is_virtual": VIRTUAL.match(name) is not None,
        "speed_mbit": stats.speed if 0 < stats.speed < UNKNOWN_SPEED else None,
        "max_speed_mbit": _best_speed(name) if machine.platform == LINUX and medium == "cable" else None,
        "duplex": duplex,
        "mtu": stats.mtu,
        "vendor_prefix": vendor_prefix(mac),
        "mac": mac or None,
    }


def _best_speed(name: str) -> int | None:
    from desktop.diagnostics.linux import network as linux

    return linux.best_speed(name)


def vendor_prefix(mac: str) -> str | None:
    """Return the maker's half of a hardware address; made-up addresses (bit 1 of the first byte) have no maker."""
    parts = mac.lower().replace("-", ":").split(":")
    if len(parts) != 6 or not any(int(part, 16) for part in parts):
        return None
    return None if int(parts[0], 16) & 2 else ":".join(parts[:3])


def _medium(machine: Machine, name: str) -> str:
    if machine.platform == LINUX:
        is_wifi = machine.exists(f"{NET}/{name}/wireless") or name.startswith("wl")
        return "wifi" if is_wifi else "none" if VIRTUAL.match(name) else "cable"
    return "wifi" if name.lower().startswith(("wi-fi", "wlan", "drahtlos")) else "cable"


def wifi_switch(machine: Machine) -> bool | None:
    """Tell whether Wi-Fi is allowed to send (rfkill); None where there is no Wi-Fi."""
    folder = "/sys/class/rfkill"
    for name in machine.entries(folder):
        if (machine.read(f"{folder}/{name}/type") or "").strip() == "wlan":
            blocks = [(machine.read(f"{folder}/{name}/{kind}") or "").strip() for kind in ("soft", "hard")]
            return "1" not in blocks
    return None


@probe(
    "net_ip",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        table(
            "addresses",
            text("interface"),
            text("family"),
            text("address", privacy=Privacy.INTERNAL, pseudonym="ip"),
            text("scope"),
        ),
        integer("usable", "count"),
    ),
)
def read_net_ip(machine: Machine) -> dict[str, object]:
    """Read the addresses; `usable` counts those of real adapters that reach beyond the own cable."""
    found = _windows_addresses(machine) if machine.platform == WINDOWS else _addresses(machine)
    rows = [
        {
            "interface": name,
            "family": "ipv6" if ":" in address else "ipv4",
            "address": address.partition("%")[0],
            "scope": scope(address),
        }
        for name, address, _ in found
    ]
    usable = [row for row, (_, _, is_real) in zip(rows, found, strict=True) if row["scope"] == "usable" and is_real]
    return {"addresses": rows, "usable": len(usable)}


def _addresses(machine: Machine) -> list[tuple[str, str, bool]]:
    machine.sources.note("psutil")
    families = (socket.AF_INET, socket.AF_INET6)
    return [
        (name, one.address, VIRTUAL.match(name) is None)
        for name, addresses in sorted(psutil.net_if_addrs().items())
        for one in addresses
        if one.family in families
    ]


def _windows_addresses(machine: Machine) -> list[tuple[str, str, bool]]:
    from desktop.diagnostics.windows import network as windows

    return windows.interface_addresses(machine)


def scope(address: str) -> str:
    """Say how far an address reaches: loopback, link (RFC 3927, RFC 4291) or usable."""
    low = address.lower()
    if low.startswith("127.") or low == "::1":
        return "loopback"
    return "link" if low.startswith(("169.254.", "fe80:", "0.")) else "usable"


@probe(
    "net_route",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        boolean("has_default"),
        texts("gateways", privacy=Privacy.INTERNAL, pseudonym="ip"),
        texts("interfaces"),
    ),
)
def read_net_route(machine: Machine) -> dict[str, object]:
    """Read the ways out of the own network."""
    routes = default_gateways(machine)
    return {
        "has_default": bool(routes),
        "gateways": [gateway for gateway, _ in routes if gateway],
        "interfaces": sorted({interface for _, interface in routes}),
    }


@probe(
    "net_dns",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        texts("servers", privacy=Privacy.INTERNAL, pseudonym="ip"),
        texts("search", privacy=Privacy.INTERNAL, pseudonym="domain"),
        boolean("is_local_stub"),
        table("links", text("interface"), texts("servers", privacy=Privacy.INTERNAL, pseudonym="ip")),
    ),
)
def read_net_dns(machine: Machine) -> dict[str, object]:
    """Read the name servers, those behind systemd's stub too."""
    if machine.platform == WINDOWS:
        from desktop.diagnostics.windows import network as windows

        return windows.read_net_dns(machine)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import network as macos

        return macos.read_net_dns(machine)
    from desktop.diagnostics.linux import network as linux

    return machine.once(linux.name_servers)


@probe(
    "net_proxy",
    lane=Lane.FAST,
    deadline=1.0,
    fields=(
        boolean("is_configured"),
        text("host", privacy=Privacy.INTERNAL, pseudonym="host"),
        integer("port", "number"),
        boolean("has_exceptions"),
        boolean("has_script"),
    ),
)
def read_net_proxy(machine: Machine) -> dict[str, object]:
    """Read the proxy that programs are told to use; a name and password in it are dropped at once."""
    found = proxy(machine)
    facts: dict[str, object] = {
        "is_configured": found is not None,
        "host": found[0] if found else None,
        "port": found[1] if found else None,
        "has_exceptions": bool(os.environ.get("no_proxy") or os.environ.get("NO_PROXY")),
    }
    try:
        settings = proxy_settings(machine)
    except Unanswered as answer:
        raise partial(answer.reason, facts) from None
    return facts | {
        "has_script": settings.has_script,
        "has_exceptions": bool(facts["has_exceptions"]) or settings.has_exceptions,
    }


def proxy(machine: Machine) -> tuple[str, int] | None:
    """Return host and port of the proxy, None where there is none."""
    for name in ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        found = parse_proxy(os.environ.get(name, ""))
        if found:
            return found
    if machine.platform == WINDOWS:
        return _windows_proxy(machine)
    return _macos_proxy(machine) if machine.platform == MACOS else _linux_proxy(machine)


def parse_proxy(value: str) -> tuple[str, int] | None:
    """Read "http://user:secret@host:3128/" and shorter forms; the port is 80 where none is named."""
    rest = value.strip().rpartition("://")[2].rpartition("@")[2].partition("/")[0]
    found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]\s]+)(?::(\d{1,5}))?", rest)
    return (found.group(1).strip("[]"), int(found.group(2) or 80)) if found else None


def _linux_proxy(machine: Machine) -> tuple[str, int] | None:
    from desktop.diagnostics.linux import network as linux

    return machine.once(linux.desktop_proxy).server


def _windows_proxy(machine: Machine) -> tuple[str, int] | None:
    from desktop.diagnostics.windows import network as windows

    return parse_proxy(windows.first_server(windows.proxy_settings(machine).servers))


def _macos_proxy(machine: Machine) -> tuple[str, int] | None:
    from desktop.diagnostics.macos import network as macos

    return machine.once(macos.proxy_settings).server


def proxy_settings(machine: Machine) -> Any:
    """Return what the system says besides the server: whether there is a script, and exceptions."""
    if machine.platform == LINUX:
        from desktop.diagnostics.linux import network as linux

        return machine.once(linux.desktop_proxy)
    if machine.platform == MACOS:
        from desktop.diagnostics.macos import network as macos

        return machine.once(macos.proxy_settings)
    from desktop.diagnostics.windows import network as windows

    return windows.proxy_settings(machine)
