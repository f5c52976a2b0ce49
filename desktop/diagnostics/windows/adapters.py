"""The network adapters of a Windows PC with all that belongs to them, in one call (iptypes.h, GetAdaptersAddresses)."""

from __future__ import annotations

import ctypes
import re
import socket
from collections.abc import Iterator
from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported
from desktop.diagnostics.windows.libraries import (
    BYTE,
    DWORD,
    LONG,
    POINTER,
    QWORD,
    TEXT,
    buffer_of,
    check,
    wide,
)
from desktop.diagnostics.windows.pc import this_pc

IPV4, IPV6 = 2, 23
"""Windows' numbers of the families, whatever this system's own are."""
ETHERNET, PPP, LOOPBACK, WIFI, VIRTUAL, TUNNEL, MOBILE = 6, 23, 24, 71, 53, 131, (243, 244)
"""Interface types of IANA's list (ipifcons.h)."""
UP = 1
OVERFLOW, NO_DATA = 111, 232
INCLUDE_GATEWAYS, SKIP_ANYCAST_AND_MULTICAST = 0x80, 6
MOST = 512
SPEED_NOT_KNOWN = 0xFFFFFFFFFFFFFFFF
VPN_MAKERS = re.compile(
    r"wireguard|wintun|openvpn|tap-windows|anyconnect|cisco secure client|fortinet|forticlient|pangp|globalprotect|"
    r"sonicwall|check point|juniper|pulse secure|ivanti|\bf5 |sophos|securepoint|lancom|\bncp |zscaler|tailscale|"
    r"nordlynx|nordvpn|proton|wan miniport \((?:ikev2|l2tp|pptp|sstp)\)|hamachi|zerotier",
    re.IGNORECASE,
)
SOFTWARE_MAKERS = re.compile(
    r"hyper-v|vmware|virtualbox|bluetooth|teredo|isatap|6to4|wi-fi direct|npcap|loopback|kernel debug|ip-https",
    re.IGNORECASE,
)


class SocketAddress(ctypes.Structure):
    """SOCKET_ADDRESS."""

    _fields_ = (("address", POINTER), ("length", LONG))


class AddressEntry(ctypes.Structure):
    """The common start of IP_ADAPTER_UNICAST_ADDRESS, …_DNS_SERVER_ADDRESS and …_GATEWAY_ADDRESS."""

    _fields_ = (("length", DWORD), ("flags", DWORD), ("next", POINTER), ("socket", SocketAddress))


class AdapterEntry(ctypes.Structure):
    """IP_ADAPTER_ADDRESSES of Windows Vista and later."""

    _fields_ = (
        ("length", DWORD), ("index", DWORD), ("next", POINTER), ("name", POINTER), ("unicast", POINTER),
        ("anycast", POINTER), ("multicast", POINTER), ("dns_servers", POINTER), ("dns_suffix", TEXT),
        ("description", TEXT), ("friendly_name", TEXT), ("hardware", BYTE * 8), ("hardware_length", DWORD),
        ("flags", DWORD), ("mtu", DWORD), ("type", DWORD), ("status", DWORD), ("ipv6_index", DWORD),
        ("zones", DWORD * 16), ("prefixes", POINTER), ("send_speed", QWORD), ("receive_speed", QWORD),
        ("wins", POINTER), ("gateways", POINTER), ("ipv4_metric", DWORD), ("ipv6_metric", DWORD), ("luid", QWORD),
        ("dhcp_server", SocketAddress),
    )  # fmt: skip


