"""How a Mac is connected: its ports by their kind, their carrier, and the proxy that its programs are told."""

from __future__ import annotations

import re

from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.tools import inner, property_list_file, rows, said, words
from desktop.diagnostics.probe import Unanswered, partial

PORTS = "/Library/Preferences/SystemConfiguration/NetworkInterfaces.plist"
_MEDIA = {"IEEE80211": "wifi", "Ethernet": "cable"}
_HEAD = re.compile(r"^(\S+): flags=")
_STATUS = re.compile(r"^\s+status: (active|inactive)\s*$")
_SETTING = re.compile(r"^ {2}(\w+) : (.*)$", re.MULTILINE)


def corrected(machine: Machine, found: list[dict[str, object]]) -> tuple[list[dict[str, object]], str]:
    """Return the interfaces with their kind and carrier, and the reason where the latter is not known.

    A Mac calls a port without a cable "running": only its status tells. A port that the settings do not know is
    one of the system's own.
    """
    media, (carriers, reason) = _media(machine), _carriers(machine)
    return [_corrected(one, media, carriers) for one in found], reason


def _corrected(row: dict[str, object], media: dict[str, str], carriers: dict[str, bool]) -> dict[str, object]:
    name = str(row["name"])
    is_virtual = bool(row["is_virtual"]) or (bool(media) and name not in media)
    medium = "none" if is_virtual else media.get(name)
    return row | {
        "is_virtual": is_virtual,
        "medium": medium,
        "is_up": row["is_up"] if is_virtual or not row["is_up"] else carriers.get(name),
    }


def _media(machine: Machine) -> dict[str, str]:
    """Return each port's kind by its name; a Thunderbolt port is none for a cable to the network."""
    try:
        found = rows(inner(property_list_file(machine, PORTS), "Interfaces"))
    except (Unanswered, PermissionError):
        return {}
    return {name: _medium(one) for one in found if (name := words(one.get("BSD Name")))}


def _medium(port: dict[str, object]) -> str:
    if "Thunderbolt" in str(port.get("IOPathMatch", "")):
        return "thunderbolt"
    return _MEDIA.get(str(port.get("SCNetworkInterfaceType")), "none")


def _carriers(machine: Machine) -> tuple[dict[str, bool], str]:
    try:
        return parse_status(said(machine, "ifconfig", "-a", deadline=0.3)), ""
    except Unanswered as answer:
        reason = answer.reason
    try:
        return dict.fromkeys(parse_in_use(said(machine, "scutil", "--nwi", deadline=0.2)), True), reason
    except Unanswered:
        return {}, reason


def parse_status(output: str) -> dict[str, bool]:
    """Read `ifconfig -a`: whether each port that can tell has a carrier."""
    found: dict[str, bool] = {}
    name = ""
    for line in output.splitlines():
        head, status = _HEAD.match(line), _STATUS.match(line)
        if head:
            name = head.group(1)
        elif status and name:
            found[name] = status.group(1) == "active"
    return found


def parse_in_use(output: str) -> list[str]:
    """Read the last line of `scutil --nwi`: the ports that carry addresses."""
    line = next((one for one in output.splitlines() if one.startswith("Network interfaces:")), "")
    return line.partition(":")[2].split()


def is_wifi_on(machine: Machine, interfaces: list[dict[str, object]]) -> bool | None:
    """Tell whether Wi-Fi is switched on; None where there is none, or where the answer is in other words."""
    name = next((str(one["name"]) for one in interfaces if one["medium"] == "wifi"), None)
    if name is None:
        return None
    try:
        output = said(machine, "networksetup", "-getairportpower", name, deadline=0.3)
    except Unanswered:
        return None
    return {"On": True, "Off": False}.get(output.strip().rpartition(": ")[2])


class ProxySettings:
    """What programs are told: a server or none, a script or none, and whether there are exceptions."""

    __slots__ = ("has_exceptions", "has_script", "server")

    def __init__(self, server: tuple[str, int] | None, *, has_script: bool, has_exceptions: bool) -> None:
        self.server = server
        self.has_script = has_script
        self.has_exceptions = has_exceptions


def proxy_settings(machine: Machine) -> ProxySettings:
    """Read `scutil --proxy`. Raises Unanswered where it does not tell."""
    return parse_proxies(said(machine, "scutil", "--proxy", deadline=0.6))


def parse_proxies(output: str) -> ProxySettings:
    """Read the dictionary that scutil prints; the script's address stays there, it may have a password."""
    if not output.lstrip().startswith("<dictionary>"):
        raise partial("scutil", {})
    found = dict(_SETTING.findall(output))
    names = [one for one in ("HTTPS", "HTTP", "SOCKS") if found.get(f"{one}Enable") == "1" and found.get(f"{one}Proxy")]
    server = (found[f"{names[0]}Proxy"].strip(), _port(found.get(f"{names[0]}Port", ""))) if names else None
    return ProxySettings(
        server,
        has_script="1" in (found.get("ProxyAutoConfigEnable"), found.get("ProxyAutoDiscoveryEnable")),
        has_exceptions=server is not None and "ExceptionsList" in found,
    )


def _port(text: str) -> int:
    number = int(text) if text.strip().isdecimal() else 0
    return number if 0 < number < 65536 else 80


def read_net_dns(machine: Machine) -> dict[str, object]:
    """Read the name servers that the system asks for every name that no other rule covers."""
    output = said(machine, "scutil", "--dns", deadline=0.6)
    found = parse_dns(output)
    if found is None:
        raise partial("scutil", {})
    servers, search = found
    is_stub = bool(servers) and all(one.startswith("127.") for one in servers)
    return {"servers": servers, "search": search, "is_local_stub": is_stub}


def parse_dns(output: str) -> tuple[list[str], list[str]] | None:
    """Read the first part of `scutil --dns`: resolvers for one domain only (a VPN's, Bonjour's) do not count."""
    if "DNS configuration" not in output:
        return None
    servers: list[str] = []
    search: list[str] = []
    first = output.partition("DNS configuration (for scoped queries)")[0]
    for block in first.split("resolver #")[1:]:
        pairs = [(key.strip(), value.strip()) for key, _, value in (one.partition(" : ") for one in block.splitlines())]
        if any(key == "domain" or value == "mdns" for key, value in pairs):
            continue
        servers += [value.partition("%")[0] for key, value in pairs if key.startswith("nameserver[")]
        search += [value for key, value in pairs if key.startswith("search domain[")]
    return list(dict.fromkeys(servers)), list(dict.fromkeys(search))
