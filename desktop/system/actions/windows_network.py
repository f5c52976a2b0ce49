"""Wi-Fi, VPN and network drives of Windows (wlanapi.h, ras.h, winnetwk.h), never run on one."""

from __future__ import annotations

import ctypes
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from desktop.domain.wizard.doing import Deed, Prospect
from desktop.system.actions import windows_calls as calls
from desktop.system.actions.programs import in_turn, run
from desktop.system.actions.values import Call, Way, cannot, impossible
from desktop.system.actions.windows_calls import DWORD, HANDLE, POINTER, SYSTEM32, TEXT, WORD

_WLAN, _RAS, _NET = "wlanapi.dll", "rasapi32.dll", "mpr.dll"
_RADIO, _ON, _OFF = 4, 1, 2  # wlan_intf_opcode_radio_state, dot11_radio_state_on and _off
_CONNECTED, _REMEMBERED, _DISK = 1, 3, 1
_TOO_SMALL, _NO_MORE = 603, 259  # ERROR_BUFFER_TOO_SMALL of ras, ERROR_NO_MORE_ITEMS
_ROOM = 64 * 1024


class Card(ctypes.Structure):
    """WLAN_INTERFACE_INFO."""

    _fields_ = (("id", ctypes.c_uint8 * 16), ("description", WORD * 256), ("state", DWORD))


class Radio(ctypes.Structure):
    """WLAN_PHY_RADIO_STATE: a radio of a card, its switch in the system and the one on the case."""

    _fields_ = (("place", DWORD), ("software", DWORD), ("hardware", DWORD))


class Radios(ctypes.Structure):
    """WLAN_RADIO_STATE."""

    _fields_ = (("count", DWORD), ("radios", Radio * 64))


class Entry(ctypes.Structure):
    """RASENTRYNAMEW."""

    _pack_ = 4
    _fields_ = (("size", DWORD), ("name", WORD * 257), ("flags", DWORD), ("phonebook", WORD * 261))


class Connection(ctypes.Structure):
    """RASCONNW."""

    _pack_ = 4
    _fields_ = (
        ("size", DWORD), ("handle", HANDLE), ("name", WORD * 257), ("kind", WORD * 17), ("device", WORD * 129),
        ("phonebook", WORD * 260), ("sub_entry", DWORD), ("entry", ctypes.c_uint8 * 16), ("flags", DWORD),
        ("luid", ctypes.c_uint8 * 8), ("correlation", ctypes.c_uint8 * 16),
    )  # fmt: skip


class NetworkResource(ctypes.Structure):
    """NETRESOURCEW."""

    _fields_ = (
        ("scope", DWORD), ("type", DWORD), ("display", DWORD), ("usage", DWORD), ("local", TEXT), ("remote", TEXT),
        ("comment", TEXT), ("provider", TEXT),
    )  # fmt: skip


def foresee_radio(_: Call) -> Prospect:
    """Find out whether a radio is off by software and would therefore come on."""
    states = [(one.software, one.hardware) for one in _all_radios()]
    if (_OFF, _ON) in states and (_ON, _ON) not in states:
        return Prospect()
    return impossible("no Wi-Fi card that is off by software only")


def switch_radio_on(_: Call) -> Deed:
    """Switch every Wi-Fi radio on."""
    return _switch(_ON)


def foresee_restart(_: Call) -> Prospect:
    """Find out whether Wi-Fi is on, so that off and on again means something."""
    is_on = any((one.software, one.hardware) == (_ON, _ON) for one in _all_radios())
    return Prospect() if is_on else impossible("Wi-Fi is not on")


def restart_radio(_: Call) -> Deed:
    """Switch Wi-Fi off and on; on in any case."""
    off = _switch(_OFF)
    return in_turn((off, _switch(_ON)))


def foresee_tunnel(_: Call) -> Prospect:
    """Name the one VPN that is set up in Windows and not connected."""
    names = [calls.text_of(one.name) for one in _ras("RasEnumEntriesW", Entry, (None, None))]
    connected = {calls.text_of(one.name) for one in _ras("RasEnumConnectionsW", Connection, ())}
    waiting = [one for one in names if one not in connected]
    if len(names) != 1 or len(waiting) != 1 or waiting[0][0] in "-/":
        return impossible(f"{len(names)} VPN connections, {len(waiting)} of them not connected")
    return Prospect(facts={"vpn": waiting[0]}, agreed=waiting[0])


def connect_tunnel(call: Call) -> Deed:
    """Connect the VPN that was agreed to with what Windows has stored for it."""
    return run(call, f"{SYSTEM32}rasdial.exe", call.agreed) if call.agreed else cannot("no VPN agreed to")


def foresee_drives(_: Call) -> Prospect:
    """Find the network drives that Windows remembers and that are not connected."""
    connected = {letter for letter, _ in _drives(_CONNECTED)}
    waiting = [f"{letter}\t{remote}" for letter, remote in _drives(_REMEMBERED) if letter not in connected]
    if not waiting:
        return impossible("no drive that is remembered and not connected")
    return Prospect(facts={"count": len(waiting)}, agreed="\n".join(waiting))


def connect_drives(call: Call) -> Deed:
    """Connect the drives that were agreed to, with the sign-in of this user."""
    steps = [_connect(*line.split("\t", 1)) for line in call.agreed.splitlines() if "\t" in line]
    return in_turn(steps) if steps else cannot("no drive agreed to")


