"""Facts of this machine beside what its own tools print in the same moment; each fails where a probe lies."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from desktop.diagnostics.collect import collect_snapshot
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.mounts import linux_mounts, once
from desktop.diagnostics.probe import Probe
from desktop.diagnostics.probes import attached, disks, load, network, programs, protection, storage, system
from desktop.diagnostics.runner import guarded
from desktop.diagnostics.targets import NO_TARGETS
from desktop.domain.snapshot import FindingState, Snapshot
from desktop.system.programs import collector_command

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux' own tools")


def facts(probe: Probe) -> dict[str, Any]:
    """Run one probe as the collector does."""
    result = guarded(probe, Machine(window=0.0))
    assert result["status"] in ("ok", "partial"), result
    return dict(result["facts"])  # type: ignore[call-overload]


def printed(*command: str) -> str:
    """Return what a tool prints in English; without the tool there is nothing to compare with."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"needs {command[0]}")
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def described(*command: str) -> Any:
    """Return what a tool prints as JSON."""
    return json.loads(printed(*command))


def test_drives_agree_with_lsblk() -> None:
    """Names, sizes and models of all drives that have something to hold."""
    told = described("lsblk", "-J", "-b", "-d", "-o", "NAME,SIZE,ROTA,TYPE,MODEL")["blockdevices"]
    skipped = ("zram", "loop", "ram", "md", "dm-", "sr", "nbd", "fd")
    wanted = {
        one["name"]: (one["size"], one["model"])
        for one in told
        if one["type"] == "disk" and one["size"] and not one["name"].startswith(skipped)
    }
    found = facts(storage.read_disk_health)["disks"]
    assert {one["name"]: (one["size_bytes"], one["model"]) for one in found} == wanted
    turning = {one["name"]: one["rota"] for one in told}
    assert all(turning[one["name"]] == (one["kind"] == "hdd") for one in found if one["kind"] in ("hdd", "ssd"))


def test_volumes_agree_with_findmnt() -> None:
    """Every local volume on a device, with its type and whether it may be written."""
    rows = {one["mount"]: one for one in facts(disks.read_disks)["volumes"]}
    told = described("findmnt", "-J", "--real", "-l", "-o", "TARGET,SOURCE,FSTYPE,OPTIONS")["filesystems"]
    real = {one["target"]: one for one in told}
    for mount, row in rows.items():
        if "<user>" not in mount:
            assert real[mount]["fstype"] == row["filesystem"]
            assert ("ro" in real[mount]["options"].split(",")) == row["is_read_only"]
    assert rows["/"]["is_system"] is True
    points = {point for _, point, _, _ in once(linux_mounts(Path("/proc/self/mounts").read_text(encoding="utf-8")))}
    devices = {one["source"] for one in told if one["source"].startswith("/dev/") and one["fstype"] != "squashfs"}
    assert len(points) >= len({one for one in devices if "[" not in one and "loop" not in one}) - 1  # /boot is none


