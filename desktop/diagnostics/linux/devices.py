"""What hangs on USB, and devices on PCI and USB that no driver looks after."""

from __future__ import annotations

from desktop.diagnostics.linux.pci import DEVICES, PciNames
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported

USB = "/sys/bus/usb/devices"
HUB, BY_INTERFACE, OWN = "09", "00", "ff"
USB_CLASSES = {
    "01": "audio", "02": "communication", "03": "input", "05": "physical", "06": "image", "07": "printer",
    "08": "storage", "09": "hub", "0a": "communication", "0b": "smart_card", "0d": "security", "0e": "video",
    "0f": "health", "10": "audio_video", "e0": "wireless", "ef": "miscellaneous", "fe": "application", "ff": "own",
}  # fmt: skip
"""Class codes of usb.org that people have a word for."""
NEEDS_DRIVER = {"01": "storage", "02": "network", "03": "graphics", "04": "multimedia", "0c03": "usb", "0d": "wireless"}
"""PCI classes (PCI Code and ID Assignment Specification) that are of no use without a driver; bridges are."""
USB_NEEDS_DRIVER = frozenset({"01", "02", "03", "08", "0a", "0e", "e0"})
"""Of USB only these: printers, scanners, smart cards and phones are driven by programs, not by the kernel."""


def read_usb(machine: Machine) -> dict[str, object]:
    """List what is plugged in; serial numbers stay where they are."""
    if not machine.exists(USB):
        raise unsupported("no_usb")
    return {"devices": [_usb_row(machine, one) for one in _usb_devices(machine)]}


def read_devices_bad(machine: Machine) -> dict[str, object]:
    """List devices that no driver has taken."""
    if not machine.exists(DEVICES) and not machine.exists(USB):
        raise unsupported("no_buses")
    rows = [*_bad_on_pci(machine), *_bad_on_usb(machine)]
    return {"devices": rows, "count": len(rows)}


def _usb_devices(machine: Machine) -> list[str]:
    """Return the devices: names with a colon are their interfaces, "usb1" and such the computer's own root hubs."""
    return [one for one in machine.entries(USB) if ":" not in one and not one.startswith("usb")]


def _usb_row(machine: Machine, device: str) -> dict[str, object]:
    folder = f"{USB}/{device}"
    code = machine.word(f"{folder}/bDeviceClass") or BY_INTERFACE
    if code in (BY_INTERFACE, "ef"):
        first = next((one for one in machine.entries(folder) if one.startswith(f"{device}:")), "")
        code = machine.word(f"{folder}/{first}/bInterfaceClass") or code
    maker, product = machine.word(f"{folder}/manufacturer"), machine.word(f"{folder}/product")
    return {
        "vendor_id": machine.word(f"{folder}/idVendor"),
        "product_id": machine.word(f"{folder}/idProduct"),
        "name": " ".join(one for one in (maker, product) if one) or None,
        "class_name": USB_CLASSES.get(code),
        "is_hub": code == HUB,
    }


def _bad_on_pci(machine: Machine) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    names: PciNames | None = None
    for one in machine.entries(DEVICES):
        folder = f"{DEVICES}/{one}"
        code = (machine.word(f"{folder}/class") or "").removeprefix("0x")
        kind = NEEDS_DRIVER.get(code[:2]) or NEEDS_DRIVER.get(code[:4])
        if kind is None or machine.link(f"{folder}/driver") is not None:
            continue
        names = names or PciNames(machine)
        name = names.name(machine.word(f"{folder}/vendor") or "", machine.word(f"{folder}/device") or "")
        rows.append({"name": name, "class_name": kind, "code": None, "problem": "no_driver"})
    return rows


def _bad_on_usb(machine: Machine) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for device in _usb_devices(machine):
        codes = [
            machine.word(f"{USB}/{device}/{one}/bInterfaceClass") or ""
            for one in machine.entries(f"{USB}/{device}")
            if one.startswith(f"{device}:") and machine.link(f"{USB}/{device}/{one}/driver") is None
        ]
        lost = next((one for one in codes if one in USB_NEEDS_DRIVER), None)
        if lost:
            row = _usb_row(machine, device)
            name = row["name"] or f"{row['vendor_id']}:{row['product_id']}"
            rows.append({"name": name, "class_name": USB_CLASSES[lost], "code": None, "problem": "no_driver"})
    return rows
