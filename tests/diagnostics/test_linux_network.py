"""Adapters, name servers, Wi-Fi and VPN of recorded Linux machines; ethtool and resolv.conf of this one."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.diagnostics.linux import network, wireless
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probes.network import read_net_dns, read_net_proxy
from desktop.diagnostics.probes.wireless import read_net_vpn, read_net_wifi
from desktop.diagnostics.pseudonyms import wifi_mark
from desktop.diagnostics.targets import NO_TARGETS, Targets, is_company_network
from tests.diagnostics.recordings import RecordedMachine

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files and tools of Linux")
KEY = "0f" * 32


@pytest.fixture
def pc(tmp_path: Path) -> RecordedMachine:
    """An empty machine."""
    return RecordedMachine(tmp_path)


@pytest.mark.parametrize(
    ("bits", "speed"),
    [((), None), ((0, 1, 2, 3), 100), ((5, 3, 6, 7, 13), 1000), ((5, 47), 2500), ((19,), 10000), ((6, 7), None)],
)
def test_the_best_of_the_supported_speeds(bits: tuple[int, ...], speed: int | None) -> None:
    """Modes are bits over several words; pause frames and plugs are bits too and no speed."""
    whole = sum(1 << one for one in bits)
    assert network.parse_modes(struct.pack("=3I", *(whole >> shift & 0xFFFFFFFF for shift in (0, 32, 64)))) == speed


@pytest.mark.skipif(shutil.which("ethtool") is None, reason="needs ethtool")
def test_the_best_speed_agrees_with_ethtool() -> None:
    """For each adapter here; those that ethtool knows no modes of have none."""
    for one in Path("/sys/class/net").iterdir():
        printed = subprocess.run(["ethtool", one.name], capture_output=True, text=True, check=False).stdout
        modes = printed.partition("Supported link modes:")[2].partition("Supported pause")[0].split()
        speeds = [int(mode.partition("base")[0]) for mode in modes if mode.partition("base")[0].isdigit()]
        assert network.best_speed(one.name) == max(speeds, default=None), one.name
    assert network.best_speed("nowhere0") is None


RESOLVECTL = """\
Global: 192.0.2.1
Link 2 (eth0): 192.168.4.1 fd00::1%2
Link 3 (wg0): 10.9.0.1#dns.firma.example
Link 4 (docker0):
"""


def test_name_servers_behind_systemds_stub(pc: RecordedMachine) -> None:
    """The stub itself is no server; each link's are told, and all of them are asked."""
    pc.file("/etc/resolv.conf", "nameserver 127.0.0.53\noptions edns0\nsearch .\n")
    pc.file("/run/systemd/resolve/resolv.conf", "nameserver 192.168.4.1\nsearch firma.example\n")
    pc.tool("resolvectl", RESOLVECTL, when="dns")
    assert pc.facts(read_net_dns) == {
        "servers": ["192.168.4.1", "fd00::1", "10.9.0.1"],
        "search": ["firma.example"],
        "is_local_stub": True,
        "links": [
            {"interface": "eth0", "servers": ["192.168.4.1", "fd00::1"]},
            {"interface": "wg0", "servers": ["10.9.0.1"]},
        ],
    }


def test_name_servers_without_systemd(pc: RecordedMachine) -> None:
    """What the file says is what is used."""
    pc.file("/etc/resolv.conf", "nameserver 192.0.2.53\n")
    pc.tool("resolvectl", RESOLVECTL)
    assert pc.facts(read_net_dns) == {"servers": ["192.0.2.53"], "search": [], "is_local_stub": False, "links": []}


def test_name_servers_of_this_machine() -> None:
    """Read with other means: the words after "nameserver"."""
    lines = Path("/etc/resolv.conf").read_text(encoding="utf-8").split("\n")
    wanted = [one.split()[1] for one in lines if one.startswith("nameserver ")]
    if not all(one.startswith("127.") for one in wanted):
        assert read_net_dns.read(Machine(window=0.0))["servers"] == wanted


IW = """\
Connected to a4:bb:6d:11:22:33 (on wlan0)
\tSSID: Firma Büro
\tfreq: 5180
\tRX: 1000 bytes (10 packets)
\tsignal: -71 dBm
\trx bitrate: 200.0 MBit/s
\ttx bitrate: 433.3 MBit/s VHT-MCS 9 80MHz short GI VHT-NSS 1
"""
NMCLI = (
    "no:90:2412 MHz:54 Mbit/s:AA\\:AA\\:AA\\:AA\\:AA\\:AA:Nachbar\n"
    "yes:61:6135 MHz:540 Mbit/s:A4\\:BB\\:6D\\:11\\:22\\:33:Firma\\: Büro\n"
)
KERNEL = (
    "Inter-| sta-|   Quality        |\n face | tus | link level noise |\n wlan0: 0000   35.  -75.  -256  0 0 0 0 0 0\n"
)


def test_wifi_by_iw(pc: RecordedMachine) -> None:
    """Strength, rate and channel; whether it is the company's network is told by its mark."""
    pc.file("/proc/net/wireless", KERNEL)
    pc.tool("iw", IW, when="dev wlan0 link")
    found = pc.facts(read_net_wifi)
    assert found == {
        "interface": "wlan0", "quality_percent": 50.0, "signal_dbm": -71.0, "band": "5 GHz", "channel": 36,
        "rate_mbit": 433.3, "ssid": "Firma Büro", "bssid": "a4:bb:6d:11:22:33", "is_company_network": None,
    }  # fmt: skip


