"""The devices that are present, as the device manager lists them (SetupAPI, configuration manager)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from desktop.diagnostics.windows.libraries import (
    BOOL,
    BYTE,
    DWORD,
    HANDLE,
    INVALID_HANDLE,
    NO_MORE_ITEMS,
    POINTER,
    WORD,
    Libraries,
    buffer_of,
    wide,
)

PRESENT, ALL_CLASSES, INTERFACES = 2, 4, 16
_DESCRIPTION, _HARDWARE_IDS, _SERVICE, _CLASS, _FRIENDLY_NAME = 0, 1, 4, 7, 12
"""SPDRP_… numbers of the properties that are asked for; serial numbers are in none of them."""
HAS_PROBLEM = 0x400
"""DN_HAS_PROBLEM of CM_Get_DevNode_Status."""
MOST = 4096
NAMED_BY_PEOPLE = frozenset({"AudioEndpoint", "Bluetooth", "WPD"})
"""Classes whose devices are called as somebody calls them ("AirPods von Anna", a telephone, a stick)."""


class Guid(ctypes.Structure):
    """GUID."""

    _fields_ = (("data1", DWORD), ("data2", WORD), ("data3", WORD), ("data4", BYTE * 8))


def guid(text: str) -> Guid:
    """Read "72631e54-78a4-11d0-bcf7-00aa00b7b32a"."""
    head, second, third, *rest = text.split("-")
    tail = bytes.fromhex("".join(rest))
    return Guid(int(head, 16), int(second, 16), int(third, 16), (BYTE * 8)(*tail))


BATTERIES = guid("72631e54-78a4-11d0-bcf7-00aa00b7b32a")
"""The interface of batteries (GUID_DEVICE_BATTERY)."""


class DeviceInfo(ctypes.Structure):
    """SP_DEVINFO_DATA."""

    _fields_ = (("size", DWORD), ("class_guid", Guid), ("node", DWORD), ("reserved", POINTER))


class InterfaceInfo(ctypes.Structure):
    """SP_DEVICE_INTERFACE_DATA."""

    _fields_ = (("size", DWORD), ("class_guid", Guid), ("flags", DWORD), ("reserved", POINTER))


class Device:
    """A present device: what it is called, its class and ids, and the number of its problem (0: none)."""

    __slots__ = ("class_name", "hardware_ids", "name", "problem", "service")

    def __init__(self, name: str, *, class_name: str, service: str, hardware_ids: list[str], problem: int) -> None:
        self.name = name
        self.class_name = class_name
        self.service = service
        self.hardware_ids = hardware_ids
        self.problem = problem


def present_devices(libraries: Libraries) -> list[Device]:
    """List what is plugged in or built in right now."""
    next_one = libraries.find("setupapi", "SetupDiEnumDeviceInfo", BOOL, HANDLE, DWORD, ctypes.POINTER(DeviceInfo))
    found: list[Device] = []
    with _Listing(libraries, None, PRESENT | ALL_CLASSES) as listing:
        for place in range(MOST):
            info = DeviceInfo()
            info.size = ctypes.sizeof(info)
            if not next_one(listing, place, ctypes.byref(info)):
                _check_end(libraries)
                break
            found.append(_device(libraries, listing, info))
    return found


def _check_end(libraries: Libraries) -> None:
    if libraries.last_error() not in (0, NO_MORE_ITEMS):
        raise libraries.failed("devices")


def _device(libraries: Libraries, listing: int, info: DeviceInfo) -> Device:
    def texts(wanted: int) -> list[str]:
        return _property(libraries, listing, info, wanted)

    def first(wanted: int) -> str:
        return next(iter(texts(wanted)), "")

    class_name, hardware_ids = first(_CLASS), texts(_HARDWARE_IDS)
    is_personal = class_name in NAMED_BY_PEOPLE or any(one.upper().startswith("BTH") for one in hardware_ids)
    return Device(
        first(_DESCRIPTION) if is_personal else first(_FRIENDLY_NAME) or first(_DESCRIPTION),
        class_name=class_name,
        service=first(_SERVICE),
        hardware_ids=hardware_ids,
        problem=_problem(libraries, info.node),
    )


def _property(libraries: Libraries, listing: int, info: DeviceInfo, wanted: int) -> list[str]:
    """Return the texts of a property: REG_SZ has one, REG_MULTI_SZ many."""
    ask = libraries.find(
        "setupapi", "SetupDiGetDeviceRegistryPropertyW", BOOL, HANDLE, ctypes.POINTER(DeviceInfo), DWORD,
        ctypes.POINTER(DWORD), POINTER, DWORD, ctypes.POINTER(DWORD),
    )  # fmt: skip
    content, kind, size = buffer_of(4096), DWORD(), DWORD()
    room = ctypes.sizeof(content)
    if not ask(listing, ctypes.byref(info), wanted, ctypes.byref(kind), content, room, ctypes.byref(size)):
        return []
    text = content.raw[: min(size.value, room)].decode("utf-16-le", "replace")
    return [one.strip() for one in text.split("\0") if one.strip()]


def _problem(libraries: Libraries, node: int) -> int:
    number = ctypes.POINTER(DWORD)
    ask = libraries.find("cfgmgr32", "CM_Get_DevNode_Status", DWORD, number, number, DWORD, DWORD)
    status, problem = DWORD(), DWORD()
    if ask(ctypes.byref(status), ctypes.byref(problem), node, 0):
        return 0  # it was pulled out in this very moment
    return problem.value if status.value & HAS_PROBLEM else 0


def interface_paths(libraries: Libraries, kind: Guid) -> Iterator[str]:
    """Return the paths under which the drivers of one kind of device can be opened."""
    info = ctypes.POINTER(InterfaceInfo)
    guids = ctypes.POINTER(Guid)
    next_one = libraries.find("setupapi", "SetupDiEnumDeviceInterfaces", BOOL, HANDLE, POINTER, guids, DWORD, info)
    with _Listing(libraries, kind, PRESENT | INTERFACES) as listing:
        for place in range(MOST):
            one = InterfaceInfo()
            one.size = ctypes.sizeof(one)
            if not next_one(listing, None, ctypes.byref(kind), place, ctypes.byref(one)):
                return
            path = _interface_path(libraries, listing, one)
            if path:
                yield path


def _interface_path(libraries: Libraries, listing: int, one: InterfaceInfo) -> str:
    ask = libraries.find(
        "setupapi", "SetupDiGetDeviceInterfaceDetailW", BOOL, HANDLE, ctypes.POINTER(InterfaceInfo), POINTER, DWORD,
        ctypes.POINTER(DWORD), POINTER,
    )  # fmt: skip
    content = buffer_of(2048)
    # The size of SP_DEVICE_INTERFACE_DETAIL_DATA_W's fixed part in 64-bit programs; the path follows at byte 4.
    ctypes.cast(content, ctypes.POINTER(DWORD))[0] = 8
    if not ask(listing, ctypes.byref(one), content, ctypes.sizeof(content), None, None):
        return ""
    return wide(ctypes.addressof(content) + 4)


class _Listing:
    """An open list of devices of one kind, or of all."""

    def __init__(self, libraries: Libraries, kind: Guid | None, flags: int) -> None:
        self._libraries = libraries
        self._kind = kind
        self._flags = flags
        self._handle: int | None = None

    def __enter__(self) -> int:
        find = self._libraries.find
        open_list = find("setupapi", "SetupDiGetClassDevsW", HANDLE, ctypes.POINTER(Guid), POINTER, HANDLE, DWORD)
        kind = ctypes.byref(self._kind) if self._kind else None
        found = open_list(kind, None, None, self._flags)
        if found in (None, INVALID_HANDLE):
            raise self._libraries.failed("devices")
        self._handle = found
        return found

    def __exit__(self, *_: object) -> None:
        self._libraries.find("setupapi", "SetupDiDestroyDeviceInfoList", BOOL, HANDLE)(self._handle)
