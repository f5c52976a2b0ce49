"""Which directory a Windows PC belongs to, and when the own password runs out."""

from __future__ import annotations

import ctypes
import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, denied, partial, unsupported
from desktop.diagnostics.windows.libraries import (
    ACCESS_DENIED,
    BOOL,
    DWORD,
    POINTER,
    TEXT,
    WORD,
    Libraries,
    check,
    encoded,
    units_text,
    wide,
)
from desktop.diagnostics.windows.pc import this_pc

PATIENCE = 4.0
JOINED_DOMAIN, SAM_COMPATIBLE = 3, 2
"""NETSETUP_JOIN_STATUS NetSetupDomainName; EXTENDED_NAME_FORMAT NameSamCompatible."""
NO_SUCH_USER = 2221
FOREVER, DAY = 0xFFFFFFFF, 86400
NEVER_EXPIRES = 0x10000
"""UF_DONT_EXPIRE_PASSWD."""
_LINE = re.compile(r"^[ \t]*([A-Za-z]+)[ \t]*:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)


def read_join(machine: Machine) -> dict[str, object]:
    """Read the state of dsregcmd, whose words are English everywhere, else only whether there is a domain.

    Names of people, tenants and certificates, which it prints too, are not even looked at.
    """
    pc = this_pc(machine)
    tool = pc.tool("dsregcmd.exe")
    output = machine.run(tool, "/status", deadline=PATIENCE) if tool else None
    state = dict(_LINE.findall(output or ""))
    if "AzureAdJoined" not in state:
        return _by_library(pc.libraries)
    in_domain, in_cloud = _yes(state, "DomainJoined"), _yes(state, "AzureAdJoined")
    status = state.get("DeviceAuthStatus")
    return {
        "kind": _kind(in_domain=in_domain is True, in_cloud=in_cloud is True),
        "is_domain_joined": in_domain,
        "is_cloud_joined": in_cloud,
        "has_cloud_token": _yes(state, "AzureAdPrt") if in_cloud else None,
        "is_device_healthy": status.upper() == "SUCCESS" if status and in_cloud else None,
        "is_managed": bool(state.get("MdmUrl")) or None,
        "domain": state.get("DomainName") or None,
    }


def _yes(state: dict[str, str], name: str) -> bool | None:
    return {"YES": True, "NO": False}.get(state.get(name, "").upper())


def _kind(*, in_domain: bool, in_cloud: bool) -> str:
    if in_domain:
        return "hybrid" if in_cloud else "domain"
    return "entra" if in_cloud else "none"


def _by_library(libraries: Libraries) -> dict[str, object]:
    ask = libraries.find(
        "netapi32", "NetGetJoinInformation", DWORD, POINTER, ctypes.POINTER(POINTER), ctypes.POINTER(DWORD)
    )
    free = libraries.find("netapi32", "NetApiBufferFree", DWORD, POINTER)
    name, status = POINTER(), DWORD()
    check(ask(None, ctypes.byref(name), ctypes.byref(status)), "join")
    domain = wide(name.value)
    free(name)
    in_domain = status.value == JOINED_DOMAIN
    raise partial(
        "dsregcmd",
        {
            "kind": "domain" if in_domain else None,  # without a domain it may still be in the cloud
            "is_domain_joined": in_domain,
            "domain": domain if in_domain else None,
        },
    )


class UserInfo4(ctypes.Structure):
    """USER_INFO_4."""

    _fields_ = (
        ("name", TEXT), ("password", POINTER), ("password_age_s", DWORD), ("privilege", DWORD), ("home", POINTER),
        ("comment", POINTER), ("flags", DWORD), ("script", POINTER), ("operator", DWORD), ("full_name", POINTER),
        ("user_comment", POINTER), ("parameters", POINTER), ("workstations", POINTER), ("last_logon", DWORD),
        ("last_logoff", DWORD), ("expires", DWORD), ("storage", DWORD), ("units", DWORD), ("hours", POINTER),
        ("bad_passwords", DWORD), ("logons", DWORD), ("server", POINTER), ("country", DWORD), ("code_page", DWORD),
        ("sid", POINTER), ("group", DWORD), ("profile", POINTER), ("home_drive", POINTER), ("is_expired", DWORD),
    )  # fmt: skip


class Modals0(ctypes.Structure):
    """USER_MODALS_INFO_0."""

    _fields_ = (
        ("shortest", DWORD), ("longest_age_s", DWORD), ("shortest_age_s", DWORD), ("force_logoff_s", DWORD),
        ("remembered", DWORD),
    )  # fmt: skip


def read_accounts(machine: Machine) -> dict[str, object]:
    """Read the age and end of the own password where this PC keeps it; a domain's server is not asked."""
    pc = this_pc(machine)
    domain, user = _own_name(pc.libraries)
    own = _computer_name(pc.libraries)
    if domain.casefold() != own.casefold():
        kind = "entra" if domain.casefold() == "azuread" else "domain"
        raise partial("kept_elsewhere", {"kind": kind})
    info = _user(pc.libraries, user)
    age, flags, is_expired = info
    longest = FOREVER if flags & NEVER_EXPIRES else _longest_age(pc.libraries)
    left = None if longest in (None, FOREVER) else (longest - age) // DAY
    return {
        "kind": "local",
        "password_age_days": age // DAY,
        "expires_in_days": left,
        "never_expires": None if longest is None else longest == FOREVER,
        "is_expired": is_expired,
    }


def _own_name(libraries: Libraries) -> tuple[str, str]:
    ask = libraries.find("secur32", "GetUserNameExW", ctypes.c_uint8, DWORD, POINTER, ctypes.POINTER(DWORD))
    name, size = (WORD * 514)(), DWORD(514)
    if not ask(SAM_COMPATIBLE, name, ctypes.byref(size)):
        raise libraries.failed("user")
    domain, slash, user = units_text(name).partition("\\")
    if not slash:
        raise unsupported("user")
    return domain, user


def _computer_name(libraries: Libraries) -> str:
    ask = libraries.find("kernel32", "GetComputerNameW", BOOL, POINTER, ctypes.POINTER(DWORD))
    name, size = (WORD * 64)(), DWORD(64)
    if not ask(name, ctypes.byref(size)):
        raise libraries.failed("computer")
    return units_text(name)


def _user(libraries: Libraries, user: str) -> tuple[int, int, bool]:
    """Return the seconds since the password was set, the account's flags, and whether the password has run out."""
    ask = libraries.find("netapi32", "NetUserGetInfo", DWORD, POINTER, POINTER, DWORD, ctypes.POINTER(POINTER))
    free = libraries.find("netapi32", "NetApiBufferFree", DWORD, POINTER)
    found = POINTER()
    code = ask(None, encoded(user), 4, ctypes.byref(found))
    if code == ACCESS_DENIED:
        raise denied("account")
    if code == NO_SUCH_USER or (not code and not found.value):
        raise unsupported("no_account")
    check(code, "account")
    try:
        info = UserInfo4.from_address(found.value or 0)
        return info.password_age_s, info.flags, bool(info.is_expired)
    finally:
        free(found)


def _longest_age(libraries: Libraries) -> int | None:
    """Return the seconds after which passwords run out here, `FOREVER` where they never do; None where nobody says."""
    try:
        ask = libraries.find("netapi32", "NetUserModalsGet", DWORD, POINTER, DWORD, ctypes.POINTER(POINTER))
        free = libraries.find("netapi32", "NetApiBufferFree", DWORD, POINTER)
    except Unanswered:
        return None
    found = POINTER()
    if ask(None, 0, ctypes.byref(found)) or not found.value:
        return None
    try:
        longest = Modals0.from_address(found.value).longest_age_s
    finally:
        free(found)
    return int(longest)
