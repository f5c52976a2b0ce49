"""Whether the machine protects itself and its user: virus scanner, firewall, encryption, sign-in (macOS)."""

from __future__ import annotations

import os
import plistlib
import re
import time

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import ANY_CODE, BROKEN, gathered, inner, listed, property_list, said, truth, words
from desktop.diagnostics.probe import Unanswered, partial, unsupported

SCANNER = "/Library/Apple/System/Library/CoreServices/XProtect.bundle"
FIREWALL = "/usr/libexec/ApplicationFirewall/socketfilterfw"
DAY = 86400
_FIREWALL_STATE = re.compile(r"State = (\d)")
_ENROLLED = re.compile(r"^MDM enrollment: (Yes|No)", re.MULTILINE)
_SET = "passwordLastSetTime"


def read_security(machine: Machine) -> dict[str, object]:
    """Read the firewall's state, whether Apple's scanner is there, and whether the system guards its own files.

    How old the scanner's lists are is not said: Apple has no promise to hold against it.
    """
    return gathered(lambda: _scanner(machine), lambda: _firewall(machine), lambda: _integrity(machine))


def _scanner(machine: Machine) -> dict[str, object]:
    is_there = machine.exists(SCANNER)
    return {
        "is_antivirus_on": True if is_there else None,
        "is_antivirus_current": None,
        "antivirus": ["XProtect"] if is_there else [],
    }


def _firewall(machine: Machine) -> dict[str, object]:
    found = _FIREWALL_STATE.search(said(machine, FIREWALL, "--getglobalstate", deadline=0.6))
    if found is None:
        raise partial("socketfilterfw", {})
    return {"is_firewall_on": found.group(1) != "0", "firewall": ["Application Firewall"]}


def _integrity(machine: Machine) -> dict[str, object]:
    """System Integrity Protection and Gatekeeper: one that is off is enough for no, both must be on for yes."""
    states = [_state(machine, "csrutil", "status"), _state(machine, "spctl", "--status")]
    if False in states:
        return {"is_integrity_on": False}
    if None in states:
        raise partial("csrutil" if states[0] is None else "spctl", {"is_integrity_on": None})
    return {"is_integrity_on": True}


def _state(machine: Machine, tool: str, question: str) -> bool | None:
    try:
        output = said(machine, tool, question, deadline=0.5, accepted=ANY_CODE)
    except Unanswered:
        return None
    found = re.search(r"(?:status: |assessments )(enabled|disabled)\.?\s*(?:$|\()", output, re.MULTILINE)
    return found.group(1) == "enabled" if found else None


def read_encryption(machine: Machine) -> dict[str, object]:
    """Read whether FileVault is on; never a key or who may unlock it."""
    is_on = _filevault(machine)
    if is_on is None:
        raise partial("in_progress", {"method": "FileVault"})
    return {
        "is_system_encrypted": is_on,
        "method": "FileVault" if is_on else None,
        "volumes": [{"mount": "/", "is_encrypted": is_on}],
    }


def _filevault(machine: Machine) -> bool | None:
    """Ask `fdesetup`, and where it has other words than we know, the property list of the system volume.

    None while it is being encrypted or decrypted.
    """
    try:
        output = said(machine, "fdesetup", "status", deadline=0.7, accepted=ANY_CODE)
    except Unanswered:
        output = ""
    if "in progress" in output:
        return None
    if output.startswith(("FileVault is On", "FileVault is Off")):
        return output.startswith("FileVault is On")
    found = truth(inner(property_list(machine, "diskutil", "info", "-plist", "/", deadline=1.0), "FileVault"))
    if found is None:
        raise partial("fdesetup", {})
    return found


def read_join(machine: Machine) -> dict[str, object]:
    """Read which directory or management the machine belongs to; never who is signed in."""
    facts = gathered(lambda: _management(machine), lambda: _directory(machine))
    kind = "active_directory" if facts.get("is_domain_joined") else "other" if facts.get("is_managed") else "none"
    return facts | {"kind": kind}


def _management(machine: Machine) -> dict[str, object]:
    output = said(machine, "profiles", "status", "-type", "enrollment", deadline=2.0, accepted=ANY_CODE)
    found = _ENROLLED.search(output)
    if found is None:
        raise partial("profiles", {})
    return {"is_managed": found.group(1) == "Yes"}


def _directory(machine: Machine) -> dict[str, object]:
    """Read `dsconfigad`; on a Mac without a directory it says nothing at all, which `said` would call silence."""
    tool = machine.tool("dsconfigad")
    output = machine.run(tool, "-show", "-xml", deadline=2.0) if tool else None
    if output is None:
        raise partial("dsconfigad", {})
    if not output.strip():
        return {"is_domain_joined": False, "domain": None}
    try:
        document: object = plistlib.loads(output.encode())
    except BROKEN:
        raise partial("dsconfigad", {}) from None
    domain = words(inner(document, "General Info", "Active Directory Domain"))
    return {"is_domain_joined": domain is not None, "domain": domain}


def read_accounts(machine: Machine) -> dict[str, object]:
    """Read how old the own password is; when it runs out is the directory's secret, or nobody's."""
    import pwd  # does not exist on Windows

    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        raise unsupported("no_account") from None
    found = property_list(machine, "dscl", "-plist", ".", "-read", f"/Users/{name}", "accountPolicyData", deadline=0.8)
    texts = listed(inner(found, "dsAttrTypeNative:accountPolicyData"))
    try:
        policy: object = plistlib.loads(str(texts[0]).encode()) if texts else None
    except BROKEN:
        policy = None
    set_at = inner(policy, _SET)
    if not isinstance(set_at, int | float) or isinstance(set_at, bool) or not 0 < set_at <= time.time():
        raise partial("dscl", {})
    age = int(time.time() - set_at) // DAY
    return {
        "kind": "local",
        "password_age_days": age,
        "expires_in_days": None,
        "never_expires": None,
        "is_expired": None,
    }