def _connect(letter: str, remote: str) -> Deed:
    held = calls.units(letter), calls.units(remote)
    drive = NetworkResource(type=_DISK, local=ctypes.addressof(held[0]), remote=ctypes.addressof(held[1]))
    add = calls.function(_NET, "WNetAddConnection2W", DWORD, POINTER, TEXT, TEXT, DWORD)
    return calls.deed(f"WNetAddConnection2 {letter}", add(ctypes.addressof(drive), None, None, 0))


def _drives(scope: int) -> list[tuple[str, str]]:
    begin = calls.function(_NET, "WNetOpenEnumW", DWORD, DWORD, DWORD, DWORD, POINTER, POINTER)
    ask = calls.function(_NET, "WNetEnumResourceW", DWORD, HANDLE, POINTER, POINTER, POINTER)
    handle = HANDLE()
    code = begin(scope, _DISK, 0, None, ctypes.addressof(handle))
    if code:
        raise OSError(f"WNetOpenEnum: error {code:#x}")
    found: list[tuple[str, str]] = []
    try:
        while True:
            count, room, size = DWORD(0xFFFFFFFF), ctypes.create_string_buffer(_ROOM), DWORD(_ROOM)
            code = ask(handle.value, *(ctypes.addressof(one) for one in (count, room, size)))
            if code:
                break
            rows = (NetworkResource * count.value).from_buffer(room)
            found += [(calls.text_at(row.local).upper(), calls.text_at(row.remote)) for row in rows if row.local]
    finally:
        calls.function(_NET, "WNetCloseEnum", DWORD, HANDLE)(handle.value)
    if code != _NO_MORE:
        raise OSError(f"WNetEnumResource: error {code:#x}")
    return found


def _ras(name: str, kind: Any, before: Sequence[None]) -> list[Any]:
    ask = calls.function(_RAS, name, DWORD, *(POINTER for _ in before), POINTER, POINTER, POINTER)
    rows, count = (kind * 1)(), DWORD(0)
    rows[0].size = ctypes.sizeof(kind)
    size = DWORD(ctypes.sizeof(rows))
    code = ask(*before, *(ctypes.addressof(one) for one in (rows, size, count)))
    if code == _TOO_SMALL:
        rows = (kind * (size.value // ctypes.sizeof(kind) + 1))()
        rows[0].size = ctypes.sizeof(kind)
        size = DWORD(ctypes.sizeof(rows))
        code = ask(*before, *(ctypes.addressof(one) for one in (rows, size, count)))
    if code:
        raise OSError(f"{name}: error {code:#x}")
    return list(rows[: count.value])


@contextmanager
def _wlan() -> Generator[tuple[int, list[Card]]]:
    """Use the Wi-Fi service: its handle and the cards. Raises OSError where there is none."""
    handle, version, listed = HANDLE(), DWORD(), POINTER()
    begin = calls.function(_WLAN, "WlanOpenHandle", DWORD, DWORD, POINTER, POINTER, POINTER)
    if code := begin(2, None, ctypes.addressof(version), ctypes.addressof(handle)):
        raise OSError(f"WlanOpenHandle: error {code:#x}")
    try:
        ask = calls.function(_WLAN, "WlanEnumInterfaces", DWORD, HANDLE, POINTER, POINTER)
        if code := ask(handle.value, None, ctypes.addressof(listed)):
            raise OSError(f"WlanEnumInterfaces: error {code:#x}")
        head = ctypes.cast(listed, ctypes.POINTER(DWORD))
        start = ctypes.cast((listed.value or 0) + 8, ctypes.POINTER(Card))
        cards = [Card.from_buffer_copy(start[place]) for place in range(head[0])]
        calls.function(_WLAN, "WlanFreeMemory", None, POINTER)(listed)
        yield handle.value or 0, cards
    finally:
        calls.function(_WLAN, "WlanCloseHandle", DWORD, HANDLE, POINTER)(handle.value, None)


def _radios(handle: int, card: Card) -> list[Radio]:
    ask = calls.function(
        _WLAN, "WlanQueryInterface", DWORD, HANDLE, POINTER, DWORD, POINTER, POINTER, POINTER, POINTER
    )  # fmt: skip
    size, found = DWORD(), POINTER()
    code = ask(
        handle, ctypes.addressof(card.id), _RADIO, None, ctypes.addressof(size), ctypes.addressof(found), None
    )  # fmt: skip
    if code:
        return []
    state = ctypes.cast(found, ctypes.POINTER(Radios))[0]
    radios = [Radio.from_buffer_copy(state.radios[place]) for place in range(min(state.count, 64))]
    calls.function(_WLAN, "WlanFreeMemory", None, POINTER)(found)
    return radios


def _all_radios() -> list[Radio]:
    with _wlan() as (handle, cards):
        return [one for card in cards for one in _radios(handle, card)]


def _switch(state: int) -> Deed:
    set_ = calls.function(_WLAN, "WlanSetInterface", DWORD, HANDLE, POINTER, DWORD, DWORD, POINTER, POINTER)
    steps: list[Deed] = []
    with _wlan() as (handle, cards):
        for card in cards:
            for radio in _radios(handle, card):
                radio.software = state
                where = ctypes.addressof(card.id), _RADIO, ctypes.sizeof(radio), ctypes.addressof(radio)
                steps.append(calls.deed("WlanSetInterface", set_(handle, *where, None)))
    return in_turn(steps) if steps else cannot("no Wi-Fi card")


WAYS = {
    "wifi.on": Way(switch_radio_on, foresee_radio),
    "wifi.restart": Way(restart_radio, foresee_restart),
    "vpn.connect": Way(connect_tunnel, foresee_tunnel, deadline=60.0),
    "drive.reconnect": Way(connect_drives, foresee_drives, deadline=60.0),
}