def test_encryption_agrees_with_lsblk() -> None:
    """The system counts as encrypted exactly where something of the type "crypt" lies above its drive."""
    if not os.access("/dev", os.R_OK) or guarded(protection.read_encryption, Machine())["status"] == "unsupported":
        pytest.skip("the root lies on no block device")

    def chain(devices: list[dict[str, Any]], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
        found = []
        for one in devices:
            own = (*above, one["type"])
            found += [own] if "/" in (one["mountpoints"] or ()) else []
            found += chain(one.get("children", []), own)
        return found

    tree = described("lsblk", "-J", "-o", "NAME,TYPE,MOUNTPOINTS")["blockdevices"]
    ways = chain(tree)
    if not ways:
        pytest.skip("lsblk does not see the root")
    assert facts(protection.read_encryption)["is_system_encrypted"] == any("crypt" in one for one in ways)


def test_memory_agrees_with_free() -> None:
    """Total, swap, and what is available within a tenth, as others use the machine too."""
    lines = [one.split() for one in printed("free", "-b").splitlines()]
    memory, swap = lines[1], lines[2]
    found = facts(load.read_memory)
    assert (found["total_bytes"], found["swap_total_bytes"]) == (int(memory[1]), int(swap[1]))
    assert abs(found["available_bytes"] - int(memory[6])) < int(memory[1]) / 10
    assert abs(found["swap_used_bytes"] - int(swap[2])) < 64 << 20
    assert facts(system.read_hardware)["memory_bytes"] == int(memory[1])


def test_processor_agrees_with_lscpu() -> None:
    """Name and numbers of cores; the load is one of those the kernel showed around it."""
    told = {one["field"].rstrip(":"): one["data"] for one in described("lscpu", "-J")["lscpu"]}
    before = Path("/proc/loadavg").read_text(encoding="ascii").split()[0]
    found = facts(load.read_cpu_load)
    after = Path("/proc/loadavg").read_text(encoding="ascii").split()[0]
    assert found["load_1"] in (float(before), float(after))
    assert found["logical_cores"] == int(printed("nproc", "--all"))
    assert found["model"] == told.get("Model name")
    hardware = facts(system.read_hardware)
    assert hardware["processor"] == told.get("Model name")
    if "Core(s) per socket" in told and told.get("Socket(s)", "-") != "-":
        assert hardware["cores"] == int(told["Core(s) per socket"]) * int(told["Socket(s)"])


def test_system_agrees_with_uname_and_uptime() -> None:
    """Kernel, architecture, name of the machine, and the second of its start."""
    found = facts(system.read_os)
    told = [printed("uname", one).strip() for one in ("-r", "-m", "-n")]
    assert [found[one] for one in ("build", "architecture", "host")] == told
    started = time.mktime(time.strptime(printed("uptime", "-s").strip(), "%Y-%m-%d %H:%M:%S"))
    assert abs(facts(system.read_uptime)["restarted_at"] - started) <= 2


def test_sessions_agree_with_id_and_who() -> None:
    """Who we are, whether we may administer, and how many others are signed in."""
    found = facts(system.read_sessions)
    me = printed("id", "-un").strip()
    groups = set(printed("id", "-Gn").split())
    assert found["user"] == me
    assert found["is_admin"] == (printed("id", "-u").strip() == "0" or bool(groups & {"sudo", "wheel", "admin"}))
    others = {one.split()[0] for one in printed("who").splitlines()} - {me}
    if others or not Path("/run/systemd/system").exists():
        assert found["other_users"] == len(others)


def test_own_password_agrees_with_the_shadow_file() -> None:
    """The day of its last change, by days since 1970."""
    if not os.access("/etc/shadow", os.R_OK):
        pytest.skip("may not read the file of passwords")
    me = printed("id", "-un").strip()
    row = next(line.split(":") for line in Path("/etc/shadow").read_text().splitlines() if line.startswith(f"{me}:"))
    age = facts(protection.read_accounts)["password_age_days"]
    assert abs(age - (time.time() // 86400 - int(row[2]))) <= 1  # a day begins at another hour here than in 1970
    assert (facts(protection.read_accounts)["expires_in_days"] is None) == (row[4] in ("", "99999"))


def test_packages_agree_with_dpkg() -> None:
    """Every installed package with its version, and no other."""
    form = "${db:Status-Abbrev}\t${Package}\t${Version}\n"
    rows = [one.split("\t") for one in printed("dpkg-query", "-W", "-f", form).splitlines()]
    wanted = sorted((row[1], row[2]) for row in rows if row[0].startswith(("ii", "hi")))
    found = [one for one in facts(programs.read_software)["programs"] if one["source"] == "dpkg"]
    assert sorted((one["name"], one["version"]) for one in found) == wanted
    day = printed("date", "-r", "/var/lib/dpkg/info/bash.list", "+%Y-%m-%d").strip()
    assert next(one["installed_on"] for one in found if one["name"] == "bash") == day


def test_enabled_services_agree_with_systemctl() -> None:
    """Whatever we call enabled systemd calls so too, and we forget no service that it lists."""
    found = facts(programs.read_startup)["items"]
    ours = {one["name"] for one in found if one["kind"] == "service" and one["scope"] == "system"}
    for one in sorted(ours):
        assert printed("systemctl", "is-enabled", one).split()[0] in (
            "enabled",
            "enabled-runtime",
            "static",
            "alias",
        ), one
    listed = printed("systemctl", "list-unit-files", "--state=enabled", "--type=service", "--no-legend", "--plain")
    names = {line.split()[0] for line in listed.splitlines() if "@." not in line}
    aliases = {one for one in names - ours if not _is_wanted(one)}
    assert names - aliases <= ours


def _is_wanted(unit: str) -> bool:
    """Tell whether some target wants a unit; one that has only another name is enabled too."""
    return any(Path("/etc/systemd/system").glob(f"*.wants/{unit}"))


def test_links_agree_with_ip() -> None:
    """Names, packet lengths, hardware addresses, and which of them have a carrier."""
    told = {one["ifname"]: one for one in described("ip", "-j", "link")}
    found = {one["name"]: one for one in facts(network.read_net_link)["interfaces"]}
    assert found.keys() == told.keys()
    for name, one in found.items():
        assert one["mtu"] == told[name]["mtu"]
        assert one["is_up"] == ({"UP", "LOWER_UP"} <= set(told[name]["flags"])), name
        if told[name].get("address") and one["mac"]:
            assert one["mac"] == told[name]["address"]


def test_screens_agree_with_the_x_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of our own with one screen of a size that nothing else has."""
    if shutil.which("Xvfb") is None or shutil.which("xrandr") is None:
        pytest.skip("needs Xvfb and xrandr")
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1288x728x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert server.stdout is not None
    with server.stdout as words:
        monkeypatch.setenv("DISPLAY", f":{words.readline().decode().strip()}")
        found = facts(attached.read_displays)
        server.terminate()
    server.wait()
    assert found["count"] == 1
    screen = found["displays"][0]
    assert (screen["width_px"], screen["height_px"], screen["refresh_hz"]) == (1288, 728, None)


SCRIPT = """
mount -t sysfs sysfs /sys
ip link set lo up
ip link add cable0 address a4:bb:6d:00:00:01 type veth peer name far0
ip addr add 192.168.7.2/24 dev cable0
ip link set cable0 up
{far}
ip -j addr > {folder}/addr.json
ip -j route > {folder}/route.json
ip -j -6 route > {folder}/route6.json
exec "$@"
"""
CONNECTED = "ip link set far0 up; ip route add default via 192.168.7.1 dev cable0 metric 50"


def in_own_network(folder: Path, far: str) -> Snapshot:
    """Run the real collector in a network of its own, which has one cable."""
    if os.geteuid() != 0 or shutil.which("ip") is None or shutil.which("unshare") is None:
        pytest.skip("may not make networks of its own here")
    script = SCRIPT.format(far=far, folder=folder)
    command = ["unshare", "-n", "-m", "sh", "-e", "-c", script, "sh", *collector_command()]
    probes = ["net_link", "net_ip", "net_route", "net_reach"]
    found = collect_snapshot(command, probes=probes, targets=NO_TARGETS)
    if not (folder / "route6.json").exists():
        pytest.skip("the kernel gives no network of its own")
    return found


def test_a_cable_that_is_plugged_in(tmp_path: Path) -> None:
    """Addresses, ways out and adapters are those that ip printed in the same network."""
    found = in_own_network(tmp_path, CONNECTED)
    links = json.loads((tmp_path / "addr.json").read_text())
    routes = [*json.loads((tmp_path / "route.json").read_text()), *json.loads((tmp_path / "route6.json").read_text())]
    addresses = {(one["ifname"], info["local"]) for one in links for info in one["addr_info"]}
    rows = found.probes["net_ip"].facts["addresses"]
    assert {(one["interface"], one["address"]) for one in rows} >= addresses
    assert found.probes["net_route"].facts["gateways"] == [one["gateway"] for one in routes if one["dst"] == "default"]
    cable = next(one for one in found.probes["net_link"].facts["interfaces"] if one["name"] == "cable0")
    assert (cable["is_up"], cable["medium"], cable["vendor_prefix"]) == (True, "cable", "a4:bb:6d")
    assert found.finding("net.link_down") is FindingState.ABSENT
    assert found.finding("net.no_address") is FindingState.ABSENT
    assert found.probes["net_reach"].facts["gateway"] == "192.168.7.1"


def test_a_cable_that_is_not(tmp_path: Path) -> None:
    """The other end is down, so there is no carrier, and the finding says so."""
    found = in_own_network(tmp_path, "ip link set far0 down")
    flags = {one["ifname"]: one["flags"] for one in json.loads((tmp_path / "addr.json").read_text())}
    rows = {one["name"]: one["is_up"] for one in found.probes["net_link"].facts["interfaces"]}
    assert "LOWER_UP" not in flags["cable0"]
    assert rows["cable0"] is False
    assert found.finding("net.no_address") is FindingState.PRESENT
    assert found.finding("net.link_down") is FindingState.PRESENT
