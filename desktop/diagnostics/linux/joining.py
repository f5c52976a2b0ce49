"""Which directory a Linux machine belongs to, by realmd or the settings that joining leaves behind."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import partial

PATIENCE = 3.0
DIRECTORIES = {"active-directory": "active_directory", "ipa": "ipa"}
ENTRA, INTUNE = "/etc/himmelblau/himmelblau.conf", "/opt/microsoft/intune"


def read_join(machine: Machine) -> dict[str, object]:
    """Read which directory or management the machine belongs to; never who is signed in."""
    kind, domain = _settings(machine)
    is_cloud, is_managed = machine.exists(ENTRA), machine.exists(INTUNE)
    realm = machine.tool("realm")
    if realm is not None:
        output = machine.run(realm, "list", deadline=PATIENCE)
        if output is None and kind is None:  # what realmd does not say is not known
            raise partial("realm", {"is_cloud_joined": is_cloud, "is_managed": is_managed})
        told = parse_realms(output or "")
        kind, domain = told if told[0] else (kind, domain)
    return {
        "kind": kind or ("entra" if is_cloud else "none"),
        "is_domain_joined": kind is not None,
        "is_cloud_joined": is_cloud,
        "is_managed": is_managed,
        "domain": domain,
    }


def _settings(machine: Machine) -> tuple[str | None, str | None]:
    """Return kind and domain by what joining leaves behind."""
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
