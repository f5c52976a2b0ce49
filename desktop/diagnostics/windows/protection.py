"""Whether a Windows PC protects itself: virus scanner and firewall as the Security Center sees them."""

from __future__ import annotations

import ctypes

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, unsupported
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.libraries import DWORD, HRESULT, Libraries
from desktop.diagnostics.windows.pc import this_pc

FIREWALL, ANTIVIRUS = 1, 4
"""WSC_SECURITY_PROVIDER."""
GOOD, NOT_MONITORED, POOR, SNOOZED = 0, 1, 2, 3
"""WSC_SECURITY_PROVIDER_HEALTH."""
PROVIDERS = r"HKLM\SOFTWARE\Microsoft\Security Center\Provider"
PROFILES = r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
SECURE_BOOT = r"HKLM\SYSTEM\CurrentControlSet\Control\SecureBoot\State"
ON, OUT_OF_DATE = 0x1000, 0x10


class Provider:
    """A program that has told the Security Center what it does."""

    __slots__ = ("is_current", "is_on", "name")

    def __init__(self, name: str, state: int | None) -> None:
        self.name = name
        self.is_on = None if state is None else (state & 0xF000) == ON
        self.is_current = None if state is None else not state & OUT_OF_DATE


def read_security(machine: Machine) -> dict[str, object]:
    """Read what the Security Center says, and the names of the programs it means; servers have none."""
    pc = this_pc(machine)
    scanner, wall = _health(pc.libraries, ANTIVIRUS), _health(pc.libraries, FIREWALL)
    scanners, walls = _providers(pc.registry, "Av"), _providers(pc.registry, "Fw")
    own_wall = _windows_firewall(pc.registry)
    facts: dict[str, object] = {
        "is_antivirus_on": _is_on(scanner, scanners),
        "is_antivirus_current": _is_current(scanner, scanners),
        "antivirus": [one.name for one in scanners if one.is_on is not False],
        "is_firewall_on": own_wall if wall is None else _is_on(wall, walls),
        "firewall": [one.name for one in walls if one.is_on is not False],
        "is_integrity_on": _secure_boot(pc.registry),
    }
    if all(facts[name] in (None, []) for name in facts):
        raise unsupported("no_security_center")
    return facts


def _health(libraries: Libraries, provider: int) -> int | None:
    """Return a provider's health, None where the Security Center does not run or watch."""
    try:
        ask = libraries.find("wscapi", "WscGetSecurityProviderHealth", HRESULT, DWORD, ctypes.POINTER(ctypes.c_int32))
    except Unanswered:
        return None
    health = ctypes.c_int32(-1)
    code = ask(provider, ctypes.byref(health))
    # S_FALSE means that the service does not run, and then the health is of an earlier time.
    return health.value if code == 0 and health.value in (GOOD, POOR, SNOOZED) else None


def _is_on(health: int | None, providers: list[Provider]) -> bool | None:
    """Believe the Security Center; "poor" may also be an old scanner, which the programs themselves tell apart."""
    if health is None:
        return None
    return True if health == GOOD else any(one.is_on for one in providers) and health == POOR


def _is_current(health: int | None, providers: list[Provider]) -> bool | None:
    if health == GOOD:
        return True
    known = [one.is_current for one in providers if one.is_on and one.is_current is not None]
    return any(known) if known else None


def _providers(registry: Registry, kind: str) -> list[Provider]:
    """Return the programs that have registered; their state is that of SecurityCenter2's productState."""
    try:
        paths = [rf"{PROVIDERS}\{kind}\{one}" for one in registry.names(rf"{PROVIDERS}\{kind}")]
        found = [(registry.text(path, "DISPLAYNAME"), registry.number(path, "STATE")) for path in paths]
    except (PermissionError, Unanswered):
        return []
    return [Provider(name, state) for name, state in found if name]


def _windows_firewall(registry: Registry) -> bool | None:
    """Tell whether Windows' own firewall is on in every kind of network."""
    try:
        found = [
            registry.number(rf"{PROFILES}\{name}", "EnableFirewall")
            for name in ("DomainProfile", "StandardProfile", "PublicProfile")
        ]
    except (PermissionError, Unanswered):
        return None
    known = [one for one in found if one is not None]
    return all(known) if known else None


def _secure_boot(registry: Registry) -> bool | None:
    """Tell whether only signed systems may start; None on machines that do not know the question."""
    try:
        found = registry.number(SECURE_BOOT, "UEFISecureBootEnabled")
    except (PermissionError, Unanswered):
        return None
    return None if found is None else bool(found)
