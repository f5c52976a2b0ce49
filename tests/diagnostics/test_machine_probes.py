"""Facts of this machine beside an independent source, and recorded machines that this one is not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from desktop.diagnostics import cups
from desktop.diagnostics.linux import pc
from desktop.diagnostics.machine import MAX_OUTPUT, Machine
from desktop.diagnostics.mounts import is_on_network, without_home
from desktop.diagnostics.probe import Lane, Probe, probe, text
from desktop.diagnostics.probes import disks, load, network, printing, processes, services, system, wireless
from desktop.diagnostics.runner import guarded, run_probes
from desktop.domain.facts import ProbeStatus
from tests.diagnostics.servers import connections

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc and /sys")


def facts(probe: Probe, machine: Machine | None = None) -> dict:
    """Run one probe as the collector does; the window is closed at once."""
    found = guarded(probe, machine or Machine(window=0.0))["facts"]
    assert isinstance(found, dict)
    return found


def put(root: Path, path: str, content: str) -> None:
    """Lay a recorded file where the machine's own would be."""
    file = root / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


def recorded(root: Path, **options: object) -> Machine:
    """Return a Linux machine that consists of the recorded files only."""
    return Machine(platform="linux", root=str(root), window=0.0, **options)  # type: ignore[arg-type]


@on_linux
def test_disks_agree_with_df() -> None:
    """Size and free space of each volume are those that df prints."""
    for one in facts(disks.read_disks)["volumes"]:
        if "<user>" in one["mount"]:
            continue
        printed = subprocess.run(
            ["df", "--block-size=1", "--output=size,avail", one["mount"]], capture_output=True, text=True, check=True
        ).stdout.split()[-2:]
        assert int(printed[0]) == one["total_bytes"]
        assert abs(int(printed[1]) - one["free_bytes"]) < 1 << 30


@on_linux
def test_memory_agrees_with_free() -> None:
    """Total memory is what free prints."""
    printed = subprocess.run(["free", "-b"], capture_output=True, text=True, check=True).stdout.splitlines()[1].split()
    assert int(printed[1]) == facts(load.read_memory)["total_bytes"]


@on_linux
@pytest.mark.skipif(shutil.which("ip") is None, reason="needs iproute2")
def test_routes_and_addresses_agree_with_ip() -> None:
    """Gateways and addresses are those that ip prints."""
    routes = json.loads(subprocess.run(["ip", "-j", "route"], capture_output=True, text=True, check=True).stdout)
    wanted = {one["gateway"] for one in routes if one["dst"] == "default" and "gateway" in one}
    assert wanted <= set(facts(network.read_net_route)["gateways"])
    links = json.loads(subprocess.run(["ip", "-j", "addr"], capture_output=True, text=True, check=True).stdout)
    addresses = {info["local"] for link in links for info in link["addr_info"]}
    assert addresses == {one["address"] for one in facts(network.read_net_ip)["addresses"]}
    up = {one["ifname"] for one in links if "LOWER_UP" in one["flags"]}
    assert up >= {one["name"] for one in facts(network.read_net_link)["interfaces"] if one["is_up"]}


@on_linux
def test_processes_are_counted_and_never_described() -> None:
    """As many as psutil finds, at most ten of each kind, and nothing of a command line or another person."""
    secret = "canary-argument"
    child = subprocess.Popen([sys.executable, "-c", "input()", secret], stdin=subprocess.PIPE)
    try:
        found = facts(processes.read_processes)
    finally:
        child.communicate(b"\n")
    assert found["count"] == pytest.approx(len(psutil.pids()), abs=25)
    rows = [*found["top_cpu"], *found["top_memory"]]
    assert 0 < len(found["top_memory"]) <= processes.TOP
    assert {one["user"] for one in rows} <= {"self", "system", "other"}
    assert secret not in json.dumps(found)
    assert "/" not in "".join(one["name"] for one in rows if not one["name"].startswith("kworker"))


