"""How a Windows PC is connected: adapters, addresses, name servers and the proxy that programs are told to use."""

from __future__ import annotations

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.windows.adapters import Adapter, adapters
from desktop.diagnostics.windows.pc import Pc, this_pc

INTERNET = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings"
TCPIP = r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters"
WITHOUT_SERVER = ("fec0:0:0:ffff::1", "fec0:0:0:ffff::2", "fec0:0:0:ffff::3")
"""What Windows names where IPv6 has no name server of its own."""


def read_net_link(machine: Machine) -> list[dict[str, object]]:
    """Return the adapters as rows, as they are declared for every system; duplex is not known here."""
    return [_row(one) for one in sorted(adapters(machine), key=lambda one: one.label)]


def _row(one: Adapter) -> dict[str, object]:
    return {
        "name": one.label, "medium": one.medium, "is_up": one.is_up, "is_virtual": one.is_virtual,
        "speed_mbit": one.speed_mbit if one.is_up else None, "duplex": None, "mtu": one.mtu,
        "mac": one.hardware or None,
    }  # fmt: skip


def interface_addresses(machine: Machine) -> list[tuple[str, str, bool]]:
    """Return (adapter, address, whether it counts) of all addresses: of hardware, tunnels, and what has a way out.

    The last are Hyper-V's outer switches: they take the address of the cable that they are put over.
    """
    return [
        (one.label, address, not one.is_virtual or one.is_tunnel or bool(one.gateways))
        for one in adapters(machine)
        for address in one.addresses
        if one.is_up
    ]


def read_net_dns(machine: Machine) -> dict[str, object]:
    """Read the name servers of the adapters that are up, and the names that are tried after a short one."""
    up = [one for one in sorted(adapters(machine), key=lambda one: one.metric) if one.is_up]
    servers = dict.fromkeys(server for one in up for server in one.dns_servers if server not in WITHOUT_SERVER)
    suffixes = [*_search_list(this_pc(machine)), *(one.dns_suffix for one in up)]
    return {
        "servers": list(servers),
        "search": list(dict.fromkeys(one for one in suffixes if one)),
        "is_local_stub": bool(servers) and all(one.startswith("127.") or one == "::1" for one in servers),
        "links": [
            {"interface": one.label, "servers": known}
            for one in up
            if (known := [server for server in one.dns_servers if server not in WITHOUT_SERVER])
        ],
    }


def _search_list(pc: Pc) -> list[str]:
    try:
        names = [pc.registry.text(TCPIP, "SearchList") or "", pc.registry.text(TCPIP, "Domain") or ""]
    except (PermissionError, Unanswered):
        return []
    return [one.strip() for text in names for one in text.split(",")]


class ProxySettings:
    """What the Internet options say; `servers` as Windows writes it, "host:port" or "http=host:port;https=…"."""

    __slots__ = ("has_exceptions", "has_script", "servers")

    def __init__(self, servers: str, *, has_script: bool, has_exceptions: bool) -> None:
        self.servers = servers
        self.has_script = has_script
        self.has_exceptions = has_exceptions


def proxy_settings(machine: Machine) -> ProxySettings:
    """Read the user's proxy; a script's address stays where it is, because only its being there matters."""
    registry = this_pc(machine).registry
    is_on = bool(registry.number(INTERNET, "ProxyEnable"))
    return ProxySettings(
        (registry.text(INTERNET, "ProxyServer") or "") if is_on else "",
        has_script=bool(registry.text(INTERNET, "AutoConfigURL")),
        has_exceptions=is_on and bool(registry.text(INTERNET, "ProxyOverride")),
    )


def first_server(servers: str) -> str:
    """Return the part of a proxy setting that browsers use for pages: https, http, or the one for everything."""
    pairs = {name.strip().lower(): value for name, _, value in (one.rpartition("=") for one in servers.split(";"))}
    return next((pairs[name] for name in ("https", "http", "") if pairs.get(name)), "")
