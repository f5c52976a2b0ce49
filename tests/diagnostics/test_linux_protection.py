"""Virus scanner, firewall, encryption, own password and directory of recorded Linux machines."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from desktop.diagnostics.linux import joining, protection
from desktop.diagnostics.probes.protection import read_accounts, read_encryption, read_join, read_security
from tests.diagnostics.recordings import RecordedMachine

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="links, tools and users of Linux")
NOW = time.mktime((2026, 11, 28, 12, 0, 0, 0, 0, -1))
DAY = 86400


@pytest.fixture
def pc(tmp_path: Path) -> RecordedMachine:
    """An empty machine."""
    return RecordedMachine(tmp_path)


@pytest.mark.parametrize(("is_running", "age_days", "is_current"), [(True, 1, True), (False, 9, False)])
def test_a_scanner_is_on_where_it_runs(pc: RecordedMachine, is_running: bool, age_days: int, is_current: bool) -> None:
    """Installed and not running is off; signatures of last week are old."""
    pc.file("/usr/sbin/clamd")
    pc.file("/proc/812/comm", "clamd\n" if is_running else "bash\n")
    signatures = pc.file("/var/lib/clamav/daily.cld")
    moment = time.time() - age_days * DAY
    os.utime(signatures, (moment, moment))
    found = pc.facts(read_security)
    assert (found["antivirus"], found["is_antivirus_on"], found["is_antivirus_current"]) == (
        ["ClamAV"], is_running, is_current,
    )  # fmt: skip


def test_a_long_process_name_is_cut_by_the_kernel(pc: RecordedMachine) -> None:
    """Sophos' guard has 15 letters and CrowdStrike's 13; both are found."""
    pc.folder("/opt/sophos-spl")
    pc.file("/proc/9/comm", "sophos_watchdog"[:15] + "\n")
    assert pc.facts(read_security)["is_antivirus_on"] is True


@pytest.mark.parametrize(
    ("ufw", "firewalld", "is_on", "names"),
    [
        (None, None, None, []),
        ("ENABLED=no\n", None, False, ["ufw"]),
        ("# ENABLED=yes\nENABLED=YES\n", None, True, ["ufw"]),
        (None, "inactive\n", False, ["firewalld"]),
        ("ENABLED=no\n", "active\n", True, ["ufw", "firewalld"]),
    ],
)
def test_one_firewall_is_enough(
    pc: RecordedMachine, ufw: str | None, firewalld: str | None, is_on: bool | None, names: list[str]
) -> None:
    """What is not installed is not off."""
    if ufw is not None:
        pc.file("/etc/ufw/ufw.conf", ufw)
    if firewalld is not None:
        pc.file("/usr/sbin/firewalld")
        pc.tool("systemctl", firewalld, code=0 if firewalld == "active\n" else 3, when="is-active firewalld")
    found = pc.facts(read_security)
    assert (found["is_firewall_on"], found["firewall"]) == (is_on, names)


def test_the_kernel_confines_programs(pc: RecordedMachine) -> None:
    """AppArmor or SELinux, whichever is there."""
    assert pc.facts(read_security)["is_integrity_on"] is None
    pc.file("/sys/fs/selinux/enforce", "0")
    assert pc.facts(read_security)["is_integrity_on"] is False
    pc.file("/sys/module/apparmor/parameters/enabled", "Y\n")
    assert pc.facts(read_security)["is_integrity_on"] is True


def test_encryption_below_lvm(pc: RecordedMachine) -> None:
    """The root lies on LVM on LUKS on a partition; the second volume lies on a plain partition."""
    pc.file(
        "/proc/self/mounts", "/dev/mapper/vg-root / ext4 rw 0 0\n/dev/sdb1 /data xfs rw 0 0\nproc /proc proc rw 0 0\n"
    )
    pc.files("/sys/class/block/dm-1/dm", name="vg-root\n", uuid="LVM-abc\n")
    pc.folder("/sys/class/block/dm-1/slaves/dm-0")
    pc.files("/sys/class/block/dm-0/dm", name="luks\n", uuid="CRYPT-LUKS2-0f0f-luks\n")
    pc.folder("/sys/class/block/sdb1")
    found = pc.facts(read_encryption)
    assert (found["is_system_encrypted"], found["method"]) == (True, "LUKS2")
    assert found["volumes"] == [{"mount": "/", "is_encrypted": True}, {"mount": "/data", "is_encrypted": False}]
    assert "0f0f" not in str(found)


def test_half_an_encrypted_mirror_is_none(pc: RecordedMachine) -> None:
    """One of the two drives below is plain, so whoever takes that one reads everything."""
    pc.file("/proc/self/mounts", "/dev/md0 / ext4 rw 0 0\n")
    for one in ("dm-0", "sdb1"):
        pc.folder(f"/sys/class/block/md0/slaves/{one}")
    pc.file("/sys/class/block/dm-0/dm/uuid", "CRYPT-LUKS2-x-y\n")
    assert pc.facts(read_encryption)["is_system_encrypted"] is False


def test_a_root_that_is_no_block_device(pc: RecordedMachine) -> None:
    """A container's or ZFS' root: not known."""
    pc.file("/proc/self/mounts", "rpool/ROOT/debian / zfs rw 0 0\n")
    assert pc.answer(read_encryption)["status"] == "unsupported"


CHAGE = """\
Last password change\t\t\t\t\t: Nov 01, 2026
Password expires\t\t\t\t\t: {expires}
Password inactive\t\t\t\t\t: never
Account expires\t\t\t\t\t\t: never
Minimum number of days between password change\t\t: 0
Maximum number of days between password change\t\t: 30
Number of days of warning before password expires\t: 7
"""


@pytest.mark.parametrize(
    ("expires", "left", "is_expired", "is_endless"),
    [("never", None, False, True), ("Dec 01, 2026", 3, False, False), ("2026-12-01", 3, False, False),
     ("Nov 27, 2026", -1, True, False), ("password must be changed", None, True, False), ("nie", None, False, None)],
)  # fmt: skip
def test_days_until_the_own_password_runs_out(
    expires: str, left: int | None, is_expired: bool, is_endless: bool | None
) -> None:
    """Old and new ways to write a date; "never" is no number."""
    found = protection.parse_chage(CHAGE.format(expires=expires), now=NOW)
    assert found == {"password_age_days": 27, "expires_in_days": left, "is_expired": is_expired,
                     "never_expires": is_endless}  # fmt: skip


def test_an_account_of_the_directory_has_no_local_password(pc: RecordedMachine) -> None:
    """Who is not in /etc/passwd comes from a domain; chage knows nothing of them."""
    pc.file("/etc/passwd", "somebody:x:1:1::/:/bin/sh\n")
    assert pc.facts(read_accounts) == {"kind": "domain"}


REALM = """\
firma.example
  type: kerberos
  realm-name: FIRMA.EXAMPLE
  domain-name: firma.example
  configured: {configured}
  server-software: {software}
  client-software: sssd
  login-formats: %U@firma.example
  login-policy: allow-realm-logins