def test_the_sweep_reads_each_process_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With 348 processes: one small file each, twice, and whose it is of the few that are told."""
    tail = "S 1 1 1 0 -1 4194560 0 0 0 0 {ticks} 50 0 0 20 0 1 0 777 1000 12 " + "0 " * 28
    for pid in range(1, 349):
        put(tmp_path, f"/proc/{pid}/stat", f"{pid} (worker) {tail.format(ticks=pid)}")
        put(tmp_path, f"/proc/{pid}/cmdline", "worker\0--password=secret")
    read: list[str] = []
    machine = recorded(tmp_path)
    monkeypatch.setattr(machine, "read_bytes", lambda path, limit: read.append(path) or _content(tmp_path, path))
    found = facts(processes.read_processes, machine)
    assert found["count"] == 348
    assert len(read) == 2 * 348
    assert {one.rpartition("/")[2] for one in read} == {"stat"}
    assert len(found["top_memory"]) == processes.TOP


def _content(root: Path, path: str) -> bytes:
    return (root / path.lstrip("/")).read_bytes()


def test_a_process_name_may_contain_anything() -> None:
    """Brackets, spaces and a fake state in the name do not shift the columns (proc_pid_stat(5))."""
    tail = "D 1 1 1 0 -1 4194560 0 0 0 0 250 50 0 0 20 0 1 0 777 1000 12 " + "0 " * 28
    seen = processes.parse_stat(f"42 (a) R (b c) {tail}", page=4096, ticks=100)
    assert (seen.name, seen.seconds, seen.born, seen.memory, seen.is_blocked) == ("a) R (b c", 3.0, 7.77, 49152, True)


def test_a_number_used_again_is_another_process() -> None:
    """The time of a dead process is not charged to the one that got its number."""
    old = processes.Seen("a", seconds=100.0, born=1.0, memory=0, is_blocked=False)
    new = processes.Seen("b", seconds=2.0, born=9.0, memory=0, is_blocked=False)
    assert processes.cpu_shares({7: old}, {7: new}, seconds=1.0) == {}
    later = processes.Seen("a", seconds=100.5, born=1.0, memory=0, is_blocked=False)
    assert processes.cpu_shares({7: old}, {7: later}, seconds=2.0) == {7: 25.0}


def test_network_mounts_are_counted_and_never_touched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only local volumes are measured, each device once; a dead server would hang whoever asks."""
    put(
        tmp_path,
        "/proc/self/mounts",
        "/dev/sda2 / ext4 rw 0 0\n/dev/sda2 /mnt/bind ext4 rw 0 0\nserver:/data /mnt/nfs nfs4 rw 0 0\n"
        "//server/share /mnt/cifs cifs rw 0 0\nme@host:/ /home/anna/far fuse.sshfs rw 0 0\nproc /proc proc rw 0 0\n"
        "/dev/sdb1 /media/anna/USB\\040Stick vfat ro 0 0\n/dev/loop3 /snap/core/1 squashfs ro 0 0\nbroken\n"
        "/dev/sdc1 /mnt/nfs/local ext4 rw 0 0\n",
    )
    touched: list[str] = []

    def usage(path: str) -> object:
        touched.append(path)
        return type("Usage", (), {"total": 100, "free": 50})()

    monkeypatch.setattr(disks.psutil, "disk_usage", usage)
    monkeypatch.setattr(disks, "_free_files", lambda point: None)
    found = facts(disks.read_disks, recorded(tmp_path))
    assert touched == ["/", "/media/anna/USB Stick"]
    assert found["network_mounts"] == 3
    assert [one["mount"] for one in found["volumes"]] == ["/", "/media/<user>/<volume>"]
    assert found["volumes"][1]["is_read_only"] is True


def test_a_recorded_notebook(tmp_path: Path) -> None:
    """Model, battery wear, radio switch, weak Wi-Fi and a waiting restart of a machine that this one is not."""
    for name, content in {
        "sys_vendor": "LENOVO\n", "product_name": "ThinkPad T14\n", "chassis_type": "10\n",
        "bios_version": "To Be Filled By O.E.M.\n",
    }.items():  # fmt: skip
        put(tmp_path, f"{pc.DMI}/{name}", content)
    put(tmp_path, f"{pc.SUPPLY}/AC/online", "1\n")
    put(tmp_path, f"{pc.SUPPLY}/BAT0/energy_full", "28500000\n")
    put(tmp_path, f"{pc.SUPPLY}/BAT0/energy_full_design", "50000000\n")
    put(tmp_path, f"{pc.SUPPLY}/BAT0/cycle_count", "812\n")
    put(tmp_path, "/sys/class/rfkill/rfkill0/type", "wlan\n")
    put(tmp_path, "/sys/class/rfkill/rfkill0/soft", "1\n")
    put(tmp_path, "/sys/class/rfkill/rfkill0/hard", "0\n")
    put(tmp_path, "/proc/net/wireless", "Inter-|\n face |\n wlan0: 0000   21.  -82.  -256  0 0 0 0 0 0\n")
    put(tmp_path, "/run/reboot-required", "")
    put(tmp_path, "/run/reboot-required.pkgs", "linux-image\nlibc6\nlinux-image\n")
    machine = recorded(tmp_path)
    hardware = facts(system.read_hardware, machine)
    assert (hardware["model"], hardware["form"], hardware["bios_version"]) == ("ThinkPad T14", "notebook", None)
    assert pc.battery(machine) == {
        "health_percent": 57.0, "cycles": 812, "design_capacity_wh": 50.0, "full_capacity_wh": 28.5, "condition": None,
    }  # fmt: skip
    assert network.wifi_switch(machine) is False
    assert facts(wireless.read_net_wifi, machine) == {
        "interface": "wlan0", "signal_dbm": -82.0, "quality_percent": 30.0, "is_company_network": None,
    }  # fmt: skip
    assert facts(services.read_pending_reboot, machine) == {"is_pending": True, "reasons": ["libc6", "linux-image"]}


