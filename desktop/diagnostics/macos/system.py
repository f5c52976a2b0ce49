"""What Mac this is: release, model and processor."""

from __future__ import annotations

import os
import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos import sysctl
from desktop.diagnostics.macos.tools import gathered, inner, profile, property_list_file, rows, words
from desktop.diagnostics.probe import partial

RELEASE = "/System/Library/CoreServices/SystemVersion.plist"
ADMINISTRATORS = 80
"""The number of the group "admin", the same on every Mac."""
_APPLE = re.compile(r"(Mac|MacBook\w*|iMac\w*|Macmini|MacPro|VirtualMac|Xserve)\d+,\d+")
_DESKTOPS = ("iMac", "Macmini", "Mac mini", "MacPro", "Mac Pro", "Mac Studio", "Xserve")


def read_os(machine: Machine, facts: dict[str, object]) -> dict[str, object]:
    """Add the release to what is known; a program that Rosetta translates is told "x86_64", the processor is not."""
    facts = facts | {"build": None}  # until the release says it: the kernel's own number is another
    if sysctl.integer("hw.optional.arm64") == 1:
        facts |= {"architecture": "arm64"}
    return gathered(lambda: facts, lambda: _release(machine))


def _release(machine: Machine) -> dict[str, object]:
    found = property_list_file(machine, RELEASE)
    name, version, build = (
        words(inner(found, key)) for key in ("ProductName", "ProductVersion", "ProductBuildVersion")
    )
    if version is None:
        raise partial("system_version", {"name": "macOS"})
    facts: dict[str, object] = {"name": name or "macOS", "version": version}
    return facts | {"build": build} if build else facts


def read_hardware(machine: Machine) -> dict[str, object]:
    """Read the model by the kernel, its name and firmware by `system_profiler`."""
    model = sysctl.word("hw.model")
    known: dict[str, object] = {
        "model": model, "manufacturer": _maker(model), "form": form(model), "processor": processor_name(),
        "cores": sysctl.integer("hw.physicalcpu"), "memory_bytes": sysctl.integer("hw.memsize"),
    }  # fmt: skip
    return gathered(lambda: known if model else {}, lambda: _profiled(machine, model))


def _profiled(machine: Machine, model: str | None) -> dict[str, object]:
    found = rows(profile(machine, "SPHardwareDataType", deadline=0.7).get("SPHardwareDataType"))
    if not found:
        raise partial("system_profiler", {})
    name = words(found[0].get("machine_name"))
    identifier = model or words(found[0].get("machine_model"))
    return {
        "manufacturer": _maker(identifier),
        "model": identifier,
        "name": name,
        "bios_version": words(found[0].get("boot_rom_version")),
        "form": form(name) or form(identifier),
        "serial": words(found[0].get("serial_number")),
    }


def _maker(model: str | None) -> str | None:
    return "Apple" if model and _APPLE.fullmatch(model) else None


def form(name: str | None) -> str | None:
    """Tell notebook or desktop by a model's name; since 2022 "Mac14,2" alone says neither."""
    if not name:
        return None
    if name.startswith("MacBook"):
        return "notebook"
    return "desktop" if name.startswith(_DESKTOPS) else None


def processor_name() -> str | None:
    """Return the processor's name, such as "Apple M2"."""
    return sysctl.word("machdep.cpu.brand_string")


def is_admin() -> bool:
    """Tell whether the user may administer; asking for all groups would ask the company's directory."""
    return os.geteuid() == 0 or ADMINISTRATORS in os.getgroups()
