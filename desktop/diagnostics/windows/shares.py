"""Network drives of a Windows PC: the connected and the remembered, asked by their server's port, never by their path.

A letter of a dead server blocks whoever touches it for half a minute.
"""

from __future__ import annotations

import ctypes

from desktop.diagnostics.dialling import ask_all, connect
from desktop.diagnostics.machine import Machine
from desktop.diagnostics.probe import Unanswered, partial
from desktop.diagnostics.windows.keys import Registry
from desktop.diagnostics.windows.libraries import (
    DWORD,
    HANDLE,
    MORE_DATA,
    NO_MORE_ITEMS,
    POINTER,
    TEXT,
    Libraries,
    buffer_of,
    refusal,
    rows_of,
    wide,
)
from desktop.diagnostics.windows.pc import this_pc

REMEMBERED = r"HKCU\Network"
CONNECTED, DISK = 1, 1
"""RESOURCE_CONNECTED and RESOURCETYPE_DISK."""
SMB, HTTP, HTTPS = 445, 80, 443
NO_SERVERS = frozenset({"tsclient", "vmware-host", "vboxsvr", "wsl$", "wsl.localhost"})
"""Hosts that are none: drives of the PC in front of a remote session, of a virtual machine's host, of WSL."""
PATIENCE = 2.2
MOST = 64


class NetworkResource(ctypes.Structure):
    """NETRESOURCEW."""

    _fields_ = (
        ("scope", DWORD), ("type", DWORD), ("display", DWORD), ("usage", DWORD), ("local", TEXT), ("remote", TEXT),
        ("comment", TEXT), ("provider", TEXT),
    )  # fmt: skip


class Drive:
    r"""A network drive: its letter ("Z:"), its path ("\\server\share") and whether it is connected right now."""

    __slots__ = ("host", "is_connected", "letter", "port", "protocol", "share")

    def __init__(self, letter: str, remote: str, *, is_connected: bool | None) -> None:
        self.letter = letter.upper()
        self.is_connected = is_connected
        server, _, self.share = remote.strip("\\").partition("\\")
        self.host, at, options = server.partition("@")
        is_web = bool(at) or self.share.lower().startswith("davwwwroot")
        self.protocol = "webdav" if is_web else "smb"
        self.port = _web_port(options) if is_web else SMB


def _web_port(options: str) -> int:
    r"""Read what follows the host in "\\host@SSL@8443\…"."""
    number = next((one for one in options.split("@") if one.isdecimal()), None)
    if number:
        return int(number)
    return HTTPS if "ssl" in options.lower() else HTTP


def read_shares(machine: Machine) -> dict[str, object]:
    """List the network drives and dial each server once."""
    machine.sources.note("TCP")
    pc = this_pc(machine)
    connected = _known(pc.libraries)
    drives = _all_drives(pc.registry, connected)
    doors = list(dict.fromkeys((one.host, one.port) for one in drives if one.host))
    answers = ask_all(lambda door: connect(*door, deadline=PATIENCE), doors, deadline=PATIENCE + 0.3)
    outcomes = dict(zip(doors, (one or ("timeout", None) for one in answers), strict=True))
    rows = [_row(one, *outcomes.get((one.host, one.port), ("unreachable", None))) for one in drives]
    facts: dict[str, object] = {"shares": rows, "unreachable": sum(row["is_reachable"] is False for row in rows)}
    if connected is None:
        raise partial("remembered_only", facts)
    return facts


def _row(one: Drive, outcome: str, took: float | None) -> dict[str, object]:
    is_open = outcome == "open"
    return {
        "mount": one.letter or None, "host": one.host or None, "share": one.share or None, "protocol": one.protocol,
        "is_connected": one.is_connected, "is_reachable": is_open, "connect_ms": took if is_open else None,
    }  # fmt: skip


def _all_drives(registry: Registry, connected: dict[str, str] | None) -> list[Drive]:
    found = {letter.upper(): Drive(letter, remote, is_connected=True) for letter, remote in (connected or {}).items()}
    for letter, remote in _remembered(registry).items():
        if letter not in found:
            found[letter] = Drive(letter, remote, is_connected=None if connected is None else False)
    return [found[letter] for letter in sorted(found) if found[letter].host.lower() not in NO_SERVERS][:MOST]


def _remembered(registry: Registry) -> dict[str, str]:
    try:
        paths = {f"{letter.upper()}:": rf"{REMEMBERED}\{letter}" for letter in registry.names(REMEMBERED)}
        found = {letter: registry.text(path, "RemotePath") for letter, path in paths.items()}
    except (PermissionError, Unanswered):
        return {}
    return {letter: remote for letter, remote in found.items() if remote}


def _known(libraries: Libraries) -> dict[str, str] | None:
    """Return the connected drives, None where Windows does not tell; nobody on the network is asked for it."""
    try:
        return dict(_connected(libraries))
    except Unanswered:
        return None


def _connected(libraries: Libraries) -> list[tuple[str, str]]:
    handles = ctypes.POINTER(HANDLE)
    open_list = libraries.find("mpr", "WNetOpenEnumW", DWORD, DWORD, DWORD, DWORD, POINTER, handles)
    close = libraries.find("mpr", "WNetCloseEnum", DWORD, HANDLE)
    listing = HANDLE()
    code = open_list(CONNECTED, DISK, 0, None, ctypes.byref(listing))
    if code:
        raise refusal(code, "shares")
    try:
        return _listed(libraries, listing)
    finally:
        close(listing)


def _listed(libraries: Libraries, listing: HANDLE) -> list[tuple[str, str]]:
    number = ctypes.POINTER(DWORD)
    ask = libraries.find("mpr", "WNetEnumResourceW", DWORD, HANDLE, number, POINTER, number)
    found: list[tuple[str, str]] = []
    content = buffer_of(1 << 14)
    for _ in range(MOST):
        count, size = DWORD(0xFFFFFFFF), DWORD(ctypes.sizeof(content))
        code = ask(listing, ctypes.byref(count), content, ctypes.byref(size))
        if code == NO_MORE_ITEMS:
            return found
        if code not in (0, MORE_DATA):
            raise refusal(code, "shares")
        rows = rows_of(content, NetworkResource, count.value)
        found += [(wide(one.local), wide(one.remote)) for one in rows if one.remote]
        if code == MORE_DATA and not count.value:
            content = buffer_of(size.value)
    return found
