"""Network drives of macOS, asked by their server's port and never by their path."""

from __future__ import annotations

import re

from desktop.diagnostics.dialling import ask_all, connect
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.macos.volumes import NETWORK, hidden_label, mounted

PATIENCE = 2.2
_PORTS = {"smbfs": 445, "cifs": 445, "nfs": 2049, "afpfs": 548, "webdav": 443, "ftp": 21}
_NAMES = {"smbfs": "smb", "cifs": "smb", "afpfs": "afp"}
_SERVER = re.compile(
    r"(?:(?P<scheme>\w+):)?//(?:[^/@]*@)?(?P<host>\[[^\]]+\]|[^/:]+)(?::(?P<port>\d+))?/*(?P<share>.*)"
)
_EXPORT = re.compile(r"(?P<host>\[[^\]]+\]|[^:/]+):(?P<share>/.*)")
_BONJOUR = re.compile(r"\._(?:smb|afpovertcp|nfs)\._tcp(?=\.|$)")


class Share:
    """A mounted share; the account that was used for it is dropped at once."""

    __slots__ = ("host", "kind", "place", "port", "share")

    def __init__(self, host: str, *, port: int, share: str, kind: str, place: str) -> None:
        self.host = host
        self.port = port
        self.share = share
        self.kind = kind
        self.place = place


def read_shares(machine: Machine) -> dict[str, object]:
    """List the network drives and whether their servers answer; the kernel's list of mounts asks none of them."""
    machine.sources.note("TCP")
    found = [one for one in map(_share, mounted(machine)) if one]
    doors = sorted({(one.host, one.port) for one in found})
    answers = dict(zip(doors, ask_all(_knock, doors, deadline=PATIENCE + 0.3), strict=True))
    rows = [_row(one, answers[one.host, one.port]) for one in found]
    return {"shares": rows, "unreachable": sum(row["is_reachable"] is False for row in rows)}


def _row(share: Share, answer: tuple[str, float] | None) -> dict[str, object]:
    is_open = answer is not None and answer[0] in ("open", "refused")
    return {
        "mount": hidden_label(share.place),
        "host": share.host,
        "share": share.share,
        "protocol": _NAMES.get(share.kind, share.kind),
        "is_connected": True,
        "is_reachable": answer is not None and answer[0] == "open",
        "connect_ms": answer[1] if answer is not None and is_open else None,
    }


def _share(mount: tuple[str, str, str, bool]) -> Share | None:
    device, place, kind, _ = mount
    found = _SERVER.fullmatch(device) or _EXPORT.fullmatch(device)
    if kind not in NETWORK or found is None:
        return None
    parts = found.groupdict()
    usual = 80 if parts.get("scheme") == "http" else _PORTS[kind]
    port = int(parts.get("port") or usual)
    host = _BONJOUR.sub("", _plain(parts["host"])).strip("[]")
    return Share(host, port=port, share=_plain(parts["share"]).rstrip("/"), kind=kind, place=place)


def _plain(text: str) -> str:
    from urllib.parse import unquote  # loaded on macOS only

    return unquote(text)


def _knock(door: tuple[str, int]) -> tuple[str, float]:
    return connect(*door, deadline=PATIENCE)
