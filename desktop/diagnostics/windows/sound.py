"""Sound devices and cameras of a Windows PC, and whether programs may use microphone and camera."""

from __future__ import annotations

import ctypes

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered
from desktop.diagnostics.windows.com import apartment, created, freed_text, held, obtained
from desktop.diagnostics.windows.devices import Guid, guid, present_devices
from desktop.diagnostics.windows.drivers import SOUND, installed_drivers
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.libraries import BOOL, DWORD, POINTER, Libraries
from desktop.diagnostics.windows.pc import Pc, this_pc

ENDPOINTS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\MMDevices\Audio"
CONSENT = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore"
DIRECTIONS = {"Render": "output", "Capture": "input"}
ACTIVE = 1
NAME, MAKER = "{a45c254e-df1c-4efd-8020-67d146a850e0},2", "{b3f8fa53-0004-438e-9003-51a46e139bfc},6"
"""PKEY_Device_DeviceDesc and PKEY_DeviceInterface_FriendlyName: "Kopfhörer" and "Realtek(R) Audio"."""
ENUMERATOR_NAME = "{a45c254e-df1c-4efd-8020-67d146a850e0},24"
"""PKEY_Device_EnumeratorName: the way by which the device is connected, "HDAUDIO", "USB", "BTHENUM"."""
ENUMERATOR, ENUMERATOR_INTERFACE = (
    guid("bcde0395-e52f-467c-8e3d-c4579291692e"),
    guid("a95664d2-9614-4f35-a746-de8db63617e6"),
)
VOLUME = guid("5cdf2c82-841e-4546-9722-0cf74078229a")
_DEFAULT_ENDPOINT, _ACTIVATE, _ID, _LEVEL, _MUTE = 4, 3, 5, 9, 15
"""Places in the tables of IMMDeviceEnumerator, IMMDevice and IAudioEndpointVolume."""
OUTPUT, INPUT, CONSOLE, ALL_CONTEXTS = 0, 1, 0, 23


class Endpoint:
    """A sound device that is there: "input" or "output", its name, and the device it belongs to."""

    __slots__ = ("direction", "id", "label", "maker")

    def __init__(self, endpoint_id: str, *, direction: str, label: str, maker: str) -> None:
        self.id = endpoint_id
        self.direction = direction
        self.label = label
        self.maker = maker


def read_audio_camera(machine: Machine) -> dict[str, object]:
    """Read the standard devices, volume and mute, cameras, and the switches of the privacy settings."""
    pc = this_pc(machine)
    endpoints = _endpoints(pc.registry)
    versions = {one.name: one.version for one in installed_drivers(pc.registry, SOUND)}
    return _chosen(pc, endpoints) | {
        "is_microphone_allowed": _allowed(pc.registry, "microphone"),
        "is_camera_allowed": _allowed(pc.registry, "webcam"),
        "cameras": _cameras(pc.libraries),
        "devices": [
            {"name": one.label, "direction": one.direction, "driver_version": versions.get(one.maker) or None}
            for one in endpoints.values()
        ],
    }


def _endpoints(registry: Registry) -> dict[str, Endpoint]:
    found: dict[str, Endpoint] = {}
    for kind, direction in DIRECTIONS.items():
        for name in registry.names(rf"{ENDPOINTS}\{kind}"):
            path = rf"{ENDPOINTS}\{kind}\{name}"
            if registry.number(path, "DeviceState") != ACTIVE:
                continue
            label, maker = (registry.text(rf"{path}\Properties", one) or "" for one in (NAME, MAKER))
            shown = f"{label} ({maker})" if label and maker else label or maker
            if (registry.text(rf"{path}\Properties", ENUMERATOR_NAME) or "").upper().startswith("BTH"):
                shown = "Bluetooth"  # whoever pairs headphones gives them their own name, often that of a person
            found[name.lower()] = Endpoint(name.lower(), direction=direction, label=shown, maker=maker)
    return found


def _chosen(pc: Pc, endpoints: dict[str, Endpoint]) -> dict[str, object]:
    """Return the standard devices; none of the facts where Windows' sound service does not answer."""
    facts: dict[str, object] = {
        "output": None,
        "input": None,
        "is_muted": None,
        "volume_percent": None,
        "is_microphone_muted": None,
    }
    try:
        with apartment(pc.libraries), held(pc.libraries, _enumerator(pc.libraries)) as enumerator:
            for name, direction in (("output", OUTPUT), ("input", INPUT)):
                facts |= _standard(pc.libraries, enumerator, direction, name, endpoints)
    except Unanswered:
        return facts
    return facts


def _enumerator(libraries: Libraries) -> int:
    return created(libraries, ENUMERATOR, ENUMERATOR_INTERFACE)


def _standard(
    libraries: Libraries, enumerator: int, direction: int, name: str, endpoints: dict[str, Endpoint]
) -> dict[str, object]:
    ask = libraries.method(enumerator, _DEFAULT_ENDPOINT, DWORD, DWORD, ctypes.POINTER(POINTER))
    found = POINTER()
    code = ask(direction, CONSOLE, ctypes.byref(found))
    try:
        device = obtained(code, found)
    except Unanswered:
        return {}  # there is none
    with held(libraries, device):
        endpoint = endpoints.get(_endpoint_id(libraries, device))
        facts: dict[str, object] = {name: endpoint.label or None if endpoint else None}
        volume = _volume(libraries, device)
    return facts | volume if direction == OUTPUT else facts | {"is_microphone_muted": volume.get("is_muted")}


def _endpoint_id(libraries: Libraries, device: int) -> str:
    """Return the part of "{0.0.0.00000000}.{guid}" that is the key in the registry."""
    text = POINTER()
    if libraries.method(device, _ID, ctypes.POINTER(POINTER))(ctypes.byref(text)) & 0x80000000:
        return ""
    return freed_text(libraries, text.value).rpartition(".")[2].lower()


def _volume(libraries: Libraries, device: int) -> dict[str, object]:
    activate = libraries.method(device, _ACTIVATE, ctypes.POINTER(Guid), DWORD, POINTER, ctypes.POINTER(POINTER))
    found = POINTER()
    code = activate(ctypes.byref(VOLUME), ALL_CONTEXTS, None, ctypes.byref(found))
    try:
        volume = obtained(code, found)
    except Unanswered:
        return {}
    level, is_muted = ctypes.c_float(-1), BOOL(-1)
    with held(libraries, volume):
        libraries.method(volume, _LEVEL, ctypes.POINTER(ctypes.c_float))(ctypes.byref(level))
        libraries.method(volume, _MUTE, ctypes.POINTER(BOOL))(ctypes.byref(is_muted))
    return {
        "volume_percent": round(100 * level.value, 0) if 0 <= level.value <= 1 else None,
        "is_muted": bool(is_muted.value) if is_muted.value in (0, 1) else None,
    }


def _allowed(registry: Registry, device: str) -> bool | None:
    """Tell whether desktop programs may use it: for this PC, for this user, and for programs of this kind."""
    places = (rf"HKLM\{CONSENT}\{device}", rf"HKCU\{CONSENT}\{device}", rf"HKCU\{CONSENT}\{device}\NonPackaged")
    try:
        found = [registry.text(place, "Value") for place in places]
    except (PermissionError, Unanswered):
        return None
    known = [one.lower() for one in found if one]
    if "deny" in known:
        return False
    return True if "allow" in known else None


def _cameras(libraries: Libraries) -> int | None:
    try:
        found = present_devices(libraries)
    except Unanswered:
        return None
    return sum(one.class_name == "Camera" or (one.class_name == "Image" and one.service == "usbvideo") for one in found)
