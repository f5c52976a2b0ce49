"""Which directory a Linux machine belongs to, by realmd or the settings that joining leaves behind."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine

PATIENCE = 3.0
DIRECTORIES = {"active-directory": "active_directory", "ipa": "ipa"}
ENTRA, INTUNE = "/etc/himmelblau/himmelblau.conf", "/opt/microsoft/intune"


def read_join(machine: Machine) -> dict[str, object]:
    """Read which directory or management the machine belongs to; never who is signed in."""
    kind, domain = _directory(machine)
    is_cloud = machine.exists(ENTRA)
    return {
        "kind": kind or ("entra" if is_cloud else "none"),
        "is_domain_joined": kind is not None,
        "is_cloud_joined": is_cloud,
        "is_managed": machine.exists(INTUNE),
        "domain": domain,
    }


def _directory(machine: Machine) -> tuple[str | None, str | None]:
    realm = machine.tool("realm")
    if realm is not None:
        found = parse_realms(machine.run(realm, "list", deadline=PATIENCE) or "")
        if found[0]:
            return found
    if machine.exists("/etc/ipa/default.conf"):
        return "ipa", _setting(machine.read("/etc/ipa/default.conf") or "", "domain")
    samba = machine.read("/etc/samba/smb.conf") or ""
    if (_setting(samba, "security") or "").lower() == "ads":
        return "active_directory", _setting(samba, "realm")
    return None, None


def parse_realms(output: str) -> tuple[str | None, str | None]:
    """Read `realm list`: the first realm that is set up, its kind and its domain."""
    for block in re.split(r"^(?=\S)", output, flags=re.MULTILINE):
        values = dict(re.findall(r"^  ([\w-]+): (.*)$", block, re.MULTILINE))
        if values.get("configured", "no") != "no":
            return DIRECTORIES.get(values.get("server-software", ""), "other"), values.get("domain-name")
    return None, None


def _setting(content: str, name: str) -> str | None:
    found = re.search(rf"^\s*{name}\s*=\s*(\S+)", content, re.MULTILINE | re.IGNORECASE)
    return found.group(1) if found else None
