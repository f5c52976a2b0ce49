"""What hangs on USB of a Windows PC, and devices that its device manager marks."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.windows.devices import Device, present_devices
from desktop.diagnostics.windows.pc import this_pc

_USB = re.compile(r"USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})", re.IGNORECASE)
_PART = re.compile(r"&MI_[0-9A-F]{2}", re.IGNORECASE)
HARMLESS = frozenset({0, 45, 47})
"""Not connected any more (45) and waiting to be pulled out (47) are no faults."""
PROBLEMS = {
    1: "not_configured", 3: "driver_broken", 9: "reports_nonsense", 10: "cannot_start", 12: "no_free_resources",
    14: "needs_restart", 18: "reinstall_driver", 19: "registry_broken", 21: "being_removed", 22: "disabled",
    24: "not_present", 28: "no_driver", 29: "disabled_by_firmware", 31: "not_working", 32: "driver_disabled",
    37: "driver_failed", 38: "driver_still_loaded", 39: "driver_damaged", 40: "driver_key_broken", 41: "not_found",
    42: "double", 43: "stopped_with_error", 44: "stopped_by_program", 46: "system_going_down", 48: "driver_blocked",
    49: "registry_too_large", 52: "driver_not_signed", 54: "being_reset", 56: "not_set_up",
}  # fmt: skip
"""The device manager's codes (Microsoft's list of error codes in Device Manager)."""


def read_usb(machine: Machine) -> dict[str, object]:
    """List what is plugged in, each device once although it may have several functions."""
    rows: dict[tuple[str, str, str], dict[str, object]] = {}
    for one in present_devices(this_pc(machine).libraries):
        found = next(filter(None, map(_USB.match, one.hardware_ids)), None)
        if found and not any(_PART.search(text) for text in one.hardware_ids):
            vendor, product = found.group(1).lower(), found.group(2).lower()
            rows.setdefault((vendor, product, one.name), _usb_row(one, vendor, product))
    return {"devices": [rows[key] for key in sorted(rows)]}


def _usb_row(one: Device, vendor: str, product: str) -> dict[str, object]:
    return {
        "vendor_id": vendor,
        "product_id": product,
        "name": one.name or None,
        "class_name": one.class_name or None,
        "is_hub": one.service.lower() in ("usbhub", "usbhub3", "iusb3hub"),
    }


def read_devices_bad(machine: Machine) -> dict[str, object]:
    """List the devices with a mark; one that somebody switched off on purpose is told apart by its problem."""
    rows: list[dict[str, object]] = [
        {
            "name": one.name or None,
            "class_name": one.class_name or None,
            "code": one.problem,
            "problem": PROBLEMS.get(one.problem, "other"),
        }
        for one in present_devices(this_pc(machine).libraries)
        if one.problem not in HARMLESS
    ]
    return {"devices": rows, "count": len(rows)}
