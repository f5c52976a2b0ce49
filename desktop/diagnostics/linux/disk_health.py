"""What the drives of a Linux machine say about their own health: the kernel's words, and UDisks2's where it runs.

UDisks2 reads SMART for everybody; `smartctl` needs the administrator's rights and is asked only with them.
"""

from __future__ import annotations

import json
import os
import re
import time
from typing import Any, cast

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported

BLOCK = "/sys/block"
SECTOR = 512
"""Bytes in which /sys/block counts, whatever the drive's own sectors are."""
NO_DRIVES = re.compile(r"(loop|ram|zram|dm-|md|sr|fd|nbd|mmcblk\d+boot)")
VIRTUAL = ("vd", "xvd")
PATIENCE = 2.0
ALL_DRIVES = 6.5
"""Seconds from the start after which no further drive is asked, so that what is known is not lost."""
HEALTHY, WARNING, BAD = "healthy", "warning", "bad"
UDISKS = "org.freedesktop.UDisks2"
REALLOCATED, REPORTED_UNCORRECTABLE, TIMED_OUT, PENDING, UNCORRECTABLE = 5, 187, 188, 197, 198
"""SMART attributes whose raw value above 0 is a reason to look closer, by Backblaze's experience."""
ZERO_CELSIUS = 273.15
Facts = dict[str, object]


def read_disk_health(machine: Machine) -> dict[str, object]:
    """Read the drives and what each says of itself; serial numbers stay where they are."""
    names = [one for one in machine.entries(BLOCK) if not NO_DRIVES.match(one)]
    rows = [_drive(machine, one) for one in names]
    rows = [row for row in rows if row["size_bytes"]]
    if not rows:
        raise unsupported("no_drives")
    smart = _from_udisks(machine) or {}
    for row in rows:
        name = str(row["name"])
        told = smart.get(name) or (_from_smartctl(machine, name) if os.geteuid() == 0 else {})
        row.update({key: value for key, value in told.items() if value is not None})
    return {"disks": rows}


def _drive(machine: Machine, name: str) -> Facts:
    folder = f"{BLOCK}/{name}"
    size = machine.word(f"{folder}/size") or "0"
    is_offline = machine.word(f"{folder}/device/state") in ("offline", "dead")
    return {
        "name": name,
        "model": machine.word(f"{folder}/device/model") or machine.word(f"{folder}/device/name"),
        "kind": _kind(machine, name),
        "bus": _bus(machine, name),
        "size_bytes": int(size) * SECTOR if size.isdigit() else None,
        "health": BAD if is_offline else None,
        **_flash_wear(machine, folder),
    }


def _kind(machine: Machine, name: str) -> str | None:
    if name.startswith("nvme"):
        return "ssd"
    if name.startswith("mmcblk"):
        return "flash"
    if name.startswith(VIRTUAL):
        return None  # whoever made the virtual machine knows what lies under it
    return {"1": "hdd", "0": "ssd"}.get(machine.word(f"{BLOCK}/{name}/queue/rotational") or "")


def _bus(machine: Machine, name: str) -> str | None:
    if name.startswith(("nvme", "mmcblk", *VIRTUAL)):
        return {"n": "nvme", "m": "mmc"}.get(name[0], "virtual")
    try:
        place = os.readlink(machine.path(f"{BLOCK}/{name}"))  # noqa: PTH115 - the text of the link is the answer
    except OSError:
        return None
    return next(
        (bus for part, bus in (("/usb", "usb"), ("/ata", "ata"), ("/virtio", "virtual")) if part in place), None
    )


def _flash_wear(machine: Machine, folder: str) -> Facts:
    """Read eMMC's own estimate (JESD84-B51 section 7.4.42 and 7.4.43): tenths of its life, and a warning."""
    used = [int(one, 16) for one in (machine.word(f"{folder}/device/life_time") or "").split()]
    end = machine.word(f"{folder}/device/pre_eol_info")
    health = {"0x01": HEALTHY, "0x02": WARNING, "0x03": BAD}.get(end or "")
    worn: Facts = {"worn_percent": min(100.0, max(used) * 10.0)} if any(used) else {}
    return worn | ({"health": health} if health else {})


