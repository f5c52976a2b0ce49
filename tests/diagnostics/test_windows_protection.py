"""Virus scanner, firewall, encryption, directories and passwords of recorded Windows PCs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.diagnostics.machine import Machine
from tests.diagnostics.windows import recordings
from tests.diagnostics.windows.asking import answer, facts
from tests.diagnostics.windows.dlls import recorded_machine
from tests.diagnostics.windows.pc import stand_in


def test_the_security_center() -> None:
    assert facts("security", recordings.notebook()) == {
        "is_antivirus_on": True, "is_antivirus_current": True, "antivirus": ["Windows Defender"],
        "is_firewall_on": True, "firewall": [], "is_integrity_on": True,
    }  # fmt: skip
    off = facts("security", recordings.old_pc())
    assert (off["is_antivirus_on"], off["antivirus"]) == (True, ["Avast Antivirus"])
    assert off["is_antivirus_current"] is False
    old = facts("security", recordings.faulty_pc())
    assert (old["is_antivirus_on"], old["is_antivirus_current"], old["is_firewall_on"]) == (True, False, False)


def test_a_security_center_that_does_not_run_knows_nothing_and_the_firewall_is_still_known() -> None:
    pc = recordings.faulty_pc()
    pc.health = {1: (1, 0), 4: (1, 0)}  # S_FALSE, with a health of an earlier time
    found = facts("security", pc)
    assert (found["is_antivirus_on"], found["is_antivirus_current"], found["is_firewall_on"]) == (None, False, False)
    pc.health = {1: (0, 1), 4: (0, 3)}
    assert facts("security", pc)["is_antivirus_on"] is False, "switched off for a while"


def test_encryption_as_the_explorer_shows_it() -> None:
    pc = recordings.notebook()
    assert facts("encryption", pc) == {
        "is_system_encrypted": True, "method": "bitlocker",
        "volumes": [{"mount": "C:\\", "is_encrypted": True}, {"mount": "E:\\", "is_encrypted": True}],
    }  # fmt: skip
    assert facts("encryption", recordings.old_pc())["is_system_encrypted"] is False
    suspended = facts("encryption", recordings.domain_pc())
    assert (suspended["is_system_encrypted"], suspended["method"]) == (False, "bitlocker_suspended")
    assert facts("encryption", recordings.faulty_pc())["is_system_encrypted"] is None, "half way is neither"
    pc.bitlocker = {"C:\\": 42}
    assert answer("encryption", recorded_machine(pc))[0] == "unsupported no_bitlocker"


def joined(folder: Path, *, code: int = 0, **words: str) -> Machine:
    """Return a PC whose dsregcmd says so."""
    said = {"cloud": "NO", "domain": "NO", "name": "", "status": "", "management": "", "token": "NO"} | words
    stand_in(folder, "dsregcmd.exe", recordings.DSREGCMD.format(**said).replace("\n", "\r\n"), code=code)
    return recorded_machine(recordings.domain_pc(), system_folder=folder)


def test_directories_by_dsregcmd(tmp_path: Path) -> None:
    hybrid = joined(
        tmp_path, cloud="YES", domain="YES", name="KUNZE", status="FAILED. Device is either disabled or deleted"
    )
    status, found = answer("join", hybrid)
    assert (status, found) == (
        "ok",
        {"kind": "hybrid", "is_domain_joined": True, "is_cloud_joined": True, "has_cloud_token": False,
         "is_device_healthy": False, "is_managed": None, "domain": "KUNZE"},
    )  # fmt: skip
    cloud = answer("join", joined(tmp_path, cloud="YES", status="SUCCESS", token="YES", management="https://x"))[1]
    assert (cloud["kind"], cloud["has_cloud_token"], cloud["is_device_healthy"], cloud["is_managed"]) == (
        "entra", True, True, True,
    )  # fmt: skip
    alone = answer("join", joined(tmp_path))[1]
    assert (alone["kind"], alone["has_cloud_token"], alone["is_device_healthy"]) == ("none", None, None)
    assert "anna" not in json.dumps([found, cloud, alone])


def test_without_dsregcmd_only_the_domain_is_known(tmp_path: Path) -> None:
    assert answer("join", recorded_machine(recordings.domain_pc())) == (
        "partial dsregcmd",
        {"kind": "domain", "is_domain_joined": True, "domain": "KUNZE"},
    )
    refused = answer("join", joined(tmp_path, code=1))
    assert refused[0] == "partial dsregcmd"
    alone = answer("join", recorded_machine(recordings.notebook()))[1]
    assert (alone["kind"], alone["is_domain_joined"], alone["domain"]) == (None, False, None)


def test_the_own_password() -> None:
    assert facts("accounts", recordings.notebook()) == {
        "kind": "local", "password_age_days": 3, "expires_in_days": None, "never_expires": True, "is_expired": False,
    }  # fmt: skip
    late = facts("accounts", recordings.faulty_pc())
    assert (late["expires_in_days"], late["never_expires"], late["is_expired"]) == (-8, False, True)
    assert facts("accounts", recordings.old_pc())["password_age_days"] == 400
    assert answer("accounts", recorded_machine(recordings.domain_pc())) == (
        "partial kept_elsewhere",
        {"kind": "domain"},
    )


@pytest.mark.parametrize(("code", "status"), [(5, "denied account"), (2221, "unsupported no_account"),
                                              (1722, "unsupported account:1722")])  # fmt: skip
def test_an_account_that_may_not_be_read(code: int, status: str) -> None:
    pc = recordings.notebook()
    pc.account = code
    assert answer("accounts", recorded_machine(pc)) == (status, {})