"""


@pytest.mark.parametrize(
    ("configured", "software", "found"),
    [
        ("kerberos-member", "active-directory", ("active_directory", "firma.example")),
        ("kerberos-member", "ipa", ("ipa", "firma.example")),
        ("no", "active-directory", (None, None)),
    ],
)
def test_what_realm_lists(configured: str, software: str, found: tuple[str | None, str | None]) -> None:
    """A realm that was only discovered is not joined."""
    assert joining.parse_realms(REALM.format(configured=configured, software=software)) == found


def test_a_realmd_that_hangs_is_no_workgroup(pc: RecordedMachine) -> None:
    """Its silence says nothing, unless the settings already tell."""
    pc.tool("realm", "", code=1)
    result = pc.answer(read_join)
    assert (result["status"], result["facts"]) == ("partial", {"is_cloud_joined": False, "is_managed": False})
    pc.file("/etc/ipa/default.conf", "[global]\ndomain = firma.example\n")
    assert pc.facts(read_join)["kind"] == "ipa"


def test_a_firewall_that_cannot_be_asked_is_not_off(pc: RecordedMachine) -> None:
    """A tool that fails makes nothing known; one firewall that is on settles it."""
    pc.file("/usr/sbin/firewalld")
    pc.tool("systemctl", "", code=1)
    assert pc.facts(read_security)["is_firewall_on"] is None
    pc.file("/etc/ufw/ufw.conf", "ENABLED=yes\n")
    assert pc.facts(read_security)["is_firewall_on"] is True


def test_joining_without_realmd(pc: RecordedMachine) -> None:
    """Nothing at all, winbind's settings, and Entra with Intune."""
    assert pc.facts(read_join) == {
        "kind": "none", "is_domain_joined": False, "is_cloud_joined": False, "is_managed": False, "domain": None,
    }  # fmt: skip
    pc.file("/etc/himmelblau/himmelblau.conf")
    pc.folder("/opt/microsoft/intune")
    found = pc.facts(read_join)
    assert (found["kind"], found["is_cloud_joined"], found["is_managed"]) == ("entra", True, True)
    pc.file("/etc/samba/smb.conf", "[global]\n  ; security = user\n  security = ADS\n  realm = FIRMA.EXAMPLE\n")
    found = pc.facts(read_join)
    assert (found["kind"], found["is_domain_joined"], found["domain"]) == ("active_directory", True, "FIRMA.EXAMPLE")
