"""Until when systems get security updates, beside Debian's own table of Debian and Ubuntu."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.diagnostics import support
from desktop.diagnostics.linux import pc
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probes.system import read_hardware, read_os, read_sessions
from tests.diagnostics.recordings import RecordedMachine

DISTRO_INFO = Path("/usr/share/distro-info")


@pytest.mark.parametrize(
    ("system", "until"),
    [
        ({"family": "linux", "distribution": "debian", "version": "12"}, "2028-06-30"),
        ({"family": "linux", "distribution": "ubuntu", "version": "24.04"}, "2029-05-31"),
        ({"family": "linux", "distribution": "rhel", "version": "9.4"}, "2032-05-31"),
        ({"family": "linux", "distribution": "linuxmint", "version": "21.3"}, "2027-04-30"),
        ({"family": "linux", "distribution": "arch"}, None),
        ({"family": "linux", "distribution": "debian", "version": "99"}, None),
        ({"family": "win32", "build": "19045.5000", "edition": "Professional"}, "2025-10-14"),
        ({"family": "win32", "build": "22631.4460", "edition": "Core"}, "2025-11-11"),
        ({"family": "win32", "build": "22631.4460", "edition": "Enterprise"}, "2026-11-10"),
        ({"family": "win32", "build": "22631", "edition": "EducationN"}, "2026-11-10"),
        ({"family": "win32", "build": "19044.1", "edition": "EnterpriseS"}, "2027-01-12"),
        ({"family": "win32", "build": "19044.1", "edition": "IoTEnterpriseS"}, "2032-01-13"),
        ({"family": "win32", "build": "17763.1", "edition": "IoTEnterpriseS"}, "2029-01-09"),
        ({"family": "win32", "build": "20348.1", "edition": "ServerStandard"}, "2031-10-14"),
        ({"family": "win32", "build": "26100.1", "edition": "ServerStandard"}, "2034-11-14"),
        ({"family": "win32", "build": "99999", "edition": "Professional"}, None),
        ({"family": "darwin", "version": "15.7.4"}, "2027-09-30"),
        ({"family": "darwin", "version": "99.0"}, None),
        ({"family": "plan9"}, None),
    ],
)
def test_the_end_of_support(system: dict[str, str], until: str | None) -> None:
    """By release and, on Windows, by edition; what the table does not know is not guessed."""
    assert support.supported_until(**system) == until


@pytest.mark.parametrize(
    ("family", "name", "version", "build", "until"),
    [
        ("win32", "Windows 11 Pro", "24H2", "26100.2314", "2026-10-13"),
        ("win32", "Windows 11 Enterprise", "24H2", "26100.2314", "2027-10-12"),
        ("win32", "Windows 11 Enterprise LTSC", "24H2", "26100.1", "2029-10-09"),
        ("win32", "Windows 11 IoT Enterprise LTSC", "24H2", "26100.1", "2034-10-10"),
        ("win32", "Windows Server 2022 Standard", "21H2", "20348", "2031-10-14"),
        ("win32", "Windows 12", "30H1", "30000.1", None),
        ("darwin", "macOS", "13.6.1", "22G313", "2025-09-15"),
        ("linux", "Debian GNU/Linux 12 (bookworm)", "12", "6.1.0", "2028-06-30"),
        ("linux", "Ubuntu 22.04.5 LTS", "22.04", "5.15", "2027-06-01"),
        ("linux", "Debian GNU/Linux trixie/sid", "", "6.1.0", None),
        ("linux", "Arch Linux", "", "6.12", None),
        ("", "", "", "", None),
    ],
)
def test_the_end_of_support_by_name(family: str, name: str, version: str, build: str, until: str | None) -> None:
    """As lists know systems: by name, version and build."""
    assert support.supported_by_name(family=family, name=name, version=version, build=build) == until


@pytest.mark.parametrize(
    ("moment", "left"),
    [((2026, 11, 9, 12, 0, 0), 1), ((2026, 11, 10, 0, 0, 1), 0), ((2026, 11, 10, 23, 59, 0), 0),
     ((2026, 11, 11, 0, 0, 1), -1), ((2025, 11, 10, 12, 0, 0), 365)],
)  # fmt: skip
def test_days_until_then(moment: tuple[int, int, int, int, int, int], left: int) -> None:
    """The last day still counts; the day after is out of support."""
    now = time.mktime((*moment, 0, 0, -1))
    assert support.days_left("2026-11-10", now) == left
    assert support.days_left(None, now) is None


@pytest.mark.skipif(not DISTRO_INFO.exists(), reason="needs distro-info-data")
@pytest.mark.parametrize(("distribution", "column"), [("debian", "eol-lts"), ("ubuntu", "eol")])
def test_the_table_agrees_with_distro_info(distribution: str, column: str) -> None:
    """Each release that both know ends on the same day."""
    with (DISTRO_INFO / f"{distribution}.csv").open(encoding="utf-8") as stream:
        known = {row["version"].removesuffix(" LTS"): row[column] for row in csv.DictReader(stream) if row[column]}
    ours = support.LINUX_RELEASES[distribution]
    both = ours.keys() & known.keys()
    assert len(both) > 3
    # The table of a stable Debian is seldom renewed, so a release it does not know yet is none of its business.
    assert {one: ours[one] for one in both} == {one: known[one] for one in both}


def test_every_day_of_the_table_is_a_day() -> None:
    """No slip of the pen."""
    days = [day for releases in support.LINUX_RELEASES.values() for day in releases.values()]
    days += [*support.MACOS_RELEASES.values(), *support.WINDOWS_LONG_TERM.values(), *support.WINDOWS_SERVERS.values()]
    days += [day for pair in support.WINDOWS_BUILDS.values() for day in pair]
    assert all(time.strptime(day, "%Y-%m-%d") and day > "2018" for day in days)
    assert all(home <= business for home, business in support.WINDOWS_BUILDS.values())


def test_this_system_is_the_one_of_os_release() -> None:
    """Name and version as the shell reads them."""
    if not sys.platform.startswith("linux"):
        pytest.skip("reads os-release")
    script = '. /etc/os-release; printf "%s\\n%s" "$PRETTY_NAME" "$VERSION_ID"'
    printed = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout.split("\n")
    found = read_os.read(Machine(window=0.0))
    assert [found["name"], found["version"]] == printed


CPUINFO = "".join(
    f"processor\t: {one}\nmodel name\t: Intel(R) Core(TM) i5-1245U\nphysical id\t: 0\ncpu cores\t: 10\n\n"
    for one in range(12)
)


def test_a_recorded_computer(tmp_path: Path) -> None:
    """Processor with its real cores, memory, and the serial number where it may be read."""
    recorded = RecordedMachine(tmp_path)
    recorded.file("/proc/cpuinfo", CPUINFO)
    recorded.file("/proc/meminfo", "MemTotal:       16104212 kB\nMemFree: 1 kB\n")
    recorded.files(pc.DMI, product_serial="PF3ABCDE\n", chassis_type="3\n", sys_vendor="Default string\n")
    found = recorded.facts(read_hardware)
    assert (found["processor"], found["cores"], found["memory_bytes"]) == (
        "Intel(R) Core(TM) i5-1245U", 10, 16104212 * 1024,
    )  # fmt: skip
    assert (found["serial"], found["form"], found["manufacturer"]) == ("PF3ABCDE", "desktop", None)
    assert pc.parse_cpuinfo("processor\t: 0\nBogoMIPS\t: 50.0\nprocessor\t: 1\n") == (None, 2)
    assert pc.parse_cpuinfo("") == (None, None)


def test_batteries_that_count_charge(tmp_path: Path) -> None:
    """Microampere-hours become watt-hours by the battery's own voltage; the kernel's word on it is told."""
    recorded = RecordedMachine(tmp_path)
    recorded.files(f"{pc.SUPPLY}/AC", online="1\n")
    recorded.files(
        f"{pc.SUPPLY}/BAT1", charge_full="3000000\n", charge_full_design="4000000\n", cycle_count="301\n",
        voltage_min_design="11400000\n", health="Dead\n",
    )  # fmt: skip
    assert pc.battery(recorded.machine) == {
        "health_percent": 75.0, "cycles": 301, "design_capacity_wh": 45.6, "full_capacity_wh": 34.2,
        "condition": "service",
    }  # fmt: skip
    (tmp_path / pc.SUPPLY.lstrip("/") / "BAT1" / "voltage_min_design").unlink()
    recorded.file(f"{pc.SUPPLY}/BAT1/health", "Good\n")
    found = pc.battery(recorded.machine)
    assert (found["design_capacity_wh"], found["full_capacity_wh"], found["condition"]) == (None, None, "normal")


def test_other_people_by_logind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer systems keep no list of users; the greeter of the login screen is nobody."""
    monkeypatch.setattr(pc.os, "getuid", lambda: 1000)
    recorded = RecordedMachine(tmp_path)
    rows = "  2 1000 anna seat0 tty2 active no\n 3 1000 anna - pts/0\n c1 120 gdm seat0 tty1\n"
    rows += "  7 1001 jens - -\n 9 0 root - -\n"
    recorded.tool("loginctl", rows, when="list-sessions")
    assert pc.other_people(recorded.machine) is None
    recorded.folder("/run/systemd/system")
    assert pc.other_people(recorded.machine) == 2
    monkeypatch.setattr("desktop.diagnostics.probes.system.psutil.users", list)
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    found = recorded.facts(read_sessions)
    assert (found["other_users"], found["kind"]) == (2, "wayland")
    (tmp_path / "silent").mkdir()
    silent = RecordedMachine(tmp_path / "silent")
    assert silent.facts(read_sessions)["other_users"] == 0
    silent.folder("/run/systemd/system")
    assert silent.facts(read_sessions)["other_users"] is None