def test_a_machine_that_tells_nothing(tmp_path: Path) -> None:
    """Empty /proc and /sys: no exception and no made-up fact."""
    machine = recorded(tmp_path, tool_folders=(str(tmp_path),))
    quiet = (system.read_hardware, services.read_services, services.read_pending_reboot, printing.read_printers,
             printing.read_printer_jobs, printing.read_printer_port, wireless.read_net_wifi)  # fmt: skip
    for one in quiet:
        result = guarded(one, machine)
        assert (result["status"], result["facts"]) == ("unsupported", {}), one.id
    assert facts(network.read_net_route, machine)["has_default"] is False
    assert facts(network.read_net_dns, machine) == {"servers": [], "search": [], "is_local_stub": False, "links": []}


@pytest.mark.parametrize(
    ("mac", "prefix"),
    [("A4-BB-6D-11-22-33", "a4:bb:6d"), ("02:fc:00:00:00:01", None), ("00:00:00:00:00:00", None), ("", None)],
)
def test_the_makers_half_of_a_hardware_address(mac: str, prefix: str | None) -> None:
    """Made-up and empty addresses have no maker."""
    assert network.vendor_prefix(mac) == prefix


@pytest.mark.parametrize(
    ("name", "is_virtual"),
    [("eth0", False), ("enp3s0", False), ("wlan0", False), ("wwan0", False), ("Ethernet 2", False), ("lo", True),
     ("docker0", True), ("tailscale0", True), ("nordlynx", True), ("ztabcdef12", True), ("wg0", True), ("utun3", True)],
)  # fmt: skip
def test_a_tunnel_is_no_way_out_of_its_own(name: str, is_virtual: bool) -> None:
    """Else a pulled cable would go unnoticed while a VPN's adapter stands there."""
    assert (network.VIRTUAL.match(name) is not None) is is_virtual


def test_pressure_of_the_kernel() -> None:
    """The ten-second average of "some"; anything else is not known."""
    assert load.pressure("some avg10=12.50 avg60=1.00 avg300=0.10 total=1\nfull avg10=0.00") == 12.5
    assert load.pressure(None) is load.pressure("") is load.pressure("full avg10=1.0") is None


LPSTAT = """system default destination: PDF
device for Versand: socket://192.168.4.20:9100
device for Chef: ipp://drucker.firma.example/ipp/print
device for Etiketten: usb://Zebra/ZD421?serial=1
device for PDF: cups-pdf:/
printer Chef disabled since Mon 23 Nov 2026 10:00:00 AM CET -
\tPaused
\tDescription: Chef
\tAlerts: paused media-jam-error
printer Etiketten now printing Etiketten-12.  enabled since Mon 23 Nov 2026 10:00:00 AM CET
\tAlerts: none
printer PDF is idle.  enabled since Mon 23 Nov 2026 10:00:00 AM CET
\tAlerts: none
printer Versand is idle.  enabled since Mon 23 Nov 2026 10:00:00 AM CET
\tAlerts: offline-report
"""


def test_what_lpstat_prints_of_queues() -> None:
    """State, alerts, default, hosts and the queues that print no paper."""
    queues = {one.name: one for one in cups.parse_queues(LPSTAT)}
    assert sorted(queues) == ["Chef", "Etiketten", "PDF", "Versand"]
    assert (queues["Chef"].state, queues["Chef"].is_paused) == ("stopped", True)
    assert "media-jam-error" in queues["Chef"].alerts
    assert queues["Etiketten"].state == "printing"
    assert queues["Versand"].is_offline
    assert [name for name, one in queues.items() if one.is_virtual] == ["PDF"]
    assert queues["Versand"].host == ("192.168.4.20", 9100)
    assert queues["Chef"].host == ("drucker.firma.example", 631)
    assert queues["Etiketten"].host is None
    assert cups.parse_default(LPSTAT) == "PDF"
    assert cups.parse_default("no system default destination") is None
    assert cups.parse_queues("lpstat: Bad file descriptor\n\tAlerts: none\n") == []


