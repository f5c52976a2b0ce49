"""Network drives of Linux, asked by their server's port and never by their path."""

from __future__ import annotations

import os
import re

from desktop.diagnostics.dialling import ask_all, connect
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.mounts import NETWORK, linux_mounts, without_home

PATIENCE = 2.0
LISTING = 0.5
"""Seconds for the names below GNOME's own mounts; a program of the user answers there, not a server."""
MAX_SHARES = 32
PORTS = {"smb": 445, "nfs": 2049, "sftp": 22, "webdav": 443, "ftp": 21, "afp": 548}
KINDS = {"cifs": "smb", "smbfs": "smb", "smb3": "smb", "nfs": "nfs", "nfs4": "nfs", "fuse.sshfs": "sftp",
         "davfs": "webdav", "fuse.davfs": "webdav", "fuse.davfs2": "webdav"}  # fmt: skip
SCHEMES = {"smb-share": "smb", "sftp": "sftp", "dav": "webdav", "nfs": "nfs", "ftp": "ftp", "afp-volume": "afp"}


class Share:
    """A drive of another machine."""

    __slots__ = ("host", "is_connected", "mount", "port", "protocol", "share")

    def __init__(self, mount: str, protocol: str, host: str, *, share: str, port: int = 0, is_connected: bool) -> None:
        self.mount = mount
        self.protocol = protocol
        self.host = host
        self.share = share
        self.port = port or PORTS[protocol]
        self.is_connected = is_connected


def read_shares(machine: Machine) -> dict[str, object]:
    """List connected and remembered network drives and whether their servers answer."""
    mounted = parse_mounts(machine.read("/proc/self/mounts") or "", is_connected=True)
    remembered = parse_mounts(machine.read("/etc/fstab") or "", is_connected=False)
    points = {one.mount for one in mounted}
    found = [*mounted, *(one for one in remembered if one.mount not in points), *_of_gnome(machine)][:MAX_SHARES]
    doors = list(dict.fromkeys((one.host, one.port) for one in found))
    answers = ask_all(lambda door: connect(*door, deadline=PATIENCE), doors, deadline=PATIENCE + 0.3)
    outcomes = dict(zip(doors, answers, strict=True))
    rows = [_row(one, outcomes[one.host, one.port]) for one in found]
    return {"shares": rows, "unreachable": sum(row["is_reachable"] is False for row in rows)}


def _row(share: Share, outcome: tuple[str, float] | None) -> dict[str, object]:
    is_reachable = outcome is not None and outcome[0] == "open"
    return {
        "mount": without_home(share.mount),
        "host": share.host,
        "share": without_home(share.share),
        "protocol": share.protocol,
        "is_connected": share.is_connected,
        "is_reachable": is_reachable,
        "connect_ms": outcome[1] if outcome and is_reachable else None,
    }


def parse_mounts(content: str, *, is_connected: bool) -> list[Share]:
    """Read the network mounts of /proc/self/mounts or fstab; those of kinds without a server's port are left out."""
    found: list[Share] = []
    for device, point, kind, _ in linux_mounts(content):
        protocol = KINDS.get(kind) if NETWORK.fullmatch(kind) else None
        where = server(device) if protocol else None
        if protocol and where:
            host, port, share = where
            found.append(Share(point, protocol, host, share=share, port=port, is_connected=is_connected))
    return found


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
    names = ask_all(machine.entries, [folder], deadline=LISTING)[0] or ()
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
    return Share(scheme, protocol, host, share=share, port=int(port) if port.isdigit() else 0, is_connected=True)
