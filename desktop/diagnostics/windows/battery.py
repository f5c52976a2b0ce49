"""What a notebook's battery was made for and still holds, asked of its driver (batclass.h)."""

from __future__ import annotations

import ctypes
from typing import Any

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.windows.devices import BATTERIES, interface_paths
from desktop.diagnostics.windows.libraries import (
    BOOL,
    BYTE,
    DWORD,
    HANDLE,
    INVALID_HANDLE,
    LONG,
    POINTER,
    Libraries,
    encoded,
)
from desktop.diagnostics.windows.pc import this_pc

QUERY_TAG, QUERY_INFORMATION = 0x294040, 0x294044
READ_AND_WRITE, SHARED, EXISTING = 0xC0000000, 3, 3
NOT_KNOWN = 0xFFFFFFFF
RELATIVE = 0x40000000
"""BATTERY_CAPACITY_RELATIVE: the capacities are in a unit of the maker's own."""
SYSTEM_BATTERY = 0x80000000
"""BATTERY_SYSTEM_BATTERY: it drives the machine; a mouse or an uninterruptible supply does not have it."""


class BatteryQuery(ctypes.Structure):
    """BATTERY_QUERY_INFORMATION; level 0 asks for BATTERY_INFORMATION."""

    _fields_ = (("tag", DWORD), ("level", DWORD), ("rate", LONG))


class BatteryInformation(ctypes.Structure):
    """BATTERY_INFORMATION; capacities in mWh, or in a unit of the maker's own, which does not matter for a share."""

    _fields_ = (
        ("capabilities", DWORD), ("technology", BYTE), ("reserved", BYTE * 3), ("chemistry", BYTE * 4),
        ("designed", DWORD), ("full", DWORD), ("alert_1", DWORD), ("alert_2", DWORD), ("bias", DWORD),
        ("cycles", DWORD),
    )  # fmt: skip


def wear(machine: Machine) -> dict[str, object]:
    """Return health and charging cycles of the first battery that tells them; None where none does."""
    libraries = this_pc(machine).libraries
    unknown: dict[str, object] = {"health_percent": None, "cycles": None}
    try:
        found = (_information(libraries, path) for path in interface_paths(libraries, BATTERIES))
        return next((_shares(one) for one in found if one is not None and _is_telling(one)), unknown)
    except Unanswered:
        return unknown


def _is_telling(one: BatteryInformation) -> bool:
    is_known = 0 < one.designed < NOT_KNOWN and 0 < one.full < NOT_KNOWN
    return is_known and bool(one.capabilities & SYSTEM_BATTERY)


def _shares(one: BatteryInformation) -> dict[str, object]:
    health = round(min(100.0, 100 * one.full / one.designed), 1)
    is_in_mwh = not one.capabilities & RELATIVE
    return {
        "health_percent": health,
        "cycles": one.cycles if 0 < one.cycles < NOT_KNOWN else None,
        "design_capacity_wh": round(one.designed / 1000, 1) if is_in_mwh else None,
        "full_capacity_wh": round(one.full / 1000, 1) if is_in_mwh else None,
    }


def _information(libraries: Libraries, path: str) -> BatteryInformation | None:
    open_file = libraries.find("kernel32", "CreateFileW", HANDLE, POINTER, DWORD, DWORD, POINTER, DWORD, DWORD, HANDLE)
    close = libraries.find("kernel32", "CloseHandle", BOOL, HANDLE)
    battery = open_file(encoded(path), READ_AND_WRITE, SHARED, None, EXISTING, 0, None)
    if battery in (None, INVALID_HANDLE):
        return None
    try:
        query, waited, answer = BatteryQuery(), DWORD(0), BatteryInformation()
        tag = DWORD()
        if not _ask(libraries, battery, QUERY_TAG, waited, tag) or not tag.value:
            return None  # the bay is empty
        query.tag = tag.value
        return answer if _ask(libraries, battery, QUERY_INFORMATION, query, answer) else None
    finally:
        close(battery)


def _ask(libraries: Libraries, device: int, code: int, question: Any, answer: Any) -> bool:
    control = libraries.find(
        "kernel32", "DeviceIoControl", BOOL, HANDLE, DWORD, POINTER, DWORD, POINTER, DWORD, ctypes.POINTER(DWORD),
        POINTER,
    )  # fmt: skip
    size = DWORD()
    sizes = ctypes.sizeof(question), ctypes.sizeof(answer)
    return bool(
        control(
            device, code, ctypes.byref(question), sizes[0], ctypes.byref(answer), sizes[1], ctypes.byref(size), None
        )
    )