RECORDED = """\
scheduler is running
system default destination: Datei
device for Büro-Süd: ///dev/null
device for Buero: ipp://127.0.0.1:6310/ipp/print
device for Datei: ///srv/ausgabe.prn
device for Parallel: ///dev/lp0
printer Büro-Süd is idle.  enabled since Sun Nov 22 23:33:46 2026
\tForm mounted:
\tContent types: any
\tPrinter types: unknown
\tDescription: Drucker: Büro 2
\tAlerts: none
\tLocation: 
\tConnection: direct
\tOn fault: no alert
\tAfter fault: continue
\tUsers allowed:
\t\t(all)
\tBanner required
printer Buero now printing Buero-2.  enabled since Sun Nov 22 23:33:46 2026
\tThe printer may not exist or is unavailable at this time.
\tDescription: Büro 2. Stock – Buero
\tAlerts: none
\tLocation: Flur links
printer Papier disabled since Sun Nov 22 23:33:46 2026 -
\tPapier: klemmt
\tDescription: x
\tAlerts: paused
"""  # noqa: W291 - as CUPS 2.4.2 prints it, shortened; lpstat leaves the "file:" out of a device


def test_what_a_real_lpstat_printed() -> None:
    """Reasons, descriptions and umlauts do not confuse it; a file has no scheme, a device is no file."""
    queues = {one.name: one for one in cups.parse_queues(RECORDED)}
    assert {name: one.state for name, one in queues.items()} == {
        "Büro-Süd": "idle", "Buero": "printing", "Datei": "unknown", "Papier": "stopped", "Parallel": "unknown",
    }  # fmt: skip
    assert sorted(name for name, one in queues.items() if one.is_virtual) == ["Büro-Süd", "Datei"]
    assert [name for name, one in queues.items() if one.is_paused] == ["Papier"]
    assert queues["Buero"].host == ("127.0.0.1", 6310)
    assert cups.is_running(RECORDED)
    assert not cups.is_running("scheduler is not running\nno system default destination\n")


def test_the_server_that_the_tools_ask() -> None:
    """Only a line of client.conf that is no comment names one."""
    assert cups.parse_server("# ServerName x\n  servername druck.firma.example:8631\n") == "druck.firma.example:8631"
    assert cups.parse_server("#ServerName /run/cups/cups.sock\n") is None


