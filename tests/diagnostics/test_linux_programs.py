"""Packages, start-up items and updates of recorded Linux machines."""

from __future__ import annotations

import gzip
import os
import sys
import time
from pathlib import Path

import pytest

from desktop.diagnostics.linux import packages, startup, updates
from desktop.diagnostics.probes.programs import read_browsers_office, read_software, read_startup
from desktop.diagnostics.probes.updates import read_updates
from tests.diagnostics.recordings import HOME, RecordedMachine

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files and tools of Linux")
DAY = 86400
STATUS = """\
Package: firefox-esr
Status: install ok installed
Priority: optional
Section: web
Maintainer: Anna Muster <anna@muster.example>
Architecture: amd64
Version: 140.5.0esr-1~deb12u1
Description: Mozilla Firefox web browser
 Version: not this line

Package: old-tool
Status: deinstall ok config-files
Architecture: all
Version: 1.0

Package: libc6
Essential: yes
Status: install ok installed
Architecture: amd64
Multi-Arch: same
Version: 2.36-9+deb12u13
"""


@pytest.fixture
def pc(tmp_path: Path) -> RecordedMachine:
    """An empty machine."""
    return RecordedMachine(tmp_path)


def test_debians_packages(pc: RecordedMachine) -> None:
    """What left only its settings is not installed; the maintainer's address stays where it is."""
    pc.file("/var/lib/dpkg/status", STATUS)
    list_of_files = pc.file("/var/lib/dpkg/info/libc6:amd64.list")
    moment = time.mktime((2026, 11, 3, 12, 0, 0, 0, 0, -1))
    os.utime(list_of_files, (moment, moment))
    found = pc.facts(read_software)
    assert found == {
        "programs": [
            {"name": "firefox-esr", "version": "140.5.0esr-1~deb12u1", "publisher": None, "source": "dpkg",
             "installed_on": None},
            {"name": "libc6", "version": "2.36-9+deb12u13", "publisher": None, "source": "dpkg",
             "installed_on": "2026-11-03"},
        ],
        "total": 2,
    }  # fmt: skip


RPM = (
    "bash\t5.2.26-3.fc40\tFedora Project\t1763900000\ngpg-pubkey\t1-2\t(none)\t1763900001\n"
    "own\t1.0-1\t(none)\t1763900002\nbroken\n"
)
FLATPAK = "Firefox\torg.mozilla.firefox\t145.0\tflathub\n"
SNAP = """\
Name      Version    Rev    Tracking       Publisher   Notes
core22    20251023   2163   latest/stable  canonical*  base
firefox   145.0-1    7177   latest/stable  mozilla✓    -
zoom-client 6.6      250    latest/stable  ogra        -
"""


def test_packages_of_other_systems(pc: RecordedMachine) -> None:
    """rpm's with maker and day, Flatpak's and Snap's beside them; keys and bases are no programs."""
    pc.folder("/usr/lib/sysimage/rpm")
    pc.tool("rpm", RPM)
    pc.tool("flatpak", FLATPAK, when="list --app")
    pc.tool("snap", SNAP, when="list")
    rows = [
        (one["name"], one["version"], one["publisher"], one["source"]) for one in pc.facts(read_software)["programs"]
    ]
    assert rows == [
        ("bash", "5.2.26-3.fc40", "Fedora Project", "rpm"),
        ("Firefox", "145.0", "flathub", "flatpak"),
        ("firefox", "145.0-1", "mozilla", "snap"),
        ("own", "1.0-1", None, "rpm"),
        ("zoom-client", "6.6", "ogra", "snap"),
    ]


def test_a_machine_without_packages(pc: RecordedMachine) -> None:
    """No package system that we know: no made-up list."""
    assert {pc.answer(one)["status"] for one in (read_software, read_browsers_office, read_updates)} == {"unsupported"}


def test_programs_that_people_work_with(pc: RecordedMachine) -> None:
    """Browser and meeting program by their packages; the standard comes from the user's own file first."""
    pc.file("/var/lib/dpkg/status", STATUS + "\nPackage: thunderbird\nStatus: install ok installed\nVersion: 140.5\n")
    pc.tool("snap", SNAP)
    pc.file(
        "/usr/share/applications/mimeapps.list", "[Default Applications]\nx-scheme-handler/https=chromium.desktop\n"
    )
    pc.file(
        f"{HOME}/.config/mimeapps.list",
        "[Added Associations]\nx-scheme-handler/https=other.desktop;\n[Default Applications]\n"
        "x-scheme-handler/https=firefox_firefox.desktop;\nx-scheme-handler/mailto=org.gnome.Evolution.desktop\n",
    )
    found = pc.facts(read_browsers_office)["programs"]
    rows = [(one["role"], one["name"], one["version"], one["channel"], one["is_default"]) for one in found]
    assert rows == [
        ("browser", "Firefox", "145.0-1", "snap", True),
        ("browser", "Firefox", "140.5.0esr-1~deb12u1", "dpkg", True),
        ("mail", "Thunderbird", "140.5", "dpkg", False),
        ("meeting", "Zoom", "6.6", "snap", None),
    ]


