"""Wi-Fi and VPN of a Windows PC (wlanapi.h, ras.h): how strong, how fast, and whether."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, denied, unsupported
from desktop.diagnostics.windows.adapters import Adapter, adapters
from desktop.diagnostics.windows.devices import Guid
from desktop.diagnostics.windows.libraries import (
    ACCESS_DENIED,
    BYTE,
    DWORD,
    HANDLE,
    LONG,
    POINTER,
    WORD,
    Libraries,
    check,
)
from desktop.diagnostics.windows.pc import this_pc

RADIO_STATE, CURRENT_CONNECTION, CHANNEL, RSSI = 4, 7, 8, 0x10000102
"""WLAN_INTF_OPCODE."""
FIRST_OF_6_GHZ = 10
"""DOT11_PHY_TYPE of Wi-Fi 6 (he)."""
VERSION = 2
CONNECTED = 1
RADIO_OFF = 2
MOST_RADIOS = 64
BUFFER_TOO_SMALL = 603


class WlanInterface(ctypes.Structure):
    """WLAN_INTERFACE_INFO."""

    _fields_ = (("guid", Guid), ("description", WORD * 256), ("state", DWORD))


class WlanConnection(ctypes.Structure):
    """WLAN_CONNECTION_ATTRIBUTES; the profile's name in it is not read."""

    _fields_ = (
        ("state", DWORD), ("mode", DWORD), ("profile", BYTE * 512), ("ssid_length", DWORD), ("ssid", BYTE * 32),
        ("bss_type", DWORD),
        ("bssid", BYTE * 6), ("padding", BYTE * 2), ("phy_type", DWORD), ("phy_index", DWORD), ("quality", DWORD),
        ("receive_kbit", DWORD), ("send_kbit", DWORD), ("security", DWORD * 4),
    )  # fmt: skip


class RadioState(ctypes.Structure):
    """WLAN_RADIO_STATE."""

    _fields_ = (("count", DWORD), ("radios", DWORD * 3 * MOST_RADIOS))


class RasEntryName(ctypes.Structure):
    """RASENTRYNAMEW; only its size matters here."""

    _fields_ = (("size", DWORD), ("name", WORD * 257), ("flags", DWORD), ("phonebook", WORD * 261))


class RasConnection(ctypes.Structure):
    """RASCONNW of 64-bit Windows, which is packed to four bytes; only its size matters here."""

    _pack_ = 4
    _layout_ = "ms"
    _fields_ = (
        ("size", DWORD), ("handle", HANDLE), ("name", WORD * 257), ("device_type", WORD * 17),
        ("device_name", WORD * 129), ("phonebook", WORD * 260), ("sub_entry", DWORD), ("entry", Guid),
        ("flags", DWORD), ("luid", DWORD * 2), ("correlation", Guid),
    )  # fmt: skip


def read_net_wifi(machine: Machine) -> dict[str, object]:
    """Read the signal of the adapter that is connected, else of the first.

    Since Windows 11 24H2 the connection is only told to programs that may know the location: then the answer is
    `denied`, and nobody is asked for the permission.
    """
    libraries = this_pc(machine).libraries
    with _client(libraries) as client:
        radios = sorted(_interfaces(libraries, client), key=lambda one: one.state != CONNECTED)
        if not radios:
            raise unsupported("no_wifi")
        if radios[0].state != CONNECTED:
            raise unsupported("not_connected")
        connection = _asked(libraries, client, radios[0].guid, CURRENT_CONNECTION, WlanConnection)
        signal = _whole(libraries, client, radios[0].guid, RSSI, LONG)
        channel = _whole(libraries, client, radios[0].guid, CHANNEL, DWORD)
    quality = min(100, int(connection.quality))
    # Quality 0 stands for -100 dBm and 100 for -50 dBm, linear between (WLAN_ASSOCIATION_ATTRIBUTES).
    return {
        "interface": _name(machine),
        "quality_percent": float(quality),
        "signal_dbm": float(signal) if signal is not None and -120 <= signal < 0 else quality / 2 - 100,
        "channel": channel or None,
        "band": band(channel or 0, connection.phy_type),
        "rate_mbit": round(connection.receive_kbit / 1000, 1) or None,
        "ssid": bytes(connection.ssid)[: min(32, connection.ssid_length)].decode("utf-8", "replace") or None,
        "bssid": ":".join(f"{one:02x}" for one in connection.bssid) if any(connection.bssid) else None,
    }


def band(channel: int, phy_type: int) -> str | None:
    """Return the band of a channel; since Wi-Fi 6E the numbers of 6 GHz overlap, and then only some tell.

    Channels of 6 GHz are 1, 5, 9 and so on to 233 (IEEE 802.11 annex E), those of 5 GHz from 149 on too.
    """
    if not channel:
        return None
    may_be_6 = phy_type >= FIRST_OF_6_GHZ and channel % 4 == 1
    if channel <= 14:
        return None if may_be_6 else "2.4 GHz"
    if channel > 177:
        return "6 GHz"
    if may_be_6:
        return None if channel >= 149 else "6 GHz"
    return "5 GHz"


def _name(machine: Machine) -> str:
    try:
        return next((one.label for one in adapters(machine) if one.medium == "wifi" and one.is_up), "")
    except Unanswered:
        return ""


def _whole(libraries: Libraries, client: int, radio: Guid, code: int, kind: Any) -> int | None:
    """Return a number that only some drivers tell."""
    try:
        return _asked(libraries, client, radio, code, kind).value
    except Unanswered:
        return None