class Adapter:
    """One adapter. Its own name is shown only where Windows gave it: people name tunnels after companies."""

    __slots__ = (
        "addresses", "description", "dns_servers", "dns_suffix", "friendly_name", "gateways", "hardware", "index",
        "is_up", "metric", "mtu", "speed_mbit", "type",
    )  # fmt: skip

    def __init__(self, entry: AdapterEntry) -> None:
        self.index = int(entry.index or entry.ipv6_index)
        self.type = int(entry.type)
        self.is_up = entry.status == UP
        self.description = wide(entry.description)
        self.friendly_name = wide(entry.friendly_name)
        self.hardware = ":".join(f"{one:02x}" for one in bytes(entry.hardware)[: min(8, entry.hardware_length)])
        self.mtu = int(entry.mtu) if entry.mtu < 0xFFFFFFFF else None
        self.metric = int(entry.ipv4_metric)
        self.speed_mbit = _speed(entry)
        self.addresses = list(_addresses(entry.unicast))
        self.gateways = list(_addresses(entry.gateways))
        self.dns_servers = list(_addresses(entry.dns_servers))
        self.dns_suffix = wide(entry.dns_suffix)

    @property
    def is_tunnel(self) -> bool:
        """Tell whether it leads through another network: a VPN, whoever made it."""
        is_tunnel_type = self.type in (PPP, VIRTUAL, TUNNEL) and not SOFTWARE_MAKERS.search(self.description)
        return bool(VPN_MAKERS.search(self.description)) or is_tunnel_type

    @property
    def is_virtual(self) -> bool:
        """Tell whether it is made of software."""
        is_hardware = self.type in (ETHERNET, WIFI, *MOBILE) and not SOFTWARE_MAKERS.search(self.description)
        return not is_hardware or self.is_tunnel

    @property
    def label(self) -> str:
        """Return the name to show: for a tunnel the maker's, because its own is the name of a company or person."""
        if not self.is_tunnel:
            return self.friendly_name
        found = VPN_MAKERS.search(self.description)
        return f"VPN ({found.group().strip()})" if found else "VPN"

    @property
    def medium(self) -> str:
        """Return "wifi", "cable", "mobile" or "none"."""
        if self.is_virtual:
            return "none"
        return {WIFI: "wifi", ETHERNET: "cable"}.get(self.type, "mobile")


def _speed(entry: AdapterEntry) -> int | None:
    known = [int(one) for one in (entry.send_speed, entry.receive_speed) if 0 < one < SPEED_NOT_KNOWN]
    return max(known) // 1_000_000 or None if known else None


def adapters(machine: Machine) -> list[Adapter]:
    """Return the adapters, read once per run; loopback is not among them."""
    return machine.once(_read)


def _read(machine: Machine) -> list[Adapter]:
    libraries = this_pc(machine).libraries
    ask = libraries.find(
        "iphlpapi", "GetAdaptersAddresses", DWORD, DWORD, DWORD, POINTER, POINTER, ctypes.POINTER(DWORD)
    )
    size = DWORD(1 << 15)
    for _ in range(3):  # adapters may come while we ask
        content = buffer_of(size.value)
        flags = INCLUDE_GATEWAYS | SKIP_ANYCAST_AND_MULTICAST
        code = ask(0, flags, None, content, ctypes.byref(size))
        if code == NO_DATA:
            return []
        if code != OVERFLOW:
            check(code, "adapters")
            found = [Adapter(one) for one in _chain(ctypes.addressof(content), AdapterEntry)]
            if not found:
                raise unsupported("adapters")  # even a PC without a network has loopback
            return [one for one in found if one.type != LOOPBACK]
    check(OVERFLOW, "adapters")
    return []


def _chain(address: int | None, kind: Any) -> Iterator[Any]:
    for _ in range(MOST):
        if not address:
            return
        entry = kind.from_address(address)
        if not entry.length:
            return  # no entry has a length of nothing
        yield entry
        address = entry.next


def _addresses(first: int | None) -> Iterator[str]:
    for entry in _chain(first, AddressEntry):
        found = socket_text(entry.socket.address, entry.socket.length)
        if found:
            yield found


def socket_text(address: int | None, length: int) -> str:
    """Return the IP address in a SOCKADDR, empty where it is of another kind or too short."""
    if not address or length < 16:
        return ""
    content = ctypes.string_at(address, min(length, 28))
    return packed_text(content)


def packed_text(content: bytes) -> str:
    """Return the IP address in the bytes of a SOCKADDR_IN or SOCKADDR_IN6; empty where it is neither."""
    family = int.from_bytes(content[:2], "little")
    if family == IPV4:
        return socket.inet_ntop(socket.AF_INET, content[4:8])
    if family == IPV6 and len(content) >= 24:
        return socket.inet_ntop(socket.AF_INET6, content[8:24])
    return ""
