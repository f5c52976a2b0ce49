"""What Linux knows of its network beyond psutil: the speed adapters are made for, name servers, the proxy."""

from __future__ import annotations

import os
import re
import socket
import struct
from array import array

from desktop.diagnostics.machine import Machine

PATIENCE = 0.6
SIOCETHTOOL = 0x8946
GET_LINK_SETTINGS = 0x4C
"""linux/sockios.h and linux/ethtool.h (ETHTOOL_GLINKSETTINGS), which everybody may ask."""
_HEADER = struct.Struct("=IIBBBBBBBbBBBB28x")
SPEEDS: dict[int, tuple[int, ...]] = {
    10: (0, 1), 100: (2, 3), 1000: (4, 5, 17, 41), 2500: (15, 47), 5000: (48,),
    10000: (12, 18, 19, 20, 42, 43, 44, 45, 46), 25000: (31, 32, 33), 40000: (23, 24, 25, 26),
    50000: (34, 35, 40), 100000: (36, 37, 38, 39),
}  # fmt: skip
"""Bits of the link modes (enum ethtool_link_mode_bit_indices) by megabits per second."""
GNOME = re.compile(r"GNOME|Unity|Cinnamon|Budgie|MATE|Pantheon", re.IGNORECASE)
PROXY_SCHEMA = "org.gnome.system.proxy"
LOCAL_ONLY = "['localhost', '127.0.0.0/8', '::1']"
"""The exceptions that everybody has."""
LINK = re.compile(r"^Link \d+ \(([^)]+)\): ?(.*)$", re.MULTILINE)
Link = tuple[str, list[str]]
"""An adapter and its name servers."""


def best_speed(interface: str) -> int | None:
    """Return the megabits per second that an adapter is made for, None where its driver does not say."""
    import fcntl  # does not exist on Windows

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        words = 0
        for _ in range(2):  # the kernel first tells how many words of bits it has, then fills them
            question = array("B", _HEADER.pack(GET_LINK_SETTINGS, *[0] * 8, words, *[0] * 4) + bytes(12 * words))
            # struct ifreq: the adapter's name, and where the kernel finds the question and leaves its answer.
            request = struct.pack("16sP16x", interface.encode()[:15], question.buffer_info()[0])
            try:
                fcntl.ioctl(channel, SIOCETHTOOL, request)
            except OSError:
                return None
            if words:
                return parse_modes(question.tobytes()[_HEADER.size : _HEADER.size + 4 * words])
            words = max(0, -_HEADER.unpack_from(question)[9])
    return None


def parse_modes(words: bytes) -> int | None:
    """Return the fastest of the supported modes, given as 32-bit words in the machine's byte order."""
    bits = 0
    for place, (word,) in enumerate(struct.iter_unpack("=I", words)):
        bits |= word << (32 * place)
    return max((speed for speed, places in SPEEDS.items() if any(bits >> one & 1 for one in places)), default=None)


class Proxy:
    """What the desktop's settings say: a server, a script that names servers, and exceptions."""

    __slots__ = ("has_exceptions", "has_script", "server")

    def __init__(self, server: tuple[str, int] | None, *, has_script: bool, has_exceptions: bool) -> None:
        self.server = server
        self.has_script = has_script
        self.has_exceptions = has_exceptions


NO_PROXY = Proxy(None, has_script=False, has_exceptions=False)


def desktop_proxy(machine: Machine) -> Proxy:
    """Return GNOME's proxy settings, which its relatives share; on other desktops there are none."""
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
    tool = machine.tool("gsettings") if GNOME.search(desktop) else None
    output = machine.run(tool, "list-recursively", PROXY_SCHEMA, deadline=PATIENCE) if tool else None
    return parse_gsettings(output or "")


def parse_gsettings(output: str) -> Proxy:
    """Read `gsettings list-recursively org.gnome.system.proxy`: schema, key, value; only the mode in use counts."""
    rows = (line.split(" ", 2) for line in output.splitlines())
    values = {(row[0].removeprefix(PROXY_SCHEMA), row[1]): row[2].strip("'") for row in rows if len(row) == 3}
    mode = values.get(("", "mode"), "none")
    if mode == "auto":
        return Proxy(None, has_script=True, has_exceptions=False)
    if mode != "manual":
        return NO_PROXY
    servers = (
        (values.get((kind, "host"), ""), values.get((kind, "port"), "0")) for kind in (".https", ".http", ".socks")
    )
    server = next(((host, int(port)) for host, port in servers if host and port.isdigit() and int(port)), None)
    ignored = values.get(("", "ignore-hosts"), "")
    return Proxy(server, has_script=False, has_exceptions=ignored not in ("", "@as []", "[]", LOCAL_ONLY))


def name_servers(machine: Machine) -> dict[str, object]:
    """Return the name servers and search domains, those behind systemd's stub too, and which link has which."""
    servers, search = parse_resolv(machine.read("/etc/resolv.conf") or "")
    is_stub = bool(servers) and all(one.startswith("127.") for one in servers)
    links: list[Link] = []
    if is_stub:
        behind, search_behind = parse_resolv(machine.read("/run/systemd/resolve/resolv.conf") or "")
        links = link_servers(machine)
        of_links = [one for _, own in links for one in own]
        servers, search = list(dict.fromkeys((*behind, *of_links))) or servers, search_behind or search
    rows = [{"interface": name, "servers": own} for name, own in links]
    return {"servers": servers, "search": search, "is_local_stub": is_stub, "links": rows}


def parse_resolv(content: str) -> tuple[list[str], list[str]]:
    """Read name servers and search domains of resolv.conf(5)."""
    rows = [line.split() for line in content.splitlines() if line[:1] not in ("#", ";")]
    servers = [row[1] for row in rows if len(row) > 1 and row[0] == "nameserver"]
    return servers, [name for row in rows if row and row[0] in ("search", "domain") for name in row[1:]]


def link_servers(machine: Machine) -> list[Link]:
    """Return the name servers that systemd-resolved asks on each link."""
    tool = machine.tool("resolvectl") if machine.exists("/run/systemd/resolve") else None
    output = machine.run(tool, "dns", "--no-pager", deadline=PATIENCE) if tool else None
    return parse_resolvectl(output or "")


def parse_resolvectl(output: str) -> list[Link]:
    """Read `resolvectl dns`: "Link 2 (eth0): 192.168.4.1 fd00::1"; an address may have a name and a zone behind it."""
    rows = ((name, [re.split(r"[%#]", one)[0] for one in servers.split()]) for name, servers in LINK.findall(output))
    return [(name, servers) for name, servers in rows if servers]