@pytest.mark.parametrize(("network_name", "is_ours"), [("Firma Büro", True), ("firma büro", False)])
def test_the_companys_wifi_is_known_by_its_mark(network_name: str, is_ours: bool) -> None:
    """Names are compared letter by letter, and travel as hashes only."""
    targets = Targets(wifi_key=KEY, wifi_marks=("00", wifi_mark(network_name, bytes.fromhex(KEY))))
    assert is_company_network(targets, "Firma Büro") is is_ours
    assert is_company_network(targets, "") is is_company_network(NO_TARGETS, "Firma Büro") is None
    assert network_name not in str(targets)


def test_wifi_by_networkmanager(pc: RecordedMachine) -> None:
    """Without iw, and with drivers that no longer speak the kernel's old way; colons in a name are part of it."""
    pc.folder("/sys/class/net/wlp1s0/wireless")
    pc.folder("/sys/class/net/eth0")
    pc.tool("nmcli", NMCLI, when="ifname wlp1s0")
    found = pc.facts(read_net_wifi)
    assert (found["interface"], found["band"], found["channel"], found["rate_mbit"]) == ("wlp1s0", "6 GHz", 37, 540.0)
    assert (found["ssid"], found["bssid"], found["signal_dbm"]) == ("Firma: Büro", "a4:bb:6d:11:22:33", None)


def test_wifi_that_is_not_connected(pc: RecordedMachine) -> None:
    """The adapter is named, and nothing is made up; without an adapter there is no Wi-Fi."""
    assert pc.answer(read_net_wifi)["status"] == "unsupported"
    pc.folder("/sys/class/net/wlan0/wireless")
    pc.tool("iw", "Not connected.\n")
    assert pc.facts(read_net_wifi) == {"interface": "wlan0", "is_company_network": None}


GSETTINGS = """\
org.gnome.system.proxy autoconfig-url ''
org.gnome.system.proxy ignore-hosts {ignored}
org.gnome.system.proxy mode '{mode}'
org.gnome.system.proxy.http host 'alt.firma.example'
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.http authentication-password 'geheim'
org.gnome.system.proxy.https host '{host}'
org.gnome.system.proxy.https port 3128
"""


@pytest.mark.parametrize(
    ("mode", "host", "ignored", "found"),
    [
        ("manual", "proxy.firma.example", network.LOCAL_ONLY, (True, "proxy.firma.example", 3128, False, False)),
        ("manual", "", "['localhost', '*.firma.example']", (True, "alt.firma.example", 8080, True, False)),
        ("auto", "proxy.firma.example", network.LOCAL_ONLY, (False, None, None, False, True)),
        ("none", "proxy.firma.example", network.LOCAL_ONLY, (False, None, None, False, False)),
    ],
)
def test_the_proxy_of_the_desktop(
    pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch, mode: str, host: str, ignored: str, found: tuple[object, ...]
) -> None:
    """What is typed in and not in use does not count; the password stays where it is."""
    for name in ("https_proxy", "http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    pc.tool("gsettings", GSETTINGS.format(mode=mode, host=host, ignored=ignored), when="list-recursively")
    facts = pc.facts(read_net_proxy)
    names = ("is_configured", "host", "port", "has_exceptions", "has_script")
    assert tuple(facts[one] for one in names) == found
    assert "geheim" not in str(facts)


def test_other_desktops_keep_no_proxy(pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    """GNOME's settings mean nothing where another desktop runs."""
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    pc.tool("gsettings", GSETTINGS.format(mode="auto", host="", ignored="[]"))
    assert pc.facts(read_net_proxy)["has_script"] is False


@pytest.mark.parametrize(
    ("mhz", "found"),
    [(2412, ("2.4 GHz", 1)), (2472, ("2.4 GHz", 13)), (2484, ("2.4 GHz", 14)), (5180, ("5 GHz", 36)),
     (5825, ("5 GHz", 165)), (5955, ("6 GHz", 1)), (7115, ("6 GHz", 233)), (900, (None, None)), (None, (None, None))],
)  # fmt: skip
def test_bands_and_channels(mhz: float | None, found: tuple[str | None, int | None]) -> None:
    """The first and last channel of each band."""
    assert wireless.band_and_channel(mhz) == found


VPN = "Firma\\: Zentrale:vpn:no:\nwg-firma:wireguard:yes:wg0\nKabel:802-3-ethernet:yes:eth0\nlo:loopback:yes:lo\nhalf\n"


def test_vpns_of_networkmanager(pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is set up and not connected has no adapter, and is just what a technician looks for."""
    monkeypatch.setattr(wireless, "_tunnels", lambda _: [
        {"name": None, "kind": "tunnel", "interface": one, "is_up": True} for one in ("tun0", "wg0")
    ])  # fmt: skip
    pc.folder("/run/NetworkManager")
    pc.tool("nmcli", VPN, when="connection show")
    found = pc.facts(read_net_vpn)
    rows = [(one["name"], one["kind"], one["interface"], one["is_up"]) for one in found["interfaces"]]
    assert rows == [
        ("Firma: Zentrale", "vpn", None, False),
        ("wg-firma", "wireguard", "wg0", True),
        (None, "tunnel", "tun0", True),
    ]
    assert (found["is_configured"], found["is_up"]) == (True, True)


def test_a_vpn_that_is_down(pc: RecordedMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The finding rests on exactly this: set up, and not up. Without NetworkManager nobody knows."""
    monkeypatch.setattr(wireless, "_tunnels", lambda _: [])
    pc.tool("nmcli", "Firma:vpn:no:\n")
    assert pc.facts(read_net_vpn)["is_configured"] is None
    pc.folder("/run/NetworkManager")
    found = pc.facts(read_net_vpn)
    assert (found["is_configured"], found["is_up"]) == (True, False)
