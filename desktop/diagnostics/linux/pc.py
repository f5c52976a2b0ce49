"""The Linux machine itself: maker and model, processor, memory, battery, and who else is signed in."""

from __future__ import annotations

import os
import re

from desktop.diagnostics.machine import Machine

DMI = "/sys/class/dmi/id"
SUPPLY = "/sys/class/power_supply"
PATIENCE = 0.5
FIRST_PERSON = 1000
"""Accounts below this number belong to the system (login.defs UID_MIN)."""
_PLACEHOLDERS = frozenset({"", "to be filled by o.e.m.", "default string", "system product name", "not specified"})
_DMI_FILES = {
    "manufacturer": "sys_vendor", "model": "product_name", "bios_version": "bios_version", "bios_date": "bios_date",
    "serial": "product_serial",
}  # fmt: skip
CONDITIONS = {"good": "normal", "unknown": None, "cold": "normal", "warm": "normal", "cool": "normal"}
"""What the kernel calls a battery's health (Documentation/ABI sysfs-class-power); all others need somebody to look."""
MICRO = 1_000_000


def read_hardware(machine: Machine) -> dict[str, object]:
    """Read maker, model, processor and memory; only the administrator may read the serial number."""
    facts: dict[str, object] = {name: _dmi(machine, file) for name, file in _DMI_FILES.items()}
    processor, cores = parse_cpuinfo(machine.read("/proc/cpuinfo") or "")
    return facts | {
        "form": chassis_form(_dmi(machine, "chassis_type")),
        "processor": processor,
        "cores": cores,
        "memory_bytes": parse_memory(machine.read("/proc/meminfo") or ""),
    }


def _dmi(machine: Machine, name: str) -> str | None:
    content = machine.word(f"{DMI}/{name}") or ""
    return None if content.lower() in _PLACEHOLDERS else content


def chassis_form(code: str | None) -> str | None:
    """Turn SMBIOS' chassis type (DSP0134 section 7.4.1) into notebook, desktop or other."""
    if not code or not code.isdigit():
        return None
    number = int(code)
    if number in (8, 9, 10, 14, 30, 31, 32):
        return "notebook"
    return "desktop" if number in (3, 4, 5, 6, 7, 13, 15, 16, 24, 35, 36) else "other"


def parse_cpuinfo(content: str) -> tuple[str | None, int | None]:
    """Read the processor's name and its real cores; ARM machines tell neither, so there each core is one."""
    found = {name: re.findall(rf"^{name}\s*: (.*)$", content, re.MULTILINE) for name in ("physical id", "cpu cores")}
    names = re.findall(r"^model name\s*: (.*)$", content, re.MULTILINE)
    threads = len(re.findall(r"^processor\s*:", content, re.MULTILINE))
    sockets = len(set(found["physical id"])) or 1
    cores = sockets * int(found["cpu cores"][0]) if found["cpu cores"] else threads
    return (names[0].strip() if names else None), cores or None


def parse_memory(content: str) -> int | None:
    """Read the memory that the kernel has to give."""
    found = re.search(r"^MemTotal:\s+(\d+) kB", content, re.MULTILINE)
    return int(found.group(1)) * 1024 if found else None


def battery(machine: Machine) -> dict[str, object]:
    """Compare what the first battery holds with what it was made for, and read what the kernel thinks of it.

    Some batteries count charge instead of energy; their own voltage turns one into the other.
    """
    for name in machine.entries(SUPPLY):
        folder = f"{SUPPLY}/{name}"
        for unit in ("energy", "charge"):
            full, design = (_number(machine, f"{folder}/{unit}_{end}") for end in ("full", "full_design"))
            if full and design:
                volts = 1.0 if unit == "energy" else (_number(machine, f"{folder}/voltage_min_design") or 0) / MICRO
                return {
                    "health_percent": round(min(100.0, 100 * full / design), 1),
                    "cycles": _number(machine, f"{folder}/cycle_count"),
                    "design_capacity_wh": round(design / MICRO * volts, 1) or None,
                    "full_capacity_wh": round(full / MICRO * volts, 1) or None,
                    "condition": _condition(machine.word(f"{folder}/health")),
                }
    return {"health_percent": None, "cycles": None}


def _condition(word: str | None) -> str | None:
    return None if word is None else CONDITIONS.get(word.lower(), "service")


def _number(machine: Machine, path: str) -> int | None:
    content = machine.word(path) or ""
    return int(content) if content.lstrip("-").isdigit() else None


def other_people(machine: Machine) -> int | None:
    """Count the other people who are signed in, as logind knows them; None where it does not run."""
    tool = machine.tool("loginctl") if machine.exists("/run/systemd/system") else None
    output = machine.run(tool, "list-sessions", "--no-legend", "--no-pager", deadline=PATIENCE) if tool else None
    return None if output is None else len(parse_sessions(output) - {os.getuid()})


def parse_sessions(output: str) -> set[int]:
    """Read `loginctl list-sessions`: session, user's number, name, seat, terminal; the greeter is nobody."""
    rows = (line.split() for line in output.splitlines())
    found = {int(row[1]) for row in rows if len(row) > 2 and row[1].isdigit()}
    return {one for one in found if one >= FIRST_PERSON or one == 0}
