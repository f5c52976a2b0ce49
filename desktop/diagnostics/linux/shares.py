"""Network drives of Linux, asked by their server's port and never by their path."""

from __future__ import annotations

import os
import re
import socket
import sys

from desktop.diagnostics.dialling import ask_all, connect
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.mounts import NETWORK, linux_mounts, option, without_home

PATIENCE = 2.0
LISTING = 0.5
"""Seconds for the names below GNOME's own mounts; a program of the user answers there, not a server."""
MAX_SHARES = 32
PORTS = {"smb": 445, "nfs": 2049, "sftp": 22, "webdav": 443, "ftp": 21, "afp": 548}
KINDS = {"cifs": "smb", "smbfs": "smb", "smb3": "smb", "nfs": "nfs", "nfs4": "nfs", "fuse.sshfs": "sftp",
         "davfs": "webdav", "fuse.davfs": "webdav", "fuse.davfs2": "webdav"}  # fmt: skip
OLD_SMB = 139
"""Where the kernel tries Windows' drives after the usual port."""
SCHEMES = {"smb-share": "smb", "sftp": "sftp", "dav": "webdav", "nfs": "nfs", "ftp": "ftp", "afp-volume": "afp"}


class Share:
    """A drive of another machine; `port` is what it is asked by, which is not always known to be its own."""

    __slots__ = ("address", "host", "is_connected", "is_port_known", "mount", "port", "protocol", "share")

    def __init__(self, mount: str, protocol: str, host: str, *, share: str, port: int = 0, is_connected: bool) -> None:
        self.mount = mount
        self.protocol = protocol
        self.host = host
        self.share = share
        self.port = port or PORTS[protocol]
        self.is_port_known = bool(port) or protocol not in ("smb", "sftp") or (protocol == "smb" and not is_connected)
        self.address = host
        self.is_connected = is_connected


def read_shares(machine: Machine) -> dict[str, object]:
    """List connected and remembered network drives and whether their servers answer."""
    machine.sources.note("TCP")
    found = _listed(machine)
    doors = list(dict.fromkeys((one.host, one.port) for one in found))
    answers = ask_all(lambda door: connect(*door, deadline=PATIENCE), doors, deadline=PATIENCE + 0.3)
    outcomes = dict(zip(doors, answers, strict=True))
    rows = [_row(machine, one, outcomes[one.host, one.port]) for one in found]
    return {"shares": rows, "unreachable": sum(row["is_reachable"] is False for row in rows)}


def _listed(machine: Machine) -> list[Share]:
    """Return the drives; what fstab says of one that is mounted tells its port, too."""
    mounted = parse_mounts(machine.read("/proc/self/mounts") or "", is_connected=True)
    table = machine.read("/etc/fstab") or ""
    remembered = {one.mount: one for one in parse_mounts(table, is_connected=False)}
    for one in mounted:
        noted = remembered.pop(one.mount, None)
        if noted is not None and not one.is_port_known and noted.host == one.host:
            one.port, one.is_port_known = noted.port, noted.is_port_known
    return [*mounted, *remembered.values(), *_of_gnome(machine)][:MAX_SHARES]


def _row(machine: Machine, share: Share, found: tuple[str, float] | None) -> dict[str, object]:
    outcome, took = found or ("timeout", 0.0)
    is_open = outcome == "open"
    return {
        "mount": without_home(share.mount),
        "host": share.host,
        "share": without_home(share.share),
        "protocol": share.protocol,
        "is_connected": share.is_connected,
        "is_reachable": True if is_open else False if _is_gone(machine, share, outcome) else None,
        "connect_ms": took if is_open else None,
    }


def _is_gone(machine: Machine, share: Share, outcome: str) -> bool:
    """Tell whether a closed port speaks for the server: it does where the drive is known to use it.

    Neither the kernel nor sshfs says by which port a drive is mounted, but connections of ours show it. Without one a
    server that refuses lives, and may serve at another port; a name that only ssh's own settings know is no server.
    """
    if share.is_port_known:
        return True
    in_use = ports_in_use(machine, share.address)
    if share.port in in_use or (share.protocol == "smb" and OLD_SMB in in_use):
        return True
    is_alias = outcome == "unreachable" and not _packed(share.address)
    return outcome != "refused" and not in_use and not is_alias


def ports_in_use(machine: Machine, address: str) -> set[int]:
    """Return the ports of an address to which this system has, or is opening, a connection; none of a name."""
    raw = _packed(address)
    words = [int.from_bytes(raw[at : at + 4], sys.byteorder) for at in range(0, len(raw), 4)]
    wanted = "".join(f"{one:08X}" for one in words) or "-"
    content = machine.read("/proc/net/tcp6" if ":" in address else "/proc/net/tcp") or ""
    far = [line.split()[2].partition(":") for line in content.splitlines()[1:] if len(line.split()) > 2]
    return {int(port, 16) for where, _, port in far if where == wanted}


def _packed(address: str) -> bytes:
    try:
        return socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)
    except OSError:
        return b""


def parse_mounts(content: str, *, is_connected: bool) -> list[Share]:
    """Read the network mounts of /proc/self/mounts or fstab; those of kinds without a server's port are left out."""
    ports, addresses = option(content, "port"), option(content, "addr")
    found: list[Share] = []
    for device, point, kind, _ in linux_mounts(content):
        protocol = KINDS.get(kind) if NETWORK.fullmatch(kind) else None
        where = server(device) if protocol else None
        if protocol and where:
            host, port, share = where
            port = port or _number(ports.get(point, ""))
            found.append(Share(point, protocol, host, share=share, port=port, is_connected=is_connected))
            found[-1].address = addresses.get(point, host)
    return found


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 and int(text) < 65536 else 0


def server(device: str) -> tuple[str, int, str] | None:
    """Read "//server/share", "server:/path", "user@server:/path" or an address with a scheme: host, port, share."""
    url = re.fullmatch(r"(https?)://(?:[^/@]*@)?([^/:]+)(?::(\d+))?/?(.*)", device)
    if url:
        return url.group(2), int(url.group(3) or (443 if url.group(1) == "https" else 80)), url.group(4)
    found = re.fullmatch(r"//([^/]+)/(.*)", device) or re.fullmatch(r"(?:[^@/]*@)?(\[[^\]]+\]|[^:/\[\]]+):(.*)", device)
    return (found.group(1).strip("[]"), 0, found.group(2)) if found else None


def _of_gnome(machine: Machine) -> list[Share]:
    """Return what was opened in GNOME's file manager; the folder is listed aside, in case its program hangs."""
    folder = f"/run/user/{os.getuid()}/gvfs"
    names = ask_all(machine.sources.carried(machine.entries), [folder], deadline=LISTING)[0] or ()
    return [one for name in names if (one := parse_gvfs(name))]


def parse_gvfs(name: str) -> Share | None:
    """Read "smb-share:server=nas,share=daten" and the like; whose account it is stays unread."""
    scheme, _, rest = name.partition(":")
    values = {key: value for key, _, value in (part.partition("=") for part in rest.split(","))}
    host = values.get("server") or values.get("host", "")
    if scheme not in SCHEMES or not host:
        return None
    protocol, port = SCHEMES[scheme], values.get("port", "")
    share = values.get("share") or values.get("volume", "")
    return Share(scheme, protocol, host, share=share, port=_number(port), is_connected=True)
