"""Whether the machine protects itself and its user: virus scanner, firewall, encryption, own password (Linux)."""

from __future__ import annotations

import time

from desktop.diagnostics.linux.running import running
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.mounts import linux_mounts, once, without_home
from desktop.diagnostics.probe import unsupported

PATIENCE = 0.8
CURRENT_DAYS = 7
"""Days after which virus signatures count as old: makers publish daily (our judgement)."""
SIGNATURES = ("/var/lib/clamav/daily.cld", "/var/lib/clamav/daily.cvd")
SCANNERS = {
    "ClamAV": ("/usr/sbin/clamd", "clamd"),
    "ESET": ("/opt/eset", "oaeventd"),
    "Sophos": ("/opt/sophos-spl", "sophos_watchdog"),
    "Microsoft Defender": ("/opt/microsoft/mdatp", "wdavdaemon"),
    "CrowdStrike Falcon": ("/opt/CrowdStrike", "falcon-sensor"),
    "SentinelOne": ("/opt/sentinelone", "s1-agent"),
    "Bitdefender": ("/opt/bitdefender-security-tools", "bdsecd"),
    "Kaspersky": ("/opt/kaspersky/kesl", "kesl"),
}
"""Where each lies and the process that guards the machine, as far as their makers document it."""
BLOCK = "/sys/class/block"
DAY = 86400
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def read_security(machine: Machine) -> dict[str, object]:
    """Read whether virus scanner and firewall are on and current; what is not installed is not off."""
    present = {name: guard for name, (place, guard) in SCANNERS.items() if machine.exists(place)}
    guards = running(machine, present.values()) if present else frozenset[str]()
    walls = _firewalls(machine)
    return {
        "is_antivirus_on": any(one in guards for one in present.values()) if present else None,
        "is_antivirus_current": _has_new_signatures(machine) if "ClamAV" in present else None,
        "antivirus": list(present),
        "is_firewall_on": True if True in walls.values() else None if None in walls.values() or not walls else False,
        "firewall": list(walls),
        "is_integrity_on": _is_confined(machine),
    }


def _has_new_signatures(machine: Machine) -> bool:
    moments = [found for one in SIGNATURES if (found := machine.modified(one)) is not None]
    return bool(moments) and time.time() - max(moments) < CURRENT_DAYS * DAY


def _firewalls(machine: Machine) -> dict[str, bool | None]:
    """Return the installed firewalls and whether each is on; rules that somebody loads by hand are not seen."""
    found: dict[str, bool | None] = {}
    settings = machine.read("/etc/ufw/ufw.conf")
    if settings is not None:
        found["ufw"] = any(line.strip().lower() == "enabled=yes" for line in settings.splitlines())
    systemctl = machine.tool("systemctl")
    for name, program in (("firewalld", "/usr/sbin/firewalld"), ("nftables", "/usr/sbin/nft")):
        is_set_up = name == "firewalld" or machine.exists(f"/etc/systemd/system/sysinit.target.wants/{name}.service")
        if systemctl and machine.exists(program) and is_set_up:
            output = machine.run(systemctl, "is-active", name, deadline=PATIENCE, accepted=(0, 3, 4))
            found[name] = None if output is None else output.strip() == "active"
    return found


def _is_confined(machine: Machine) -> bool | None:
    """Tell whether the kernel confines programs: AppArmor or SELinux."""
    words = (machine.word("/sys/module/apparmor/parameters/enabled"), machine.word("/sys/fs/selinux/enforce"))
    return any(one in ("Y", "1") for one in words) if any(words) else None


def read_encryption(machine: Machine) -> dict[str, object]:
    """Read whether volumes lie on an encrypted device; never a key or who may unlock it."""
    volumes = [(point, _encryption(machine, device, kind)) for device, point, kind, _ in _volumes(machine)]
    known = {point: method for point, method in volumes if method is not None}
    if not known:
        raise unsupported("no_block_device")
    system = known.get("/")
    return {
        "is_system_encrypted": None if system is None else system != "",
        "method": system or None,
        "volumes": [{"mount": without_home(point), "is_encrypted": method != ""} for point, method in known.items()],
    }


def _volumes(machine: Machine) -> list[tuple[str, str, str, bool]]:
    return once(linux_mounts(machine.read("/proc/self/mounts") or ""))


def _encryption(machine: Machine, device: str, kind: str) -> str | None:
    """Return "LUKS2" and the like, nothing for a plain device, None where the device is none of the kernel's."""
    if kind == "ecryptfs":
        return kind
    name = _block_name(machine, device)
    return None if name is None else _method(machine, name)


def _block_name(machine: Machine, device: str) -> str | None:
    name = device.rpartition("/")[2]
    if device.startswith("/dev/mapper/"):
        mapped = (one for one in machine.entries(BLOCK) if one.startswith("dm-"))
        return next((one for one in mapped if machine.word(f"{BLOCK}/{one}/dm/name") == name), None)
    return name if device.startswith("/dev/") and machine.exists(f"{BLOCK}/{name}") else None


def _method(machine: Machine, name: str, depth: int = 0) -> str:
    """Return the encryption of a device or of what lies under it ("CRYPT-LUKS2-<uuid>-<name>" of dm-crypt)."""
    mark = machine.word(f"{BLOCK}/{name}/dm/uuid") or ""
    if mark.startswith("CRYPT-"):
        return mark.split("-")[1]
    under = machine.entries(f"{BLOCK}/{name}/slaves") if depth < 8 else ()
    methods = [_method(machine, one, depth + 1) for one in under]
    return methods[0] if methods and all(methods) else ""


def read_accounts(machine: Machine) -> dict[str, object]:
    """Read in how many days the own password runs out, as `chage` tells everybody about themselves."""
    import os
    import pwd  # does not exist on Windows

    user = pwd.getpwuid(os.getuid()).pw_name
    if not any(line.startswith(f"{user}:") for line in (machine.read("/etc/passwd") or "").splitlines()):
        return {"kind": "domain"}
    chage = machine.tool("chage")
    output = machine.run(chage, "-l", user, deadline=PATIENCE) if chage else None
    if output is None:
        raise unsupported("no_chage")
    return {"kind": "local", **parse_chage(output, now=time.time())}


def parse_chage(output: str, *, now: float) -> dict[str, object]:
    """Read `chage -l` with LC_ALL=C: a title, a colon, and a date, "never" or "password must be changed"."""
    values = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in output.splitlines())}
    changed, expires = (_day(values.get(one, "")) for one in ("Last password change", "Password expires"))
    must = "must be changed" in values.get("Last password change", "") + values.get("Password expires", "")
    is_endless = values.get("Password expires") == "never"
    left = None if expires is None else int((expires - now) // DAY) + 1
    return {
        "password_age_days": None if changed is None else int((now - changed) // DAY),
        "expires_in_days": left,
        "never_expires": is_endless if is_endless or left is not None or must else None,
        "is_expired": must or (left is not None and left <= 0),
    }


def _day(words: str) -> float | None:
    """Read "Nov 01, 2026" or "2026-11-01"; None for "never"."""
    parts = words.replace(",", " ").replace("-", " ").split()
    try:
        month = _MONTHS.index(parts[0]) + 1 if parts[0] in _MONTHS else int(parts[1])
        day, year = (int(parts[1]), int(parts[2])) if parts[0] in _MONTHS else (int(parts[2]), int(parts[0]))
        return time.mktime((year, month, day, 0, 0, 0, 0, 0, -1))
    except (ValueError, IndexError, OverflowError):
        return None