@pytest.mark.parametrize(
    ("more", "is_enabled"),
    [
        ("", True),
        ("Hidden=true\n", False),
        ("X-GNOME-Autostart-enabled=false\n", False),
        ("OnlyShowIn=KDE;\n", False),
        ("OnlyShowIn=GNOME;Unity;\n", True),
        ("NotShowIn=GNOME;\n", False),
        ("\n[Desktop Action x]\nHidden=true\n", True),
    ],
)
def test_autostart_files(more: str, is_enabled: bool) -> None:
    """A file may be switched off, or be meant for another desktop."""
    content = f"# a\n[Desktop Entry]\nName=Sync\nName[de]=Abgleich\nExec=/opt/sync --token secret\n{more}"
    assert startup.parse_desktop(content, frozenset({"ubuntu", "GNOME"})) == ("Sync", is_enabled)


def test_what_starts_by_itself(pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's file takes the place of the system's of the same name; arguments stay unread."""
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)
    pc.file("/etc/xdg/autostart/sync.desktop", "[Desktop Entry]\nName=Sync\nExec=sync --token secret\n")
    pc.file("/etc/xdg/autostart/print.desktop", "[Desktop Entry]\nExec=print\n")
    pc.file(f"{HOME}/.config/autostart/sync.desktop", "[Desktop Entry]\nName=Sync\nHidden=true\n")
    pc.link("/etc/systemd/system/multi-user.target.wants/ssh.service", "/lib/systemd/system/ssh.service")
    pc.link("/etc/systemd/system/timers.target.wants/apt-daily.timer", "/lib/systemd/system/apt-daily.timer")
    pc.file("/etc/systemd/system/own.service", "ExecStart=/bin/own secret\n")
    rows = [tuple(one.values()) for one in pc.facts(read_startup)["items"]]
    assert rows == [
        ("Sync", "autostart", "user", False),
        ("print", "autostart", "system", True),
        ("apt-daily.timer", "service", "system", True),
        ("ssh.service", "service", "system", True),
    ]


HISTORY = """
Start-Date: 2026-11-{day:02}  06:14:01
Commandline: apt-get -o token=secret upgrade
Requested-By: anna (1000)
Upgrade: libssl3:amd64 (3.0.16-1, 3.0.17-1), openssl:amd64 (3.0.16-1, 3.0.17-1), tzdata:all (1, 2), dash:amd64 (1, 2)
{error}End-Date: 2026-11-{day:02}  06:14:09
"""
INSTALL = "\nStart-Date: 2026-11-27  09:00:00\nInstall: htop:amd64 (3.2)\nEnd-Date: 2026-11-27  09:00:02\n"
FAILED = "Error: Sub-process /usr/bin/dpkg returned an error code (1)\n"


def test_apts_history() -> None:
    """Runs in order; who asked and with which words is passed over; a new program is no update."""
    good, bad, new = updates.parse_history(
        HISTORY.format(day=3, error="") + HISTORY.format(day=20, error=FAILED) + INSTALL
    )
    assert good.packages == ["libssl3", "openssl", "tzdata", "dash"]
    assert time.localtime(good.at)[:5] == (2026, 11, 3, 6, 14)
    assert (good.is_failed, bad.is_failed, new.packages) == (False, True, [])


def test_updates_of_debian(pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest good run counts, in an older history too; a failure of this month is told."""
    now = time.mktime((2026, 11, 28, 12, 0, 0, 0, 0, -1))
    monkeypatch.setattr(updates.time, "time", lambda: now)
    pc.file("/var/lib/dpkg/status", STATUS)
    pc.file("/var/log/apt/history.log", INSTALL + HISTORY.format(day=26, error=FAILED))
    older = pc.file("/var/log/apt/history.log.1.gz")
    older.write_bytes(gzip.compress(HISTORY.format(day=3, error="").encode()))
    pc.file("/etc/apt/apt.conf.d/10periodic", 'APT::Periodic::Unattended-Upgrade "1";\n')
    pc.file("/etc/apt/apt.conf.d/20auto-upgrades", 'APT::Periodic::Unattended-Upgrade "0";\n')
    pc.file("/var/lib/update-notifier/updates-available", "\n12 updates can be applied immediately.\n3 of these …\n")
    found = pc.facts(read_updates)
    assert (found["days_since"], found["failed"], found["waiting"]) == (25, 1, 12)
    assert (found["last_title"], found["is_automatic"]) == ("libssl3, openssl, tzdata", False)
    stamp = pc.file("/var/lib/apt/periodic/unattended-upgrades-stamp")
    os.utime(stamp, (now - DAY - 5, now - DAY - 5))
    assert pc.facts(read_updates)["days_since"] == 1
    assert "secret" not in str(found)


def test_updates_without_any_history(pc: RecordedMachine) -> None:
    """Never brought up to date, as far as anybody knows: no day is made up; a broken archive is passed over."""
    pc.file("/var/lib/dpkg/status", STATUS)
    pc.file("/var/log/apt/history.log.1.gz", "no archive")
    found = pc.facts(read_updates)
    assert (found["last_success_at"], found["days_since"], found["last_title"], found["waiting"]) == (None,) * 4


def test_updates_by_rpm(pc: RecordedMachine) -> None:
    """The newest package tells when; the settings of dnf-automatic whether by itself."""
    pc.folder("/var/lib/rpm")
    pc.tool("rpm", RPM)
    pc.file("/etc/dnf/automatic.conf", "[commands]\nupgrade_type = security\napply_updates = yes\n")
    found = pc.facts(read_updates)
    assert (found["last_success_at"], found["last_title"], found["is_automatic"]) == (1763900002, "own", True)


def test_a_package_list_that_is_damaged() -> None:
    """Half a block has no version and is no package."""
    assert packages.parse_dpkg("Package: a\nStatus: install ok installed\n\nPackage: b\nVersion: 1\n") == []