def is_wifi_on(machine: Machine) -> bool | None:
    """Tell whether Wi-Fi may send, by switch and by software; None where there is none or nobody says."""
    libraries = this_pc(machine).libraries
    try:
        with _client(libraries) as client:
            states = [
                _asked(libraries, client, one.guid, RADIO_STATE, RadioState) for one in _interfaces(libraries, client)
            ]
    except Unanswered:
        return None
    radios = [one.radios[place] for one in states for place in range(min(one.count, MOST_RADIOS))]
    return any(RADIO_OFF not in (one[1], one[2]) for one in radios) if radios else None


@contextmanager
def _client(libraries: Libraries) -> Generator[int]:
    open_client = libraries.find(
        "wlanapi", "WlanOpenHandle", DWORD, DWORD, POINTER, ctypes.POINTER(DWORD), ctypes.POINTER(HANDLE)
    )
    close = libraries.find("wlanapi", "WlanCloseHandle", DWORD, HANDLE, POINTER)
    version, client = DWORD(), HANDLE()
    code = open_client(VERSION, None, ctypes.byref(version), ctypes.byref(client))
    check(code, "wlan")  # 1062: the service is not started, as on a PC without Wi-Fi
    try:
        yield client.value or 0
    finally:
        close(client, None)


def _interfaces(libraries: Libraries, client: int) -> list[WlanInterface]:
    ask = libraries.find("wlanapi", "WlanEnumInterfaces", DWORD, HANDLE, POINTER, ctypes.POINTER(POINTER))
    free = libraries.find("wlanapi", "WlanFreeMemory", None, POINTER)
    found = POINTER()
    check(ask(client, None, ctypes.byref(found)), "wlan")
    start = found.value or 0
    if not start:
        return []
    try:
        count = min(DWORD.from_address(start).value, MOST_RADIOS)
        size = ctypes.sizeof(WlanInterface)
        return [
            WlanInterface.from_buffer_copy(ctypes.string_at(start + 8 + place * size, size)) for place in range(count)
        ]
    finally:
        free(found)


def _asked(libraries: Libraries, client: int, radio: Guid, code: int, kind: Any) -> Any:
    """Return the answer to one question about an adapter, as a copy of our own."""
    ask = libraries.find(
        "wlanapi", "WlanQueryInterface", DWORD, HANDLE, ctypes.POINTER(Guid), DWORD, POINTER, ctypes.POINTER(DWORD),
        ctypes.POINTER(POINTER), POINTER,
    )  # fmt: skip
    free = libraries.find("wlanapi", "WlanFreeMemory", None, POINTER)
    size, found = DWORD(), POINTER()
    result = ask(client, ctypes.byref(radio), code, None, ctypes.byref(size), ctypes.byref(found), None)
    if result == ACCESS_DENIED:
        raise denied("location")
    check(result, "wlan")
    if not found.value:
        raise unsupported("wlan")
    try:
        content = ctypes.string_at(found.value, min(size.value, ctypes.sizeof(kind)))
    finally:
        free(found)
    return kind.from_buffer_copy(content.ljust(ctypes.sizeof(kind), b"\0"))


def read_net_vpn(machine: Machine) -> dict[str, object]:
    """Read the tunnels by their makers, and whether one of Windows' own connections is set up; their names stay."""
    tunnels = [one for one in adapters(machine) if one.is_tunnel and not _is_idle_part_of_windows(one)]
    rows: list[dict[str, object]] = [
        {
            "interface": one.label,
            "is_up": one.is_up,
            "name": one.friendly_name or None,
            "kind": "wireguard" if "wireguard" in one.description.lower() else "vpn",
        }
        for one in tunnels
    ]
    libraries = this_pc(machine).libraries
    dialled, entries = _dialled(libraries), _set_up(libraries)
    is_up = any(one.is_up for one in tunnels) or bool(dialled)
    is_configured = bool(rows or entries or dialled)
    return {
        "interfaces": rows,
        "is_configured": True if is_configured else None,
        "is_up": is_up if is_configured else None,
    }


def _is_idle_part_of_windows(one: Adapter) -> bool:
    return one.description.startswith("WAN Miniport") and not one.is_up


def _dialled(libraries: Libraries) -> int:
    """Count Windows' own connections that are up."""
    entries, numbers = ctypes.POINTER(RasConnection), ctypes.POINTER(DWORD)
    try:
        ask = libraries.find("rasapi32", "RasEnumConnectionsW", DWORD, entries, numbers, numbers)
    except Unanswered:
        return 0
    return _counted(RasConnection, lambda *room: ask(*room))


def _set_up(libraries: Libraries) -> int:
    """Count Windows' own connections that are set up, of this user and of all."""
    entries, numbers = ctypes.POINTER(RasEntryName), ctypes.POINTER(DWORD)
    try:
        ask = libraries.find("rasapi32", "RasEnumEntriesW", DWORD, POINTER, POINTER, entries, numbers, numbers)
    except Unanswered:
        return 0
    return _counted(RasEntryName, lambda *room: ask(None, None, *room))


def _counted(kind: Any, ask: Callable[..., int]) -> int:
    """Return how many rows there are; room for one is enough, because the count comes with the refusal."""
    row, size, count = kind(), DWORD(ctypes.sizeof(kind)), DWORD()
    row.size = ctypes.sizeof(kind)
    code = ask(ctypes.byref(row), ctypes.byref(size), ctypes.byref(count))
    if code == BUFFER_TOO_SMALL:
        return max(count.value, size.value // ctypes.sizeof(kind))
    return 0 if code else count.value