def _from_udisks(machine: Machine) -> dict[str, Facts]:
    """Ask UDisks2 for everything in one call, and each drive for its attributes; it is not started for that."""
    busctl = machine.tool("busctl")
    if busctl is None:
        return {}

    def ask(path: str, interface: str, *call: str) -> list[Any]:
        arguments = ("--json=short", "--auto-start=no", "--timeout=2", "call", UDISKS, path, interface, *call)
        return parse_reply(_run(machine, busctl, *arguments) or "")

    found = ask("/org/freedesktop/UDisks2", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")
    objects: dict[str, Any] = found[0] if found else {}
    health: dict[str, Facts] = {}
    for name, path in drives_of_blocks(objects).items():
        drive = objects.get(path, {})
        for kind in ("Drive.Ata", "NVMe.Controller"):
            if f"{UDISKS}.{kind}" in drive:
                attributes = ask(path, f"{UDISKS}.{kind}", "SmartGetAttributes", "a{sv}", "0")
                health[name] = (_ata if kind == "Drive.Ata" else _nvme)(drive[f"{UDISKS}.{kind}"], attributes)
    return health


def parse_reply(output: str) -> list[Any]:
    """Read `busctl --json=short call`: the values of the answer, nothing where it is none."""
    try:
        data: object = json.loads(output)["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return cast("list[Any]", data) if isinstance(data, list) else []


def drives_of_blocks(objects: dict[str, Any]) -> dict[str, str]:
    """Return each whole drive's kernel name and its drive's path; partitions belong to the same drive."""
    found: dict[str, str] = {}
    for one in objects.values():
        block = one.get(f"{UDISKS}.Block")
        if block and f"{UDISKS}.Partition" not in one:
            device = bytes(block["Device"]["data"]).rstrip(b"\0").decode("utf-8", "replace")
            found[device.rpartition("/")[2]] = block["Drive"]["data"]
    return found


def _ata(properties: dict[str, Any], attributes: list[Any]) -> Facts:
    if not _value(properties, "SmartEnabled") or not _value(properties, "SmartUpdated"):
        return {}
    raw = {int(row[0]): int(row[6]) for row in (attributes[0] if attributes else ())}
    kelvin = _value(properties, "SmartTemperature")
    failing = int(_value(properties, "SmartNumAttributesFailing") or 0)
    health = BAD if _value(properties, "SmartFailing") else WARNING if failing > 0 else HEALTHY
    lost = [raw[one] for one in (REPORTED_UNCORRECTABLE, UNCORRECTABLE) if one in raw]
    return {
        "health": health, "reallocated": raw.get(REALLOCATED), "pending": raw.get(PENDING),
        "uncorrectable": max(lost, default=None), "temperature_celsius": _celsius(kelvin),
    }  # fmt: skip


def _nvme(properties: dict[str, Any], attributes: list[Any]) -> Facts:
    if not _value(properties, "SmartUpdated"):
        return {}
    told: dict[str, Any] = attributes[0] if attributes else {}
    warnings: list[str] = _value(properties, "SmartCriticalWarning") or []
    return {
        "health": _nvme_health(warnings),
        "worn_percent": _value(told, "percent_used"),
        "uncorrectable": _value(told, "media_errors"),
        "temperature_celsius": _celsius(_value(properties, "SmartTemperature")),
    }


def _nvme_health(warnings: list[str]) -> str:
    """Judge NVMe's critical warnings (base specification, SMART log): heat is a warning, the others are failures."""
    if not warnings:
        return HEALTHY
    return WARNING if set(warnings) <= {"temperature", "volatile_mem"} else BAD


def _value(properties: dict[str, Any], name: str) -> Any:
    return properties.get(name, {}).get("data")


def _celsius(kelvin: float | None) -> float | None:
    return round(kelvin - ZERO_CELSIUS, 1) if kelvin else None


def _from_smartctl(machine: Machine, name: str) -> Facts:
    tool = machine.tool("smartctl")
    if tool is None:
        return {}
    # Bits of the exit code tell of the drive's state, not of a mistake; 1 and 2 mean that it was not read.
    codes = tuple(code for code in range(256) if not code & 3)
    return parse_smartctl(_run(machine, tool, "-j", "-H", "-A", f"/dev/{name}", accepted=codes) or "")


def _run(machine: Machine, tool: str, *arguments: str, accepted: tuple[int, ...] = (0,)) -> str | None:
    """Run a tool while there is time left for all drives together."""
    left = machine.started + ALL_DRIVES - time.monotonic()
    return machine.run(tool, *arguments, deadline=min(PATIENCE, left), accepted=accepted) if left > 0 else None


def parse_smartctl(output: str) -> Facts:
    """Read `smartctl -j -H -A`."""
    try:
        document = json.loads(output)
        passed = document["smart_status"]["passed"]
    except (ValueError, KeyError, TypeError):
        return {}
    rows = document.get("ata_smart_attributes", {}).get("table", [])
    raw = {row["id"]: row["raw"]["value"] for row in rows}
    nvme = document.get("nvme_smart_health_information_log", {})
    lost = [raw[one] for one in (REPORTED_UNCORRECTABLE, UNCORRECTABLE) if one in raw]
    return {
        "health": HEALTHY if passed else BAD,
        "reallocated": raw.get(REALLOCATED),
        "pending": raw.get(PENDING),
        "uncorrectable": nvme.get("media_errors", max(lost, default=None)),
        "worn_percent": nvme.get("percentage_used"),
        "temperature_celsius": document.get("temperature", {}).get("current"),
    }
