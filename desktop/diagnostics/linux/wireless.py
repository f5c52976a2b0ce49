"""Wi-Fi and VPN of Linux: by `iw` and NetworkManager, else by the kernel's own table and names of tunnels."""

from __future__ import annotations

import re

import psutil

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import unsupported

PATIENCE = 0.6
NET = "/sys/class/net"
TUNNEL = re.compile(r"(tun|tap|wg|ppp|ipsec|vpn|cscotun|gpd|nordlynx|proton)", re.IGNORECASE)
VPN_KINDS = {"vpn": "vpn", "wireguard": "wireguard", "tun": "tunnel"}


def read_net_wifi(machine: Machine) -> dict[str, object]:
    """Read the first Wi-Fi adapter's connection: how strong, how fast, which channel, which network."""
    found = parse_wireless(machine.read("/proc/net/wireless") or "")
    interface = found[0] if found else _adapter(machine)
    if interface is None:
        raise unsupported("no_wifi")
    facts: dict[str, object] = {"interface": interface}
    if found:
        facts |= {"quality_percent": found[1], "signal_dbm": found[2]}
    connection = wireless(machine, interface)
    if connection is None:
        return facts
    band, channel = band_and_channel(connection.frequency)
    signal = connection.signal if connection.signal is not None else facts.get("signal_dbm")
    return facts | {
        "signal_dbm": signal, "band": band, "channel": channel, "rate_mbit": connection.rate,
        "ssid": connection.network or None, "bssid": connection.bssid,
    }  # fmt: skip


def _adapter(machine: Machine) -> str | None:
    return next((one for one in machine.entries(NET) if machine.exists(f"{NET}/{one}/wireless")), None)


def parse_wireless(content: str) -> tuple[str, float, float | None] | None:
    """Read /proc/net/wireless: quality of 70 and level in dBm; adapters that count otherwise give no negative level."""
    for line in content.splitlines()[2:]:
        words = line.replace(":", " ", 1).split()
        if len(words) >= 4:
            quality, signal = float(words[2].rstrip(".")), float(words[3].rstrip("."))
            return words[0], round(min(100.0, quality / 0.7), 1), signal if signal < 0 else None
    return None


class Wireless:
    """A Wi-Fi connection as `iw` describes it."""

    __slots__ = ("bssid", "frequency", "network", "rate", "signal")

    def __init__(
        self, *, network: str, bssid: str, frequency: float | None, rate: float | None, signal: float | None
    ) -> None:
        self.network = network
        self.bssid = bssid
        self.frequency = frequency
        self.rate = rate
        self.signal = signal


def wireless(machine: Machine, interface: str) -> Wireless | None:
    """Ask `iw`, else NetworkManager, about the connection of an adapter; None where neither is there or it has none."""
    iw = machine.tool("iw")
    if iw is not None:
        return parse_iw(machine.run(iw, "dev", interface, "link", deadline=PATIENCE) or "")
    nmcli = machine.tool("nmcli")
    fields = "ACTIVE,SIGNAL,FREQ,RATE,BSSID,SSID"
    arguments = ("-t", "-f", fields, "dev", "wifi", "list", "ifname", interface, "--rescan", "no")
    return parse_nmcli_wifi(machine.run(nmcli, *arguments, deadline=PATIENCE) or "") if nmcli else None


def parse_iw(output: str) -> Wireless | None:
    """Read `iw dev … link`."""
    bssid = re.search(r"^Connected to ([0-9a-f:]{17})", output)
    if bssid is None:
        return None
    network = re.search(r"^\s*SSID: (.*)$", output, re.MULTILINE)
    return Wireless(
        network=network.group(1) if network else "",
        bssid=bssid.group(1),
        frequency=_figure(r"^\s*freq: ([\d.]+)", output),
        rate=_figure(r"^\s*tx bitrate: ([\d.]+) MBit/s", output),
        signal=_figure(r"^\s*signal: (-?\d+) dBm", output),
    )


def parse_nmcli_wifi(output: str) -> Wireless | None:
    r"""Read nmcli's short form: a line per network, colons between, those of a value written as "\:"."""
    for line in output.splitlines():
        row = _columns(line)
        if len(row) == 6 and row[0] == "yes":
            return Wireless(
                network=row[5], bssid=row[4].lower(), frequency=_figure(r"([\d.]+)", row[2]),
                rate=_figure(r"([\d.]+)", row[3]), signal=None,
            )  # fmt: skip
    return None


def _columns(line: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", one) for one in re.split(r"(?<!\\):", line)]


def _figure(pattern: str, text: str) -> float | None:
    found = re.search(pattern, text, re.MULTILINE)
    return float(found.group(1)) if found else None


def band_and_channel(frequency: float | None) -> tuple[str | None, int | None]:
    """Return "2.4 GHz", "5 GHz" or "6 GHz" and the channel of a frequency in MHz (IEEE 802.11 annex E)."""
    if frequency is None:
        return None, None
    mhz = int(frequency)
    if mhz == 2484:
        return "2.4 GHz", 14
    if 2412 <= mhz <= 2472:
        return "2.4 GHz", (mhz - 2407) // 5
    if 5955 <= mhz <= 7115:
        return "6 GHz", (mhz - 5950) // 5
    return ("5 GHz", (mhz - 5000) // 5) if 5150 <= mhz <= 5925 else (None, None)


def vpn_profiles(machine: Machine) -> list[dict[str, object]] | None:
    """Return the VPNs that NetworkManager has set up and whether each is connected; None where it does not run."""
    nmcli = machine.tool("nmcli") if machine.exists("/run/NetworkManager") else None
    if nmcli is None:
        return None
    output = machine.run(nmcli, "-t", "-f", "NAME,TYPE,ACTIVE,DEVICE", "connection", "show", deadline=PATIENCE)
    return None if output is None else parse_nmcli_vpn(output)


def parse_nmcli_vpn(output: str) -> list[dict[str, object]]:
    """Read nmcli's connections; only VPNs are told, by their name and the adapter they use."""
    rows = [row for line in output.splitlines() if len(row := _columns(line)) == 4 and row[1] in VPN_KINDS]
    return [
        {"name": row[0], "kind": VPN_KINDS[row[1]], "interface": row[3] or None, "is_up": row[2] == "yes"}
        for row in rows
    ]


def read_net_vpn(machine: Machine) -> dict[str, object]:
    """Read the VPNs that are set up, and tunnels that other programs made; without any nothing is known."""
    profiles = vpn_profiles(machine) or []
    told = {row["interface"] for row in profiles}
    rows = [*profiles, *(row for row in _tunnels(machine) if row["interface"] not in told)]
    return {
        "interfaces": rows,
        "is_configured": True if rows else None,
        "is_up": any(row["is_up"] for row in rows) if rows else None,
    }


def _tunnels(machine: Machine) -> list[dict[str, object]]:
    machine.sources.note("psutil")
    return [
        {"name": None, "kind": "tunnel", "interface": name, "is_up": bool(one.isup)}
        for name, one in sorted(psutil.net_if_stats().items())
        if TUNNEL.match(name)
    ]
