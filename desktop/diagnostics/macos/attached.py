"""Screens, sound, cameras and what hangs on USB (macOS)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import gathered, profile, rows, said, whole, words
from desktop.diagnostics.probe import Unanswered, partial, unsupported

_SIZE = re.compile(r"(\d{3,5}) ?x ?(\d{3,5})")
_RATE = re.compile(r"@ ?(\d+(?:[.,]\d+)?) ?Hz")
_VOLUME = re.compile(r"output volume:(\d+)")
_MUTED = re.compile(r"output muted:(true|false)")
_IDENTIFIER = re.compile(r"0x([0-9a-fA-F]{1,4})\b")
_ANONYMOUS = frozenset({"builtin", "usb", "hdmi", "displayport", "thunderbolt", "pci", "firewire"})
"""Ways by which a device has its maker's name; by the others it has one that a person gave it ("AirPods von Anna")."""
APPLE = "05ac"
MAX_DEVICES = 200


def read_displays(machine: Machine) -> dict[str, object]:
    """Read the screens and graphics adapters; serial numbers stay where they are."""
    adapters = rows(profile(machine, "SPDisplaysDataType", deadline=1.7).get("SPDisplaysDataType"))
    if not adapters:
        raise partial("system_profiler", {})
    screens = [_screen(one) for adapter in adapters for one in rows(adapter.get("spdisplays_ndrvs"))]
    return {
        "displays": screens,
        "count": len(screens),
        "adapters": [
            {
                "name": words(one.get("sppci_model")) or words(one.get("_name")),
                "driver": None, "driver_version": None, "driver_date": None,
            }
            for one in adapters
        ],
    }  # fmt: skip


def _screen(one: Mapping[str, object]) -> dict[str, object]:
    """Read one screen: what it has in pixels, what programs see of it, and what follows from both."""
    pixels = _SIZE.search(str(one.get("_spdisplays_pixels", "")))
    seen = _SIZE.search(str(one.get("_spdisplays_resolution", "")))
    rate = _RATE.search(str(one.get("_spdisplays_resolution", "")))
    width = int(pixels.group(1)) if pixels else None
    scale = round(100 * width / int(seen.group(1)), 1) if width and seen else None
    kind = words(one.get("spdisplays_connection_type"))
    return {
        "name": words(one.get("_name")),
        "width_px": width,
        "height_px": int(pixels.group(2)) if pixels else None,
        "refresh_hz": float(rate.group(1).replace(",", ".")) if rate else None,
        "scale_percent": scale,
        "is_primary": one.get("spdisplays_main") == "spdisplays_yes",
        "is_builtin": kind == "spdisplays_internal" if kind else None,
    }


def read_audio_camera(machine: Machine) -> dict[str, object]:
    """Read sound devices, whether the sound is off, and how many cameras there are.

    Whether a program may use them is kept from other programs.
    """
    return gathered(lambda: _devices(machine), lambda: _volume(machine))


def _devices(machine: Machine) -> dict[str, object]:
    found = profile(machine, "SPAudioDataType", "SPCameraDataType", deadline=3.0)
    if "SPAudioDataType" not in found:
        raise partial("system_profiler", {})
    sound = [one for group in rows(found["SPAudioDataType"]) for one in rows(group.get("_items"))]
    return {
        "output": _default(sound, "output"),
        "input": _default(sound, "input"),
        "cameras": len(rows(found.get("SPCameraDataType"))) if "SPCameraDataType" in found else None,
        "devices": [
            {"name": _device_name(one), "direction": direction, "driver_version": None}
            for one in sound
            for direction in ("output", "input")
            if whole(one.get(f"coreaudio_device_{direction}"))
        ],
    }


def _default(sound: list[dict[str, object]], direction: str) -> str | None:
    key = f"coreaudio_default_audio_{direction}_device"
    return next((_device_name(one) for one in sound if one.get(key) == "spaudio_yes"), None)


def _device_name(one: Mapping[str, object]) -> str | None:
    kind = (words(one.get("coreaudio_device_transport")) or "").removeprefix("coreaudio_device_type_")
    return words(one.get("_name")) if kind in _ANONYMOUS else kind or None


def _volume(machine: Machine) -> dict[str, object]:
    """Ask AppleScript, whose records are in English everywhere; a screen's sound has no volume of its own."""
    output = said(machine, "osascript", "-e", "get volume settings", deadline=1.5)
    volume, muted = _VOLUME.search(output), _MUTED.search(output)
    if "output volume:" not in output:
        raise partial("osascript", {})
    return {
        "volume_percent": float(volume.group(1)) if volume else None,
        "is_muted": muted.group(1) == "true" if muted else None,
    }


def read_usb(machine: Machine) -> dict[str, object]:
    """List what is plugged in; since macOS 26 another kind of profile has it. Serial numbers stay where they are."""
    found = _usb(machine, "SPUSBDataType")
    if not found:
        try:
            found = _usb(machine, "SPUSBHostDataType")
        except Unanswered:
            found = []  # releases before do not know it
    return {"devices": found[:MAX_DEVICES]}


def _usb(machine: Machine, kind: str) -> list[dict[str, object]]:
    document = profile(machine, kind, deadline=2.2)
    if kind not in document:
        raise partial("system_profiler", {})
    return list(_plugged(rows(document[kind])))


def _plugged(level: list[dict[str, object]], depth: int = 0) -> Iterator[dict[str, object]]:
    """Walk from the buses, which have no maker, to what hangs on them; seven tiers are all that USB allows."""
    for one in level:
        below = rows(one.get("_items"))
        vendor = _identifier(one.get("vendor_id") or one.get("USBDeviceKeyVendorID"))
        product = _identifier(one.get("product_id") or one.get("USBDeviceKeyProductID"))
        if product:
            name = words(one.get("_name"))
            is_hub = "hub" in (name or "").lower() or None if not below else True
            yield {"vendor_id": vendor, "product_id": product, "name": name, "class_name": None, "is_hub": is_hub}
        if depth < 7:
            yield from _plugged(below, depth + 1)


def _identifier(value: object) -> str | None:
    """Read "0x2109  (VIA Labs, Inc.)"; Apple writes its own name instead of a number."""
    if value == "apple_vendor_id":
        return APPLE
    found = _IDENTIFIER.match(value) if isinstance(value, str) else None
    return found.group(1).lower().rjust(4, "0") if found else None


def read_devices_bad(_machine: Machine) -> dict[str, object]:
    """Say that macOS keeps no list of devices that do not work."""
    raise unsupported("platform")
