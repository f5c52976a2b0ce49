"""How recorded Windows PCs are connected: adapters, routes, proxy, Wi-Fi, VPN, network drives."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.diagnostics import routes
from desktop.diagnostics.windows import shares, wireless
from tests.diagnostics.servers import closed_port, connections
from tests.diagnostics.windows import recordings
from tests.diagnostics.windows.asking import answer, facts
from tests.diagnostics.windows.dlls import recorded_machine
from tests.diagnostics.windows.recorded import Nic


def test_adapters_of_a_notebook() -> None:
    found = facts("net_link", recordings.notebook())
    assert {row["name"]: (row["medium"], row["is_up"], row["is_virtual"]) for row in found["interfaces"]} == {
        "WLAN": ("wifi", True, False),
        "Ethernet": ("cable", False, False),
        "LAN-Verbindung* 1": ("none", False, True),
        "Bluetooth-Netzwerkverbindung": ("none", False, True),
    }
    assert (found["active"], found["has_cable"], found["is_wifi_on"]) == (1, False, True)
    wifi = next(row for row in found["interfaces"] if row["name"] == "WLAN")
    assert (wifi["speed_mbit"], wifi["vendor_prefix"], wifi["mac"]) == (1201, "3c:52:82", "3c:52:82:01:02:03")
    assert facts("net_link", recordings.faulty_pc())["is_wifi_on"] is False


def test_addresses_and_ways_out() -> None:
    notebook = recorded_machine(recordings.notebook())
    found = answer("net_ip", notebook)[1]
    assert {(row["address"], row["scope"]) for row in found["addresses"]} == {
        ("192.0.2.23", "usable"),
        ("fe80::1c2d:3e4f:5a6b:7c8d", "link"),
    }
    assert found["usable"] == 1
    assert answer("net_route", notebook)[1] == {
        "has_default": True, "gateways": ["192.0.2.1"], "interfaces": ["WLAN"],
    }  # fmt: skip
    assert facts("net_ip", recordings.old_pc())["usable"] == 0
    assert facts("net_route", recordings.old_pc())["has_default"] is False


def test_a_tunnel_leads_out_without_a_router_and_is_not_called_by_its_own_name() -> None:
    machine = recorded_machine(recordings.domain_pc())
    assert answer("net_route", machine)[1] == {
        "has_default": True,
        "gateways": ["198.51.100.1"],
        "interfaces": ["Ethernet", "VPN (WireGuard)"],
    }
    vpn = answer("net_vpn", machine)[1]
    assert vpn.pop("interfaces") == [
        {"interface": "VPN (WireGuard)", "is_up": True, "name": "kunze-zentrale", "kind": "wireguard"}
    ]
    assert vpn == {"is_configured": True, "is_up": True}
    addresses = answer("net_ip", machine)[1]
    assert addresses["usable"] == 2, "the address of a virtual switch reaches nobody"
    everything = json.dumps([answer(name, machine)[1] for name in ("net_link", "net_ip", "net_route")])
    assert "kunze-zentrale" not in everything


def test_a_dial_up_connection_of_windows_counts_as_a_vpn_that_is_down() -> None:
    pc = recordings.notebook()
    assert facts("net_vpn", pc)["is_configured"] is None
    pc.ras = (0, 1)
    assert facts("net_vpn", pc) == {"interfaces": [], "is_configured": True, "is_up": False}
    pc.ras = (1, 3)
    assert facts("net_vpn", pc)["is_up"] is True


def test_name_servers_in_the_order_of_the_adapters() -> None:
    found = facts("net_dns", recordings.domain_pc())
    assert found["servers"] == ["203.0.113.53", "198.51.100.2"]
    assert found["links"] == [
        {"interface": "VPN (WireGuard)", "servers": ["203.0.113.53", "198.51.100.2"]},
        {"interface": "Ethernet", "servers": ["198.51.100.2"]},
    ]
    assert found["search"] == ["kunze.example", "intern.kunze.example"]
    assert facts("net_dns", recordings.old_pc())["servers"] == [], "addresses that Windows only pretends to ask"


def test_the_router_is_known_by_its_hardware_address() -> None:
    machine = recorded_machine(recordings.notebook())
    assert routes.neighbour_answered(machine, "192.0.2.1") is True
    assert routes.neighbour_answered(machine, "192.0.2.77") is False
    assert routes.neighbour_answered(machine, "192.0.2.99") is None


def test_the_proxy_of_the_internet_options(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
                 "NO_PROXY"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
    assert facts("net_proxy", recordings.old_pc()) == {
        "is_configured": True, "host": "proxy.kunze.example", "port": 3128, "has_exceptions": True, "has_script": True,
    }  # fmt: skip
    assert facts("net_proxy", recordings.notebook())["is_configured"] is False
    pc = recordings.old_pc()
    settings = next(values for path, values in pc.registry.items() if path.endswith("Internet Settings"))
    settings["ProxyServer"] = "anna:geheim@proxy.kunze.example:8080"
    assert facts("net_proxy", pc)["host"] == "proxy.kunze.example"
    settings["ProxyEnable"] = 0
    assert facts("net_proxy", pc)["is_configured"] is False


def test_the_strength_of_wifi() -> None:
    found = facts("net_wifi", recordings.notebook())
    assert found == {
        "interface": "WLAN", "quality_percent": 82.0, "signal_dbm": -58.0, "channel": 44, "band": "5 GHz",
        "rate_mbit": 866.7, "ssid": "Villa Kunze", "bssid": "3c:52:82:09:08:07", "is_company_network": None,
    }  # fmt: skip
    pc = recordings.notebook()
    pc.wifi = {"state": 1, "quality": 30}
    assert facts("net_wifi", pc)["signal_dbm"] == -85.0, "worked out from the quality"


@pytest.mark.parametrize(
    ("channel", "phy", "expected"),
    [(0, 8, None), (6, 8, "2.4 GHz"), (1, 8, "2.4 GHz"), (1, 10, None), (6, 10, "2.4 GHz"), (36, 10, "5 GHz"),
     (37, 10, "6 GHz"), (149, 8, "5 GHz"), (149, 10, None), (233, 11, "6 GHz")],
)  # fmt: skip
def test_a_channel_tells_its_band_only_where_it_can(channel: int, phy: int, expected: str | None) -> None:
    assert wireless.band(channel, phy) == expected


@pytest.mark.parametrize(
    ("wifi", "status"),
    [
        ({"state": 1, "quality": 80, "location": "denied"}, "denied location"),
        ({"state": 4}, "unsupported not_connected"),
        (1062, "unsupported wlan:1062"),
        (5, "denied wlan"),
    ],
)
def test_wifi_that_may_not_be_read(wifi: Any, status: str) -> None:
    """Since 24H2 the answer depends on the location permission; nobody is asked for it."""
    pc = recordings.notebook()
    pc.wifi = wifi
    assert answer("net_wifi", recorded_machine(pc)) == (status, {})


def test_an_outer_switch_of_hyper_v_has_the_cables_address() -> None:
    """The cable below it has none then; a switch without a way out is for virtual machines only."""
    pc = recordings.domain_pc()
    inner = Nic(name="vEthernet (Default Switch)", description="Hyper-V Virtual Ethernet Adapter", index=30,
                addresses=("172.20.0.1",))  # fmt: skip
    pc.nics = [inner]
    assert facts("net_ip", pc)["usable"] == 0
    pc.nics = [inner, Nic(name="vEthernet (Firma)", description="Hyper-V Virtual Ethernet Adapter #2", index=31,
                          addresses=("198.51.100.7",), gateways=("198.51.100.1",))]  # fmt: skip
    assert facts("net_ip", pc)["usable"] == 1


def test_drives_that_no_server_has_are_no_shares() -> None:
    """A remote session brings the drives of the PC in front of it, a virtual machine those of its host."""
    pc = recordings.domain_pc()
    pc.shares = [("T:", r"\\tsclient\C"), ("V:", r"\\VBoxSvr\austausch"), ("W:", r"\\wsl.localhost\Debian")]
    assert not {row["mount"] for row in facts("shares", pc)["shares"]} & {"T:", "V:", "W:"}


def test_drives_of_servers_connected_and_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each server is dialled once by its port; letters are never opened (the stand-in for the drive would fail)."""
    pc = recordings.domain_pc()
    with connections() as port:
        monkeypatch.setattr(shares, "SMB", port)
        pc.shares = [("H:", r"\\127.0.0.1\home$\bert"), ("W:", rf"\\127.0.0.1@SSL@{closed_port()}\DavWWWRoot\dav")]
        pc.registry[r"HKCU\Network\H"] = {"RemotePath": r"\\127.0.0.1\home$\bert"}
        pc.registry[r"HKCU\Network\X"] = {"RemotePath": r"\\127.0.0.1\projekte"}
        found = facts("shares", pc)
    rows = [(row["mount"], row["share"], row["protocol"], row["is_connected"], row["is_reachable"]) for row in
            found["shares"]]  # fmt: skip
    assert rows == [
        ("H:", r"home$\bert", "smb", True, True),
        ("W:", r"DavWWWRoot\dav", "webdav", True, False),
        ("X:", "projekte", "smb", False, True),
    ]
    assert found["unreachable"] == 1
    assert answer("shares", recorded_machine(recordings.faulty_pc()))[0] == "partial remembered_only"