def test_what_lpstat_prints_of_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Age, size and whose; a queue may have dashes in its name."""
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    output = (
        "Etiketten-Versand-12    anna    2048   Mon 23 Nov 2026 10:00:00 AM UTC\n"
        "Chef-7                  jens    100    Mon Nov 23 10:09:00 2026\nnonsense\n"
    )
    now = 1795428000.0 + 600
    first, second = cups.parse_jobs(output, own="anna", now=now)
    monkeypatch.undo()
    time.tzset()
    assert (first.printer, first.size, first.is_own, first.age) == ("Etiketten-Versand", 2048, True, 600)
    assert (second.printer, second.is_own, second.age) == ("Chef", False, 60)


def _tool(folder: Path, name: str, script: str) -> str:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def test_the_processor_has_a_name() -> None:
    """The first of all cores; ARM machines give none."""
    assert load.cpu_model("processor\t: 0\nmodel name\t: AMD EPYC 9B14\n\nprocessor\t: 1\n") == "AMD EPYC 9B14"
    assert load.cpu_model("processor\t: 0\nBogoMIPS\t: 50.0\n") is None
    assert load.cpu_model(None) is None


@on_linux
def test_tools_have_a_deadline_and_a_limit(tmp_path: Path) -> None:
    """A hanging tool is killed, a failing one gives nothing, an endless one is cut, and all speak English."""
    machine = recorded(tmp_path)
    assert machine.run(_tool(tmp_path, "hang", "exec sleep 600"), deadline=0.2) is None
    assert machine.run(_tool(tmp_path, "fail", "echo no; exit 3"), deadline=5) is None
    assert machine.run(_tool(tmp_path, "speak", 'echo "$LC_ALL" "$1"'), "a b", deadline=5) == "C a b\n"
    assert machine.run(_tool(tmp_path, "flood", "exec yes"), deadline=5) is None
    assert len(machine.read("/hang", limit=4) or "") == 4
    assert MAX_OUTPUT == 1 << 20


@on_linux
def test_leaving_kills_the_tools_that_still_run(tmp_path: Path) -> None:
    """The collector never leaves a tool behind."""
    machine = recorded(tmp_path)
    path = _tool(tmp_path, "hang", f"touch {tmp_path}/started; exec sleep 600")
    waiting = threading.Thread(target=lambda: machine.run(path, deadline=600))
    waiting.start()
    while not (tmp_path / "started").exists():
        os.sched_yield()
    machine.end_tools()
    waiting.join(timeout=30)
    assert not waiting.is_alive()


def _probe(read: object, deadline: float = 5.0) -> Probe:
    return probe("a", lane=Lane.FAST, deadline=deadline, fields=(text("name"),))(read)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError("no sysctl"), "error"),
        (SystemError("psutil"), "error"),
        (UnicodeDecodeError("utf-8", b"", 0, 1, "x"), "error"),
        (PermissionError(), "denied"),
        (psutil.AccessDenied(1), "denied"),
        (RecursionError(), "error"),
    ],
)
def test_whatever_a_probe_raises_becomes_a_result(error: Exception, status: str) -> None:
    """The guard of each probe catches all oddities and names their type."""

    def read(machine: Machine) -> dict[str, object]:
        raise error

    result = guarded(_probe(read), Machine(window=0.0))
    assert (result["status"], result["reason"], result["facts"]) == (status, type(error).__name__, {})


@pytest.mark.parametrize("answer", [{"undeclared": 1}, {"name": object()}, {"name": float("nan")}, None, 7, [1]])
def test_a_lying_probe_is_an_error(answer: object) -> None:
    """A fact without a declared privacy class, one that is no JSON, or no facts at all never leave the collector."""
    result = guarded(_probe(lambda machine: answer), Machine(window=0.0))
    assert (result["status"], result["reason"], result["facts"]) == ("error", "undeclared", {})


def test_the_runner_does_not_wait_for_a_hung_probe() -> None:
    """The hung one times out at its own deadline; a late answer changes nothing."""
    release = threading.Event()

    def hang(machine: Machine) -> dict[str, object]:
        release.wait(60)
        return {"name": "late"}

    results = run_probes([_probe(hang, deadline=0.1)], Machine(window=0.0))
    assert results["a"]["status"] == ProbeStatus.TIMEOUT.value
    release.set()
    assert results["a"]["facts"] == {}


@on_linux
def test_no_volume_at_all_is_no_answer(tmp_path: Path) -> None:
    """Otherwise a machine whose mounts cannot be read would have no full drive."""
    found = guarded(disks.read_disks, recorded(tmp_path))
    assert (found["status"], found["facts"]) == ("partial", {"network_mounts": 0})


def test_places_tell_neither_persons_nor_what_they_call_their_sticks() -> None:
    """Below the homes, and where desktops put what somebody plugs in."""
    paths = ("/home/anna/x", "/media/anna/ANNAS STICK", "/run/media/anna/Fotos/2026", "/media/backup", "/srv/daten")
    assert [without_home(one) for one in paths] == [
        "/home/<user>/x", "/media/<user>/<volume>", "/run/media/<user>/<volume>/2026", "/media/<user>", "/srv/daten",
    ]  # fmt: skip


def test_a_path_that_somebody_else_may_serve_is_not_touched() -> None:
    """FUSE programs and what is mounted only when somebody comes may wait for a server, too."""
    mounts = [("/dev/sda1", "/", "ext4", False), ("onedriver", "/home/a/Cloud", "fuse.onedriver", False),
              ("/etc/auto.home", "/net", "autofs", False), ("nas:/x", "/mnt/x", "nfs4", False)]  # fmt: skip
    far = [one for one in ("/home/a", "/home/a/Cloud", "/net/b/c", "/mnt/x/y") if is_on_network(one, mounts)]
    assert far == ["/home/a/Cloud", "/net/b/c", "/mnt/x/y"]


@on_linux
def test_a_waiting_job_of_unknown_age_is_not_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its moment may stand there in words that nobody knows."""
    own = psutil.Process().username()
    _tool(tmp_path, "lpstat", f"echo 'Chef-7  {own}  100  vorgestern'")
    with connections() as port:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{port}")
        found = facts(printing.read_printer_jobs, recorded(tmp_path, tool_folders=(str(tmp_path),)))
    assert (found["own"], found["oldest_own_s"]) == (1, None)
